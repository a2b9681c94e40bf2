"""Working days: Friday and Saturday are none, nor holidays (lunar ones are declared late), nor days on which periods are suspended.

A period of days runs from the day after service and ends on a working day; a holiday declared later moves every end that has not
passed.
"""

from __future__ import annotations

from datetime import date, timedelta

from aljabr.registry.procedure.models import Holiday

WEEKEND = frozenset({4, 5})  # Friday, Saturday


def end_of_period(start: date, days: int, *, area: str, closed: frozenset[date] | None = None) -> date:
    """Return the last day of a period.

    Parameters
    ----------
    start : date
        Day of service, which does not count.
    days : int
        Calendar days; suspended days do not count.
    area : str
        Governorate whose calendar holds.
    closed : frozenset of date, optional
        Days off, instead of the stored calendar.
    """
    off = closed if closed is not None else days_off(area, start, start + timedelta(days=days + 400))
    suspended = frozenset() if closed is not None else suspended_days(area, start, start + timedelta(days=days + 400))
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= day not in suspended
    while day.weekday() in WEEKEND or day in off or day in suspended:
        day += timedelta(days=1)
    return day


def days_off(area: str, first: date, last: date) -> frozenset[date]:
    """Return the holidays of an area (and of everywhere) between two days."""
    found = Holiday.objects.filter(day__range=(first, last), area__in=("*", area), suspends=False)
    return frozenset(found.values_list("day", flat=True))


def suspended_days(area: str, first: date, last: date) -> frozenset[date]:
    """Return the days on which no period runs, for example under curfew."""
    found = Holiday.objects.filter(day__range=(first, last), area__in=("*", area), suspends=True)
    return frozenset(found.values_list("day", flat=True))
