"""The reference interpreter: the value of a typed tree for given values of its names.

Two readings of null. ``evaluate`` follows FEEL: ``x = "a"`` is false when x is null. With ``unknown=True`` null means *not known*
(Kleene's logic throughout): ``x = "a"`` is then null, which is how a rule is told to be undecided rather than not met.
Numbers are exact: what does not fit is an error, never rounded in silence.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from fractions import Fraction
from typing import Any

from aljabr.errors import CheckFailed
from aljabr.feel import tree
from aljabr.feel.functions import FUNCTIONS, round_half_even
from aljabr.feel.operations import OPERATIONS, ROUNDINGS, moved
from aljabr.feel.tree import Expression
from aljabr.feel.types import Value

_EXACT = Context(prec=38, traps=[Inexact, InvalidOperation, Overflow])
_ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


def evaluate(expression: Expression, values: Mapping[str, Value], *, unknown: bool = False) -> Value:
    """Return the value of an expression.

    Parameters
    ----------
    expression : Expression
        As ``typed_expression`` or ``typed_test`` gives it.
    values : mapping of str to Value
        The value of every name; a name that is not there is null.
    unknown : bool
        Read null as not known, throughout.

    Raises
    ------
    CheckFailed
        When a number has more than 38 digits or a day falls outside the calendar.

    Examples
    --------
    >>> from aljabr.feel import Type, typed_expression
    >>> cut = typed_expression("decimal(grant_minor * 40 / 100, 0)", {"grant_minor": Type(kind="number")})
    >>> evaluate(cut, {"grant_minor": Decimal(5)}), evaluate(cut, {})
    (Decimal('2'), None)
    """
    return _Interpreter(values, unknown).value(expression)


class _Interpreter:
    def __init__(self, values: Mapping[str, Value], unknown: bool) -> None:
        self.values = values
        self.unknown = unknown

    def value(self, expression: Expression) -> Value:
        match expression:
            case tree.Literal(value=value):
                return value
            case tree.Variable(name=name):
                return self.values.get(name)
            case tree.Conjunction(operands=operands):
                return self._all(operands, absorbing=False)
            case tree.Disjunction(operands=operands):
                return self._all(operands, absorbing=True)
            case tree.Negation(operand=operand):
                inner = self.value(operand)
                return None if inner is None else not inner
            case tree.Equality():
                return self._equal(expression)
            case tree.Choice():
                return self._chosen(expression)
        return self._strict(expression)

    def _all(self, operands: tuple[Expression, ...], *, absorbing: bool) -> Value:
        found = [self.value(operand) for operand in operands]
        if absorbing in found:
            return absorbing
        return None if None in found else not absorbing

    def _equal(self, expression: tree.Equality) -> Value:
        left, right = self.value(expression.left), self.value(expression.right)
        asks_for_null = "null" in (expression.left.type.kind, expression.right.type.kind)
        if self.unknown and not asks_for_null and (left is None or right is None):
            return None
        return left == right

    def _chosen(self, expression: tree.Choice) -> Value:
        condition = self.value(expression.condition)
        if condition is None and self.unknown:
            return None
        return self.value(expression.consequent if condition is True else expression.alternative)

    def _strict(self, expression: Expression) -> Value:
        """Everything that is null as soon as one operand is."""
        found = [self.value(part) for part in tree.parts(expression)]
        if any(value is None for value in found):
            return None
        try:
            return _applied(expression, found)
        except (DecimalException, OverflowError, ValueError) as error:
            raise CheckFailed(
                f"A result is out of range: {[str(value) for value in found]}.", "Round or bound a factor."
            ) from error


def _applied(expression: Expression, found: list[Value]) -> Value:
    match expression, found:
        case tree.Comparison(operator=order), [left, right]:
            return _ORDERS[order](left, right)
        case tree.Arithmetic(), [str(left), str(right)]:
            return left + right
        case tree.Arithmetic(operator=sign), [Decimal() as left, Decimal() as right]:
            calculate = {"+": _EXACT.add, "-": _EXACT.subtract, "*": _EXACT.multiply}[sign]
            return calculate(left, right)
        case tree.Quotient(scale=scale), [Decimal() as left, Decimal() as right]:
            return None if right == 0 else _fitting(round_half_even(Fraction(left) / Fraction(right), scale))
        case tree.Shift(months=months, days=days), [date() as day]:
            return moved(day, months) + timedelta(days=days)
        case tree.Call(function="decimal", scale=scale), [Decimal() as value]:
            return _fitting(round_half_even(Fraction(value), scale))
        case tree.Call(function=name, scale=scale), [Decimal() as value] if name in ROUNDINGS:
            return ROUNDINGS[name](value, scale)
        case tree.Call(function="below a power of ten", scale=scale), [Decimal() as value]:
            if abs(value) >= Decimal(10) ** scale:
                raise ValueError(f"{value} is too large")
            return value
        case tree.Call(function=name), arguments:
            apply = FUNCTIONS[name].apply if name in FUNCTIONS else OPERATIONS[name].apply
            result: Value = apply(*arguments)
            return result
    raise CheckFailed(f"{type(expression).__name__} cannot be applied to {found}.")


def _fitting(value: Decimal) -> Decimal:
    return _EXACT.plus(value)
