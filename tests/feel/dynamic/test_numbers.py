"""Functions of numbers: DMN 1.5, clause 10.3.4.5, with the clause's own examples, and IEEE 754 decimal128."""

from __future__ import annotations

import pytest

from tests.feel.dynamic.asking import answer, pairs

CLAUSE = pairs("""
    decimal(1/3, 2) => 0.33
    decimal(1.5, 0) => 2
    decimal(2.5, 0) => 2
    floor(1.5) => 1
    floor(-1.56, 1) => -1.6
    ceiling(1.5) => 2
    ceiling(-1.56, 1) => -1.5
    round up(5.5, 0) => 6
    round up(-5.5, 0) => -6
    round up(1.121, 2) => 1.13
    round up(-1.126, 2) => -1.13
    round down(5.5, 0) => 5
    round down(-1.126, 2) => -1.12
    round half up(5.5, 0) => 6
    round half up(1.126, 2) => 1.13
    round half up(-1.126, 2) => -1.13
    round half down(5.5, 0) => 5
    round half down(-5.5, 0) => -5
    round half down(1.121, 2) => 1.12
    abs(-10) => 10
    abs(@"-PT5H") => PT5H
    abs(@"-P2M") => P2M
    modulo(12, 5) => 2
    modulo(-12, 5) => 3
    modulo(12, -5) => -3
    modulo(-12, -5) => -2
    modulo(10.1, 4.5) => 1.1
    modulo(-10.1, 4.5) => 3.4
    modulo(10.1, -4.5) => -3.4
    modulo(-10.1, -4.5) => -1.1
    sqrt(16) => 4
    odd(5) => true
    odd(2) => false
    even(2) => true
    even(5) => false
""")
NULLS = pairs("""
    decimal(1, null) => null
    decimal(1, 6177) => null
    decimal(1) => null
    floor("1") => null
    floor() => null
    round up(5.5) => null
    abs("a") => null
    modulo(4, 0) => null
    sqrt(-1) => null
    log(0) => null
    log(-1) => null
    exp(20000) => null
    odd(null) => null
    1 / 0 => null
    10 ** 7000 => null
    1 + "1" => null
    true * 2 => null
""")
# 34 significant digits; e and ln 10 from the tables of the NIST Digital Library of Mathematical Functions, 3.12 and 4.2.
DIGITS = pairs("""
    1 / 3 => 0.3333333333333333333333333333333333
    2 / 3 => 0.6666666666666666666666666666666667
    0.1 + 0.2 => 0.3
    exp(1) => 2.718281828459045235360287471352662
    log(10) => 2.302585092994045684017991454684364
    12345678901234567890123456789012345 => 12345678901234567890123456789012340
    -3 ** 2 => 9
    3 ** 4 ** 5 => 3486784401
    2 ** -1 => 0.5
    1e3 + .5 => 1000.5
""")


@pytest.mark.parametrize(("text", "expected"), [*CLAUSE, *NULLS, *DIGITS], ids=lambda part: part)
def test_numbers_are_exact_to_34_digits_and_null_where_nothing_is_defined(text: str, expected: str) -> None:
    assert answer(text) == expected


@pytest.mark.parametrize("name", ["n", "scale"])
def test_a_named_argument_must_be_known(name: str) -> None:
    assert answer("decimal(n: 1.25, scale: 1)") == "1.2"
    assert answer(f"decimal({name}: 1.25, places: 1)") == "null"
