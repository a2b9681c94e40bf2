"""Reads amounts of money and plain numbers exactly, or says why not; writes amounts. Every door of the house uses it.

Nothing is rounded and nothing is guessed. In order: 1. spaces, marks of direction and the digits' script (Western, Arabic, Eastern
Arabic, full width; never mixed) are made one; 2. the currency, words such as *only* and closing marks (``/-``, ``=``) are taken
off; 3. words for thousand and million count where digits stand before them; 4. the separators are told apart.

Two kinds of separator (``1.250,50``) or one kind twice (``12.500.000``) can mean one thing only. One point before three digits, or
one comma before another number of digits, can mean two: refused, unless the caller states which of them is the ``decimal`` mark.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Literal

from aljabr.errors import AljabrError

__all__ = [
    "MAX_MAJOR",
    "DecimalMark",
    "Unreadable",
    "heading_of_money",
    "major_units",
    "money_text",
    "read_money",
    "read_number",
    "western_digits",
]

DecimalMark = Literal["", "comma", "point"]
MAX_MAJOR = 10**14
_LONGEST, _LONGEST_TEXT = 25, 200
# What a word may mean; a programme's own currency is never refused for a word it shares with another.
_CURRENCIES: dict[str, str] = {
    "IQD": "iqd|id|iraqi dinars|iraqi dinar|dinarên iraqê|dinarê iraqê|irak dinarı|دينار عراقي|دنانير عراقية|دينارا عراقيا"
    "|دیناری عێراقی|د.ع.|د.ع|دع|ع.د",
    "IQD KWD JOD BHD LYD TND DZD": "دينار|دنانير|دينارا|دینار|dînar|dinar|dinars",
    "KWD": "kwd|kuwaiti dinar|kuwaiti dinars|دينار كويتي|د.ك",
    "JOD": "jod|jordanian dinar|jordanian dinars|دينار أردني|د.أ",
    "BHD": "bhd|دينار بحريني",
    "USD": "usd|us$|us dollar|us dollars|دولار أمريكي|دولار اميركي|dolarê amerîkî",
    "USD CAD AUD": "$|dollar|dollars|dolar|دولار|دولارات|دۆلار",
    "EUR": "eur|€|euro|euros|يورو|یۆرۆ|avro",
    "GBP": "gbp|£|pound|pounds|sterling|جنيه استرليني",
    "TRY": "try|tl|₺|türk lirası|turkish lira|ليرة تركية",
    "TRY SYP LBP": "lira|liras|ليرة|ليرات|لیرە",
    "SYP": "syp|ليرة سورية",
    "IRR": "irr|تومان|تمەن|تمن|toman|ريال إيراني",
    "SAR": "sar|ريال سعودي|ريال",
    "EGP": "egp|جنيه|جنيه مصري",
    "AED": "aed|درهم",
}
_SCALES: dict[int, str] = {
    1_000: "ألف|آلاف|الف|الاف|ألفا|هەزار|هزار|hezar|thousand|thousands|bin|k",
    1_000_000: "مليون|ملايين|مليونا|ملیۆن|ملیون|میلیۆن|ملوێن|milyon|mîlyon|melyon|million|millions|mln|mio",
    1_000_000_000: "مليار|مليارات|ملیار|milyar|mîlyar|milliard|billion",
}
_FRACTIONS: dict[str, str] = {"0.5": "نصف|نيو|نیو|nîv|half|buçuk", "0.25": "ربع|چارەک|çarek|quarter"}
_FILLERS = "فقط|لا غير|لاغير|لا غيرها|مبلغ|مبلغ قدره|بس|تەنها|تەنیا|only|total|sum|amount|yalnız|tenê|bi tenê"
_JOINING = frozenset({"و", "u", "and", "ve"})
_SCRIPTS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９")
_DIGITS = {ord(digit): str(value) for script in _SCRIPTS for value, digit in enumerate(script)}
_SPACES = dict.fromkeys(map(ord, "\t\u00a0\u202f\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u3000"), " ")
_UNSEEN = dict.fromkeys([0x061C, 0x0640, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202E), *range(0x2066, 0x206A)])
_TURNED = "\u202e"  # shows digits backwards: what was seen is not what is stored
_SIGNS = str.maketrans("−–—،，．’‘ʼ＋٪％", "---,,.'''+%%")
_LETTERS = str.maketrans("یکەھۀةىۆێڕڵچ" + "ı", "يكههههيويرلچ" + "i")
_FAST = re.compile(r"[0-9]{1,14}(?:\.[0-9]{1,2})?")
_NUMBER = re.compile(r"[0-9]+(?:[.,٫٬' ][0-9]+)*")
_OPENING = re.compile(r"^(?:-/|=|#|\*+) ?(?=[0-9])")
_CLOSING = re.compile(r" ?/[-=]+$|(?<=[0-9]) ?(?:-/|=+|#|\*+|[.,]-{1,2}|\.)$")
_PARTS = re.compile(r"(?P<number>[0-9][0-9.,٫٬' ]*[0-9]|[0-9])|(?P<word>[^\W\d_]+)|(?P<plus>\+)|(?P<space> )|(?P<other>.)")
_ROUNDED = re.compile(r"[0-9.,]+ ?(?:e|x ?10 ?\^|\* ?10 ?\^) ?[+-]?[0-9]+")
_HEADING_PARTS = re.compile(r"[\s()\[\]{}/:,;|_]+|(?<=[^\W\d_])(?=[$€£₺])|(?<=[$€£₺])(?=[^\W\d_])")
# "in" before a currency or a thousand in an Arabic heading, with the article.
_WITH = ("ب", "بال", "ال")
_PER_CENT = re.compile(r"^% ?|(?<=[0-9]) ?(?:%|percent|per cent|pct|بالمييه|بالمايه|بالميه|في الميه|في المايه)$")


class Unreadable(Exception):
    """A value that cannot be taken: a key of ``REASONS`` and one sentence."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def read_money(text: str, *, currency: str, exponent: int, decimal: DecimalMark = "", numeric: bool = False) -> int:
    """Return an amount in minor units.

    Parameters
    ----------
    text : str
        As written; may name the currency before or after.
    currency : str
        ISO code of the programme's currency; another one named in the text is refused.
    exponent : int
        Decimal places of the minor unit (IQD 3, USD 2).
    decimal : {"", "comma", "point"}
        The mark before decimals, where the source is known to use one; then it is not ambiguous.
    numeric : bool
        Whether the text may be a number of a spreadsheet or of JSON, which has a point whatever ``decimal`` says.

    Raises
    ------
    Unreadable
        When the text is no amount, is negative, ambiguous, in another currency or finer than the minor unit.

    Examples
    --------
    >>> read_money("١٬٢٣٤٫٥٠", currency="USD", exponent=2), read_money("12,500,000/-", currency="IQD", exponent=3)
    (123450, 12500000000)
    >>> read_money("3 ملايين و 500 ألف دينار", currency="IQD", exponent=3)
    3500000000
    """
    plain = not decimal and _FAST.fullmatch(text)
    value = Decimal(text) if plain else _amount(text, currency, decimal, numeric=numeric)
    minor = value.scaleb(exponent)
    if minor != minor.to_integral_value():
        raise Unreadable("money.decimals", f"{currency} has {exponent} decimal places.")
    return int(minor)


