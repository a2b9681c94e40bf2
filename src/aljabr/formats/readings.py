"""Turns the distinct strings of one column into values, each once; what cannot be read comes back with a code and a reason.

An empty cell, and text that only says that nothing is known, is no value and no reason. A value may come with a reason: then it is
taken, with a doubt. Readings that speak of people (dates, telephones, identifiers) come from ``aljabr.names``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo
from decimal import Decimal
from functools import partial

from aljabr.errors import MappingBroken
from aljabr.formats.damage import damage
from aljabr.formats.lacking import refuse_placeholder, stored_text
from aljabr.formats.spellings import CONTROLS, CodeList, Met, same_word
from aljabr.money import Unreadable, read_money, read_number
from aljabr.names.dates import read_date
from aljabr.names.identifiers import find_phones, identifier, is_placeholder, is_rounded, says_nothing
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
# What identifies somebody: a number that a spreadsheet rounded is shared by strangers.
IDENTIFYING = frozenset({"claimant.id_number", "victim.id_number", "claimant.household", "item.property_ref", "account"})
_ROUNDED = "A spreadsheet rounded the number; strangers share what is left. Format the column as text and export it again."
_WORDS = frozenset({"text", "name", "place", "code", "codes"})
_OTHER_MARKS = re.compile(r"[،,؛;+/|&\n]|\sو\s|\s-\s|\sand\s")


def interpret(
    values: Sequence[str],
    field: Field_,
    *,
    codes: Mapping[str, str] | None = None,
    allowed: Collection[str] = (),
    currency: CurrencySpec | None = None,
    zone: tzinfo | None = None,
    numeric: bool = False,
    shares: bool = True,
) -> list[Reading]:
    """Read distinct strings the way a mapping says.

    Parameters
    ----------
    values : sequence of str
        The distinct cells of one column; grain of the result: one reading per string, in order.
    field : Field_
        Reading, order, calendar, separator, unit, decimal mark and bounds. Bounds are in minor units for money, years for dates.
    codes : mapping of str to str, optional
        Source spelling → programme code; spellings meet exactly, else after the folding that names have. An empty code is no value.
    allowed : collection of str, optional
        The codes the programme knows; any when empty.
    currency : CurrencySpec, optional
        Needed for money.
    zone : tzinfo, optional
        Whose day an instant with an offset becomes.
    numeric : bool
        Whether cells may be numbers of a spreadsheet or of JSON, which have a point whatever the decimal mark is.
    shares : bool
        Whether a bare 0.6 in a column of per cent may be what a spreadsheet stores for 60 %; a form's own number is what it says.

    Returns
    -------
    list of (value, code, reason)
        ``value`` is None when there is none; ``code`` a key of ``REASONS`` with its reason, both None when nothing is wrong. Text,
        names, codes, identifiers are str, telephones str with a space between several; money is int (minor units), number Decimal,
        date PartialDate, codes a tuple of str. A value beside a code is taken with that doubt or note (``reasons.WITH_VALUE``).

    Raises
    ------
    MappingBroken
        When the code list gives spellings that fold alike two codes, or money is read without a currency.

    Examples
    --------
    >>> interpret(["نعم", "-", "maybe"], Field_(to="facts.resident", as_="boolean"))
    [(True, None, None), (None, None, None), (None, 'boolean.unreadable', 'The text says neither yes nor no.')]
    """
    listed = CodeList(codes or {}, allowed if field.as_ in {"code", "codes", "place", "text", "name"} else ())
    read = _number_reader(field, currency, numeric=numeric, shares=shares) or _reader(field, listed, frozenset(allowed), zone)
    return [_interpret_one(value, read, listed, field) for value in values]


def _interpret_one(value: str, read: Callable[[str], Reading], listed: CodeList, field: Field_) -> Reading:
    text = value.strip()
    if not text:
        return None, None, None
    if field.as_ in _WORDS and (harm := damage(text)) and text not in listed:
        return None, "text.damaged", harm
    if _says_nothing(text, field.as_) and not (listed.listed and text in listed):
        return None, None, None
    if is_rounded_cell(text, field):
        return (text, "reference.rounded", _ROUNDED) if field.to == "reference" else (None, "identifier.rounded", _ROUNDED)
    try:
        taken, code, reason = read(stored_text(text))
        if taken is not None:
            _check_bounds(taken, field)
    except Unreadable as refused:
        return None, refused.code, refused.reason
    return taken, code, reason


def is_rounded_cell(text: str, field: Field_) -> bool:
    """Whether a number that is to say who somebody is, or which claim, was rounded."""
    if field.as_ not in {"identifier", "text"} or not is_rounded(text):
        return False
    return field.as_ == "identifier" or field.to in IDENTIFYING or (field.to == "reference" and not text.isdigit())


def _says_nothing(text: str, reading: str) -> bool:
    """Whether the text stands for no answer; ``1`` or ``xx`` names nobody, but it may be an amount or a code, or a slip to show."""
    if reading in {"phone", "identifier"} or (reading == "boolean" and same_word(text, YES | NO)):
        return False
    return is_placeholder(text) if reading == "name" else says_nothing(text)


def _number_reader(field: Field_, currency: CurrencySpec | None, *, numeric: bool, shares: bool) -> Callable[[str], Reading] | None:
    if field.as_ == "number":
        share = shares and (field.minimum, field.maximum) == (0, 100)
        return partial(_number, read=partial(read_number, decimal=field.decimal, numeric=numeric), share=share)
    if field.as_ != "money":
        return None
    if currency is None:
        raise MappingBroken(f"{field.to} is money, and no currency is stated.", "State the programme's currency.")
    exponent = 0 if field.unit == "minor" else currency.exponent
    read = partial(read_money, currency=currency.code, exponent=exponent, decimal=field.decimal, numeric=numeric)
    return _plain(read)


def _reader(field: Field_, listed: CodeList, allowed: frozenset[str], zone: tzinfo | None) -> Callable[[str], Reading]:
    match field.as_:
        case "codes":
            return partial(_codes, listed=listed, allowed=allowed, separator=field.separator)
        case "code" | "place":
            return partial(_code, listed=listed, allowed=allowed)
        case "date":
            return partial(_date, field=field, zone=zone)
        case "text" | "name":
            limit = MAX_NAME if field.as_ == "name" else None
            return partial(_text, limit=limit, allowed=allowed, listed=listed)
        case "phone":
            return _phones
        case "identifier":
            return _identifier
        case "boolean":
            return _plain(_boolean)
    raise MappingBroken(f"There is no reading {field.as_!r}.", "See the readings a mapping may name.")


def _number(text: str, *, read: Callable[[str], Decimal], share: bool) -> Reading:
    """Read a number; between 0 and 100, a bare 0.6 or 1 may be the 60 % or 100 % of a spreadsheet."""
    number = read(text)
    if share and 0 < number <= 1 and not text.rstrip().endswith(("%", "٪")):
        reason = f"{text} may be {text} % or, as spreadsheets store it, {_percent(number)} %; write the sign % behind it."
        raise Unreadable("number.share", reason)
    return number, None, None


def _percent(number: Decimal) -> str:
    return format((number * 100).normalize(), "f")


def _plain(read: Callable[[str], Value]) -> Callable[[str], Reading]:
    return lambda text: (read(text), None, None)


def _text(text: str, *, limit: int | None, allowed: frozenset[str], listed: CodeList) -> Reading:
    clean = unicodedata.normalize("NFC", CONTROLS.sub("", text)).strip()
    if limit:
        clean = " ".join(clean.split())
        if len(clean) > limit:
            raise Unreadable("value.too_long", f"A name has at most {limit} characters.")
    if allowed and clean not in allowed:
        met = listed.meet(clean)
        if met is None:
            raise Unreadable("value.unknown", f"{clean[:60]!r} is not one of {_some(allowed)}.")
        return _met(met)
    return clean or None, None, None


def _date(text: str, *, field: Field_, zone: tzinfo | None) -> Reading:
    try:
        found = read_date(text, order=field.order, calendar=field.calendar, zone=zone)
    except ValueError as error:
        refuse_placeholder(text, None, birth=field.to.endswith(".born"))
        raise Unreadable("date.unreadable", f"The text is not a date: {error}.") from error
    value = found.value
    refuse_placeholder(text, value, birth=field.to.endswith(".born"))
    if not YEARS[0] <= value.earliest.year <= value.latest.year <= YEARS[1]:
        raise Unreadable("date.implausible", f"The year {value.earliest.year} cannot be meant.")
    if found.about:
        return value, "date.about", f"The text says that it is only about so; it is taken as {value}."
    return value, None, None


def _boolean(text: str) -> bool:
    if same_word(text, YES):
        return True
    if same_word(text, NO):
        return False
    raise Unreadable("boolean.unreadable", "The text says neither yes nor no.")


def _identifier(text: str) -> Reading:
    found = identifier(text)
    if found is None and not says_nothing(text):
        raise Unreadable("identifier.unreadable", "The text is not an identifier.")
    return found, None, None


def _phones(text: str) -> Reading:
    found = find_phones(text)
    if not found.numbers:
        if says_nothing(text):
            return None, None, None
        rounded = "; a spreadsheet rounded it" if is_rounded(text) else ""
        raise Unreadable("phone.unreadable", f"The text is not a telephone number{rounded}.")
    numbers = " ".join(found.numbers)
    if found.beside and not says_nothing(found.beside):
        return numbers, "phone.beside", f"Beside the number the cell says {found.beside[:60]!r}."
    return numbers, None, None


def _code(text: str, *, listed: CodeList, allowed: frozenset[str]) -> Reading:
    if not listed.listed and not allowed:
        return text, None, None
    met = listed.meet(text)
    if met is None:
        where = "in the code list of this column" if listed.listed else f"one of {_some(allowed)}"
        raise Unreadable("value.unknown", f"{text[:60]!r} is not {where}.")
    if met.code and allowed and met.code not in allowed:
        raise Unreadable("value.unknown", f"{met.code[:60]!r} is not one of {_some(allowed)}.")
    return _met(met)


def _met(met: Met) -> Reading:
    """Return a code with the note that it was read as another spelling, when it was."""
    return met.code or None, "value.read_as" if met.read_as else None, f"Read as {met.read_as!r}." if met.read_as else None


def _codes(text: str, *, listed: CodeList, allowed: frozenset[str], separator: str) -> Reading:
    parts = [part.strip() for part in (text.split() if separator == " " else text.split(separator))]
    taken: list[str] = []
    unknown: list[str] = []
    read_as: list[str] = []
    for part in _parted(filter(None, parts), listed):
        try:
            code, note, reason = _code(part, listed=listed, allowed=allowed)
        except Unreadable:
            unknown.append(part)
        else:
            taken += [str(code)] if code and code not in taken else []
            read_as += [f"{part[:60]!r}: {reason}"] if note and reason else []
    if unknown:
        reason = f"{', '.join(repr(part[:60]) for part in unknown[:5])} is not in the code list of this column."
        return tuple(taken) or None, "value.unknown", reason
    return tuple(taken) or None, "value.read_as" if read_as else None, " ".join(read_as) or None


def _parted(parts: Iterable[str], listed: CodeList) -> Iterator[str]:
    """Yield the parts, and of one that is not listed the parts that other marks tell apart, when all of them are listed."""
    for part in parts:
        pieces = [piece.strip() for piece in _OTHER_MARKS.split(part) if piece.strip()]
        yield from pieces if listed.listed and len(pieces) > 1 and part not in listed and all(map(listed.meet, pieces)) else [part]


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


def _some(allowed: Collection[str]) -> str:
    names = sorted(allowed)
    return ", ".join(names[:8]) + (", …" if len(names) > 8 else "")
