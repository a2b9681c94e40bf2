"""How two dates of one event agree when either may be a register's default, a swapped day and month, or another
calendar's; and ages at a day.

Registers in Iraq write 1 July (and some 1 January) where only the year of birth is known, so such a day says the year and
no more. Nothing is corrected here: a comparison says how it found agreement, and the dates stay as they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from aljabr.values import PartialDate

__all__ = ["DEFAULT_DAYS", "DateAgreement", "age_range", "born_at_age", "compare_dates", "is_register_default"]

# (month, day) that stand for "only the year is known".
DEFAULT_DAYS = frozenset({(1, 1), (7, 1)})

Grade = Literal["exact", "near", "swapped", "compatible", "default", "year_near", "incompatible", "unknown"]

# Two calendars' ways of turning one Hijri day into a Gregorian one, and a midnight, miss each other by at most this.
_NEAR_DAYS = 2


@dataclass(frozen=True, kw_only=True)
class DateAgreement:
    """How two dates agree.

    Parameters
    ----------
    grade : str
        ``exact``: the same day. ``near``: at most two days apart (calendars, midnight). ``swapped``: the same with day
        and month changed over. ``compatible``: one is known less exactly and holds the other, or both to the same month.
        ``default``: one is a register's default day of the same year, or both are, so that only years agree.
        ``year_near``: a year apart at most, in some reading. ``incompatible``: none of these. ``unknown``: a side is
        missing.
    days_apart : int or None
        Least days between the two as written; 0 where they overlap.
    """

    grade: Grade
    days_apart: int | None


def is_register_default(when: PartialDate) -> bool:
    """Say whether a date is a day that registers write for an unknown one: 1 January or 1 July."""
    return _day(when) is not None and (when.earliest.month, when.earliest.day) in DEFAULT_DAYS


def compare_dates(left: PartialDate | None, right: PartialDate | None) -> DateAgreement:
    """Grade how two dates of one event agree, best reading first.

    Parameters
    ----------
    left, right : PartialDate or None
        None when not known.

    Examples
    --------
    >>> read = PartialDate.from_iso
    >>> [compare_dates(read(a), read(b)).grade for a, b in (("1980-03-05", "1980-05-03"), ("1980-07-01", "1980-03-05"),
    ...     ("1980", "1980-03-05"), ("1980", "1981-02"), ("1980-03-05", "1985-03-05"))]
    ['swapped', 'default', 'compatible', 'year_near', 'incompatible']
    """
    if left is None or right is None:
        return DateAgreement(grade="unknown", days_apart=None)
    apart = max((left.earliest - right.latest).days, (right.earliest - left.latest).days, 0)
    return DateAgreement(grade=_grade(left, right, apart), days_apart=apart)


def _grade(left: PartialDate, right: PartialDate, apart: int) -> Grade:
    one, other = _day(left), _day(right)
    if is_register_default(left) or is_register_default(right):
        years = (_years(left), _years(right))
        if years[0] & years[1]:
            return "default"
        return "year_near" if _a_year_apart(*years) else "incompatible"
    if one and other:
        if one == other:
            return "exact"
        if apart <= _NEAR_DAYS:
            return "near"
        if _swapped(one) == other:
            return "swapped"
    elif apart == 0:
        return "compatible"
    return "year_near" if _a_year_apart(_years(left), _years(right)) else "incompatible"


def _day(when: PartialDate) -> date | None:
    return when.earliest if when.earliest == when.latest else None


def _swapped(day: date) -> date | None:
    return date(day.year, day.day, day.month) if day.day <= 12 and day.month <= 28 else None


def _years(when: PartialDate) -> set[int]:
    return set(range(when.earliest.year, when.latest.year + 1))


def _a_year_apart(one: set[int], other: set[int]) -> bool:
    return min(abs(a - b) for a in one for b in other) <= 1


def age_range(born: PartialDate, on: date) -> tuple[int, int]:
    """Return the least and the greatest age in whole years on a day; a register's default day counts as the whole year.

    Raises
    ------
    ValueError
        When the day lies before every possible day of birth.

    Examples -------- >>> age_range(PartialDate.from_iso("1990-07-01"), date(2016, 3, 1)),
    age_range(PartialDate.from_iso("1990-02-03"), date(2016, 3, 1)) ((25, 26), (26, 26))
    """
    widened = PartialDate.from_iso(f"{born.earliest.year:04d}") if is_register_default(born) else born
    if on < widened.earliest:
        raise ValueError(f"{on.isoformat()} is before the birth ({born})")
    return max(_age(widened.latest, on), 0), _age(widened.earliest, on)


def born_at_age(age: int, on: date) -> PartialDate:
    """Return the days on which somebody of an age in whole years on a day may have been born.

    Raises
    ------
    ValueError
        For an age below 0 or above 130.

    Examples
    --------
    >>> found = born_at_age(25, date(2016, 3, 1))
    >>> found.earliest.isoformat(), found.latest.isoformat()
    ('1990-03-02', '1991-03-01')
    """
    if not 0 <= age <= 130:
        raise ValueError(f"nobody is {age} years old")
    return PartialDate(earliest=date.fromordinal(_years_before(on, age + 1).toordinal() + 1), latest=_years_before(on, age))


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _years_before(day: date, years: int) -> date:
    leap = (day.month, day.day) == (2, 29)
    return date(day.year - years, day.month, 28 if leap else day.day)
