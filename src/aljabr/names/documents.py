"""Numbers of identity documents: which family a number may belong to by its form, the forms to compare, and numbers
nobody was issued.

A form says what a number may be, not that it was issued or whose it is. Two numbers of different families never
contradict each other: a person has a national card, an old civil identity and a passport at once. Order: 1. one form by
:func:`aljabr.names.identifiers.identifier`; 2. obvious fakes; 3. families, by length and letters and by what the column
or the text calls it.

Forms, as met on Iraqi papers and not taken from a standard: national card, twelve digits; passport, one or two letters
and six to eight digits (at most nine characters: ICAO Doc 9303); civil identity, up to eight digits, unique only within a
civil registry with its register and page; ration card, six to nine digits, of a household; UNHCR, three digits, two
digits, C and five digits. No date or place is read from a number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from aljabr.names.folding import fold
from aljabr.names.identifiers import identifier, is_rounded

__all__ = ["DocumentNumber", "read_document"]

Family = Literal["national_card", "civil_identity", "passport", "ration_card", "household_card", "unhcr", "unknown"]
Doubt = Literal["placeholder", "fake", "rounded", "short", "phone", "date"]

_FORMS: dict[Family, re.Pattern[str]] = {
    "national_card": re.compile(r"\d{12}"),
    "passport": re.compile(r"[A-Z]{1,2}\d{6,8}"),
    "unhcr": re.compile(r"\d{3}\d{2}C\d{5}"),
    "civil_identity": re.compile(r"\d{5,8}"),
    "ration_card": re.compile(r"\d{6,9}"),
}
_NAMES: tuple[tuple[Family, str], ...] = (
    ("national_card", "الموحدة,الوطنية,national card,unified,نیشتمانی,nîştimanî"),
    ("civil_identity", "الاحوال,الجنسية,هوية,civil,jinsiya,شناسنامە,nasname,باری شارستانی"),
    ("passport", "جواز,passport,پاسپۆرت,pasaport"),
    ("ration_card", "تموينية,التموينية,ration,pds,خۆراک,xwarin"),
    ("household_card", "السكن,residence,housing"),
    ("unhcr", "unhcr,المفوضية,asylum"),
)
_CALLED: dict[str, Family] = {fold(word): family for family, words in _NAMES for word in words.split(",")}
# Numbers shared by a household say who lives together, not who somebody is.
_OF_HOUSEHOLDS = frozenset({"ration_card", "household_card", "unhcr"})
_RUN = re.compile(r"(\d)\1{4,}")
_REPEATED = re.compile(r"(\d{2,4})\1{2,}")
_MOBILE = re.compile(r"(?:00964|964|0)7[3-9]\d{8}")
_DATE = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}")


@dataclass(frozen=True, kw_only=True)
class DocumentNumber:
    """One document number.

    Parameters
    ----------
    number : str or None
        The form to compare; None when there is nothing to compare.
    families : tuple of str
        What it may be, likeliest first; one when the text or its column says so. Empty without a number.
    of_household : bool
        Whether every family it may be of is a household's: then sharing it does not make two people one.
    doubt : str or None
        ``placeholder``, ``fake`` (one digit throughout, a run, 123456), ``rounded`` by a spreadsheet, ``short``, or a
        ``phone`` or ``date`` in the wrong column. A doubtful number is kept for reading, and ``number`` is None unless
        the doubt is ``phone``.
    """

    number: str | None
    families: tuple[Family, ...]
    of_household: bool
    doubt: Doubt | None


def read_document(text: str, *, called: str = "") -> DocumentNumber:
    """Read the number of an identity document.

    Parameters
    ----------
    text : str
        The cell: Eastern digits, spaces and dashes are understood.
    called : str
        What the column or form calls it, in any language; narrows the families.

    Examples
    --------
    >>> read_document("١٩٨٧-٠٠١٢-٣٤٥٦").families, read_document("A1234098", called="جواز السفر").families
    (('national_card',), ('passport',))
    >>> [read_document(text).doubt for text in ("000000", "123456", "1.98E+11", "لا يوجد", "0770 123 4567", "111111222")]
    ['fake', 'fake', 'rounded', 'placeholder', 'phone', 'fake']
    """
    folded = fold(text)
    number = identifier(text)
    doubt = _doubt(folded, number)
    if doubt not in {None, "phone"}:
        number = None
    families = _families(number, fold(called) + " " + folded) if number else ()
    return DocumentNumber(
        number=number,
        families=families,
        of_household=bool(families) and set(families) <= _OF_HOUSEHOLDS,
        doubt=doubt,
    )


def _doubt(folded: str, number: str | None) -> Doubt | None:
    bare = re.sub(r"[\s().+-]", "", folded)
    if _DATE.fullmatch(folded.strip()):
        return "date"
    if is_rounded(folded):
        return "rounded"
    if _MOBILE.fullmatch(bare):
        return "phone"
    digits = re.sub(r"\D", "", folded)
    if digits and (_longest_run(digits) * 3 >= len(digits) * 2 or _REPEATED.fullmatch(digits) or _in_sequence(digits)):
        return "fake"
    if number is None:
        return "short" if digits and len(digits) < 3 else "placeholder"
    return "short" if len(number) < 5 else None


def _longest_run(digits: str) -> int:
    return max((len(run[0]) for run in _RUN.finditer(digits)), default=0)


def _in_sequence(digits: str) -> bool:
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return len(digits) >= 3 and (steps <= {1} or steps <= {9} or steps <= {0})


def _families(number: str, called: str) -> tuple[Family, ...]:
    named = tuple(dict.fromkeys(family for word, family in _CALLED.items() if word in called))
    if named:
        return named
    return tuple(family for family, form in _FORMS.items() if form.fullmatch(number)) or ("unknown",)
