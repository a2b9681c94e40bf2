"""Dates as people write them, read as the interval they may stand for; what cannot be read is refused with its reason.

Order: 1. fold (digits of scripts, letter variants, capitals of every language); 2. take two dates with "to" between, and a date
that is only about so, apart; 3. take a time of day off, and bring an instant with an offset to the day of the programme's zone;
4. take month names for their numbers, inflected or not; 5. pass over words that say nothing (``بتاريخ``, ``born in``) and weekdays;
6. find year, month and day by the four-digit year and the order the caller states; a zero day or month is one not known; 7. turn a
Hijri date into Gregorian days (:mod:`aljabr.names.hijri`). Never guessed: the century of a two-digit year, the order of day
and month, the calendar.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from typing import Literal

from aljabr.names.date_words import ABOUT, AND, BETWEEN, ERAS, SAYS_NOTHING, UNTIL, WEEKDAYS
from aljabr.names.hijri import hijri_interval
from aljabr.names.months import GREGORIAN_MONTHS, HIJRI_MONTHS, month_of, month_pattern, names_solar_month, plain
from aljabr.values import PartialDate

__all__ = ["DateReading", "parse_date", "read_date"]

Order = Literal["dmy", "mdy", "ymd"]
Calendar = Literal["gregorian", "hijri"]

_YEARS: dict[Calendar, tuple[int, int]] = {"gregorian": (1850, 2100), "hijri": (1266, 1525)}
_TIME = re.compile(
    r"(?<=\d)(?:t|[ ,]+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(am|pm|a\.m\.?|p\.m\.?|ص|م|صباحا|مساء)?"
    r"\s*(z|utc|gmt|(?:utc|gmt)?[+-]\d{2}(?::?\d{2})?)?(?:\s*\[[^\]]*\])?$"
)
_DAY_ZONE = re.compile(r"^(\d{4}-\d{2}-\d{2})(?:z|[+-]\d{2}:\d{2})$")
_PM, _AM = frozenset({"pm", "p.m", "p.m.", "م", "مساء"}), frozenset({"am", "a.m", "a.m.", "ص", "صباحا"})
_SEPARATORS = re.compile(r"[\s/.,،;:()\[\]\\'_\-–—]+")
# What may cling to a number: an ordinal, a case ending of Kurmanji or Turkish, the izafe, a mark of the era.
_CLINGING = re.compile(
    r"(?<=\d)(?:st|nd|rd|th|er|eme|ere|em|emin|y?[ea]|an|ane|[dt][ae]n?|yi|si|su|[iu]n?|inde|sinde|inci|nci|uncu|ي|يي|يدا|دا|هم|ەم|ان)"
    r"(?![^\W\d])"
)
_APART = re.compile(r"(?<=\d)(?=[^\W\d_])|(?<=[^\W\d_])(?=\d)")
_MARKS_ABOUT = re.compile(r"[~≈?؟]|\b(?:c|ca|abt|approx|est)\.?(?=\s*\d)")
# What most cells hold, told at a glance.
_NUMBERS = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})|([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")
_TABLES = {"gregorian": GREGORIAN_MONTHS, "hijri": HIJRI_MONTHS}
_MONTH_NAMES = {calendar: month_pattern(table) for calendar, table in _TABLES.items()}
_YEAR = r"(?:1[2-9]|20|21)\d{2}"
_YEAR_TO_YEAR = re.compile(rf"({_YEAR})\s*[-–—/]\s*({_YEAR})")
_YEAR_AND_NEXT = re.compile(rf"({_YEAR})\s*[-–—/]\s*(\d{{2}})")
_DECADE = re.compile(r"(?:the )?((?:1[2-9]|20|21)\d0)s")
_DAYS_OF_MONTH = re.compile(r"(\d{1,2})\s*[-–—]\s*(\d{1,2})([\s/.]+.*\d{4}.*)")
_TWO_DATES = re.compile(r"(.*\d{4}.*?)\s+[-–—]\s+(.*\d{4}.*)|(\d{4}-\d{2}(?:-\d{2})?)\s?/\s?(\d{4}-\d{2}(?:-\d{2})?)")
# A minus at the beginning, or after another separator, is a slip: nobody knows which number it was to part.
_MINUS = re.compile(r"(?:^|[/.,،]\s*)[-–—−]\d")
# Half a year, or May, or what a spreadsheet left of 1980.50; a year and .0 is a year.
_YEAR_AND_TENTH = re.compile(rf"{_YEAR}[.٫,][1-9]")
_EIGHT = re.compile(r"\d{8}")
_EXCEL_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, kw_only=True)
class DateReading:
    """A date as read; ``about`` when the text says that it is only about so: the interval is then a unit wider on each side."""

    value: PartialDate
    about: bool = False


@dataclass(frozen=True, kw_only=True)
class _Way:
    order: Order
    calendar: Calendar
    zone: tzinfo | None


def parse_date(text: str, *, order: Order = "dmy", calendar: Calendar = "gregorian", zone: tzinfo | None = None) -> PartialDate:
    """Read a date known to the day, the month, the year or two bounds.

    Parameters
    ----------
    text : str
        For example ``2016-05-12``, ``١٢/٥/٢٠١٦``, ``5/2016``, ``سنة 2016``, ``12 آذار 2016``, ``12'ê Gulanê 2016``, ``12 MAYIS
        2016``,
        ``1980-00-00``, ``1980-1985``, ``2016-05-12T22:30Z``.
    order : {"dmy", "mdy", "ymd"}
        How the source writes three numbers; a year written first is always year, month, day.
    calendar : {"gregorian", "hijri"}
        The calendar the source writes in.
    zone : tzinfo, optional
        Whose day an instant with an offset becomes; without it the day as written.

    Returns
    -------
    PartialDate
        Gregorian days, both ends included. A Hijri date is the interval over the calendars in use.

    Raises
    ------
    ValueError
        With the reason: no date, no four-digit year, a year out of range, a month or a day that does not exist, another
        calendar than stated.

    Examples
    --------
    >>> str(parse_date("١٢ آذار ٢٠١٦")), str(parse_date("5/2016")), str(parse_date("1 رمضان 1437", calendar="hijri"))
    ('2016-03-12', '2016-05', '2016-06-06/2016-06-07')
    >>> parse_date("31/02/2016")
    Traceback (most recent call last):
    ValueError: '31/02/2016': month 2 of 2016 has no day 31
    """
    return read_date(text, order=order, calendar=calendar, zone=zone).value


def read_date(text: str, *, order: Order = "dmy", calendar: Calendar = "gregorian", zone: tzinfo | None = None) -> DateReading:
    """Read a date as ``parse_date`` does, and say whether the text calls it approximate.

    Examples
    --------
    >>> read = read_date("حوالي 1980")
    >>> str(read.value), read.about
    ('1979-01-01/1981-12-31', True)
    """
    way = _Way(order=order, calendar=calendar, zone=zone)
    try:
        if plainly := _NUMBERS.fullmatch(text):
            numbers = [int(number) for number in plainly.groups() if number]
            return DateReading(value=_interval(*_in_order(numbers, 0 if plainly[1] else 2, order), calendar))
        if calendar == "gregorian" and names_solar_month(text):
            raise ValueError("it names a month of the Kurdish solar calendar; write the Gregorian date")
        folded = plain(text).strip(" .,،;")
        _check_marks(folded)
        sure = _sure(folded)
        value = _read(sure, way)
        return DateReading(value=_widened(value) if sure != folded else value, about=sure != folded)
    except ValueError as error:
        raise ValueError(f"{text!r}: {error}") from None


def _check_marks(folded: str) -> None:
    if _MINUS.search(folded):
        raise ValueError("a minus stands before one of its numbers")
    if _YEAR_AND_TENTH.fullmatch(folded):
        raise ValueError("it may be a number with a decimal, or a year and a month; write the month as two digits")


def _sure(folded: str) -> str:
    """Return the text without the words and marks that call it approximate."""
    words = _MARKS_ABOUT.sub(" ", folded).split()
    return " ".join(word for word in words if word.strip(".,()") not in ABOUT)


def _widened(value: PartialDate) -> PartialDate:
    """Return the interval one unit wider on either side: a year about 1980 is 1979 to 1981."""
    margin = timedelta(days=365 if (value.latest - value.earliest).days > 31 else 31)
    first, last = value.earliest - margin, value.latest + margin
    if margin.days == 365:
        first, last = date(value.earliest.year - 1, value.earliest.month, 1), date(value.latest.year + 1, 12, 31)
    return PartialDate(earliest=first, latest=last)


def _read(folded: str, way: _Way) -> PartialDate:
    ends = _ends(folded)
    if ends is None:
        return _interval(*_numbers(folded, way), way.calendar)
    first, last = (_interval(*_numbers(end, way), way.calendar) for end in ends)
    if last.latest < first.earliest:
        raise ValueError("it ends before it begins")
    return PartialDate(earliest=first.earliest, latest=last.latest)


def _ends(folded: str) -> tuple[str, str] | None:
    """Return the first and the last date of a text that states two; None when it states one."""
    if years := _YEAR_TO_YEAR.fullmatch(folded):
        return years[1], years[2]
    if (years := _YEAR_AND_NEXT.fullmatch(folded)) and (int(years[2]) > 12 or (years[1][2:], years[2]) == ("99", "00")):
        century = int(years[1][:2]) + (years[2] == "00")
        return years[1], f"{century}{years[2]}"
    if decade := _DECADE.fullmatch(folded):
        return decade[1], str(int(decade[1]) + 9)
    if days := _DAYS_OF_MONTH.fullmatch(folded):
        return days[1] + days[3], days[2] + days[3]
    if two := _TWO_DATES.fullmatch(folded):
        return (two[1], two[2]) if two[1] else (two[3], two[4])
    return _ends_in_words(folded.split())


def _ends_in_words(words: list[str]) -> tuple[str, str] | None:
    between = {place for place, word in enumerate(words) if word in BETWEEN}
    middle = [place for place, word in enumerate(words) if place > 0 and (word in UNTIL or (between and word in AND))]
    if len(middle) != 1 or len(between) > 1:
        return None
    first = " ".join(word for place, word in enumerate(words[: middle[0]]) if place not in between)
    last = " ".join(word for place, word in enumerate(words) if place > middle[0] and place not in between)
    if first.isdigit() and len(first) <= 2:
        rest = last.split(maxsplit=1)
        first = f"{first} {rest[1]}" if len(rest) > 1 else first
    return first, last


def _numbers(folded: str, way: _Way) -> tuple[int, int | None, int | None]:
    """Return year, month and day as written, in the source's calendar, or of the instant in the programme's zone."""
    if _EIGHT.fullmatch(folded):
        return _eight_digits(folded, way.order)
    folded = _DAY_ZONE.sub(r"\1", folded)
    time = _TIME.search(folded)
    if time:
        _check_time(time)
    year, month, day = _of_day(folded[: time.start()] if time else folded, way)
    if time and time[5] and way.zone and way.calendar == "gregorian" and month and day:
        moved = _in_zone(date(year, month, day), time, way.zone)
        return moved.year, moved.month, moved.day
    return year, month, day


def _eight_digits(digits: str, order: Order) -> tuple[int, int | None, int | None]:
    """Read ``20150512`` and ``12052015``: no text is both, since no month begins a year."""
    if re.match(_YEAR, digits) and int(digits[4:6]) <= 12:
        return int(digits[:4]), int(digits[4:6]), int(digits[6:])
    day, month = (digits[2:4], digits[:2]) if order == "mdy" else (digits[:2], digits[2:4])
    if not re.match(_YEAR, digits[4:]):
        raise ValueError("it is not a date in eight digits")
    return int(digits[4:]), int(month), int(day)


def _check_time(time: re.Match[str]) -> None:
    hour, minute, second = int(time[1]), int(time[2]), int(time[3] or 0)
    if hour > 24 or minute > 59 or second > 60 or (hour == 24 and minute + second > 0):
        raise ValueError(f"there is no time {time[1]}:{time[2]}" + (f":{time[3]}" if time[3] else ""))


def _in_zone(day: date, time: re.Match[str], zone: tzinfo) -> date:
    hour, minute = int(time[1]), int(time[2])
    hour = hour % 12 + 12 if time[4] in _PM else hour % 12 if time[4] in _AM else hour
    offset = re.fullmatch(r"(?:utc|gmt)?([+-])(\d{2}):?(\d{2})?", time[5])
    stated: tzinfo = UTC
    if offset:
        stated = timezone((-1 if offset[1] == "-" else 1) * timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)))
    instant = datetime(day.year, day.month, day.day, tzinfo=stated) + timedelta(hours=hour, minutes=minute)
    return instant.astimezone(zone).date()


def _of_day(folded: str, way: _Way) -> tuple[int, int | None, int | None]:
    calendar = way.calendar
    pattern, table = _MONTH_NAMES[calendar], _TABLES[calendar]
    named = {month_of(match[0], table) for match in pattern.finditer(folded)}
    words = _SEPARATORS.split(_APART.sub(" ", _CLINGING.sub(" ", pattern.sub(" ", folded))))
    parts = [word for word in words if word and word not in SAYS_NOTHING and word not in WEEKDAYS]
    parts = _without_era(parts, calendar)
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(_why_not(folded, calendar))
    if len(named) > 1:
        raise ValueError("it names two months")
    years = [place for place, part in enumerate(parts) if len(part) == 4]
    if len(years) != 1 or any(len(part) not in (1, 2, 4) for part in parts):
        raise ValueError(_no_year(parts, years))
    if named:
        return _with_month_name(parts, years[0], named.pop())
    return _in_order([int(part) for part in parts], years[0], way.order)


def _no_year(parts: list[str], years: list[int]) -> str:
    if len(parts) == 1 and len(parts[0]) == 5:
        meant = (_EXCEL_EPOCH + timedelta(days=int(parts[0]))).isoformat()
        return (
            f"it needs one year of four digits; as a spreadsheet's number of a day it would be {meant}: show the column as a date"
        )
    if len(parts) == 1 and len(parts[0]) in (10, 13):
        seconds = int(parts[0]) // (1000 if len(parts[0]) == 13 else 1)
        meant = datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()
        return f"it needs one year of four digits; as seconds since 1970 it would be {meant}, so export it as a date"
    return "it needs one year of four digits" if len(years) != 1 else "a day or month has more than two digits"


def _without_era(parts: list[str], calendar: Calendar) -> list[str]:
    eras = [name for name, words in ERAS.items() if any(part in words for part in parts)]
    if any(name != calendar for name in eras):
        raise ValueError(f"its era says another calendar than {calendar}")
    return [part for part in parts if part not in ERAS[calendar]]


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
    if (year, month, day) == (1900, 1, 0):
        raise ValueError("it is a spreadsheet's zero shown as a date")
    if day and month == 0:
        raise ValueError(f"it has a day, {day}, but its month is zero")
    month = month or None
    day = (day or None) if month else None
    if calendar == "hijri":
        return hijri_interval(year, month, day)
    if month is not None and not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    start_month, end_month = (month, month) if month else (1, 12)
    end_day = monthrange(year, end_month)[1]
    if day is not None and not 1 <= day <= end_day:
        raise ValueError(f"month {month} of {year} has no day {day}")
    return PartialDate(earliest=date(year, start_month, day or 1), latest=date(year, end_month, day or end_day))
