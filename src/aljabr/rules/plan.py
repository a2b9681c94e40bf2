"""Builds one SELECT out of a chain of tables, layer upon layer: every rule of every table is evaluated for all rows at once.

Layers: the facts, numbers made integers; then for each table (1) one column per rule, true when it matches; (2) what the hit policy
takes from the matches; (3) the rules hit, conflict, facts missing; (4) the outputs; then the closing projection. A layer names its
columns itself, by place, because DuckDB does not tell capitals from small letters. The meaning is ``aljabr.feel.interpret``'s.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from aljabr.errors import ProgrammeBroken
from aljabr.feel import Chain, Type
from aljabr.rules.expressions import any_of, as_decimal, called, case, cast, column, concatenated, text, whole
from aljabr.rules.layers import TableLayers

_WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT")
_PLAIN_TYPES = {"string": "VARCHAR", "boolean": "BOOLEAN", "date": "DATE"}


@dataclass(frozen=True, kw_only=True)
class CompiledChain:
    """A chain as one query.

    Parameters
    ----------
    query : sqlglot Select
        One row per row of the source: its keys, ``conflict`` (BOOLEAN), ``rule_hits`` and ``missing_facts`` (JSON text), and one
        column per decision output. Numbers are DECIMAL(38, scale), lists JSON text.
    columns : dict of str to str
        The column each decision output is in.
    """

    query: exp.Select
    columns: dict[str, str]

    def sql(self) -> str:
        """Return the query in DuckDB's dialect."""
        return self.query.sql(dialect="duckdb")


@dataclass(kw_only=True)
class _Stack:
    """The query so far, what it carries upwards, and where things are."""

    query: exp.Select
    carried: list[str]
    columns: dict[str, str]
    hits: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    missing: dict[str, list[str]] = field(default_factory=dict)

    def add(self, new: Mapping[str, exp.Expression], *, keep: Mapping[str, exp.Expression] | None = None) -> None:
        """Put a layer on top: the carried columns, those of the layer below to ``keep``, and the new ones."""
        self.query = _selected([*self.carried, *(keep or {})], new).from_(self.query.subquery("below", copy=False), copy=False)


def compile_chain(
    chain: Chain, *, columns: Mapping[str, str], source: str = "facts", keys: tuple[str, ...] = ("item_id",)
) -> CompiledChain:
    """Compile a chain of typed tables to one query.

    Parameters
    ----------
    chain : Chain
        As ``aljabr.feel.check_chain`` gives it.
    columns : mapping of str to str
        The columns of the source with their DuckDB types (``Database.columns``).
    source : str
        The relation with one column per fact and amount.
    keys : tuple of str
        Columns to pass through.

    Raises
    ------
    ProgrammeBroken
        When the source lacks a fact, or has it in a type that is not exact.
    """
    facts = {name: f"f{number}" for number, name in enumerate(chain.facts)}
    passed = {f"k{number}": column(name) for number, name in enumerate(keys)}
    inputs = {facts[name]: _input(name, chain.inputs[name], columns) for name in facts}
    base = _selected([], {**passed, **inputs}).from_(exp.Table(this=exp.to_identifier(source, quoted=True)))
    stack = _Stack(query=base, carried=[*passed, *inputs], columns=dict(facts))
    for number, table in enumerate(chain.tables):
        _put(stack, TableLayers(table, number, stack.columns, frozenset(facts)))
    return _closed(stack, chain, keys=dict(zip(keys, passed, strict=True)))


def _selected(kept: list[str], new: Mapping[str, exp.Expression]) -> exp.Select:
    return exp.select(
        *[column(name) for name in kept], *[exp.alias_(value, name, quoted=True) for name, value in new.items()], copy=False
    )


def _put(stack: _Stack, part: TableLayers) -> None:
    """Put one table's layers on the stack."""
    rules, taken = part.rule_columns(), part.taken_columns()
    if rules:
        stack.add(rules)
    stack.add(taken, keep=rules)
    found, missing = part.found_columns(), part.missing_columns()
    marks = {name: f"{part.prefix}x{number}" for number, name in enumerate(missing)}
    outputs = part.raw_names
    stack.add(
        {**found, **{marks[name]: value for name, value in missing.items()}},
        keep={name: taken[name] for name in outputs if name in taken},
    )
    stack.carried += [*found, *marks.values()]
    if part.checks_conflict:
        final = part.output_columns()
        stack.add(final)
        outputs = list(final)
        stack.conflicts.append(f"{part.prefix}conflict")
    stack.carried += outputs
    stack.columns |= dict(zip(part.table.variables, outputs, strict=True))
    stack.hits.append(f"{part.prefix}hits")
    for name, mark in marks.items():
        stack.missing.setdefault(name, []).append(mark)


def _closed(stack: _Stack, chain: Chain, *, keys: Mapping[str, str]) -> CompiledChain:
    names = {name: f"v{number}" for number, name in enumerate(chain.variables)}
    values = {names[name]: _opened(column(stack.columns[name]), found) for name, found in chain.variables.items()}
    missing: dict[str, exp.Expression] = {
        name: any_of([column(mark) for mark in marks]) for name, marks in sorted(stack.missing.items())
    }
    absent = [case([(some, text(json.dumps(name, ensure_ascii=False)))]) for name, some in missing.items()]
    closing = {
        **{name: column(passed) for name, passed in keys.items()},
        "conflict": any_of([column(name) for name in stack.conflicts]),
        "rule_hits": _array([column(name) for name in stack.hits]),
        "missing_facts": case([(any_of(list(missing.values())), _array(absent))], text("[]")),
        **values,
    }
    return CompiledChain(query=_selected([], closing).from_(stack.query.subquery("below", copy=False), copy=False), columns=names)


def _array(entries: list[exp.Expression]) -> exp.Expression:
    return concatenated([text("["), called("concat_ws", text(","), *entries), text("]")]) if entries else text("[]")


def _opened(value: exp.Expression, found: Type) -> exp.Expression:
    return as_decimal(value, found.scale) if found.kind == "number" else value


def _input(name: str, found: Type, columns: Mapping[str, str]) -> exp.Expression:
    kind = columns.get(name)
    if kind is None:
        raise ProgrammeBroken(
            f"The relation facts has no column {name}, which the tables read.", "Declare the fact with its source."
        )
    if found.kind != "number":
        if kind != _PLAIN_TYPES[found.kind]:
            raise ProgrammeBroken(
                f"The fact {name} is {kind} where the tables read a {found}.", f"Make it {_PLAIN_TYPES[found.kind]}."
            )
        return column(name)
    if kind in _WHOLE_TYPES:
        value = cast(column(name), "INT128")
        return value if found.scale == 0 else exp.Mul(this=value, expression=whole(10**found.scale))
    decimal = re.fullmatch(r"DECIMAL\(\d+,\s*(\d+)\)", kind)
    if decimal is None or int(decimal[1]) > found.scale:
        raise ProgrammeBroken(
            f"The fact {name} is {kind}, which is not exact to {found.scale} decimal places.",
            f"Make it DECIMAL(38, {found.scale}) or BIGINT.",
        )
    widened = cast(column(name), f"DECIMAL(38, {found.scale})")
    return cast(exp.Paren(this=exp.Mul(this=widened, expression=exp.Literal.number(10**found.scale))), "INT128")
