"""What a spreadsheet's number format makes of a value: a percentage, part of a date, zeros and words that the cell does not hold.

Order: the code is cut into its sections, each into tokens; a section with a token of a date is a date, as precise as its tokens;
else digits, literals, percent signs and scaling commas are kept. ``look_of`` gives None for a format that shows the value as it
is, so that only cells with a look are visited again.

References
----------
ECMA-376 part 1, 18.8.30 (numFmts) and 18.8.31; [MS-OI29500] 2.1.739 for locale codes, whose second byte is the calendar.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

BUILT_IN = {9: "0%", 10: "0.00%", 14: "m/d/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "m/d/yyyy h:mm"}
# Excel stores fifteen significant digits; what stands behind them is noise of its arithmetic.
SIGNIFICANT = 15
_HIJRI, _GREGORIAN = {0x06, 0x17}, {0x00, 0x01, 0x02, 0x09, 0x0A, 0x0B, 0x0C}
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<half>AM/PM|A/P)|(?P<calendar>B[12])(?=[\[dmyg])|(?P<exponent>E[+-])"
    r"|(?P<letters>y+|m+|d+|h+|s+|e+|g+)|(?P<digits>[0#?]+)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_LOCALE = re.compile(r"\$(?P<symbol>[^-]*)(?:-(?P<code>[0-9A-Fa-f]+))?")
_PART_OF_SECOND = re.compile(r"(?<=s)[.,]0+", re.IGNORECASE)
_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C])

Precision = Literal["day", "month", "year", "no year", "time"]


@dataclass(frozen=True, kw_only=True)
class DateLook:
    """How much of a date a cell shows, and in which calendar (``gregorian``, ``hijri`` or ``another``)."""

    precision: Precision
    calendar: str

    def plain(self) -> bool:
        """Whether the day is shown as it is."""
        return self.precision in {"day", "time"} and self.calendar == "gregorian"


@dataclass(frozen=True, kw_only=True)
class NumberLook:
    """One section of a format for numbers.

    ``parts`` are runs of digit places and literal texts in order; ``percent`` counts percent signs, ``thousands`` commas that
    scale.
    """

    parts: tuple[tuple[str, str], ...]
    percent: int = 0
    thousands: int = 0
    general: bool = False
    decimal: bool = False
    condition: tuple[str, Decimal] | None = None

    def words(self) -> bool:
        """Whether text is shown that the value does not hold."""
        return any(
            kind == "text" and any(char.isalnum() or ord(char) > 127 or char in "$%" for char in text) for kind, text in self.parts
        )

    def zeros(self) -> int:
        """Return how many digits are shown at least, when the format shows whole numbers without grouping; else 0."""
        digits = "".join(text for kind, text in self.parts if kind == "digits")
        return digits.count("0") if not self.decimal and not any(kind == "comma" for kind, _ in self.parts) else 0

    def broken_up(self) -> bool:
        """Whether literals stand between the digits, as in telephone numbers."""
        kinds = [kind for kind, _ in self.parts]
        fraction = ("text", "/") in self.parts and any(kind == "digits" and "?" in text for kind, text in self.parts)
        if kinds.count("digits") < 2 or self.decimal or fraction or "comma" in kinds:
            return False
        return "text" in kinds[kinds.index("digits") : len(kinds) - kinds[::-1].index("digits")]

    def hides(self) -> bool:
        """Whether nothing at all is shown."""
        return not self.general and not any(kind == "digits" or text.strip() for kind, text in self.parts)

    def plain(self) -> bool:
        """Whether the number is shown as it is."""
        return not (self.percent or self.words() or self.zeros() > 1 or self.broken_up() or self.hides())


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a format shows: a date, or the sections of a number (positive, negative, zero)."""

    code: str
    date: DateLook | None = None
    sections: tuple[NumberLook, ...] = ()

    def shown(self, value: float) -> str:
        """Return a number as the cell shows it, digits whole and ungrouped; empty when the format hides it."""
        section = _section(self.sections, value)
        number = _exact(value)
        if section.percent:
            number = _rounded(number * 100**section.percent)
        if section.hides():
            return ""
        if section.thousands and section.words():
            number = _rounded(number / 1000**section.thousands)
        return _laid_out(section, number)


