"""Why a determination came out as it did, and, for reviewers alone, which rows were near.

Two things that are kept apart. ``explain`` says what decided: rule, article, the facts used, the facts missing; it is what a
claimant may read. ``nearest_rows`` says what would have led to another row ("if the percentage were at least 60"): in a letter it
would teach which answer pays, so it goes to reviewers and nowhere else. Both are decided by the reference interpreter, and a near
row is only named when deciding the changed facts really hits it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

from aljabr.feel import Decision, evaluate, tree
from aljabr.feel.axes import OTHER_TEXT, Axes, World
from aljabr.feel.tables import DEFAULT_RULE, TypedRule, TypedTable
from aljabr.feel.types import Value
from aljabr.programmes import Programme
from aljabr.rules.recomputation import decide_again, recompute

Relation = Literal["at_least", "more_than", "at_most", "less_than", "is", "is_missing"]
# A row of another head of harm is not near, nor one that only linkage could lead to, nor one that needs more changes than these.
NEVER_CHANGED = frozenset({"harm", "overlap"})
INCIDENT = ("incident_earliest_on", "incident_latest_on")
CHANGES, NEAR = 2, 3


@dataclass(frozen=True, kw_only=True)
class Reason:
    """One rule that was hit: its table, its article, and what it read, with values (None for missing).

    ``facts`` are the facts tested and the amounts given; ``thresholds``, the amounts facts were compared with, are for reviewers.
    """

    table: str
    rule: str
    article: str
    about: str
    facts: Mapping[str, Value]
    thresholds: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """Why a determination came out as it did: nothing here says what another answer would have given.

    ``determination`` has the fields of the relation; ``missing`` the facts and codes still asked for.
    """

    determination: Mapping[str, Any]
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What a fact would have to be: a threshold for numbers and dates, values for codes.

    ``now`` is what it is, ``tried`` the value with which the row was decided again.
    """

    fact: str
    relation: Relation
    values: tuple[Value, ...]
    now: Value
    tried: Value


@dataclass(frozen=True, kw_only=True)
class NearRow:
    """One row that was not hit and what would have to be different.

    ``then`` is the determination that would follow, ``tried`` the facts it was decided with where they differ.
    """

    table: str
    rule: str
    article: str
    conditions: tuple[Condition, ...]
    tried: Mapping[str, Value]
    then: Mapping[str, Any]


def explain(programme: Programme, facts: Mapping[str, object]) -> Explanation:
    """Return why the determination of one item came out as it did.

    Parameters
    ----------
    programme : Programme
        The version the item was determined under.
    facts : mapping of str to object
        As ``recompute`` takes them.

    Returns
    -------
    Explanation
        One reason for every rule hit, in the order of the tables; safe to show to the claimant.
    """
    reading, known, decided = decide_again(programme, facts)
    determination = recompute(programme, facts)
    amounts = frozenset(amount.key for amount in programme.amounts)
    hit = [(decision.table, rule) for decision in decided for rule in _hit_rules(decision)]
    reasons = tuple(_reason(table, rule, known, reading.articles, amounts) for table, rule in hit)
    return Explanation(determination=determination, reasons=reasons, missing=tuple(json.loads(str(determination["missing_facts"]))))


def nearest_rows(programme: Programme, facts: Mapping[str, object]) -> tuple[NearRow, ...]:
    """Return the rows that few changed facts would have hit, for reviewers only.

    Parameters
    ----------
    programme : Programme
        The version the item was determined under.
    facts : mapping of str to object
        As ``recompute`` takes them.

    Returns
    -------
    tuple of NearRow
        At most three for each table, those with the fewest changes first. Each was decided with the changed facts and hit.
    """
    reading, known, decided = decide_again(programme, facts)
    values = dict(known)
    found: list[NearRow] = []
    amounts = {amount.key for amount in programme.amounts}
    for decision in decided:
        near: list[NearRow] = []
        for rule in decision.table.rules:
            if rule.id not in decision.hits:
                conditions = _conditions(rule, values, set(known) - amounts - NEVER_CHANGED)
                if conditions:
                    near += _confirmed(programme, facts, decision.table, rule, conditions, reading.articles)
        found += sorted(near, key=lambda row: len(row.conditions))[:NEAR]
        values |= {name: value for name, value in decision.values.items() if not isinstance(value, tuple)}
    return tuple(found)


def _hit_rules(decision: Decision) -> list[TypedRule]:
    rules = {rule.id: rule for rule in decision.table.rules}
    default = TypedRule(id=DEFAULT_RULE, tests=(), outputs=decision.table.defaults, annotations={})
    return [rules.get(hit, default) for hit in decision.hits]


def _reason(
    table: TypedTable,
    rule: TypedRule,
    known: Mapping[str, Value],
    articles: Mapping[tuple[str, str], str],
    amounts: frozenset[str],
) -> Reason:
    tested, given = _read_in_order(rule.tests, known), _read_in_order(rule.outputs, known)
    facts = [name for name in (*tested, *given) if name in given or name not in amounts]
    return Reason(
        table=table.name,
        rule=rule.id,
        article=articles.get((table.name, rule.id), ""),
        about=rule.annotations.get("about", ""),
        facts={name: known[name] for name in facts},
        thresholds={name: known[name] for name in tested if name in amounts and name not in given},
    )


