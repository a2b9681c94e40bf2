"""Syntax to typed tree: every name must be declared and every type must fit, or the expression is refused.

Steps: parse; give each node its type from the environment, outermost last; turn unary tests into boolean expressions over the
value they test; refuse what can only be a mistake (a code the fact cannot have, an interval upside down, an order comparison
with null, a test that a missing fact would pass unnoticed).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches

from aljabr.errors import ExpressionRefused
from aljabr.feel import tree
from aljabr.feel.functions import FUNCTIONS, Function
from aljabr.feel.syntax import Syntax, parse, parts_of, string_value
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, DATE, MAX_SCALE, NULL, STRING, Environment, Type, common_type

MAX_DIGITS = 34
_DURATION = re.compile(r"(?P<sign>-?)P(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?")
_MIRRORED: dict[str, tree.Order] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}


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
        As ``typed_expression``; besides, when a missing value would pass the test without the author saying so.
    """
    if text.strip() == "-":
        return None
    tests = parts_of(parse(text, "cell"))
    checker = _Checker(environment, subject)
    if len(tests) == 1 and tests[0].data == "negation":
        return tree.Negation(operand=_any(tuple(checker.test(test) for test in parts_of(tests[0]))))
    return _any(tuple(checker.test(test) for test in tests))


def _any(operands: tuple[Expression, ...]) -> Expression:
    return operands[0] if len(operands) == 1 else tree.Disjunction(operands=operands)


def _refuse(what: str, way_out: str = "") -> ExpressionRefused:
    return ExpressionRefused(what, way_out)


