"""Two full names side by side: which word of one is which word of the other, how they agree, and what that says in bits.

Order: 1. each name becomes its words; 2. the heaviest way through both in order is found, where a word may agree with a
word, two words
with one (fusion and split), or be left out; 3. words left out on both sides that agree are words moved (the family name
first); 4. every
agreement is weighed by how common the name is. A weight of 3 bits makes it 8 times as likely that two mentions are of
one person; the
weights of a comparison add up as far as names in a chain are independent. Nothing is decided here, and nothing is read
from a name but
the name.

Weights: agreement weighs minus the logarithm of the share of people who bear the name in that place, less what agreeing
only in the key or in
a variant leaves open; the parameters of disagreement are set by hand and stand in ``DIFFERENT`` and ``LEFT_OUT``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from rapidfuzz.distance import OSA

from aljabr.names.agreement import agreement
from aljabr.names.closeness import SAME, spelling_cost
from aljabr.names.frequencies import NameFrequencies, Position, known_frequencies
from aljabr.names.words import NameWord, name_words

__all__ = ["NameAlignment", "WordMatch", "align_names"]

How = Literal["same", "same_key", "variant", "initial", "fused", "left_out", "differs"]

# Bits for two words in one place that are two names: in a chain of papers the given name is the surest; a tribe and a
# town may both be
# used as family name by one person.
DIFFERENT = {"given": -8.0, "forebear": -5.0, "family": -2.5}
# Bits for a word that one side does not have. A grandfather, a kunya and a family name are often left out; a given name is not.
LEFT_OUT = {"given": -5.0, "forebear": -0.7, "family": -0.5, "kunya": 0.0, "nisba": -0.3, "initial": -0.3}
# What an agreement is worth less than the same spelling: other hands, and the other names that are as near.
_LESS = {"same": 0.2, "equal": 0.3, "hand": 0.5, "open": 2.5, "slip": 3.0, "faint": 3.5, "alike": 3.5, "fused": 0.5}
_HOW: dict[str, How] = {
    "equal": "same",
    "hand": "same_key",
    "open": "variant",
    "slip": "variant",
    "faint": "variant",
    "alike": "variant",
}
_INITIAL = 1.5
_MOVED = -1.5
_ABD_LEFT_OUT = 3.0
_MOST = 14.0
# Letters of the skeleton above which words that share no key are not looked at further.
_FAR = 4
# Only in the search: two names in one place differ rather than being left out on one side each.
_SKIPPED = 2.5


@dataclass(frozen=True, kw_only=True)
class WordMatch:
    """What became of one word, or of two that are one on the other side.

    Parameters
    ----------
    left, right : str or None
        The words as written; None where that side leaves the name out.
    how : {"same", "same_key", "variant", "initial", "fused", "left_out", "differs"}
        The same letters; the same name in another hand or script; a variant that may be another name; an initial; two
        words written as one; left
        out on one side; two different names.
    weight : float
        Bits for (or, below 0, against) both being one person.
    moved : bool
        Whether the word stands in another place on the other side.
    """

    left: str | None
    right: str | None
    how: How
    weight: float
    moved: bool = False


@dataclass(frozen=True, kw_only=True)
class NameAlignment:
    """Two names compared: the matches in the order of the names (a moved word where one side has it), and their sum in bits."""

    matches: tuple[WordMatch, ...]
    weight: float


@dataclass(frozen=True, kw_only=True)
class _Setting:
    """What weighs the comparison beside the words: sex, place and how common names are."""

    sex: str
    governorate: str
    frequencies: NameFrequencies

    def share(self, text: str, position: Position, *, by_key: bool = False) -> float:
        return self.frequencies.share(text, position, sex=self.sex, governorate=self.governorate, by_key=by_key)


def align_names(
    left: str, right: str, *, sex: str = "", governorate: str = "", frequencies: NameFrequencies | None = None
) -> NameAlignment:
    """Compare two full names word by word.

    Parameters
    ----------
    left, right : str
        Full names as written, in any script.
    sex : {"m", "f", ""}
        Of both, where known to be the same; chooses the frequencies of given names.
    governorate : str
        P-code of both, where they share one; chooses the frequencies.
    frequencies : NameFrequencies, optional
        How common names are; the room's own table when absent.

    Returns
    -------
    NameAlignment
        Empty, of weight 0, when a side has no word.

    Examples
    --------
    >>> found = align_names("محمد علي حسين الجبوري", "Mohammed Hussein al-Jubouri")
    >>> [(match.left, match.right, match.how) for match in found.matches]  # doctest: +NORMALIZE_WHITESPACE
    [('محمد', 'Mohammed', 'same_key'), ('علي', None, 'left_out'), ('حسين', 'Hussein', 'same_key'),
     ('الجبوري', 'al Jubouri', 'same_key')]
    >>> align_names("عبدالله حسن", "عبد الله حسين").matches[1].how
    'differs'
    """
    one, other = name_words(left), name_words(right)
    if right < left:  # so that ties are broken alike whichever side a name stands on
        found = align_names(right, left, sex=sex, governorate=governorate, frequencies=frequencies)
        return replace(found, matches=tuple(replace(match, left=match.right, right=match.left) for match in found.matches))
    setting = _Setting(sex=sex, governorate=governorate, frequencies=frequencies or known_frequencies())
    if not one or not other:
        return NameAlignment(matches=(), weight=0.0)
    path = _best_path(one, other, setting)
    matches = _moved(path, one, other, setting)
    return NameAlignment(matches=tuple(matches), weight=round(sum(match.weight for match in matches), 3))


Step = tuple[tuple[int, ...], tuple[int, ...], WordMatch]

_STEPS = ((1, 1), (2, 1), (1, 2), (1, 0), (0, 1))


def _best_path(one: Sequence[NameWord], other: Sequence[NameWord], setting: _Setting) -> list[Step]:
    """Return the heaviest way through both names in order; of equal ways the one with fewer words left out."""
    matching = _Matching(one=one, other=other, setting=setting)
    best = {(0, 0): 0.0}
    last: dict[tuple[int, int], tuple[tuple[int, int], WordMatch]] = {}
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            for a, b in _STEPS:
                match = matching.step(i, j, a, b) if i >= a and j >= b else None
                if match is None:
                    continue
                found = best[i - a, j - b] + match.weight - (_SKIPPED if match.how == "left_out" else 0.0)
                if (i, j) not in best or found > best[i, j] + 1e-6:
                    best[i, j], last[i, j] = found, ((a, b), match)
    steps: list[Step] = []
    i, j = len(one), len(other)
    while (i, j) != (0, 0):
        (a, b), match = last[i, j]
        steps.append((tuple(range(i - a, i)), tuple(range(j - b, j)), match))
        i, j = i - a, j - b
    return steps[::-1]


class _Matching:
    """What every step through two names would say, what does not depend on the other name worked out once."""

    def __init__(self, *, one: Sequence[NameWord], other: Sequence[NameWord], setting: _Setting) -> None:
        self.one, self.other, self.setting = one, other, setting
        self.at_one, self.at_other = ([_position(words, place) for place in range(len(words))] for words in (one, other))
        self.without_one = [_left_out(one, place, left=True) for place in range(len(one))]
        self.without_other = [_left_out(other, place, left=False) for place in range(len(other))]

    def step(self, i: int, j: int, a: int, b: int) -> WordMatch | None:
        """Return the match of the last ``a`` of ``i`` words with the last ``b`` of ``j``, None when there is none."""
        if b == 0:
            return self.without_one[i - 1]
        if a == 0:
            return self.without_other[j - 1]
        if a + b > 2:
            return _fused(self.one[i - a : i], self.other[j - b : j], self.at_one[i - a], self.setting)
        return _compared(self.one[i - 1], self.other[j - 1], _both(self.at_one[i - 1], self.at_other[j - 1]), self.setting)


def _position(words: Sequence[NameWord], place: int) -> Position:
    """Return what the word at a place is: the first that is no kunya is the given name, the last with the article the family's."""
    before = sum(word.part != "kunya" for word in words[:place])
    if words[place].part == "nisba" or (place == len(words) - 1 and before > 2):
        return "family"
    return "given" if before == 0 else "forebear"


