"""Hijri dates as Gregorian days, by the calendar of Umm al-Qura and by the tabular one, with what they may miss.

A month begins with a sighting, which no table knows: in Iraq it was often a day after the Saudi one, and at times two
authorities in the country differed. So a Hijri date stands for an interval: the days of both calendars and
``SIGHTING_DAYS`` on either side.

References ---------- Months of Umm al-Qura, 1343 to 1500: R. H. van Gent, The Umm al-Qura Calendar of Saudi Arabia (from
1423 as published by KACST, before as printed at the time), as carried by the package hijridate 2.6.0 (MIT). Tabular: E.
M. Reingold, N. Dershowitz, Calendrical Calculations, ch. 7.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from aljabr.values import PartialDate

__all__ = ["SIGHTING_DAYS", "hijri_interval", "tabular_day", "umm_al_qura_day"]

SIGHTING_DAYS = 1

_FIRST_YEAR = 1343
_FIRST_DAY = date(1924, 8, 1)
# Six hexadecimal digits for a year; bits 2n and 2n + 1 hold the days of month n + 1 above 28 (as printed, a few have 28 or 31).
_MONTHS = (
    "a8a9a66666659a27666969a55a69a535a666b2a6669a65999a56666666669699a66669999a666665a665a6666669659a65966aa66666666666666666"
    "a666666a2666a66666666666666666a6666669a666666666a99966a65999999999a5a666696666666a59a699966666669999996666666659a69969a6"
    "6666996666666a65a6a6665aa66665666669a6666659a666a66666a66665a665666966666659a69966a666669999a666699999a6659a66599999666a"
    "6599a9966a696669a59a66669999999966666599a69666a659a69966a696a69a599a99659a6599996666599a66666a669a69999aa6599aa5659a9596"
    "9996666659a66699a69a699969a665a6a596a696599999699666695999a96669a65a69999a66669999999665a66596a69666a6599a99669a66669999"
    "a666669996999659a95969a96666a699a69969a66569996666659a99966a6665a99999a96699a59a9996a696599a596669659aa5999a6666999a6666"
    "69a659a99966a965999996666659a69999a65a69a56a669669a6596996666659a699669a659a99969a995a9a659a69969a6659999969659a699669a6"
    "59a9a569a696a99a59a66665a659999966696599a99669a6a669999a66659a599699965a66599a99666a665a69999a66699999a9965a"
)


def tabular_day(year: int, month: int, day: int) -> date:
    """Return the Gregorian day of a Hijri date by the tabular civil calendar (epoch Friday 16 July 622 Julian).

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
    place = (year - _FIRST_YEAR) * 12 + month - 1
    starts = _month_starts()
    return starts[place] + timedelta(days=day - 1) if 0 <= place < len(starts) else None


def hijri_interval(year: int, month: int, day: int | None = None) -> PartialDate:
    """Return the Gregorian days a Hijri date, or month, may stand for, whichever calendar or sighting it follows.

    Parameters
    ----------
    year, month, day : int
        Hijri; without a day the whole month.

    Returns
    -------
    PartialDate
        The days of both calendars, ``SIGHTING_DAYS`` wider on either side: three to five for a day. In 1343 to 1500 the
        month of Umm al-Qura begins on the tabular day (684 of 1,896 months), one before (1,099), two before (92) or one
        after (21).

    Examples
    --------
    >>> found = hijri_interval(1437, 9, 1)
    >>> found.earliest.isoformat(), found.latest.isoformat()
    ('2016-06-05', '2016-06-08')
    """
    days = [
        found
        for one in ((day, day) if day is not None else (1, 30))
        for found in (tabular_day(year, month, one), umm_al_qura_day(year, month, one))
        if found is not None
    ]
    margin = timedelta(days=SIGHTING_DAYS)
    return PartialDate(earliest=min(days) - margin, latest=max(days) + margin)


@cache
def _month_starts() -> list[date]:
    starts, day = [], _FIRST_DAY
    for year in (int(_MONTHS[place : place + 6], 16) for place in range(0, len(_MONTHS), 6)):
        for month in range(12):
            starts.append(day)
            day += timedelta(days=28 + (year >> 2 * month & 3))
    return starts
