"""Addition, subtraction, multiplication, division, powers (DMN 1.5, clause 10.3.2.14, tables 55 to 59).

Whatever the tables do not define is null: a division by zero, a number too large, a date outside the calendar.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aljabr.feel.dynamic.budget import bounded
from aljabr.feel.dynamic.calendar import clock_at, clock_offset, instant, moment_at, moved_months
from aljabr.feel.dynamic.comparing import less, midnight
from aljabr.feel.dynamic.values import NUMBERS, SECOND, Clock, Day, Moment, Months, Range, Span, Value

_LARGEST = 10**30


def calculate(operator: str, left: Value, right: Value) -> Value:
    """Return ``left operator right``, null where FEEL defines nothing."""
    return _OPERATIONS[operator](left, right)


def finite(value: Decimal) -> Decimal | None:
    """Return a number, None for what is none: infinity or not a number."""
    return value if value.is_finite() else None


def added(left: Value, right: Value) -> Value:
    """Return the sum: numbers, strings, durations, a duration and a temporal value."""
    match left, right:
        case (Decimal(), Decimal()):
            return finite(NUMBERS.add(left, right))
        case (str(), str()):
            bounded(text := left + right)
            return text
        case (Months(), Months()):
            return _months(left.months + right.months)
        case (Span(), Span()):
            return _span(left.nanos + right.nanos)
        case (Day() | Moment() | Clock(), Months() | Span()):
            return moved(left, right)
        case (Months() | Span(), Day() | Moment() | Clock()):
            return moved(right, left)
    return None


def subtracted(left: Value, right: Value) -> Value:
    """Return the difference: numbers, durations, two temporal values, a temporal value and a duration."""
    match left, right:
        case (Decimal(), Decimal()):
            return finite(NUMBERS.subtract(left, right))
        case (Months() | Span(), Months() | Span()):
            return added(left, opposite(right))
        case (Day() | Moment() | Clock(), Months() | Span()):
            return moved(left, opposite(right))
        case (Clock(), Clock()):
            return _between_clocks(left, right)
        case (Day() | Moment(), Day() | Moment()):
            return _between_moments(left, right)
    return None


def opposite(value: Value) -> Value:
    """Return ``-value``; null for what has no sign."""
    match value:
        case Decimal():
            return NUMBERS.minus(value)
        case Months():
            return Months(-value.months)
        case Span():
            return Span(-value.nanos)
    return None


def moved(value: Day | Moment | Clock, by: Months | Span) -> Value:
    """Return a temporal value moved by a duration; a date moved by hours is the date of the moment it reaches."""
    match value, by:
        case (Day(), Months()):
            return moved_months(value, by.months)
        case (Moment(), Months()):
            day = moved_months(value.day, by.months)
            return Moment(day, value.clock) if day else None
        case (Day(), Span()):
            reached = moment_at(instant(midnight(value)) + by.nanos, None)
            return reached.day if reached else None
        case (Moment(), Span()):
            return _moved_moment(value, by)
        case (Clock(), Span()):
            return clock_at(value.since_midnight + by.nanos, value.zone)
    return None


def _moved_moment(value: Moment, by: Span) -> Value:
    """On the timeline: a named zone's clock may change on the way."""
    return moment_at(instant(value) + by.nanos, value.clock.zone)


def _between_clocks(left: Clock, right: Clock) -> Value:
    one, other = clock_offset(left), clock_offset(right)
    if (one is None) != (other is None):
        return None
    return Span(left.since_midnight - right.since_midnight - ((one or 0) - (other or 0)) * SECOND)


def _between_moments(left: Day | Moment, right: Day | Moment) -> Value:
    one, other = (midnight(side) if isinstance(side, Day) else side for side in (left, right))
    if (one.clock.zone is None) != (other.clock.zone is None):
        return None
    return Span(instant(one) - instant(other))


def multiplied(left: Value, right: Value) -> Value:
    """Return the product of numbers, or of a number and a duration; parts of a month are cut off."""
    match left, right:
        case (Decimal(), Decimal()):
            return finite(NUMBERS.multiply(left, right))
        case (Decimal(), Months() | Span()):
            return multiplied(right, left)
        case (Months(), Decimal()):
            return _months(_whole(NUMBERS.multiply(Decimal(left.months), right)))
        case (Span(), Decimal()):
            return _span(_whole(NUMBERS.multiply(Decimal(left.nanos), right)))
    return None


def divided(left: Value, right: Value) -> Value:
    """Return the quotient of numbers, of a duration and a number, or of two durations of one kind."""
    match left, right:
        case (Decimal(), Decimal()):
            return finite(NUMBERS.divide(left, right)) if right else None
        case (Months(), Decimal()):
            return _months(_whole(NUMBERS.divide(Decimal(left.months), right))) if right else None
        case (Span(), Decimal()):
            return _span(_whole(NUMBERS.divide(Decimal(left.nanos), right))) if right else None
        case (Months(), Months()):
            return finite(NUMBERS.divide(Decimal(left.months), Decimal(right.months))) if right.months else None
        case (Span(), Span()):
            return finite(NUMBERS.divide(Decimal(left.nanos), Decimal(right.nanos))) if right.nanos else None
    return None


def raised(left: Value, right: Value) -> Value:
    """Return the power of two numbers."""
    match left, right:
        case (Decimal(), Decimal()):
            return finite(NUMBERS.power(left, right))
    return None


def _whole(value: Decimal) -> int:
    return int(value) if value.is_finite() and abs(value) < _LARGEST else _LARGEST


def _months(months: int) -> Months | None:
    return Months(months) if abs(months) < _LARGEST else None


def _span(nanos: int) -> Span | None:
    return Span(nanos) if abs(nanos) < _LARGEST else None


def interval(low: Value, high: Value, brackets: tuple[str, str]) -> Value:
    """Return the interval between two ends, null when they have no order together or stand the wrong way round."""
    if low is not None and high is not None and less(high, low) is not False:
        return None
    return Range(low, high, brackets[0] == "[", brackets[1] == "]")


_OPERATIONS: dict[str, Callable[[Value, Value], Value]] = {
    "+": added,
    "-": subtracted,
    "*": multiplied,
    "/": divided,
    "**": raised,
}
