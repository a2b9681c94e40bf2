"""Boxed expressions as shapes: one method for each form, under the names in scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aljabr.feel import boxed, tree
from aljabr.feel.boxed import Boxed
from aljabr.feel.dynamic.types import result_type
from aljabr.feel.static.shapes import (
    NULL_SHAPE,
    Closure,
    Item,
    Known,
    Record,
    Rows,
    Scalar,
    Shape,
    both,
    choose,
    either,
    holds,
    negated,
    opened,
    refused,
    truth,
)
from aljabr.feel.static.specialising import Lets, Scope, as_rows, closure, invoke, specialised
from aljabr.feel.static.tables import placed, table_shape
from aljabr.feel.static.types import StaticTypes, typed_shape


@dataclass(frozen=True, kw_only=True)
class Logic:
    """Gives shapes to boxed expressions of one model.

    Parameters
    ----------
    types : StaticTypes
        The model's types.
    lets : Lets
        Where shared values go.
    """

    types: StaticTypes
    lets: Lets

    def shape(self, logic: Boxed | None, scope: Scope) -> Shape:
        """Return the shape of a boxed expression, as its declared type takes it.

        Raises
        ------
        ExpressionRefused
            When no plan can be made of it.
        """
        if logic is None:
            return NULL_SHAPE
        around = self.lets.types
        self.lets.types = self.types
        try:
            found = _FORMS[type(logic)](self, logic, scope)
        finally:
            self.lets.types = around
        return self.typed(found, logic.type_ref if not isinstance(logic, boxed.Function) else "", "An expression")

    def typed(self, shape: Shape, type_ref: str, what: str) -> Shape:
        """Return a shape as a declared type takes it."""
        return typed_shape(shape, self.types.named(type_ref) if type_ref else None, self.lets, what)

    def closure(self, name: str, function: boxed.Function, scope: Callable[[], Scope], result_ref: str = "") -> Closure:
        """Return a function that is inlined where it is called."""
        if function.kind != "FEEL":
            raise refused(f"{name} is a function of {function.kind}.", "Write it in FEEL.")

        parameters = {part.name: self.types.named(part.type_ref) for part in function.parameters}
        result = result_type(self.types.named(function.type_ref) or self.types.named(result_ref))

        def body(given: Mapping[str, Shape]) -> Shape:
            found = self.shape(function.body, {**scope(), **given})
            return typed_shape(found, result, self.lets, name)

        return closure(name, parameters, body, self.lets)

    def _literal(self, logic: boxed.Literal, scope: Scope) -> Shape:
        if logic.language:
            raise refused(f"An expression is written in {logic.language}.", "Write it in FEEL.")
        if not logic.text.strip():
            return NULL_SHAPE
        return placed(logic.text[:80], lambda: specialised(logic.text, scope, self.lets))

    def _table(self, logic: boxed.Table, scope: Scope) -> Shape:
        return table_shape(logic, scope, self.lets, self.types)

    def _context(self, logic: boxed.Context, scope: Scope) -> Shape:
        known: dict[str, Shape] = {}
        for entry in logic.entries:
            found = self.typed(self.shape(entry.logic, {**scope, **known}), entry.type_ref, entry.name or "The result")
            if not entry.name:
                return found
            if entry.name in known:
                raise refused(f"A context has two entries {entry.name}.", "Rename one of them.")
            known[entry.name] = self.lets.bind(found)
        return Record(entries=known)

    def _function(self, logic: boxed.Function, scope: Scope) -> Shape:
        return self.closure("function", logic, lambda: scope)

    def _invocation(self, logic: boxed.Invocation, scope: Scope) -> Shape:
        given = {
            binding.name: self.typed(self.shape(binding.logic, scope), binding.type_ref, binding.name) for binding in logic.bindings
        }
        callee = logic.callee
        if isinstance(callee, boxed.Literal) and callee.text.strip() not in scope:
            arguments = ", ".join(f"{name}: {name}" for name in given)
            return specialised(f"{callee.text.strip()}({arguments})", {**scope, **given}, self.lets)
        return invoke(self.shape(callee, scope), [], given, self.lets)

    def _items(self, logic: boxed.Items, scope: Scope) -> Shape:
        return _gathered([self.shape(item, scope) for item in logic.items])

    def _relation(self, logic: boxed.Relation, scope: Scope) -> Shape:
        rows = [
            {
                column.name: self.typed(self.shape(cell, scope), column.type_ref, column.name)
                for column, cell in zip(logic.columns, row, strict=True)
            }
            for row in logic.rows
        ]
        return _gathered([_record(row) for row in rows])

    def _conditional(self, logic: boxed.Conditional, scope: Scope) -> Shape:
        asked = truth(self.shape(logic.condition, scope), "The condition of if")
        if isinstance(asked, tree.Literal):
            return self.shape(logic.consequent if asked.value is True else logic.alternative, scope)
        return choose([(self.lets.named(asked), self.shape(logic.consequent, scope))], self.shape(logic.alternative, scope))

    def _filter(self, logic: boxed.Filter, scope: Scope) -> Shape:
        rows = as_rows(self.shape(logic.source, scope))
        items = []
        for item in rows.items:
            inner = opened(item.value)
            own = dict(inner.entries) if isinstance(inner, Record) else {}
            kept = holds(truth(self.shape(logic.match, {**scope, "item": item.value, **own}), "A filter"))
            items.append(Item(value=item.value, there=self.lets.named(both(item.there, kept))))
        return Rows(items=tuple(items), absent=rows.absent)

    def _iteration(self, logic: boxed.Iteration, scope: Scope) -> Shape:
        rows = as_rows(self.shape(logic.source, scope))
        bodies = [(item.there, self.shape(logic.body, {**scope, logic.variable: item.value})) for item in rows.items]
        if logic.kind == "for":
            return Rows(items=tuple(Item(value=self.lets.bind(body), there=there) for there, body in bodies), absent=rows.absent)
        if logic.kind == "some":
            found = either(*(both(there, truth(body, "What is satisfied")) for there, body in bodies))
        else:
            found = both(*(either(negated(there), truth(body, "What is satisfied")) for there, body in bodies))
        return choose([(rows.absent, NULL_SHAPE)], Scalar(expression=found))


def _gathered(shapes: list[Shape]) -> Shape:
    if all(isinstance(shape, Known) for shape in shapes):
        return Known(value=[shape.value for shape in shapes if isinstance(shape, Known)])
    return Rows(items=tuple(Item(value=shape) for shape in shapes))


def _record(row: Mapping[str, Shape]) -> Shape:
    if all(isinstance(cell, Known) for cell in row.values()):
        return Known(value={name: cell.value for name, cell in row.items() if isinstance(cell, Known)})
    return Record(entries=dict(row))


_FORMS: dict[type, Callable[..., Shape]] = {
    boxed.Literal: Logic._literal,
    boxed.Table: Logic._table,
    boxed.Context: Logic._context,
    boxed.Function: Logic._function,
    boxed.Invocation: Logic._invocation,
    boxed.Items: Logic._items,
    boxed.Relation: Logic._relation,
    boxed.Conditional: Logic._conditional,
    boxed.Filter: Logic._filter,
    boxed.Iteration: Logic._iteration,
}
