"""Hijri days: two calendars, and an interval that holds whichever was meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.names.dates import parse_date
from aljabr.names.hijri import hijri_interval, tabular_day, umm_al_qura_day


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    [
        # New years and feasts as Saudi Arabia kept them: van Gent's table; 1 Ramadan 1437 and 10 Dhu al-Hijja 1437 as announced.
        ((1343, 1, 1), date(1924, 8, 1)),
        ((1437, 9, 1), date(2016, 6, 6)),
        ((1437, 12, 10), date(2016, 9, 11)),
        ((1500, 12, 30), date(2077, 11, 16)),
    ],
)
def test_umm_al_qura_days_are_the_published_ones(hijri, gregorian):
    assert umm_al_qura_day(*hijri) == gregorian


def test_outside_its_years_only_the_tabular_calendar_is_left():
    assert umm_al_qura_day(1342, 12, 29) is None
    assert umm_al_qura_day(1501, 1, 1) is None
    found = hijri_interval(1330, 1, 1)
    assert (found.latest - found.earliest).days == 2


def test_an_interval_holds_the_day_iraq_kept():
    # Ashura 1436: 3 November 2014 by Umm al-Qura, kept in Karbala on 4 November 2014.
    found = hijri_interval(1436, 1, 10)
    assert umm_al_qura_day(1436, 1, 10) == date(2014, 11, 3)
    assert found.earliest <= date(2014, 11, 3) < date(2014, 11, 4) <= found.latest


@given(st.integers(1343, 1500), st.integers(1, 12), st.integers(1, 29))
def test_the_calendars_are_two_days_apart_at_most_and_the_interval_holds_both(year, month, day):
    umm, tabular = umm_al_qura_day(year, month, day), tabular_day(year, month, day)
    found = hijri_interval(year, month, day)
    assert umm is not None and abs((umm - tabular).days) <= 2
    assert found.earliest <= min(umm, tabular) and max(umm, tabular) <= found.latest
    assert found.latest - found.earliest <= timedelta(days=4)


def test_a_month_is_an_interval_too():
    found = hijri_interval(1437, 9)
    assert (found.earliest, found.latest) == (date(2016, 6, 5), date(2016, 7, 7))


@pytest.mark.parametrize(
    ("text", "calendar", "day"),
    [
        ("12 Adhar 2016", "gregorian", "2016-03-12"),
        ("5 Tishrin al-Thani 2014", "gregorian", "2014-11-05"),
        ("3 Ağustos 2014", "gregorian", "2014-08-03"),
        ("3 ئاب 2014", "gregorian", "2014-08-03"),
        ("3 Tebax 2014", "gregorian", "2014-08-03"),
        ("1 Ramadan 1437", "hijri", "2016-06-07"),
        ("1 ڕەمەزان 1437", "hijri", "2016-06-07"),
    ],
)
def test_months_are_read_in_every_language(text, calendar, day):
    assert str(parse_date(text, calendar=calendar)) == day