def _both(one: Position, other: Position) -> Position:
    return one if one == other else "family" if "family" in {one, other} else "forebear"


def _left_out(words: Sequence[NameWord], place: int, *, left: bool) -> WordMatch:
    word = words[place]
    kind = word.part if word.part != "name" else _position(words, place)
    text = word.text
    return WordMatch(left=text if left else None, right=None if left else text, how="left_out", weight=LEFT_OUT[kind])


def _compared(one: NameWord, other: NameWord, position: Position, setting: _Setting) -> WordMatch:
    how, less = _agreement(one, other)
    if how == "differs":
        weight = (
            LEFT_OUT["kunya"]
            if "kunya" in {one.part, other.part}
            else DIFFERENT[position] / (2 if _one_letter_apart(one, other) else 1)
        )
    elif how == "initial":
        weight = _INITIAL
    else:
        share = max(setting.share(word.text, position, by_key=how not in {"same", "fused"}) for word in (one, other))
        weight = max(min(-math.log2(share), _MOST) - less, 0.3)
    return WordMatch(left=one.text, right=other.text, how=how, weight=round(weight, 3))


@lru_cache(maxsize=1 << 16)
def _agreement(one: NameWord, other: NameWord) -> tuple[How, float]:
    """Return how two words agree and what that leaves open in bits."""
    if (one.part == "kunya") != (other.part == "kunya"):
        return "differs", 0.0
    if "initial" in {one.part, other.part}:
        return ("initial" if _same_initial(one, other) else "differs"), 0.0
    if one.spelling == other.spelling and agreement(one.text, other.text) == "equal":
        return ("same", _LESS["same"]) if one.text.count(" ") == other.text.count(" ") else ("fused", _LESS["same"])
    if set(one.keys).isdisjoint(other.keys) and OSA.distance(one.skeleton, other.skeleton, score_cutoff=_FAR) > _FAR:
        return _without_abd(one, other)
    grade = agreement(one.text, other.text)
    if grade == "different":
        return _without_abd(one, other)
    return _HOW[grade], _LESS[grade]


