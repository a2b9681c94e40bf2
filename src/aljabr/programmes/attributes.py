"""Checks the use of protected attributes: ethnicity, religion, sect, tribe, and family ties to a suspect.

None may be used by a table, or shown to the public, unless the programme says which law allows it. A name or a list of codes can
give such a fact away, whatever its author called it; nothing is concluded from what a claimant is called.
"""

from __future__ import annotations

from collections.abc import Iterator

from aljabr.feel import Chain, tree
from aljabr.programmes.findings import Finding, error
from aljabr.programmes.records import Fact, Programme

# Beginnings of words in a fact's name, whole words, and the codes of communities.
BEGINNINGS = ("ethnic", "religio", "sectarian", "tribe", "tribal", "clan", "denominat", "confession", "creed", "faith", "caste")
WORDS = frozenset({"sect", "sects", "race"})
# fmt: off
COMMUNITIES = frozenset({
    "sunni", "shia", "shiite", "shii", "yazidi", "yezidi", "ezidi", "christian", "muslim", "jewish", "mandaean", "sabean",
    "kakai", "shabak", "turkmen", "turkoman", "kurd", "kurds", "arab", "arabs", "assyrian", "chaldean", "armenian",
    "alawite", "druze", "ismaili", "bahai",
})
KIN = frozenset({
    "kin", "family", "relative", "relatives", "related", "wife", "widow", "husband", "son", "daughter", "brother", "sister",
    "parent", "parents", "child",
})
SUSPECTS = frozenset({
    "suspect", "suspects", "suspected", "accused", "offender", "perpetrator", "fighter", "militant", "militants",
})
# fmt: on


def protected_by_name(name: str) -> bool:
    """Return whether a fact's or a column's name is that of a protected attribute.

    Examples
    --------
    >>> protected_by_name("religion"), protected_by_name("widow_of_suspect"), protected_by_name("section")
    (True, True, False)
    """
    words = name.lower().split("_")
    return any(word.startswith(BEGINNINGS) or word in WORDS for word in words) or bool(KIN & set(words) and SUSPECTS & set(words))


def protected_by_meaning(fact: Fact) -> str:
    """Return why a fact is a protected attribute whatever it is marked as; empty when nothing says so.

    Examples
    --------
    >>> fact = {"name": "kin_of_suspect", "type": "boolean", "source": "intake"}
    >>> protected_by_meaning(Fact.model_validate(fact))
    'name'
    """
    if protected_by_name(fact.name):
        return "name"
    codes = [set(code.lower().split("_")) for code in fact.values]
    return "values" if sum(bool(code & COMMUNITIES) for code in codes) >= 2 else ""


def check_attributes(programme: Programme, chain: Chain | None) -> Iterator[Finding]:
    """Yield protected attributes that are not marked, that a table uses without a legal basis, or that the public is shown.

    Parameters
    ----------
    programme : Programme
        Its facts.
    chain : Chain or None
        Its typed tables; None when they were refused, and then every fact counts as used.
    """
    for fact in programme.facts:
        where = f"programme.yaml, fact {fact.name}"
        meaning = protected_by_meaning(fact)
        if meaning and not fact.protected:
            what = (
                "Its name is that of a protected attribute."
                if meaning == "name"
                else "Its codes are those of a protected attribute."
            )
            yield error(where, what, "Write protected: true, with the legal_basis that allows its use.")
        if not (fact.protected or meaning):
            continue
        used = _readers(fact, chain)
        if used and fact.legal_basis is None:
            what = f"A protected attribute is used without a legal basis, by {', '.join(used)}."
            yield error(where, what, "Name the article that allows it, or take it out.")
        if programme.published_fact == fact.name:
            what = "A protected attribute is counted for the public."
            yield error("programme.yaml, published_fact", what, "Publish by another fact, or by none.")


def _readers(fact: Fact, chain: Chain | None) -> list[str]:
    if chain is None:
        return ["tables that could not be read"]
    return [table.name for table in chain.tables if any(fact.name in tree.names(cell) for cell in table.expressions)]
