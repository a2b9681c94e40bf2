"""What is wrong with a name, an age or a column of names, graded, so that a bad value is counted and kept out of
comparison, never dropped.

``unusable``: nobody is named; the value may not bring two records together. ``weak``: something is named but too little
to go by. ``odd``: it may be right and deserves a look. The value itself stays as it is. Columns are judged by shares of
their values, because a single village name may be a surname and a single number a slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from aljabr.names.folding import fold
from aljabr.names.identifiers import is_placeholder
from aljabr.names.letters import words
from aljabr.names.places import resolve_place
from aljabr.names.words import name_words

__all__ = ["ColumnDoubt", "Doubt", "age_doubt", "column_doubts", "name_doubts"]

Grade = Literal["unusable", "weak", "odd"]

OLDEST = 120
_MOST_WORDS = 9
_MIXED = re.compile(r"[\u0620-\u06ff]")
_LATIN = re.compile(r"[a-z]", re.IGNORECASE)
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}|https?://", re.IGNORECASE)
_DIGITS = re.compile(r"\d")
_MOJIBAKE = re.compile("[ØÙÚÛ][\u0080-\u00bf§©®±¹²³µ¶·¸º»¼½¾]|\ufffd|\\?{3,}")
_ADDRESS = words(
    "حي محله زقاق دار شارع قريه قضاء ناحيه محافظه مجمع مخيم عماره قرب مقابل كم street st quarter mahalla district "
    "village camp near block "
    "house building گەڕەك گەرەك گوندي كەمپي شەقام taxa gund kolan"
)
_KIN_OF = words(
    "ابن بنت زوجه ارمله والده والد اخت اخ عم خال ام طفل رضيع زوج son daughter wife widow mother father brother sister "
    "child baby infant of"
)
_TEST = re.compile(
    r"(?:test|تجربه|تجريب|demo|sample|asdf\w*|qwert\w*|xxx+|aaa+|name|اسم|الاسم|ناو|nav)\d*(?: (?:test|تجربه|name|\d+))*"
)
_ORGANISATION = words(
    "شركه موسسه جمعيه منظمه مصرف وزاره مديريه دائره company ltd ministry directorate bank organization ngo كۆمپانيا رێكخراو"
)


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """One thing wrong with one value.

    Parameters
    ----------
    code : str
        ``name.empty``, ``name.placeholder``, ``name.test``, ``name.number``, ``name.contact``, ``name.garbled``,
        ``name.one_letter``, ``name.initials``, ``name.one_word``, ``name.kin_of``, ``name.address``,
        ``name.organisation``, ``name.too_long``, ``name.two_scripts``, ``name.digits``, ``age.negative``,
        ``age.impossible``, ``age.not_whole``, ``age.not_number``.
    grade : {"unusable", "weak", "odd"}
        How far to keep the value out of comparison.
    """

    code: str
    grade: Grade


@dataclass(frozen=True, kw_only=True)
class ColumnDoubt:
    """One thing wrong with a column.

    The codes are ``column.addresses``, ``column.numbers``, ``column.names_as_ids``, ``column.placeholders`` or
    ``column.repeated``, and the share of its values that say so.
    """

    code: str
    share: float


def name_doubts(text: str | None) -> tuple[Doubt, ...]:
    """Return what is wrong with a person's full name, gravest first.

    Parameters
    ----------
    text : str or None
        The name as written.

    Returns
    -------
    tuple of Doubt
        Empty for a name that may be compared. When one is ``unusable`` it is the only one.

    Examples -------- >>> [name_doubts(text)[0].code for text in ("", "مجهول", "طفل رضيع", "م", "07701234567", "test",
    "محمد")]  # doctest: +NORMALIZE_WHITESPACE ['name.empty', 'name.placeholder', 'name.placeholder', 'name.one_letter',
    'name.number', 'name.test', 'name.one_word']
    >>> name_doubts("محمد علي حسين")
    ()
    """
    folded = " ".join(re.sub(r"[^\w\s@.]", " ", fold(text or "")).split())
    unusable = _unusable(text or "", folded)
    if unusable:
        return (Doubt(code=unusable, grade="unusable"),)
    found = [Doubt(code=code, grade="weak") for code in _weak(folded, text or "")]
    found += [Doubt(code=code, grade="odd") for code in _odd(folded)]
    return tuple(found)


def _unusable(text: str, folded: str) -> str | None:
    letters = re.sub(r"[\W\d_]", "", folded)
    if not folded:
        return "name.empty" if not text.strip() else "name.placeholder"
    if _EMAIL.search(text):
        return "name.contact"
    if _MOJIBAKE.search(text):
        return "name.garbled"
    if not letters:
        return "name.number"
    if len(letters) == 1:
        return "name.one_letter"
    if is_placeholder(text) or is_placeholder(folded) or is_placeholder(re.sub(r"\d+", "", folded)):
        return "name.placeholder"
    if _TEST.fullmatch(folded):
        return "name.test"
    return "name.number" if len(letters) * 2 < len(re.sub(r"\W", "", folded)) else None


def _weak(folded: str, text: str) -> Iterable[str]:
    tokens = folded.split()
    parts = name_words(text)
    if _looks_like_address(tokens):
        yield "name.address"
    if tokens[0] in _KIN_OF and len(tokens) > 1 and tokens[0] not in {"ام", "of"}:
        yield "name.kin_of"
    if parts and all(part.part == "initial" for part in parts):
        yield "name.initials"
    elif len(parts) < 2:
        yield "name.one_word"


def _odd(folded: str) -> Iterable[str]:
    tokens = folded.split()
    if len(tokens) > _MOST_WORDS:
        yield "name.too_long"
    if set(tokens) & _ORGANISATION:
        yield "name.organisation"
    if _MIXED.search(folded) and _LATIN.search(folded):
        yield "name.two_scripts"
    if _DIGITS.search(folded):
        yield "name.digits"


def _looks_like_address(tokens: Sequence[str]) -> bool:
    said = sum(token in _ADDRESS for token in tokens)
    return said > 1 or (said == 1 and (tokens[0] in _ADDRESS or any(map(str.isdigit, tokens))))


def age_doubt(age: str | float | None) -> Doubt | None:
    """Return what is wrong with an age in years, None when nothing is or none is given.

    Examples
    --------
    >>> age_doubt(-1).code, age_doubt(250).code, age_doubt(34), age_doubt("٣٤"), age_doubt("2.5").code
    ('age.negative', 'age.impossible', None, None, 'age.not_whole')
    """
    if age is None or (isinstance(age, str) and not age.strip()):
        return None
    try:
        value = float(fold(str(age)))
    except ValueError:
        return Doubt(code="age.not_number", grade="unusable")
    if value < 0:
        return Doubt(code="age.negative", grade="unusable")
    if not value <= OLDEST:
        return Doubt(code="age.impossible", grade="unusable")
    return None if value == int(value) else Doubt(code="age.not_whole", grade="odd")


def column_doubts(values: Sequence[str | None], *, meant: Literal["name", "identifier"]) -> tuple[ColumnDoubt, ...]:
    """Return what is wrong with a column of names or of identity numbers.

    Parameters
    ----------
    values : sequence of str or None
        Values of the column, or a sample of them; empty ones are passed over.
    meant : {"name", "identifier"}
        What the column is taken for.

    Returns
    -------
    tuple of ColumnDoubt
        For names: more than half are addresses or places, numbers or placeholders, or one value stands in more than half of the
        rows. For identifiers: more than half are names or placeholders.
    """
    given = [value for value in values if value and value.strip()]
    if not given:
        return ()
    tests = {"column.addresses": _is_address, "column.numbers": _is_number, "column.placeholders": is_placeholder}
    if meant == "identifier":
        tests = {"column.names_as_ids": _is_words, "column.placeholders": is_placeholder}
    shares = {code: sum(map(test, given)) / len(given) for code, test in tests.items()}
    if meant == "name" and len(given) >= 10:
        shares["column.repeated"] = max(map(given.count, set(given[:50]))) / len(given)
    return tuple(ColumnDoubt(code=code, share=round(share, 4)) for code, share in shares.items() if share > 0.5)


def _is_address(value: str) -> bool:
    return _looks_like_address(fold(value).replace("/", " ").split()) or resolve_place(value).how in {"code", "name"}


def _is_number(value: str) -> bool:
    return not any(map(str.isalpha, value))


def _is_words(value: str) -> bool:
    return not any(map(str.isdigit, value)) and not is_placeholder(value)
