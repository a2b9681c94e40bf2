"""What IQ-SURVIVORS says of the law: who is named, any one proof, nobody's community inferred, invented applications only."""

from __future__ import annotations

import json
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aljabr.cli import app
from aljabr.errors import SyntheticOnly, UsageError
from aljabr.programmes import check, load_programme, programme_chain
from aljabr.programmes.cases import decide_case
from aljabr.programmes.codes import output_codes, wording
from aljabr.programmes.records import Case
from aljabr.relations import Database
from aljabr.runs import assess_file, run_job, verify

LAW = load_programme("IQ-SURVIVORS")
CHAIN = programme_chain(LAW)
INTAKE = Path(__file__).parent / "intake" / "survivors.csv"
AS_OF = date(2026, 1, 31)
BASE = {
    "harm": "abduction",
    "relation": "self",
    "overlap": "none",
    "freed": True,
    "decided_on": AS_OF,
    "incident_earliest_on": date(2014, 8, 15),
    "incident_latest_on": date(2014, 8, 15),
}
PROOFS = ("survivor_statement", "official_register", "witness_statement", "ngo_record", "medical_report", "investigation_papers")


def decided(**facts: object) -> dict[str, object]:
    given = {**BASE, "has_identity_document": True, **facts}
    return decide_case(LAW, CHAIN, Case.model_validate({"key": "x", "title": "x", "facts": given, "expect": {}}))[0]


@pytest.mark.parametrize(("community", "proof"), list(product(("yazidi", "turkmen", "christian", "shabak"), PROOFS)))
def test_a_woman_of_each_community_is_granted_with_any_one_proof(community: str, proof: str) -> None:
    result = decided(stated_community=community, survivor_sex="female", **{f"has_{proof}": True})
    assert (result["outcome"], result["ground"]) == ("granted", "woman_survivor")
    # 800,000 a month, 2 x 400,000: paid in December 2024 and January 2026.
    assert result["amount_minor"] == 800_000 * 10**LAW.currency.exponent


def test_nobody_is_asked_for_a_complaint_and_nobody_rejected_without_papers() -> None:
    result = decided(stated_community="yazidi", survivor_sex="female", has_identity_document=False)
    assert (result["outcome"], result["missing"]) == ("incomplete", "has_identity_document, survivor_proof")
    assert {gap.key for gap in LAW.gaps} >= {"investigation_papers", "repeated_interviews"}


def test_a_community_that_was_not_stated_is_asked_for_and_nothing_is_denied() -> None:
    result = decided(stated_community=None, survivor_sex="female", has_survivor_statement=True)
    assert (result["outcome"], result["ground"]) == ("incomplete", "facts_missing")


def test_the_community_is_protected_with_its_legal_basis_and_filled_by_one_column_alone() -> None:
    protected = [fact for fact in LAW.facts if fact.protected]
    assert [fact.name for fact in protected] == ["stated_community"]
    assert protected[0].legal_basis is not None and protected[0].legal_basis.instrument == "Law 8/2021"
    columns = [name for mapping in LAW.mappings for name, field in mapping.columns.items() if field.to == "facts.stated_community"]
    assert columns == ["community_stated"]
    assert not [mapping for mapping in LAW.mappings if "facts.stated_community" in mapping.constants]


def test_what_was_only_recalled_is_marked_unverified() -> None:
    assert {deadline.key: deadline.reference.state for deadline in LAW.deadlines} == {
        "decide_within_days": "unverified",
        "appeal_days": "unverified",
    }
    assert not [finding for finding in check(LAW) if finding.severity == "error"]


def test_letters_say_nothing_of_what_happened_and_every_code_is_said_in_four_languages() -> None:
    letters = " ".join(letter.subject + letter.body for letter in LAW.letters) + json.dumps([harm.label for harm in LAW.harms])
    assert not [
        word for word in ("abduct", "Yazidi", "captiv", "ISIS", "اختطاف", "إيزيدي", "ڕفاند", "ئێزدی", "revand") if word in letters
    ]
    words = wording(LAW)
    codes = {code for output in LAW.determination.values() for code in output_codes(LAW, output)} - {"S"}
    assert all(set(words[code]) == {"ar", "ckb", "kmr", "en"} for code in codes | set(CHAIN.facts))


def test_letters_in_arabic_script_hold_no_letter_of_another_keyboard() -> None:
    sorani = json.dumps([text.get("ckb", "") for text in LAW.labels.values()], ensure_ascii=False)
    sorani += "".join(letter.body + letter.subject for letter in LAW.letters if letter.language == "ckb")
    arabic = "".join(letter.body + letter.subject for letter in LAW.letters if letter.language == "ar")
    assert not set("كيىة") & set(sorani)
    assert not set("کیەێۆڕڵڤپچژگ") & set(arabic)


def test_real_applications_are_refused_before_a_file_is_opened(tmp_path: Path) -> None:
    with pytest.raises(SyntheticOnly, match="IQ-SURVIVORS takes invented claims only"):
        run_job("IQ-SURVIVORS", (tmp_path / "nowhere.csv",), tmp_path / "out", fund="demo")
    with pytest.raises(SyntheticOnly):
        assess_file("IQ-SURVIVORS", tmp_path / "nowhere.csv", tmp_path / "out")
    assert not list(tmp_path.iterdir())
    with pytest.raises(UsageError, match="There is no file"):
        assess_file("IQ-SURVIVORS", tmp_path / "nowhere.csv", tmp_path / "out", synthetic=True)


def test_the_command_line_refuses_them_with_a_code_of_its_own() -> None:
    result = CliRunner().invoke(app, ["assess", "IQ-SURVIVORS", str(INTAKE)])
    assert isinstance(result.exception, SyntheticOnly)
    assert (result.exception.code, result.exception.exit_status) == ("programme.synthetic_only", 2)


def test_invented_applications_become_monthly_payments_remedies_and_letters(tmp_path: Path) -> None:
    result = run_job("IQ-SURVIVORS", (INTAKE,), tmp_path / "out", as_of=AS_OF, fund="budget-year", synthetic=True)
    assert result.manifest["synthetic"] is True
    with Database() as db:
        for name in ("determinations", "remedies", "allocations", "claims"):
            db.read(name, result.out / "private" / "relations")
        outcomes = dict(db.rows("SELECT reference, outcome FROM determinations JOIN claims USING (claim_id)"))
        salaries = db.rows("SELECT DISTINCT amount_minor FROM allocations")
        remedies = dict(db.rows("SELECT remedy, count(*) FROM remedies GROUP BY remedy"))
        months = db.value("SELECT count(DISTINCT instalment) FROM allocations")
    assert outcomes == {
        "S-01": "granted", "S-02": "granted", "S-03": "granted", "S-04": "granted",
        "S-05": "incomplete", "S-06": "incomplete", "S-07": "held",
    }  # fmt: skip
    assert (salaries, months) == ([(800_000_000,)], 12)
    assert remedies == dict.fromkeys(("care", "land_or_housing", "monthly_salary", "public_employment", "study"), 4)
    assert verify(result.out, progress=lambda *_: None).problems == ()
