"""What expressions are worth: FEEL's arithmetic, text, dates and its logic of null."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import CheckFailed
from aljabr.feel import Type, evaluate, typed_expression
from aljabr.feel.checking import typed_test

NAMES = {
    "n": Type(kind="number", scale=6),
    "m": Type(kind="number", scale=6),
    "s": Type(kind="string"),
    "b": Type(kind="boolean"),
    "c": Type(kind="boolean"),
    "d": Type(kind="date"),
}


def value(text: str, *, unknown: bool = False, **values: Any) -> Any:
    exact = {name: Decimal(given) if type(given) in (int, str) and name in "nm" else given for name, given in values.items()}
    return evaluate(typed_expression(text, NAMES), exact, unknown=unknown)


def passes(cell: str, tested: str, *, unknown: bool = False, **values: Any) -> Any:
    exact = {name: Decimal(given) if type(given) in (int, str) and name in "nm" else given for name, given in values.items()}
    test = typed_test(cell, typed_expression(tested, NAMES), NAMES)
    assert test is not None
    return evaluate(test, exact, unknown=unknown)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # DMN 1.5, 10.3.4.5: decimal() rounds half to even.
        ("decimal(1/3, 2)", "0.33"),
        ("decimal(1.5, 0)", "2"),
        ("decimal(2.5, 0)", "2"),
        ("decimal(-2.5, 0)", "-2"),
        ("decimal(1.255, 2)", "1.26"),
        ("decimal(1250, -2)", "1200"),
        ("decimal(7/-2, 0)", "-4"),
        ("0.1 + 0.2", "0.3"),
        ("floor(-1.5)", "-2"),
        ("ceiling(-1.5)", "-1"),
        ("abs(-10)", "10"),
        ("-(2 - 5) * 2", "6"),
        ("max(1, 3, 2)", "3"),
        ('string length("جبر")', "3"),
        ("1e3", "1000"),
    ],
)
def test_numbers_are_exact(text: str, expected: str) -> None:
    assert value(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["decimal(1/0, 2)", "n + 1", "min(n, 1)", 's + "x"', 'd + duration("P1D")', "n < 1", "b and true"])
def test_null_goes_through_what_is_calculated(text: str) -> None:
    assert value(text) is None


def test_a_number_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(CheckFailed, match="out of range"):
        value("n * n", n="12345678901234567890.000001")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("b and c", {(True, None): None, (False, None): False, (None, None): None}),
        ("b or c", {(True, None): True, (False, None): None, (None, None): None}),
        ("not(b)", {(None, True): None, (True, True): False}),
        ("b = c", {(None, None): True, (True, None): False, (True, True): True}),
        ("b != c", {(None, None): False, (True, None): True}),
        ("b = null", {(None, None): True, (False, None): False}),
        ('if b then "yes" else "no"', {(None, None): "no", (True, None): "yes"}),
    ],
)
def test_logic_is_three_valued_and_equality_two_valued(text: str, expected: dict[tuple[Any, Any], Any]) -> None:
    assert {(b, c): value(text, b=b, c=c) for b, c in expected} == expected


def test_read_as_not_known_null_is_contagious() -> None:
    assert value("b = c", b=True, c=None, unknown=True) is None
    assert value('if b then "yes" else "no"', b=None, unknown=True) is None
    assert value("b = null", b=None, unknown=True) is True


@pytest.mark.parametrize(
    ("cell", "inside", "outside"),
    [
        ("[10..20]", (10, 20), (9, 21)),
        ("(10..20)", (11, 19), (10, 20)),
        ("]10..20]", (11, 20), (10, 21)),
        ("[10..20[", (10, 19), (9, 20)),
        ("< 10, > 20", (9, 21), (10, 20)),
        ("not(10, 20)", (11,), (10, 20)),
        ("? > 10 and ? < 20", (11, 19), (10, 20)),
        ("10, 20", (10, 20), (15,)),
        ("? in (10, [15..20])", (10, 15, 20), (14, 21)),
        ("!= 10", (9,), (10,)),
    ],
)
def test_unary_tests(cell: str, inside: tuple[int, ...], outside: tuple[int, ...]) -> None:
    assert all(passes(cell, "n", n=number) is True for number in inside)
    assert all(passes(cell, "n", n=number) is False for number in outside)


def test_null_is_a_value_a_cell_can_ask_for() -> None:
    assert passes("null", "s", s=None) is True
    assert passes('not("a", null)', "s", s=None) is False
    assert passes('"a"', "s", s=None) is False
    assert passes('"a"', "s", s=None, unknown=True) is None


def test_dates_move_by_months_to_the_last_day_there_is() -> None:
    assert value('d + duration("P1M")', d=date(2016, 1, 31)) == date(2016, 2, 29)
    assert value('d - duration("P1Y")', d=date(2016, 2, 29)) == date(2015, 2, 28)
    assert value('d + duration("P30D") > @"2016-02-29"', d=date(2016, 1, 31)) is True


def test_text_is_compared_by_letter_and_never_folded() -> None:
    assert value('s = "محمّد"', s="محمد") is False
    assert value('upper case("straße") = "STRAẞE"') is True
    assert value('starts with("الى", "ال") and ends with("الى", "ى") and contains("الى", "")') is True


@settings(deadline=None, max_examples=200)
@given(st.integers(-(10**9), 10**9), st.integers(-1000, 1000).filter(bool), st.integers(-3, 6))
def test_a_rounded_quotient_is_the_nearest_there_is(left: int, right: int, places: int) -> None:
    unit = Decimal(1).scaleb(-places)
    rounded = value(f"decimal(n / m, {places})", n=left, m=right)
    assert abs(rounded * right - left) <= abs(right) * unit / 2


def test_a_duration_may_go_backwards() -> None:
    # 2016-02-29 a year back is the last day of February 2015.
    expression = typed_expression('d + duration("-P1Y")', {"d": Type(kind="date")})
    assert evaluate(expression, {"d": date(2016, 2, 29)}) == date(2015, 2, 28)