def _without_abd(one: NameWord, other: NameWord) -> tuple[How, float]:
    """Return a variant when one is the other with Abd al- in front (Karim for Abd al-Karim)."""
    if _abd_left_out(one, other) or _abd_left_out(other, one):
        return "variant", _ABD_LEFT_OUT
    return "differs", 0.0


def _one_letter_apart(one: NameWord, other: NameWord) -> bool:
    """Say whether a slip of one consonant could explain a difference; between names of one key (Hasan, Husayn) none does."""
    if min(len(one.skeleton), len(other.skeleton)) < 4 or not set(one.keys).isdisjoint(other.keys):
        return False
    return OSA.distance(one.skeleton, other.skeleton, score_cutoff=1) <= 1


def _same_initial(one: NameWord, other: NameWord) -> bool:
    short, full = sorted((one.skeleton, other.skeleton), key=len)
    return bool(short) and full.startswith(short)


def _abd_left_out(one: NameWord, other: NameWord) -> bool:
    return one.skeleton.startswith("abd") and len(other.keys[0]) > 1 and "bd" + other.keys[0] in one.keys


def _fused(one: Sequence[NameWord], other: Sequence[NameWord], position: Position, setting: _Setting) -> WordMatch | None:
    """Return the match of two words with one that is written together, or None when they are not the same letters."""
    if any(word.part in {"kunya", "initial"} for word in (*one, *other)):
        return None
    if one[0].skeleton[:1] != other[0].skeleton[:1] or one[-1].skeleton[-1:] != other[-1].skeleton[-1:]:
        return None
    left, right = (" ".join(word.text for word in words) for words in (one, other))
    whole = "".join(word.spelling for word in one) == "".join(word.spelling for word in other)
    if not whole and spelling_cost(left, right) > SAME:
        return None
    share = max(setting.share(text, position) for text in (left, right))
    apart = math.prod(setting.share(word.text, "forebear") for word in max((one, other), key=len))
    weight = min(-math.log2(max(share, apart)), _MOST) - _LESS["fused"]
    return WordMatch(left=left, right=right, how="fused", weight=round(max(weight, 0.3), 3))


def _moved(path: Sequence[Step], one: Sequence[NameWord], other: Sequence[NameWord], setting: _Setting) -> list[WordMatch]:
    """Return the matches of a path, words left out on both sides that agree brought together as moved."""
    matches = [step[2] for step in path]
    alone_left = [(n, step[0][0]) for n, step in enumerate(path) if not step[1]]
    alone_right = [(n, step[1][0]) for n, step in enumerate(path) if not step[0]]
    dropped: set[int] = set()
    for n, left in alone_left:
        candidates = [(m, _compared(one[left], other[right], "forebear", setting)) for m, right in alone_right if m not in dropped]
        agreeing = [(m, match) for m, match in candidates if match.how in {"same", "same_key", "fused"}]
        if agreeing:
            m, match = max(agreeing, key=lambda found: found[1].weight)
            matches[n] = replace(match, weight=round(max(match.weight + _MOVED, 0.0), 3), moved=True)
            dropped.add(m)
    return [match for n, match in enumerate(matches) if n not in dropped]