def read_number(text: str, *, decimal: DecimalMark = "", numeric: bool = False) -> Decimal:
    """Return a plain number with at most six decimals; a per cent sign before or after it is dropped.

    A single point is always the decimal mark here, unless ``decimal`` says otherwise.

    Raises
    ------
    Unreadable
        When the text is no such number.

    Examples
    --------
    >>> read_number("٦٢٫٥ ٪"), read_number("62,5", decimal="comma")
    (Decimal('62.5'), Decimal('62.5'))
    """
    folded = _folded(text, "number")
    bare = _PER_CENT.sub("", folded, count=1).removeprefix("+")
    unsigned = bare.removeprefix("-")
    if _ROUNDED.fullmatch(unsigned):
        raise Unreadable("number.unreadable", "The number is shortened: digits may be lost; write all of them.")
    value = _exact(unsigned, "number", decimal, numeric=numeric) * (1 if unsigned == bare else -1)
    if value != round(value, 6):
        raise Unreadable("number.unreadable", "A number has at most six decimals.")
    return value


def western_digits(text: str) -> str:
    """Return a text with the digits of every script a keyboard here writes as Western ones.

    Examples
    --------
    >>> western_digits("٢٠٢٤-۰۱")
    '2024-01'
    """
    return text.translate(_DIGITS)


