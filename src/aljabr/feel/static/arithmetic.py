"""Signs, sums, products, quotients, powers and properties of values that are not known at load.

Exact numbers stay exact: FEEL's numbers have 34 digits, so what would have more stops the run. A quotient is exact when its divisor
is written and its decimals end; any other quotient and power is *approximate*: calculated with about 15 digits, never compared for
equality and never rounded.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from aljabr.feel import tree
from aljabr.feel.building import calculated as exactly
from aljabr.feel.operations import overload
from aljabr.feel.static.constants import applied, fits_exactly
from aljabr.feel.static.shapes import NULL_SHAPE, Known, Scalar, Shape, refused, scalar
from aljabr.feel.tree import Expression
from aljabr.feel.types import APPROXIMATE, MAX_SCALE, Type

MAX_FACTORS = 8


class Naming(Protocol):
    """Where shared values go."""

    def named(self, expression: Expression) -> Expression:
        """Return a name for a calculated expression."""

    def bind(self, shape: Shape) -> Shape:
        """Return the shape with every calculated leaf replaced by a name for it."""


def calculated(operator: str, left: Shape, right: Shape, lets: Naming) -> Shape:
    """Return the result of ``+ - * / **``.

    Raises
    ------
    ExpressionRefused
        When the operands do not fit the operator.
    """
    if isinstance(left, Known) and isinstance(right, Known):
        return Known(value=applied(f"left {operator} right", {"left": left.value, "right": right.value}))
    if NULL_SHAPE in (left, right):
        return NULL_SHAPE
    sides = _side(left, f"The left side of {operator}"), _side(right, f"The right side of {operator}")
    kinds = tuple(side.type.kind for side in sides)
    if kinds == ("number", "number"):
        return _numbers(operator, *sides, lets)
    if kinds == ("string", "string") and operator == "+":
        return Scalar(expression=exactly("+", *sides))
    return Scalar(expression=operated(operator, *sides))


def _side(shape: Shape, what: str) -> Expression:
    """A side of a calculation; a known number with more decimals than exact numbers may have is taken as an inexact one."""
    if isinstance(shape, Known) and isinstance(shape.value, Decimal) and not fits_exactly(shape.value):
        return tree.Literal(value=shape.value, type=APPROXIMATE)
    return scalar(shape, what)


def operated(name: str, *arguments: Expression) -> Expression:
    """Return the call of an operation on arguments of its kinds."""
    kinds = tuple(argument.type.kind for argument in arguments)
    found = overload(name, kinds)
    if found is None:
        raise refused(f"{name} has no meaning for {' and '.join(kinds)}.", "Mend the type of one side.")
    if any(argument.type.approximate for argument in arguments) and not found.gives.approximate:
        raise refused(f"{name} is asked of a number that is not exact.", "Round it with decimal(x / y, n) first.")
    if found.whole and any(argument.type.scale for argument in arguments):
        raise refused(f"{name} needs whole numbers with {' and '.join(kinds)}.", "Round them with floor(x) or decimal(x, 0).")
    return tree.Call(function=found.name, arguments=arguments, type=found.gives)


def _numbers(operator: str, left: Expression, right: Expression, lets: Naming) -> Shape:
    if left.type.approximate or right.type.approximate:
        return Scalar(expression=operated(operator, left, right))
    if operator == "/":
        return _quotient(left, right)
    if operator == "**":
        return _power(left, right, lets)
    scale = left.type.scale + right.type.scale if operator == "*" else max(left.type.scale, right.type.scale)
    if scale > MAX_SCALE:
        return Scalar(expression=operated(operator, left, right))
    return Scalar(expression=bounded(exactly(operator, left, right), lets))


def bounded(value: Expression, lets: Naming) -> Expression:
    """Return a number that stops the run when it has more digits than FEEL's numbers have."""
    return lets.named(tree.Call(function="within 34 digits", arguments=(lets.named(value),), type=value.type))


def _quotient(left: Expression, right: Expression) -> Shape:
    if not (isinstance(right, tree.Literal) and isinstance(right.value, Decimal)):
        return Scalar(expression=operated("/", left, right))
    if not right.value:
        return NULL_SHAPE
    inverse = ending(1 / Fraction(right.value))
    if inverse is None or left.type.scale + inverse.type.scale > MAX_SCALE:
        return Scalar(expression=operated("/", left, right))
    return Scalar(expression=exactly("*", left, inverse))


def rounded_quotient(left: Shape, right: Shape, places: Shape, lets: Naming) -> Shape | None:
    """Return decimal(left / right, places) of exact numbers, null for a divisor of zero; None when they are not.

    The exact quotient is rounded once. FEEL rounds it to 34 digits first: the same, as long as the dividend is below the bound
    set here, because no quotient then comes nearer to a tie than those 34 digits tell.
    """
    scale = places.value if isinstance(places, Known) else None
    if (
        (isinstance(left, Known) and isinstance(right, Known))
        or not isinstance(scale, Decimal)
        or not 0 <= scale <= 6
        or scale != int(scale)
    ):
        return None
    if NULL_SHAPE in (left, right):
        return NULL_SHAPE
    sides = scalar(left, "The dividend"), scalar(right, "The divisor")
    if any(side.type.kind != "number" or side.type.approximate or side.type.scale > 6 for side in sides):
        return None
    digits = 33 - int(scale) - max(0, sides[1].type.scale) - sides[0].type.scale
    whole = lets.named(sides[0])
    dividend = lets.named(tree.Call(function="below a power of ten", arguments=(whole,), type=whole.type, scale=digits))
    kind = Type(kind="number", scale=int(scale))
    return Scalar(expression=tree.Quotient(left=dividend, right=sides[1], scale=int(scale), type=kind))


def ending(value: Fraction) -> tree.Literal | None:
    """Return a fraction as a decimal number, None when its decimals do not end within the places there are."""
    for scale in range(MAX_SCALE + 1):
        units = value * 10**scale
        if units.denominator == 1:
            return tree.Literal(value=Decimal(units.numerator).scaleb(-scale), type=Type(kind="number", scale=scale))
    return None


def _power(base: Expression, exponent: Expression, lets: Naming) -> Shape:
    value = exponent.value if isinstance(exponent, tree.Literal) else None
    whole = isinstance(value, Decimal) and value == int(value) and 1 <= value <= MAX_FACTORS
    if not whole or not isinstance(value, Decimal) or base.type.scale * int(value) > MAX_SCALE:
        return Scalar(expression=operated("**", base, exponent))
    factor = lets.named(base)
    product = factor
    for _ in range(int(value) - 1):
        product = bounded(exactly("*", product, factor), lets)
    return Scalar(expression=product)


def signed(sign: str, inner: Shape, lets: Naming) -> Shape:
    """Return ``+x`` or ``-x``."""
    if isinstance(inner, Known):
        return Known(value=applied(f"{sign}(value)", {"value": inner.value}))
    value = scalar(inner, f"What stands after {sign}")
    if value.type.kind == "number":
        if sign == "+":
            return inner
        zero = Known(value=Decimal(0))
        return calculated("-", zero, inner, lets)
    return inner if sign == "+" else Scalar(expression=operated("-", value))


def property_of(value: Expression, name: str) -> Shape:
    """Return ``value.name`` of a date, a time or a duration.

    Raises
    ------
    ExpressionRefused
        When its kind has no such property.
    """
    return Scalar(expression=operated(f".{name}", value))
