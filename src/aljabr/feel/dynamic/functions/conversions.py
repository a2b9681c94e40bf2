"""Functions that make a value of one kind out of another (DMN 1.5, clause 10.3.4.1) and ``is`` (clause 10.3.4.8)."""

from __future__ import annotations

import re

from aljabr.feel.dynamic.comparing import equal
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.texts import written
from aljabr.feel.dynamic.values import Clock, Moment, Value, Zone, kind_of, number

_NUMBER = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def _number(text: str, grouping: str | None = None, decimal: str | None = None) -> Value:
    """Read a number; separators are a space, comma or point for groups, a point or comma for decimals, and not the same."""
    if grouping not in (None, " ", ",", ".") or decimal not in (None, ",", ".") or (grouping is not None and grouping == decimal):
        return None
    if grouping is not None:
        text = text.replace(grouping, "")
    if decimal == ",":
        if "." in text:
            return None
        text = text.replace(",", ".")
    return number(text) if _NUMBER.fullmatch(text) else None


def _is(one: Value = None, other: Value = None) -> bool:
    """The same kind and the same value, zones included."""
    if kind_of(one) != kind_of(other):
        return False
    if isinstance(one, Clock | Moment):
        return _normal(one) == _normal(other)
    return equal(one, other) is True


def _normal(value: Clock | Moment) -> tuple[object, ...]:
    clock = value.clock if isinstance(value, Moment) else value
    zone = clock.zone or Zone(offset=-1)
    return (value.day if isinstance(value, Moment) else None, clock.hour, clock.minute, clock.second, zone)


FUNCTIONS: list[Function] = [
    built_in("number(from: string, grouping separator: string|null?, decimal separator: string|null?)", _number),
    built_in("number(from: number)", lambda value: value),
    built_in("string(from: any)", written),
    built_in("is(value1: any?, value2: any?)", _is),
]
