"""Functions of dates, times and durations (DMN 1.5, clauses 10.3.4.1, 10.3.4.6 and 10.3.4.8)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_DOWN, Decimal

from aljabr.feel.dynamic.calendar import MAX_OFFSET, day_number, valid_day, zone_named
from aljabr.feel.dynamic.comparing import midnight
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.properties import weekday
from aljabr.feel.dynamic.texts import clock_of, day_of, duration_of, moment_of
from aljabr.feel.dynamic.values import SECOND, Clock, Day, Moment, Months, Span, Value, Zone

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_MOMENT = "date|date and time"


def _whole(*values: Decimal) -> tuple[int, ...] | None:
    """The values as integers, None when one has a fraction."""
    return tuple(int(value) for value in values) if all(value == value.to_integral_value() for value in values) else None


def _day(year: Decimal, month: Decimal, day: Decimal) -> Day | None:
    parts = _whole(year, month, day)
    return valid_day(*parts) if parts and max(map(abs, parts)) < 10**10 else None


def _clock(hour: Decimal, minute: Decimal, second: Decimal, offset: Span | None = None) -> Clock | None:
    zone = None if offset is None else Zone(offset=offset.nanos // SECOND)
    return _clock_in(hour, minute, second, zone) if zone is None or abs(zone.offset) <= MAX_OFFSET else None


def _clock_in(hour: Decimal, minute: Decimal, second: Decimal, zone: Zone | None) -> Clock | None:
    whole = second.to_integral_value(ROUND_DOWN)
    parts = _whole(hour, minute, whole)
    if parts is None or not (0 <= parts[0] <= 23 and 0 <= parts[1] <= 59 and 0 <= second < 60):
        return None
    return Clock(parts[0], parts[1], parts[2], int((second - whole) * SECOND), zone)


def _moment(year: Decimal, month: Decimal, day: Decimal, *clock: Value) -> Moment | None:
    """Year, month, day, hour, minute, second and perhaps an offset or the name of a zone."""
    hour, minute, second, zone = (*clock, None)[:4]
    if isinstance(zone, str):
        there = _clock_in(hour, minute, second, Zone(name=zone)) if zone_named(zone) else None
    else:
        there = _clock(hour, minute, second, zone)
    date = _day(year, month, day)
    return Moment(date, there) if date and there else None


def _clock_from(value: Clock | Moment | Day) -> Clock:
    if isinstance(value, Day):
        return midnight(value).clock
    return value.clock if isinstance(value, Moment) else value


def _day_from(value: Day | Moment) -> Day:
    return value.day if isinstance(value, Moment) else value


def _months_between(start: Day | Moment, end: Day | Moment) -> Months:
    """Whole months from one date to another, times of day left out; a month counts when its last day is reached."""
    one, other = _day_from(start), _day_from(end)
    months = (other.year * 12 + other.month) - (one.year * 12 + one.month)
    if months > 0 and other.day < one.day:
        months -= 1
    elif months < 0 and other.day > one.day:
        months += 1
    return Months(months)


def _week_of_year(day: Day) -> Decimal:
    """The ISO 8601 week: the one with the year's first Thursday is week 1."""
    thursday = day_number(day) - weekday(day) + 4
    year = day.year
    first = day_number(Day(year, 1, 1))
    if thursday < first:
        first = day_number(Day(year - 1, 1, 1))
    elif thursday >= day_number(Day(year + 1, 1, 1)):
        first = day_number(Day(year + 1, 1, 1))
    return Decimal((thursday - first) // 7 + 1)


def _of_day(name: str, apply: Callable[[Day], Value]) -> Function:
    return built_in(f"{name}(date: {_MOMENT})", lambda value: apply(_day_from(value)))


FUNCTIONS: list[Function] = [
    built_in("date(from: string)", day_of),
    built_in(f"date(from: {_MOMENT})", _day_from),
    built_in("date(year: number, month: number, day: number)", _day),
    built_in("time(from: string)", clock_of),
    built_in("time(from: time|date and time)", _clock_from),
    built_in("time(hour: number, minute: number, second: number, offset: days and time duration|null?)", _clock),
    built_in("date and time(from: string)", moment_of),
    built_in("date and time(from: date and time)", lambda value: value),
    built_in(f"date and time(date: {_MOMENT}, time: time)", lambda day, clock: Moment(_day_from(day), clock)),
    built_in(
        "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number,"
        " offset: days and time duration|null?)",
        _moment,
    ),
    built_in(
        "date and time(year: number, month: number, day: number, hour: number, minute: number, second: number, timezone: string)",
        _moment,
    ),
    built_in("duration(from: string)", duration_of),
    built_in("duration(from: years and months duration|days and time duration)", lambda value: value),
    built_in(f"years and months duration(from: {_MOMENT}, to: {_MOMENT})", _months_between),
    _of_day("day of year", lambda day: Decimal(day_number(day) - day_number(Day(day.year, 1, 1)) + 1)),
    _of_day("day of week", lambda day: _WEEKDAYS[weekday(day) - 1]),
    _of_day("month of year", lambda day: _MONTHS[day.month - 1]),
    _of_day("week of year", _week_of_year),
]
