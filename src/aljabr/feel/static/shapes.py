"""What an expression comes to before the facts are known: values that are known at load, and shapes whose leaves are typed trees.

A list is taken apart into its possible elements, each with the condition under which it is there; a context into its entries; a
function stays what it is written as. What remains at run time is a typed tree for every leaf, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from aljabr.errors import ExpressionRefused
from aljabr.feel import tree
from aljabr.feel.static.constants import is_list, is_record, scalar_literal
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, common_type

ALWAYS = tree.Literal(value=True, type=BOOLEAN)
NEVER = tree.Literal(value=False, type=BOOLEAN)
UNKNOWN = tree.Literal(value=None, type=BOOLEAN)


@dataclass(frozen=True, kw_only=True)
class Known:
    """A value that is known when the model is loaded."""

    value: Any


@dataclass(frozen=True, kw_only=True)
class Scalar:
    """A number, text, truth, date, time or duration that a typed tree computes."""

    expression: Expression


@dataclass(frozen=True, kw_only=True)
class Item:
    """A possible element of a list, and the condition under which it is there."""

    value: Shape
    there: Expression = ALWAYS


@dataclass(frozen=True, kw_only=True)
class Rows:
    """A list.

    Parameters
    ----------
    items : tuple of Item
        Its possible elements, in order.
    absent : Expression
        The condition under which it is null.
    packed : bool
        Whether an element is there only when all before it are, so that its place is known.
    """

    items: tuple[Item, ...]
    absent: Expression = NEVER
    packed: bool = False

    @property
    def in_place(self) -> bool:
        """Whether every element has the place it stands at."""
        return self.packed or all(item.there == ALWAYS for item in self.items)


@dataclass(frozen=True, kw_only=True)
class Record:
    """A context; ``absent`` is the condition under which it is null."""

    entries: Mapping[str, Shape]
    absent: Expression = NEVER


@dataclass(frozen=True, kw_only=True)
class Span:
    """A range with an end that is not known at load."""

    low: Shape
    high: Shape
    low_closed: bool
    high_closed: bool


@dataclass(frozen=True, kw_only=True)
class Closure:
    """A function that is inlined where it is called."""

    name: str
    parameters: tuple[str, ...]
    inline: Callable[[Mapping[str, Shape]], Shape] = field(compare=False)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What has no plan, with the reason, so that only what reads it is refused too."""

    why: str


Shape = Known | Scalar | Rows | Record | Span | Closure | Refused
NULL_SHAPE = Known(value=None)


def refused(what: str, way_out: str = "") -> ExpressionRefused:
    """Return the refusal of what no plan can be made of, to raise."""
    return ExpressionRefused(what, way_out)


def opened(shape: Shape) -> Shape:
    """Return a known list or context as one whose elements are known; anything else as it is.

    Raises
    ------
    ExpressionRefused
        When the shape stands for what was refused.
    """
    if isinstance(shape, Refused):
        raise refused(shape.why)
    if isinstance(shape, Known) and is_list(shape.value):
        return Rows(items=tuple(Item(value=Known(value=value)) for value in shape.value))
    if isinstance(shape, Known) and is_record(shape.value):
        return Record(entries={name: Known(value=value) for name, value in shape.value.items()})
    return shape


def scalar(shape: Shape, what: str) -> Expression:
    """Return the typed tree of a shape that is one value.

    Raises
    ------
    ExpressionRefused
        When it is a list, a context, a range, a function, or a value a plan cannot hold.
    """
    if isinstance(shape, Scalar):
        return shape.expression
    if isinstance(shape, Known):
        return scalar_literal(shape.value, what)
    if isinstance(shape, Refused):
        raise refused(shape.why)
    raise refused(f"{what} is a {described(shape)}, where one value is needed.", "Take one entry or element of it.")


def described(shape: Shape) -> str:
    """Return what a shape is, for a message."""
    names = {Rows: "list", Record: "context", Span: "range", Closure: "function"}
    if isinstance(shape, Scalar):
        return str(shape.expression.type)
    return names.get(type(shape), "value known at load")


def is_null(shape: Shape) -> Expression:
    """Return the condition under which a shape is null."""
    match shape:
        case Known(value=value):
            return ALWAYS if value is None else NEVER
        case Scalar(expression=expression):
            return tree.Equality(left=expression, right=tree.Literal(value=None, type=UNKNOWN_TYPE))
        case Rows(absent=absent) | Record(absent=absent):
            return absent
    return NEVER


def condition(shape: Shape) -> Expression:
    """Return a shape as a condition; what is no truth value is not known, as FEEL says."""
    if isinstance(shape, Scalar):
        return shape.expression if shape.expression.type.kind == "boolean" else UNKNOWN
    if isinstance(shape, Refused):
        raise refused(shape.why)
    if isinstance(shape, Known) and isinstance(shape.value, bool):
        return ALWAYS if shape.value else NEVER
    return UNKNOWN


