"""Decides a programme's worked cases and checks them: each must come out as written, and every row must be hit by one.

The reference interpreter decides. A ``recompute`` given from above (the rules' own evaluator) decides a second time and must agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from aljabr.feel import Chain, interpret
from aljabr.programmes.amounts import amounts_for
from aljabr.programmes.findings import Finding, error
from aljabr.programmes.records import Case, Programme

Recompute = Callable[[Programme, Mapping[str, Any]], Mapping[str, Any]]
# What an evaluator from above says of a determination, under the same names.
SHARED = ("outcome", "ground", "amount_minor", "tier", "body")


def decide_case(programme: Programme, chain: Chain, case: Case) -> tuple[dict[str, object], dict[str, tuple[str, ...]]]:
    """Decide one worked case.

    Parameters
    ----------
    programme : Programme
        Its amounts are selected by the case's dates.
    chain : Chain
        The programme's typed tables.
    case : Case
        Its facts.

    Returns
    -------
    tuple
        Every output by name (``Decision.output`` and the parts of ``determination``), and the rules hit by table.
    """
    # An exhibit a case does not name was not brought; any other fact it does not name is not known.
    exhibits = {fact.name: False for fact in programme.facts if fact.source == "exhibit"}
    given = {**amounts_for(programme, case.facts), **exhibits, **case.facts}
    facts = {name: _exact(value) for name, value in given.items()}
    decisions = interpret(chain, facts)
    values = {name: _plain(value) for decision in decisions for name, value in decision.values.items()}
    values |= {part: values.get(output) for part, output in programme.determination.items()}
    return values, {decision.table.name: decision.hits for decision in decisions}


def check_cases(programme: Programme, chain: Chain, *, recompute: Recompute | None = None) -> Iterator[Finding]:
    """Yield cases that come out otherwise than written, and rows that no case hits.

    Parameters
    ----------
    programme : Programme
        With its cases.
    chain : Chain
        Its typed tables.
    recompute : callable, optional
        ``recompute(programme, facts)``, the evaluator of a room above, asked for every case too.
    """
    hit: set[tuple[str, str]] = set()
    for case in programme.cases:
        where = f"cases, {case.key}"
        values, rules = decide_case(programme, chain, case)
        hit |= {(table, rule) for table, found in rules.items() for rule in found}
        yield from _names(programme, chain, case, where)
        yield from _differences(case, values, rules, where)
        if case.article and case.article not in _cited(programme, rules):
            what = f"It expects {case.article}, which no rule it hits cites."
            yield error(where, what, "Mend the case's article or the rule's annotation.")
        if recompute is not None:
            told = recompute(programme, {**amounts_for(programme, case.facts), **case.facts})
            for name in [name for name in SHARED if name in programme.determination and told[name] != values[name]]:
                yield error(
                    where,
                    f"The rules say {name} = {told[name]!r}, the interpreter {values[name]!r}.",
                    "Report this: they must agree.",
                )
    for table in programme.tables:
        for rule in table.rules:
            if (table.name, rule.id) not in hit:
                what = f"No worked case hits the rule {rule.id}."
                yield error(f"tables/{table.file}, {table.name}", what, "Add a case that does, or take the rule out.")


def _cited(programme: Programme, rules: dict[str, tuple[str, ...]]) -> set[str]:
    return {
        rule.annotations.get("article", "")
        for table in programme.tables
        for rule in table.rules
        if rule.id in rules.get(table.name, ())
    }


def _names(programme: Programme, chain: Chain, case: Case, where: str) -> Iterator[Finding]:
    known = {*chain.inputs, *(fact.name for fact in programme.facts)}
    for name in sorted(case.facts.keys() - known):
        yield error(where, f"{name} is no fact.", "Correct its name, or declare it in programme.yaml.")


def _differences(case: Case, values: dict[str, object], rules: dict[str, tuple[str, ...]], where: str) -> Iterator[Finding]:
    for name, expected in case.expect.items():
        if name not in values:
            yield error(
                where, f"It expects {name}, which no table gives.", "Write a part of the determination, or Decision.output."
            )
        elif values[name] != expected or isinstance(values[name], bool) != isinstance(expected, bool):
            yield error(
                where, f"It expects {name} = {expected!r}; the tables give {values[name]!r}.", "Mend the case or the table."
            )
    for table, rule in case.rules.items():
        if rule not in rules.get(table, ()):
            found = ", ".join(rules.get(table, ())) or "none"
            yield error(where, f"It expects the rule {rule} of {table}; hit: {found}.", "Mend the case or the table.")


def _exact(value: object) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else str(value)
    return value.isoformat() if isinstance(value, date) else value
