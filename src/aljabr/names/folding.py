"""One way of writing a text: compatibility forms, marks, invisible characters, digits and letter variants are folded.

Order of ``fold``: 1. Unicode NFKC (presentation forms, lam-alef ligatures, full width); 2. the old Kurdish heh with a
non-joiner becomes the vowel ە; 3. diacritics, tatweel, joiners, direction marks and quotes go; 4. Eastern and Persian
digits become ASCII; 5. letter variants (:data:`~aljabr.names.letters.SPELLING_VARIANTS`) become one; 6. lower case, single
spaces. ``repair`` does 1 to 4 and mends only damage whose cause is certain; it keeps hamza and case. Neither guesses
between two real names (صالح and صلاح): those meet in :func:`aljabr.names.key`. Callers keep the original.
"""

from __future__ import annotations

import re
import unicodedata

from aljabr.names.letters import SPELLING_VARIANTS

_DIGITS = {ord(digit): str(value) for row in ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹") for value, digit in enumerate(row)}
_QUOTES = "'`´‘’‚‛“”\"ʼʽʾʿˈ′″׳״«»"
_INVISIBLE = (
    "\u0640\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
# Vowel signs, superscript alef and Quranic marks; hamza and madda are already on their letters after NFKC.
_MARKS = ((0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06DC), (0x06DF, 0x06E8), (0x06EA, 0x06ED))
_CLEANED: dict[int, str | None] = {
    **dict.fromkeys(code for first, last in _MARKS for code in range(first, last + 1)),
    **dict.fromkeys(map(ord, _INVISIBLE + _QUOTES)),
    **_DIGITS,
}
_VARIANTS = {ord(variant): kept for variant, kept in SPELLING_VARIANTS.items()}
_KURDISH_HEH = re.compile("[هہھ]\u200c")
# At the start of a Sorani word ئ only carries its vowel: ئەحمەد, ئاراس, ئیبراهیم.
_SORANI_HAMZA = re.compile(r"\bئ[اە]?")

# Damage of PDF extraction that can mean one thing only, mended in this order. A lam-alef ligature comes out as alef-lam,
# the ligature of Allah with its heh first, and the final yeh of some fonts twice or with a stray letter.
_REPAIRS = tuple(
    (re.compile(damaged), mended)
    for damaged, mended in (
        (r"هللا\b", "الله"),
        (r"اهلل\b", "الله"),
        (r"ا([أإآ])ل", r"ال\1"),
        (r"\b([أآ])ال", r"\1لا"),
        (r"\bاال(?!ل)", "الا"),
        (r"(\bأ?ا?بو)اال(?!ل)", r"\1الا"),
        (r"اال\b", "الا"),
        (r"(?<=\w)الء\b", "لاء"),
        (r"\b(و?)الن([اى])\b", r"\1لان\2"),
        (r"\bالر([اى])\b", r"لار\1"),
        (r"\bالف([يى])\b", r"لاف\1"),
        (r"\bفلاير\b", "فريال"),
        (r"[ىی]ي\b", "ي"),
        (r"(?<=\w[سمنع])يرن\b", "ين"),
        (r"انني\b", "اني"),
    )
)
# A cheap look that lets most tokens pass: every pattern above holds one of these.
_SUSPECT = re.compile("هلل|اهلل|ا[أإآا]ل|[أآ]ال|الء|الن[اى]|الر[اى]|الف[يى]|لاير|[ىی]ي|يرن|انني")


def clean(text: str) -> str:
    """Return the text in NFKC without marks, tatweel, invisible characters and quotes, with ASCII digits and single spaces."""
    if text.isascii() and text.isalnum():
        return text
    if not text.isascii():
        text = _KURDISH_HEH.sub("ە", unicodedata.normalize("NFKC", text))
    return " ".join(text.translate(_CLEANED).split())


def fold_letters(cleaned: str) -> str:
    """Return cleaned text in lower case with every letter variant written in its one kept form."""
    if "ئ" in cleaned:
        cleaned = _SORANI_HAMZA.sub("ا", cleaned)
    return cleaned.lower().translate(_VARIANTS)


def fold(text: str) -> str:
    """Write a text in its one folded form, for looking up codes, placeholders and equal spellings.

    Parameters
    ----------
    text : str
        Any text in Arabic, Kurdish or Latin script.

    Returns
    -------
    str
        The folded text; it is not meant for showing to people.

    Examples
    --------
    >>> fold("إِبراهيـم  مُصطفى") == fold("ابراهيم مصطفي")
    True
    >>> fold("الرقم ١٢٣")
    'الرقم 123'
    """
    return fold_letters(clean(text))


def repair(text: str) -> str:
    """Mend what PDF extraction did to a text where only one reading is possible, and clean it.

    Parameters
    ----------
    text : str
        A token or a whole name.

    Returns
    -------
    str
        The cleaned and mended text with hamza, ta marbuta and case as written. Ambiguous damage (صالح may be صلاح) is
        left alone.

    Examples
    --------
    >>> repair("عبد هللا االنصاري"), repair("األنصاري"), repair("عالء"), repair("صالح")
    ('عبد الله الانصاري', 'الأنصاري', 'علاء', 'صالح')
    """
    text = clean(text)
    if text.isascii() or not _SUSPECT.search(text):
        return text
    for damaged, mended in _REPAIRS:
        text = damaged.sub(mended, text)
    return text
