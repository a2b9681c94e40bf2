"""The typed tree: what an expression is once every name is known and every type fits.

Unary tests have become boolean expressions over the input they test, ``between`` and intervals are pairs of comparisons, ``in``
is a disjunction: an evaluator or a compiler needs to know only the nodes below.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Choices

from aljabr.feel.types import BOOLEAN, DATE, Type, Value

Operator = Choices["+", "-", "*"]
Order = Choices["<", "<=", ">", ">="]


@dataclass(frozen=True, kw_only=True)
class Literal:
    """A value written in the expression."""

    value: Value
    type: Type


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A name: a fact, an amount, or ``Decision.output``."""

    name: str
    type: Type


@dataclass(frozen=True, kw_only=True)
class Arithmetic:
    """``left operator right`` on numbers, or ``+`` on two strings."""

    operator: Operator
    left: Expression
    right: Expression
    type: Type


@dataclass(frozen=True, kw_only=True)
class Quotient:
    """``decimal(left / right, scale)``: exact division, rounded half to even; null when ``right`` is zero."""

    left: Expression
    right: Expression
    scale: int
    type: Type


@dataclass(frozen=True, kw_only=True)
class Shift:
    """A date moved by whole months, then by days."""

    date: Expression
    months: int
    days: int
    type: Type = DATE


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """An order comparison of two values of one type; null when either is null."""

    operator: Order
    left: Expression
    right: Expression
    type: Type = BOOLEAN


@dataclass(frozen=True, kw_only=True)
class Equality:
    """``left = right``: in FEEL never null (null equals only null)."""

    left: Expression
    right: Expression
    type: Type = BOOLEAN


@dataclass(frozen=True, kw_only=True)
class Conjunction:
    """All operands hold (three-valued)."""

    operands: tuple[Expression, ...]
    type: Type = BOOLEAN


@dataclass(frozen=True, kw_only=True)
class Disjunction:
    """Any operand holds (three-valued)."""

    operands: tuple[Expression, ...]
    type: Type = BOOLEAN


@dataclass(frozen=True, kw_only=True)
class Negation:
    """``not(operand)`` (three-valued)."""

    operand: Expression
    type: Type = BOOLEAN


@dataclass(frozen=True, kw_only=True)
class Choice:
    """``if condition then consequent else alternative``."""

    condition: Expression
    consequent: Expression
    alternative: Expression
    type: Type


@dataclass(frozen=True, kw_only=True)
class Call:
    """A function of ``aljabr.feel.functions``; ``scale`` is the second argument of ``decimal``."""

    function: str
    arguments: tuple[Expression, ...]
    type: Type
    scale: int = 0


Expression = (
    Literal
    | Variable
    | Arithmetic
    | Quotient
    | Shift
    | Comparison
    | Equality
    | Conjunction
    | Disjunction
    | Negation
    | Choice
    | Call
)


def parts(expression: Expression) -> tuple[Expression, ...]:
    """Return the expressions directly inside an expression."""
    match expression:
        case Arithmetic(left=left, right=right) | Quotient(left=left, right=right):
            return (left, right)
        case Comparison(left=left, right=right) | Equality(left=left, right=right):
            return (left, right)
        case Conjunction(operands=operands) | Disjunction(operands=operands):
            return operands
        case Call(arguments=arguments):
            return arguments
        case Negation(operand=inner) | Shift(date=inner):
            return (inner,)
        case Choice(condition=condition, consequent=consequent, alternative=alternative):
            return (condition, consequent, alternative)
    return ()


def walk(expression: Expression) -> Iterator[Expression]:
    """Yield the expression and everything inside it, outermost first."""
    yield expression
    for part in parts(expression):
        yield from walk(part)


def names(expression: Expression) -> frozenset[str]:
    """Return the names an expression reads."""
    return frozenset(node.name for node in walk(expression) if isinstance(node, Variable))
