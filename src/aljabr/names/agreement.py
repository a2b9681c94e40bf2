"""Whether two spellings of one name in a chain are one name: the one comparison under ``names compare`` and under linking.

Seven grades: ``equal`` (letters that differ in nothing but how a scribe writes them: the seat of a hamza, ة as ت, ى as ا), ``hand``
(the same name in another hand or script), ``open`` (two scripts, and one of them leaves open which of several names it is),
``slip``
(one letter changed, left out, put in or exchanged with its neighbour, where the two are not both names that people bear), ``faint``
(such a slip in a short word, or of a long vowel alone), ``alike`` (a variant that may be another name: it neither joins nor parts
people) and ``different``.

Order: 1. both spellings in letters of one form; 2. the tables of names that no rule brings together; 3. Arabic letters are held to
Arabic letters, where a long vowel makes another name (حسن and حسين); any other two hands are compared by sound
(:func:`~aljabr.names.closeness.spelling_cost`), and a last a, which makes another name of many (Samir, Samira), is held against
them; 4. slips. Nothing is read from a name but the name.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from rapidfuzz.distance import OSA

from aljabr.names.closeness import NEAR, SAME, spelling_cost
from aljabr.names.folding import fold_letters, repair
from aljabr.names.keys import has_arabic_article, has_latin_article, plain_latin
from aljabr.names.lexicon import SAME_NAME
from aljabr.names.meeting import meeting_keys
from aljabr.names.readings import ALSO_WRITTEN, VOCALISED
from aljabr.names.scribes import scribal_cost, scribal_letters
from aljabr.names.tokens import token_facts

__all__ = ["Agreement", "agreement", "is_known_name", "word_letters"]

Agreement = Literal["equal", "hand", "open", "slip", "faint", "alike", "different"]

_ARABIC = re.compile("[\u0620-\u06ff]")
_SORANI = re.compile("[ەێۆڕڵ]")
_LAST_YEH = re.compile("ى$")
_OF_ALLAH = re.compile("(?<=..)(?:الله|للا|[aou]ll?ah|[aou]lla)$")
_VOWELS = str.maketrans("", "", "اويىءaeiouwyAEIOU")
# Letters of a word below which a letter between two names is no slip: short names are one letter from one another.
_SHORT = 4
_LONG = 7
_SCRIBAL, _NEARLY, _HEARD_ALIKE = 0.15, 0.15, 0.2
# Letters between two words above which nobody wrote one for the other.
_FAR = 3
_SURELY_A = ("ه", "ا", "اء", "ە", "a")
# A last heh of a romanisation may be ح, a yeh a ى, an ain is heard as a.
_LEFT_OPEN = ("ح", "ع", "ء", "ى", "ي", "ی", "ێ", "h", "i", "e", "y")


def word_letters(text: str) -> str:
    """Return the letters of one word of a name in one form, its tokens joined: what :func:`agreement` compares and lists count.

    Examples
    --------
    >>> word_letters("عَبد  الرَّحمن"), word_letters("Al-Hamdanî"), word_letters("أحمـد") == word_letters("احمد")
    ('عبدالرحمن', 'alhamdani', True)
    """
    repaired = "".join(map(repair, text.split()))
    if not _ARABIC.search(repaired):
        return plain_latin(repaired)
    if _hand(repaired) == "sorani":
        return "".join(letter for letter in repaired.lower() if letter.isalpha())
    return scribal_letters(repaired)


def agreement(left: str, right: str) -> Agreement:
    """Return how two words, each one name of a chain with its particles, agree.

    Parameters
    ----------
    left, right : str
        As written, or as :func:`word_letters` gives them.

    Returns
    -------
    Agreement
        Symmetric; ``different`` when one of them has no letter.

    Examples
    --------
    >>> agreement("رؤوف", "رئوف"), agreement("نجاة", "نجات"), agreement("محمد", "Muhammad"), agreement("Salim", "سليم")
    ('equal', 'equal', 'hand', 'hand')
    >>> agreement("خديجة", "خديحة"), agreement("صالح", "صلاح"), agreement("حسن", "حسين"), agreement("سمير", "Samira")
    ('slip', 'alike', 'different', 'different')
    """
    one, other = sorted((word_letters(left), word_letters(right)))
    return _agreement(one, other)


@lru_cache(maxsize=1 << 18)
def _agreement(one: str, other: str) -> Agreement:
    if not one or not other:
        return "different"
    if one == other:
        return "equal"
    hands = {_hand(one), _hand(other)}
    if hands == {"arabic"}:
        return _of_arabic_letters(one, other)
    if _named(_bare(one)) & _named(_bare(other)):
        return "hand"
    rest = [_OF_ALLAH.sub("", word) for word in (one, other)]
    if all(rest) and rest[0] != one and rest[1] != other:
        one, other = sorted(rest)  # Jarallah: what is said of Allah is the same in both
    return _by_sound(one, other, one_script=len(hands) == 1)


def _hand(word: str) -> str:
    if not _ARABIC.search(word):
        return "latin"
    return "sorani" if word[0] == "ئ" or _SORANI.search(word) else "arabic"


def _of_arabic_letters(one: str, other: str) -> Agreement:
    first, second = _bare(one), _bare(other)
    if OSA.distance(first, second, score_cutoff=_FAR) > _FAR and _without_abd(first) != _without_abd(second):
        return "different"
    cost = scribal_cost(first, second)
    if cost <= _SCRIBAL:
        return "equal" if has_arabic_article(fold_letters(one)) == has_arabic_article(fold_letters(other)) else "hand"
    if cost <= SAME or _named(first) & _named(second):
        return "alike" if _parted_by_hamza(first, second) else "hand"
    known = is_known_name(one) and is_known_name(other)
    if not known and _with_short_u(first, second):
        return "hand"
    if _turned_back(first) == _turned_back(second):
        return "alike" if known else "hand"  # what extraction from a PDF leaves of a lam-alef (صلاح and صالح, طلال and طالل)
    if _without_abd(first) == _without_abd(second):
        return "alike"
    if known:
        return "different"
    dotted = [tuple(_LAST_YEH.sub("ي", word) for word in two) for two in ((first, second), (one, other))]
    return _slip(*min(dotted, key=lambda two: OSA.distance(*two)))


def _parted_by_hamza(one: str, other: str) -> bool:
    """Say whether a last hamza after a short stem makes one known name the other (علا, a woman's, and علاء, a man's)."""
    short, long = sorted((one, other), key=len)
    return long == short + "ء" and len(short) < _SHORT and is_known_name(short) and is_known_name(long)


def _by_sound(one: str, other: str, *, one_script: bool) -> Agreement:
    if OSA.distance(token_facts(one).key, token_facts(other).key, score_cutoff=1) > 1 and not _meet(one, other):
        return "different"
    cost = min(_sound_cost(one, other), _parted_cost(one, other))
    if not _last_a(one, other):
        if cost <= SAME or (cost <= NEAR and _meet(one, other)):
            return _of_one_sound(one, other, cost, exchanged=one_script and _exchanged_letters(one, other))
        if one_script and min(len(one), len(other)) > _SHORT and _exchanged_letters(one, other):
            return "slip"
    elif one_script and cost <= NEAR and _meet(one, other):
        return "alike"
    if is_known_name(one) and is_known_name(other):
        return "different"
    return _slip(_bare(one), _bare(other)) if one_script else _slip_across(one, other)


def _slip_across(one: str, other: str) -> Agreement:
    """Grade two spellings in two scripts, one of which is no name that people bear: a letter in one hides the name from the
    other.
    """
    skeletons = [token_facts(_bare(word)).skeleton for word in (one, other)]
    near = OSA.distance(*skeletons, score_cutoff=2) <= 2 and min(map(len, skeletons)) >= _SHORT
    return "faint" if near else "different"


def _meet(one: str, other: str) -> bool:
    return not _keys(one).isdisjoint(_keys(other))


@lru_cache(maxsize=1 << 17)
def _keys(word: str) -> frozenset[str]:
    return frozenset(meeting_keys(word))


def _sound_cost(one: str, other: str) -> float:
    """Return the cost of one spelling as the other, a last ى read as i or as a."""
    ways = {(one, other), (_LAST_YEH.sub("ا", one), _LAST_YEH.sub("ا", other))}
    return min(spelling_cost(*way) for way in ways)


def _of_one_sound(one: str, other: str, cost: float, *, exchanged: bool) -> Agreement:
    """Grade two spellings that may be said alike by the names that people bear and that each of them may be."""
    may_be, or_be = _nearest_names(one), _nearest_names(other)
    if exchanged and cost > _HEARD_ALIKE and not may_be & or_be:
        return "slip" if len(one) > _SHORT else "faint"
    if may_be and or_be and not may_be & or_be:
        return "alike"
    return "hand" if cost <= SAME or may_be & or_be else "open"


@lru_cache(maxsize=1 << 16)
def _nearest_names(word: str) -> frozenset[str]:
    """Return the names of known reading that a spelling is nearest to by sound; none where none is near."""
    word = _bare(word)
    if word in SAME_NAME or word in ALSO_WRITTEN:
        return frozenset({SAME_NAME.get(word, word), *ALSO_WRITTEN.get(word, ())})
    if _hand(word) == "arabic":
        return frozenset({found} if (found := _known_spelling(word)) in VOCALISED else ())
    read = _read_names_by_key().get(token_facts(word).key, ())
    costs = {name: _sound_cost(name, word) for name in read if not _last_a(name, word)}
    nearest = min(costs.values(), default=1.0)
    return frozenset(name for name, cost in costs.items() if cost <= nearest + _NEARLY) if nearest <= NEAR else frozenset()


def _parted_cost(one: str, other: str) -> float:
    """Return the cost of a compound written as one in Latin letters, the article in it left out of both (Noorulhuda)."""
    arabic, latin = (one, other) if _ARABIC.search(one) else (other, one)
    parted = re.sub("ى$", "ا", re.sub("(?<=..)ال(?=...)", "", arabic))
    if "ال" not in arabic[2:] or parted == arabic or _ARABIC.search(latin) or "الله" in arabic or arabic.startswith("عبد"):
        return float("inf")
    found = re.finditer("(?<=..)[aeou]{1,2}l(?=[a-z]{3})", latin)
    return min((spelling_cost(parted, latin[: part.start()] + latin[part.end() :]) for part in found), default=float("inf"))


def _exchanged_letters(one: str, other: str) -> bool:
    return len(one) == len(other) and sorted(one) == sorted(other) and OSA.distance(one, other, score_cutoff=1) == 1


def _slip(one: str, other: str) -> Agreement:
    """Grade two spellings of which at least one is no name that people bear, so that a slip of the hand may explain it."""
    edits, least = OSA.distance(one, other, score_cutoff=2), min(len(one), len(other))
    short, long = sorted((one, other), key=len)
    if long[:-1] == short and long[-1] in "هايىai" and is_known_name(short):
        return "different"  # Salim and Salima, Nur and Nuri: a name made of another
    if edits == 1 and least >= _SHORT - 1:
        vowels_only = one.translate(_VOWELS) == other.translate(_VOWELS) and sorted(one) != sorted(other)
        return "faint" if vowels_only or least < _SHORT else "slip"
    return "faint" if edits == 2 and least >= _LONG else "different"


def _last_a(one: str, other: str) -> bool:
    """Say whether one of two spellings ends in an a that tells a name from the one without it (Samir, Samira)."""
    ends = {_ends_in_a(one), _ends_in_a(other)}
    return ends == {True, False}


def _ends_in_a(word: str) -> bool | None:
    """Return whether a spelling ends in an a; None where its last letter leaves it open."""
    if word.endswith(_SURELY_A):
        return True
    read = VOCALISED.get(fold_letters(word))
    if read is not None:
        return read.endswith("a")
    return None if word.endswith(_LEFT_OPEN) else False


def _bare(word: str) -> str:
    if _ARABIC.search(word):
        return word[2:] if has_arabic_article(fold_letters(word)) else word
    return word[2:] if has_latin_article(word) else word


def _named(word: str) -> set[str]:
    spellings = {fold_letters(word.replace("ء", seat)) for seat in ("", "ي", "و", "ا")}
    return {name for one in spellings for name in (SAME_NAME.get(one, one), *ALSO_WRITTEN.get(one, ()))}


def _with_short_u(one: str, other: str) -> bool:
    """Say whether one of two spellings writes a short u or doubles a long one, as Sorani does (مونا for منى, مووسا for موسى)."""
    short, long = sorted((one, other), key=len)
    without = (long[: found.start()] + long[found.end() :] for found in re.finditer("(?<=.)و", long))
    return len(short) < len(long) and any(scribal_cost(short, word) <= _SCRIBAL for word in without)


def _turned_back(word: str) -> str:
    return fold_letters(word).replace("لا", "ال")


def _without_abd(word: str) -> str:
    return re.sub("^عبد(?:ال)?(?=...)", "", word) if word != "عبدالله" else word


@lru_cache(maxsize=1 << 16)
def is_known_name(word: str) -> bool:
    """Say whether a word is a name that people bear: listed, or a family name made of one (الحسني of حسن).

    A spelling in another hand is known when it sounds like a listed name.
    """
    if _hand(word) != "arabic":
        bare = _bare(word)
        listed = _listed_by_key().get(token_facts(bare).key, ())
        return any(_sound_cost(name, bare) <= SAME and not _last_a(name, bare) for name in listed)
    return _known_spelling(word) != ""


@lru_cache(maxsize=1 << 16)
def _known_spelling(word: str) -> str:
    """Return the listed spelling of a name in Arabic letters, whatever seat its hamza has; empty for a word that is not listed."""
    names = _known_names()
    for seat in ("", "ي", "و", "ا"):
        folded = fold_letters(word.replace("ء", seat))
        bare = folded[2:] if folded.startswith("ال") else folded
        if folded in names or bare in names:
            return folded
        if bare != folded and bare.endswith("ي") and len(bare) > 3 and bare[:-1] in names:
            return folded
    return ""


@cache
def _known_names() -> frozenset[str]:
    file = resources.files("aljabr.names") / "tables" / "known_names.txt"
    return frozenset(file.read_text(encoding="utf-8").split())


@cache
def _listed_by_key() -> dict[str, tuple[str, ...]]:
    return _by_key({_bare(name) for name in _known_names()})


@cache
def _read_names_by_key() -> dict[str, tuple[str, ...]]:
    return _by_key(set(VOCALISED))


def _by_key(names: set[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for name in sorted(names):
        found.setdefault(token_facts(name).key, []).append(name)
    return {key: tuple(sharing) for key, sharing in found.items()}
