"""The value of a piece of FEEL: a walk over its syntax with the names in scope.

Everything that fails is null, as FEEL has it (DMN 1.5, clause 10.3.2.13). What this interpreter cannot do, and what takes too many
steps, is *refused* with ``ExpressionRefused``: never answered wrongly. Nothing is ever handed to Python's ``eval``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic.arithmetic import calculate, interval, opposite
from aljabr.feel.dynamic.budget import bounded, one_call, spend
from aljabr.feel.dynamic.comparing import all_true, any_true, compare, negated, quantified, within
from aljabr.feel.dynamic.functions import BUILTINS
from aljabr.feel.dynamic.iterating import combinations, filtered, spanned
from aljabr.feel.dynamic.properties import property_of
from aljabr.feel.dynamic.texts import literal_of
from aljabr.feel.dynamic.types import ItemType, Types, coerced, is_instance
from aljabr.feel.dynamic.values import Callee, Range, Value, number
from aljabr.feel.syntax import Syntax, parse, parts_of

_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{6})|(.))", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "'": "'", "\\": "\\"}


class Scope:
    """The names an expression may read: its own first, then those around it."""

    __slots__ = ("around", "names")

    def __init__(self, names: Mapping[str, Value], around: Scope | None = None) -> None:
        self.names = names
        self.around = around

    def has(self, name: str) -> bool:
        """Return whether a name is known here or around."""
        return name in self.names or (self.around is not None and self.around.has(name))

    def __getitem__(self, name: str) -> Value:
        scope: Scope | None = self
        while scope is not None:
            if name in scope.names:
                return scope.names[name]
            scope = scope.around
        return None

    @property
    def special(self) -> frozenset[str]:
        """The names known here that are more than one plain word."""
        own = frozenset(name for name in self.names if not name.isidentifier())
        return own | self.around.special if self.around is not None else own

    def within(self, names: Mapping[str, Value]) -> Scope:
        """Return a scope inside this one."""
        return Scope(names, self)


class SoFar(dict[str, Value]):
    """The name ``partial`` of an iteration: whoever reads it gets what was returned so far, and later rounds do not change that."""

    def __getitem__(self, name: str) -> Value:
        found = super().__getitem__(name)
        return found.copy() if isinstance(found, list) else found


@dataclass
class Evaluator:
    """Evaluates texts and syntax.

    Parameters
    ----------
    types : Types
        What named types mean.
    names : frozenset of str
        Names with spaces or signs that may occur besides those in scope: keys of contexts.
    """

    types: Types
    names: frozenset[str] = frozenset()

    def expression(self, text: str, scope: Scope) -> Value:
        """Return the value of an expression."""
        return self.value(parse(text, "expression", self.names | scope.special), scope)

    def passes(self, text: str, value: Value, scope: Scope) -> bool | None:
        """Return whether a value passes unary tests; ``-`` and nothing at all pass everything."""
        if text.strip() in ("", "-"):
            return True
        tests = parts_of(parse(text, "cell", self.names | scope.special))
        inner = scope.within({"?": value})
        return any_true(self.test(test, value, inner) for test in tests)

    def value(self, syntax: Syntax, scope: Scope) -> Value:
        """Return the value of a piece of syntax."""
        spend()
        return _RULES[syntax.data](self, syntax, scope)

    def test(self, syntax: Syntax, value: Value, scope: Scope) -> bool | None:
        """Return whether a value passes one unary test."""
        if syntax.data == "unary_comparison":
            return compare(str(syntax.children[0]), value, self.value(parts_of(syntax)[0], scope))
        if syntax.data == "negation" and not _asks(syntax):
            parts = parts_of(syntax)
            if not parts or any(part.data == "named_argument" for part in parts):
                return None
            return negated(any_true(self.test(part, value, scope) for part in parts))
        found = self.value(syntax, scope)
        if syntax.data == "interval" and found is None:
            return None  # an interval that is none holds nothing, not even null
        if syntax.data != "input_value" and _asks(syntax) and (found is None or isinstance(found, bool)):
            return found
        return within(value, found)

    def items(self, syntaxes: list[Syntax], scope: Scope) -> list[Value]:
        """Return the values of several pieces of syntax."""
        return [self.value(syntax, scope) for syntax in syntaxes]

    def invoke(self, callee: Value, positional: list[Value], named: dict[str, Value]) -> Value:
        """Return what a function gives; null when it is no function."""
        if not isinstance(callee, Callee):
            return None
        with one_call():
            return callee.apply(positional, named)

    def closure(
        self, parameters: Sequence[tuple[str, ItemType | None]], body: Callable[[Scope], Value], scope: Scope, name: str = ""
    ) -> Callee:
        """Return a function that binds its arguments in a scope and evaluates a body there."""
        names = tuple(parameter for parameter, _ in parameters)
        types = tuple(kind for _, kind in parameters)

        def apply(positional: list[Value], named: dict[str, Value]) -> Value:
            bound = bind(names, positional, named)
            if bound is None:
                return None
            taken = {parameter: coerced(bound[parameter], kind) for parameter, kind in parameters}
            if any(bound[parameter] is not None and taken[parameter] is None for parameter in names):
                return None
            return body(scope.within(taken))

        return Callee(name=name, parameters=names, types=types, apply=apply)


def bind(names: tuple[str, ...], positional: list[Value], named: dict[str, Value]) -> dict[str, Value] | None:
    """Return the arguments by parameter, None when they do not fit: all by place or all by name, none too many or too few."""
    if named:
        return {name: named[name] for name in names} if not positional and set(named) == set(names) else None
    return dict(zip(names, positional, strict=True)) if len(positional) == len(names) else None


def _asks(syntax: Syntax) -> bool:
    return any(node.data == "input_value" for node in syntax.iter_subtrees())


def text_value(token: str) -> str:
    """Return the text a string literal stands for; a backslash before a letter that is not escaped so stays."""

    def letter(found: re.Match[str]) -> str:
        if found[3]:
            return _ESCAPED.get(found[3], found[0])
        code = int(found[1] or found[2], 16)
        return chr(code) if code <= 0x10FFFF else found[0]

    text = _ESCAPE.sub(letter, token[1:-1])
    return (
        text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if any("\ud800" <= c <= "\udfff" for c in text) else text
    )


def _number(_: Evaluator, syntax: Syntax, __: Scope) -> Value:
    return number(str(syntax.children[0]))


def _string(_: Evaluator, syntax: Syntax, __: Scope) -> Value:
    return text_value(str(syntax.children[0]))


def _at_literal(_: Evaluator, syntax: Syntax, __: Scope) -> Value:
    return literal_of(text_value(str(syntax.children[0])[1:]))


def _input_value(_: Evaluator, __: Syntax, scope: Scope) -> Value:
    return scope["?"]


def _name(_: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    first, *rest = (str(child) for child in syntax.children)
    found = scope[first] if scope.has(first) else BUILTINS.get(first)
    for name in rest:
        found = property_of(found, name)
    return found


def _path(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    return property_of(evaluator.value(parts_of(syntax)[0], scope), str(syntax.children[1]))


def _list(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    return evaluator.items(parts_of(syntax), scope)


def _context(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    found: dict[str, Value] = {}
    inner = scope.within(found)
    for entry in parts_of(syntax):
        token = entry.children[0]
        key = text_value(str(token)) if token.type == "STRING" else str(token)  # type: ignore[union-attr]
        if key in found:
            return None
        found[key] = evaluator.value(parts_of(entry)[0], inner)
    return found


def _interval(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    low, high = evaluator.items(parts_of(syntax), scope)
    return interval(low, high, (str(syntax.children[0]), str(syntax.children[-1])))


def _unary_comparison(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    sign, end = str(syntax.children[0]), evaluator.value(parts_of(syntax)[0], scope)
    match sign:
        case "<" | "<=":
            return Range(None, end, False, sign == "<=", sign)
        case ">" | ">=":
            return Range(end, None, sign == ">=", False, sign)
    return Range(end, end, sign == "=", sign == "=", sign)


def _sign(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    value = evaluator.value(parts_of(syntax)[0], scope)
    if str(syntax.children[0]) == "-":
        return opposite(value)
    return value if isinstance(value, Decimal) else None


def _arithmetic(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    left, right = evaluator.items(parts_of(syntax), scope)
    return calculate(str(syntax.children[1]), left, right)


def _comparison(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    left, right = evaluator.items(parts_of(syntax), scope)
    return compare(str(syntax.children[1]), left, right)


def _between(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    value, low, high = evaluator.items(parts_of(syntax), scope)
    return all_true((compare(">=", value, low), compare("<=", value, high)))


def _membership(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    subject, *tests = parts_of(syntax)
    value = evaluator.value(subject, scope)
    return any_true(_member(evaluator, test, value, scope) for test in tests)


def _member(evaluator: Evaluator, syntax: Syntax, value: Value, scope: Scope) -> bool | None:
    if syntax.data == "unary_comparison":
        return compare(str(syntax.children[0]), value, evaluator.value(parts_of(syntax)[0], scope))
    found = evaluator.value(syntax, scope)
    return None if syntax.data == "interval" and found is None else within(value, found)


def _membership_comparison(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    value, end = evaluator.items(parts_of(syntax), scope)
    return compare(str(syntax.children[1]), value, end)


def _conjunction(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    return all_true(_truth(evaluator.value(part, scope)) for part in parts_of(syntax))


def _disjunction(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    return any_true(_truth(evaluator.value(part, scope)) for part in parts_of(syntax))


def _truth(value: Value) -> bool | None:
    return value if isinstance(value, bool) else None


def _negation(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    operands = parts_of(syntax)
    if len(operands) != 1:
        return None
    operand = operands[0]
    if operand.data == "named_argument":
        if str(operand.children[0]) != "negand":
            return None
        operand = parts_of(operand)[0]
    return negated(evaluator.value(operand, scope))


def _choice(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    condition, consequent, alternative = parts_of(syntax)
    truth = evaluator.value(condition, scope)
    if truth is not None and not isinstance(truth, bool):
        return None
    return evaluator.value(consequent if truth else alternative, scope)


def _instance_of(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    subject, named = parts_of(syntax)
    wanted = evaluator.types.written(named)
    return None if wanted is None else is_instance(evaluator.value(subject, scope), wanted)


def _filter(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    source, match = parts_of(syntax)
    return filtered(evaluator.value(source, scope), lambda names: evaluator.value(match, scope.within(names)))


def _iteration(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    iterators, body = parts_of(syntax)
    partial: list[Value] = []
    rounds = combinations(parts_of(iterators), scope.within(SoFar(partial=partial)), _domain_of(evaluator))
    if rounds is None:
        return None
    for inner in rounds:
        if inner is None:
            return None
        partial.append(evaluator.value(body, inner))
    bounded(partial)
    return partial


def _quantified(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    iterators, body = parts_of(syntax)
    found = []
    for inner in combinations(parts_of(iterators), scope, _domain_of(evaluator)):
        if inner is None:
            return None
        found.append(evaluator.value(body, inner))
    return quantified(str(syntax.children[0]), found)


def _domain_of(evaluator: Evaluator) -> Callable[[Syntax, Scope], list[Value] | None]:
    def domain(iterator: Syntax, scope: Scope) -> list[Value] | None:
        ends = evaluator.items(parts_of(iterator), scope)
        found = spanned(*ends) if iterator.data == "counter" else spanned(ends[0])
        spend(len(found or ()))
        return found

    return domain


def _lambda(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    *parameters, body = parts_of(syntax)
    named = [(str(node.children[0]), _declared(evaluator, node)) for node in parameters]
    return evaluator.closure(named, lambda inner: evaluator.value(body, inner), scope)


def _declared(evaluator: Evaluator, parameter: Syntax) -> ItemType | None:
    declared = parts_of(parameter)
    return evaluator.types.written(declared[0]) if declared else None


def _external(_: Evaluator, syntax: Syntax, __: Scope) -> Value:
    parameters = tuple(str(node.children[0]) for node in parts_of(syntax)[:-1])

    def refuse(_: list[Value], __: dict[str, Value]) -> Value:
        raise ExpressionRefused("An external function belongs to another program.", "Write it in FEEL.")

    return Callee(name="", parameters=parameters, apply=refuse)


def _call(evaluator: Evaluator, syntax: Syntax, scope: Scope) -> Value:
    callee, *arguments = parts_of(syntax)
    function = evaluator.value(callee, scope)
    if not isinstance(function, Callee) and callee.data == "name" and len(callee.children) == 1:
        function = BUILTINS.get(str(callee.children[0]))  # a variable called date does not take the function date away
    named = {
        str(node.children[0]): evaluator.value(parts_of(node)[0], scope) for node in arguments if node.data == "named_argument"
    }
    positional = evaluator.items([node for node in arguments if node.data != "named_argument"], scope)
    if len(named) + len(positional) != len(arguments) or (named and positional):
        return None
    return evaluator.invoke(function, positional, named)


_RULES: dict[str, Callable[[Evaluator, Syntax, Scope], Value]] = {
    "number": _number, "string": _string, "at_literal": _at_literal, "input_value": _input_value, "name": _name, "path": _path,
    "true": lambda _e, _x, _s: True, "false": lambda _e, _x, _s: False, "null": lambda _e, _x, _s: None,
    "list": _list, "context": _context, "interval": _interval, "unary_comparison": _unary_comparison, "sign": _sign,
    "arithmetic": _arithmetic, "comparison": _comparison, "between": _between, "membership": _membership,
    "membership_comparison": _membership_comparison, "conjunction": _conjunction, "disjunction": _disjunction,
    "negation": _negation, "choice": _choice, "instance_of": _instance_of, "filter": _filter, "iteration": _iteration,
    "quantified": _quantified, "lambda": _lambda, "external": _external, "call": _call,
}  # fmt: skip
