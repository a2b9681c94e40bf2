"""Small frozen values every room shares: money, currencies, partial dates, dated values.

Nothing here reads a file or knows a programme.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class Currency:
    """A currency as a programme declares it.

    Parameters
    ----------
    code : str
        ISO 4217 code.
    exponent : int
        Decimal places of the minor unit (IQD 3, USD 2).
    payable_unit_minor : int
        Smallest amount really handed out, in minor units.
    """

    code: str
    exponent: int
    payable_unit_minor: int = 1


@dataclass(frozen=True, kw_only=True)
class PartialDate:
    """A date known to the day, the month or the year, as the closed interval it may stand for.

    Examples
    --------
    >>> PartialDate.from_iso("2016-02")
    PartialDate(earliest=datetime.date(2016, 2, 1), latest=datetime.date(2016, 2, 29))
    >>> str(PartialDate.from_iso("2016-02"))
    '2016-02'
    """

    earliest: date
    latest: date

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

        Raises
        ------
        ValueError
            When the text has another form or names a day that does not exist.
        """
        match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", text)
        if not match:
            raise ValueError(f"{text!r} is not YYYY, YYYY-MM or YYYY-MM-DD")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return cls(earliest=date(year, 1, 1), latest=date(year, 12, 31))
        if day is None:
            last = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 1
            return cls(earliest=date(year, month, 1), latest=date(year, month, last))
        return cls(earliest=date(year, month, day), latest=date(year, month, day))

    def __str__(self) -> str:
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        if (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month):
            return self.earliest.isoformat()[:7]
        return self.earliest.isoformat()[:4]