def major_units(minor: int, exponent: int) -> str:
    """Return minor units as a decimal text with exactly the currency's decimals, for machines.

    Examples
    --------
    >>> major_units(5_000_000_250, 3), major_units(7, 2)
    ('5000000.250', '0.07')
    """
    if minor < 0:
        raise AljabrError(f"The amount {minor} is below zero.", "Amounts to be paid are positive.")
    whole, part = divmod(minor, 10**exponent)
    return f"{whole}.{part:0{exponent}d}" if exponent else str(whole)


def money_text(minor: int, *, exponent: int) -> str:
    """Return an amount in major units for people: thousands told apart, decimals only when there are any, and then all of them.

    Examples
    --------
    >>> money_text(5_000_000_000, exponent=3), money_text(1250, exponent=2), money_text(-250_500, exponent=3)
    ('5,000,000', '12.50', '−250.500')
    """
    whole, rest = divmod(abs(minor), 10**exponent)
    sign = "−" if minor < 0 else ""
    return f"{sign}{whole:,}" + (f".{rest:0{exponent}d}" if rest else "")


def _amount(text: str, currency: str, decimal: DecimalMark, *, numeric: bool) -> Decimal:
    bare = _bare(_folded(text, "money"), currency)
    if bare.startswith("-") or bare.endswith("-") or (bare.startswith("(") and bare.endswith(")")):
        raise Unreadable("money.negative", "An amount cannot be below zero.")
    if _ROUNDED.fullmatch(bare):
        raise Unreadable("money.unreadable", "The amount is shortened: digits may be lost; write all of them.")
    if any(map(str.isalpha, bare)):
        return _in_words(bare, decimal)
    return _exact(bare, "money", decimal, numeric=numeric)


def _folded(text: str, kind: str) -> str:
    """Return the text as it is compared: one kind of digit, space and sign, small letters without their marks."""
    if len(text) > _LONGEST_TEXT:
        raise Unreadable("value.range", "The number is longer or larger than anything meant here.")
    if _TURNED in text:
        raise Unreadable(f"{kind}.unreadable", "The text is turned round, so that its digits show backwards.")
    if sum(any(digit in text for digit in script) for script in _SCRIPTS) > 1:
        raise Unreadable(f"{kind}.unreadable", "Digits of two scripts are mixed.")
    plain = text.translate(_SPACES).translate(_UNSEEN).translate(_SIGNS).translate(_DIGITS)
    return re.sub(" +", " ", _letters(plain)).strip(" ")


def _letters(text: str) -> str:
    parts = unicodedata.normalize("NFD", text.casefold().translate(_LETTERS))
    return "".join(part for part in parts if unicodedata.category(part) != "Mn").translate(_LETTERS)


def _table(words: dict[str, str]) -> dict[str, str]:
    return {_letters(word): key for key, listed in words.items() for word in listed.split("|")}


_MEANT = _table(_CURRENCIES)
_TIMES = {_letters(word): value for value, listed in _SCALES.items() for word in listed.split("|")}
_PART_OF = _table(_FRACTIONS)
_TAKEN_OFF = sorted({*_MEANT, *map(_letters, _FILLERS.split("|"))}, key=len, reverse=True)


def heading_of_money(heading: str, currency: str) -> None:
    """Refuse amounts under a heading that counts them in another currency, or in thousands or millions.

    Parameters
    ----------
    heading : str
        What stands above the amounts (``Amount ($)``, ``المبلغ بالملايين``).
    currency : str
        ISO code of the programme's currency.

    Raises
    ------
    Unreadable
        ``money.currency`` or ``money.ambiguous``.

    Examples
    --------
    >>> heading_of_money("Amount claimed (IQD)", "IQD")
    >>> heading_of_money("المبلغ بالدولار", "IQD")
    Traceback (most recent call last):
        ...
    aljabr.money.Unreadable: The heading says that amounts are in USD; the programme counts in IQD.
    """
    words = [word for word in _HEADING_PARTS.split(_folded(heading, "money")) if word]
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    for word in (*pairs, *words, *(word.removeprefix(before) for word in words for before in _WITH)):
        meant = "" if len(word) == 1 and word.isalpha() else _MEANT.get(word, "")
        if meant and currency not in meant.split() and word != currency.casefold():
            raise Unreadable(
                "money.currency", f"The heading says that amounts are in {meant.split()[0]}; the programme counts in {currency}."
            )
        if word in _TIMES and len(word) > 1:
            raise Unreadable("money.ambiguous", f"The heading says {word!r}: write each amount whole, or with that word beside it.")