def look_of(code: str) -> Look | None:
    """Return what a format code shows beyond the value itself; None when it shows just that.

    Examples
    --------
    >>> look_of("dd/mm/yyyy"), look_of("#,##0.00"), look_of("mmm yyyy").date.precision
    (None, None, 'month')
    >>> look_of("0%").shown(0.6), look_of('0" مليون"').shown(12), look_of("00000000000").shown(7701234567)
    ('60%', '12 مليون', '07701234567')
    """
    sections = _sections(code)
    if dated := _date_look(sections[0]):
        return None if dated.plain() else Look(code=code, date=dated)
    numbers = tuple(_number_look(tokens) for tokens in sections[:3])
    looks = all(number.plain() for number in numbers[:2]) and not (len(numbers) == 3 and numbers[2].condition)
    return None if looks else Look(code=code, sections=numbers)


def date_text(value: date, look: DateLook) -> str:
    """Return as much of a date as the cell shows.

    Examples
    --------
    >>> date_text(date(1980, 5, 1), DateLook(precision="month", calendar="gregorian"))
    '1980-05'
    """
    day = value.date() if isinstance(value, datetime) else value
    match look.precision:
        case "year":
            return f"{day.year:04d}"
        case "month":
            return f"{day.year:04d}-{day.month:02d}"
        case "no year":
            return f"{day.day}/{day.month}"
    return day.isoformat()


@lru_cache(maxsize=1024)
def _sections(code: str) -> tuple[tuple[tuple[str, str], ...], ...]:
    sections: list[list[tuple[str, str]]] = [[]]
    for found in _TOKEN.finditer(_PART_OF_SECOND.sub("", code)):
        kind = found.lastgroup or "other"
        text = found[kind]
        if kind == "other" and text == ";":
            sections.append([])
        else:
            sections[-1].append((kind, text))
    return tuple(tuple(tokens) for tokens in sections)


def _date_look(tokens: tuple[tuple[str, str], ...]) -> DateLook | None:
    elapsed = {"h", "hh", "m", "mm", "s", "ss"}
    letters = [text.lower() for kind, text in tokens if kind == "letters" or (kind == "bracket" and text.lower() in elapsed)]
    if not letters or any(kind in {"digits", "general"} for kind, _ in tokens):
        return None
    clock = [letter[0] for letter in letters]
    months = [
        letter for place, letter in enumerate(letters) if letter[0] == "m" and not (len(letter) < 3 and ("h" in clock[max(place -
        1, 0) : place] or "s" in clock[place + 1 : place + 2]))
    ]  # fmt: skip
    year, day = any(letter[0] in "ye" for letter in letters), any(letter in {"d", "dd"} for letter in letters)
    precision: Precision = "time"
    if year:
        precision = "day" if day and months else "month" if months else "year"
    elif day or months:
        precision = "no year"
    return DateLook(precision=precision, calendar=_calendar(tokens))


def _calendar(tokens: tuple[tuple[str, str], ...]) -> str:
    calendar = "gregorian"
    for kind, text in tokens:
        if kind == "calendar" and text[1] == "2":
            calendar = "hijri"
        elif kind == "bracket" and (locale := _LOCALE.fullmatch(text)) and locale["code"] and len(locale["code"]) > 4:
            number = int(locale["code"], 16) >> 16 & 0xFF
            calendar = "hijri" if number in _HIJRI else calendar if number in _GREGORIAN else "another"
    return calendar


