"""Shapes back to values: the leaves a plan has to compute, and what a shape is once they are computed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from aljabr.feel import tree
from aljabr.feel.dynamic.types import Basic, ContextOf, ItemType, ListOf, Restricted
from aljabr.feel.dynamic.values import Range
from aljabr.feel.evaluation import evaluate
from aljabr.feel.static.constants import dynamic_value, typed_value
from aljabr.feel.static.models import StaticModel
from aljabr.feel.static.shapes import Closure, Known, Record, Refused, Rows, Scalar, Shape, Span, refused
from aljabr.feel.static.types import MAX_ELEMENTS, SCALARS
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, WHOLE, Type

Reading = Callable[[Expression], Any]


def leaves(shape: Shape) -> Iterator[Expression]:
    """Yield every typed tree a shape hangs on, always in the same order.

    Raises
    ------
    ExpressionRefused
        When the shape was refused, or is a function, which no plan gives.
    """
    match shape:
        case Scalar(expression=expression):
            yield expression
        case Rows(items=items, absent=absent):
            yield absent
            for item in items:
                yield item.there
                yield from leaves(item.value)
        case Record(entries=entries, absent=absent):
            yield absent
            for entry in entries.values():
                yield from leaves(entry)
        case Span(low=low, high=high):
            yield from leaves(low)
            yield from leaves(high)
        case Closure():
            raise refused("The result is a function.", "Give the value it computes.")
        case Refused(why=why):
            raise refused(why)


def valued(shape: Shape, reading: Reading) -> Any:
    """Return what a shape is, given the values of its leaves, as the interpreter of ``aljabr.feel.dynamic`` has it."""
    match shape:
        case Known(value=value):
            return value
        case Scalar(expression=expression):
            return dynamic_value(reading(expression), expression.type)
        case Rows(items=items, absent=absent):
            return (
                None if reading(absent) is True else [valued(item.value, reading) for item in items if reading(item.there) is True]
            )
        case Record(entries=entries, absent=absent):
            return None if reading(absent) is True else {name: valued(entry, reading) for name, entry in entries.items()}
        case Span(low=low, high=high, low_closed=low_closed, high_closed=high_closed):
            return Range(valued(low, reading), valued(high, reading), low_closed, high_closed)
    return None


def interpreted(model: StaticModel, shape: Shape, facts: Mapping[str, Any]) -> Any:
    """Return what a shape is for one set of facts, by the interpreter of the typed tree.

    Parameters
    ----------
    model : StaticModel
        The model.
    shape : Shape
        One of its decisions.
    facts : mapping of str to value
        The value of every variable (``input_facts``).
    """
    needed = needed_lets(model, list(leaves(shape)))
    values = dict(facts)
    for name, expression in needed.items():
        values[name] = evaluate(expression, values)
    return valued(shape, lambda expression: evaluate(expression, values))


def needed_lets(model: StaticModel, wanted: list[Expression]) -> dict[str, Expression]:
    """Return the shared values some expressions hang on, in the order in which they can be computed."""
    known = model.lets.values
    found: set[str] = set()
    waiting = [name for expression in wanted for name in tree.names(expression) if name in known]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [inner for inner in tree.names(known[name]) if inner in known]
    return {name: expression for name, expression in known.items() if name in found}


def input_variables(name: str, wanted: ItemType | None) -> dict[str, Type]:
    """Return the variables an input of a type is taken apart into."""
    match wanted:
        case Restricted(base=base):
            return input_variables(name, base)
        case Basic(name=kind) if kind in SCALARS:
            return {name: SCALARS[kind]}
        case ContextOf(members=members):
            inner = [input_variables(f"{name}.{key}", member) for key, member in members]
            return {f"{name}?": BOOLEAN} | {variable: found for part in inner for variable, found in part.items()}
        case ListOf(item=item):
            inner = [input_variables(f"{name}[{place}]", item) for place in range(1, MAX_ELEMENTS + 1)]
            return {f"{name}#": WHOLE} | {variable: found for part in inner for variable, found in part.items()}
    return {}


def input_facts(name: str, wanted: ItemType | None, value: Any) -> dict[str, Any]:
    """Return the value of every variable an input is taken apart into.

    Raises
    ------
    ExpressionRefused
        When no plan can hold the value: an offset, a part of a second, too many decimal places, too long a list.
    """
    match wanted:
        case Restricted(base=base):
            return input_facts(name, base, value)
        case Basic(name=kind) if kind in SCALARS:
            held = typed_value(value, f"The input {name}")
            if isinstance(held, Decimal) and held.normalize().as_tuple().exponent < -SCALARS["number"].scale:  # type: ignore[operator]
                raise refused(f"The input {name} has more than {SCALARS['number'].scale} decimal places.")
            return {name: held}
        case ContextOf(members=members):
            found: dict[str, Any] = {f"{name}?": value is not None}
            for key, member in members:
                found |= input_facts(f"{name}.{key}", member, value.get(key) if isinstance(value, dict) else None)
            return found
        case ListOf(item=item):
            return _list_facts(name, item, value)
    return {}


def _list_facts(name: str, item: ItemType, value: Any) -> dict[str, Any]:
    elements = value if isinstance(value, list) else []
    if len(elements) > MAX_ELEMENTS:
        raise refused(f"The input {name} has more than {MAX_ELEMENTS} elements.")
    found: dict[str, Any] = {f"{name}#": None if value is None else Decimal(len(elements))}
    for place in range(1, MAX_ELEMENTS + 1):
        found |= input_facts(f"{name}[{place}]", item, elements[place - 1] if place <= len(elements) else None)
    return found
