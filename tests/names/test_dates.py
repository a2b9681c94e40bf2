"""Partial dates: what people write, as intervals of Gregorian days, or the reason why not."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.names.dates import parse_date, read_date
from aljabr.names.months import GREGORIAN_MONTHS, plain


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
        ("42137", "as a spreadsheet's number of a day it would be 2015-05-13"),
        ("5/13/2016", "no month 13"),
        ("1900-01-00", "spreadsheet's zero"),
        ("0000-00-00", "the year 0 is not between"),
        ("1431388800", "as seconds since 1970 it would be 2015-05-12"),
        ("12ی گوڵانی 2015", "Kurdish solar calendar"),
        ("5 خاکەلێوەی 2715", "Kurdish solar calendar"),
        ("تشرين 2015", "not a date"),
        ("before 1980", "not a date"),
        ("قبل 1980", "not a date"),
        ("1985-1980", "ends before it begins"),
        ("12 آذار نيسان 2016", "two months"),
        ("", "not a date"),
        ("-5/06/2017", "a minus stands before"),
        ("5/-6/2017", "a minus stands before"),
        ("2017-05-12 25:00", "no time 25:00"),
        ("1980-06-05T99:99", "no time 99:99"),
        ("1980-06-05 24:30", "no time 24:30"),
        ("1980-06-05 10:30:75", "no time 10:30:75"),
        ("1980-00-05", "its month is zero"),
        ("6/0/2017", "its month is zero"),
        ("1980.5", "a number with a decimal"),
        ("١٩٨٠٫٥", "a number with a decimal"),
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
    read, day = parse_date(hijri, calendar="hijri"), date.fromisoformat(gregorian)
    assert day in (read.earliest, read.latest)
    assert (read.latest - read.earliest).days <= 2


@settings(deadline=None, max_examples=60)
@given(st.integers(1267, 1524))
def test_hijri_years_follow_one_another_without_gap(year):
    this, following = (parse_date(str(number), calendar="hijri") for number in (year, year + 1))
    assert -3 <= (following.earliest - this.latest).days <= 1
    assert 354 <= (this.latest - this.earliest).days + 1 <= 357


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from("/-. "))
def test_every_day_is_read_back_in_every_order(day, separator):
    for order, numbers in (("dmy", (day.day, day.month, day.year)), ("mdy", (day.month, day.day, day.year))):
        parsed = parse_date(separator.join(map(str, numbers)), order=order)
        assert parsed.earliest == parsed.latest == day


BAGHDAD = ZoneInfo("Asia/Baghdad")


@pytest.mark.parametrize(
    "text",
    """12 ئایاری 2015|12ی ئایاری 2015|١٢ی ئایاری ٢٠١٥|12 ی ئایاری 2015|لە 12ی ئایاری ساڵی 2015دا|
    ١٢ گولانێ ٢٠١٥|12 Gulanê 2015|
    12'ê Gulanê 2015|12ê Gulana 2015an|12ê Gulana 2015'an|12 GULANÊ 2015|12 MAYIS 2015|12 Mayıs 2015|
    12 mayıs 2015 Salı|12 Mayıs 2015'te|
    Mayısın 12'si 2015|12.05.2015 tarihinde|الثلاثاء 12 أيار 2015|بتاريخ 12 من شهر أيار لعام 2015|12 مايس ٢٠١٥م|
    12 ماي 2015|12/مايو/2015|
    Tuesday, 12 May 2015|May 12th, 2015|12MAY2015|12 mai 2015|le 12 mai 2015|12. Mai 2015|am 12. Mai 2015|20150512|12052015|
    12 أيار/مايو 2015|2015.05.12|١٢ / ٥ / ٢٠١٥|12 May 2015 10:30 PM|2015-05-12T22:30:00+03:00|2015-05-12Z""".replace(
        "\n    ", ""
    ).split("|"),
)
def test_the_twelfth_of_may_is_read_in_every_language_inflection_and_case(text):
    assert str(parse_date(text, zone=BAGHDAD)) == "2015-05-12"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("3 ŞUBAT 2016", "2016-02-03"),
        ("3 AĞUSTOS 2016", "2016-08-03"),
        ("3 EYLÜL 2016", "2016-09-03"),
        ("3 KASIM 2016", "2016-11-03"),
        ("3 ARALIK 2016", "2016-12-03"),
        ("3 Ağu 2014", "2014-08-03"),
        ("15 ك2 2015", "2015-01-15"),
        ("12 تشرين 2 2015", "2015-11-12"),
        ("3 غشت 2014", "2014-08-03"),
        ("3 جويلية 2014", "2014-07-03"),
        ("3ی کانوونی دووەمی 2014", "2014-01-03"),
        ("3ê Çiriya Pêşîn 2014", "2014-10-03"),
        ("8'ê Adarê 2014", "2014-03-08"),
        ("لە ئابی ٢٠١٤دا", "2014-08"),
        ("Gulana 2015", "2015-05"),
        ("1980-00-00", "1980"),
        ("00/00/1980", "1980"),
        ("1980-05-00", "1980-05"),
        ("1980.0", "1980"),
        ("2016.05", "2016-05"),
        ("2016-05-12 24:00", "2016-05-12"),
        ("0/5/2016", "2016-05"),
        ("سنة 1980", "1980"),
        ("عام ١٩٨٠", "1980"),
        ("ساڵی 1980", "1980"),
        ("sala 1980", "1980"),
        ("yıl 1980", "1980"),
        ("1980 yılı", "1980"),
        ("born in 1980", "1980"),
        ("مواليد 1/7/1980", "1980-07-01"),
        ("1980-1985", "1980-01-01/1985-12-31"),
        ("1980/81", "1980-01-01/1981-12-31"),
        ("بين 1980 و 1985", "1980-01-01/1985-12-31"),
        ("1980s", "1980-01-01/1989-12-31"),
        ("10-12/6/2014", "2014-06-10/2014-06-12"),
        ("من 10/6/2014 الى 12/6/2014", "2014-06-10/2014-06-12"),
        ("2014-06-10/2014-06-12", "2014-06-10/2014-06-12"),
    ],
)
def test_what_is_known_in_part_is_as_wide_as_it_was_written(text, iso):
    assert str(parse_date(text)) == iso


@pytest.mark.parametrize(
    "text", ["حوالي 1980", "c. 1980", "~1980", "1980?", "ca. 1980", "1980 تقريبا", "نزیکەی 1980", "nêzîkî 1980"]
)
def test_a_date_that_is_about_so_is_wider_and_says_so(text):
    read = read_date(text)
    assert (str(read.value), read.about) == ("1979-01-01/1981-12-31", True)


@pytest.mark.parametrize(
    ("text", "baghdad", "new_york"),
    [
        ("2015-05-12T22:30Z", "2015-05-13", "2015-05-12"),
        ("2015-05-12T02:30:00.000+0000", "2015-05-12", "2015-05-11"),
        ("Tue, 12 May 2015 22:30:00 +0000", "2015-05-13", "2015-05-12"),
        ("2015-05-12 22:30:00 UTC", "2015-05-13", "2015-05-12"),
        ("2015-05-12T00:30:00+03:00", "2015-05-12", "2015-05-11"),
        ("2015-05-12T22:30", "2015-05-12", "2015-05-12"),
    ],
)
def test_an_instant_is_the_day_of_the_programmes_zone(text, baghdad, new_york):
    assert str(parse_date(text, zone=BAGHDAD)) == baghdad
    assert str(parse_date(text, zone=ZoneInfo("America/New_York"))) == new_york


def test_every_month_name_of_the_locales_is_known():
    babel = pytest.importorskip("babel")
    for name in ("ar_IQ", "ar_EG", "ar_MA", "ar_DZ", "ckb", "ku", "tr", "en", "fr", "de"):
        months = babel.Locale.parse(name).months
        for number, month in months["format"]["wide"].items() | months["stand-alone"]["wide"].items():
            assert GREGORIAN_MONTHS[plain(month)] == number, (name, month)
            assert str(parse_date(f"1 {month.upper()} 2015")) == f"2015-{number:02d}-01"
