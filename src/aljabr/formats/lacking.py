"""What stands in a cell in place of a value: errors of a spreadsheet, formulas without a result, days that mean an empty cell.

A spreadsheet's empty date is 1 January 1900 (or the last days of 1899, or 1 January 1904), a database's 0000-00-00, 0001-01-01 or
9999-12-31, a computer's 1 January 1970; of these only the last can be a birthday. A year typed into a cell that shows days becomes
a day of 1905.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from aljabr.money import Unreadable
from aljabr.values import PartialDate

ERRORS = frozenset(
    [
        "#DIV/0!",
        "#N/A",
        "#N/A!",
        "#NAME?",
        "#NULL!",
        "#NUM!",
        "#REF!",
        "#VALUE!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FIELD!",
        "#BLOCKED!",
        "#UNKNOWN!",
        "#CONNECT!",
        "#BUSY!",
        "#EXTERNAL!",
        "#PYTHON!",
        "#TIMEOUT!",
        "#DIV/0",
        "#NAME",
        "#NUM",
        "#REF",
        "#VALUE",
        "ERR:502",
        "ERR:504",
        "ERR:508",
        "ERR:509",
        "ERR:522",
        "ERR:523",
        "#ERR",
        "#ERROR!",
        "#BÖLÜM/0!",
        "#YOK",
        "#AD?",
        "#BOŞ!",
        "#SAYI!",
        "#BAŞV!",
        "#DEĞER!",
    ]
)
EMPTY_DAYS = frozenset([date(1900, 1, 1), date(1904, 1, 1), date(1753, 1, 1)])
# Before March 1900 a spreadsheet counts a 29 February that there was not: a number up to 60, shown as a day.
_DAY_ZERO, MISCOUNTED = date(1899, 12, 30), date(1900, 3, 1)
ZERO_OF_COMPUTERS, LAST_DAY = date(1970, 1, 1), date(2099, 12, 31)
TYPED_YEARS = (date(1905, 1, 23), date(1905, 9, 30))
_ONLY_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_TIME_ONLY = re.compile(r"0{1,2}:00(?::00(?:\.0+)?)?(?:\s*(?:am|ص))?", re.IGNORECASE)
_DAY_COUNT = re.compile(r"([2-5][0-9]{4})(?:\.[0-9]+)?")
_NUMBERS = re.compile(r"[0-9]+")
_WESTERN = {ord(digit): str(number) for digits in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for number, digit in enumerate(digits)}
_IMPOSSIBLE = frozenset([0, 1, 1601, 1753, 1899, 2999, 3000, 9999])


def stored_text(text: str) -> str:
    """Return the text of a cell that holds one; ``="007"`` is how an export keeps the zeros of 007.

    Raises
    ------
    Unreadable
        When the cell holds an error, or a formula and not its value.

    Examples
    --------
    >>> stored_text('="0770"'), stored_text("# 12")
    ('0770', '# 12')
    """
    if text[:1] == "=":
        if quoted := _ONLY_TEXT.fullmatch(text):
            return quoted[1].replace('""', '"').strip()
        reason = "The cell holds a formula, and the file does not hold its value; open it in a spreadsheet, calculate and save it."
        raise Unreadable("cell.no_value", reason)
    if text[:1] in "#Ee" and text.upper() in ERRORS:
        raise Unreadable("cell.error", f"The cell shows the error {text}; mend its formula, or type the value.")
    return text


def refuse_placeholder(text: str, found: PartialDate | None, *, birth: bool) -> None:
    """Refuse a date that stands for an empty cell or an unknown day, as it was read, or as written when it could not be.

    Raises
    ------
    Unreadable
        When it is one.
    """
    if found is None:
        numbers = [int(part) for part in _NUMBERS.findall(text.translate(_WESTERN))]
        if _TIME_ONLY.fullmatch(text) or (len(numbers) >= 3 and (not any(numbers[:3]) or _worn(numbers[:3]))):
            raise Unreadable("date.placeholder", f"{text} is not a day: it stands for an empty cell.")
        if counted := _DAY_COUNT.fullmatch(text.translate(_WESTERN)):
            day = _DAY_ZERO + timedelta(days=int(counted[1]))
            raise Unreadable("date.unreadable", f"{text} may be a spreadsheet's count of days, {day}; format the column as a date.")
        return
    whole = found.earliest == found.latest
    started = found.earliest in EMPTY_DAYS and (whole or found.latest.year == 1900)
    started = started or (whole and _DAY_ZERO <= found.earliest < MISCOUNTED)
    if started or (whole and found.earliest == ZERO_OF_COMPUTERS and not birth) or found.earliest == LAST_DAY:
        raise Unreadable("date.placeholder", f"{text} is not a day that is meant: it stands for an empty cell or an unknown day.")
    if whole and TYPED_YEARS[0] <= found.earliest <= TYPED_YEARS[1]:
        typed = (found.earliest - _DAY_ZERO).days
        reason = f"{text} is what a spreadsheet shows when the year {typed} is typed into a cell for days; format it as a number."
        raise Unreadable("date.year_in_day", reason)


def _worn(numbers: list[int]) -> bool:
    """Whether three numbers are the first or last day of a year that no file of ours can mean."""
    year = next((number for number in numbers if number > 31), None)
    rest = sorted(number for number in numbers if number != year)
    if rest not in ([1, 1], [0, 1], [0, 0], [12, 31], [12, 30], [1, 1, 1]):
        return False
    return year is None or year in _IMPOSSIBLE or (year == 1900 and 0 in rest)
