"""The law of the day that counts is the law that decides, whatever was enacted since."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from aljabr.programmes import amounts_for, load_programme, programme_chain
from aljabr.programmes.cases import decide_case
from aljabr.programmes.records import Case
from aljabr.relations import Database
from aljabr.runs import assess_file

Edited = Callable[..., Path]
GRANTS = "amounts/grants.yaml"
BEFORE, AFTER, LATER = 3_750_000_000, 5_000_000_000, 9_000_000_000
# The value of a later amendment, as it would be added: a new dated value under the last one of the death grant, nothing edited.
LAST = 'note: "The sum is reported by the press in 2019."}\n'
AMENDMENT = LAST + (
    "      - from_on: 2025-06-01\n        value: 9_000_000_000\n"
    "        reference: {instrument: Law 2/2020, article: an invented amendment, state: unverified}\n"
)
FACTS: dict[str, object] = {
    "harm": "death",
    "relation": "father",
    "filed_on": date(2013, 9, 1),
    "decided_on": date(2024, 6, 30),
    "claimant_kind": "natural",
    "overlap": "none",
    "incident_earliest_on": date(2013, 5, 20),
    "incident_latest_on": date(2013, 5, 20),
    "has_identity_document": True,
    "has_death_certificate": True,
}


@pytest.fixture
def law(edited: Edited) -> Callable[..., Path]:
    """Return IQ-LAW20 with the death grant selected by another date and, on request, the later amendment."""

    def build(selects_by: str, *, amended: bool = False) -> Path:
        folder = edited()
        path = folder / GRANTS
        head, tail = path.read_text(encoding="utf-8").split("  - key: missing_grant_minor", 1)
        head = head.replace("selects_by: decided_on", f"selects_by: {selects_by}")
        head = head.replace(LAST, AMENDMENT) if amended else head
        path.write_text(f"{head}  - key: missing_grant_minor{tail}", encoding="utf-8")
        return folder

    return build


def decided(folder: Path, **changes: object) -> tuple[object, object]:
    programme = load_programme(folder)
    case = Case.model_validate({"key": "x", "title": "x", "facts": {**FACTS, **changes}, "expect": {}})
    values, _ = decide_case(programme, programme_chain(programme), case)
    return values["outcome"], values["amount_minor"]


@pytest.mark.parametrize("amended", [False, True], ids=["today", "after-a-later-amendment"])
@pytest.mark.parametrize("decided_on", [date(2013, 12, 1), date(2024, 6, 30), date(2026, 1, 1)], ids=str)
def test_an_incident_of_2013_keeps_the_amount_of_2013_whenever_it_is_decided(
    law: Callable[..., Path], decided_on: date, amended: bool
) -> None:
    assert decided(law("incident_on", amended=amended), decided_on=decided_on) == ("granted", BEFORE)


@pytest.mark.parametrize(
    ("selects_by", "expected"),
    [("incident_on", BEFORE), ("filed_on", AFTER), ("decided_on", LATER)],
)
def test_each_date_an_amount_may_be_selected_by_selects_its_own_version(
    law: Callable[..., Path], selects_by: str, expected: int
) -> None:
    # Incident of 2013 under Law 20/2009, filed in 2018 under Law 57/2015, decided in 2026 after the invented amendment of 2025.
    days = {"filed_on": date(2018, 3, 1), "decided_on": date(2026, 1, 1)}
    assert decided(law(selects_by, amended=True), **days) == ("granted", expected)


def test_an_amendment_changes_nothing_decided_before_it_and_everything_decided_from_its_day(law: Callable[..., Path]) -> None:
    plain = law("decided_on")
    before = [decided(plain, decided_on=day) for day in (date(2013, 9, 1), date(2016, 1, 24), date(2016, 1, 25), date(2025, 5, 31))]
    amended = law("decided_on", amended=True)
    assert before == [("granted", sum_) for sum_ in (BEFORE, BEFORE, AFTER, AFTER)]
    assert [
        decided(amended, decided_on=day) for day in (date(2013, 9, 1), date(2016, 1, 24), date(2016, 1, 25), date(2025, 5, 31))
    ] == before
    assert decided(amended, decided_on=date(2025, 6, 1)) == ("granted", LATER)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2015, 1, 1), date(2015, 12, 31), ("granted", BEFORE)),
        (date(2016, 1, 25), date(2016, 12, 31), ("granted", AFTER)),
        (date(2016, 1, 1), date(2016, 12, 31), ("incomplete", 0)),
        (date(2015, 1, 1), date(2016, 1, 25), ("incomplete", 0)),
    ],
    ids=["a-year-before", "a-year-after", "the-year-of-the-amendment", "to-its-very-day"],
)
def test_a_partial_date_that_spans_two_versions_is_a_missing_fact(
    law: Callable[..., Path], first: date, last: date, expected: tuple[str, int]
) -> None:
    assert decided(law("incident_on"), incident_earliest_on=first, incident_latest_on=last) == expected


def test_the_sets_engine_selects_the_same_version_and_names_the_missing_one(law: Callable[..., Path], tmp_path: Path) -> None:
    facts = tmp_path / "facts.csv"
    header = (
        "item_id,harm,relation,filed_on,claimant_kind,overlap,incident_earliest_on,incident_latest_on,"
        "has_identity_document,has_death_certificate"
    )
    row = "{},death,father,2018-03-01,natural,none,{},{},true,true"
    days = [("a", "2013-05-20", "2013-05-20"), ("b", "2016-01-01", "2016-12-31"), ("c", "2019-02-02", "2019-02-02")]
    facts.write_text("\n".join([header, *(row.format(*one) for one in days)]) + "\n", encoding="utf-8")
    assess_file(str(law("incident_on", amended=True)), facts, tmp_path / "out", as_of=date(2024, 6, 30))
    with Database() as db:
        db.read("determinations", tmp_path / "out")
        found = db.rows("SELECT item_id, outcome, amount_minor, missing_facts FROM determinations ORDER BY item_id")
    assert found == [
        ("a", "granted", BEFORE, "[]"),
        ("b", "incomplete", 0, '["death_grant_minor"]'),
        ("c", "granted", AFTER, "[]"),
    ]


def test_without_the_day_an_amount_is_selected_by_it_is_not_known() -> None:
    assert amounts_for(load_programme("IQ-LAW20"), {"filed_on": date(2024, 1, 1)})["death_grant_minor"] is None
