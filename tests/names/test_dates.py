"""Partial dates: what people write, as intervals of Gregorian days, or the reason why not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.names.dates import parse_date


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("12/5/2016", "2016-05-12"),
        ("١٢/٥/٢٠١٦", "2016-05-12"),
        ("۱۲-۵-۲۰۱۶", "2016-05-12"),
        ("2016-05-12", "2016-05-12"),
        ("2016/5/12", "2016-05-12"),
        ("2016-05-12T00:00:00", "2016-05-12"),
        ("2016-05-12 14:22:10.5", "2016-05-12"),
        ("5/2016", "2016-05"),
        ("2016", "2016"),
        ("1965م", "1965"),
        ("29/2/2016", "2016-02-29"),
        ("12 كانون الثاني 2016", "2016-01-12"),
        ("12 كانون الأول/ديسمبر 2016", "2016-12-12"),
        ("أيار 2016", "2016-05"),
        ("مايس ٢٠١٦", "2016-05"),
        ("3 أغسطس 2014", "2014-08-03"),
        ("٣ی ئاب ٢٠١٤".replace("ی", ""), "2014-08-03"),
        ("تشرینی یەکەم 2014", "2014-10"),
        ("3 Tebax 2014", "2014-08-03"),
        ("Çile 2014", "2014-01"),
        ("March 3rd, 2016", "2016-03-03"),
        ("12-MAR-2016", "2016-03-12"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, iso):
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2016", "month 2 of 2016 has no day 31"),
        ("29 شباط 2015", "month 2 of 2015 has no day 29"),
        ("15/7/2917", "the year 2917 is not between"),
        ("1437", "in the hijri calendar it could be"),
        ("1437 هـ", "another calendar"),
        ("1 رمضان 1437", "names a Hijri month"),
        ("12/5/16", "four digits"),
        ("42501", "four digits"),
        ("5/13/2016", "no month 13"),
        ("0/5/2016", "no day 0"),
        ("12 آذار نيسان 2016", "two months"),
        ("حوالي 2014", "not a date"),
        ("2014?", "not a date"),
        ("", "not a date"),
        ("5/2016/12", "not a day, a month and a year"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_reason(text, reason):
    with pytest.raises(ValueError, match=reason):
        parse_date(text)


def test_the_order_is_the_callers_and_never_guessed():
    assert str(parse_date("5/13/2016", order="mdy")) == "2016-05-13"
    assert str(parse_date("5/6/2016", order="mdy")) == "2016-05-06"
    with pytest.raises(ValueError, match="year, month, day"):
        parse_date("5/6/2016", order="ymd")


@pytest.mark.parametrize(
    ("hijri", "gregorian"),
    # Reingold and Dershowitz, Calendrical Calculations, sample dates (arithmetical Islamic calendar).
    [("6/12/1364", "1945-11-12"), ("5/10/1416", "1996-02-25"), ("5/3/1518", "2094-07-18")],
)
def test_hijri_days_are_those_of_the_published_sample_dates(hijri, gregorian):
    assert str(parse_date(hijri, calendar="hijri")) == gregorian


@settings(deadline=None, max_examples=60)
@given(st.integers(1267, 1524))
def test_hijri_years_follow_one_another_without_gap(year):
    this, following = (parse_date(str(number), calendar="hijri") for number in (year, year + 1))
    assert (following.earliest - this.latest).days == 1
    assert (this.latest - this.earliest).days + 1 in (354, 355)


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from("/-. "))
def test_every_day_is_read_back_in_every_order(day, separator):
    for order, numbers in (("dmy", (day.day, day.month, day.year)), ("mdy", (day.month, day.day, day.year))):
        parsed = parse_date(separator.join(map(str, numbers)), order=order)
        assert parsed.earliest == parsed.latest == day
