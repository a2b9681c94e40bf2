"""Gaps, overlaps and unreachable rules of a programme's tables, told with what the programme knows of its facts.

What the facts can be (their bounds, exhibits that are named or not, dated amounts that follow from the dates) narrows the search of
``aljabr.feel.regions``, so that nothing is reported which no claim can be. ``refuse_contradictions`` is asked at load and refuses
what no run could decide soundly; ``check_regions`` tells everything, gaps too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from aljabr.errors import ExpressionRefused
from aljabr.feel import Chain
from aljabr.feel.axes import World
from aljabr.feel.regions import RegionFinding, chain_findings
from aljabr.feel.types import Value
from aljabr.programmes.amounts import amounts_for
from aljabr.programmes.findings import Finding, error, note
from aljabr.programmes.records import Programme

ALWAYS_KNOWN = ("harm", "overlap", "decided_on")
CONTRADICTIONS = ("overlap", "conflict", "unreachable", "never")
SINGLE = ("UNIQUE", "ANY", "FIRST", "PRIORITY")


def world_of(programme: Programme) -> World:
    """Return what a programme says its facts can be."""
    bounds: dict[str, tuple[Any, Any]] = {"claimed_minor": (Decimal(0), None)}
    for fact in programme.facts:
        if fact.minimum is not None or fact.maximum is not None:
            bounds[fact.name] = (_exact(fact.minimum), _exact(fact.maximum))
    for amount in programme.amounts:
        values = [value.value for value in amount.values]
        if values:
            bounds[amount.key] = (Decimal(min(values)), Decimal(max(values)))
    exhibits = {fact.name for fact in programme.facts if fact.source == "exhibit"}
    return World(
        bounds=bounds,
        present=frozenset({*ALWAYS_KNOWN, *exhibits}),
        ordered=(("incident_earliest_on", "incident_latest_on"),),
    )


def refuse_contradictions(programme: Programme, chain: Chain) -> None:
    """Refuse tables whose rules contradict the hit policy.

    Raises
    ------
    ExpressionRefused
        Naming file, table and rules of each contradiction, with facts that show it.
    """
    found = _found(programme, chain, gaps=False)
    problems = [_problem(one) for one in found if one.kind in CONTRADICTIONS]
    if problems:
        more = f"\n… and {len(problems) - 10} more." if len(problems) > 10 else ""
        raise ExpressionRefused("\n".join(problems[:10]) + more, problems=problems)


def check_regions(programme: Programme, chain: Chain) -> Iterator[Finding]:
    """Yield overlaps, conflicts, rules that can never decide, gaps, and what could not be decided about them.

    Parameters
    ----------
    programme : Programme
        Whose facts and amounts the tables read.
    chain : Chain
        Its typed tables.
    """
    for one in _found(programme, chain, gaps=True):
        where = f"tables/{one.table.file}, {one.table.name}"
        if one.kind in CONTRADICTIONS:
            yield error(where, *_told(one), example=one.example, facts=one.facts)
        elif one.kind == "gap":
            yield _gap(one, where)
        else:
            yield note(where, _open(one), _open_way_out(one))


def said(example: Mapping[str, Value]) -> str:
    """Return a counter-example in one line.

    Examples
    --------
    >>> said({"disability_percent": Decimal(50), "filed_on": date(2016, 2, 1), "resident": None})
    'disability_percent = 50, filed_on = 2016-02-01, resident missing'
    """
    return ", ".join(f"{name} missing" if value is None else f"{name} = {spoken(value)}" for name, value in example.items())


def spoken(value: object) -> str:
    """Return a value as a person writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
    return str(value)


def _found(programme: Programme, chain: Chain, *, gaps: bool) -> Iterator[RegionFinding]:
    def derive(facts: Mapping[str, Value]) -> dict[str, Value]:
        return {key: _exact(value) for key, value in amounts_for(programme, facts).items()}

    return chain_findings(chain, world=world_of(programme), derive=derive, gaps=gaps)


def _exact(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _problem(one: RegionFinding) -> str:
    what, way_out = _told(one)
    return f"{one.table.file}: table {one.table.name}: {what} {way_out}"


def _told(one: RegionFinding) -> tuple[str, str]:
    example = said(one.example or {})
    first, *others = one.rules
    match one.kind:
        case "overlap":
            what = f"The rules {first} and {others[0]} both match {example}; UNIQUE allows one rule."
            return what, "Let their cells exclude each other, or write FIRST and put above the rule that goes first."
        case "conflict":
            what = f"The rules {first} and {others[0]} both match {example} and say different things; ANY allows one answer."
            return what, "Let their cells exclude each other, or let both say the same."
        case "unreachable":
            what = f"The rule {first} can never decide: {', '.join(others)} take everything it matches."
            return what, f"Put it above them, narrow them, or take {first} out."
    return f"The rule {first} matches nothing: its cells exclude each other.", "Mend a cell, or take the rule out."


def _gap(one: RegionFinding, where: str) -> Finding:
    what = f"No rule matches {said(one.example or {})}."
    if one.table.hit_policy not in SINGLE:
        return note(
            where, what, "Nothing is listed or counted then; add a row if that is not meant.", example=one.example, facts=one.facts
        )
    if one.table.defaults:
        return note(
            where, what, "The default output is given; add a row if that is not meant.", example=one.example, facts=one.facts
        )
    way_out = "Add a row for it, or a default output that says what is given then."
    return error(where, what, way_out, example=one.example, facts=one.facts)


def _open(one: RegionFinding) -> str:
    rules = " and ".join(one.rules)
    asked = {
        "overlap": f"Whether the rules {rules} can both match",
        "conflict": f"Whether the rules {rules} can both match and say different things",
        "unreachable": f"Whether the rule {rules} can ever decide",
        "gap": "Whether some facts match no rule",
    }[one.about]
    if one.kind == "unbounded":
        return f"{asked} was not decided within {one.regions} regions."
    return f"{asked} was not decided: cells calculate with or compare {', '.join(one.unreasoned)}."


def _open_way_out(one: RegionFinding) -> str:
    if one.kind == "unbounded":
        return "Divide the table into smaller ones."
    return "Read these cells side by side, and write a worked case on each boundary."