def _bare(text: str, currency: str) -> str:
    """Return what is left without currency, filling words and closing marks at either end."""
    while True:
        shorter = _CLOSING.sub("", _OPENING.sub("", _without_word(text, currency).removeprefix("+").strip(" ")))
        if shorter == text:
            return text
        text = shorter


def _without_word(text: str, currency: str) -> str:
    own = currency.casefold()
    for word in (own, *_TAKEN_OFF):
        if text.endswith(word) and not (word[0].isalpha() and text[: -len(word)][-1:].isalpha()):
            text = text[: -len(word)]
        elif text.startswith(word) and not (word[-1].isalpha() and text[len(word) :][:1].isalpha()):
            text = text[len(word) :]
        else:
            continue
        meant = _MEANT.get(word, currency).split()
        if word != own and currency not in meant:
            raise Unreadable("money.currency", f"The amount is in {meant[0]}, the programme counts in {currency}.")
        return text.strip(" ")
    return text


def _in_words(text: str, decimal: DecimalMark) -> Decimal:
    """Return an amount with words for thousand, million or billion, each after digits and each smaller than the one before."""
    tokens = [(match.lastgroup or "", match[0]) for match in _PARTS.finditer(text) if match.lastgroup not in ("space", "plus")]
    words = [word for kind, word in tokens if kind == "word"]
    if not any(kind == "number" for kind, _ in tokens):
        known = any(word in _TIMES for word in words)
        raise Unreadable("money.unreadable", "The amount is in words; write digits." if known else "The text is not an amount.")
    total, scale = Decimal(0), 0
    place = 0
    while place < len(tokens):
        place += tokens[place][1] in _JOINING and 0 < place < len(tokens) - 1
        added, scale, used = _next_part(tokens[place:], scale, decimal)
        total, place = total + added, place + used
    if total >= MAX_MAJOR:
        raise Unreadable("value.range", "The number is longer or larger than anything meant here.")
    return total


def _next_part(tokens: Sequence[tuple[str, str]], before: int, decimal: DecimalMark) -> tuple[Decimal, int, int]:
    """Return what the next part adds, its scale, and how many tokens it took."""
    (kind, written), words = tokens[0], [word for _, word in tokens[1:3]]
    if kind == "word" and before > 1 and len(tokens) == 1:  # 2 milyon û nîv
        return before * _fraction(written), 1, 1
    if kind != "number":
        raise Unreadable("money.unreadable", "The text is not an amount.")
    if words and words[0] in _TIMES:
        return _scaled(written, words[0], before, decimal), _TIMES[words[0]], 2
    if len(words) == 2 and words[0] in _PART_OF and words[1] in _TIMES and not before:  # 2 buçuk milyon
        return _scaled(written, words[1], 0, decimal) + _TIMES[words[1]] * _fraction(words[0]), 1, 3
    if not words and before == 1_000 and written.isdigit() and int(written) < before:
        return Decimal(written), 1, 1
    if not words and before:
        raise Unreadable("money.ambiguous", f"{written} after a word for thousand or million can be read in two ways.")
    raise Unreadable("money.unreadable", "The text is not an amount.")


def _fraction(word: str) -> Decimal:
    found = _PART_OF.get(word) or _PART_OF.get(word.removeprefix("و"))
    if not found:
        raise Unreadable("money.unreadable", "The text is not an amount.")
    return Decimal(found)


