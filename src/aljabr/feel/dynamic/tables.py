"""What a decision table decides: which rows match, and what its hit policy makes of them (DMN 1.5, clause 8.2.10 and 8.2.11)."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aljabr.errors import ExpressionRefused
from aljabr.feel.boxed import InputColumn, OutputColumn, Row, Table
from aljabr.feel.dynamic.comparing import equal, within
from aljabr.feel.dynamic.evaluation import Evaluator, Scope
from aljabr.feel.dynamic.functions.statistics import greatest, least, total
from aljabr.feel.dynamic.types import coerced
from aljabr.feel.dynamic.values import Value
from aljabr.feel.syntax import parse, parts_of

_POLICIES = {"UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"}
_AGGREGATIONS: dict[str, Callable[[list[Value]], Value]] = {
    "SUM": total,
    "MIN": least,
    "MAX": greatest,
    "COUNT": lambda found: Decimal(len(found)),
}


def decide_table(table: Table, evaluator: Evaluator, scope: Scope) -> Value:
    """Return what a table gives for the names in scope: a value, a context of its outputs, or a list of either.

    Raises
    ------
    ExpressionRefused
        When the hit policy or the aggregation is none of the standard's.
    """
    if table.hit_policy not in _POLICIES or table.aggregation not in ("", *_AGGREGATIONS):
        raise ExpressionRefused(f"There is no hit policy {table.hit_policy} {table.aggregation}.", "Write one of the standard's.")
    if any((len(row.tests), len(row.outputs)) != (len(table.inputs), len(table.outputs)) for row in table.rows):
        raise ExpressionRefused("A rule has more or fewer cells than its table has columns.", "Give every column one cell.")
    inputs = [_tested(column, evaluator, scope) for column in table.inputs]
    matched = [row for row in table.rows if _matches(row.tests, inputs, evaluator, scope)]
    if not matched:
        return _without_match(table, evaluator, scope)
    found = [_outputs(table, row, evaluator, scope) for row in matched]
    return _by_policy(table, found, evaluator, scope)


def _tested(column: InputColumn, evaluator: Evaluator, scope: Scope) -> Value:
    """The tested value; null when it is not among the values its column declares."""
    value = coerced(evaluator.expression(column.expression, scope), evaluator.types.named(column.type_ref))
    return value if value is None or evaluator.passes(column.values, value, scope) is True else None


def _matches(tests: tuple[str, ...], inputs: list[Value], evaluator: Evaluator, scope: Scope) -> bool:
    return all(evaluator.passes(test, value, scope) is True for test, value in zip(tests, inputs, strict=True))


def _outputs(table: Table, row: Row, evaluator: Evaluator, scope: Scope) -> list[Value]:
    types = row.output_types or ("",) * len(row.outputs)
    return [
        _output(column, text, evaluator, scope, own) for column, text, own in zip(table.outputs, row.outputs, types, strict=True)
    ]


def _output(column: OutputColumn, text: str, evaluator: Evaluator, scope: Scope, own: str = "") -> Value:
    """An output of its declared types; null when it is not among the values its column declares."""
    if not text.strip():
        return None
    value = coerced(evaluator.expression(text, scope), evaluator.types.named(own))
    value = coerced(value, evaluator.types.named(column.type_ref))
    return value if value is None or evaluator.passes(column.values, value, scope) is True else None


def _put_together(table: Table, outputs: list[Value]) -> Value:
    """One output is itself, several are a context."""
    if len(table.outputs) == 1:
        return outputs[0]
    return {column.name: value for column, value in zip(table.outputs, outputs, strict=True)}


def _without_match(table: Table, evaluator: Evaluator, scope: Scope) -> Value:
    if any(column.default.strip() for column in table.outputs):
        return _put_together(table, [_output(column, column.default, evaluator, scope) for column in table.outputs])
    if table.hit_policy == "COLLECT" and table.aggregation == "COUNT":
        return Decimal(0)
    return [] if table.hit_policy in ("RULE ORDER", "OUTPUT ORDER") or _collects(table) else None


def _collects(table: Table) -> bool:
    return table.hit_policy == "COLLECT" and not table.aggregation


def _by_policy(table: Table, found: list[list[Value]], evaluator: Evaluator, scope: Scope) -> Value:
    match table.hit_policy:
        case "UNIQUE":
            return _put_together(table, found[0]) if len(found) == 1 else None
        case "ANY":
            same = all(equal(outputs, found[0]) is True for outputs in found)
            return _put_together(table, found[0]) if same else None
        case "FIRST":
            return _put_together(table, found[0])
        case "PRIORITY":
            return _put_together(table, _prioritised(table, found, evaluator, scope)[0])
        case "OUTPUT ORDER":
            return [_put_together(table, outputs) for outputs in _prioritised(table, found, evaluator, scope)]
    values = [_put_together(table, outputs) for outputs in found]
    return _AGGREGATIONS[table.aggregation](values) if table.aggregation else values


def _prioritised(table: Table, found: list[list[Value]], evaluator: Evaluator, scope: Scope) -> list[list[Value]]:
    """The outputs in the order of the declared values, the first column first; what is not declared comes last."""
    orders = [_declared(column, evaluator, scope) for column in table.outputs]

    def rank(outputs: list[Value]) -> list[int]:
        return [_rank(value, order) for value, order in zip(outputs, orders, strict=True) if order]

    return sorted(found, key=rank)


def _rank(value: Value, order: list[Value]) -> int:
    return next((place for place, declared in enumerate(order) if within(value, declared) is True), len(order))


def _declared(column: OutputColumn, evaluator: Evaluator, scope: Scope) -> list[Value]:
    if column.values.strip() in ("", "-"):
        return []
    return evaluator.items(parts_of(parse(column.values, "cell", evaluator.names | scope.special)), scope)