class _Checker:
    def __init__(self, environment: Environment, subject: Expression | None) -> None:
        self.environment = environment
        self.subject = subject

    def typed(self, syntax: Syntax) -> Expression:
        rule: Callable[[Syntax], Expression] = getattr(self, f"_{syntax.data}")
        return rule(syntax)

    def test(self, syntax: Syntax) -> Expression:
        """One unary test against the subject."""
        subject = self._input_value(syntax)
        if syntax.data == "interval":
            return _interval(subject, syntax, self)
        if syntax.data == "unary_comparison":
            return _compared(str(syntax.children[0]), subject, self.typed(parts_of(syntax)[0]))
        value = self.typed(syntax)
        if any(node.data == "input_value" for node in syntax.iter_subtrees()):
            return _boolean(value, "A test with ? must be true or false.")
        if value.type.kind == "boolean" and subject.type.kind not in ("boolean", "null"):
            raise _refuse(
                f"The test is true or false, but it tests a {subject.type}.",
                "Write the condition with ? for the tested value, or in its own column.",
            )
        return _equal(subject, value)

    def _input_value(self, _: Syntax) -> Expression:
        if self.subject is None:
            raise _refuse("? stands for the tested value, and here nothing is tested.", "Write the name of the fact instead of ?.")
        return self.subject

    def _number(self, syntax: Syntax) -> Expression:
        value = Decimal(str(syntax.children[0]))
        exponent = value.as_tuple().exponent
        scale = max(0, -exponent) if isinstance(exponent, int) else 0
        if value.adjusted() + 1 + scale > MAX_DIGITS:
            raise _refuse(f"{value} has more than {MAX_DIGITS} digits.", "Write a smaller number.")
        return tree.Literal(value=value, type=Type(kind="number", scale=scale))

    def _string(self, syntax: Syntax) -> Expression:
        return tree.Literal(value=string_value(str(syntax.children[0])), type=STRING)

    def _at_literal(self, syntax: Syntax) -> Expression:
        return _date_literal(string_value(str(syntax.children[0])[1:]))

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
            raise _refuse(f"Nothing is called {name}.", _nearest(name, self.environment))
        if found.kind == "list":
            raise _refuse(
                f"{name} is a list of results.",
                "Only the last decision may give a list: use hit policy FIRST, or COLLECT with SUM.",
            )
        return tree.Variable(name=name, type=found)

    def _sign(self, syntax: Syntax) -> Expression:
        inner = self.typed(parts_of(syntax)[0])
        if inner.type.kind != "number":
            raise _refuse(f"A sign stands before a {inner.type}.", "Only numbers have a sign.")
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
            raise _refuse("A division must say how it is rounded.", "Write decimal(x / y, n) with the number of decimal places n.")
        if operator == "**":
            raise _refuse("Powers are not understood.", "Write the multiplication out.")
        if _is_duration(operands[1]):
            return self._moved(operands, 1 if operator == "+" else -1, operator)
        left, right = self.typed(operands[0]), self.typed(operands[1])
        return _calculated(operator, left, right)

    def _moved(self, operands: list[Syntax], direction: int, operator: str) -> Expression:
        moved = self.typed(operands[0])
        if moved.type.kind != "date" or operator == "*":
            raise _refuse(f"A duration cannot be combined with a {moved.type}.", 'Write DATE + duration("P1Y").')
        months, days = _duration(operands[1])
        return tree.Shift(date=moved, months=direction * months, days=direction * days)

    def _comparison(self, syntax: Syntax) -> Expression:
        left, right = parts_of(syntax)
        return _compared(str(syntax.children[1]), self.typed(left), self.typed(right))

    def _between(self, syntax: Syntax) -> Expression:
        value, low, high = (self.typed(child) for child in parts_of(syntax))
        return _within(value, low, high, (">=", "<="))

    def _membership(self, syntax: Syntax) -> Expression:
        subject, *tests = parts_of(syntax)
        inner = _Checker(self.environment, self.typed(subject))
        return _any(tuple(inner.test(test) for test in tests))

    def _membership_comparison(self, syntax: Syntax) -> Expression:
        subject, bound = parts_of(syntax)
        return _compared(str(syntax.children[1]), self.typed(subject), self.typed(bound))

    def _conjunction(self, syntax: Syntax) -> Expression:
        return tree.Conjunction(operands=tuple(_boolean(self.typed(child), "and joins conditions.") for child in parts_of(syntax)))

    def _disjunction(self, syntax: Syntax) -> Expression:
        return tree.Disjunction(operands=tuple(_boolean(self.typed(child), "or joins conditions.") for child in parts_of(syntax)))

    def _negation(self, syntax: Syntax) -> Expression:
        operands = parts_of(syntax)
        if len(operands) != 1 or operands[0].data in ("interval", "unary_comparison"):
            raise _refuse("Inside an expression not() takes one condition.", "Write not(x in (…)).")
        return tree.Negation(operand=_boolean(self.typed(operands[0]), "not() takes a condition."))

    def _choice(self, syntax: Syntax) -> Expression:
        condition, consequent, alternative = (self.typed(child) for child in parts_of(syntax))
        found = common_type(consequent.type, alternative.type)
        if found is None:
            raise _refuse(f"The branches of if are a {consequent.type} and a {alternative.type}.", "Both must have the same type.")
        condition = _boolean(condition, "if needs a condition.")
        return tree.Choice(condition=condition, consequent=consequent, alternative=alternative, type=found)

    def _call(self, syntax: Syntax) -> Expression:
        name = " ".join(str(parts_of(syntax)[0].children[0]).split())
        arguments = parts_of(syntax)[1:]
        if name == "decimal":
            return self._decimal(arguments)
        if name == "date":
            return self._date(arguments)
        if name == "duration":
            raise _refuse("A duration stands alone.", 'Write DATE + duration("P1Y").')
        if name not in FUNCTIONS:
            raise _refuse(
                f"There is no function {name}().", f"There are {', '.join(sorted([*FUNCTIONS, 'date', 'decimal', 'duration']))}."
            )
        return _called(name, FUNCTIONS[name], tuple(self.typed(argument) for argument in arguments))

    def _decimal(self, arguments: list[Syntax]) -> Expression:
        places = self.typed(arguments[1]) if len(arguments) == 2 else None
        whole = isinstance(places, tree.Literal) and isinstance(places.value, Decimal) and places.value == int(places.value)
        if not (
            whole and isinstance(places, tree.Literal) and isinstance(places.value, Decimal) and abs(places.value) <= MAX_SCALE
        ):
            raise _refuse("decimal() takes a value and a number of decimal places.", "Write decimal(x / y, 0).")
        scale = int(places.value)
        found = Type(kind="number", scale=max(0, scale))
        value = arguments[0]
        if value.data == "arithmetic" and str(value.children[1]) == "/":
            left, right = (_numeric(self.typed(child), "A division") for child in parts_of(value))
            return tree.Quotient(left=left, right=right, scale=scale, type=found)
        return tree.Call(function="decimal", arguments=(_numeric(self.typed(value), "decimal()"),), type=found, scale=scale)

    def _date(self, arguments: list[Syntax]) -> Expression:
        if len(arguments) == 1 and arguments[0].data == "string":
            return _date_literal(string_value(str(arguments[0].children[0])))
        raise _refuse("date() takes one written day.", 'Write date("2014-06-10").')


def _date_literal(text: str) -> Expression:
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError(text)
        return tree.Literal(value=date.fromisoformat(text), type=DATE)
    except ValueError:
        raise _refuse(f"{text!r} is no day.", 'Write date("2014-06-10").') from None


def _is_duration(syntax: Syntax) -> bool:
    return syntax.data == "call" and str(parts_of(syntax)[0].children[0]) == "duration"


