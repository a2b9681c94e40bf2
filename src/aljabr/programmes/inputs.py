"""Checks what tables read and mappings fill: facts unused or undeclared, targets and codes of mappings."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aljabr.feel import Chain
from aljabr.programmes.codes import fact_values
from aljabr.programmes.findings import Finding, error, note
from aljabr.programmes.records import Fact, Mapping, Programme


def check_facts(programme: Programme, chain: Chain | None) -> Iterator[Finding]:
    """Yield facts and amounts declared and read by no table.

    Parameters
    ----------
    programme : Programme
        Its facts and amounts.
    chain : Chain or None
        Its typed tables; None when they were refused, and then everything counts as read.
    """
    read = set(chain.facts) if chain else None
    for fact in programme.facts:
        yield from _fact(fact, read, {body.key for body in programme.bodies})
    elsewhere = {ceiling.amount for ceiling in programme.ceilings} | {remedy.amount for remedy in programme.remedies}
    for amount in programme.amounts:
        if read is not None and amount.key not in read | elsewhere:
            yield note(f"amounts, {amount.key}", "No table reads it.")


def check_mappings(programme: Programme, *, targets: Collection[str] = ()) -> Iterator[Finding]:
    """Yield columns that go nowhere and codes that mean nothing here.

    Parameters
    ----------
    programme : Programme
        With its mappings.
    targets : collection of str
        The targets every programme has; when empty, only ``facts.NAME`` is checked.
    """
    for mapping in programme.mappings:
        where = f"intake, {mapping.key}"
        for column, field in mapping.columns.items():
            yield from _target(programme, field.to, targets, f"{where}, column {column}")
            if field.codes:
                yield from _codes(programme, mapping, field.to, field.codes, f"{where}, codes {field.codes}")
        for target in mapping.constants:
            yield from _target(programme, target, targets, f"{where}, constant {target}")


def _fact(fact: Fact, read: set[str] | None, bodies: set[str]) -> Iterator[Finding]:
    where = f"programme.yaml, fact {fact.name}"
    if fact.values_from not in ("", "harms", "relations"):
        yield error(where, f"values_from is {fact.values_from!r}.", "Write harms or relations, or list values.")
    if fact.source == "exhibit" and not fact.exhibit:
        yield error(where, "It says no exhibit kind.", "Add exhibit: the kind of document that makes it true.")
    if fact.asked_of not in {"claimant", "office", *bodies}:
        yield error(where, f"asked_of is {fact.asked_of!r}.", "Write claimant, office, or the key of a body.")
    used = read is None or fact.name in read
    if not used and not fact.kept_for and fact.source != "engine":
        yield note(where, "It is collected and no table reads it.", "Stop collecting it, or say in kept_for why it is needed.")


def _target(programme: Programme, target: str, targets: Collection[str], where: str) -> Iterator[Finding]:
    facts = {fact.name for fact in programme.facts if fact.source == "intake"}
    if target.startswith("facts."):
        if target.removeprefix("facts.") not in facts:
            yield error(where, f"{target} is no intake fact.", f"Intake facts are {', '.join(sorted(facts)) or 'none'}.")
    elif targets and target not in targets:
        yield error(where, f"{target} is no target.", f"Targets are {', '.join(sorted(targets))} and facts.NAME.")


def _codes(programme: Programme, mapping: Mapping, target: str, name: str, where: str) -> Iterator[Finding]:
    if name not in mapping.codes:
        yield error(where, "The mapping has no code list of that name.", f"Code lists are {', '.join(mapping.codes) or 'none'}.")
        return
    allowed = _allowed(programme, target)
    for code in sorted(set(mapping.codes[name].values()) - set(allowed)) if allowed else ():
        yield error(where, f"{code!r} is not a code of {target}.", f"Codes are {', '.join(allowed)}.")


def _allowed(programme: Programme, target: str) -> tuple[str, ...]:
    if target == "item.harm":
        return tuple(harm.code for harm in programme.harms)
    if target == "relation":
        return programme.relations
    if target == "exhibits":
        return tuple(fact.exhibit for fact in programme.facts if fact.source == "exhibit")
    fact = next((fact for fact in programme.facts if target == f"facts.{fact.name}"), None)
    return fact_values(programme, fact) if fact else ()
