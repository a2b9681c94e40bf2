"""A whole decision model as one query: every shared value a column, in as many layers as they hang on one another.

What a decision comes to is in ``aljabr.feel.static``; here its leaves become columns. ``decide`` runs the query over rows of inputs
and gives the values back as the interpreter has them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Context, Decimal
from typing import Any

from sqlglot import exp

from aljabr.errors import CheckFailed
from aljabr.feel import Type, tree
from aljabr.feel.dynamic.types import coerced
from aljabr.feel.models import Reference
from aljabr.feel.static.models import StaticModel
from aljabr.feel.static.results import input_facts, input_variables, leaves, needed_lets, valued
from aljabr.feel.static.shapes import Shape
from aljabr.feel.tree import Expression
from aljabr.relations import Database
from aljabr.rules.expressions import as_decimal, compiled
from aljabr.rules.sql import cast, column

_STORED = {
    "number": "DECIMAL(38, 6)",
    "string": "TEXT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "date and time": "TIMESTAMP",
    "days and time duration": "BIGINT",
    "years and months duration": "BIGINT",
}
_DURATIONS = ("days and time duration", "years and months duration")


@dataclass(frozen=True, kw_only=True)
class CompiledModel:
    """Decisions of a model as one query over a relation with one column for each variable.

    Parameters
    ----------
    query : sqlglot Select
        One row per row of the source, in a column for each leaf.
    facts : dict of str to Type
        The variables it reads, by the names of their columns' inputs.
    columns : dict of str to str
        The column each variable is in.
    leaves : list of tuple
        The typed tree of each column of the query.
    """

    query: exp.Select
    facts: dict[str, Type]
    columns: dict[str, str]
    leaves: list[Expression]

    def sql(self) -> str:
        """Return the query in DuckDB's dialect."""
        return self.query.sql(dialect="duckdb")


def compile_model(model: StaticModel, shapes: Sequence[Shape], *, source: str = "facts", key: str = "row") -> CompiledModel:
    """Compile decisions of a model to one query.

    Parameters
    ----------
    model : StaticModel
        The model.
    shapes : sequence of Shape
        The decisions.
    source : str
        The relation; the columns of its variables are ``f0``, ``f1`` … as ``CompiledModel.columns`` says, numbers DECIMAL(38, 6),
        durations whole seconds or months.
    key : str
        The column rows are ordered by.

    Raises
    ------
    ExpressionRefused
        When a shape was refused.
    """
    wanted = _distinct([leaf for shape in shapes for leaf in leaves(shape)])
    lets = needed_lets(model, wanted)
    variables = {
        name: found for given, wanted_type in model.inputs.values() for name, found in input_variables(given, wanted_type).items()
    }
    read = {name for expression in (*lets.values(), *wanted) for name in tree.names(expression)}
    facts = {name: found for name, found in variables.items() if name in read}
    columns = {name: f"f{place}" for place, name in enumerate(facts)}
    opened = {columns[name]: _opened(columns[name], found) for name, found in facts.items()}
    query = _select([key], opened).from_(exp.Table(this=exp.to_identifier(source, quoted=True)))
    carried = [key, *opened]
    for layer in _layers(lets):
        named = {name: f"l{len(columns) + place}" for place, name in enumerate(layer)}
        below = query.subquery("below", copy=False)
        query = _select(carried, {named[name]: compiled(lets[name], columns) for name in layer}).from_(below, copy=False)
        columns |= named
        carried += named.values()
    closing = {f"v{place}": _closed(leaf, columns) for place, leaf in enumerate(wanted)}
    query = _select([key], closing).from_(query.subquery("below", copy=False), copy=False).order_by(column(key), copy=False)
    return CompiledModel(query=query, facts=facts, columns=columns, leaves=wanted)


