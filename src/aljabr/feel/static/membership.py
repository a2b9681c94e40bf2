"""Comparisons, and the tests that a value is put to: in a range, in a list, equal to, or a condition of its own."""

from __future__ import annotations

from typing import Protocol

from aljabr.feel import tree
from aljabr.feel.building import compared
from aljabr.feel.static.constants import applied, is_range, range_ends
from aljabr.feel.static.shapes import (
    ALWAYS,
    NEVER,
    NULL_SHAPE,
    UNKNOWN,
    Closure,
    Known,
    Record,
    Rows,
    Scalar,
    Shape,
    Span,
    both,
    condition,
    described,
    either,
    holds,
    is_null,
    negated,
    opened,
    refused,
    scalar,
)
from aljabr.feel.syntax import Syntax, parts_of
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN


class Within(Protocol):
    """Whoever gives shapes to syntax."""

    def shape(self, syntax: Syntax) -> Shape:
        """Return the shape of an expression's syntax."""

    def tested(self, subject: Shape, tests: list[Syntax]) -> Expression:
        """Return the condition that a subject passes any of some tests."""


def compare(operator: str, left: Shape, right: Shape) -> Shape:
    """Return a comparison by any of the six operators.

    Raises
    ------
    ExpressionRefused
        When the sides are of two kinds, or not to be compared.
    """
    if isinstance(left, Known) and isinstance(right, Known):
        return Known(value=applied(f"left {operator} right", {"left": left.value, "right": right.value}))
    if operator in ("=", "!="):
        same = equal(left, right)
        return Scalar(expression=same if operator == "=" else negated(same))
    if NULL_SHAPE in (left, right):
        return NULL_SHAPE
    sides = scalar(left, f"The left side of {operator}"), scalar(right, f"The right side of {operator}")
    if any(side.type.approximate for side in sides):
        return Scalar(expression=_clearly(operator, *sides))
    return Scalar(expression=compared(operator, *sides))


def _clearly(operator: str, left: Expression, right: Expression) -> Expression:
    """An order of numbers that are not exact: an error at run time when they are too close to tell."""
    for side in (left, right):
        if side.type.kind != "number":
            raise refused(f"A number is compared ({operator}) with a {side.type}.", "Both sides must have the same type.")
    return tree.Call(function=f"clearly {operator}", arguments=(left, right), type=BOOLEAN)


def equal(left: Shape, right: Shape) -> Expression:
    """Return the condition that two values are equal; null equals only null."""
    left, right = opened(left), opened(right)
    for one, other in ((left, right), (right, left)):
        if one == NULL_SHAPE:
            return is_null(other)
    if isinstance(left, Record) and isinstance(right, Record):
        return _same_record(left, right)
    if isinstance(left, Rows) and isinstance(right, Rows):
        return _same_rows(left, right)
    if any(isinstance(side, Record | Rows | Span | Closure) for side in (left, right)):
        raise refused(f"A {described(left)} is compared (=) with a {described(right)}.", "Both sides must have the same type.")
    sides = scalar(left, "The left side of ="), scalar(right, "The right side of =")
    if any(side.type.approximate for side in sides):
        raise refused("A number that is not exact is compared (=).", "Round it with decimal(x / y, n) or ask for > or <.")
    return compared("=", *sides)


def _same_record(left: Record, right: Record) -> Expression:
    if left.absent != NEVER or right.absent != NEVER:
        raise refused("A context that may be null is compared (=).", "Compare its entries.")
    if set(left.entries) != set(right.entries):
        return NEVER
    return both(*(equal(value, right.entries[name]) for name, value in left.entries.items()))


def _same_rows(left: Rows, right: Rows) -> Expression:
    sides = (left, right)
    if any(side.absent != NEVER or any(item.there != ALWAYS for item in side.items) for side in sides):
        raise refused("A list whose length is not known at load is compared (=).", "Compare its count or its elements.")
    if len(left.items) != len(right.items):
        return NEVER
    return both(*(equal(one.value, other.value) for one, other in zip(left.items, right.items, strict=True)))


def passes(subject: Shape, test: Syntax, within: Within) -> Expression:
    """Return the condition that a subject passes one test."""
    if test.data == "unary_comparison":
        return condition(compare(str(test.children[0]), subject, within.shape(parts_of(test)[0])))
    asks = any(node.data == "input_value" for node in test.iter_subtrees())
    if test.data == "negation" and not asks:
        if not parts_of(test) or any(part.data == "named_argument" for part in parts_of(test)):
            raise refused("not() in a cell takes tests.", 'Write not("a", "b").')
        return negated(within.tested(subject, parts_of(test)))
    value = within.shape(test)
    if test.data == "interval" and isinstance(value, Span):
        return _in_span(subject, value)
    if test.data == "interval" and value == NULL_SHAPE:
        return UNKNOWN  # an interval upside down holds nothing, not even null
    if asks:
        return condition(value)
    return included(subject, value)


def included(subject: Shape, value: Shape) -> Expression:
    """Return the condition that a subject equals a value, lies in a range, or is in a list of either."""
    if isinstance(value, Known) and is_range(value.value):
        low, high, low_closed, high_closed = range_ends(value.value)
        return _in_span(subject, Span(low=Known(value=low), high=Known(value=high), low_closed=low_closed, high_closed=high_closed))
    value = opened(value)
    match value:
        case Span():
            raise refused("A range with an end that is a fact stands as a value.", "Write the range where it is tested.")
        case Rows(items=items, absent=absent) if not isinstance(opened(subject), Rows):
            among = either(*(both(item.there, holds(included(subject, item.value))) for item in items))
            if absent == NEVER:
                return among
            return tree.Choice(condition=absent, consequent=is_null(subject), alternative=among, type=BOOLEAN)
        case Rows():
            raise refused("A list is looked for in a list.", "Ask for its elements.")
    return equal(subject, value)


def _in_span(subject: Shape, span: Span) -> Expression:
    if NULL_SHAPE in (span.low, span.high):
        raise refused("A range has an end that is null.", "Write < or > instead.")
    low = compare(">=" if span.low_closed else ">", subject, span.low)
    high = compare("<=" if span.high_closed else "<", subject, span.high)
    inside = both(condition(low), condition(high))
    if isinstance(span.low, Known) and isinstance(span.high, Known):
        return inside
    wrong = holds(condition(compare("<", span.high, span.low)))
    return tree.Choice(condition=wrong, consequent=UNKNOWN, alternative=inside, type=BOOLEAN)