def _read_in_order(cells: Sequence[tree.Expression], known: Mapping[str, Value]) -> list[str]:
    return list(dict.fromkeys(name for cell in cells for name in sorted(tree.names(cell)) if name in known))


def _conditions(rule: TypedRule, values: Mapping[str, Value], changeable: set[str]) -> tuple[Condition, ...]:
    """What would have to change for the rule's tests to pass; empty when that is more than a few facts, or not theirs to change."""
    by_fact: dict[str, list[tree.Expression]] = {}
    for test in rule.tests:
        if evaluate(test, values) is not True:
            facts = sorted(tree.names(test) & changeable)
            if not facts:
                return ()
            by_fact.setdefault(facts[0], []).append(test)
    if len(by_fact) > CHANGES:
        return ()
    found = [_condition(fact, [test for test in rule.tests if fact in tree.names(test)], values) for fact in by_fact]
    return tuple(condition for condition in found if condition) if all(found) else ()


def _condition(fact: str, tests: Sequence[tree.Expression], values: Mapping[str, Value]) -> Condition | None:
    """The nearest values of one fact that pass all tests on it, everything else as it is."""
    fixed = tree.Conjunction(operands=tuple(_with_values(test, values, fact) for test in tests))
    axes = Axes(World(), {})
    axes.rewritten(fixed)
    axes.settle()
    axis = axes.named.get(fact)
    if axis is None or len(axes.named) != 1:
        return None
    passes = [evaluate(fixed, {fact: value}) is True for value in axis.values]
    passing = [value for value, holds in zip(axis.values, passes, strict=True) if holds]
    now = values.get(fact)
    if None in passing:
        return Condition(fact=fact, relation="is_missing", values=(), now=now, tried=None)
    if not passing:
        return None
    if axis.subject.type.kind not in ("number", "date"):
        named = tuple(value for value in passing if value != OTHER_TEXT)
        return Condition(fact=fact, relation="is", values=named, now=now, tried=named[0]) if named else None
    return _threshold(fact, axis.values, passes, axis.cuts, now)


def _threshold(fact: str, classes: Sequence[Any], passes: Sequence[bool], cuts: set[Any], now: Any) -> Condition | None:
    """The end of the nearest run of passing classes that faces what the fact is now."""
    ordered = [place for place, value in enumerate(classes) if value is not None]
    passing = [place for place in ordered if passes[place]]
    above = [place for place in passing if now is None or classes[place] > now]
    first = last = above[0] if above else passing[-1]
    while first - 1 in passing:
        first -= 1
    while last + 1 in passing:
        last += 1
    from_below = (bool(above) and now is not None) or (now is None and first > ordered[0])
    relation: Relation
    end, beyond = (first, first - 1) if from_below else (last, last + 1)
    if first == last and classes[end] in cuts:
        relation, bound = "is", classes[end]
    elif classes[end] in cuts:
        relation, bound = "at_least" if from_below else "at_most", classes[end]
    elif beyond not in ordered:  # any value at all would do: no threshold
        return None
    else:
        relation, bound = "more_than" if from_below else "less_than", classes[beyond]
    return Condition(fact=fact, relation=relation, values=(bound,), now=now, tried=classes[end])


def _with_values(expression: tree.Expression, values: Mapping[str, Value], free: str) -> tree.Expression:
    """The expression with every name but one replaced by its value, and what is then known calculated."""
    if free not in tree.names(expression):
        return tree.Literal(value=evaluate(expression, values), type=expression.type)
    if isinstance(expression, tree.Variable):
        return expression
    changed: dict[str, Any] = {}
    for field in fields(expression):
        inner = getattr(expression, field.name)
        if isinstance(inner, tuple):
            changed[field.name] = tuple(_with_values(part, values, free) for part in inner)
        elif isinstance(inner, tree.Expression):
            changed[field.name] = _with_values(inner, values, free)
    return replace(expression, **changed)


def _confirmed(
    programme: Programme,
    facts: Mapping[str, object],
    table: TypedTable,
    rule: TypedRule,
    conditions: tuple[Condition, ...],
    articles: Mapping[tuple[str, str], str],
) -> list[NearRow]:
    """The row, if deciding the facts with the conditions met really hits it."""
    tried = {condition.fact: condition.tried for condition in conditions}
    # An incident whose day is known has one day: both ends move together.
    if len(moved := [tried[name] for name in INCIDENT if name in tried]) == 1 and facts.get(INCIDENT[0]) == facts.get(INCIDENT[1]):
        tried |= dict.fromkeys(INCIDENT, moved[0])
    changed = {**facts, **tried}
    _, _, decided = decide_again(programme, changed)
    if not any(decision.table.name == table.name and rule.id in decision.hits for decision in decided):
        return []
    told = recompute(programme, changed)
    then = {name: told[name] for name in ("outcome", "ground", "amount_minor")}
    article = articles.get((table.name, rule.id), "")
    return [NearRow(table=table.name, rule=rule.id, article=article, conditions=conditions, tried=tried, then=then)]
