"""Law by date: amounts and versions of a table are chosen by the day each declares, in SQL and by the interpreter alike."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from aljabr.programmes import Programme, load_programme
from aljabr.programmes.records import Amount
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess, recompute
from tests.rules.forms import dated, programme, table

LayOut = Callable[..., Database]
LAW = load_programme("IQ-LAW20")
CUT = date(2016, 1, 25)
DAY = timedelta(days=1)
# A version of a table is a dated amount like any other: it says which rows are in force on the day that counts.
VERSIONED = table(
    "Outcome",
    ["tariff_version", "disability_percent"],
    ["outcome", "ground", "amount_minor"],
    [
        ["1", ">= 50", '"granted"', '"old"', "grant_minor", "art. 1"],
        ["1", "< 50", '"denied"', '"old"', "0", "art. 1"],
        ["2", "-", '"granted"', '"new"', "grant_minor", "art. 2"],
    ],
)


def law(selects_by: str) -> Programme:
    amounts = (
        dated("grant_minor", selects_by, ("2009-12-28", 100), (CUT.isoformat(), 200)),
        dated("tariff_version", selects_by, ("2009-12-28", 1), (CUT.isoformat(), 2)),
    )
    determination = {"outcome": "Outcome.outcome", "ground": "Outcome.ground", "amount_minor": "Outcome.amount_minor"}
    return programme([VERSIONED], amounts=amounts, determination=determination)


def facts(selects_by: str, day: date) -> dict[str, Any]:
    """Facts in which one kind of day is as given and every other lies far on the other side of the amendment."""
    other = date(2012, 1, 1) if day >= CUT else date(2020, 1, 1)
    days = dict.fromkeys(("filed_on", "decided_on", "incident_earliest_on", "incident_latest_on"), other)
    chosen = ("incident_earliest_on", "incident_latest_on") if selects_by == "incident_on" else (selects_by,)
    return {"harm": "disability", "disability_percent": "20", **days, **dict.fromkeys(chosen, day)}


def both(lay_out: LayOut, under: Programme, given: dict[str, Any]) -> dict[str, Any]:
    """The determination by SQL, after it was found to be the interpreter's."""
    db = lay_out(given)
    amount_inputs(db, under)
    assess(db, under)
    (row,) = db.dicts("SELECT outcome, ground, amount_minor, missing_facts, legal_basis FROM determinations")
    again = recompute(under, given)
    assert row == {name: again[name] for name in row}
    return row


@pytest.mark.parametrize("selects_by", ["incident_on", "filed_on", "decided_on"])
@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (CUT - DAY, ("denied", "old", 0, "art. 1")),
        (CUT, ("granted", "new", 200, "art. 2")),
        (date(2009, 12, 28), ("denied", "old", 0, "art. 1")),
    ],
    ids=["last-day-of-the-old-law", "first-day-of-the-new", "first-day-of-all"],
)
def test_table_and_amount_are_chosen_by_the_day_they_declare(
    lay_out: LayOut, selects_by: str, day: date, expected: tuple[str, str, int, str]
) -> None:
    found = both(lay_out, law(selects_by), facts(selects_by, day))
    assert (found["outcome"], found["ground"], found["amount_minor"], found["legal_basis"]) == expected


@pytest.mark.parametrize("selects_by", ["incident_on", "filed_on", "decided_on"])
def test_before_the_first_value_the_version_is_a_missing_fact(lay_out: LayOut, selects_by: str) -> None:
    found = both(lay_out, law(selects_by), facts(selects_by, date(2009, 12, 27)))
    assert (found["outcome"], found["missing_facts"]) == ("incomplete", '["tariff_version"]')


def test_a_partial_date_that_spans_two_versions_is_a_missing_fact_and_one_within_a_version_is_not(lay_out: LayOut) -> None:
    spanning = facts("incident_on", CUT) | {"incident_earliest_on": date(2016, 1, 1), "incident_latest_on": date(2016, 1, 31)}
    found = both(lay_out, law("incident_on"), spanning)
    assert (found["outcome"], found["missing_facts"]) == ("incomplete", '["tariff_version"]')


def test_a_partial_date_within_one_version_is_enough(lay_out: LayOut) -> None:
    within = facts("incident_on", CUT) | {"incident_earliest_on": date(2014, 6, 1), "incident_latest_on": date(2014, 6, 30)}
    assert both(lay_out, law("incident_on"), within)["ground"] == "old"


DEATH_2013 = {
    "harm": "death",
    "relation": "father",
    "claimant_kind": "natural",
    "overlap": "none",
    "filed_on": date(2013, 2, 1),
    "decided_on": date(2013, 9, 1),
    "incident_earliest_on": date(2012, 11, 4),
    "incident_latest_on": date(2012, 11, 4),
    "has_identity_document": True,
    "has_death_certificate": True,
}


def test_2013_is_recomputed_under_the_law_of_2013() -> None:
    # 3.75 million dinars as the press reported in 2012, 5 million since Law 57/2015; in thousandths.
    assert recompute(LAW, DEATH_2013)["amount_minor"] == 3_750_000_000
    assert recompute(LAW, DEATH_2013 | {"decided_on": date(2024, 9, 1)})["amount_minor"] == 5_000_000_000


def test_an_amendment_changes_nothing_that_was_decided_before_it() -> None:
    grant = next(amount for amount in LAW.amounts if amount.key == "death_grant_minor")
    newer = {"from_on": date(2030, 1, 1), "value": 6_000_000_000, "reference": {"instrument": "Law 57/2015"}}
    amended = Amount.model_validate({**grant.model_dump(), "values": [*grant.model_dump()["values"], newer]})
    later = LAW.model_copy(update={"amounts": tuple(amended if one is grant else one for one in LAW.amounts)})
    for decided_on in (date(2013, 9, 1), date(2016, 1, 25), date(2029, 12, 31)):
        given = DEATH_2013 | {"decided_on": decided_on}
        assert recompute(later, given) == recompute(LAW, given)
    assert recompute(later, DEATH_2013 | {"decided_on": date(2030, 1, 1)})["amount_minor"] == 6_000_000_000
