"""Operations on dates, times, durations, texts and inexact numbers that a ``Call`` of the typed tree may name.

Beside ``aljabr.feel.functions`` (what tables of programmes may call) these are what whole DMN models are compiled to. Each
has one name for each combination of kinds, so that its result has one type; ``overload`` finds it. A date and time is a
``datetime`` without an offset, a days and time duration a ``timedelta``, a years and months duration an ``int`` of months.
"""

from __future__ import annotations

import calendar
import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_UP, ROUND_UP, Context, Decimal
from typing import Any

from aljabr.feel.types import APPROXIMATE, BOOLEAN, DATE, DATE_TIME, DAYS, MONTHS, STRING, TIME, WHOLE, Kind, Type

_D: Kind = "date"
_T: Kind = "time"
_DT: Kind = "date and time"
_DTD: Kind = "days and time duration"
_YMD: Kind = "years and months duration"
_N: Kind = "number"
_S: Kind = "string"
_B: Kind = "boolean"
DIGITS = 34
CLOSE = "1e-9"
_DAY = timedelta(days=1)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, kw_only=True)
class Operation:
    """One operation on arguments of given kinds.

    Parameters
    ----------
    name : str
        What a ``Call`` names it by.
    gives : Type
        The type of its result.
    apply : callable
        What it does to arguments none of which is null; None is a result too.
    whole : bool
        Whether number arguments must be whole (scale 0).
    """

    name: str
    gives: Type
    apply: Callable[..., Any]
    whole: bool = False


def moved(day: date, months: int) -> date:
    """Return a day or a date and time some months on, kept to the last day of a shorter month (XML Schema part 2, appendix E)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, calendar.monthrange(year, month + 1)[1]))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _since_midnight(at: time) -> timedelta:
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond)


def _later(at: time, by: timedelta) -> time:
    return (datetime(2000, 1, 1) + (_since_midnight(at) + by) % _DAY).time()


def _part(length: timedelta, unit: timedelta, within: timedelta | None) -> Decimal:
    """A part of a duration, with the duration's sign."""
    size = abs(length)
    count = (size if within is None else size % within) // unit
    return Decimal(-count if length < timedelta(0) else count)


def _cut(number: int, by: int) -> int:
    return -(-number // by) if number < 0 else number // by


def _apart(first: date, last: date) -> int:
    """Whole months between two days: years and months duration(first, last)."""
    if (last.year, last.month, last.day) < (first.year, first.month, first.day):
        return -_apart(last, first)
    return 12 * (last.year - first.year) + last.month - first.month - (first.day > last.day)


def _made(build: Callable[..., Any], *parts: Decimal) -> Any:
    try:
        return build(*(int(part) for part in parts))
    except (ValueError, OverflowError):
        return None


def _day_made(year: Decimal, month: Decimal, day: Decimal) -> date | None:
    return _made(date, year, month, day)  # type: ignore[no-any-return]


def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    if not divisor:
        return None
    scale = max(0, *(-int(number.as_tuple().exponent) for number in (dividend, divisor)))
    units = [int(number.scaleb(scale)) for number in (dividend, divisor)]
    return Decimal(units[0] % units[1]).scaleb(-scale)


def _within(value: Decimal) -> Decimal:
    if len(value.normalize().as_tuple().digits) > DIGITS:
        raise ValueError(f"{value} has more than {DIGITS} digits")
    return value


def _clearly(order: Callable[[Decimal, Decimal], bool]) -> Callable[[Decimal, Decimal], bool]:
    def apply(left: Decimal, right: Decimal) -> bool:
        if abs(float(left) - float(right)) <= max(abs(float(left)), abs(float(right))) * float(CLOSE):
            raise ValueError(f"{left} and {right} are too close to tell")
        return order(left, right)

    return apply


def _stopped(condition: bool) -> bool:
    if condition:
        raise ValueError("what has no plan came about")
    return False


def _rounded(mode: str) -> Callable[..., Decimal]:
    def apply(value: Decimal, scale: int = 0) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-scale), rounding=mode, context=Context(prec=60))

    return apply


def _substring(text: str, start: Decimal, length: Decimal | None = None) -> str | None:
    first = int(start)
    if first == 0 or abs(first) > len(text) or (length is not None and length < 1):
        return None
    rest = text[first - 1 :] if first > 0 else text[first:]
    return rest if length is None else rest[: int(length)]


def _cased(change: Callable[[str], str]) -> Callable[[str], str]:
    """Capitals and small letters of ASCII and Arabic only, where every letter has one of each or none."""

    def apply(text: str) -> str:
        if any(ord(letter) > 127 and not 0x600 <= ord(letter) <= 0x6FF for letter in text):
            raise ValueError(f"{text} has letters whose capitals are not one to one")
        return change(text)

    return apply


