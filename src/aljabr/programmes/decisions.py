"""From a programme to its typed chain of decisions: which names its tables may read, and of which type.

A table may read the programme's facts, its amounts (by key; whole numbers) and the engine's own facts, which every programme has
without declaring them. ``programme_chain`` is what ``aljabr programme check`` and the rules share.
"""

from __future__ import annotations

from aljabr.errors import ProgrammeBroken
from aljabr.feel import Chain, Type, check_chain, named_type
from aljabr.programmes.codes import fact_values
from aljabr.programmes.records import Programme
from aljabr.programmes.regions import refuse_contradictions

OVERLAPS = ("none", "same_person", "relatives", "two_heads")
ENGINE_FACTS = {
    "harm": "string",
    "relation": "string",
    "filed_on": "date",
    "decided_on": "date",
    "incident_earliest_on": "date",
    "incident_latest_on": "date",
    "claimed_minor": "number",
    "overlap": "string",
}


def environment(programme: Programme) -> dict[str, Type]:
    """Return every name the tables may read, with its type.

    Raises
    ------
    ProgrammeBroken
        When an amount has the name of a fact, two names differ in capitals only, or an engine fact is given another type.
    """
    codes = {"harm": tuple(harm.code for harm in programme.harms), "relation": _relations(programme), "overlap": OVERLAPS}
    found = {name: _type(kind, name, codes.get(name, ())) for name, kind in ENGINE_FACTS.items()}
    for fact in programme.facts:
        if fact.name in found and found[fact.name].kind != fact.type:
            raise ProgrammeBroken(f"programme.yaml: the engine's fact {fact.name} is a {found[fact.name]}.", "Mend its type.")
        found[fact.name] = _type(fact.type, fact.name, fact_values(programme, fact) or codes.get(fact.name, ()))
    for amount in programme.amounts:
        if amount.key in found:
            raise ProgrammeBroken(f"amounts: {amount.key} is the name of a fact as well.", "Rename one of them.")
        found[amount.key] = Type(kind="number")
    seen = {table.name.lower(): f"the decision {table.name}" for table in programme.tables}
    for name in found:
        if name.lower() in seen:
            raise ProgrammeBroken(f"programme.yaml: {name} is too much like {seen[name.lower()]}.", "Rename one of them.")
        seen[name.lower()] = name
    return found


def typed_chain(programme: Programme) -> Chain:
    """Return the programme's tables, typed and in the order in which they are decided, their regions unchecked.

    Raises
    ------
    ProgrammeBroken
        When the tables or the names they read contradict each other.
    ExpressionRefused
        Naming file, table, rule and cell of everything that is refused.
    """
    return check_chain(programme.tables, environment(programme))


def programme_chain(programme: Programme) -> Chain:
    """Return the programme's tables, ready to decide: typed, in order, and without rules that contradict their hit policy.

    Raises
    ------
    ProgrammeBroken
        When the tables or the names they read contradict each other.
    ExpressionRefused
        Naming file, table, rule and cell of everything that is refused, and each overlap, conflict or unreachable rule.
    """
    chain = typed_chain(programme)
    refuse_contradictions(programme, chain)
    return chain


def _relations(programme: Programme) -> tuple[str, ...]:
    return tuple(dict.fromkeys(("self", *programme.relations))) if programme.relations else ()


def _type(kind: str, name: str, values: tuple[str, ...]) -> Type:
    found = named_type(kind, name=name, values=values)
    if found is None:
        raise ProgrammeBroken(f"programme.yaml: the fact {name} is a {kind}.", "Facts are string, number, boolean or date.")
    return found
