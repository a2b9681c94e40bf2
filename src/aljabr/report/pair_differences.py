"""Where two values of one field differ, as marked spans: names word by word, numbers and dates sign by sign.

Words of names meet by their key, whatever the script and the place in the name; nothing here weighs anything or changes a score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from aljabr.names import NAME_SEPARATORS, fold, key, token_facts

_UNMARKED = frozenset({"reference"})  # every source numbers its own way; marks would say nothing
NAME_MEANINGS = frozenset({"full_name", "given_name", "surname", "middle_names"})
_FEW_SIGNS = 0.75
_PLAIN = re.compile(NAME_SEPARATORS)
_ARABIC = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


@dataclass(frozen=True, kw_only=True)
class Span:
    """A piece of a value: ``same``, ``spelt`` (the same word in another spelling), ``moved`` to another place, ``only`` here."""

    text: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The two values of one field in spans, and how they compare: ``same``, ``alike``, ``differs`` or ``one`` (one side only)."""

    left: tuple[Span, ...]
    right: tuple[Span, ...]
    state: str


def compare_values(left: str, right: str, meaning: str) -> Compared:
    """Mark where two values differ.

    Examples
    --------
    >>> found = compare_values("Muhammed Ali Hasan", "Mohammed Hasan Ali Saleh", "full_name")
    >>> [(span.text, span.state) for span in found.right]
    [('Mohammed', 'spelt'), ('Hasan', 'moved'), ('Ali', 'same'), ('Saleh', 'only')]
    """
    if not left or not right:
        return Compared(left=_whole(left), right=_whole(right), state="one")
    if left == right:
        return Compared(left=_whole(left), right=_whole(right), state="same")
    if meaning in _UNMARKED:
        return Compared(left=_whole(left), right=_whole(right), state="differs")
    if meaning in NAME_MEANINGS:
        return _names(left, right)
    if any(character.isdigit() for character in left) and any(character.isdigit() for character in right):
        return _signs(left, right)
    state = "same" if fold(left) == fold(right) else "alike" if _keyed(left) == _keyed(right) != "" else "differs"
    marked = "same" if state == "same" else "spelt" if state == "alike" else "only"
    return Compared(left=(Span(text=left, state=marked),), right=(Span(text=right, state=marked),), state=state)


def direction_of(text: str) -> str:
    """Return the direction a value is read in: ``rtl`` when it has a letter of an Arabic, Hebrew or Syriac block, else ``ltr``."""
    return "rtl" if _ARABIC.search(text) else "ltr"


def _whole(text: str) -> tuple[Span, ...]:
    return (Span(text=text, state="same"),) if text else ()


def _keyed(text: str) -> str:
    return "".join(key(word) for word in _PLAIN.split(text) if word)


def _names(left: str, right: str) -> Compared:
    """Let every word of the left name meet at most one of the right, by key, else by a key that begins alike."""
    sides = _words(left), _words(right)
    keys = [[_keyed(token) or fold(token) for token in side] for side in sides]
    partner: dict[int, int] = {}
    for start in (0, 1):
        for i, mine in enumerate(keys[0]):
            taken = set(partner.values())
            free = [j for j in range(len(keys[1])) if j not in taken]
            if i not in partner:
                met = [j for j in free if (keys[1][j] == mine if start == 0 else _begins(mine, keys[1][j]))]
                if met:
                    partner[i] = min(met, key=lambda j: (abs(j - i), j))
    back = {j: i for i, j in partner.items()}
    order = [partner[i] for i in sorted(partner)]
    kept = _longest_rising(order)
    spans = []
    for side, matches in ((0, partner), (1, back)):
        told = []
        for place, token in enumerate(sides[side]):
            other = matches.get(place)
            told.append(Span(text=token, state=_state(token, sides[1 - side], other, moved=_right(side, place, other) not in kept)))
        spans.append(tuple(told))
    states = {span.state for side in spans for span in side}
    overall = "differs" if "only" in states else "alike" if states - {"same"} else "same"
    return Compared(left=spans[0], right=spans[1], state=overall)


def _words(full: str) -> tuple[str, ...]:
    """Return the words of a name as written, a particle with the name it belongs to."""
    words: list[str] = []
    joins = False
    for written in full.split():
        roles = [token_facts(token).role for token in _PLAIN.split(written) if token]
        if words and (joins or (len(roles) == 1 and roles[0] == "suffix")):
            words[-1] += f" {written}"
        else:
            words.append(written)
        joins = bool(roles) and roles[-1] == "prefix"
    return tuple(words)


def _begins(mine: str, other: str) -> bool:
    """Whether one is an initial of the other."""
    short, long = sorted((mine, other), key=len)
    return len(short) == 1 and len(long) > 1 and long.startswith(short)


def _right(side: int, place: int, other: int | None) -> int | None:
    return other if side == 0 else place


def _state(token: str, others: tuple[str, ...], other: int | None, *, moved: bool) -> str:
    if other is None:
        return "only"
    if moved:
        return "moved"
    # Between two scripts every word is written otherwise; that is no difference worth a mark.
    alike = fold(token) == fold(others[other]) or direction_of(token) != direction_of(others[other])
    return "same" if alike else "spelt"


def _longest_rising(order: list[int]) -> set[int]:
    """Return the largest part of the places that stands in rising order: the words that kept their order."""
    best: list[list[int]] = []
    for place, value in enumerate(order):
        before = [chain for chain, last in zip(best, order[:place], strict=True) if last < value]
        best.append([*_longest(before), value])
    return set(_longest(best))


def _longest(chains: list[list[int]]) -> list[int]:
    return max(chains, key=lambda chain: len(chain), default=[])


def _signs(left: str, right: str) -> Compared:
    matcher = SequenceMatcher(a=left, b=right, autojunk=False)
    if matcher.ratio() < _FEW_SIGNS:
        return Compared(left=(Span(text=left, state="only"),), right=(Span(text=right, state="only"),), state="differs")
    sides: tuple[list[Span], list[Span]] = ([], [])
    for kind, a, b, c, d in matcher.get_opcodes():
        for spans, text in ((sides[0], left[a:b]), (sides[1], right[c:d])):
            if text:
                spans.append(Span(text=text, state="same" if kind == "equal" else "only"))
    return Compared(left=tuple(sides[0]), right=tuple(sides[1]), state="alike")
