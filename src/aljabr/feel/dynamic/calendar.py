"""Days, clocks and zones as integers: the proleptic Gregorian calendar for any year, offsets of named zones.

Zones come from the ``tzdata`` package and from nothing else, so that a result does not depend on the machine. Python's calendar
ends at year 9999; a later day takes the zone's offset of the same day 400 years, or a multiple, before; a day before year 1 the
zone's earliest offset.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from aljabr.feel.dynamic.values import DAY, MAX_YEAR, SECOND, Clock, Day, Moment, Zone

_ZONE_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_+\-]*(?:/[A-Za-z0-9_+\-]+)*")
MAX_OFFSET = 18 * 3600


def is_leap(year: int) -> bool:
    """Return whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return the days of a month."""
    return 29 if month == 2 and is_leap(year) else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def day_number(day: Day) -> int:
    """Return the days since 1970-01-01.

    Examples
    --------
    >>> day_number(Day(1970, 1, 1)), day_number(Day(2000, 3, 1)), day_number(Day(-1, 12, 31))
    (0, 11017, -719529)
    """
    year = day.year - (day.month <= 2)
    era, of_era = divmod(year, 400)
    of_year = (153 * ((day.month + 9) % 12) + 2) // 5 + day.day - 1
    return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468


def numbered_day(number: int) -> Day | None:
    """Return the day so many days after 1970-01-01, None outside the calendar."""
    era, of_era = divmod(number + 719468, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return valid_day(year_of_era + era * 400 + (month <= 2), month, of_year - (153 * shifted + 2) // 5 + 1)


def valid_day(year: int, month: int, day: int) -> Day | None:
    """Return the day if there is one."""
    if abs(year) > MAX_YEAR or not 1 <= month <= 12 or not 1 <= day <= month_length(year, month):
        return None
    return Day(year, month, day)


def moved_months(day: Day, months: int) -> Day | None:
    """Return the day so many months on, kept to the last day of a shorter month (XML Schema part 2, appendix E)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return valid_day(year, month + 1, min(day.day, month_length(year, month + 1)))


@lru_cache(maxsize=1024)
def zone_named(name: str) -> ZoneInfo | None:
    """Return an IANA zone, None when there is none of that name."""
    if not _ZONE_NAME.fullmatch(name):
        return None
    place = files("tzdata").joinpath("zoneinfo", *name.split("/"))
    if not place.is_file():
        return None
    with place.open("rb") as file:
        try:
            return ZoneInfo.from_file(file, key=name)
        except ValueError:
            return None


def offset_of(moment: Moment) -> int | None:
    """Return a moment's offset from UTC in seconds; None when it is local."""
    zone = moment.clock.zone
    if zone is None:
        return None
    named = zone_named(zone.name) if zone.name else None
    if named is None:
        return zone.offset
    year = moment.day.year if 2 <= moment.day.year <= 9997 else 2000 + moment.day.year % 400 if moment.day.year > 9997 else 1
    if year == 1:
        return _seconds(named.utcoffset(datetime(1, 1, 2)))
    clock = moment.clock
    return _seconds(named.utcoffset(datetime(year, moment.day.month, moment.day.day, clock.hour, clock.minute, clock.second)))


def _seconds(offset: timedelta | None) -> int:
    return round(offset.total_seconds()) if offset is not None else 0


def clock_offset(clock: Clock) -> int | None:
    """Return a clock's offset: a named zone's is that of 1970-01-01, because a time alone has no day."""
    return offset_of(Moment(Day(1970, 1, 1), clock))


def instant(moment: Moment) -> int:
    """Return the nanoseconds since 1970-01-01T00:00:00, in UTC when the moment has a zone, else on the local clock."""
    return day_number(moment.day) * DAY + moment.clock.since_midnight - (offset_of(moment) or 0) * SECOND


def moment_at(nanos: int, zone: Zone | None) -> Moment | None:
    """Return the moment of an instant as a zone's clock shows it."""
    offset = 0
    if zone is not None and zone.name:
        utc = _local(nanos, Zone())
        offset = _offset_at(nanos, zone, utc) if utc else 0
    elif zone is not None:
        offset = zone.offset
    return _local(nanos + offset * SECOND, zone)


def _offset_at(nanos: int, zone: Zone, utc: Moment) -> int:
    named = zone_named(zone.name)
    year = utc.day.year if 2 <= utc.day.year <= 9997 else 2000 + utc.day.year % 400
    clock = utc.clock
    if named is None or utc.day.year < 2:
        return _seconds(named.utcoffset(datetime(1, 1, 2))) if named else 0
    there = datetime(year, utc.day.month, utc.day.day, clock.hour, clock.minute, clock.second, tzinfo=named)
    return _seconds(named.fromutc(there).utcoffset())


def _local(nanos: int, zone: Zone | None) -> Moment | None:
    days, rest = divmod(nanos, DAY)
    day = numbered_day(days)
    return Moment(day, clock_at(rest, zone)) if day else None


def clock_at(nanos: int, zone: Zone | None) -> Clock:
    """Return the clock so many nanoseconds after midnight, days left out."""
    seconds, rest = divmod(nanos % DAY, SECOND)
    return Clock(seconds // 3600, seconds // 60 % 60, seconds % 60, rest, zone)