def decide(
    db: Database, model: StaticModel, shapes: Mapping[str, Shape], rows: Sequence[Mapping[Reference, Any]]
) -> list[dict[str, Any]]:
    """Return what decisions of a model are for rows of inputs, by the compiled query.

    Parameters
    ----------
    db : Database
        Where the query runs.
    model : StaticModel
        The model.
    shapes : mapping of str to Shape
        The decisions that are asked.
    rows : sequence of mapping
        Values of the inputs, as the interpreter has them; what is not there is null.

    Raises
    ------
    ExpressionRefused
        When there is no plan, or no plan can hold a value.
    CheckFailed
        When a number has more digits than FEEL's numbers have, or two inexact numbers are too close to tell.
    """
    if not any(True for shape in shapes.values() for _ in leaves(shape)):
        return [{name: valued(shape, lambda _: None) for name, shape in shapes.items()} for _ in rows]
    plan = compile_model(model, list(shapes.values()))
    spelled = ", ".join(f'"{plan.columns[name]}" {_STORED[found.kind]}' for name, found in plan.facts.items())
    db.execute(f"CREATE OR REPLACE TEMP TABLE facts (row BIGINT{', ' if spelled else ''}{spelled})")
    marks = ", ".join("?" for _ in range(len(plan.facts) + 1))
    for place, row in enumerate(rows):
        given = {
            name: value
            for ref, (each, wanted) in model.inputs.items()
            for name, value in input_facts(each, wanted, coerced(row.get(ref), wanted)).items()
        }
        db.execute(f"INSERT INTO facts VALUES ({marks})", [place, *(_stored(given.get(name)) for name in plan.facts)])
    try:
        db.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {plan.sql()}")
    except Database.conversion_errors as error:
        raise CheckFailed(
            f"What has no plan came about: {error}", "Bound the numbers, or give lists and ranges in every case."
        ) from error
    found = db.rows("SELECT * FROM decided ORDER BY row")
    return [{name: _valued(plan, shape, values[1:]) for name, shape in shapes.items()} for values in found]


def _valued(plan: CompiledModel, shape: Shape, values: Sequence[Any]) -> Any:
    places = {leaf: place for place, leaf in enumerate(plan.leaves)}

    def reading(expression: Expression) -> Any:
        return _read(values[places[expression]], expression.type)

    return valued(shape, reading)


def _read(value: Any, found: Type) -> Any:
    if value is None:
        return None
    if found.approximate:
        return given_out(value)
    if found.kind == "days and time duration":
        return timedelta(microseconds=int(value))
    return value


def given_out(value: float) -> Decimal:
    """Return an inexact number as it is given out: 15 digits, and without a tail that is the rounding's own.

    Examples
    --------
    >>> given_out(0.1 + 0.2), given_out(2 / 3)
    (Decimal('0.3'), Decimal('0.666666666666667'))
    """
    written = Context(prec=15).create_decimal(value)
    short = Context(prec=12).create_decimal(value)
    tail = abs(written - short) <= abs(written) * Decimal("2e-14")
    return short.normalize() if tail else written.normalize()


def _stored(value: Any) -> Any:
    match value:
        case Decimal():
            return f"{value:f}"
        case timedelta():
            return value // timedelta(seconds=1)
    return value


def _distinct(expressions: list[Expression]) -> list[Expression]:
    return list(dict.fromkeys(expressions))


def _select(kept: list[str], new: Mapping[str, exp.Expression]) -> exp.Select:
    named = [exp.alias_(value, name, quoted=True, copy=False) for name, value in new.items()]
    return exp.select(*[column(name) for name in kept], *named, copy=False)


def _opened(name: str, found: Type) -> exp.Expression:
    """A stored value as the plan has it."""
    if found.kind == "number":
        scaled = exp.Mul(this=column(name), expression=exp.Literal.number(10**6)) if found.scale else column(name)
        return cast(exp.Paren(this=scaled), "INT128")
    if found.kind in _DURATIONS:
        unit = exp.Literal.number(10**6 if found.kind == "days and time duration" else 1)
        return cast(exp.Paren(this=exp.Mul(this=cast(column(name), "INT128"), expression=unit)), "INT128")
    return column(name)


def _closed(leaf: Expression, columns: Mapping[str, str]) -> exp.Expression:
    value = compiled(leaf, columns)
    exact = leaf.type.kind == "number" and not leaf.type.approximate
    return as_decimal(value, leaf.type.scale) if exact else value


def _layers(lets: Mapping[str, Expression]) -> list[list[str]]:
    """The shared values by how many others they hang on, one after the other."""
    depth: dict[str, int] = {}
    for name, expression in lets.items():
        depth[name] = 1 + max((depth[inner] for inner in tree.names(expression) if inner in lets), default=0)
    return [[name for name in lets if depth[name] == level] for level in range(1, max(depth.values(), default=0) + 1)]
