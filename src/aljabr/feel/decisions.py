"""What tables decide for one set of facts: the reference every compiled table must agree with.

A rule *matches* when all its tests are true as FEEL reads them. It is *open* when no test is false but at least one is not known,
because a fact is missing (null read as "not known", see ``aljabr.feel.evaluation``). What the hit policy makes of the matches:

===============  =====================================================================================
UNIQUE           the one match; more than one is a conflict and gives null
ANY              any match; matches with different outputs are a conflict and give null
FIRST            the first match in the order of the rules
PRIORITY         the match whose outputs come first in the declared order of values (then of rules)
RULE ORDER       the list of all matches; OUTPUT ORDER sorts it by the declared order of values
COLLECT          the same list, or its SUM, MIN, MAX (null when an output is null) or COUNT
===============  =====================================================================================

Without a match the default outputs come out, and null without defaults; COUNT then gives 0.

Missing facts of a decision are the null facts (a) that leave undecided a test of an open rule which could have changed the result
(for UNIQUE, ANY and FIRST those before the first match, otherwise all), and (b) that make an output of a matching rule null.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from aljabr.feel import tree
from aljabr.feel.evaluation import evaluate
from aljabr.feel.tables import DEFAULT_RULE, LISTING, Chain, TypedRule, TypedTable
from aljabr.feel.tree import Expression
from aljabr.feel.types import Value

IN_ORDER = ("UNIQUE", "ANY", "FIRST")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What one table decided.

    Parameters
    ----------
    table : TypedTable
        The table.
    values : dict
        Every output by the name others read it by; for a table that lists, the decision's name with a tuple of rows.
    hits : tuple of str
        Ids of the rules that count: in rule order; ``default`` when no rule matched and a default came out.
    conflict : bool
        Whether more rules matched than the hit policy allows.
    missing : frozenset of str
        The facts whose absence left it undecided.
    """

    table: TypedTable
    values: dict[str, object]
    hits: tuple[str, ...]
    conflict: bool
    missing: frozenset[str]


def interpret(chain: Chain, facts: Mapping[str, Value]) -> tuple[Decision, ...]:
    """Decide every table of a chain for one set of facts.

    Parameters
    ----------
    chain : Chain
        As ``check_chain`` gives it.
    facts : mapping of str to Value
        Facts and amounts by name; one that is not there is null.

    Returns
    -------
    tuple of Decision
        In chain order.
    """
    values: dict[str, Value] = {name: facts.get(name) for name in chain.inputs}
    decided: list[Decision] = []
    for table in chain.tables:
        decision = _decide(table, values, facts=frozenset(chain.inputs))
        decided.append(decision)
        values |= {name: value for name, value in decision.values.items() if not isinstance(value, tuple)}  # type: ignore[misc]
    return tuple(decided)


def _decide(table: TypedTable, values: Mapping[str, Value], *, facts: frozenset[str]) -> Decision:
    matches = [rule for rule in table.rules if all(evaluate(test, values) is True for test in rule.tests)]
    results = {rule.id: tuple(evaluate(output, values) for output in rule.outputs) for rule in matches}
    conflict = _conflicting(table, matches, results)
    hits = _counting(table, matches)
    missing = _undecided(table, values, facts, first=matches[0] if matches else None)
    for rule in hits:
        for output, value in zip(rule.outputs, results[rule.id], strict=True):
            missing |= _absent(output, values, facts) if value is None else set()
    if matches:
        outputs = _outputs(table, None if conflict else [results[rule.id] for rule in hits])
        named = tuple(rule.id for rule in sorted(hits, key=table.rules.index))
    else:
        outputs, named = _without_match(table, values)
    return Decision(table=table, values=outputs, hits=named, conflict=conflict, missing=frozenset(missing))


def _conflicting(table: TypedTable, matches: list[TypedRule], results: Mapping[str, tuple[Value, ...]]) -> bool:
    if table.hit_policy == "UNIQUE":
        return len(matches) > 1
    return table.hit_policy == "ANY" and any(results[rule.id] != results[matches[0].id] for rule in matches)


def _counting(table: TypedTable, matches: list[TypedRule]) -> list[TypedRule]:
    """The matches that count, best first."""
    if table.hit_policy == "FIRST":
        return matches[:1]
    if table.hit_policy == "PRIORITY":
        return sorted(matches, key=lambda rule: rule.rank)[:1]
    return sorted(matches, key=lambda rule: rule.rank) if table.hit_policy in LISTING else matches


def _undecided(table: TypedTable, values: Mapping[str, Value], facts: frozenset[str], *, first: TypedRule | None) -> set[str]:
    missing: set[str] = set()
    for rule in table.rules:
        if rule is first and table.hit_policy in IN_ORDER:
            break
        known = [evaluate(test, values, unknown=True) for test in rule.tests]
        if False not in known and None in known:
            for test, value in zip(rule.tests, known, strict=True):
                missing |= _absent(test, values, facts) if value is None else set()
    return missing


def _absent(expression: Expression, values: Mapping[str, Value], facts: frozenset[str]) -> set[str]:
    return {name for name in tree.names(expression) & facts if values.get(name) is None}


def _outputs(table: TypedTable, rows: list[tuple[Value, ...]] | None) -> dict[str, object]:
    if rows is None:
        return dict.fromkeys(table.variables)
    if table.lists:
        return {table.name: tuple(rows)}
    if table.aggregation:
        return dict.fromkeys(table.outputs, _aggregated(table.aggregation, [row[0] for row in rows]))
    return dict(zip(table.outputs, rows[0], strict=True))


def _aggregated(aggregation: str, column: list[Value]) -> Value:
    if aggregation == "COUNT":
        return Decimal(len(column))
    if any(value is None for value in column):
        return None
    if aggregation == "SUM":
        return sum((value for value in column if isinstance(value, Decimal)), Decimal(0))
    return (min if aggregation == "MIN" else max)(column)  # type: ignore[type-var]


def _without_match(table: TypedTable, values: Mapping[str, Value]) -> tuple[dict[str, object], tuple[str, ...]]:
    if table.defaults:
        row = tuple(evaluate(default, values) for default in table.defaults)
        return ({table.name: (row,)} if table.lists else dict(zip(table.outputs, row, strict=True))), (DEFAULT_RULE,)
    if table.aggregation == "COUNT":
        return dict.fromkeys(table.outputs, Decimal(0)), ()
    return dict.fromkeys(table.variables), ()
