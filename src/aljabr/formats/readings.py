"""Turns the distinct strings of one column into values, each once; what cannot be read comes back with a code and a reason.

An empty cell, and text that only says that nothing is known, is no value and no reason. A value may come with a reason: then it is
taken, with a doubt. Readings that speak of people (dates, telephones, identifiers) come from ``aljabr.names``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from functools import partial

from aljabr.errors import MappingBroken
from aljabr.formats.amounts import Unreadable, read_money, read_number
from aljabr.formats.lacking import refuse_placeholder, stored_text
from aljabr.names.dates import parse_date
from aljabr.names.identifiers import identifier, is_placeholder, phone
from aljabr.programmes.records import CurrencySpec, Field_
from aljabr.values import PartialDate

Value = str | int | bool | Decimal | PartialDate | tuple[str, ...]
Reading = tuple[Value | None, str | None, str | None]

MAX_NAME = 200
YEARS = (1850, 2200)
YES = frozenset(
    ["1", "true", "yes", "y", "t", "نعم", "اي", "أي", "صح", "بەڵێ", "بەلێ", "ئا", "erê", "ere", "belê", "bele", "✓", "✔"]
)
NO = frozenset(["0", "false", "no", "n", "f", "لا", "كلا", "خطأ", "نەخێر", "نا", "na", "ne"])
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_DIGIT = re.compile(r"\d")


def interpret(
    values: Sequence[str],
    field: Field_,
    *,
    codes: Mapping[str, str] | None = None,
    allowed: Collection[str] = (),
    currency: CurrencySpec | None = None,
) -> list[Reading]:
    """Read distinct strings the way a mapping says.

    Parameters
    ----------
    values : sequence of str
        The distinct cells of one column; grain of the result: one reading per string, in order.
    field : Field_
        Reading, order, calendar, separator, unit and bounds. Bounds are in minor units for money, years for dates.
    codes : mapping of str to str, optional
        Source spelling → programme code; spellings are compared without case, width and repeated spaces. An empty code is no value.
    allowed : collection of str, optional
        The codes the programme knows; any when empty.
    currency : CurrencySpec, optional
        Needed for money.

    Returns
    -------
    list of (value, code, reason)
        ``value`` is None when there is none; ``code`` a key of ``REASONS`` with its reason, both None when nothing is wrong. Text,
        names, codes, telephones, identifiers are str; money is int (minor units), number Decimal, date PartialDate, codes a tuple
        of str.

    Raises
    ------
    MappingBroken
        When the code list names one spelling with two codes, or money is read without a currency.

    Examples
    --------
    >>> interpret(["نعم", "-", "maybe"], Field_(to="facts.resident", as_="boolean"))
    [(True, None, None), (None, None, None), (None, 'boolean.unreadable', 'The text says neither yes nor no.')]
    """
    listed = _folded_codes(codes or {})
    read = _reader(field, listed, frozenset(allowed), currency)
    return [_interpret_one(value, read, listed, field) for value in values]


def fold_spelling(text: str) -> str:
    """Return a spelling as code lists compare it: composed, compatibility forms resolved, case folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", _CONTROLS.sub("", text)).casefold().split())


def _interpret_one(value: str, read: Callable[[str], Reading], listed: Mapping[str, str], field: Field_) -> Reading:
    text = value.strip()
    if not text or (_says_nothing(text, field.as_) and (not listed or fold_spelling(text) not in listed)):
        return None, None, None
    try:
        taken, code, reason = read(stored_text(text))
        if taken is not None:
            _check_bounds(taken, field)
    except Unreadable as refused:
        return None, refused.code, refused.reason
    return taken, code, reason


def _says_nothing(text: str, reading: str) -> bool:
    """Whether the text stands for no answer; ``1`` or ``A`` names nobody, but it may well be an amount, a code or a number."""
    if reading in {"phone", "identifier"} or (reading == "boolean" and fold_spelling(text) in YES | NO):
        return False
    if reading != "name" and (_DIGIT.search(text) or sum(map(str.isalpha, text)) == 1):
        return False
    return is_placeholder(text)


def _reader(
    field: Field_, listed: Mapping[str, str], allowed: frozenset[str], currency: CurrencySpec | None
) -> Callable[[str], Reading]:
    match field.as_:
        case "codes":
            return partial(_codes, listed=listed, allowed=allowed, separator=field.separator)
        case "code" | "place":
            return partial(_code, listed=listed, allowed=allowed)
        case "money":
            if currency is None:
                raise MappingBroken(f"{field.to} is money, and no currency is stated.", "State the programme's currency.")
            exponent = 0 if field.unit == "minor" else currency.exponent
            return _plain(partial(read_money, currency=currency.code, exponent=exponent))
        case "date":
            return _plain(partial(_date, field=field))
        case "text" | "name":
            limit = MAX_NAME if field.as_ == "name" else None
            return partial(_text, limit=limit, allowed=allowed)
        case "phone":
            return partial(_of_people, read=phone, code="phone", noun="a telephone number")
        case "identifier":
            return partial(_of_people, read=identifier, code="identifier", noun="an identifier")
        case "number":
            return partial(_number, share=(field.minimum, field.maximum) == (0, 100))
        case "boolean":
            return _plain(_boolean)
    raise MappingBroken(f"There is no reading {field.as_!r}.", "See the readings a mapping may name.")


