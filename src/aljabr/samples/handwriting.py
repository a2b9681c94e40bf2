"""How a clerk writes everything that is not a name: dates, telephone numbers, sums, addresses, and what is left out.

A ``Hand`` belongs to one run; what it draws depends on nothing but the seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from aljabr.samples.filings import Filing
from aljabr.samples.levels import Level
from aljabr.samples.people import Person
from aljabr.samples.spelling import NameHand

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_VAGUE_SUMS = ("حوالي خمسة ملايين", "لم يقدر بعد", "about 5 million", "???", "5-6 مليون")
_VAGUE_PHONES = ("لا يوجد", "none", "0770", "-")


class Hand:
    """Writes values with the freedom that a level allows."""

    def __init__(self, rng: Random, level: Level) -> None:
        self.rng, self.level = rng, level
        self.names = NameHand(rng, level.spelling)

    def chance(self, share: float) -> bool:
        """Whether something happens that happens in this share of rows."""
        return self.rng.random() < share

    def varied(self, share: float) -> bool:
        """Whether a clerk departs from the form; never at level clean."""
        return self.rng.random() < share * self.level.spelling

    def left_out(self, share: float) -> bool:
        """Whether an optional value is missing; never at level clean."""
        return self.rng.random() < share * self.level.gaps

    def word(self, spelled: Sequence[str]) -> str:
        """Return one of the words a source has for a code."""
        if len(spelled) == 1 or not self.level.spelling:
            return spelled[0]
        return spelled[int(self.rng.random() ** 2 * len(spelled))]

    def incident_day(self, filing: Filing) -> date:
        """Return the day of the incident as remembered: a second filing is often a few days off."""
        day = filing.loss.incident_on
        if filing.again and self.varied(0.2):
            return min(day + timedelta(days=self.rng.randrange(-5, 6)), filing.filed_on)
        return day

    def birthday(self, person: Person, *, again: bool) -> tuple[date, str]:
        """Return the birthday as stated and its precision: registers keep the year only, a second statement may be off."""
        born = person.born
        if again and self.varied(0.12):
            born = date(born.year + self.rng.choice((-1, 1)), born.month, min(born.day, 28))
        return born, "year" if self.varied(0.15) else "day"

    def id_number(self, person: Person, *, again: bool, missing: float) -> str:
        """Return the identity number, sometimes absent, in a second filing sometimes mistyped."""
        if person.company or self.left_out(missing):
            return ""
        if again and self.varied(0.08):
            place = self.rng.randrange(4, 12)
            return person.id_number[:place] + str(self.rng.randrange(10)) + person.id_number[place + 1 :]
        return person.id_number

    def phone(self, number: str) -> str:
        """Return a mobile number in one of the forms people use."""
        if self.doubtful(0.25):
            return self.rng.choice(_VAGUE_PHONES)
        if not self.varied(0.4):
            return number
        draw = self.rng.randrange(4)
        if draw == 0:
            return f"+964{number[1:]}"
        if draw == 1:
            return f"{number[:4]} {number[4:7]} {number[7:]}"
        return f"00964{number[1:]}" if draw == 2 else number[1:]

    def grouped(self, amount: int) -> str:
        """Return whole dinars with thousands separators, sometimes in Eastern digits, sometimes as a remark."""
        if self.doubtful(0.5):
            return self.rng.choice(_VAGUE_SUMS)
        written = f"{amount:,}"
        return written.translate(EASTERN).replace(",", "٬") if self.varied(0.08) else written

    def claimed_iqd(self, filing: Filing) -> int:
        """Return what is asked for: somewhat more than the damage is worth, in steps of 250,000 dinars."""
        return (filing.loss.worth_iqd or 0) * self.rng.randrange(100, 190) // 100 // 250_000 * 250_000 or 250_000

    def doubtful(self, share: float) -> bool:
        """Whether a value is written that cannot be read; ``share`` is its part of the rows with one."""
        return self.rng.random() < share * self.level.doubts


def address_ar(filing: Filing, hand: Hand) -> str:
    """Return the address of a property in Arabic; a vehicle's is its plate."""
    place = filing.loss.address
    if place is None:
        return ""
    if filing.loss.property_kind == "vehicle":
        return f"نينوى {plate(filing)}"
    if hand.varied(0.3):
        return f"م {place.mahalla} ز {place.alley} د {place.house}"
    written = f"{place.quarter[0]} محلة {place.mahalla} زقاق {place.alley} دار {place.house}"
    return written.translate(EASTERN) if hand.varied(0.08) else written


def address_en(filing: Filing, hand: Hand) -> str:
    """Return the address of a property in Latin letters; a vehicle's is its plate."""
    place = filing.loss.address
    if place is None:
        return ""
    if filing.loss.property_kind == "vehicle":
        return f"Ninewa {plate(filing)}"
    if hand.varied(0.3):
        return f"{place.mahalla}/{place.alley}/{place.house}"
    return f"{place.quarter[1]}, Mahalla {place.mahalla}, Zuqaq {place.alley}, Dar {place.house}"


def plate(filing: Filing) -> int:
    """Return the number on a vehicle's plate, of six digits or more."""
    place = filing.loss.address
    return 0 if place is None else 100_000 + ((place.mahalla - 101) * 95 + place.alley - 1) * 149 + place.house


def day_month_year(day: date, precision: str, *, mark: str = "/") -> str:
    """Return a date the way Iraqi forms have it, to the day, the month or the year.

    Examples
    --------
    >>> day_month_year(date(2014, 8, 3), "day"), day_month_year(date(2014, 8, 3), "month")
    ('03/08/2014', '08/2014')
    """
    if precision == "year":
        return str(day.year)
    if precision == "month":
        return f"{day.month:02d}{mark}{day.year}"
    return f"{day.day:02d}{mark}{day.month:02d}{mark}{day.year}"


def iso(day: date, precision: str) -> str:
    """Return an ISO date to the day, the month or the year."""
    return day.isoformat()[: {"day": 10, "month": 7, "year": 4}[precision]]


def hijri_year(day: date) -> int:
    """Return the Hijri year that began last before the day, to within one year."""
    return (day.year - 622) * 33 // 32
