"""What stands after a dot: an entry of a context, of every context in a list, or a property of a temporal value or a range.

References
----------
DMN 1.5, clause 10.3.2.5 (paths) and tables 65 and 66 (properties of types).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from aljabr.feel.dynamic.calendar import day_number, offset_of
from aljabr.feel.dynamic.values import DAY, SECOND, Clock, Day, Moment, Months, Range, Span, Value


def property_of(value: Value, name: str) -> Value:
    """Return a property or an entry, null when there is none; of a list, that of each item."""
    match value:
        case dict():
            return value.get(name)
        case list():
            return [property_of(item, name) for item in value]
        case Moment():
            found = _DAYS.get(name)
            return found(value.day) if found else _moment_property(value, name)
    table = _TABLES.get(type(value), {})
    return table[name](value) if name in table else None


def names_in(value: Value) -> frozenset[str]:
    """Return the keys of a context and of all contexts inside it, or inside a list: names that may stand after a dot."""
    found: set[str] = set()
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, Mapping):
            found |= current.keys()
            waiting += current.values()
        elif isinstance(current, list):
            waiting += current
    return frozenset(found)


def _moment_property(value: Moment, name: str) -> Value:
    if name == "time offset":
        offset = offset_of(value)
        return None if offset is None else Span(offset * SECOND)
    found = _CLOCKS.get(name)
    return found(value.clock) if found else None


def _offset(value: Clock) -> Value:
    return None if value.zone is None or value.zone.name else Span(value.zone.offset * SECOND)


def _zone_name(value: Clock) -> Value:
    return value.zone.name or None if value.zone else None


def weekday(day: Day) -> int:
    """Return the day of the week, Monday 1 to Sunday 7."""
    return (day_number(day) + 3) % 7 + 1


def _whole(value: int, unit: int, ring: int) -> Decimal:
    """A component of a duration; it has the sign of the whole."""
    part = abs(value) // unit % ring if ring else abs(value) // unit
    return Decimal(-part if value < 0 else part)


_DAYS: dict[str, Callable[[Day], Value]] = {
    "year": lambda day: Decimal(day.year),
    "month": lambda day: Decimal(day.month),
    "day": lambda day: Decimal(day.day),
    "weekday": lambda day: Decimal(weekday(day)),
}
_CLOCKS: dict[str, Callable[[Clock], Value]] = {
    "hour": lambda clock: Decimal(clock.hour),
    "minute": lambda clock: Decimal(clock.minute),
    "second": lambda clock: Decimal(clock.second),
    "time offset": _offset,
    "timezone": _zone_name,
}
_MONTHS: dict[str, Callable[[Months], Value]] = {
    "years": lambda value: _whole(value.months, 12, 0),
    "months": lambda value: _whole(value.months, 1, 12),
}
_SPANS: dict[str, Callable[[Span], Value]] = {
    "days": lambda value: _whole(value.nanos, DAY, 0),
    "hours": lambda value: _whole(value.nanos, 3600 * SECOND, 24),
    "minutes": lambda value: _whole(value.nanos, 60 * SECOND, 60),
    "seconds": lambda value: _whole(value.nanos, SECOND, 60),
}
_RANGES: dict[str, Callable[[Range], Value]] = {
    "start": lambda value: value.low,
    "end": lambda value: value.high,
    "start included": lambda value: value.low_included,
    "end included": lambda value: value.high_included,
}
_TABLES: dict[type, dict[str, Callable[..., Value]]] = {Day: _DAYS, Clock: _CLOCKS, Months: _MONTHS, Span: _SPANS, Range: _RANGES}
