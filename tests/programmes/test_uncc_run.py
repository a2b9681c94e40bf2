"""A government's consolidated claims, from the file to phases, payment file, letters and report."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aljabr.relations import Database
from aljabr.runs import assess_file, run_job, verify
from aljabr.runs.job import RunResult

INTAKE = Path(__file__).parent / "intake" / "uncc_claims.csv"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> RunResult:
    return run_job("UN-UNCC", (INTAKE,), tmp_path_factory.mktemp("uncc") / "out", as_of=date(1996, 6, 30), fund="demo")


def read(result: RunResult, query: str, *names: str) -> list[tuple[object, ...]]:
    with Database() as db:
        for name in names:
            db.read(name, result.out / "private" / "relations")
        return db.rows(query)


def test_every_claim_is_determined_and_the_one_without_a_day_of_filing_set_aside(result: RunResult) -> None:
    outcomes = dict(
        read(result, "SELECT reference, ground FROM determinations JOIN claims USING (claim_id)", "determinations", "claims")
    )
    assert len(outcomes) == 14
    assert {key: ground for key, ground in outcomes.items() if ground != "entitled"} == {
        "K-009": "evidence_missing",
        "K-011": "filed_late",
        "K-013": "held_same_person",
    }


def test_two_parents_of_one_household_share_the_family_sum(result: RunResult) -> None:
    query = (
        "SELECT reference, entitled_minor FROM awards JOIN claims USING (claim_id) WHERE reference IN ('K-001', 'K-002') ORDER BY 1"
    )
    assert read(result, query, "awards", "claims") == [("K-001", 400_000), ("K-002", 400_000)]
    assert result.manifest["checks"]["award"]["fund"]["capped_minor"] == "800000"


def test_the_first_phase_is_paid_to_everybody_before_the_rest(result: RunResult) -> None:
    query = (
        "SELECT instalment, count(DISTINCT person_id), max(amount_minor) FROM allocations JOIN awards USING (award_id) "
        "GROUP BY 1 ORDER BY 1"
    )
    phases = read(result, query, "allocations", "awards")
    assert phases[0] == (1, 9, 250_000), "nine claimants, 2,500 dollars at most"
    assert phases[1][0] == 3, "nothing was left to pay in the phase for category B"


def test_files_letters_and_report_are_there_and_verify(result: RunResult) -> None:
    private = result.out / "private"
    assert (private / "payments" / "pain001.xml").exists() and (private / "payments" / "cheques.csv").exists()
    assert list((private / "letters").glob("*.pdf")) and (result.out / "report.html").exists()
    letters = read(result, "SELECT DISTINCT language FROM determinations ORDER BY 1", "determinations")
    assert letters == [("ar",), ("en",)]
    assert "synthetic" not in result.manifest
    assert verify(result.out, progress=lambda *_: None).problems == ()


def test_facts_already_in_order_are_assessed(tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    facts.write_text(
        "item_id,harm,relation,filed_on,filing_unit,waives_others,has_exit_record,has_loss_document,assessed_minor,overlap\n"
        "one,a_departure,self,1993-05-01,family,false,true,,,none\n"
        "two,c6_income,self,1993-05-01,,,,true,410050,none\n"
    )
    assessment = assess_file("UN-UNCC", facts, tmp_path / "out", as_of=date(1996, 6, 30))
    assert assessment.outcomes == {"granted": 2}
    with Database() as db:
        db.read("determinations", tmp_path / "out")
        assert db.rows("SELECT item_id, amount_minor FROM determinations ORDER BY 1") == [("one", 500_000), ("two", 410_050)]
