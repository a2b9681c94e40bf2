"""Telephone numbers, identity numbers and the words people write when they have no answer.

Pure functions: they return the one form to compare, or None where there is nothing to compare. They do not say that a
number exists or whose it is.
"""

from __future__ import annotations

import re

from aljabr.names.folding import fold
from aljabr.names.letters import words

__all__ = ["identifier", "is_placeholder", "phone", "phones"]

# Between commas; compared folded.
_NOBODY = (
    "لا يوجد, لايوجد, غير موجود, غير معروف, غير معروفة, غير معلوم, غير معلومة, غير متوفر, مجهول, مجهولة, مجهول الهوية, "
    "مجهولة الهوية, بلا, بدون, لا شيء, بدون اسم, لا اعرف, طفل, طفلة, رضيع, رضيعة, طفل رضيع, طفلة رضيعة, جنين, مولود, "
    "حديث الولادة, نامەعلووم, نەزانراو, نییە, نادیار, بێ ناو, منداڵ, کۆرپە, n/a, na, none, null, nil, nan, unknown, "
    "unknown unknown, not known, not available, no name, unnamed, anonymous, unidentified, unidentified body, missing, tbd, test, "
    "infant, baby, child, newborn, baby boy, baby girl, nenas, nezanraw, tune"
)
_PLACEHOLDERS = frozenset(fold(text.strip()) for text in _NOBODY.split(","))
_KIN_ONLY = re.compile(
    r"(?:baby|infant|child|طفل|طفله|رضيع|رضيعه|جنين|مولود)(?: (?:of|boy|girl|unknown|رضيع|رضيعه|ذكر|انثي|مجهول|مجهوله))+"
)
_EXCEL_FLOAT = re.compile(r"(?<=\d)\.0+$")
_NOT_ALPHANUMERIC = re.compile(r"[^0-9a-z\u0621-\u06ff]+")
_NEVER_ISSUED = words("123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 987654321 9876543210 abc")
_IRAQ_MOBILE = re.compile(r"(?:00964|964)?0?(7\d{9})")
_IRAQ_LANDLINE = re.compile(r"(?:00964|964)0?([1-6]\d{7,8})|0([1-6]\d{7,8})")
# Between two numbers in one cell; a dash or a space may stand within a number.
_NEXT_NUMBER = re.compile(r"[/\\|,،;؛\n]+|\s(?:و|او|أو|and|or|û|an|یان)\s|\s{2,}")
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
    folded = " ".join(re.sub(r"[().:؟?!_]", " ", fold(text)).split())
    bare = "".join(filter(str.isalnum, folded))
    return not bare or folded in _PLACEHOLDERS or len(set(bare)) == 1 or _KIN_ONLY.fullmatch(folded) is not None


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
        fewer than three characters, without a digit, and for a number a spreadsheet has rounded (``1.98E+11``).

    Examples
    --------
    >>> identifier("١٩٨٧-٠٠١٢٣٤٥٦"), identifier("a 123 987"), identifier("0000"), identifier("لا يوجد")
    ('198700123456', 'A123987', None, None)
    """
    folded = fold(text)
    if is_placeholder(folded) or re.fullmatch(r"\d\.\d+e\+?\d+", folded):
        return None
    bare = _NOT_ALPHANUMERIC.sub("", _EXCEL_FLOAT.sub("", folded))
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
    folded = _EXCEL_FLOAT.sub("", fold(text))
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


def phones(text: str) -> tuple[str, ...]:
    """Return every telephone number of a cell in E.164, in the order written, each once.

    Examples
    --------
    >>> phones("0770 123 4567 / 07501234568")
    ('+9647701234567', '+9647501234568')
    >>> phones("0770-123-4567"), phones("لا يوجد")
    (('+9647701234567',), ())
    """
    whole = phone(text)
    if whole is not None:
        return (whole,)
    found = (phone(part) for part in _NEXT_NUMBER.split(text) if part.strip())
    return tuple(dict.fromkeys(number for number in found if number is not None))
