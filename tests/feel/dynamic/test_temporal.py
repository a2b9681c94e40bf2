"""Dates, times, durations: DMN 1.5, clauses 10.3.2.3, 10.3.2.14, 10.3.4.1 and 10.3.4.8; XML Schema part 2; ISO 8601 weeks."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aljabr.feel.dynamic import feel_value, written
from tests.feel.dynamic.asking import answer, pairs

MADE = pairs("""
    date("2017-01-01") => 2017-01-01
    date(2017, 1, 1) => 2017-01-01
    date(year: 2017, month: 08, day: 30) => 2017-08-30
    date(date and time("2012-12-25T11:00:00Z")) => 2012-12-25
    date("-999999999-12-31") => -999999999-12-31
    time("23:59:00") => 23:59:00
    time("13:20:00+02:00") => 13:20:00+02:00
    time("11:22:33.123456789") => 11:22:33.123456789
    time("11:22:33-00:00") => 11:22:33Z
    time("23:59:00z") + duration("PT2M") = time("00:01:00@Etc/UTC") => true
    date and time("2017-01-01T10:00:00z") => 2017-01-01T10:00:00Z
    time(11, 59, 45, duration("-PT2H45M55S")) => 11:59:45-02:45:55
    time(12, 0, 0, null) => 12:00:00
    time(date and time("2017-09-04T11:20:00@Asia/Dhaka")) => 11:20:00@Asia/Dhaka
    time(date("2017-08-10")) => 00:00:00Z
    date and time("2012-12-24T24:00:00") => 2012-12-25T00:00:00
    date and time("2012-12-24") => 2012-12-24T00:00:00
    date and time(date("2012-12-24"), time("T23:59:00")) => null
    date and time(date("2012-12-24"), time("23:59:00")) => 2012-12-24T23:59:00
    date and time(2012, 12, 24, 23, 59, 0, "Europe/Paris") => 2012-12-24T23:59:00@Europe/Paris
    date and time(2012, 12, 24, 23, 59, 0, @"PT1H") => 2012-12-24T23:59:00+01:00
    duration("P26M") => P2Y2M
    duration("PT24H") => P1D
    duration("-PT49H") => -P2DT1H
    duration("P0Y") => P0M
    duration("PT0.999S") => PT0.999S
    years and months duration(date("2011-12-22"), date("2013-08-24")) => P1Y8M
    years and months duration(date("2013-08-24"), date("2011-12-22")) => -P1Y8M
    day of year(date(2019, 9, 17)) => 260
    day of week(date(2019, 9, 17)) => Tuesday
    month of year(date(2019, 9, 17)) => September
    week of year(date(2019, 9, 17)) => 38
    week of year(date(2003, 12, 29)) => 1
    week of year(date(2005, 1, 1)) => 53
    week of year(date(2005, 1, 9)) => 1
""")
NOTHING = pairs("""
    date("2017-02-29") => null
    date("998-12-31") => null
    date("01211-12-31") => null
    date("+2012-12-02") => null
    date("2012-12-25T11:00:00") => null
    date("1000000000-01-01") => null
    date(2017, 13, 1) => null
    date(2017, 1.5, 1) => null
    date([]) => null
    time("24:00:00") => null
    time("23:59:60") => null
    time("7:00:00") => null
    time("13:20:00+19:00") => null
    time("13:20:00+02:00@Europe/Paris") => null
    time("13:20:00@xyz/abc") => null
    time(24, 0, 0) => null
    date and time("2017-12-31T24:00:01") => null
    duration("P") => null
    duration("P1DT") => null
    duration("P1Y2M3D") => null
    duration("1Y") => null
    duration(1) => null
    @"foo" => null
""")
CALCULATED = pairs("""
    @"2021-01-31" + @"P1M" => 2021-02-28
    @"2020-02-29" - @"P1Y" => 2019-02-28
    @"2021-01-02" - @"PT1M" => 2021-01-01
    @"2021-01-02" - @"2021-01-01T10:10:10@Australia/Melbourne" => P1DT49M50S
    @"2021-01-02T10:10:10" - @"2021-01-01T10:10:10Z" => null
    @"2021-03-27T12:00:00@Europe/Paris" + @"PT24H" => 2021-03-28T13:00:00@Europe/Paris
    @"23:00:00" + @"PT2H" => 01:00:00
    @"10:10:10+11:00" - @"11:10:10+11:00" => -PT1H
    @"P1Y11M" * -2.5 => -P4Y9M
    @"PT23H" * 2.5 => P2DT9H30M
    @"P10D" / @"P5D" => 2
    @"P1Y" / @"P1D" => null
    @"P1Y" + @"P1D" => null
    -@"P1D" => -P1D
    @"2002-04-02T12:00:00-01:00" = @"2002-04-02T17:00:00+04:00" => true
    @"10:00:00" < @"10:00:00Z" => null
    @"2012-12-25" instance of date => true
    @"2018-12-10".weekday => 1
    @"2018-12-10T10:30:00+05:00".time offset => PT5H
    @"2018-12-10T10:30:00@Etc/UTC".timezone => Etc/UTC
    @"P1Y2M".months => 2
    @"P1Y".days => null
    is(@"23:00:50Z", @"23:00:50+00:00") => true
    is(@"23:00:50@Australia/Melbourne", @"23:00:50+10:00") => false
""")


@pytest.mark.parametrize(("text", "expected"), [*MADE, *NOTHING, *CALCULATED], ids=lambda part: part)
def test_what_is_made_of_texts_and_calculated_with(text: str, expected: str) -> None:
    assert answer(text) == expected


def test_now_and_today_are_those_of_the_question() -> None:
    at = datetime(2024, 2, 29, 12, 30, tzinfo=UTC)
    assert written(feel_value("now()", at=at)) == "2024-02-29T12:30:00Z"
    assert written(feel_value('today() + @"P1Y"', at=at)) == "2025-02-28"
    assert feel_value("today(1)", at=at) is None
