"""Values known at load, handed to the interpreter of ``aljabr.feel.dynamic`` and back: the only bridge between the two.

A typed tree holds days, clocks and moments of years 1 to 9999 without an offset and to the whole second, durations to the whole
second, numbers of at most 34 digits. Any other value can be known, but not be in a plan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

from lark import Token

from aljabr.errors import ExpressionRefused
from aljabr.feel import tree
from aljabr.feel.dynamic.evaluation import Evaluator, Scope
from aljabr.feel.dynamic.functions import BUILTINS
from aljabr.feel.dynamic.types import Types
from aljabr.feel.dynamic.values import SECOND, Callee, Clock, Day, Moment, Months, Range, Span, kind_of
from aljabr.feel.syntax import Syntax, parse
from aljabr.feel.types import BOOLEAN, DATE, DATE_TIME, DAYS, MAX_SCALE, MONTHS, NULL, STRING, TIME, Type

MAX_DIGITS = 34
_NO_TYPES = Types(None, lambda _text, _value: False)


def folded(syntax: Syntax, known: Mapping[str, Any], types: Types | None = None, names: frozenset[str] = frozenset()) -> Any:
    """Return the value of an expression of which every name is known.

    Raises
    ------
    ExpressionRefused
        When the interpreter refuses it.
    """
    return Evaluator(types=types or _NO_TYPES, names=names).value(syntax, Scope(known))


def applied(text: str, known: Mapping[str, Any]) -> Any:
    """Return the value of a short expression over known values."""
    return folded(_parsed(text), known)


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Syntax:
    return parse(text, "expression")


def names_in(syntax: Syntax) -> frozenset[str]:
    """Return the names an expression reads (of a path only the first)."""
    return frozenset(str(node.children[0]) for node in syntax.iter_subtrees() if node.data == "name")


def unknown_names(syntax: Syntax) -> frozenset[str]:
    """Return the names an expression reads that are neither FEEL's own nor given by itself; none when a filter may bring them."""
    if any(node.data == "filter" for node in syntax.iter_subtrees()):
        return frozenset()
    tokens = [child for node in syntax.iter_subtrees() for child in node.children if isinstance(child, Token)]
    given = {str(token) for token in tokens if token.type in ("KEY", "VARIABLE", "PARAMETER")}
    return frozenset(name for name in names_in(syntax) if name not in given and name not in BUILTINS and name not in _OWN)


_OWN = ("item", "partial", "now", "today")


def has_function(value: Any) -> bool:
    """Return whether a value is a function or has one in it."""
    match value:
        case Callee():
            return True
        case list():
            return any(has_function(item) for item in value)
        case dict():
            return any(has_function(entry) for entry in value.values())
    return False


def as_callee(name: str, parameters: tuple[str, ...], apply: Callable[[dict[str, Any]], Any]) -> Callee:
    """Return a function of the model as the interpreter has it."""

    def called(positional: list[Any], named: dict[str, Any]) -> Any:
        given = {**dict(zip(parameters, positional, strict=False)), **named}
        return apply(given) if len(positional) + len(named) == len(parameters) == len(given) else None

    return Callee(name=name, parameters=parameters, apply=called)


def is_built_in(name: str) -> bool:
    """Return whether FEEL has a function of this name."""
    return name in BUILTINS


def is_list(value: object) -> bool:
    """Return whether a known value is a list."""
    return isinstance(value, list)


def is_record(value: object) -> bool:
    """Return whether a known value is a context."""
    return isinstance(value, dict)


def is_range(value: object) -> bool:
    """Return whether a known value is a range."""
    return isinstance(value, Range)


def range_ends(value: Range) -> tuple[Any, Any, bool, bool]:
    """Return both ends of a range and whether it includes them; an end that is open is None.

    Raises
    ------
    ExpressionRefused
        When it is no interval but a comparison kept as a value.
    """
    if value.sign or value.low is None or value.high is None:
        raise ExpressionRefused(f"A comparison ({value.sign}) stands as a value.", "Write it as a test.")
    return value.low, value.high, value.low_included, value.high_included


def scalar_literal(value: Any, what: str) -> tree.Literal:
    """Return a known value as a leaf of the typed tree.

    Raises
    ------
    ExpressionRefused
        When it is not one value, or one that a plan cannot hold.
    """
    held = typed_value(value, what)
    match value:
        case None:
            return tree.Literal(value=None, type=NULL)
        case Decimal():
            return tree.Literal(value=held, type=Type(kind="number", scale=_scale(value)))
    return tree.Literal(value=held, type=_TYPES[kind_of(value)])


def typed_value(value: Any, what: str) -> Any:
    """Return a value of the interpreter as the typed tree has it.

    Raises
    ------
    ExpressionRefused
        When a plan cannot hold it.
    """
    match value:
        case None | bool():
            return value
        case str() if "\0" not in value and not any(0xD800 <= ord(letter) <= 0xDFFF for letter in value):
            return value
        case Decimal() if fits_exactly(value):
            return value
        case Months(months=months) if abs(months) < 120_000:
            return months
        case Span(nanos=nanos) if nanos % SECOND == 0 and abs(nanos) < 4_000_000 * 86_400 * SECOND:
            return timedelta(seconds=nanos // SECOND)
        case Day() if 1 <= value.year <= 9999:
            return date(value.year, value.month, value.day)
        case Clock(zone=None, nanos=0):
            return time(value.hour, value.minute, value.second)
        case Moment(day=day, clock=Clock(zone=None, nanos=0) as clock) if 1 <= day.year <= 9999:
            return datetime(day.year, day.month, day.day, clock.hour, clock.minute, clock.second)
    kind = "function" if isinstance(value, Callee) else kind_of(value)
    raise ExpressionRefused(f"{what} is a {kind} that no plan can hold.", "Times and durations: whole seconds without an offset.")


def fits_exactly(value: Decimal) -> bool:
    """Return whether a number has few enough digits and decimals to be exact in a plan."""
    return value.is_finite() and _scale(value) <= MAX_SCALE and value.adjusted() < MAX_DIGITS - _scale(value)


def dynamic_value(value: Any, found: Type) -> Any:
    """Return a value of the typed tree as the interpreter has it."""
    match value:
        case datetime():
            return Moment(Day(value.year, value.month, value.day), Clock(value.hour, value.minute, value.second))
        case date():
            return Day(value.year, value.month, value.day)
        case time():
            return Clock(value.hour, value.minute, value.second)
        case timedelta():
            return Span(value // timedelta(seconds=1) * SECOND)
    return Months(int(value)) if value is not None and found.kind == "years and months duration" else value


def _scale(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else MAX_SCALE + 1


_TYPES: dict[str, Type] = {
    "string": STRING,
    "boolean": BOOLEAN,
    "date": DATE,
    "time": TIME,
    "date and time": DATE_TIME,
    "days and time duration": DAYS,
    "years and months duration": MONTHS,
}
