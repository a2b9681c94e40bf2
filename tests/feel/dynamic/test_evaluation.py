"""What expressions mean: three-valued logic, names, filters, loops, functions, types (DMN 1.5, clause 10.3.2)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aljabr.feel.dynamic import feel_value, passes_tests
from tests.feel.dynamic.asking import answer, pairs

MEANINGS = pairs("""
    # tables 50 and 51: three-valued logic; what is no truth is unknown
    true and null => null
    false and null => false
    true or null => true
    false or "a" => null
    not(null) => null
    not(1) => null
    # table 53: equality
    null = null => true
    1 = null => false
    1 = "1" => null
    [1, "a"] = [1, "a"] => true
    {a: 1, b: 2} = {b: 2, a: 1} => true
    [] = null => false
    # comparisons and membership
    1 < "a" => null
    2 between 1 and null => null
    5 in (1, <3, [4..6]) => true
    5 in (1, null) => false
    {a: 1} in [{a: 1}] => true
    # filters (clause 10.3.2.5): index from both ends, conditions with the item's own names
    [1, 2, 3][-1] => 3
    [1, 2, 3][4] => null
    [1, 2, 3][item > 1] => [2, 3]
    [{x: 1, y: 2}, {x: null, y: 3}][x < 2] => [{x: 1, y: 2}]
    "a"[1] => a
    "a"[2] => null
    null[true] => []
    # loops (clause 10.3.2.10)
    for x in [1, 2], y in [x, 10] return x * y => [1, 10, 4, 20]
    for i in 3..1 return i => [3, 2, 1]
    for i in @"2021-12-31"..@"2022-01-01" return i => [2021-12-31, 2022-01-01]
    for i in 0..4 return if i = 0 then 1 else i * partial[-1] => [1, 1, 2, 6, 24]
    for i in 1..3 return partial => [[], [[]], [[], [[]]]]
    for i in 1..2, j in append(partial, 0) return j => [0, 0, 0]
    for i in "a".."c" return i => null
    some x in [1, 2] satisfies x > 1 => true
    every x in [] satisfies false => true
    some x in [null] satisfies x > 1 => null
    some x in [1, 2] satisfies if x = 2 then true else "a" => null
    # if: null takes the other branch, what is no truth is null
    if null then 1 else 2 => 2
    if "abc" then 1 else 2 => null
    # functions, by place and by name, as values
    (function(a, b) a - b)(b: 1, a: 3) => 2
    (function(a) a)(1, 2) => null
    (function(a: number) a)("x") => null
    {f: function(n) if n = 0 then 1 else n * f(n - 1)}.f(20) => 2432902008176640000
    null() => null
    {date: date("2020-01-01"), next: date("2021-01-01")}.next => 2021-01-01
    nothing(1) => null
    # types
    1 instance of number => true
    null instance of Any => false
    [1, 2] instance of list<number> => true
    {a: 1, b: 2} instance of context<a: number> => true
    1 instance of nothing => null
    abs instance of function<number> -> Any => true
    # several expressions are a list; comments are left aside
    1, 2 => [1, 2]
    1 /* one */ + 2 // three => 3
""")


@pytest.mark.parametrize(("text", "expected"), MEANINGS, ids=lambda part: part)
def test_an_expression_means_what_the_standard_says(text: str, expected: str) -> None:
    assert answer(text) == expected


def test_a_known_name_with_spaces_and_signs_is_read_as_one_name() -> None:
    values = {"a": Decimal(5), "b": Decimal(2), "a-b": Decimal(100), "monthly  payment": 0, "Student's age": Decimal(20)}
    assert feel_value("a-b", values) == 100
    assert feel_value("a - b", {"a": Decimal(5), "b": Decimal(2)}) == 3
    assert feel_value("Student's age + a", values) == 25
    assert feel_value("rows[net pay > 1].net pay", {"rows": [{"net pay": Decimal(1)}, {"net pay": Decimal(2)}]}) == [Decimal(2)]


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("< 5", Decimal(4), True),
        ('"a", "b"', "b", True),
        ("not(1, 2)", Decimal(2), False),
        ("not(1, 2)", Decimal(3), True),
        ("[1..3], > 10", Decimal(11), True),
        ("? > 5 and ? < 7", Decimal(6), True),
        ('string length("?") = 1', "foo", None),
        ("?", False, True),
        ("null", None, True),
        ("not()", Decimal(1), None),
        ("not(negand: true)", True, None),
        ('("123", true)', False, None),
    ],
)
def test_an_input_entry_tests_the_value(cell: str, value: object, expected: bool | None) -> None:
    assert passes_tests(cell, value) is expected


def test_text_escapes_reach_beyond_the_basic_plane_and_other_backslashes_stay() -> None:
    assert feel_value(r'"\uD83D\uDE00" = "\U01F600"') is True
    assert feel_value(r'"\d\n"') == "\\d\n"
