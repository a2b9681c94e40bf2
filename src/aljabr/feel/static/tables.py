"""Decision tables as shapes: which rules match, and what the hit policy makes of them.

What the policies give is written in ``aljabr.feel.decisions``; here every rule becomes a condition, and the result a choice among
the outputs or a list of those whose rules match.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import TypeVar

from aljabr.errors import ExpressionRefused
from aljabr.feel import tree
from aljabr.feel.boxed import InputColumn, OutputColumn, Row, Table
from aljabr.feel.dynamic import passes_tests, same_value
from aljabr.feel.dynamic.types import Types
from aljabr.feel.static import membership
from aljabr.feel.static.built_ins import aggregated
from aljabr.feel.static.shapes import (
    NULL_SHAPE,
    Item,
    Known,
    Record,
    Rows,
    Shape,
    both,
    choose,
    either,
    holds,
    negated,
    refused,
)
from aljabr.feel.static.specialising import Lets, Scope, specialised, specialised_test, taken
from aljabr.feel.tables import PRIORITISED
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN

Found = TypeVar("Found")
_POLICIES = ("UNIQUE", "ANY", "FIRST", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
_LISTS = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")


def table_shape(form: Table, scope: Scope, lets: Lets, types: Types) -> Shape:
    """Return what a decision table gives.

    Parameters
    ----------
    form : Table
        The table as written.
    scope : mapping of str to Shape
        Every name it may read.
    lets : Lets
        Where shared values go.
    types : Types
        The types of its columns.

    Raises
    ------
    ExpressionRefused
        When no plan can be made of a cell; the message begins with rule and cell.
    """
    return _Table(form, scope, lets, types).shape()


class _Table:
    def __init__(self, form: Table, scope: Scope, lets: Lets, types: Types) -> None:
        self.form = form
        self.types = types
        self.scope = scope
        self.lets = lets

    def shape(self) -> Shape:
        if self.form.hit_policy not in _POLICIES:
            raise refused(f"There is no hit policy {self.form.hit_policy}.", "Write one of the standard's.")
        shape = (len(self.form.inputs), len(self.form.outputs))
        for row in self.form.rows:
            if (len(row.tests), len(row.outputs)) != shape:
                raise refused(f"rule {row.id} has more or fewer cells than its table has columns.", "Give every column one cell.")
        subjects = [self._subject(column) for column in self.form.inputs]
        guards = [self.lets.named(self._guard(rule, subjects)) for rule in self.form.rows]
        outputs = [self._output(rule) for rule in self.form.rows]
        return self._hit(guards, outputs)

    def _subject(self, column: InputColumn) -> Shape:
        where = f"input {column.expression}"
        found = placed(where, lambda: specialised(column.expression, self.scope, self.lets))
        found = taken(found, self.types.named(column.type_ref), self.lets, where)
        return self.lets.bind(self._among(column.values, found, where))

    def _among(self, values: str, shape: Shape, where: str) -> Shape:
        """A value, null when it is not among the values its column declares."""
        if values.strip() in ("", "-") or shape == NULL_SHAPE:
            return shape
        if isinstance(shape, Known):
            known = shape.value
            return shape if placed(f"{where}, values", lambda: passes_tests(values, known)) is True else NULL_SHAPE
        shape = self.lets.bind(shape)
        passed = placed(f"{where}, values", lambda: specialised_test(values, shape, self.scope, self.lets))
        return choose([(negated(holds(passed)), NULL_SHAPE)], shape)

    def _guard(self, rule: Row, subjects: list[Shape]) -> Expression:
        tests = []
        for text, subject, clause in zip(rule.tests, subjects, self.form.inputs, strict=True):
            where = f"rule {rule.id}, input {clause.expression}, cell {text!r}"
            tests.append(placed(where, partial(specialised_test, text, subject, self.scope, self.lets)))
        return holds(both(*tests))

    def _output(self, rule: Row) -> Shape:
        types = rule.output_types or ("",) * len(rule.outputs)
        cells = zip(self.form.outputs, rule.outputs, types, strict=True)
        return self._row([self._cell(column, text, f"rule {rule.id}, output cell {text!r}", own) for column, text, own in cells])

    def _cell(self, column: OutputColumn, text: str, where: str, own: str = "") -> Shape:
        if not text.strip():
            return NULL_SHAPE
        found = placed(where, lambda: specialised(text, self.scope, self.lets))
        found = taken(found, self.types.named(own), self.lets, where)
        return self._among(column.values, taken(found, self.types.named(column.type_ref), self.lets, where), where)

    def _row(self, cells: Sequence[Shape]) -> Shape:
        if len(cells) == 1:
            return cells[0]
        return Record(entries={clause.name: cell for clause, cell in zip(self.form.outputs, cells, strict=True)})

    def _default(self) -> Shape:
        if not any(column.default.strip() for column in self.form.outputs):
            return NULL_SHAPE
        return self._row([self._cell(column, column.default, f"default of {column.name}") for column in self.form.outputs])

    def _hit(self, guards: list[Expression], outputs: list[Shape]) -> Shape:
        policy, aggregation = self.form.hit_policy, self.form.aggregation
        order = self._order(outputs) if policy in PRIORITISED else range(len(outputs))
        branches = [(guards[place], outputs[place]) for place in order]
        if policy in _LISTS:
            rows = Rows(items=tuple(Item(value=value, there=there) for there, value in branches))
            none = self.lets.named(negated(either(*guards)))
            if not aggregation and any(column.default.strip() for column in self.form.outputs):
                return replace(rows, absent=tree.Call(function="must not hold", arguments=(none,), type=BOOLEAN))
            found = aggregated(aggregation, rows, self.lets) if aggregation else rows
            return choose([(none, self._none(aggregation))], found)
        found = choose(branches, self._default())
        if policy == "UNIQUE":
            return choose([(self._several(guards), NULL_SHAPE)], found)
        if policy == "ANY":
            return choose([(self._contrary(branches), NULL_SHAPE)], found)
        return found

    def _none(self, aggregation: str) -> Shape:
        default = self._default()
        if default != NULL_SHAPE:
            return default
        return Known(value=Decimal(0)) if aggregation == "COUNT" else NULL_SHAPE if aggregation else Known(value=[])

    def _several(self, guards: list[Expression]) -> Expression:
        """Whether more than one rule matches."""
        found: list[Expression] = []
        before: list[Expression] = []
        for guard in guards:
            found.append(both(guard, either(*before)))
            before.append(guard)
        return self.lets.named(either(*found))

    def _contrary(self, branches: list[tuple[Expression, Shape]]) -> Expression:
        """Whether a rule that matches has another output than the first that matches."""
        first = self.lets.bind(choose(branches[:-1], branches[-1][1]))
        return self.lets.named(either(*(both(guard, negated(membership.equal(first, value))) for guard, value in branches)))

    def _order(self, outputs: list[Shape]) -> list[int]:
        allowed = [self._plain(clause) if clause.values.strip() not in ("", "-") else [] for clause in self.form.outputs]
        if not any(allowed):
            raise refused(f"hit policy {self.form.hit_policy} needs the output values in their order of priority.")
        return sorted(range(len(outputs)), key=lambda place: self._rank(outputs[place], allowed))

    def _plain(self, clause: OutputColumn) -> list[object]:
        """The output values in their order."""
        found = specialised(f"[{clause.values}]", {}, self.lets)
        if not isinstance(found, Known):
            raise refused(f"The output values {clause.values} of {clause.name} are no plain values.")
        return list(found.value)

    def _rank(self, output: Shape, allowed: list[list[object]]) -> tuple[int, ...]:
        cells = list(output.entries.values()) if isinstance(output, Record) else [output]
        rank = []
        for cell, values in zip(cells, allowed, strict=True):
            if values and not isinstance(cell, Known):
                raise refused(f"hit policy {self.form.hit_policy} needs plain values in a column with output values.")
            if values and isinstance(cell, Known):
                rank.append(next((place for place, value in enumerate(values) if same_value(value, cell.value)), len(values)))
        return tuple(rank)


def placed(where: str, build: Callable[[], Found]) -> Found:
    """Return what is built, or a refusal that says where."""
    try:
        return build()
    except ExpressionRefused as refusal:
        raise refused(f"{where}: {refusal}") from refusal
