"""Syntax to typed tree: every name must be declared and every type must fit, or the expression is refused.

Steps: parse; give each node its type from the environment, outermost last; turn unary tests into boolean expressions over the
value they test. Which parts fit together is in ``aljabr.feel.building``.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aljabr.feel import tree
from aljabr.feel.building import (
    any_of,
    boolean,
    calculated,
    called,
    compared,
    date_literal,
    duration,
    equal,
    is_duration,
    nearest,
    numeric,
    refuse,
    within,
)
from aljabr.feel.functions import FUNCTIONS
from aljabr.feel.syntax import Syntax, parse, parts_of, string_value
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, MAX_SCALE, NULL, STRING, Environment, Type, common_type

MAX_DIGITS = 34
_WORDS = {
    "list": "a list",
    "context": "a context",
    "filter": "a filter",
    "path": "a path",
    "iteration": "for",
    "quantified": "some or every",
    "lambda": "a function",
    "external": "a function",
    "instance_of": "instance of",
    "named_argument": "a named argument",
    "interval": "an interval outside a test",
    "unary_comparison": "a comparison of nothing",
}


def typed_expression(text: str, environment: Environment) -> Expression:
    """Return the typed tree of an expression.

    Parameters
    ----------
    text : str
        FEEL.
    environment : mapping of str to Type
        Every name it may read: facts, amounts, ``Decision.output``.

    Raises
    ------
    ExpressionRefused
        When it is outside the grammar, names something undeclared or mixes types.
    """
    return _Checker(environment, None).typed(parse(text, "expression"))


def typed_test(text: str, subject: Expression, environment: Environment) -> Expression | None:
    """Return the boolean expression an input entry means for the value ``subject``; None for ``-``, which any value passes.

    Raises
    ------
    ExpressionRefused
        As ``typed_expression``.
    """
    if text.strip() == "-":
        return None
    tests = parts_of(parse(text, "cell"))
    checker = _Checker(environment, subject)
    if len(tests) == 1 and tests[0].data == "negation" and parts_of(tests[0]):
        return tree.Negation(operand=any_of(tuple(checker.test(test) for test in parts_of(tests[0]))))
    return any_of(tuple(checker.test(test) for test in tests))


class _Checker:
    def __init__(self, environment: Environment, subject: Expression | None) -> None:
        self.environment = environment
        self.subject = subject

    def typed(self, syntax: Syntax) -> Expression:
        rule: Callable[[Syntax], Expression] | None = getattr(self, f"_{syntax.data}", None)
        if rule is None:
            raise refuse(f"A table may not contain {_WORDS.get(syntax.data, syntax.data)}.", "Write its logic as tables.")
        return rule(syntax)

    def test(self, syntax: Syntax) -> Expression:
        """One unary test against the subject."""
        subject = self._input_value(syntax)
        if syntax.data == "interval":
            return _interval(subject, syntax, self)
        if syntax.data == "unary_comparison":
            return compared(str(syntax.children[0]), subject, self.typed(parts_of(syntax)[0]))
        value = self.typed(syntax)
        if any(node.data == "input_value" for node in syntax.iter_subtrees()):
            return boolean(value, "A test with ? must be true or false.")
        if value.type.kind == "boolean" and subject.type.kind not in ("boolean", "null"):
            raise refuse(
                f"The test is true or false, but it tests a {subject.type}.",
                "Write the condition with ? for the tested value, or in its own column.",
            )
        return equal(subject, value)

    def _input_value(self, _: Syntax) -> Expression:
        if self.subject is None:
            raise refuse("? stands for the tested value, and here nothing is tested.", "Write the name of the fact instead of ?.")
        return self.subject

    def _number(self, syntax: Syntax) -> Expression:
        value = Decimal(str(syntax.children[0]))
        exponent = value.as_tuple().exponent
        scale = max(0, -exponent) if isinstance(exponent, int) else 0
        if value.adjusted() + 1 + scale > MAX_DIGITS:
            raise refuse(f"{value} has more than {MAX_DIGITS} digits.", "Write a smaller number.")
        return tree.Literal(value=value, type=Type(kind="number", scale=scale))

    def _string(self, syntax: Syntax) -> Expression:
        return tree.Literal(value=string_value(str(syntax.children[0])), type=STRING)

    def _at_literal(self, syntax: Syntax) -> Expression:
        return date_literal(string_value(str(syntax.children[0])[1:]))

    def _true(self, _: Syntax) -> Expression:
        return tree.Literal(value=True, type=BOOLEAN)

    def _false(self, _: Syntax) -> Expression:
        return tree.Literal(value=False, type=BOOLEAN)

    def _null(self, _: Syntax) -> Expression:
        return tree.Literal(value=None, type=NULL)

    def _name(self, syntax: Syntax) -> Expression:
        name = ".".join(str(child) for child in syntax.children)
        found = self.environment.get(name)
        if found is None:
            raise refuse(f"Nothing is called {name}.", nearest(name, self.environment))
        if found.kind == "list":
            raise refuse(
                f"{name} is a list of results.",
                "Only the last decision may give a list: use hit policy FIRST, or COLLECT with SUM.",
            )
        return tree.Variable(name=name, type=found)

    def _sign(self, syntax: Syntax) -> Expression:
        inner = self.typed(parts_of(syntax)[0])
        if inner.type.kind != "number":
            raise refuse(f"A sign stands before a {inner.type}.", "Only numbers have a sign.")
        if str(syntax.children[0]) == "+":
            return inner
        if isinstance(inner, tree.Literal) and isinstance(inner.value, Decimal):
            return tree.Literal(value=-inner.value, type=inner.type)
        zero = tree.Literal(value=Decimal(0), type=Type(kind="number"))
        return tree.Arithmetic(operator="-", left=zero, right=inner, type=inner.type)

    def _arithmetic(self, syntax: Syntax) -> Expression:
        operator = str(syntax.children[1])
        operands = parts_of(syntax)
        if operator == "/":
            raise refuse("A division must say how it is rounded.", "Write decimal(x / y, n) with the number of decimal places n.")
        if operator == "**":
            raise refuse("Powers are not understood.", "Write the multiplication out.")
        if is_duration(operands[1]):
            return self._moved(operands, 1 if operator == "+" else -1, operator)
        left, right = self.typed(operands[0]), self.typed(operands[1])
        return calculated(operator, left, right)

    def _moved(self, operands: list[Syntax], direction: int, operator: str) -> Expression:
        moved = self.typed(operands[0])
        if moved.type.kind != "date" or operator == "*":
            raise refuse(f"A duration cannot be combined with a {moved.type}.", 'Write DATE + duration("P1Y").')
        months, days = duration(operands[1], direction)
        return tree.Shift(date=moved, months=months, days=days)

    def _comparison(self, syntax: Syntax) -> Expression:
        left, right = parts_of(syntax)
        return compared(str(syntax.children[1]), self.typed(left), self.typed(right))

    def _between(self, syntax: Syntax) -> Expression:
        value, low, high = (self.typed(child) for child in parts_of(syntax))
        return within(value, low, high, (">=", "<="))

    def _membership(self, syntax: Syntax) -> Expression:
        subject, *tests = parts_of(syntax)
        inner = _Checker(self.environment, self.typed(subject))
        return any_of(tuple(inner.test(test) for test in tests))

    def _membership_comparison(self, syntax: Syntax) -> Expression:
        subject, bound = parts_of(syntax)
        return compared(str(syntax.children[1]), self.typed(subject), self.typed(bound))

    def _conjunction(self, syntax: Syntax) -> Expression:
        return tree.Conjunction(operands=tuple(boolean(self.typed(child), "and joins conditions.") for child in parts_of(syntax)))

    def _disjunction(self, syntax: Syntax) -> Expression:
        return tree.Disjunction(operands=tuple(boolean(self.typed(child), "or joins conditions.") for child in parts_of(syntax)))

    def _negation(self, syntax: Syntax) -> Expression:
        operands = parts_of(syntax)
        if len(operands) != 1 or operands[0].data in ("interval", "unary_comparison"):
            raise refuse("Inside an expression not() takes one condition.", "Write not(x in (…)).")
        return tree.Negation(operand=boolean(self.typed(operands[0]), "not() takes a condition."))

    def _choice(self, syntax: Syntax) -> Expression:
        condition, consequent, alternative = (self.typed(child) for child in parts_of(syntax))
        found = common_type(consequent.type, alternative.type)
        if found is None:
            raise refuse(f"The branches of if are a {consequent.type} and a {alternative.type}.", "Both must have the same type.")
        condition = boolean(condition, "if needs a condition.")
        return tree.Choice(condition=condition, consequent=consequent, alternative=alternative, type=found)

    def _call(self, syntax: Syntax) -> Expression:
        callee = parts_of(syntax)[0]
        name = ".".join(str(child) for child in callee.children) if callee.data == "name" else "…"
        arguments = parts_of(syntax)[1:]
        if name == "decimal":
            return self._decimal(arguments)
        if name == "date":
            return self._date(arguments)
        if name == "duration":
            raise refuse("A duration stands alone.", 'Write DATE + duration("P1Y").')
        if name not in FUNCTIONS:
            raise refuse(
                f"There is no function {name}().", f"There are {', '.join(sorted([*FUNCTIONS, 'date', 'decimal', 'duration']))}."
            )
        return called(name, FUNCTIONS[name], tuple(self.typed(argument) for argument in arguments))

    def _decimal(self, arguments: list[Syntax]) -> Expression:
        places = self.typed(arguments[1]) if len(arguments) == 2 else None
        whole = isinstance(places, tree.Literal) and isinstance(places.value, Decimal) and places.value == int(places.value)
        if not (
            whole and isinstance(places, tree.Literal) and isinstance(places.value, Decimal) and abs(places.value) <= MAX_SCALE
        ):
            raise refuse("decimal() takes a value and a number of decimal places.", "Write decimal(x / y, 0).")
        scale = int(places.value)
        found = Type(kind="number", scale=max(0, scale))
        value = arguments[0]
        if value.data == "arithmetic" and str(value.children[1]) == "/":
            left, right = (numeric(self.typed(child), "A division") for child in parts_of(value))
            return tree.Quotient(left=left, right=right, scale=scale, type=found)
        return tree.Call(function="decimal", arguments=(numeric(self.typed(value), "decimal()"),), type=found, scale=scale)

    def _date(self, arguments: list[Syntax]) -> Expression:
        if len(arguments) == 1 and arguments[0].data == "string":
            return date_literal(string_value(str(arguments[0].children[0])))
        raise refuse("date() takes one written day.", 'Write date("2014-06-10").')


def _interval(subject: Expression, syntax: Syntax, checker: _Checker) -> Expression:
    low, high = (checker.typed(child) for child in parts_of(syntax))
    opened, closed = str(syntax.children[0]), str(syntax.children[-1])
    return within(subject, low, high, (">=" if opened == "[" else ">", "<=" if closed == "]" else "<"))
