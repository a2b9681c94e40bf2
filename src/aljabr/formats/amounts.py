"""Reads amounts of money and plain numbers exactly, or says why not; nothing is rounded and nothing is guessed.

Digits may be Western, Arabic or Eastern Arabic (Persian, Kurdish), never mixed. Thousands are told apart by ``,`` ``٬`` ``،`` or
spaces in groups of three; decimals by ``.`` or ``٫``. A point before exactly three digits, ``250.000``, may be either: refused.
"""

from __future__ import annotations

import re
from decimal import Decimal

from aljabr.errors import AljabrError

MAX_MAJOR = 10**14
CURRENCY_WORDS: dict[str, tuple[str, ...]] = {
    "IQD": ("iqd", "id", "دينار عراقي", "دينار", "دنانير", "د.ع.", "د.ع", "دینار", "دیناری عێراقی", "dînar", "dinar", "dinars"),
    "USD": ("usd", "us$", "$", "us dollars", "dollars", "dollar", "دولار أمريكي", "دولار", "دۆلار"),
    "EUR": ("eur", "€", "euro", "euros", "يورو"),
    "GBP": ("gbp", "£"),
    "TRY": ("try", "₺"),
}
_DIGITS = {
    **{ord(digit): str(value) for value, digit in enumerate("٠١٢٣٤٥٦٧٨٩")},
    **{ord(digit): str(value) for value, digit in enumerate("۰۱۲۳۴۵۶۷۸۹")},
}
_ONE_SCRIPT = re.compile(r"[^٠-٩۰-۹]*|[^0-9۰-۹]*|[^0-9٠-٩]*")
_SPACES = dict.fromkeys(map(ord, "\u00a0\u202f\u2009\u2007"), " ")
_MARKS = dict.fromkeys([0x200E, 0x200F, 0x061C])
_GROUPED = re.compile(r"[0-9]{1,3}(?P<by>[,٬، ])[0-9]{3}(?:(?P=by)[0-9]{3})*(?:[.٫][0-9]+)?")
_PLAIN = re.compile(r"[0-9]+(?:[.٫][0-9]+)?")
_AMBIGUOUS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_POINTED_OR_COMMA = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?|[0-9]+,[0-9]+")
_LONGEST = 25
_WORDS = {word: code for code, words in CURRENCY_WORDS.items() for word in words}
_WORDED = sorted(_WORDS, key=len, reverse=True)


class Unreadable(Exception):
    """A value that cannot be taken: a key of ``REASONS`` and one sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_money(text: str, *, currency: str, exponent: int) -> int:
    """Return an amount in minor units.

    Parameters
    ----------
    text : str
        As written; may name the currency before or after.
    currency : str
        ISO code of the programme's currency; another one named in the text is refused.
    exponent : int
        Decimal places of the minor unit (IQD 3, USD 2).

    Raises
    ------
    Unreadable
        When the text is no amount, is negative, ambiguous, in another currency or finer than the minor unit.

    Examples
    --------
    >>> read_money("١٬٢٣٤٫٥٠", currency="USD", exponent=2), read_money("5,000,000 دينار", currency="IQD", exponent=3)
    (123450, 5000000000)
    """
    bare = _western(_without_currency(_tidy(text), currency), "money")
    if bare.startswith(("-", "−")) or bare.endswith(("-", "−")) or (bare.startswith("(") and bare.endswith(")")):
        raise Unreadable("money.negative", "An amount cannot be below zero.")
    if _AMBIGUOUS.fullmatch(bare):
        raise Unreadable("money.ambiguous", f"{bare} may mean {bare.replace('.', '')} or {bare}; write it without a point.")
    value = _exact(bare, "money")
    minor = value.scaleb(exponent)
    if minor != minor.to_integral_value():
        raise Unreadable("money.decimals", f"{currency} has {exponent} decimal places.")
    return int(minor)


def read_number(text: str) -> Decimal:
    """Return a plain number with at most six decimals; a per cent sign at the end is dropped.

    Raises
    ------
    Unreadable
        When the text is no such number.

    Examples
    --------
    >>> read_number("٦٢٫٥ ٪")
    Decimal('62.5')
    """
    bare = _western(_tidy(text), "number").removesuffix("%").removesuffix("٪").strip()
    unsigned = bare.removeprefix("-").removeprefix("−")
    value = _exact(unsigned, "number") * (1 if unsigned == bare else -1)
    if value != round(value, 6):
        raise Unreadable("number.unreadable", "A number has at most six decimals.")
    return value


def major_units(minor: int, exponent: int) -> str:
    """Return minor units as a decimal text with exactly the currency's decimals.

    Examples
    --------
    >>> major_units(5_000_000_250, 3), major_units(7, 2)
    ('5000000.250', '0.07')
    """
    if minor < 0:
        raise AljabrError(f"The amount {minor} is below zero.", "Amounts to be paid are positive.")
    whole, part = divmod(minor, 10**exponent)
    return f"{whole}.{part:0{exponent}d}" if exponent else str(whole)


def _tidy(text: str) -> str:
    return text.translate(_SPACES).translate(_MARKS).strip()


def _western(text: str, kind: str) -> str:
    if not _ONE_SCRIPT.fullmatch(text):
        raise Unreadable(f"{kind}.unreadable", "Digits of two scripts are mixed.")
    return text.translate(_DIGITS)


def _without_currency(text: str, currency: str) -> str:
    folded = text.casefold()
    for word in _WORDED:
        if folded.endswith(word) and not folded[: -len(word)][-1:].isalpha():
            text = text[: -len(word)]
        elif folded.startswith(word) and not folded[len(word) :][:1].isalpha():
            text = text[len(word) :]
        else:
            continue
        if _WORDS[word] != currency:
            raise Unreadable("money.currency", f"The amount is in {_WORDS[word]}, the programme counts in {currency}.")
        return text.strip()
    return text


def _exact(bare: str, kind: str) -> Decimal:
    if _PLAIN.fullmatch(bare) or _GROUPED.fullmatch(bare):
        digits = re.sub(r"[,٬، ]", "", bare).replace("٫", ".")
        if len(digits) > _LONGEST or Decimal(digits) >= MAX_MAJOR:
            raise Unreadable("value.range", "The number is longer or larger than anything meant here.")
        return Decimal(digits)
    if _POINTED_OR_COMMA.fullmatch(bare):
        raise Unreadable(f"{kind}.{'ambiguous' if kind == 'money' else 'unreadable'}", f"{bare} can be read in two ways.")
    raise Unreadable(f"{kind}.unreadable", f"The text is not {'an amount' if kind == 'money' else 'a number'}.")