def _number(text: str, *, share: bool) -> Reading:
    """Read a number; between 0 and 100, a bare 0.6 or 1 may be the 60 % or 100 % of a spreadsheet."""
    number = read_number(text)
    if share and 0 < number <= 1 and not text.rstrip().endswith(("%", "٪")):
        reason = f"{text} may be {text} % or, as spreadsheets store it, {_percent(number)} %; write the sign % behind it."
        raise Unreadable("number.share", reason)
    return number, None, None


def _percent(number: Decimal) -> str:
    return format((number * 100).normalize(), "f")


def _plain(read: Callable[[str], Value]) -> Callable[[str], Reading]:
    return lambda text: (read(text), None, None)


def _text(text: str, *, limit: int | None, allowed: frozenset[str]) -> Reading:
    clean = unicodedata.normalize("NFC", _CONTROLS.sub("", text)).strip()
    if limit:
        clean = " ".join(clean.split())
        if len(clean) > limit:
            raise Unreadable("value.too_long", f"A name has at most {limit} characters.")
    if allowed and clean not in allowed:
        raise Unreadable("value.unknown", f"{clean[:60]!r} is not one of {_some(allowed)}.")
    return clean or None, None, None


def _date(text: str, *, field: Field_) -> PartialDate:
    try:
        found = parse_date(text, order=field.order, calendar=field.calendar)
    except ValueError as error:
        refuse_placeholder(text, None, birth=field.to.endswith(".born"))
        raise Unreadable("date.unreadable", f"The text is not a date: {error}.") from error
    refuse_placeholder(text, found, birth=field.to.endswith(".born"))
    if not YEARS[0] <= found.earliest.year <= found.latest.year <= YEARS[1]:
        raise Unreadable("date.implausible", f"The year {found.earliest.year} cannot be meant.")
    return found


def _boolean(text: str) -> bool:
    folded = fold_spelling(text)
    if folded in YES:
        return True
    if folded in NO:
        return False
    raise Unreadable("boolean.unreadable", "The text says neither yes nor no.")


def _of_people(text: str, *, read: Callable[[str], str | None], code: str, noun: str) -> Reading:
    found = read(text)
    if found is None and not is_placeholder(text):
        raise Unreadable(f"{code}.unreadable", f"The text is not {noun}.")
    return found, None, None


def _code(text: str, *, listed: Mapping[str, str], allowed: frozenset[str]) -> Reading:
    code = listed.get(fold_spelling(text), "" if listed else text)
    if listed and fold_spelling(text) not in listed:
        if text in allowed:
            return text, None, None
        raise Unreadable("value.unknown", f"{text[:60]!r} is not in the code list of this column.")
    if code and allowed and code not in allowed:
        raise Unreadable("value.unknown", f"{code[:60]!r} is not one of {_some(allowed)}.")
    return code or None, None, None


def _codes(text: str, *, listed: Mapping[str, str], allowed: frozenset[str], separator: str) -> Reading:
    parts = [part.strip() for part in (text.split() if separator == " " else text.split(separator))]
    taken: list[str] = []
    unknown: list[str] = []
    for part in filter(None, parts):
        try:
            code, _, _ = _code(part, listed=listed, allowed=allowed)
        except Unreadable:
            unknown.append(part)
        else:
            taken += [str(code)] if code and code not in taken else []
    if unknown:
        reason = f"{', '.join(repr(part[:60]) for part in unknown[:5])} is not in the code list of this column."
        return tuple(taken) or None, "value.unknown", reason
    return tuple(taken) or None, None, None


def _check_bounds(value: Value, field: Field_) -> None:
    match value:
        case bool() | str() | tuple():
            return
        case PartialDate():
            low, high = value.earliest.year, value.latest.year
        case _:
            low = high = value  # type: ignore[assignment]
    if field.minimum is not None and low < field.minimum:
        raise Unreadable("value.range", f"The value is below {field.minimum}.")
    if field.maximum is not None and high > field.maximum:
        raise Unreadable("value.range", f"The value is above {field.maximum}.")


def _folded_codes(codes: Mapping[str, str]) -> dict[str, str]:
    folded: dict[str, str] = {}
    for spelling, code in codes.items():
        key = fold_spelling(spelling)
        if folded.setdefault(key, code) != code:
            raise MappingBroken(f"The spelling {spelling!r} has two codes, {folded[key]!r} and {code!r}.", "Keep one of them.")
    return folded


def _some(allowed: Collection[str]) -> str:
    names = sorted(allowed)
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
