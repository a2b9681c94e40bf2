"""Dates as people write them, read as the interval they may stand for; what cannot be read is refused with its reason.

Order: 1. fold (Eastern digits, letter variants); 2. drop a time of day and the mark of the era; 3. take month names for
their numbers; 4. find year, month and day by the four-digit year and the order the caller states; 5. check that the day
exists; 6. turn a Hijri date into Gregorian days by the tabular civil calendar. Never guessed: the century of a two-digit
year, the order of day and month, the calendar.

References
----------
E. M. Reingold, N. Dershowitz, Calendrical Calculations, ch. 7 (the arithmetical Islamic calendar). Sightings of the moon
may differ from it by a day; :mod:`aljabr.names.hijri` gives the interval.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Literal

from aljabr.names.folding import fold
from aljabr.names.hijri import tabular_day
from aljabr.names.months import GREGORIAN_MONTHS, HIJRI_MONTHS
from aljabr.values import PartialDate

__all__ = ["parse_date"]

Order = Literal["dmy", "mdy", "ymd"]
Calendar = Literal["gregorian", "hijri"]

_YEARS: dict[Calendar, tuple[int, int]] = {"gregorian": (1850, 2100), "hijri": (1266, 1525)}
_TIME = re.compile(r"(?<=\d)(?:t| )\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:z|[+-]\d{2}:?\d{2}|am|pm|ص|م)?$")
_ERA = re.compile(r"\s*(?<![^\W\d])(هجري|هجريه|ه|ah|ميلادي|ميلاديه|م|ad|ce)\.?$")
_HIJRI_ERAS = {"هجري", "هجريه", "ه", "ah"}
_SEPARATORS = re.compile(r"[\s/.,،\-–—\\]+")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_MONTH_NAMES = {
    calendar: re.compile(r"(?<![^\W\d])(?:" + "|".join(sorted(map(re.escape, table), key=len, reverse=True)) + r")(?![^\W\d])")
    for calendar, table in (("gregorian", GREGORIAN_MONTHS), ("hijri", HIJRI_MONTHS))
}
_TABLES = {"gregorian": GREGORIAN_MONTHS, "hijri": HIJRI_MONTHS}


def parse_date(text: str, *, order: Order = "dmy", calendar: Calendar = "gregorian") -> PartialDate:
    """Read a date known to the day, the month or the year.

    Parameters
    ----------
    text : str
        For example ``2016-05-12``, ``١٢/٥/٢٠١٦``, ``5/2016``, ``2016``, ``12 آذار 2016``, ``2016-05-12T00:00:00``.
    order : {"dmy", "mdy", "ymd"}
        How the source writes three numbers; a year written first is always year, month, day.
    calendar : {"gregorian", "hijri"}
        The calendar the source writes in.

    Returns
    -------
    PartialDate
        Gregorian days, both ends included. A Hijri date is converted by the tabular civil calendar.

    Raises
    ------
    ValueError
        With the reason: no date, no four-digit year, a year out of range, a month or a day that does not exist, another
        calendar than stated.

    Examples
    --------
    >>> str(parse_date("١٢ آذار ٢٠١٦")), str(parse_date("5/2016")), str(parse_date("1 رمضان 1437", calendar="hijri"))
    ('2016-03-12', '2016-05', '2016-06-07')
    >>> parse_date("31/02/2016")
    Traceback (most recent call last):
    ValueError: '31/02/2016': month 2 of 2016 has no day 31
    """
    try:
        year, month, day = _numbers(fold(text), order, calendar)
        return _interval(year, month, day, calendar)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None


def _numbers(folded: str, order: Order, calendar: Calendar) -> tuple[int, int | None, int | None]:
    """Return year, month and day as written, in the source's calendar."""
    folded = _without_era(_TIME.sub("", folded), calendar)
    named = {_TABLES[calendar][match[0]] for match in _MONTH_NAMES[calendar].finditer(folded)}
    rest = _ORDINAL.sub("", _MONTH_NAMES[calendar].sub(" ", folded))
    parts = [part for part in _SEPARATORS.split(rest) if part]
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(_why_not(folded, calendar))
    if len(named) > 1:
        raise ValueError("it names two months")
    years = [place for place, part in enumerate(parts) if len(part) == 4]
    if len(years) != 1 or any(len(part) not in (1, 2, 4) for part in parts):
        raise ValueError("it needs one year of four digits" if len(years) != 1 else "a day or month has more than two digits")
    if named:
        return _with_month_name(parts, years[0], named.pop())
    return _in_order([int(part) for part in parts], years[0], order)


def _without_era(folded: str, calendar: Calendar) -> str:
    era = _ERA.search(folded)
    if not era:
        return folded
    if (era[1] in _HIJRI_ERAS) != (calendar == "hijri"):
        raise ValueError(f"its era says another calendar than {calendar}")
    return folded[: era.start()]


def _why_not(folded: str, calendar: Calendar) -> str:
    if calendar == "gregorian" and _MONTH_NAMES["hijri"].search(folded):
        return "it names a Hijri month; the source's mapping says gregorian"
    if calendar == "hijri" and _MONTH_NAMES["gregorian"].search(folded):
        return "it names a Gregorian month; the source's mapping says hijri"
    return "it is not a date in numbers and month names"


def _with_month_name(parts: list[str], year_place: int, month: int) -> tuple[int, int, int | None]:
    numbers = [int(part) for place, part in enumerate(parts) if place != year_place]
    if len(numbers) > 1:
        raise ValueError("it has more numbers than a day and a year beside the month's name")
    return int(parts[year_place]), month, numbers[0] if numbers else None


def _in_order(numbers: list[int], year_place: int, order: Order) -> tuple[int, int | None, int | None]:
    year = numbers[year_place]
    others = [number for place, number in enumerate(numbers) if place != year_place]
    if not others:
        return year, None, None
    if len(others) == 1:
        return year, others[0], None
    if len(others) > 2 or year_place == 1:
        raise ValueError("it is not a day, a month and a year")
    if year_place == 0:
        return year, others[0], others[1]
    if order == "ymd":
        raise ValueError("its year is last, but the source's mapping says year, month, day")
    day, month = others if order == "dmy" else reversed(others)
    return year, month, day


def _interval(year: int, month: int | None, day: int | None, calendar: Calendar) -> PartialDate:
    first, last = _YEARS[calendar]
    if not first <= year <= last:
        other = next((name for name, (low, high) in _YEARS.items() if name != calendar and low <= year <= high), None)
        hint = f"; in the {other} calendar it could be" if other else ""
        raise ValueError(f"the year {year} is not between {first} and {last}{hint}")
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    start_month, end_month = (month, month) if month else (1, 12)
    start_day, end_day = (day, day) if day is not None else (1, _days(year, end_month, calendar))
    if not 1 <= end_day <= _days(year, end_month, calendar):
        raise ValueError(f"month {month} of {year} has no day {day}")
    to_day = date if calendar == "gregorian" else tabular_day
    return PartialDate(earliest=to_day(year, start_month, start_day), latest=to_day(year, end_month, end_day))


def _days(year: int, month: int, calendar: Calendar) -> int:
    if calendar == "gregorian":
        return monthrange(year, month)[1]
    leap_day = month == 12 and (11 * year + 14) % 30 < 11
    return 29 + month % 2 + leap_day
