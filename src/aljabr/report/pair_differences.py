"""Where two values of one field differ, as marked spans: names word by word, numbers and dates sign by sign.

Words of names are paired by the alignment of ``names``, whatever their script and place; nothing here changes a score.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from aljabr.names import NAME_SEPARATORS, fold, key, skeleton
from aljabr.names.alignment import WordMatch, align_names

_UNMARKED = frozenset({"reference", "place_code"})  # every source numbers its own way; marks would say nothing
NAME_MEANINGS = frozenset({"full_name", "given_name", "surname", "middle_names", "father_name", "grandfather_name", "mother_name"})
_FEW_SIGNS = 0.75
_LONGEST_WORD = 4
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
    >>> found = compare_values("محمد علي حسين الجبوري", "محمد حسن الجبورى", "full_name")
    >>> [(span.text, span.state) for span in found.right]
    [('محمد', 'same'), ('حسن', 'only'), ('الجبورى', 'same')]
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
    """Mark the words of two names as the alignment of ``names`` pairs them."""
    matches = align_names(left, right).matches
    two_scripts = direction_of(left) != direction_of(right)
    told = [(match.left, match.right, _state(match, two_scripts=two_scripts)) for match in matches]
    spans = (
        _marked(left, [(text, state) for text, _, state in told if text]),
        _marked(right, [(text, state) for _, text, state in told if text]),
    )
    if "differs" in {match.how for match in matches} or not matches:
        return Compared(left=spans[0], right=spans[1], state="differs")
    states = {span.state for side in spans for span in side}
    return Compared(left=spans[0], right=spans[1], state="alike" if states - {"same"} else "same")


def _state(match: WordMatch, *, two_scripts: bool) -> str:
    if match.how in {"left_out", "differs"}:
        return "only"
    if match.moved:
        return "moved"
    # Between two scripts every word is written otherwise; that is no difference worth a mark.
    return "same" if match.how == "same" or (two_scripts and match.how == "same_key") else "spelt"


def _marked(written: str, words: list[tuple[str, str]]) -> tuple[Span, ...]:
    """Return a name as written, in the words that the alignment speaks of; connectors and titles stay unmarked."""
    left, spans, place = [(skeleton(text), state) for text, state in words], [], 0
    pieces = written.split()
    while place < len(pieces):
        for many in range(min(_LONGEST_WORD, len(pieces) - place), 0, -1):
            text = " ".join(pieces[place : place + many])
            found = next((word for word in left if word[0] == skeleton(text)), None)
            if found or many == 1:
                spans.append(Span(text=text, state=found[1] if found else "same"))
                place += many
                if found:
                    left.remove(found)
                break
    return tuple(spans)


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
