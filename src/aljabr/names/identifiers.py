"""Telephone numbers, identity numbers and the words people write when they have no answer.

Pure functions: they return the one form to compare, or None where there is nothing to compare. They do not say that a
number exists or whose it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from aljabr.names.folding import fold
from aljabr.names.letters import words

__all__ = [
    "PhonesFound",
    "find_phones",
    "first_phone",
    "identifier",
    "is_placeholder",
    "is_rounded",
    "phone",
    "phones",
    "says_nothing",
]

# Between commas; compared folded. In any cell these say that there is no answer.
_NOTHING = (
    "لا يوجد, لايوجد, غير موجود, غير معروف, غير معروفة, غير معلوم, غير معلومة, غير متوفر, مجهول, مجهولة, مجهول الهوية, "
    "مجهولة الهوية, بلا, بدون, لا شيء, بدون اسم, لا اعرف, نامەعلووم, نەزانراو, نییە, نادیار, بێ ناو, n/a, na, none, null, nil, "
    "nan, unknown, unknown unknown, not known, not available, no name, unnamed, anonymous, unidentified, missing, tbd, nenas, "
    "nezanraw, tune"
)
# These name nobody, but may well be an answer.
_NOBODY = (
    "طفل, طفلة, رضيع, رضيعة, طفل رضيع, طفلة رضيعة, جنين, مولود, حديث الولادة, منداڵ, کۆرپە, unidentified body, test, infant, baby, "
    "child, newborn, baby boy, baby girl"
)
_SAYING_NOTHING = frozenset(fold(text.strip()) for text in _NOTHING.split(","))
_PLACEHOLDERS = _SAYING_NOTHING | {fold(text.strip()) for text in _NOBODY.split(",")}
# Strokes and dots that fill a cell left open, and one question mark, which asks; several may be letters that were lost, and a per
# cent sign or a number in a circle may be meant.
_STROKES = frozenset("._…/\\,،;؛:~*'\"`()[]«»|+=ـ−")
_ASKING = frozenset("?؟？")
_EMPTY = frozenset({"Cc", "Cf", "Pd", "Zl", "Zp", "Zs"})
_KIN_ONLY = re.compile(
    r"(?:baby|infant|child|طفل|طفله|رضيع|رضيعه|جنين|مولود)(?: (?:of|boy|girl|unknown|رضيع|رضيعه|ذكر|انثي|مجهول|مجهوله))+"
)
_EXCEL_FLOAT = re.compile(r"(?<=\d)[.,٫]0+$")
_POWER = re.compile(r"(\d)(?:[.,٫](\d+))?\s?(?:e\s?\+?|[x×*]\s?10\s?\^?\s?\+?)(\d{1,2})")
# A spreadsheet keeps fifteen digits, and shows six of a long number: what follows comes back as zeros.
_KEPT_DIGITS = 15
_ZEROS_AT_END = re.compile(r"\d{4,}0{6,}")
_FRACTION = re.compile(r"\d{6,}[.,٫]\d{1,2}")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z\u0621-\u06ff]+")
_NEVER_ISSUED = words("123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 987654321 9876543210 abc")
_IRAQ_MOBILE = re.compile(r"(?:00964|964)?0?(7\d{9})")
_IRAQ_LANDLINE = re.compile(r"(?:00964|964)0?([1-6]\d{7,8})|0([1-6]\d{7,8})")
# Between two numbers in one cell; a dash or a space may stand within a number.
_LINES = re.compile(r"[\n\r\t]+|\s{2,}")
_IN_ONE_CELL = re.compile(r"[/\\|,،;؛&]+|(?<![^\W\d])(?:و|او|and|or|û|an|يان|ve|veya)(?![^\W\d])")
# An o right before the seven was typed for a zero; like any other letter among the digits it is not read.
_MOBILE_ANYWHERE = re.compile(r"(?<!\d)(?:(?:\+\s?|00)?964[\s().\-–]*)?(?:\(?0\)?[\s.\-–]*|(?<!o))7(?:[\s().\-–]*\d){9}(?!\d)")
_PIECES = re.compile(r"\|\s*|\s[-–—]\s|(?<=\d)[-–—\s]+(?=0\d{5}|\+)")
_ABROAD = re.compile(r"(?:\+|00)([1-9]\d{7,14})")


def is_placeholder(text: str) -> bool:
    """Say whether a text stands for "nothing known" and names nobody.

    Parameters
    ----------
    text : str
        A name, a number or a cell.

    Returns
    -------
    bool
        True for blanks, dashes, "unknown" and "an infant" in Arabic, Kurdish and English, and one character repeated.

    Examples
    --------
    >>> is_placeholder("مجهول"), is_placeholder("طفل رضيع"), is_placeholder("--"), is_placeholder("علي")
    (True, True, True, False)
    """
    folded = _without_marks(text)
    bare = "".join(filter(str.isalnum, folded))
    return not bare or folded in _PLACEHOLDERS or len(set(bare)) == 1 or _KIN_ONLY.fullmatch(folded) is not None


def says_nothing(text: str) -> bool:
    """Say whether a cell of any kind has no answer: it is blank, strokes, or words that say so. Anything else may be lost.

    Examples
    --------
    >>> [says_nothing(text) for text in ("", "--", "?", "N/A", "لا يوجد", "NaN", "??", "∞", "٪", "①", "00000", "طفل")]
    [True, True, True, True, True, True, False, False, False, False, False, False]
    """
    if text.strip() in _ASKING or all(letter in _STROKES or unicodedata.category(letter) in _EMPTY for letter in text):
        return True
    return _without_marks(text) in _SAYING_NOTHING


def _without_marks(text: str) -> str:
    return " ".join(re.sub(r"[().:؟?!_]", " ", fold(text)).split())


def is_rounded(text: str) -> bool:
    """Say whether a number was rounded by a spreadsheet, so that strangers share what is left of theirs.

    Parameters
    ----------
    text : str
        A cell: ``1,98E+11``, ``2E+11``, ``1.98765 × 10^11``, a whole number that goes on in zeros after its fifteenth digit or
        ends in
        six, a long number with a fraction. A power of ten that states every digit (``1.98765432101E+11``) is not rounded.

    Examples
    --------
    >>> [is_rounded(text) for text in ("1,98E+11", "2E+11", "1.98765432101E+11", "198000000000", "199012345678")]
    [True, True, False, True, False]
    """
    folded = fold(text)
    bare = re.sub(r"[\s'-]", "", _EXCEL_FLOAT.sub("", _spelled_out(folded)))
    if _POWER.fullmatch(folded) and not bare.isdigit():
        return True
    if _FRACTION.fullmatch(bare):
        return True
    if not bare.isdigit() or len(set(bare)) == 1:
        return False
    return bool(_ZEROS_AT_END.fullmatch(bare)) or (len(bare) > _KEPT_DIGITS + 1 and not bare[_KEPT_DIGITS:].strip("0"))


def _spelled_out(folded: str) -> str:
    """Return a power of ten that states every digit as these digits; any other text as it is."""
    power = _POWER.fullmatch(folded)
    if power and len(power[2] or "") == int(power[3]):
        return power[1] + (power[2] or "")
    return folded


def identifier(text: str) -> str | None:
    """Write an identity number in the one form to compare.

    Parameters
    ----------
    text : str
        Any document's number; Eastern digits, spaces, dashes and a spreadsheet's ``.0`` are understood.

    Returns
    -------
    str or None
        ASCII digits, capital Latin and folded Arabic letters; None for a placeholder (``0000``, ``123456``, ``لا يوجد``), for
        fewer than three characters, without a digit, and for a number a spreadsheet has rounded (``1,98E+11``).

    Examples
    --------
    >>> identifier("١٩٨٧-٠٠١٢٣٤٥٦"), identifier("a 123 987"), identifier("0000"), identifier("لا يوجد")
    ('198700123456', 'A123987', None, None)
    """
    folded = fold(text)
    if is_placeholder(folded) or is_rounded(folded):
        return None
    bare = _NOT_ALPHANUMERIC.sub("", _EXCEL_FLOAT.sub("", _spelled_out(folded)))
    if len(bare) < 3 or not any(map(str.isdigit, bare)) or len(set(bare)) == 1 or bare in _NEVER_ISSUED:
        return None
    return bare.upper()


def phone(text: str) -> str | None:
    """Write a telephone number in E.164, reading one without a country code as Iraqi.

    Parameters
    ----------
    text : str
        For example ``0770 123 4567``, ``+964…``, ``00964…``, with Eastern digits, or a mobile whose zero a spreadsheet lost.

    Returns
    -------
    str or None
        ``+`` and digits; None when it is no single number, or a number of one repeated digit.

    References
    ----------
    ITU-T E.164; Iraq's national numbering plan (mobile 7x followed by eight digits).

    Examples
    --------
    >>> phone("٠٧٧٠ ١٢٣ ٤٥٦٧"), phone("00964-770-123-4567"), phone("+964 (0) 770 1234567"), phone("0000000")
    ('+9647701234567', '+9647701234567', '+9647701234567', None)
    """
    folded = _EXCEL_FLOAT.sub("", _spelled_out(fold(text)))
    digits = re.sub(r"[\s().\-–]", "", folded)
    plain = digits.removeprefix("+")
    if not plain.isdigit() or len(set(plain[-7:])) == 1:
        return None
    mobile, landline = _IRAQ_MOBILE.fullmatch(plain), _IRAQ_LANDLINE.fullmatch(plain)
    if mobile:
        return "+964" + mobile[1]
    if landline:
        return "+964" + (landline[1] or landline[2])
    abroad = _ABROAD.fullmatch(digits)
    if abroad and not abroad[1].startswith("964"):
        return "+" + abroad[1]
    return None


@dataclass(frozen=True, kw_only=True)
class PhonesFound:
    """The telephone numbers of a cell in E.164, in the order written, each once; ``beside`` is what else the cell says."""

    numbers: tuple[str, ...]
    beside: str


def find_phones(text: str) -> PhonesFound:
    """Find every telephone number of a cell, however they are parted.

    Examples
    --------
    >>> find_phones("07701112222-07901112222").numbers
    ('+9647701112222', '+9647901112222')
    >>> find_phones("07701234567 (الاخ)")
    PhonesFound(numbers=('+9647701234567',), beside='الاخ')
    """
    whole = phone(text)
    if whole is not None:
        return PhonesFound(numbers=(whole,), beside="")
    folded = _IN_ONE_CELL.sub(" | ", fold(_LINES.sub(" | ", text)))
    found: dict[str, None] = {}
    beside: list[str] = []
    for part in folded.split("|"):
        rest = _MOBILE_ANYWHERE.sub(lambda match: _kept(match[0], found), part)
        for piece in _PIECES.split(rest):
            bare = piece.strip(" .-–—:()+#*&'")
            if bare and not _kept_or_not(piece.strip(), found):
                beside.append(bare)
    digits = re.sub(r"\D", "", folded)
    numbers = tuple(sorted(found, key=lambda number: digits.find(number[-7:])))
    return PhonesFound(numbers=numbers, beside=" ".join(_without_numbering(beside, len(numbers))))


def _without_numbering(beside: list[str], count: int) -> list[str]:
    """Return what stands beside several numbers without their places in a list: 1- 0770… 2- 0780…"""
    places = [word for word in beside if word.isdigit() and len(word) == 1]
    if count < 2 or places != [str(place) for place in range(1, count + 1)]:
        return beside
    return [word for word in beside if word not in places]


def first_phone(text: str) -> str | None:
    """Return the first telephone number of a cell in E.164, None when it holds none.

    Examples
    --------
    >>> first_phone("0770 123 4567 / 07501234568")
    '+9647701234567'
    """
    return next(iter(find_phones(text).numbers), None)


def phones(text: str) -> tuple[str, ...]:
    """Return every telephone number of a cell in E.164, in the order written, each once.

    Examples
    --------
    >>> phones("0770 123 4567 / 07501234568")
    ('+9647701234567', '+9647501234568')
    >>> phones("0770-123-4567"), phones("لا يوجد")
    (('+9647701234567',), ())
    """
    return find_phones(text).numbers


def _kept(written: str, found: dict[str, None]) -> str:
    """Keep a number that was found and leave a border in its place; leave what is no number as it is."""
    return " | " if _kept_or_not(written, found) else written


def _kept_or_not(written: str, found: dict[str, None]) -> bool:
    number = phone(written)
    if number is not None:
        found.setdefault(number)
    return number is not None