def truth(shape: Shape, what: str) -> Expression:
    """Return a shape as a condition.

    Raises
    ------
    ExpressionRefused
        When it is neither a truth value nor null: it can only be a mistake.
    """
    boolean = isinstance(shape, Scalar) and shape.expression.type.kind in ("boolean", "null")
    if not boolean and not (isinstance(shape, Known) and (shape.value is None or isinstance(shape.value, bool))):
        raise refused(f"{what} is a {described(shape)}, not true or false.", "Compare it with something.")
    return condition(shape)


def both(*conditions: Expression) -> Expression:
    """Return the conjunction, without what is always true."""
    found = [operand for operand in conditions if operand != ALWAYS]
    if NEVER in found:
        return NEVER
    return ALWAYS if not found else found[0] if len(found) == 1 else tree.Conjunction(operands=tuple(found))


def either(*conditions: Expression) -> Expression:
    """Return the disjunction, without what is never true."""
    found = [operand for operand in conditions if operand != NEVER]
    if ALWAYS in found:
        return ALWAYS
    return NEVER if not found else found[0] if len(found) == 1 else tree.Disjunction(operands=tuple(found))


def negated(operand: Expression) -> Expression:
    """Return the negation of a condition."""
    if operand == ALWAYS:
        return NEVER
    return ALWAYS if operand == NEVER else tree.Negation(operand=operand)


def holds(operand: Expression) -> Expression:
    """Return a condition that is true when the operand is, and otherwise false, never null."""
    if isinstance(operand, tree.Literal):
        return ALWAYS if operand.value is True else NEVER
    if isinstance(operand, tree.Equality):
        return operand
    return tree.Choice(condition=operand, consequent=ALWAYS, alternative=NEVER, type=BOOLEAN)


def choose(branches: Sequence[tuple[Expression, Shape]], otherwise: Shape) -> Shape:
    """Return the first shape whose condition is true, or the last one, as one shape.

    Raises
    ------
    ExpressionRefused
        When the shapes do not fit together.
    """
    open_branches: list[tuple[Expression, Shape]] = []
    for when, shape in branches:
        if when in (NEVER, UNKNOWN):
            continue
        if when == ALWAYS:
            otherwise = shape
            break
        open_branches.append((when, shape))
    if not open_branches:
        return otherwise
    shapes = [opened(shape) for _, shape in open_branches] + [opened(otherwise)]
    some = [shape for shape in shapes if shape != NULL_SHAPE]
    if all(isinstance(shape, Record) for shape in some):
        return _chosen_record(open_branches, otherwise)
    if all(isinstance(shape, Rows) for shape in some):
        return _chosen_rows(open_branches, otherwise)
    return _chosen_scalar(open_branches, otherwise)


def _chosen_scalar(branches: list[tuple[Expression, Shape]], otherwise: Shape) -> Shape:
    found: Expression = scalar(otherwise, "One result")
    for when, shape in reversed(branches):
        value = scalar(shape, "One result")
        shared = common_type(value.type, found.type)
        if shared is None:
            raise refused(f"One result is a {value.type}, another a {found.type}.", "Give all of them one type.")
        found = tree.Choice(condition=when, consequent=value, alternative=found, type=shared)
    return Scalar(expression=found)


def _parted(branches: list[tuple[Expression, Shape]], otherwise: Shape) -> list[tuple[Expression, Shape]]:
    """The branches with conditions of which exactly one holds."""
    found: list[tuple[Expression, Shape]] = []
    before: Expression = NEVER
    for when, shape in [*branches, (ALWAYS, otherwise)]:
        found.append((both(holds(when), negated(before)), opened(shape)))
        before = either(before, holds(when))
    return found


def _chosen_record(branches: list[tuple[Expression, Shape]], otherwise: Shape) -> Shape:
    parts = _parted(branches, otherwise)
    absent = either(*(both(when, is_null(shape)) for when, shape in parts))
    records = [shape for _, shape in parts if isinstance(shape, Record)]
    names = list(records[0].entries)
    if any(set(record.entries) != set(names) for record in records):
        raise refused("The contexts that may come out have different entries.", "Give all of them the same entries.")
    entries = {
        name: choose(
            [(when, shape.entries[name] if isinstance(shape, Record) else NULL_SHAPE) for when, shape in branches_opened(branches)],
            (opened(otherwise).entries[name] if isinstance(opened(otherwise), Record) else NULL_SHAPE),  # type: ignore[union-attr]
        )
        for name in names
    }
    return Record(entries=entries, absent=absent)


def branches_opened(branches: list[tuple[Expression, Shape]]) -> list[tuple[Expression, Shape]]:
    """Return the branches with known lists and contexts opened."""
    return [(when, opened(shape)) for when, shape in branches]


def _chosen_rows(branches: list[tuple[Expression, Shape]], otherwise: Shape) -> Shape:
    parts = _parted(branches, otherwise)
    absent = either(*(both(when, is_null(shape)) for when, shape in parts))
    items = [
        Item(value=item.value, there=both(when, item.there))
        for when, shape in parts
        if isinstance(shape, Rows)
        for item in shape.items
    ]
    return Rows(items=tuple(items), absent=absent)


def number(value: int) -> Expression:
    """Return a whole number as a typed tree."""
    return scalar_literal(Decimal(value), "A number")


UNKNOWN_TYPE = scalar_literal(None, "null").type
