"""Declared types: the shape of an input of a type, and what a declared type makes of a shape.

A value that does not conform is null, as ``aljabr.feel.dynamic.types`` has it; what can be told at load to be of another type than
declared is refused instead, because it can only be a mistake.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aljabr.feel import tree
from aljabr.feel.building import compared
from aljabr.feel.dynamic.types import Basic, ContextOf, ItemType, ListOf, Restricted, Types, coerced, conforms
from aljabr.feel.static.shapes import (
    ALWAYS,
    NEVER,
    NULL_SHAPE,
    Closure,
    Item,
    Known,
    Record,
    Refused,
    Rows,
    Scalar,
    Shape,
    Span,
    both,
    choose,
    described,
    either,
    holds,
    is_null,
    negated,
    number,
    refused,
)
from aljabr.feel.static.specialising import Lets, element, specialised_test
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, DATE, DATE_TIME, DAYS, MONTHS, NUMBER, STRING, TIME, WHOLE, Type

MAX_ELEMENTS = 16
SCALARS: dict[str, Type] = {
    "number": NUMBER,
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "days and time duration": DAYS,
    "years and months duration": MONTHS,
}


@dataclass(frozen=True, kw_only=True)
class Tested(Restricted):
    """A type with the unary tests its values must pass, as written."""

    tests: str


class StaticTypes(Types):
    """The types of a model, with their tests as written."""

    def _restricted(self, base: ItemType, tests: str) -> ItemType:
        if not tests.strip():
            return base
        return Tested(base=base, passes=lambda value: self.test(tests, value), tests=tests)


def input_shape(name: str, wanted: ItemType | None) -> Shape:
    """Return the shape of an input: a variable for every single value in it.

    A list is there up to ``MAX_ELEMENTS`` elements (``name[1]`` …) with its length ``name#``; whether a context is there says
    ``name?``.
    """
    match wanted:
        case Tested(base=base) | Restricted(base=base):
            return input_shape(name, base)
        case Basic(name=kind) if kind in SCALARS:
            return Scalar(expression=tree.Variable(name=name, type=SCALARS[kind]))
        case ContextOf(members=members):
            entries = {key: input_shape(f"{name}.{key}", member) for key, member in members}
            given = tree.Variable(name=f"{name}?", type=BOOLEAN)
            return Record(entries=entries, absent=negated(holds(given)))
        case ListOf(item=item):
            length = tree.Variable(name=f"{name}#", type=WHOLE)
            places = range(1, MAX_ELEMENTS + 1)
            items = [
                Item(value=input_shape(f"{name}[{place}]", item), there=holds(compared(">=", length, number(place))))
                for place in places
            ]
            return Rows(items=tuple(items), absent=is_null(Scalar(expression=length)), packed=True)
    return Refused(why=f"The input {name} has no type a plan can hold. Declare it a simple type, a structure or a list of them.")


def typed_shape(shape: Shape, wanted: ItemType | None, lets: Lets, what: str) -> Shape:
    """Return a shape as a declared type takes it: as it is, converted, or null where it does not conform.

    Raises
    ------
    ExpressionRefused
        When it is of another type whatever the facts are.
    """
    if wanted is None or wanted == Basic(name="Any") or isinstance(shape, Refused):
        return shape
    if isinstance(shape, Known):
        return Known(value=coerced(shape.value, wanted))
    base = wanted.base if isinstance(wanted, Restricted) else wanted
    if isinstance(shape, Rows) and not isinstance(base, ListOf) and base != Basic(name="list"):
        shape = _single(shape, lets)
    elif isinstance(base, ListOf) and isinstance(shape, Scalar | Record):
        shape = Rows(items=(Item(value=shape),), absent=is_null(shape))
    fits = conforming(shape, wanted, lets)
    if fits == NEVER:
        raise refused(f"{what} is declared a {_named(wanted)} and gives a {described(shape)}.", "Mend the type or the expression.")
    return choose([(fits, shape)], NULL_SHAPE)


def _single(rows: Rows, lets: Lets) -> Shape:
    """The element of a list of one, null for any other list."""
    if len(rows.items) == 1 and rows.items[0].there == ALWAYS:
        return choose([(rows.absent, NULL_SHAPE)], rows.items[0].value)
    several: list[Expression] = []
    before: list[Expression] = []
    for item in rows.items:
        several.append(both(holds(item.there), either(*before)))
        before.append(holds(item.there))
    one = element(rows, Known(value=_ONE), lets)
    return choose([(lets.named(either(*several)), NULL_SHAPE)], one)


_ONE = number(1).value  # type: ignore[union-attr]


def conforming(shape: Shape, wanted: ItemType, lets: Lets) -> Expression:
    """Return the condition that a shape conforms to a type; null conforms to every type."""
    if isinstance(shape, Known):
        return ALWAYS if conforms(shape.value, wanted) else NEVER
    if isinstance(wanted, Tested):
        return _passing(shape, wanted, lets)
    match wanted, shape:
        case Basic(name="Any"), _:
            return ALWAYS
        case Basic(name=name), Scalar(expression=expression):
            return ALWAYS if expression.type.kind in (name, "null") else NEVER
        case (Basic(name="context"), Record()) | (Basic(name="list"), Rows()) | (Basic(name="function"), Closure()):
            return ALWAYS
        case ContextOf(members=members), Record(entries=entries, absent=absent):
            if any(key not in entries for key, _ in members):
                return absent
            return either(absent, both(*(conforming(entries[key], member, lets) for key, member in members)))
        case ListOf(item=item), Rows(items=items, absent=absent):
            each = (either(negated(part.there), conforming(part.value, item, lets)) for part in items)
            return either(absent, both(*each))
    if isinstance(shape, Closure | Span):
        raise refused(f"A {described(shape)} with a declared type has no plan.", "Leave out the type.")
    return is_null(shape)


def _passing(shape: Shape, wanted: Tested, lets: Lets) -> Expression:
    fits = conforming(shape, wanted.base, lets)
    if not isinstance(shape, Scalar):
        raise refused(f"The values {wanted.tests} of a list or a context have no plan.", "Declare them of its elements.")
    passed = specialised_test(wanted.tests, shape, {}, lets)
    return both(fits, either(is_null(shape), holds(passed)))


def _named(wanted: ItemType) -> str:
    names: dict[type, Callable[[], str]] = {ListOf: lambda: "list", ContextOf: lambda: "context"}
    if isinstance(wanted, Restricted):
        return _named(wanted.base)
    return wanted.name if isinstance(wanted, Basic) else names.get(type(wanted), lambda: "type of its own")()