def _duration(syntax: Syntax) -> tuple[int, int]:
    arguments = parts_of(syntax)[1:]
    text = string_value(str(arguments[0].children[0])) if len(arguments) == 1 and arguments[0].data == "string" else ""
    found = _DURATION.fullmatch(text)
    years, months, days = (int(found[part] or 0) for part in ("years", "months", "days")) if found else (0, 0, 0)
    if not found or len(text) <= 2 or (days and (years or months)) or max(years, months // 12, days // 366) > 1000:
        raise _refuse(f"duration({text!r}) is not understood.", 'Write years and months as "P1Y6M" or days as "P30D".')
    sign = -1 if found["sign"] else 1
    return sign * (12 * years + months), sign * days


def _nearest(name: str, environment: Environment) -> str:
    near = get_close_matches(name, environment, n=3, cutoff=0.6) or [known for known in environment if known.split(".")[0] == name]
    return f"Did you mean {' or '.join(near)}?" if near else 'Declare it as a fact, or put text between double quotes: "…".'


def _boolean(value: Expression, what: str) -> Expression:
    if value.type.kind not in ("boolean", "null"):
        raise _refuse(f"{what} This is a {value.type}.", "Compare it with something.")
    return value


def _numeric(value: Expression, what: str) -> Expression:
    if value.type.kind != "number":
        raise _refuse(f"{what} needs numbers, not a {value.type}.", "Use a number.")
    return value


def _calculated(operator: str, left: Expression, right: Expression) -> Expression:
    if operator == "+" and left.type.kind == right.type.kind == "string":
        return tree.Arithmetic(operator="+", left=left, right=right, type=STRING)
    for side in (left, right):
        if side.type.kind == "date":
            raise _refuse("Dates are not calculated with as numbers.", 'Write DATE + duration("P30D") and compare dates.')
        _numeric(side, f"{operator}")
    scale = left.type.scale + right.type.scale if operator == "*" else max(left.type.scale, right.type.scale)
    if scale > MAX_SCALE:
        raise _refuse(f"The result of {operator} would have {scale} decimal places.", "Round a factor with decimal(x, n) first.")
    checked: tree.Operator = "+" if operator == "+" else "-" if operator == "-" else "*"
    return tree.Arithmetic(operator=checked, left=left, right=right, type=Type(kind="number", scale=scale))


def _compared(operator: str, left: Expression, right: Expression) -> Expression:
    if operator == "=":
        return _equal(left, right)
    if operator == "!=":
        return tree.Negation(operand=_equal(left, right))
    if "null" in (left.type.kind, right.type.kind):
        raise _refuse(f"Nothing is {operator} null.", "Write x = null to ask whether x is missing.")
    _same_type(left, right, operator)
    if left.type.kind == "boolean":
        raise _refuse("true and false have no order.", "Write x = true.")
    return tree.Comparison(operator=_MIRRORED[operator], left=left, right=right)


def _equal(left: Expression, right: Expression) -> Expression:
    if right.type.kind != "null" and left.type.kind != "null":
        _same_type(left, right, "=")
        _known_code(left, right)
        _known_code(right, left)
    return tree.Equality(left=left, right=right)


def _same_type(left: Expression, right: Expression, operator: str) -> None:
    if left.type.kind != right.type.kind:
        hint = "Text stands between double quotes, numbers do not." if {left.type.kind, right.type.kind} == {"number", "string"} else ""
        if {left.type.kind, right.type.kind} == {"date", "string"}:
            hint = 'Write date("2014-06-10").'
        raise _refuse(f"A {left.type} is compared ({operator}) with a {right.type}.", hint or "Both sides must have the same type.")


def _known_code(side: Expression, other: Expression) -> None:
    codes = side.type.values
    if codes and isinstance(other, tree.Literal) and other.value not in codes:
        name = side.name if isinstance(side, tree.Variable) else "the value"
        near = get_close_matches(str(other.value), codes, n=1)
        way_out = f'Did you mean "{near[0]}"?' if near else f"It can be {', '.join(codes)}."
        raise _refuse(f'{name} is never "{other.value}".', way_out)


def _interval(subject: Expression, syntax: Syntax, checker: _Checker) -> Expression:
    low, high = (checker.typed(child) for child in parts_of(syntax))
    opened, closed = str(syntax.children[0]), str(syntax.children[-1])
    return _within(subject, low, high, (">=" if opened == "[" else ">", "<=" if closed == "]" else "<"))


def _within(value: Expression, low: Expression, high: Expression, orders: tuple[tree.Order, tree.Order]) -> Expression:
    ends = (low, high)
    if all(isinstance(end, tree.Literal) for end in ends) and low.type.kind == high.type.kind:
        lowest, highest = (end.value for end in ends if isinstance(end, tree.Literal))
        if lowest > highest:  # type: ignore[operator]
            raise _refuse(f"The interval from {lowest} to {highest} is empty.", "Write the smaller end first.")
    return tree.Conjunction(operands=(_compared(orders[0], value, low), _compared(orders[1], value, high)))


def _called(name: str, function: Function, arguments: tuple[Expression, ...]) -> Expression:
    takes = function.takes * len(arguments) if function.variadic else function.takes
    if not arguments or len(arguments) != len(takes):
        raise _refuse(f"{name}() takes {'at least one argument' if function.variadic else f'{len(takes)} argument(s)'}.", "")
    found = arguments[0].type
    for argument, kinds in zip(arguments, takes, strict=True):
        shared = common_type(found, argument.type)
        if argument.type.kind not in kinds or (function.gives is None and shared is None):
            raise _refuse(f"{name}() takes a {' or '.join(kinds)}, all of one type, not a {argument.type}.", "")
        found = shared if function.gives is None and shared else found
    result = function.gives or Type(kind=found.kind, scale=found.scale)
    return tree.Call(function=name, arguments=arguments, type=result)