def _scaled(written: str, word: str, before: int, decimal: DecimalMark) -> Decimal:
    scale = _TIMES[word]
    try:
        value = _exact(written, "money", decimal)
    except Unreadable as refused:
        reason = refused.reason.replace("write it without a point", "write all digits")
        raise Unreadable(refused.code, re.sub(r"(write [0-9]+\.[0-9]+)", rf"\1 {word}", reason)) from None
    grouped = value == value.to_integral_value() and not re.fullmatch(r"[0-9]+(?:[.,٫]0)?", written)
    if grouped or (before and value * scale >= before):
        raise Unreadable("money.ambiguous", f"{written} {word} can be read in two ways; write all digits.")
    return value * scale


def _exact(bare: str, kind: str, decimal: DecimalMark = "", *, numeric: bool = False) -> Decimal:
    """Return the number that digits and separators spell, when it is one number only."""
    if not _NUMBER.fullmatch(bare):
        raise Unreadable(f"{kind}.unreadable", f"The text is not {'an amount' if kind == 'money' else 'a number'}.")
    groups, marks = re.split(r"[.,٫٬' ]", bare), re.findall(r"[.,٫٬' ]", bare)
    decimals = _decimals(groups, marks, kind, decimal, numeric=numeric) if marks else False
    whole, part = ("".join(groups[:-1]), groups[-1]) if decimals else ("".join(groups), "")
    if len(whole) + len(part) > _LONGEST or Decimal(whole) >= MAX_MAJOR:
        raise Unreadable("value.range", "The number is longer or larger than anything meant here.")
    return Decimal(f"{whole}.{part}" if part else whole)


def _decimals(groups: list[str], marks: list[str], kind: str, decimal: DecimalMark, *, numeric: bool) -> bool:
    """Say whether the last group stands for decimals; refuse what can mean two numbers, or none."""
    last, kinds = marks[-1], set(marks)
    if len(kinds) == 1 and len(marks) > 1:
        return _thousands(groups, kind)
    if len(kinds) == 2 and marks.count(last) == 1 and last in ".,٫" and "٫" not in marks[:-1]:
        if last != "٫" and decimal and last != _mark(decimal):
            raise _ambiguous(f"{_mark(decimal)} is stated to be the decimal mark here.", kind)
        _thousands(groups[:-1], kind)
        return True
    if len(marks) > 1:
        raise Unreadable(f"{kind}.unreadable", "The separators do not tell thousands from decimals.")
    if last in "٬' ":
        return _thousands(groups, kind)
    return _single(groups, last, kind, decimal, numeric=numeric)


def _single(groups: list[str], mark: str, kind: str, decimal: DecimalMark, *, numeric: bool) -> bool:
    """Say the same of the one separator of a number that has only one: a point, a comma, an Arabic decimal mark."""
    in_threes = _in_threes(groups)
    if decimal == ("comma" if mark == "," else "point") or (mark == "٫" and (decimal or kind == "number")):
        return True
    if decimal:
        if numeric and mark == "." and not (in_threes and groups[-1].endswith("0")):  # no stored number ends in a zero
            if in_threes:
                raise _two_ways(groups, kind)
            return True
        return _thousands(groups, kind)
    if mark == ",":
        if in_threes:
            return False
        point = f"{groups[0]}.{groups[1]}"
        raise _ambiguous(
            f"{groups[0]},{groups[1]} may have a decimal comma; write {point}, or state decimal: comma in the mapping.", kind
        )
    if in_threes and kind == "money":
        raise _two_ways(groups, kind)
    return True


def _two_ways(groups: list[str], kind: str) -> Unreadable:
    whole, part = "".join(groups), groups[1].rstrip("0")
    small = f"{groups[0]}.{part}" if part else groups[0]
    return _ambiguous(f"{groups[0]}.{groups[1]} may mean {whole} or {small}; write it without a point.", kind)


def _ambiguous(reason: str, kind: str) -> Unreadable:
    return Unreadable("money.ambiguous" if kind == "money" else "number.unreadable", reason)


def _thousands(groups: list[str], kind: str) -> bool:
    if not _in_threes(groups):
        raise _ambiguous("The groups of digits are not thousands; write it without separators.", kind)
    return False


def _in_threes(groups: list[str]) -> bool:
    return len(groups[0]) <= 3 and not (len(groups) > 1 and groups[0].startswith("0")) and all(len(one) == 3 for one in groups[1:])


def _mark(decimal: DecimalMark) -> str:
    return "," if decimal == "comma" else "."
