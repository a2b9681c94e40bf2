"""Nodes of the typed tree, each built only out of parts that fit: the rules of types, one function per kind of node.

What cannot fit, or can only be a mistake (a code the fact cannot have, an interval upside down, an order comparison with null), is
refused with what to write instead.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from aljabr.errors import ExpressionRefused
from aljabr.feel import tree
from aljabr.feel.durations import read_duration
from aljabr.feel.functions import Function
from aljabr.feel.syntax import Syntax, parts_of, string_value
from aljabr.feel.tree import Expression
from aljabr.feel.types import DATE, MAX_SCALE, STRING, Environment, Type, common_type

_DAY = 86_400 * 1_000_000_000
_MIRRORED: dict[str, tree.Order] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}


def refuse(what: str, way_out: str = "") -> ExpressionRefused:
    """Return the refusal of an expression, to raise."""
    return ExpressionRefused(what, way_out)


def any_of(operands: tuple[Expression, ...]) -> Expression:
    """Return the disjunction; one operand alone is itself."""
    return operands[0] if len(operands) == 1 else tree.Disjunction(operands=operands)


def date_literal(text: str) -> Expression:
    """Return the day an ISO text names."""
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return tree.Literal(value=date.fromisoformat(text), type=DATE)
    except ValueError:
        raise refuse(f"{text!r} is no day.", 'Write date("2014-06-10").') from None


def is_duration(syntax: Syntax) -> bool:
    """Return whether the syntax is a call of duration()."""
    return syntax.data == "call" and parts_of(syntax)[0].children == ["duration"]


def duration(syntax: Syntax, direction: int) -> tuple[int, int]:
    """Return the months and the days by which a date moves, one of them zero; hours move it to the day they reach.

    Parameters
    ----------
    syntax : Syntax
        A call of duration().
    direction : int
        1 when the duration is added, -1 when it is taken away.
    """
    arguments = parts_of(syntax)[1:]
    text = string_value(str(arguments[0].children[0])) if len(arguments) == 1 and arguments[0].data == "string" else ""
    found = read_duration(text)
    if found is None:
        raise refuse(
            f"duration({text!r}) is not understood.", 'Write years and months as "P1Y6M", or days and hours as "P30DT12H".'
        )
    count = direction * found.size
    months, days = (count, 0) if found.unit == "months" else (0, count // _DAY)
    if max(abs(months) // 12, abs(days) // 366) > 1000:
        raise refuse(f"duration({text!r}) is more than a thousand years.", "Write a shorter one.")
    return months, days


def nearest(name: str, environment: Environment) -> str:
    """Return the way out when a name is unknown: the names most like it."""
    near = get_close_matches(name, environment, n=3, cutoff=0.6) or [known for known in environment if known.split(".")[0] == name]
    return f"Did you mean {' or '.join(near)}?" if near else 'Declare it as a fact, or put text between double quotes: "…".'


def boolean(value: Expression, what: str) -> Expression:
    """Return the value if it can be a condition."""
    if value.type.kind not in ("boolean", "null"):
        raise refuse(f"{what} This is a {value.type}.", "Compare it with something.")
    return value


def numeric(value: Expression, what: str) -> Expression:
    """Return the value if it is a number."""
    if value.type.kind != "number":
        raise refuse(f"{what} needs numbers, not a {value.type}.", "Use a number.")
    return value


def calculated(operator: str, left: Expression, right: Expression) -> Expression:
    """Return the sum, difference or product, or two texts put together."""
    if operator == "+" and left.type.kind == right.type.kind == "string":
        return tree.Arithmetic(operator="+", left=left, right=right, type=STRING)
    for side in (left, right):
        if side.type.kind == "date":
            raise refuse("Dates are not calculated with as numbers.", 'Write DATE + duration("P30D") and compare dates.')
        numeric(side, f"{operator}")
    scale = left.type.scale + right.type.scale if operator == "*" else max(left.type.scale, right.type.scale)
    if scale > MAX_SCALE:
        raise refuse(f"The result of {operator} would have {scale} decimal places.", "Round a factor with decimal(x, n) first.")
    checked: tree.Operator = "+" if operator == "+" else "-" if operator == "-" else "*"
    return tree.Arithmetic(operator=checked, left=left, right=right, type=Type(kind="number", scale=scale))


def compared(operator: str, left: Expression, right: Expression) -> Expression:
    """Return the comparison by any of the six operators."""
    if operator == "=":
        return equal(left, right)
    if operator == "!=":
        return tree.Negation(operand=equal(left, right))
    if "null" in (left.type.kind, right.type.kind):
        raise refuse(f"Nothing is {operator} null.", "Write x = null to ask whether x is missing.")
    _same_type(left, right, operator)
    if left.type.kind == "boolean":
        raise refuse("true and false have no order.", "Write x = true.")
    return tree.Comparison(operator=_MIRRORED[operator], left=left, right=right)


def equal(left: Expression, right: Expression) -> Expression:
    """Return the equality of two values of one type, or the question for null."""
    if right.type.kind != "null" and left.type.kind != "null":
        _same_type(left, right, "=")
        _known_code(left, right)
        _known_code(right, left)
    return tree.Equality(left=left, right=right)


def _same_type(left: Expression, right: Expression, operator: str) -> None:
    if left.type.kind != right.type.kind:
        hint = (
            "Text stands between double quotes, numbers do not."
            if {left.type.kind, right.type.kind} == {"number", "string"}
            else ""
        )
        if {left.type.kind, right.type.kind} == {"date", "string"}:
            hint = 'Write date("2014-06-10").'
        raise refuse(f"A {left.type} is compared ({operator}) with a {right.type}.", hint or "Both sides must have the same type.")


def _known_code(side: Expression, other: Expression) -> None:
    codes = side.type.values
    if codes and isinstance(other, tree.Literal) and other.value not in codes:
        name = side.name if isinstance(side, tree.Variable) else "the value"
        near = get_close_matches(str(other.value), codes, n=1)
        way_out = f'Did you mean "{near[0]}"?' if near else f"It can be {', '.join(codes)}."
        raise refuse(f'{name} is never "{other.value}".', way_out)


def within(value: Expression, low: Expression, high: Expression, orders: tuple[tree.Order, tree.Order]) -> Expression:
    """Return whether a value lies between two ends; ``orders`` are the comparisons with the lower and the upper end."""
    ends = (low, high)
    if all(isinstance(end, tree.Literal) for end in ends) and low.type.kind == high.type.kind:
        lowest, highest = (end.value for end in ends if isinstance(end, tree.Literal))
        if lowest > highest:  # type: ignore[operator]
            raise refuse(f"The interval from {lowest} to {highest} is empty.", "Write the smaller end first.")
    return tree.Conjunction(operands=(compared(orders[0], value, low), compared(orders[1], value, high)))


def called(name: str, function: Function, arguments: tuple[Expression, ...]) -> Expression:
    """Return the call of a function with arguments of its types."""
    takes = function.takes * len(arguments) if function.variadic else function.takes
    if not arguments or len(arguments) != len(takes):
        raise refuse(f"{name}() takes {'at least one argument' if function.variadic else f'{len(takes)} argument(s)'}.", "")
    found = arguments[0].type
    for argument, kinds in zip(arguments, takes, strict=True):
        shared = common_type(found, argument.type)
        if argument.type.kind not in kinds or (function.gives is None and shared is None):
            raise refuse(f"{name}() takes a {' or '.join(kinds)}, all of one type, not a {argument.type}.", "")
        found = shared if function.gives is None and shared else found
    result = function.gives or Type(kind=found.kind, scale=found.scale)
    return tree.Call(function=name, arguments=arguments, type=result)
