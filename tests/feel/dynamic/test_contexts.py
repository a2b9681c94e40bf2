"""Contexts, conversions, ``is``: DMN 1.5, clauses 10.3.4.1, 10.3.4.9 and 10.3.4.11."""

from __future__ import annotations

import pytest

from tests.feel.dynamic.asking import answer, pairs

CONTEXTS = pairs("""
    get value({a: 1}, "a") => 1
    get value({a: 1}, "b") => null
    get entries({a: 1, b: 2}) => [{key: "a", value: 1}, {key: "b", value: 2}]
    context([{key: "a", value: 1}, {key: "b", value: 2}]) => {a: 1, b: 2}
    context([{key: "a", value: 1}, {key: "a", value: 2}]) => null
    context([{key: "a"}]) => null
    context put({x: 1}, "y", 2) => {x: 1, y: 2}
    context put({x: 1, y: {a: 0}}, ["y", "a"], 2) => {x: 1, y: {a: 2}}
    context put({x: 1, y: {a: 0}}, ["y", "a", "b"], 2) => null
    context put({x: 1}, [], 2) => null
    context put({x: 1}, null, 2) => null
    context merge([{x: 1}, {y: 2, x: 0}]) => {x: 0, y: 2}
    context merge([{x: 1}, 2]) => null
    {a: 1 + 2, b: a * 2}.b => 6
    {a: 1, a: 2} => null
    {"a b": 1}.a b => 1
    {foo bar: 1, baz: foo bar + 1}.baz => 2
    [{a: 1}, {a: 2}].a => [1, 2]
""")
CONVERSIONS = pairs("""
    number("1 000,0", " ", ",") => 1000
    number("1,000.0", ",", ".") => 1000
    number("1.000.000,01", ".", ",") => 1000000.01
    number("1,000", ",", ",") => null
    number("a") => null
    number("00123") => 123
    number(11.11) => 11.11
    string(1.10) => 1.1
    string(null) => null
    string([1, "a", null, [true]]) => [1, "a", null, [true]]
    string({a: "x\\"y"}) => {a: "x\\"y"}
    string([1..3)) => [1..3)
    is(1, 1.0) => true
    is(1, "1") => false
    is(@"P0Y", @"P0D") => false
    is(1, 2, 3) => null
""")


@pytest.mark.parametrize(("text", "expected"), [*CONTEXTS, *CONVERSIONS], ids=lambda part: part)
def test_contexts_and_conversions(text: str, expected: str) -> None:
    assert answer(text) == expected
