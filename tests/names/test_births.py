"""Dates of one event compared, and ages: defaults of registers say the year and no more."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.names.births import age_range, born_at_age, compare_dates, is_register_default
from aljabr.names.hijri import hijri_interval
from aljabr.values import PartialDate

DATES = st.dates(date(1900, 1, 1), date(2020, 12, 31)).map(lambda day: PartialDate(earliest=day, latest=day))


def read(text: str | None) -> PartialDate | None:
    return PartialDate.from_iso(text) if text else None


@pytest.mark.parametrize(
    ("left", "right", "grade"),
    [
        ("1980-03-15", "1980-03-15", "exact"),
        ("1980-03-15", "1980-03-16", "near"),
        ("1980-03-05", "1980-05-03", "swapped"),
        ("1980-03-15", "1980-03-25", "year_near"),
        ("1980", "1980-03-15", "compatible"),
        ("1980-03", "1980-03-15", "compatible"),
        ("1980", "1980", "compatible"),
        ("1980-07-01", "1980-07-01", "default"),
        ("1980-07-01", "1980-03-15", "default"),
        ("1980-01-01", "1980", "default"),
        ("1980-07-01", "1981-03-15", "year_near"),
        ("1980-07-01", "1983-07-01", "incompatible"),
        ("1980", "1981-12-31", "year_near"),
        ("1980-03-15", "1985-03-15", "incompatible"),
        (None, "1980", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_two_dates_are_graded(left, right, grade):
    assert compare_dates(read(left), read(right)).grade == grade


def test_days_apart_are_told():
    assert compare_dates(read("1980-03-15"), read("1980-03-25")).days_apart == 10
    assert compare_dates(read("1980"), read("1980-03-25")).days_apart == 0


def test_a_hijri_day_agrees_with_the_gregorian_day_it_was():
    assert compare_dates(hijri_interval(1400, 1, 1), read("1979-11-20")).grade == "compatible"


@given(DATES, DATES)
def test_comparing_is_symmetric_and_a_date_is_never_against_itself(left, right):
    assert compare_dates(left, right) == compare_dates(right, left)
    assert compare_dates(left, left).grade in {"exact", "default"}


@pytest.mark.parametrize(("text", "default"), [("1980-07-01", True), ("1980-01-01", True), ("1980-07-02", False), ("1980", False)])
def test_first_of_january_and_of_july_are_defaults(text, default):
    assert is_register_default(PartialDate.from_iso(text)) is default


@pytest.mark.parametrize(
    ("born", "ages"),
    [("1990-02-03", (26, 26)), ("1990-03-02", (25, 25)), ("1990", (25, 26)), ("1990-07-01", (25, 26)), ("2016-03-01", (0, 0))],
)
def test_an_age_is_a_range(born, ages):
    assert age_range(PartialDate.from_iso(born), date(2016, 3, 1)) == ages


def test_nobody_has_an_age_before_birth_or_below_nothing():
    with pytest.raises(ValueError, match="before the birth"):
        age_range(PartialDate.from_iso("2017"), date(2016, 3, 1))
    with pytest.raises(ValueError, match="-1 years"):
        born_at_age(-1, date(2016, 3, 1))


@given(st.integers(0, 110), st.dates(date(1950, 1, 1), date(2030, 1, 1)))
def test_whoever_was_born_then_has_that_age(age, on):
    born = born_at_age(age, on)
    for day in (born.earliest, born.latest):
        if (day.month, day.day) not in {(1, 1), (7, 1)}:
            assert age_range(PartialDate(earliest=day, latest=day), on) == (age, age)