def _written(number: Decimal) -> str:
    return f"{number.normalize():f}" if number else "0"


def _before(text: str, part: str) -> str:
    return text.split(part, 1)[0] if part and part in text else ""


def _after(text: str, part: str) -> str:
    return text if not part else text.split(part, 1)[1] if part in text else ""


def _float(calculate: Callable[..., float], *numbers: Any) -> Decimal | None:
    try:
        found = calculate(*(float(number) for number in numbers))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return Decimal(found) if isinstance(found, float) and math.isfinite(found) else None


def _inexact(name: str, calculate: Callable[..., float]) -> Operation:
    return Operation(name=name, gives=APPROXIMATE, apply=lambda *numbers: _float(calculate, *numbers))


def _of(name: str, gives: Type, apply: Callable[..., Any], *, whole: bool = False) -> Operation:
    return Operation(name=name, gives=gives, apply=apply, whole=whole)


_Key = tuple[str, tuple[Kind, ...]]


def _durations() -> dict[_Key, Operation]:
    found: dict[_Key, Operation] = {}
    for kind, gives in ((_DTD, DAYS), (_YMD, MONTHS)):
        found |= {
            ("+", (kind, kind)): _of("duration + duration", gives, lambda a, b: a + b),
            ("-", (kind, kind)): _of("duration - duration", gives, lambda a, b: a - b),
            ("-", (kind,)): _of("- duration", gives, lambda a: -a),
            ("abs", (kind,)): _of("abs of duration", gives, abs),
            ("*", (kind, _N)): _of("duration * number", gives, lambda a, n: a * int(n), whole=True),
            ("*", (_N, kind)): _of("number * duration", gives, lambda n, a: a * int(n), whole=True),
        }
    return found


def _moving() -> dict[_Key, Operation]:
    found: dict[_Key, Operation] = {}
    for sign, way in (("+", 1), ("-", -1)):
        found |= {
            (sign, (_D, _YMD)): _of(f"date {sign} months", DATE, lambda a, m, way=way: moved(a, way * m)),
            (sign, (_DT, _YMD)): _of(f"date and time {sign} months", DATE_TIME, lambda a, m, way=way: moved(a, way * m)),
            (sign, (_D, _DTD)): _of(f"date {sign} days", DATE, lambda a, d, way=way: (_midnight(a) + way * d).date()),
            (sign, (_DT, _DTD)): _of(f"date and time {sign} days", DATE_TIME, lambda a, d, way=way: a + way * d),
            (sign, (_T, _DTD)): _of(f"time {sign} days", TIME, lambda a, d, way=way: _later(a, way * d)),
        }
    for left, right in ((_YMD, _D), (_YMD, _DT), (_DTD, _D), (_DTD, _DT), (_DTD, _T)):
        straight = found["+", (right, left)]
        apply = straight.apply
        found["+", (left, right)] = _of(f"{left} + {right}", straight.gives, lambda d, a, apply=apply: apply(a, d))
    found |= {
        ("-", (_D, _D)): _of("date - date", DAYS, lambda a, b: _midnight(a) - _midnight(b)),
        ("-", (_DT, _DT)): _of("date and time - date and time", DAYS, lambda a, b: a - b),
        ("-", (_T, _T)): _of("time - time", DAYS, lambda a, b: _since_midnight(a) - _since_midnight(b)),
    }
    return found


