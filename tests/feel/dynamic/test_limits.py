"""An expression may come from anybody: what would fill the memory or never end is refused, in words."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic import feel_value, written
from aljabr.feel.dynamic.functions import BUILTINS

HOSTILE = {
    "long": '"' + "a" * 30_000 + '"',
    "nested lists": "[" * 500 + "]" * 500,
    "nested sums": "1" + "+1" * 500,
    "loops in loops": "for i in 1..100000, j in 1..100000 return 1",
    "an endless loop": "for i in 1..10000000000 return 1",
    "text that doubles": 'for i in 1..100 return if i = 1 then "aa" else partial[-1] + partial[-1]',
    "lists that double": "for i in 1..60 return if i = 1 then [1, 2] else concatenate(partial[-1], partial[-1])",
    "shared parts": "string((for i in 1..60 return if i = 1 then [1, 2] else [partial[-1], partial[-1]])[-1])",
    "endless recursion": "{f: function(x) f(x + 1)}.f(1)",
    "a function of itself": "(function(f) f(f))(function(f) f(f))",
    "a pattern that explodes": 'matches("' + "a" * 40 + 'b", "^(a|a|aa)+$")',
    "a foreign function": 'function(x) external {java: {class: "java.lang.System", method signature: "exit(int)"}}',
}


@pytest.mark.parametrize(
    "text", [text for name, text in HOSTILE.items() if name != "a foreign function"], ids=lambda text: text[:20]
)
def test_what_never_ends_is_refused(text: str) -> None:
    with pytest.raises(ExpressionRefused):
        feel_value(text)


def test_a_foreign_function_is_refused_when_it_is_called() -> None:
    with pytest.raises(ExpressionRefused, match="another program"):
        feel_value(f"({HOSTILE['a foreign function']})(1)")


def test_a_zone_is_never_a_path() -> None:
    for zone in ("../../etc/passwd", "Europe", "zones", "Europe/../Europe/Paris"):
        assert feel_value(f'@"10:00:00@{zone}"') is None


ARGUMENTS = [
    *("null", "true", "0", "-1", "2.5", "1E6144", '"a"', '""', '"[a-z"', '"$1"', "[]", "[1, 2]", "[null]", "{}", "{a: 1}"),
    *('{key: "a", value: 1}', '@"2020-02-29"', '@"999999999-12-31"', '@"-0001-01-01T00:00:00Z"', '@"23:59:59.999999999+18:00"'),
    *('@"2020-01-01T10:00:00@Europe/Paris"', '@"-P999999999Y"', '@"PT1S"', "[1..5]", "(<5)", "(!=5)", "[1..null)"),
    *("function(x) x", "function(x, y) x < y", "abs", "sort"),
]
CALLS = st.recursive(
    st.sampled_from(ARGUMENTS),
    lambda inner: st.tuples(st.sampled_from(sorted(BUILTINS)), st.lists(inner, max_size=4)).map(
        lambda c: f"{c[0]}({', '.join(c[1])})"
    ),
    max_leaves=6,
)


@settings(deadline=None, max_examples=200)
@given(CALLS)
def test_no_call_fails_but_by_being_refused(text: str) -> None:
    with suppress(ExpressionRefused):
        written(feel_value(text))


# Compiled as written, the first of these took 2.9 GB and half a minute.
COUNTED = {
    "((a{1000}){1000}){1000}": "nested",
    "(((((((a{9}){9}){9}){9}){9}){9}){9}){9}": "many small ones",
    "(?:(?:a{0,200}){0,200})": "from nothing",
    "(?:ab{50}c|d{50}){200}": "in branches",
    r"(\c{100}){99}": "of a long class",
    "a{99999999999999999999}": "one huge count",
    "(a{10001,})": "without an upper end",
    "(){9999999}": "of nothing",
}


@pytest.mark.parametrize(
    "call", ['matches("b", pattern)', 'replace("b", pattern, "c")', 'split("b", pattern)', 'matches("b", pattern, "i")']
)
@pytest.mark.parametrize("pattern", COUNTED, ids=COUNTED.values())
def test_counts_in_a_pattern_are_bounded_before_it_is_compiled(pattern: str, call: str) -> None:
    with pytest.raises(ExpressionRefused, match="counts"):
        feel_value(call, {"pattern": pattern})


@pytest.mark.parametrize(
    "pattern", ["(a{100}){99}", "a{1,9999}", r"[A-Z]{2}\d{2}([A-Z0-9]{4}){1,7}", r"(\p{L}{1,50} ?){1,10}", "((a*)*)*", r"\{{3}"]
)
def test_a_pattern_with_plain_counts_is_compiled(pattern: str) -> None:
    assert feel_value('matches("b", pattern)', {"pattern": pattern}) in (True, False)


def test_what_a_flag_takes_literally_has_no_counts() -> None:
    assert feel_value('matches("(a{1000}){1000}", "(a{1000}){1000}", "q")') is True
