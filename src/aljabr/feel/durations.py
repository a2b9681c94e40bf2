"""Reads a duration as it is written: the one reader of both evaluators.

FEEL has two kinds of duration: years and months, days and time. XML Schema's ``duration`` may mix them (``P1Y1D``); that is neither
kind, because nobody can say how many days a year has, and so it is none. A number of more than 18 digits is none either.

References
----------
DMN 1.5, clause 10.3.2.3; XML Schema 1.1 part 2, clauses 3.3.6, 3.4.26 and 3.4.27.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

_MONTHS = re.compile(r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?", re.ASCII)
_SPAN = re.compile(r"(-?)P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?", re.ASCII)
_MOST_DIGITS = 18
_SECOND = 1_000_000_000


class WrittenDuration(NamedTuple):
    """A duration of one kind in its unit, months or nanoseconds; what is finer than a nanosecond is cut off."""

    unit: Literal["months", "nanos"]
    size: int


def read_duration(text: str) -> WrittenDuration | None:
    """Return the duration a text names; None when it names none, or one of both kinds.

    Examples
    --------
    >>> read_duration("P1Y2M"), read_duration("-PT36H")
    (WrittenDuration(unit='months', size=14), WrittenDuration(unit='nanos', size=-129600000000000))
    >>> read_duration("P"), read_duration("P1DT"), read_duration("P1Y1D"), read_duration("P1.5D")
    (None, None, None, None)
    """
    if text.endswith(("P", "T")):
        return None
    if found := _MONTHS.fullmatch(text):
        counts = _counts(found[2], found[3])
        return None if counts is None else WrittenDuration("months", _signed(found[1], counts[0] * 12 + counts[1]))
    if found := _SPAN.fullmatch(text):
        counts = _counts(*found.group(2, 3, 4, 5))
        if counts is None:
            return None
        days, hours, minutes, seconds = counts
        fraction = int((found[6] or "0")[:9].ljust(9, "0"))
        nanos = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * _SECOND + fraction
        return WrittenDuration("nanos", _signed(found[1], nanos))
    return None


def _counts(*written: str | None) -> tuple[int, ...] | None:
    digits = [(count or "0").lstrip("0") or "0" for count in written]
    return tuple(map(int, digits)) if max(map(len, digits)) <= _MOST_DIGITS else None


def _signed(sign: str, count: int) -> int:
    return -count if sign else count
