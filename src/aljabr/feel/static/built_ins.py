"""FEEL's own functions on what is not known at load: lists by their possible elements, single values by typed trees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from aljabr.feel import tree
from aljabr.feel.building import called as exactly_called
from aljabr.feel.building import compared
from aljabr.feel.functions import FUNCTIONS
from aljabr.feel.static import arithmetic
from aljabr.feel.static.arithmetic import Naming, operated
from aljabr.feel.static.constants import applied, as_callee
from aljabr.feel.static.lists import LIST_FUNCTIONS
from aljabr.feel.static.shapes import (
    ALWAYS,
    NEVER,
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
    condition,
    either,
    holds,
    is_null,
    negated,
    number,
    opened,
    refused,
    scalar,
)
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, MAX_SCALE, WHOLE, Type, common_type

_PARAMETERS = {
    **dict.fromkeys(
        ("count", "min", "max", "sum", "mean", "product", "all", "any", "reverse", "flatten", "distinct values"), ("list",)
    ),
    **dict.fromkeys(("floor", "ceiling", "round up", "round down", "round half up", "round half down", "decimal"), ("n", "scale")),
    **dict.fromkeys(("abs",), ("n",)),
    **dict.fromkeys(("sqrt", "exp", "log", "even", "odd"), ("number",)),
    **dict.fromkeys(("upper case", "lower case", "string length"), ("string",)),
    **dict.fromkeys(("contains", "starts with", "ends with", "substring before", "substring after"), ("string", "match")),
    **dict.fromkeys(("day of week", "day of year", "month of year", "week of year"), ("date",)),
    "list contains": ("list", "element"),
    "substring": ("string", "start position", "length"),
    "modulo": ("dividend", "divisor"),
    "string": ("from",),
    "years and months duration": ("from", "to"),
}


def call_built_in(name: str, placed: list[Shape], named: Mapping[str, Shape], lets: Naming) -> Shape:
    """Return a call of one of FEEL's functions.

    Raises
    ------
    ExpressionRefused
        When it has no plan for these arguments.
    """
    arguments = [*placed, *_placed(name, named)]
    if all(isinstance(argument, Known | Closure) for argument in arguments):
        arguments = [_callable(argument) for argument in arguments]
    if all(isinstance(argument, Known) for argument in arguments):
        known: dict[str, Any] = {f"a{place}": argument.value for place, argument in enumerate(arguments)}  # type: ignore[union-attr]
        return Known(value=applied(f"{name}({', '.join(known)})", known))
    if name in _LISTS:
        found = _LISTS[name](arguments, lets)
    elif name in _FROM_LISTS:
        found = _FROM_LISTS[name](_elements(arguments, name), lets)
    else:
        found = _on_values(name, arguments, lets)
    return found


def _callable(argument: Shape) -> Shape:
    """A function of the model as the interpreter calls it; it must give what is known."""
    if not isinstance(argument, Closure):
        return argument
    closure = argument

    def apply(given: dict[str, Any]) -> Any:
        found = closure.inline({name: Known(value=value) for name, value in given.items()})
        if not isinstance(found, Known):
            raise refused(f"{closure.name} gives what is not known at load.", "Give it only what is known.")
        return found.value

    return Known(value=as_callee(closure.name, closure.parameters, apply))


def _placed(name: str, named: Mapping[str, Shape]) -> list[Shape]:
    if not named:
        return []
    names = _PARAMETERS.get(name, ())
    if list(named) != list(names[: len(named)]):
        raise refused(f"{name}() is called with named arguments in another order than its own.", "Write them without names.")
    return list(named.values())


def _on_values(name: str, arguments: list[Shape], lets: Naming) -> Shape:
    if NULL_SHAPE in arguments and name in _names():
        return NULL_SHAPE
    values = tuple(scalar(argument, f"An argument of {name}()") for argument in arguments)
    if any(value.type.approximate for value in values):
        raise refused(f"{name}() is asked of a number that is not exact.", "Round it with decimal(x / y, n) first.")
    if name in _ROUNDING:
        return _rounded(name, values)
    if name in FUNCTIONS and name not in _OPERATED and name not in _ROUNDING:
        return Scalar(expression=exactly_called(name, FUNCTIONS[name], values))
    if name == "abs" and len(values) == 1 and values[0].type.kind == "number":
        return Scalar(expression=exactly_called(name, FUNCTIONS[name], values))
    if name == "modulo" and all(value.type.kind == "number" for value in values) and len(values) == 2:
        return _modulo(*values)
    if name == "substring":
        values = (values[0], *(_cut(value) for value in values[1:]))
    if name not in _OPERATED:
        raise refused(f"{name}() over facts has no plan.", f"There are {', '.join(sorted(_names()))}.")
    return Scalar(expression=operated(name, *values))


def _names() -> set[str]:
    return {*_LISTS, *_FROM_LISTS, *_OPERATED, *FUNCTIONS, *_ROUNDING, "modulo"}


_OPERATED = {
    "upper case", "lower case", "sqrt", "exp", "log", "even", "odd", "substring", "substring before", "substring after",
    "string", "date", "time", "date and time", "years and months duration", "day of week", "day of year", "month of year",
    "week of year", "abs",
}  # fmt: skip
_ROUNDING = ("decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down")


def _rounded(name: str, values: tuple[Expression, ...]) -> Shape:
    value, *places = values
    scale = places[0].value if places and isinstance(places[0], tree.Literal) else Decimal(0) if not places else None
    plain = value.type.kind == "number" and isinstance(scale, Decimal) and scale == int(scale) and 0 <= scale <= MAX_SCALE
    if not plain or not isinstance(scale, Decimal) or len(places) > 1:
        raise refused(f"{name}() takes a number and decimal places that are known at load.", f"Write {name}(x, 2).")
    kept = Type(kind="number", scale=int(scale))
    if name == "decimal":
        return Scalar(expression=tree.Call(function="decimal", arguments=(value,), type=kept, scale=int(scale)))
    if name in ("floor", "ceiling") and not scale:
        return Scalar(expression=exactly_called(name, FUNCTIONS[name], (value,)))
    return Scalar(expression=tree.Call(function=name, arguments=(value,), type=kept, scale=int(scale)))


def _cut(value: Expression) -> Expression:
    """A number without its decimals."""
    if value.type.kind != "number" or not value.type.scale:
        return value
    return tree.Call(function="round down", arguments=(value,), type=WHOLE, scale=0)


def _modulo(dividend: Expression, divisor: Expression) -> Shape:
    scale = max(dividend.type.scale, divisor.type.scale)
    return Scalar(expression=tree.Call(function="modulo", arguments=(dividend, divisor), type=Type(kind="number", scale=scale)))


def _elements(arguments: list[Shape], name: str) -> Rows:
    """What a function over a list or over its arguments goes through."""
    if len(arguments) != 1:
        return Rows(items=tuple(Item(value=argument) for argument in arguments))
    found = opened(arguments[0])
    if isinstance(found, Rows):
        return found
    if isinstance(found, Record):
        raise refused(f"{name}() is called with a context.", "Call it with a list.")
    return Rows(items=(Item(value=found),))


def _unless_absent(rows: Rows, found: Shape) -> Shape:
    return choose([(rows.absent, NULL_SHAPE)], found)


def _count(rows: Rows, lets: Naming) -> Shape:
    there = [tree.Choice(condition=item.there, consequent=number(1), alternative=number(0), type=WHOLE) for item in rows.items]
    found = Scalar(expression=_added([_known_count(item) for item in there]))
    if rows.absent == NEVER:
        return found
    # What count(null) is, engines do not agree on: the run stops.
    stopped = tree.Call(function="must not hold", arguments=(rows.absent,), type=BOOLEAN)
    return choose([(stopped, NULL_SHAPE)], found)


def _known_count(counted: tree.Choice) -> Expression:
    return number(1) if counted.condition == ALWAYS else counted


def _added(values: list[Expression]) -> Expression:
    found = number(0)
    for value in values:
        found = tree.Arithmetic(operator="+", left=found, right=value, type=common_type(found.type, value.type) or WHOLE)
    return found


def _any_there(rows: Rows) -> Expression:
    return either(*(holds(item.there) for item in rows.items))


def _of_kind(rows: Rows, name: str, *kinds: str) -> list[tuple[Expression, Expression]]:
    """The elements of one of some kinds, each with the condition that it is there."""
    found = []
    for item in rows.items:
        value = scalar(item.value, f"An element under {name}()")
        if value.type.kind not in kinds or value.type.approximate:
            raise refused(f"{name}() goes over a {value.type}.", f"Give it a list of {' or '.join(kinds)}.")
        found.append((item.there, value))
    return found


def _some_null(rows: Rows) -> Expression:
    return either(*(both(holds(item.there), is_null(item.value)) for item in rows.items))


def _sum(rows: Rows, lets: Naming) -> Shape:
    values = _of_kind(rows, "sum", "number")
    counted = [tree.Choice(condition=there, consequent=value, alternative=number(0), type=value.type) for there, value in values]
    nothing = either(rows.absent, negated(_any_there(rows)))
    return choose([(nothing, NULL_SHAPE)], Scalar(expression=arithmetic.bounded(_added([*counted]), lets)))


def _product(rows: Rows, lets: Naming) -> Shape:
    values = _of_kind(rows, "product", "number")
    found: Shape = Known(value=Decimal(1))
    for there, value in values:
        factor = tree.Choice(condition=there, consequent=value, alternative=number(1), type=value.type)
        found = arithmetic.calculated("*", found, Scalar(expression=factor), lets)
    return choose([(either(rows.absent, negated(_any_there(rows))), NULL_SHAPE)], found)


def _mean(rows: Rows, lets: Naming) -> Shape:
    total, count = _sum(rows, lets), _count(rows, lets)
    if all(item.there == ALWAYS for item in rows.items):
        count = Known(value=Decimal(len(rows.items)))
    return arithmetic.calculated("/", total, count, lets)


def _extreme(name: str) -> Callable[[Rows, Naming], Shape]:
    def build(rows: Rows, lets: Naming) -> Shape:
        values = _of_kind(rows, name, "number", "string", "date", "time", "date and time")
        if not values:
            return NULL_SHAPE
        best: Shape = NULL_SHAPE
        for there, value in values:
            reached = scalar(best, name) if best != NULL_SHAPE else None
            closer = compared("<" if name == "min" else ">", value, reached) if reached is not None else ALWAYS
            first = ALWAYS if reached is None else is_null(best)
            chosen = choose([(both(there, either(first, closer)), Scalar(expression=value))], best)
            best = Scalar(expression=lets.named(scalar(chosen, name)))
        return choose([(either(rows.absent, _some_null(rows)), NULL_SHAPE)], best)

    return build


def _all(rows: Rows, lets: Naming) -> Shape:
    tests = (either(negated(holds(item.there)), condition(item.value)) for item in rows.items)
    return _unless_absent(rows, Scalar(expression=both(*tests)))


def _any(rows: Rows, lets: Naming) -> Shape:
    return _unless_absent(rows, Scalar(expression=either(*(both(holds(item.there), condition(item.value)) for item in rows.items))))


def _get_value(arguments: list[Shape], lets: Naming) -> Shape:
    record, name = opened(arguments[0]), arguments[1]
    if not isinstance(record, Record) or record.absent != NEVER or not isinstance(name, Known) or not isinstance(name.value, str):
        raise refused("get value() takes a context and a name that is known at load.")
    return record.entries.get(name.value, NULL_SHAPE)


def _negation(arguments: list[Shape], lets: Naming) -> Shape:
    return Scalar(expression=negated(condition(arguments[0])))


_FROM_LISTS: dict[str, Callable[[Rows, Naming], Shape]] = {
    "count": _count,
    "sum": _sum,
    "product": _product,
    "mean": _mean,
    "min": _extreme("min"),
    "max": _extreme("max"),
    "all": _all,
    "any": _any,
}
_LISTS: dict[str, Callable[[list[Shape], Naming], Shape]] = {
    **LIST_FUNCTIONS,
    "get value": _get_value,
    "not": _negation,
}


def aggregated(aggregation: str, rows: Rows, lets: Naming) -> Shape:
    """Return the SUM, MIN, MAX or COUNT of the outputs of the rules that match."""
    return _FROM_LISTS[aggregation.lower()](rows, lets)
