"""Functions of strings (DMN 1.5, clause 10.3.4.3); a character is a code point."""

from __future__ import annotations

from decimal import Decimal

from aljabr.feel.dynamic.functions.patterns import matches, replaced, split
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.values import Value
from aljabr.feel.functions import lower, upper


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    """Count from 1, or from the end with -1; null when the start is outside or nothing is taken."""
    place = int(start)
    if place == 0 or abs(place) > len(text):
        return None
    first = place - 1 if place > 0 else len(text) + place
    if length is None:
        return text[first:]
    taken = int(length)
    return text[first : first + taken] if taken >= 1 else None


def _before(text: str, part: str) -> str:
    return text.partition(part)[0] if part and part in text else ""


def _after(text: str, part: str) -> str:
    return text.partition(part)[2] if part and part in text else "" if part else text


def _joined(items: list[Value], delimiter: str | None = "") -> str | None:
    kept = [item for item in items if item is not None]
    return (delimiter or "").join(kept) if all(isinstance(item, str) for item in kept) else None


FUNCTIONS: list[Function] = [
    built_in("substring(string: string, start position: number, length: number?)", _substring),
    built_in("string length(string: string)", lambda text: Decimal(len(text))),
    built_in("upper case(string: string)", upper),
    built_in("lower case(string: string)", lower),
    built_in("substring before(string: string, match: string)", _before),
    built_in("substring after(string: string, match: string)", _after),
    built_in("replace(input: string, pattern: string, replacement: string, flags: string|null?)", replaced),
    built_in("contains(string: string, match: string)", lambda text, part: part in text),
    built_in("starts with(string: string, match: string)", str.startswith),
    built_in("ends with(string: string, match: string)", str.endswith),
    built_in("matches(input: string, pattern: string, flags: string|null?)", matches),
    built_in("split(string: string, delimiter: string)", split),
    built_in("string join(list: list, delimiter: string|null?)", _joined),
]
