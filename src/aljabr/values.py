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
    """A date known to the day, the month, the year or two bounds, as the closed interval it may stand for.

    Its text is ``YYYY``, ``YYYY-MM``, ``YYYY-MM-DD`` or, for any other interval, both bounds (ISO 8601-2): what is written is read
    back as the same interval.

    Examples
    --------
    >>> PartialDate.from_iso("2016-02")
    PartialDate(earliest=datetime.date(2016, 2, 1), latest=datetime.date(2016, 2, 29))
    >>> str(PartialDate.from_iso("2016-02")), str(PartialDate.from_iso("2014-06-10/2014-06-11"))
    ('2016-02', '2014-06-10/2014-06-11')
    """

    earliest: date
    latest: date

    @classmethod
    def from_iso(cls, text: str) -> PartialDate:
        """Read ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, or two of them with ``/`` between: from the first to the last day.

        Raises
        ------
        ValueError
            When the text has another form, names a day that does not exist, or ends before it begins.
        """
        if "/" in text:
            begun, ended = (cls.from_iso(part) for part in text.split("/", 1))
            if ended.latest < begun.earliest:
                raise ValueError(f"{text!r} ends before it begins")
            return cls(earliest=begun.earliest, latest=ended.latest)
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
        first, last = self.earliest.isoformat(), self.latest.isoformat()
        return next((text for text in (first, first[:7], first[:4]) if self._is(text)), f"{first}/{last}")

    def _is(self, text: str) -> bool:
        """Whether a day, a month or a year as text is exactly this interval."""
        whole = PartialDate.from_iso(text)
        return (whole.earliest, whole.latest) == (self.earliest, self.latest)
