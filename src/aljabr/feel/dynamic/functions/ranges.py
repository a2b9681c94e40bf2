"""Functions of ranges (DMN 1.5, clause 10.3.4.9 f., table 78): how two points or intervals lie to one another, and ``range``."""

from __future__ import annotations

import re
from collections.abc import Callable

from aljabr.feel.dynamic.arithmetic import interval
from aljabr.feel.dynamic.comparing import all_true, any_true, compare, equal, includes, negated
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.texts import literal_of
from aljabr.feel.dynamic.values import Range, Value, number

Truth = bool | None
_RANGE = re.compile(r"\s*([\[\](])\s*(.*?)\s*\.\.\s*(.*?)\s*([\])\[])\s*", re.DOTALL)
_STRING = re.compile(r'"((?:\\.|[^"\\])*)"', re.DOTALL)
_CALL = re.compile(r'(?:date|time|date and time|duration)\(\s*"([^"]*)"\s*\)')


def _before(one: Value, other: Value) -> Truth:
    """The first ends before the second begins."""
    end, end_included = (one.high, one.high_included) if isinstance(one, Range) else (one, True)
    start, start_included = (other.low, other.low_included) if isinstance(other, Range) else (other, True)
    return any_true((compare("<", end, start), all_true((equal(end, start), not (end_included and start_included)))))


def _meets(one: Range, other: Range) -> Truth:
    return all_true((one.high_included and other.low_included, equal(one.high, other.low)))


def _overlaps(one: Range, other: Range) -> Truth:
    return all_true((negated(_before(one, other)), negated(_before(other, one))))


def _starts_first(one: Range, other: Range) -> Truth:
    """The first begins before the second does."""
    return any_true(
        (compare("<", one.low, other.low), all_true((equal(one.low, other.low), one.low_included and not other.low_included)))
    )


def _ends_first(one: Range, other: Range) -> Truth:
    return any_true(
        (compare("<", one.high, other.high), all_true((equal(one.high, other.high), other.high_included and not one.high_included)))
    )


def _overlaps_before(one: Range, other: Range) -> Truth:
    return all_true((_starts_first(one, other), negated(_ends_first(other, one)), _overlaps(one, other)))


def _finishes(one: Value, other: Range) -> Truth:
    if not isinstance(one, Range):
        return all_true((other.high_included, equal(one, other.high)))
    return all_true((one.high_included == other.high_included, equal(one.high, other.high), negated(_starts_first(one, other))))


def _starts(one: Value, other: Range) -> Truth:
    if not isinstance(one, Range):
        return all_true((other.low_included, equal(one, other.low)))
    return all_true((one.low_included == other.low_included, equal(one.low, other.low), negated(_ends_first(other, one))))


def _includes(one: Range, other: Value) -> Truth:
    if not isinstance(other, Range):
        return includes(one, other)
    return all_true((negated(_starts_first(other, one)), negated(_ends_first(one, other))))


def _coincides(one: Value, other: Value) -> Truth:
    if isinstance(one, Range) and isinstance(other, Range):
        same = (one.low_included, one.high_included) == (other.low_included, other.high_included)
        return all_true((same, equal(one.low, other.low), equal(one.high, other.high)))
    return equal(one, other)


def _turned(function: Callable[[Value, Value], Truth]) -> Callable[[Value, Value], Truth]:
    return lambda one, other: function(other, one)


def _range(text: str) -> Range | None:
    """Read an interval of literals; an end may be left out."""
    found = _RANGE.fullmatch(text)
    if not found:
        return None
    opened, low, high, closed = found.groups()
    ends = [None if end == "" else _end(end) for end in (low, high)]
    if any(end is None and written for end, written in zip(ends, (low, high), strict=True)) or ends == [None, None]:
        return None
    if None in ends and "[]"[ends[1] is None] == (opened, closed)[ends[1] is None]:
        return None
    if ends[0] is None:
        return Range(None, ends[1], False, closed == "]", "<=" if closed == "]" else "<")
    if ends[1] is None:
        return Range(ends[0], None, opened == "[", False, ">=" if opened == "[" else ">")
    return interval(ends[0], ends[1], (opened, closed))  # type: ignore[no-any-return]


def _end(text: str) -> Value:
    if (found := _STRING.fullmatch(text)) is not None:
        return found[1]
    if text.startswith('@"') and text.endswith('"'):
        return literal_of(text[2:-1])
    if (found := _CALL.fullmatch(text)) is not None:
        return literal_of(found[1])
    return number(text) if re.fullmatch(r"-?(?:\d+(?:\.\d+)?|\.\d+)", text) else None


def _ways(name: str, function: Callable[[Value, Value], Truth], *kinds: str) -> list[Function]:
    """The ways of calling: ``pp`` for two points, ``pr`` a point and a range, ``rp``, ``rr``."""
    points = "number|string|date|time|date and time|years and months duration|days and time duration"
    named = {"pp": (f"point1: {points}", f"point2: {points}"), "pr": (f"point: {points}", "range: range")}
    named |= {"rp": ("range: range", f"point: {points}"), "rr": ("range1: range", "range2: range")}
    return [built_in(f"{name}({', '.join(named[kind])})", function) for kind in kinds]


FUNCTIONS: list[Function] = [
    *_ways("before", _before, "pp", "pr", "rp", "rr"),
    *_ways("after", _turned(_before), "pp", "pr", "rp", "rr"),
    *_ways("meets", _meets, "rr"),
    *_ways("met by", _turned(_meets), "rr"),
    *_ways("overlaps", _overlaps, "rr"),
    *_ways("overlaps before", _overlaps_before, "rr"),
    *_ways("overlaps after", _turned(_overlaps_before), "rr"),
    *_ways("finishes", _finishes, "pr", "rr"),
    *_ways("finished by", _turned(_finishes), "rp", "rr"),
    *_ways("includes", _includes, "rp", "rr"),
    *_ways("during", _turned(_includes), "pr", "rr"),
    *_ways("starts", _starts, "pr", "rr"),
    *_ways("started by", _turned(_starts), "rp", "rr"),
    *_ways("coincides", _coincides, "pp", "rr"),
    built_in("range(from: string)", _range),
]