def _number_look(tokens: tuple[tuple[str, str], ...]) -> NumberLook:
    parts: list[tuple[str, str]] = []
    percent = thousands = 0
    general = decimal = False
    condition: tuple[str, Decimal] | None = None
    for kind, text in tokens:
        last = parts[-1][0] if parts else ""
        match kind:
            case "quoted" | "escaped":
                parts.append(("text", text))
            case "bracket" if locale := _LOCALE.fullmatch(text):
                parts.append(("text", locale["symbol"]))
            case "bracket" if found := _CONDITION.fullmatch(text):
                condition = (found[1], Decimal(found[2]))
            case "space" | "fill":
                parts.append(("gap", ""))
            case "general":
                general = True
                parts.append(("digits", "#"))
            case "digits":
                parts.append(("decimals" if decimal else "digits", text))
            case "exponent":
                decimal = True
            case "other" if text == "%":
                percent += 1
                parts.append(("text", text))
            case "other" if text == "." and last == "digits":
                decimal = True
            case "other" if text == "," and last in {"digits", "decimals", "comma"}:
                parts.append(("comma", ""))
            case "other" | "letters" | "half" | "calendar":
                parts.append(("text", text))
    # Commas behind the last digit scale; those between digits group.
    while parts and parts[-1][0] in {"comma"}:
        thousands += 1
        parts.pop()
    tail = [place for place, (kind, _) in enumerate(parts) if kind in {"digits", "decimals"}]
    if tail:
        scaling = [place for place in range(tail[-1] + 1, len(parts)) if parts[place][0] == "comma"]
        thousands += len(scaling)
        parts = [part for place, part in enumerate(parts) if place not in scaling]
    return NumberLook(
        parts=tuple(parts), percent=percent, thousands=thousands, general=general, decimal=decimal, condition=condition
    )


def _section(sections: tuple[NumberLook, ...], value: float) -> NumberLook:
    for section in sections:
        if section.condition and _holds(section.condition, value):
            return section
    free = [section for section in sections if not section.condition] or [sections[-1]]
    if len(free) < len(sections):
        return free[-1] if value >= 0 or len(free) == 1 else free[0]
    return free[1] if value < 0 and len(free) > 1 else free[0]


def _holds(condition: tuple[str, Decimal], value: float) -> bool:
    sign, bound = condition
    number = _exact(value)
    return {
        "<": number < bound, ">": number > bound, "=": number == bound, "<>": number != bound,
        "<=": number <= bound, ">=": number >= bound,
    }[sign]  # fmt: skip


def _exact(value: float) -> Decimal:
    return _rounded(Decimal(repr(value)))


def _rounded(number: Decimal) -> Decimal:
    """Return a number without what stands behind its fifteen significant digits."""
    if number == number.to_integral_value():
        return number
    return number.quantize(Decimal(1).scaleb(number.adjusted() - SIGNIFICANT + 1), rounding=ROUND_HALF_UP)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _laid_out(section: NumberLook, number: Decimal) -> str:
    text = _plain(abs(number))
    if text.isdigit() and (section.zeros() > 1 or section.broken_up()):
        return _in_places(section, text, negative=number < 0)
    digits = [place for place, (kind, _) in enumerate(section.parts) if kind in {"digits", "decimals"}]
    if not digits:
        return "".join(text for kind, text in section.parts if kind == "text").translate(_MARKS).strip()
    before = "".join(_said(text) for kind, text in section.parts[: digits[0]] if kind == "text")
    after = "".join(_said(text) for kind, text in section.parts[digits[-1] + 1 :] if kind == "text")
    return f"{'-' if number < 0 else ''}{before.translate(_MARKS)}{text}{after.translate(_MARKS)}".strip()


def _said(text: str) -> str:
    """Return a literal without the signs and brackets that only dress a number."""
    return "" if text in {"-", "+", "(", ")"} else text


def _in_places(section: NumberLook, digits: str, *, negative: bool) -> str:
    """Fill digits into their places from the right; what does not fit stands in the first one."""
    places = [(kind, text) for kind, text in section.parts if kind in {"digits", "text"}]
    first = next(place for place, (kind, _) in enumerate(places) if kind == "digits")
    out: list[str] = []
    for place in range(len(places) - 1, -1, -1):
        kind, text = places[place]
        if kind == "text":
            out.append(text)
            continue
        taken = digits if place == first else digits[-len(text) :] if digits else ""
        digits = digits[: len(digits) - len(taken)]
        out.append(taken.rjust(text.count("0"), "0"))
    return ("-" if negative else "") + "".join(reversed(out)).translate(_MARKS).strip()
