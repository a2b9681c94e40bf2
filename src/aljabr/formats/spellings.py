"""How a code or a header meets what a mapping spells: exactly, else after the folding that names have.

Three steps, the first that finds one wins: as spelled (case, width and spaces apart); folded (hamza, tatweel, vowel signs, ة
and ه, ى and ي, Kurdish and Persian letters, digits of scripts, accents, marks between words); folded without the article. Two
spellings that fold alike and mean different codes are refused; where only the article tells two apart, neither is met without
it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from aljabr.errors import MappingBroken
from aljabr.names.folding import clean
from aljabr.names.months import plain

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_MARKS = re.compile(r"[\W_]+")
_ARTICLE = re.compile(r"(?<!\w)(?:ال|لل)(?=\w{2})")
_LEADING_AND = re.compile(r"(?<!\w)وال(?=\w{2})")


def fold_spelling(text: str) -> str:
    r"""Return a spelling without what nobody sees: composed, compatibility forms resolved, case folded, single spaces.

    Examples
    --------
    >>> fold_spelling("  MOSUL\u200f  ")
    'mosul'
    """
    return " ".join(unicodedata.normalize("NFKC", CONTROLS.sub("", text)).casefold().split())


@lru_cache(maxsize=1 << 14)
def fold_code(text: str) -> str:
    """Return a spelling folded as names are, with spaces for every mark between words.

    Examples
    --------
    >>> fold_code("إصـــابة") == fold_code("اصابه"), fold_code("Medical_Report ١") == fold_code("medical report-1")
    (True, True)
    """
    return " ".join(_MARKS.sub(" ", plain(CONTROLS.sub("", text))).split())


def without_article(folded: str) -> str:
    """Return a folded spelling without the Arabic article before its words.

    Examples
    --------
    >>> without_article(fold_code("شهادة الوفاة"))
    'شهاده وفاه'
    """
    return _ARTICLE.sub("", _LEADING_AND.sub("و", folded))


@dataclass(frozen=True, kw_only=True)
class Met:
    """What a spelling met: the code, and the spelling of the list it was read as; empty when it is that spelling itself."""

    code: str
    read_as: str


class CodeList:
    """The spellings of one list with their codes, and the codes themselves, ready to be met.

    Parameters
    ----------
    codes : mapping of str to str
        Source spelling → programme code. An empty code is no value.
    allowed : collection of str
        Codes that may stand for themselves.

    Raises
    ------
    MappingBroken
        When two spellings are or fold alike and mean different codes.
    """

    def __init__(self, codes: Mapping[str, str], allowed: Collection[str] = ()) -> None:
        self.listed = bool(codes)
        self._exact = {code: (code, code) for code in allowed}
        self._exact |= _unique([(fold_spelling(spelling), spelling, code) for spelling, code in codes.items()])
        folded = [(fold_code(spelling), spelling, code) for spelling, code in codes.items()]
        self._folded = _unique([entry for entry in folded if entry[0]])
        for code in sorted(allowed):
            self._folded.setdefault(fold_code(code), (code, code))
        self._bare: dict[str, tuple[str, str] | None] = {}
        for key, (spelling, code) in self._folded.items():
            bare = without_article(key)
            known = self._bare.setdefault(bare, (spelling, code))
            if known and known[1] != code:
                self._bare[bare] = None

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and self.meet(text) is not None

    def meet(self, text: str) -> Met | None:
        """Return what a spelling means; None when the list does not hold it, or only the article would say which is meant."""
        exact = self._exact.get(text) or self._exact.get(fold_spelling(text))
        if exact:
            return Met(code=exact[1], read_as="")
        key = fold_code(text)
        found = self._folded.get(key) or self._bare.get(without_article(key))
        return Met(code=found[1], read_as=found[0]) if found and key else None


def meet_names(wanted: Collection[str], present: Collection[str]) -> dict[str, str]:
    """Return, for each wanted name that is not present as spelled, the one present name that folds alike and no other wanted one
    is.

    Raises
    ------
    MappingBroken
        When two names that are present fold alike and neither is the wanted one, or one that is present could be two wanted ones.
    """
    known, there = set(wanted), set(present)
    free = {name: fold_code(name) for name in present if name not in known}
    missing = {name: fold_code(name) for name in wanted if name not in there}
    met: dict[str, str] = {}
    for bare in (False, True):
        alike = _by_key({name: key for name, key in free.items() if name not in met.values()}, bare=bare)
        rivals = _by_key({name: key for name, key in missing.items() if name not in met}, bare=bare)
        for key, names_of_key in rivals.items():
            if not key or key not in alike:
                continue
            if len(alike[key]) + len(names_of_key) > 2:
                names = ", ".join(map(repr, sorted({*alike[key], *names_of_key})))
                raise MappingBroken(f"{names} differ only in their spelling.", "Spell the columns in the mapping as the file does.")
            met[names_of_key[0]] = alike[key][0]
    return met


def _by_key(folded: Mapping[str, str], *, bare: bool) -> dict[str, list[str]]:
    """Return the names of each folded spelling, without its article when ``bare``."""
    names: dict[str, list[str]] = {}
    for name, key in folded.items():
        names.setdefault(without_article(key) if bare else key, []).append(name)
    return names


def same_word(text: str, words: Collection[str]) -> bool:
    """Whether a text is one of these words, apart from case, width, tatweel and vowel signs."""
    return fold_spelling(text) in words or clean(text).casefold() in words


def _unique(entries: list[tuple[str, str, str]]) -> dict[str, tuple[str, str]]:
    """Return folded spelling → (spelling, code)."""
    found: dict[str, tuple[str, str]] = {}
    for key, spelling, code in entries:
        known = found.setdefault(key, (spelling, code))
        if known[1] != code:
            what = (
                f"The spellings {known[0]!r} and {spelling!r} are one when folded, and have two codes, {known[1]!r} and {code!r}."
            )
            raise MappingBroken(what, "Keep one of them, or give both the same code.")
    return found
