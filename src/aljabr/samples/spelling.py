"""How a clerk writes a name: in four scripts, with the habits, slips and damage each kind of source is known for.

Nothing here knows a source; a source chooses the script and says whether the person was written before (``again``), in which case
parts are left out and letters confused.
"""

from __future__ import annotations

from functools import cache
from random import Random

from aljabr.samples.people import Person
from aljabr.samples.vocabulary import Token

_BARE = str.maketrans("أإآ", "ااا")
_CONFUSED = {
    "ح": "خ",
    "خ": "ح",
    "ع": "غ",
    "غ": "ع",
    "د": "ذ",
    "ذ": "د",
    "س": "ش",
    "ش": "س",
    "ر": "ز",
    "ز": "ر",
    "ط": "ظ",
    "ض": "ظ",
    "ظ": "ض",
}
_LATIN_CONFUSED = {"a": "e", "e": "i", "i": "e", "o": "u", "u": "o", "s": "z", "k": "q", "h": "", "d": "t", "y": "i"}
_ARTICLES = ("Al-", "Al ", "al-", "Al", "")
_LAM_ALEF = (("لا", "ال"), ("لأ", "أل"), ("لإ", "إل"), ("لآ", "آل"))


@cache
def arabic_spellings(name: str) -> tuple[str, ...]:
    """Return the spellings of a name in Arabic: without hamza first, then as it should be, then the usual slips.

    Examples
    --------
    >>> arabic_spellings("فاطمة")
    ('فاطمة', 'فاطمه')
    >>> arabic_spellings("عبد الله")
    ('عبد الله', 'عبدالله')
    """
    bare = name.translate(_BARE)
    slips = [bare.replace("ة", "ه"), bare.replace("عبد ", "عبد"), bare.replace("ى", "ي"), bare.replace("ؤ", "و")]
    if bare.endswith("ي"):
        slips.append(bare[:-1] + "ى")
    if bare.endswith("اء"):
        slips.append(bare[:-1])
    return tuple(dict.fromkeys((bare, name, *slips)))


def lam_alef_damage(text: str) -> str:
    """Return text as a PDF extraction that turns the lam-alef ligature around leaves it.

    Examples
    --------
    >>> lam_alef_damage("صلاح عبد الله")
    'صالح عبد هللا'
    """
    damaged = text.replace("الله", "\0")
    for whole, turned in _LAM_ALEF:
        damaged = damaged.replace(whole, turned)
    return damaged.replace("\0", "هللا")


def misspelt(rng: Random, text: str) -> str:
    """Return text with one slip of the hand: a letter confused, left out or exchanged with its neighbour."""
    place = rng.randrange(1, max(2, len(text) - 1))
    letter = text[place : place + 1]
    confused = _CONFUSED.get(letter, _LATIN_CONFUSED.get(letter))
    if confused is not None and rng.random() < 0.5:
        return text[:place] + confused + text[place + 1 :]
    if rng.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1 : place + 2] + letter + text[place + 2 :]


class NameHand:
    """Writes names; ``spelling`` is how freely (0 is one form throughout)."""

    def __init__(self, rng: Random, spelling: float) -> None:
        self.rng, self.spelling = rng, spelling

    def arabic(self, person: Person, *, again: bool = False, full: bool = False) -> str:
        """Return the name in Arabic; ``full`` keeps all four parts."""
        if person.company:
            return self._join([person.company], again=again)
        return self._join([self._arabic(token) for token in self._parts(person, again=again, full=full)], again=again)

    def latin(self, person: Person, *, again: bool = False) -> str:
        """Return the name in one of its romanisations."""
        parts = [self._latin(token, last=token is person.name[3]) for token in self._parts(person, again=again)]
        written, draw = self._join(parts, again=again), self.rng.random()
        if draw < 0.06 * self.spelling:
            return written.upper()
        return written.lower() if draw < 0.1 * self.spelling else written

    def sorani(self, person: Person, *, again: bool = False) -> str:
        """Return the name in Sorani letters."""
        return self._join([token.sorani for token in self._parts(person, again=again)], again=again)

    def kurmanji(self, person: Person, *, again: bool = False) -> str:
        """Return the name in the Latin alphabet of Kurmanji."""
        return self._join([token.kurmanji for token in self._parts(person, again=again)], again=again)

    def _parts(self, person: Person, *, again: bool, full: bool = False) -> list[Token]:
        given, father, grandfather, family = person.name
        draw = self.rng.random()
        if draw < (0.2 if again else 0.0 if full else 0.1) * self.spelling:
            return [given, father, family]
        if draw < (0.28 if again else 0.0 if full else 0.12) * self.spelling:
            return [given, father, grandfather]
        return [given, father, grandfather, family]

    def _arabic(self, token: Token) -> str:
        spellings, draw = arabic_spellings(token.arabic), self.rng.random() if self.spelling else 0.0
        if draw < 0.6:
            return spellings[0]
        return token.arabic if draw < 0.75 else spellings[int((draw - 0.75) * 4 * len(spellings))]

    def _latin(self, token: Token, *, last: bool) -> str:
        draw = self.rng.random() if self.spelling else 0.0
        written = token.latin[0] if draw < 0.5 else token.latin[int((draw - 0.5) * 2 * len(token.latin))]
        if last and token.arabic.startswith("ال"):
            return (_ARTICLES[int(self.rng.random() * len(_ARTICLES))] if self.spelling else "Al-") + written
        return written

    def _join(self, parts: list[str], *, again: bool) -> str:
        if again and self.rng.random() < 0.2 * self.spelling:
            place = self.rng.randrange(len(parts))
            parts[place] = misspelt(self.rng, parts[place])
        if self.rng.random() < 0.03 * self.spelling:
            return "  ".join(parts) + " "
        return " ".join(parts)
