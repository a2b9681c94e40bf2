"""Equality, order, membership and three-valued logic (DMN 1.5, clauses 10.3.2.13, tables 50 to 54).

Everything answers true, false or null; null when the two sides are of kinds that are never compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from aljabr.feel.dynamic.budget import spend
from aljabr.feel.dynamic.calendar import clock_offset, instant
from aljabr.feel.dynamic.values import SECOND, Callee, Clock, Day, Moment, Months, Range, Span, Value, Zone, kind_of

Truth = bool | None


def equal(left: Value, right: Value) -> Truth:
    """Return whether two values are equal; null equals only null; values of two kinds give null.

    Examples
    --------
    >>> equal(Decimal("1.0"), Decimal(1)), equal("1", None), equal("1", Decimal(1))
    (True, False, None)
    """
    spend()
    if left is None or right is None:
        return left is right
    if isinstance(left, Day) and isinstance(right, Moment):
        left = midnight(left)
    if isinstance(right, Day) and isinstance(left, Moment):
        right = midnight(right)
    if kind_of(left) != kind_of(right):
        return None
    match left:
        case list():
            return len(left) == len(right) and all_true(equal(one, other) for one, other in zip(left, right, strict=False))
        case dict():
            return left.keys() == right.keys() and all_true(equal(value, right[key]) for key, value in left.items())
        case Clock() | Moment():
            return _equal_seconds(left, right)
        case Range():
            return _equal_ranges(left, right)
        case Callee():
            return left is right or None
    same: bool = left == right
    return same


def all_true(found: Iterable[Truth]) -> Truth:
    """Return the conjunction."""
    result: Truth = True
    for truth in found:
        if truth is False:
            return False
        result = None if truth is None else result
    return result


def any_true(found: Iterable[Truth]) -> Truth:
    """Return the disjunction."""
    result: Truth = False
    for truth in found:
        if truth is True:
            return True
        result = None if truth is None else result
    return result


def quantified(kind: str, found: list[Value]) -> Truth:
    """Return what ``some`` or ``every`` makes of its rounds; one that gave neither a truth nor null makes it null."""
    if any(one is not None and not isinstance(one, bool) for one in found):
        return None
    return any_true(found) if kind == "some" else all_true(found)


def negated(found: Value) -> Truth:
    """Return the negation; null for what is no boolean."""
    return not found if isinstance(found, bool) else None


def midnight(day: Day) -> Moment:
    """Return the date and time a date converts to: its midnight in UTC (DMN 1.5, clause 10.3.2.9.4)."""
    return Moment(day, Clock(0, 0, 0, 0, Zone()))


def _equal_seconds(left: Clock | Moment, right: Clock | Moment) -> Truth:
    """Times are compared to the whole second: ``second`` is an integer property (DMN 1.5, table 53)."""
    one, other = timeline(left), timeline(right)
    if one is None or other is None or one[1] != other[1]:
        return None
    return one[0] // SECOND == other[0] // SECOND


def timeline(value: Value) -> tuple[int, str] | None:
    """Return where a value stands on its line, and the line: only values of one line are ordered."""
    match value:
        case Day():
            return instant(Moment(value, Clock(0, 0, 0))), "day"
        case Moment():
            return instant(value), "zoned moment" if value.clock.zone else "local moment"
        case Clock():
            offset = clock_offset(value)
            return value.since_midnight - (offset or 0) * SECOND, "local clock" if offset is None else "zoned clock"
        case Months():
            return value.months, "months"
        case Span():
            return value.nanos, "span"
    return None


def _equal_ranges(left: Range, right: Range) -> Truth:
    if (left.low_included, left.high_included, left.sign) != (right.low_included, right.high_included, right.sign):
        return False
    return all_true((equal(left.low, right.low), equal(left.high, right.high)))


def less(left: Value, right: Value) -> Truth:
    """Return whether left comes before right; null for kinds that have no order together."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return left < right
    if isinstance(left, str) and isinstance(right, str):
        return left < right
    if isinstance(left, Day) and isinstance(right, Moment):
        left = midnight(left)
    if isinstance(right, Day) and isinstance(left, Moment):
        right = midnight(right)
    one, other = timeline(left), timeline(right)
    if one is None or other is None or one[1] != other[1]:
        return None
    return one[0] < other[0]


def compare(operator: str, left: Value, right: Value) -> Truth:
    """Return ``left operator right`` for any of the six comparison signs."""
    match operator:
        case "=":
            return equal(left, right)
        case "!=":
            return negated(equal(left, right))
        case "<":
            return less(left, right)
        case ">":
            return less(right, left)
        case "<=":
            return negated(less(right, left))
    return negated(less(left, right))


def includes(interval: Range, value: Value) -> Truth:
    """Return whether an interval includes a value; an open end sets no bound."""
    if value is None:
        return None
    if interval.sign == "!=":
        return negated(equal(value, interval.low))
    if interval.sign == "=":
        return equal(value, interval.low)
    low = True if interval.low is None and interval.sign else compare(">=" if interval.low_included else ">", value, interval.low)
    high = (
        True if interval.high is None and interval.sign else compare("<=" if interval.high_included else "<", value, interval.high)
    )
    return all_true((low, high))


def within(value: Value, target: Value) -> Truth:
    """Return ``value in target``: included in an interval, an item of a list or in one of its intervals, or equal."""
    if isinstance(target, Range) and not isinstance(value, Range):
        return includes(target, value)
    if isinstance(target, list):
        return _within_list(value, target)
    return equal(value, target)


def _within_list(value: Value, target: list[Value]) -> Truth:
    if isinstance(value, list) and equal(value, target) is True:
        return True
    return any(_item_in(value, item) is True for item in target)


def _item_in(value: Value, item: Value) -> Truth:
    if isinstance(item, Range) and not isinstance(value, Range):
        return includes(item, value)
    return equal(value, item)


def same_value(left: Value, right: Value) -> bool:
    """Return whether two values are the same: one kind, equal to the last digit, to the nanosecond, on the same timeline."""
    spend()
    if kind_of(left) != kind_of(right):
        return False
    match left:
        case list():
            return len(left) == len(right) and all(map(same_value, left, right))
        case dict():
            return left.keys() == right.keys() and all(same_value(value, right[key]) for key, value in left.items())
        case Clock() | Moment():
            return timeline(left) == timeline(right)
    same: bool = left == right
    return same
