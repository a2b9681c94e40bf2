"""A full name as the names it is made of, in the order of Iraqi papers: own, father's, grandfather's, family's.

The steps are those of :mod:`aljabr.names.tokens`, so that SQL over token facts gives the same names. No name is ranked,
and no community is read from one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import dropwhile

from aljabr.names.folding import fold
from aljabr.names.letters import words
from aljabr.names.tokens import NAME_SEPARATORS, TokenFacts, token_facts

_SEPARATORS = re.compile(NAME_SEPARATORS)
_KUNYA = words("ابو ابا ابي ام abu abou abo aboo abi umm um om oum")
_NAMES_OF_ABU = words("بكر bakr bakir bekir ابوبكر abubakr abubakir abobakr ابوذر كلثوم kulthum kalthoum البنين albanin")
_FUSED_KUNYA = re.compile("ابو(?=...)(?!ال)")


@dataclass(frozen=True, kw_only=True)
class NameParts:
    """A full name and the names in it; a part that is not there is None.

    Parameters
    ----------
    original : str
        The full name as met.
    tokens : tuple of str
        The names in order, mended, each with its particles (``عبد الله``), without connectors and titles in front.
    given, father, grandfather : str or None
        The first, second and third name.
    family : str or None
        The last name when it is written with the article or al- and is not the only one; a fourth name without it may as
        well be the great-grandfather's, and stays in ``tokens`` only.
    """

    original: str
    tokens: tuple[str, ...]
    given: str | None
    father: str | None
    grandfather: str | None
    family: str | None


_IN_BRACKETS = re.compile(r"[(\[{][^()\[\]{}]*[)\]}]")
_FAMILY_FIRST = re.compile(r"^([^,،]*\w[^,،]*)[,،]\s*([^,،]*\w[^,،]*)$")


def names_in_order(full: str) -> str:
    """Return a full name in the order of papers: a by-name in brackets left out, a family name before a comma put last.

    Parameters
    ----------
    full : str
        A full name as written. What stands in brackets goes only where two words stay; what stands before a comma moves
        only when it is one name and two or more follow, or one follows and it has the article.

    Examples
    --------
    >>> names_in_order("غازي (ابو فهد) فيصل عاشور"), names_in_order("AL-HAMDANI, Ziyad Tariq")
    ('غازي فيصل عاشور', 'Ziyad Tariq AL-HAMDANI')
    """
    if not any(sign in full for sign in "([{,،"):
        return full
    bare = " ".join(_IN_BRACKETS.sub(" ", full).split())
    if len(_names(bare)) > 1:
        full = bare
    turned = _FAMILY_FIRST.match(full.strip())
    if turned is None:
        return full
    before, after = _names(turned[1]), _names(turned[2])
    moves = len(before) == 1 and (len(after) > 1 or (len(after) == 1 and before[0][0].article))
    return f"{turned[2].strip()} {turned[1].strip()}" if moves else full


def is_kunya(tokens: Sequence[str], *, words: int) -> bool:
    """Say whether the first word of a name is a kunya (Abu Ali, Umm Ahmed) and not the given name.

    Parameters
    ----------
    tokens : sequence of str
        The tokens of the first word, as written or mended.
    words : int
        How many words the name has. In front of two words and more Abu X is a kunya, and so it is where it stands alone; before
        one word it may be a name. Abu Bakr is a name.

    Examples
    --------
    >>> is_kunya(["ابو", "احمد"], words=4), is_kunya(["ابو", "بكر"], words=4), is_kunya(["ابواحمد"], words=4)
    (True, False, True)
    """
    folded = [fold(token).replace(" ", "") for token in tokens]
    if not folded or words == 2 or folded[-1] in _NAMES_OF_ABU:
        return False
    if len(folded) > 1:
        return folded[0] in _KUNYA
    fused = _FUSED_KUNYA.match(folded[0])
    return fused is not None and token_facts(folded[0]).role == "name"


def _names(full: str) -> list[list[TokenFacts]]:
    facts = [fact for fact in map(token_facts, _SEPARATORS.split(full)) if fact.role != "connector"]
    facts = list(dropwhile(lambda fact: fact.role == "title", facts)) or facts
    names: list[list[TokenFacts]] = []
    for place, fact in enumerate(facts):
        before = facts[place - 1].role if place else None
        after = facts[place + 1].role if place + 1 < len(facts) else None
        joins = before == "prefix" or fact.role == "suffix" or (_is_article(fact) and after == "suffix")
        if names and joins:
            names[-1].append(fact)
        else:
            names.append([fact])
    return names


def _is_article(fact: TokenFacts) -> bool:
    return fact.role == "prefix" and fact.article


def split_name(full: str) -> NameParts:
    """Split a full name into its names.

    Parameters
    ----------
    full : str
        A full name as written on a form, in any script.

    Returns
    -------
    NameParts
        The names; ``tokens`` is empty when the text holds no letter.

    Examples
    --------
    >>> parts = split_name("الحاج عبد هللا بن نور الدين محمد الجبوري")
    >>> parts.given, parts.father, parts.grandfather, parts.family
    ('عبد الله', 'نور الدين', 'محمد', 'الجبوري')
    """
    names = _names(full)
    tokens = tuple(" ".join(fact.repaired for fact in name) for name in names)
    has_family = len(names) > 1 and names[-1][0].article
    own = tokens[:-1] if has_family else tokens
    given, father, grandfather = (*own[:3], None, None, None)[:3]
    return NameParts(
        original=full,
        tokens=tokens,
        given=given,
        father=father,
        grandfather=grandfather,
        family=tokens[-1] if has_family else None,
    )


def skeleton(text: str) -> str:
    """Return the ASCII skeleton of a token, or of the tokens of a text put together.

    Parameters
    ----------
    text : str
        A token; a span of tokens gives their skeletons joined without a space.

    Returns
    -------
    str
        Lower-case ASCII, one character per letter; equal for the spellings of one token, Arabic or Sorani.

    Examples
    --------
    >>> skeleton("أحمد"), skeleton("ئەحمەد"), skeleton("Ahmed"), skeleton("صلاح"), skeleton("صالح")
    ('ahmd', 'ahmd', 'ahmd', 'slah', 'salh')
    """
    return "".join(token_facts(token).skeleton for token in _SEPARATORS.split(text) if token)


def key(text: str) -> str:
    """Return the coarse consonantal key of a token, or of the tokens of a text put together.

    Names whose keys differ are hardly ever one name; names whose keys meet may well be two (محمد and محمود): a key
    finds candidates, it does not say that people are one.

    Parameters
    ----------
    text : str
        A token; a span of tokens gives their keys joined without a space.

    Returns
    -------
    str
        Lower-case ASCII; empty when the text has no letter.

    Examples
    --------
    >>> {key(name) for name in ("محمد", "Mohammed", "Muhammad", "Mehmet", "محەمەد")}
    {'mhmd'}
    >>> key("عبدالله") == key("عبد هللا") == key("Abd-Allah") == key("Abdulla")
    True
    """
    return "".join(token_facts(token).key for token in _SEPARATORS.split(text) if token)
