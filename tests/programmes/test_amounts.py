"""Dated amounts are half-open, and a date that spans two values gives none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.programmes import amounts_for, load_programme
from aljabr.programmes.amounts import value_between
from aljabr.programmes.records import Amount

DAYS = st.dates(date(2000, 1, 1), date(2040, 1, 1))


def amount(starts: list[date], *, until: date | None = None, selects_by: str = "incident_on") -> Amount:
    reference = {"instrument": "law"}
    values = [{"from_on": day, "value": place, "reference": reference} for place, day in enumerate(starts)]
    values[-1]["until_on"] = until
    return Amount.model_validate({"key": "a", "unit": "percent", "selects_by": selects_by, "values": values})


@given(starts=st.lists(DAYS, min_size=1, max_size=6, unique=True), day=DAYS)
@settings(deadline=None, max_examples=60)
def test_every_day_has_the_value_that_began_last(starts: list[date], day: date) -> None:
    began = [start for start in starts if start <= day]
    assert value_between(amount(starts), day, day) == (starts.index(max(began)) if began else None)


@given(starts=st.lists(DAYS, min_size=2, max_size=4, unique=True), days=st.tuples(DAYS, DAYS))
@settings(deadline=None, max_examples=60)
def test_a_period_has_a_value_only_when_all_its_days_have_the_same(starts: list[date], days: tuple[date, date]) -> None:
    law, first, last = amount(starts), min(days), max(days)
    ends = {value_between(law, day, day) for day in (first, last)}
    crossed = any(first < start <= last for start in starts)
    assert value_between(law, first, last) == (None if crossed or len(ends) > 1 else ends.pop())


def test_an_ended_amount_has_no_value_from_its_last_day_on() -> None:
    law = amount([date(2016, 1, 25)], until=date(2020, 1, 1))
    assert value_between(law, date(2019, 12, 31), date(2019, 12, 31)) == 0
    assert value_between(law, date(2020, 1, 1), date(2020, 1, 1)) is None


@pytest.mark.parametrize(
    ("decided_on", "expected"), [(date(2016, 1, 24), 3_750_000_000), (date(2016, 1, 25), 5_000_000_000)], ids=["before", "from"]
)
def test_the_death_grant_changes_on_the_day_law_57_is_published(decided_on: date, expected: int) -> None:
    # Al-Waqa'i al-Iraqiya 4395 of 25 January 2016; sums as reported by the press in 2012 and 2019, in thousandths of a dinar.
    assert amounts_for(load_programme("IQ-LAW20"), {"decided_on": decided_on})["death_grant_minor"] == expected


def test_without_its_date_an_amount_is_not_known() -> None:
    assert set(amounts_for(load_programme("IQ-LAW20"), {}).values()) == {None}
