"""A full name as words to compare: each with its keys, its skeleton and the part it plays (kunya, nisba, initial or a name).

Built on the same steps as :func:`aljabr.names.split_name`, so that a word here is a token there. A kunya (Abu Ali, Umm
Ahmed) stands in front
of a longer name; a nisba or laqab is written with the article and does not stand first. Nothing is compared here, and
no word says where
its bearer comes from.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aljabr.names.closeness import sound_row
from aljabr.names.folding import fold
from aljabr.names.letters import words as word_set
from aljabr.names.meeting import meeting_keys
from aljabr.names.parts import is_kunya, names_in_order, split_name
from aljabr.names.tokens import NAME_SEPARATORS, token_facts

__all__ = ["NameWord", "TokenForm", "name_words", "token_form"]

Part = Literal["name", "kunya", "nisba", "initial"]

_SEPARATORS = re.compile(NAME_SEPARATORS)
_DIGRAPH_INITIALS = word_set("kh sh gh th dh ch")


@dataclass(frozen=True, kw_only=True, slots=True)
class NameWord:
    """One word of a full name.

    Parameters
    ----------
    text : str
        The word as written, mended; its tokens with single spaces.
    spelling : str
        Folded, without spaces: equal for what differs in nothing but letter variants.
    skeleton : str
        ASCII skeletons of its tokens put together.
    keys : tuple of str
        All keys by which it may be met, the first being the published one.
    part : {"name", "kunya", "nisba", "initial"}
        The part it plays.
    """

    text: str
    spelling: str
    skeleton: str
    keys: tuple[str, ...]
    part: Part


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenForm:
    """What a set-based comparison needs of one distinct token, computed once and joined.

    Parameters
    ----------
    token : str
        As met.
    spelling, skeleton, role : str
        As in :class:`NameWord` and :class:`~aljabr.names.TokenFacts`.
    keys : tuple of str
        Every meeting key, the published one first; two tokens meet when they share one. Empty for an article.
    sounds : str
        ASCII, with the vowels a common name is read with (:func:`~aljabr.names.closeness.sound_row`), for string distances across
        scripts; nearer to how a name sounds than the skeleton.
    initial : bool
        Whether it is one letter standing for a name; it meets every key that begins with its own.
    """

    token: str
    spelling: str
    skeleton: str
    role: str
    keys: tuple[str, ...]
    sounds: str
    initial: bool


def token_form(token: str) -> TokenForm:
    """Return the forms of one token of a name.

    Parameters
    ----------
    token : str
        What stands between two ``NAME_SEPARATORS``.

    Examples
    --------
    >>> token_form("Orhan").keys, token_form("م").initial
    (('rhn', 'rxn'), True)
    """
    facts = token_facts(token)
    return TokenForm(
        token=token,
        spelling=fold(facts.repaired),
        skeleton=facts.skeleton,
        role=facts.role,
        keys=tuple(key for key in meeting_keys(token) if key),
        sounds=sound_row(token) if facts.key else "",
        initial=_is_initial(fold(facts.repaired)),
    )


@lru_cache(maxsize=1 << 15)
def name_words(full: str) -> tuple[NameWord, ...]:
    """Return the words of a full name, in order, without connectors and titles in front.

    Parameters
    ----------
    full : str
        A full name as written, in any script.

    Examples
    --------
    >>> [(word.text, word.part) for word in name_words("أبو علي محمد عبد الله ح. الجبوري")]
    [('أبو علي', 'kunya'), ('محمد', 'name'), ('عبد الله', 'name'), ('ح', 'initial'), ('الجبوري', 'nisba')]
    """
    texts = split_name(names_in_order(full)).tokens
    return tuple(_word(text, place, len(texts)) for place, text in enumerate(texts))


def _word(text: str, place: int, words: int) -> NameWord:
    spelling = fold(text).replace(" ", "")
    tokens = [token_facts(token) for token in _SEPARATORS.split(text) if token]
    part: Part = "name"
    if _is_initial(spelling):
        part = "initial"
    elif place == 0 and is_kunya([token.repaired for token in tokens], words=words):
        part = "kunya"
    elif place > 0 and tokens and tokens[0].article:
        part = "nisba"
    return NameWord(
        text=text,
        spelling=spelling,
        skeleton="".join(token.skeleton for token in tokens),
        keys=meeting_keys(text),
        part=part,
    )


def _is_initial(spelling: str) -> bool:
    return (len(spelling) == 1 and spelling.isalpha()) or spelling in _DIGRAPH_INITIALS
