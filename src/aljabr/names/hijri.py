"""Hijri dates as Gregorian days: the interval over the calendars in use, of Umm al-Qura and the tabular one.

A Hijri date on paper does not say which calendar its writer kept. Umm al-Qura is what Saudi Arabia prints and most telephones and
computers show; the tabular calendar is what registers and spreadsheets compute. A date stands for the days of both, and a thirtieth
that one of the two has is a day. A month in Iraq begins with a sighting, at times a day later than both: ``sighting_days`` widens.

References
----------
Umm al-Qura, 1343 to 1500: the package hijridate (MIT), after R. H. van Gent, The Umm al-Qura Calendar of Saudi Arabia. Tabular:
E. M. Reingold, N. Dershowitz, Calendrical Calculations, ch. 7 (civil epoch, Friday 16 July 622 Julian).
"""

from __future__ import annotations

from datetime import date, timedelta

from hijridate import Hijri
from hijridate.ummalqura import HIJRI_RANGE

from aljabr.values import PartialDate

__all__ = ["SIGHTING_DAYS", "hijri_interval", "tabular_day", "umm_al_qura_day"]

SIGHTING_DAYS = 1


def tabular_day(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Hijri date by the tabular civil calendar.

    Examples
    --------
    >>> tabular_day(1437, 9, 1)
    datetime.date(2016, 6, 7)
    """
    days = (11 * year + 3) // 30 + 354 * year + 30 * month - (month - 1) // 2 + day - 385
    return date.fromordinal(days + 1_948_440 - 1_721_425)


def umm_al_qura_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a Hijri date by the calendar of Umm al-Qura, None outside the years 1343 to 1500.

    Examples
    --------
    >>> umm_al_qura_day(1437, 9, 1), umm_al_qura_day(1300, 1, 1)
    (datetime.date(2016, 6, 6), None)
    """
    if not HIJRI_RANGE[0][0] <= year <= HIJRI_RANGE[1][0]:
        return None
    found = Hijri(year, month, 1).to_gregorian()
    return date(found.year, found.month, found.day) + timedelta(days=day - 1)


def hijri_interval(year: int, month: int | None = None, day: int | None = None, *, sighting_days: int = 0) -> PartialDate:
    """Return the Gregorian days a Hijri date, month or year may stand for, whichever calendar its writer kept.

    Parameters
    ----------
    year, month, day : int
        Hijri; without a day the whole month, without a month the whole year.
    sighting_days : int
        Widens both ends, for a comparison with what a sighting may have moved.

    Returns
    -------
    PartialDate
        From the earliest day of the calendars that have this date to the latest: for a day one day (684 of the 1,896 months of
        Umm al-Qura begin on the tabular day), two (1,120) or three (92). Outside 1343 to 1500 the tabular day alone.

    Raises
    ------
    ValueError
        When neither calendar has such a month or day.

    Examples
    --------
    >>> str(hijri_interval(1435, 8, 12)), str(hijri_interval(1436, 8, 30))
    ('2014-06-10/2014-06-11', '2015-06-17')
    """
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    days = [*_days(year, 1, None), *_days(year, 12, None)] if month is None else _days(year, month, day)
    if not days:
        raise ValueError(f"month {month} of {year} has no day {day} in any calendar")
    margin = timedelta(days=sighting_days)
    return PartialDate(earliest=min(days) - margin, latest=max(days) + margin)


def _days(year: int, month: int, day: int | None) -> list[date]:
    """Return what each calendar that has this day of the month calls it; without a day the first and the last of each."""
    found = []
    for start, length in _months(year, month):
        asked = (1, length) if day is None else (day,)
        found += [start + timedelta(days=one - 1) for one in asked if 1 <= one <= length]
    return found


def _months(year: int, month: int) -> list[tuple[date, int]]:
    """Return the first day and the length of a month in each calendar."""
    leap_day = month == 12 and (11 * year + 14) % 30 < 11
    months = [(tabular_day(year, month, 1), 29 + month % 2 + leap_day)]
    first = umm_al_qura_day(year, month, 1)
    return [*months, (first, Hijri(year, month, 1).month_length())] if first else months
