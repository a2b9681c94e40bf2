"""The values of FEEL, and what kind each is (DMN 1.5, clause 10.3.2.2 and 10.3.2.3).

Numbers are ``Decimal`` of 34 digits, strings ``str``, booleans ``bool``, lists ``list``, contexts ``dict``, null ``None``. Days
reach from year −999,999,999 to 999,999,999, so they are records of their own and not those of Python.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Any

Value = Any
NUMBERS = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, traps=[])
SECOND = 1_000_000_000
DAY = 86_400 * SECOND
MAX_YEAR = 999_999_999


def number(value: Decimal | int | str) -> Decimal | None:
    """Return the number rounded to 34 digits (IEEE 754 decimal128), None when it is none or too large."""
    found = NUMBERS.create_decimal(value)
    return found if found.is_finite() else None


@dataclass(frozen=True, order=True)
class Day:
    """A date."""

    year: int
    month: int
    day: int


@dataclass(frozen=True)
class Zone:
    """Where a clock stands: an offset in seconds, or the name of an IANA zone."""

    offset: int = 0
    name: str = ""


@dataclass(frozen=True)
class Clock:
    """A time of day; without a zone it is local."""

    hour: int
    minute: int
    second: int
    nanos: int = 0
    zone: Zone | None = None

    @property
    def since_midnight(self) -> int:
        """Nanoseconds since midnight."""
        return ((self.hour * 60 + self.minute) * 60 + self.second) * SECOND + self.nanos


@dataclass(frozen=True)
class Moment:
    """A date and time."""

    day: Day
    clock: Clock


@dataclass(frozen=True, order=True)
class Months:
    """A years and months duration."""

    months: int


@dataclass(frozen=True, order=True)
class Span:
    """A days and time duration, in nanoseconds."""

    nanos: int


@dataclass(frozen=True)
class Range:
    """An interval; an end that is None is open-ended. ``sign`` keeps how it was written when not as ``[a..b]``."""

    low: Value
    high: Value
    low_included: bool
    high_included: bool
    sign: str = ""


@dataclass(frozen=True)
class Callee:
    """A function as a value: built in, written in FEEL, or a model's own.

    Parameters
    ----------
    parameters : tuple of str
        Their names, in order.
    types : tuple
        Their item types (``aljabr.feel.dynamic.types``), None for any.
    apply : callable
        Takes positional arguments (list) and named ones (dict), gives the value.
    result : object
        The item type of the result, None when it is not declared.
    """

    name: str
    parameters: tuple[str, ...] = ()
    types: tuple[Any, ...] = ()
    apply: Callable[[list[Value], dict[str, Value]], Value] = field(default=lambda _a, _b: None, compare=False)
    result: Any = None
    variadic: bool = False


def kind_of(value: Value) -> str:
    """Return the name of a value's type, as FEEL writes it."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case Decimal():
            return "number"
        case str():
            return "string"
        case list():
            return "list"
        case dict():
            return "context"
    return _KINDS[type(value)]


_KINDS = {
    Day: "date",
    Clock: "time",
    Moment: "date and time",
    Months: "years and months duration",
    Span: "days and time duration",
    Range: "range",
    Callee: "function",
}
