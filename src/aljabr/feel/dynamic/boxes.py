"""The value of a boxed expression (DMN 1.5, clause 10.2.2 ff. and 10.3.2.13.1)."""

from __future__ import annotations

from aljabr.errors import ExpressionRefused
from aljabr.feel import boxed
from aljabr.feel.boxed import Boxed
from aljabr.feel.dynamic.budget import spend
from aljabr.feel.dynamic.comparing import quantified
from aljabr.feel.dynamic.evaluation import Evaluator, Scope, SoFar
from aljabr.feel.dynamic.iterating import filtered, spanned
from aljabr.feel.dynamic.tables import decide_table
from aljabr.feel.dynamic.types import FunctionOf, ItemType, coerced
from aljabr.feel.dynamic.values import Callee, Value


def box_value(logic: Boxed | None, evaluator: Evaluator, scope: Scope) -> Value:
    """Return the value of a boxed expression, of its declared type or null; without logic it is null."""
    if logic is None:
        return None
    spend()
    return coerced(_value(logic, evaluator, scope), _declared(logic, evaluator))


def _declared(logic: Boxed, evaluator: Evaluator) -> ItemType | None:
    wanted = evaluator.types.named(logic.type_ref)
    return wanted if not isinstance(logic, boxed.Function) or isinstance(wanted, FunctionOf) else None


def _value(logic: Boxed, evaluator: Evaluator, scope: Scope) -> Value:
    match logic:
        case boxed.Literal(text=text, language=language):
            if language:
                raise ExpressionRefused(f"An expression is written in {language}.", "Write it in FEEL.")
            return evaluator.expression(text, scope) if text.strip() else None
        case boxed.Table():
            return decide_table(logic, evaluator, scope)
        case boxed.Context():
            return _context(logic, evaluator, scope)
        case boxed.Function():
            return function_value(logic, evaluator, scope)
        case boxed.Invocation():
            return _invocation(logic, evaluator, scope)
        case boxed.Items(items=items):
            return [box_value(item, evaluator, scope) for item in items]
        case boxed.Relation(rows=rows):
            return [_row(logic, row, evaluator, scope) for row in rows]
        case boxed.Conditional():
            truth = box_value(logic.condition, evaluator, scope)
            if truth is not None and not isinstance(truth, bool):
                return None
            return box_value(logic.consequent if truth else logic.alternative, evaluator, scope)
        case boxed.Filter():
            source = box_value(logic.source, evaluator, scope)
            return filtered(source, lambda names: box_value(logic.match, evaluator, scope.within(names)))
        case boxed.Iteration():
            return _iteration(logic, evaluator, scope)


def _row(logic: boxed.Relation, cells: tuple[Boxed | None, ...], evaluator: Evaluator, scope: Scope) -> dict[str, Value]:
    return {
        column.name: coerced(box_value(cell, evaluator, scope), evaluator.types.named(column.type_ref))
        for column, cell in zip(logic.columns, cells, strict=False)
    }


def _context(logic: boxed.Context, evaluator: Evaluator, scope: Scope) -> Value:
    found: dict[str, Value] = {}
    inner = scope.within(found)
    for entry in logic.entries:
        value = coerced(box_value(entry.logic, evaluator, inner), evaluator.types.named(entry.type_ref))
        if not entry.name:
            return value
        if entry.name in found:
            return None
        found[entry.name] = value
    return found


def _invocation(logic: boxed.Invocation, evaluator: Evaluator, scope: Scope) -> Value:
    callee = box_value(logic.callee, evaluator, scope)
    named = {
        binding.name: coerced(box_value(binding.logic, evaluator, scope), evaluator.types.named(binding.type_ref))
        for binding in logic.bindings
    }
    return evaluator.invoke(callee, [], named)


def function_value(
    logic: boxed.Function, evaluator: Evaluator, scope: Scope, *, name: str = "", result: ItemType | None = None
) -> Callee:
    """Return a function definition as a value.

    Parameters
    ----------
    logic : boxed.Function
        Parameters and body; a body of another language is refused when it is called.
    result : object
        The item type its result is taken as, None for any.
    """
    parameters = [(parameter.name, evaluator.types.named(parameter.type_ref)) for parameter in logic.parameters]

    def body(inner: Scope) -> Value:
        if logic.kind != "FEEL":
            raise ExpressionRefused(f"A function of kind {logic.kind} belongs to another program.", "Write it in FEEL.")
        return coerced(box_value(logic.body, evaluator, inner), result)

    return evaluator.closure(parameters, body, scope, name)


def _iteration(logic: boxed.Iteration, evaluator: Evaluator, scope: Scope) -> Value:
    items = spanned(box_value(logic.source, evaluator, scope))
    if items is None:
        return None
    found: list[Value] = []
    rounds = scope.within(SoFar(partial=found))
    for item in items:
        found.append(box_value(logic.body, evaluator, rounds.within({logic.variable: item})))
    return found if logic.kind == "for" else quantified(logic.kind, found)
