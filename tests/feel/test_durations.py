"""Every lexical form of a duration is read alike by both evaluators: XML Schema 1.1 part 2, clauses 3.3.6, 3.4.26 and 3.4.27."""

from __future__ import annotations

from datetime import date

import pytest

from aljabr.errors import ExpressionRefused
from aljabr.feel import Type, evaluate, typed_expression
from aljabr.feel.durations import read_duration
from aljabr.feel.dynamic import feel_value
from tests.feel.dynamic.asking import answer

HOUR = 3600 * 10**9
MONTHS = {"P1Y2M": 14, "P1Y": 12, "P14M": 14, "-P1M": -1, "P0M": 0, "-P0Y": 0, "P0Y11M": 11, "P0000000000000000000001Y": 12}
SPANS = {
    "PT0S": 0,
    "P0D": 0,
    "-P1D": -24 * HOUR,
    "P1DT2H3.5S": 26 * HOUR + 3_500_000_000,
    "PT36H": 36 * HOUR,
    "PT1M": HOUR // 60,
    "PT1H1S": HOUR + 10**9,
    "P1DT1M": 24 * HOUR + HOUR // 60,
    "-PT90M": -90 * HOUR // 60,
    "PT0.000000001S": 1,
    "PT1.00000000000000000000000000000000000000000S": 10**9,
}
NONE = [
    *(
        "",
        "P",
        "-P",
        "PT",
        "-PT",
        "P1YT",
        "P1DT",
        "P1Y2M3D",
        "P1YT1H",
        "P1M1D",
        "P0Y1D",
        "P1.5Y",
        "P1.5D",
        "PT1.5H",
        "PT.5S",
        "PT5.S",
    ),
    *(
        "+P1D",
        "--P1D",
        "P-1D",
        "p1d",
        "P1d",
        "P1W",
        "P1D2H",
        "PT1D",
        "PT1Y",
        "P1M1Y",
        "PT1S1M",
        " P1D",
        "P1D ",
        "P 1D",
        "P1D\n",
        "1D",
    ),
    *("P١D", "P1234567890123456789D", "P1D1D", "P1,5D", "PT1:00"),
]


@pytest.mark.parametrize(("text", "count"), [*MONTHS.items(), *SPANS.items()])
def test_a_duration_is_read(text: str, count: int) -> None:
    assert read_duration(text) == ("months" if text in MONTHS else "nanos", count)
    assert answer(f'duration("{text}") = @"{text}"') == "true"


@pytest.mark.parametrize("text", NONE)
def test_what_is_not_a_duration_is_none_in_both_evaluators(text: str) -> None:
    assert read_duration(text) is None
    assert feel_value("duration(written)", {"written": text}) is None
    if "\n" not in text:
        with pytest.raises(ExpressionRefused, match="not understood"):
            typed_expression(f'd + duration("{text}")', {"d": Type(kind="date")})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('+ duration("PT36H")', date(2016, 3, 2)),
        ('- duration("PT36H")', date(2016, 2, 28)),
        ('+ duration("-PT1S")', date(2016, 2, 29)),
        ('+ duration("PT23H59M59.999S")', date(2016, 3, 1)),
        ('+ duration("P14M")', date(2017, 5, 1)),
        ('- duration("P1Y1M")', date(2015, 2, 1)),
        ('+ duration("P1DT24H")', date(2016, 3, 3)),
    ],
)
def test_a_date_moved_by_hours_is_the_day_they_reach_in_both_evaluators(text: str, expected: date) -> None:
    day = date(2016, 3, 1)
    assert evaluate(typed_expression(f"d {text}", {"d": Type(kind="date")}), {"d": day}) == expected
    assert answer(f'@"2016-03-01" {text}') == expected.isoformat()


def test_a_duration_of_more_than_a_thousand_years_is_refused_in_a_table() -> None:
    for text in ("P1001Y", "P400000D", "PT9600000H", "P999999999999999999Y"):
        with pytest.raises(ExpressionRefused, match="thousand years"):
            typed_expression(f'd + duration("{text}")', {"d": Type(kind="date")})
