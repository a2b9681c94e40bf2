"""Changes of the law tried on a file of facts and on a finished run."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from aljabr.errors import SourceBroken, UsageError
from aljabr.runs.simulation import simulate_changes

HIGHER = "title: {en: Six million for a death}\nset: [{amount: death_grant_minor, to: 6_000_000_000, from: 2020-01-01}]\n"
HEADER = "item_id,claim_id,harm,relation,filed_on,decided_on,incident_earliest_on,incident_latest_on,claimant_kind,overlap,"
HEADER += "has_identity_document,has_residence_card,has_death_certificate,governorate,sex,age\n"


@pytest.fixture
def higher(tmp_path: Path) -> Path:
    path = tmp_path / "higher-grant.yaml"
    path.write_text(HIGHER, encoding="utf-8")
    return path


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    """Sixty deaths in two places: 57 women's claims that are granted, and 3 men's, which lack the death certificate."""
    rows = [
        f"itm_{n:02},clm_{n:02},death,father,2024-03-{n % 28 + 1:02},2024-06-30,2016-11-04,2016-11-04,natural,none,true,true,"
        f"{'true' if n >= 3 else ''},{'Ninewa' if n % 2 else 'Anbar'},{'female' if n >= 3 else 'male'},{20 + n % 50}\n"
        for n in range(60)
    ]
    path = tmp_path / "facts.csv"
    path.write_text(HEADER + "".join(rows), encoding="utf-8")
    return path


def test_every_death_that_is_granted_gains_a_million(higher, facts, tmp_path):
    result = simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "out", threshold=1)
    in_force, changed = result.figures.scenarios
    assert (in_force.outcomes, in_force.money_minor) == ({"granted": 57, "incomplete": 3}, 57 * 5_000_000_000)
    assert (changed.total.gain, changed.total.unchanged, changed.total.change_minor) == (57, 3, 57 * 1_000_000_000)
    by = {breakdown.column: {row.group: row.gain for row in breakdown.rows} for breakdown in changed.breakdowns}
    assert by["sex"] == {"female": 57, "male": 0} and by["governorate"] == {"Anbar": 28, "Ninewa": 29}
    assert "age" in result.figures.left_out
    assert "death-of-a-child" in {case.case for case in changed.cases}


def test_three_men_are_withheld_and_cannot_be_subtracted(higher, facts, tmp_path):
    simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "out", by=["sex"])
    rows = pq.read_table(tmp_path / "out" / "effects.parquet").to_pylist()
    total, female, male = (next(row for row in rows if row["group"] == group) for group in ("", "female", "male"))
    assert total["persons"] == 60 and total["gain"] is None and total["unchanged"] is None and total["after_minor"] is None
    assert female["persons"] is None and male["persons"] is None and female["gain"] is None
    assert pq.read_table(tmp_path / "out" / "outcomes.parquet").column("items").null_count == 4


def test_bands_sweep_and_waiting_stand_on_the_page(higher, facts, tmp_path):
    out = tmp_path / "out"
    result = simulate_changes(
        "IQ-LAW20", [higher], facts, out, by=["age=18:40:60"], threshold=1, budget=57_000_000, capacity=20,
        sweep="death_grant_minor=4_000_000_000:6_000_000_000:1_000_000_000",
    )  # fmt: skip
    (ages,) = result.figures.changes[0].breakdowns
    assert [row.group for row in ages.rows] == ["18–39", "40–59", "60+"]
    # 57 grants of 5 million at 57 million a year: five years, the last ones are paid in its first month, the 49th.
    assert result.figures.in_force.waiting.last_months == 49
    points = {p.value: p.money_minor for p in result.figures.sweep.points if p.scenario == "in_force"}
    assert points == {"4000000000": 228_000_000_000, "5000000000": 285_000_000_000, "6000000000": 342_000_000_000}
    page = (out / "simulation.html").read_text(encoding="utf-8")
    assert page.count("<svg") >= 8 and 'dir="rtl"' in page and "http" not in page.replace("http-equiv", "")


def test_a_finished_run_can_be_tried_and_the_bytes_are_the_same_twice(finished, higher, tmp_path):
    for name in ("one", "two"):
        simulate_changes("IQ-LAW20", [higher], finished, tmp_path / name)
    files = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*") if path.is_file())
    assert len(files) == 5
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in files)


def test_in_force_a_run_is_decided_as_it_was(finished, higher, tmp_path):
    result = simulate_changes("IQ-LAW20", [higher], finished, tmp_path / "out", threshold=1)
    determined = pq.read_table(finished / "private" / "relations" / "determinations.parquet").to_pylist()
    counts = {code: sum(row["outcome"] == code for row in determined) for code in result.figures.in_force.outcomes}
    assert result.figures.in_force.outcomes == counts
    assert result.figures.in_force.money_minor == sum(r["amount_minor"] or 0 for r in determined if r["outcome"] == "granted")
    assert {"harm", "sex"} <= {breakdown.column for breakdown in result.figures.changes[0].breakdowns}


def test_the_result_is_json(higher, facts, tmp_path):
    result = simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "out")
    assert json.loads(json.dumps(result.to_dict(), default=str))["scenarios"][1]["total"]["gain"] is None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"budget": 5}, "both --budget and --capacity"),
        ({"by": ["tribe"]}, "no column tribe"),
        ({"by": ["age"]}, r"--by age=18:30:60"),
        ({"by": ["age=x"]}, "COLUMN=N:N"),
    ],
    ids=["budget alone", "unknown column", "too many groups", "misspelt bands"],
)
def test_an_option_that_makes_no_sense_is_refused(higher, facts, tmp_path, options, words):
    with pytest.raises(UsageError, match=words):
        simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "out", **options)


def test_nothing_to_try_two_of_a_name_and_a_full_folder_are_refused(higher, facts, tmp_path):
    with pytest.raises(UsageError, match="nothing to try"):
        simulate_changes("IQ-LAW20", [], facts, tmp_path / "out")
    with pytest.raises(UsageError, match="Two versions are called higher-grant"):
        simulate_changes("IQ-LAW20", [higher, higher], facts, tmp_path / "out")
    with pytest.raises(UsageError, match="not empty"):
        simulate_changes("IQ-LAW20", [higher], facts, tmp_path)


def test_a_value_that_is_not_of_its_type_names_it(higher, facts, tmp_path):
    facts.write_text(facts.read_text(encoding="utf-8").replace("2016-11-04", "yesterday", 1), encoding="utf-8")
    with pytest.raises(SourceBroken, match="yesterday"):
        simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "out")


def test_a_protected_attribute_is_broken_down_only_when_asked_for(higher, facts, tmp_path):
    facts.write_text(facts.read_text(encoding="utf-8").replace("sex", "religion", 1), encoding="utf-8")
    left = simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "one").figures.left_out
    assert "protected" in left["religion"]
    asked = simulate_changes("IQ-LAW20", [higher], facts, tmp_path / "two", by=["religion"]).figures
    assert [b.column for b in asked.changes[0].breakdowns] == ["religion"]
