"""Hijri days: two calendars, and an interval that holds whichever was meant."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.names.dates import parse_date
from aljabr.names.hijri import SIGHTING_DAYS, hijri_interval, tabular_day, umm_al_qura_day
from aljabr.values import PartialDate


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
    assert found.latest == found.earliest == tabular_day(1330, 1, 1)


def test_an_interval_holds_the_day_iraq_kept():
    # Ashura 1436: 3 November 2014 by Umm al-Qura, kept in Karbala on 4 November 2014.
    found = hijri_interval(1436, 1, 10, sighting_days=SIGHTING_DAYS)
    assert umm_al_qura_day(1436, 1, 10) == date(2014, 11, 3)
    assert found.earliest <= date(2014, 11, 3) < date(2014, 11, 4) <= found.latest


@given(st.integers(1343, 1500), st.integers(1, 12), st.integers(1, 29))
def test_the_calendars_are_two_days_apart_at_most_and_the_interval_holds_both(year, month, day):
    umm, tabular = umm_al_qura_day(year, month, day), tabular_day(year, month, day)
    found = hijri_interval(year, month, day)
    assert umm is not None and abs((umm - tabular).days) <= 2
    assert (found.earliest, found.latest) == (min(umm, tabular), max(umm, tabular))
    wider = hijri_interval(year, month, day, sighting_days=SIGHTING_DAYS)
    assert wider.latest - wider.earliest <= timedelta(days=4)


def test_a_month_is_an_interval_too():
    found = hijri_interval(1437, 9)
    assert (found.earliest, found.latest) == (date(2016, 6, 6), date(2016, 7, 6))


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        # 12 Sha'ban 1435: 10 June 2014 by Umm al-Qura, 11 June by the tabular calendar.
        ("12 شعبان 1435", "2014-06-10/2014-06-11"),
        ("1435/8/12", "2014-06-10/2014-06-11"),
        # Sha'ban 1436 has thirty days by Umm al-Qura alone, Safar 1436 too.
        ("30 شعبان 1436", "2015-06-17"),
        ("30/2/1436", "2014-12-22"),
        ("1436/12/30", "2015-10-13/2015-10-14"),
        ("1400", "1979-11-20/1980-11-08"),
        ("1300", "1882-11-12/1883-11-01"),
    ],
)
def test_a_hijri_date_is_the_interval_over_the_calendars_in_use(text, interval):
    found = parse_date(text, calendar="hijri")
    assert str(found) == interval
    assert PartialDate.from_iso(interval) == found


def test_a_thirtieth_that_no_calendar_has_is_refused():
    with pytest.raises(ValueError, match="no day 30 in any calendar"):
        hijri_interval(1435, 8, 30)
    with pytest.raises(ValueError, match="no day 31"):
        hijri_interval(1435, 7, 31)


@pytest.mark.parametrize(
    ("text", "calendar", "day"),
    [
        ("12 Adhar 2016", "gregorian", "2016-03-12"),
        ("5 Tishrin al-Thani 2014", "gregorian", "2014-11-05"),
        ("3 Ağustos 2014", "gregorian", "2014-08-03"),
        ("3 ئاب 2014", "gregorian", "2014-08-03"),
        ("3 Tebax 2014", "gregorian", "2014-08-03"),
        ("1 Ramadan 1437", "hijri", "2016-06-06/2016-06-07"),
        ("1 ڕەمەزان 1437", "hijri", "2016-06-06/2016-06-07"),
    ],
)
def test_months_are_read_in_every_language(text, calendar, day):
    assert str(parse_date(text, calendar=calendar)) == day