def _properties() -> dict[_Key, Operation]:
    found: dict[_Key, Operation] = {}
    for kind in (_D, _DT):
        for name in ("year", "month", "day"):
            found[f".{name}", (kind,)] = _of(f".{name} of {kind}", WHOLE, lambda a, name=name: Decimal(getattr(a, name)))
        found |= {
            (".weekday", (kind,)): _of(f".weekday of {kind}", WHOLE, lambda a: Decimal(a.isoweekday())),
            ("day of week", (kind,)): _of("day of week", STRING, lambda a: _WEEKDAYS[a.weekday()]),
            ("day of year", (kind,)): _of("day of year", WHOLE, lambda a: Decimal(a.timetuple().tm_yday)),
            ("month of year", (kind,)): _of("month of year", STRING, lambda a: calendar.month_name[a.month]),
            ("week of year", (kind,)): _of("week of year", WHOLE, lambda a: Decimal(a.isocalendar()[1])),
            ("years and months duration", (kind, kind)): _of(f"months between {kind}", MONTHS, _apart),
        }
    for kind in (_T, _DT):
        for name in ("hour", "minute"):
            found[f".{name}", (kind,)] = _of(f".{name} of {kind}", WHOLE, lambda a, name=name: Decimal(getattr(a, name)))
    units = {"days": (_DAY, None), "hours": (timedelta(hours=1), _DAY), "minutes": (timedelta(minutes=1), timedelta(hours=1))}
    for name, (unit, within) in units.items():
        found[f".{name}", (_DTD,)] = _of(f".{name}", WHOLE, lambda a, u=unit, w=within: _part(a, u, w))
    found |= {
        (".years", (_YMD,)): _of(".years", WHOLE, lambda a: Decimal(_cut(a, 12))),
        (".months", (_YMD,)): _of(".months", WHOLE, lambda a: Decimal(a - 12 * _cut(a, 12))),
        ("date", (_DT,)): _of("date of date and time", DATE, lambda a: a.date()),
        ("date", (_N, _N, _N)): _of("date of numbers", DATE, _day_made, whole=True),
        ("date and time", (_D, _T)): _of("date and time of date", DATE_TIME, lambda a, b: datetime.combine(_midnight(a).date(), b)),
        ("time", (_DT,)): _of("time of date and time", TIME, lambda a: a.time()),
        ("string", (_D,)): _of("string of date", STRING, lambda a: a.isoformat()),
        ("string", (_B,)): _of("string of boolean", STRING, lambda a: "true" if a else "false"),
        ("string", (_S,)): _of("string of string", STRING, lambda a: a),
    }
    return found


def _texts_and_numbers() -> dict[_Key, Operation]:
    return {
        ("substring", (_S, _N)): _of("substring", STRING, _substring, whole=True),
        ("substring", (_S, _N, _N)): _of("substring of length", STRING, _substring, whole=True),
        ("substring before", (_S, _S)): _of("substring before", STRING, _before),
        ("substring after", (_S, _S)): _of("substring after", STRING, _after),
        ("string", (_N,)): _of("string of number", STRING, _written),
        ("upper case", (_S,)): _of("upper case of plain text", STRING, _cased(str.upper)),
        ("lower case", (_S,)): _of("lower case of plain text", STRING, _cased(str.lower)),
        ("modulo", (_N, _N)): _of("modulo", WHOLE, _modulo),
        ("even", (_N,)): _of("even", BOOLEAN, lambda a: a % 2 == 0, whole=True),
        ("odd", (_N,)): _of("odd", BOOLEAN, lambda a: a % 2 != 0, whole=True),
        ("sqrt", (_N,)): _inexact("sqrt", math.sqrt),
        ("exp", (_N,)): _inexact("exp", math.exp),
        ("log", (_N,)): _inexact("log", math.log),
        ("+", (_N, _N)): _inexact("inexact +", lambda a, b: a + b),
        ("-", (_N, _N)): _inexact("inexact -", lambda a, b: a - b),
        ("*", (_N, _N)): _inexact("inexact *", lambda a, b: a * b),
        ("/", (_N, _N)): _inexact("inexact /", lambda a, b: a / b),
        ("**", (_N, _N)): _inexact("inexact **", lambda a, b: math.pow(a, b)),
    }


ROUNDINGS: dict[str, Callable[..., Decimal]] = {
    "floor": _rounded(ROUND_FLOOR),
    "ceiling": _rounded(ROUND_CEILING),
    "round up": _rounded(ROUND_UP),
    "round down": _rounded(ROUND_DOWN),
    "round half up": _rounded(ROUND_HALF_UP),
    "round half down": _rounded(ROUND_HALF_DOWN),
}
_ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
_GUARDS = [
    _of("below a power of ten", WHOLE, lambda value: value),
    _of("must not hold", BOOLEAN, _stopped),
    _of("within 34 digits", WHOLE, _within),
    *(_of(f"clearly {sign}", BOOLEAN, _clearly(order)) for sign, order in _ORDERS.items()),
]

# What stands for a sign, a property (".year") or a function applied to arguments of these kinds.
OVERLOADS: dict[_Key, Operation] = {**_durations(), **_moving(), **_properties(), **_texts_and_numbers()}
OPERATIONS: dict[str, Operation] = {operation.name: operation for operation in (*OVERLOADS.values(), *_GUARDS)}


def overload(name: str, kinds: tuple[Kind, ...]) -> Operation | None:
    """Return what a sign, property or function does to arguments of these kinds; None when it is not among the operations.

    Examples
    --------
    >>> overload("-", ("date", "date")).gives.kind, overload("-", ("date", "number"))
    ('days and time duration', None)
    """
    return OVERLOADS.get((name, kinds))
