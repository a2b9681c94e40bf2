"""What the cells of tables compare with written values, and the finitely many classes its values fall into.

Every test becomes an expression over *axes*. A fact compared with written values is an axis of its own; so is whatever is
calculated before it is compared, and the order of two facts compared with each other: such *derived* axes are taken as free of one
another, so that the space reasoned about holds at least everything that can happen. Two values of one class pass the same tests.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from aljabr.feel import tree
from aljabr.feel.evaluation import evaluate
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, WHOLE, Environment, Type, Value

OTHER_TEXT = "…"
_ZERO = tree.Literal(value=Decimal(0), type=WHOLE)


@dataclass(frozen=True, kw_only=True)
class World:
    """What is known of facts beyond their types.

    Parameters
    ----------
    bounds : mapping of str to (lowest, highest)
        Both included; None for no bound.
    present : frozenset of str
        Facts that are never missing.
    ordered : tuple of (str, str)
        Dates of which the first is never after the second, both known or neither.
    """

    bounds: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    present: frozenset[str] = frozenset()
    ordered: tuple[tuple[str, str], ...] = ()


@dataclass(kw_only=True)
class Axis:
    """One axis: what it measures, where its values are cut, one value of each class (null last, unless it cannot be missing).

    ``measures`` is ``fact``, ``value`` (of something calculated) or ``order`` (of the two sides of ``subject``: -1, 0 or 1).
    """

    name: str
    subject: Expression
    measures: Literal["fact", "value", "order"] = "fact"
    cuts: set[Any] = field(default_factory=set)
    values: list[Value] = field(default_factory=list)
    classes: dict[object, int] = field(default_factory=dict)

    @property
    def full(self) -> int:
        """The set of all classes, one bit for each."""
        return (1 << len(self.values)) - 1

    def place(self, value: Value) -> int:
        """Return the class of a value; -1 when no class can have it."""
        if value is None:
            return self.classes.get(None, -1)
        if self.measures != "order" and _ordered(self.subject.type):
            return self.classes.get(_position(value, sorted(self.cuts)), -1)
        return self.classes.get(value, self.classes.get(..., -1))

    def measured(self, facts: Mapping[str, Value]) -> int:
        """Return the class the axis has for given facts."""
        if self.measures != "order" or not isinstance(self.subject, tree.Comparison):
            return self.place(evaluate(self.subject, facts))
        left, right = evaluate(self.subject.left, facts), evaluate(self.subject.right, facts)
        if left is None or right is None:
            return self.place(None)
        return self.place(Decimal(0 if left == right else -1 if left < right else 1))  # type: ignore[operator]

    def settle(self, known: tuple[Any, Any], *, present: bool) -> None:
        """Fix the classes once every cut is known."""
        kind = self.subject.type
        if self.measures == "order":
            found: list[tuple[object, Value]] = [(Decimal(sign), Decimal(sign)) for sign in (-1, 0, 1)]
        elif _ordered(kind):
            found = _stretches(kind, sorted(self.cuts), known)
        elif kind.kind == "boolean":
            found = [(True, True), (False, False)]
        else:
            found = [(code, code) for code in kind.values or sorted(self.cuts)]
            found += [] if kind.values else [(..., OTHER_TEXT)]
        found += [] if present else [(None, None)]
        self.values = [value for _, value in found]
        self.classes = {position: number for number, (position, _) in enumerate(found)}


class Axes:
    """The axes of a whole chain, filled by ``rewritten`` and fixed by ``settle``."""

    def __init__(self, world: World, environment: Environment) -> None:
        self.world = world
        self.environment = environment
        self.named: dict[str, Axis] = {}
        self._subjects: dict[Expression, str] = {}

    @property
    def all(self) -> list[Axis]:
        """The axes in the order in which they were met."""
        return list(self.named.values())

    def settle(self) -> None:
        """Fix the classes of every axis; ordered pairs share their cuts, so that their classes can be compared."""
        for earlier, later in self.world.ordered:
            if earlier in self.named and later in self.named:
                shared = self.named[earlier].cuts | self.named[later].cuts
                self.named[earlier].cuts, self.named[later].cuts = set(shared), set(shared)
        for axis in self.all:
            axis.settle(self.world.bounds.get(axis.name, (None, None)), present=axis.name in self.world.present)

    def rewritten(self, test: Expression) -> Expression:
        """Return a condition over axes that holds wherever the test can, and register the axes it needs."""
        match test:
            case tree.Literal():
                return test
            case tree.Conjunction(operands=operands):
                return tree.Conjunction(operands=tuple(self.rewritten(operand) for operand in operands))
            case tree.Disjunction(operands=operands):
                return tree.Disjunction(operands=tuple(self.rewritten(operand) for operand in operands))
            case tree.Negation(operand=operand):
                return tree.Negation(operand=self.rewritten(operand))
            case tree.Choice(condition=condition, consequent=then, alternative=otherwise):
                parts = [self.rewritten(part) for part in (condition, then, otherwise)]
                return tree.Choice(condition=parts[0], consequent=parts[1], alternative=parts[2], type=BOOLEAN)
            case tree.Comparison() | tree.Equality():
                return self._compared(test)
        return self._whole(test)

    def _compared(self, test: tree.Comparison | tree.Equality) -> Expression:
        for side in (test.left, test.right):
            if isinstance(side, tree.Choice):
                return self._pushed(test, side)
        left, right = test.left, test.right
        if isinstance(left, tree.Literal) and isinstance(right, tree.Literal):
            return test
        if isinstance(left, tree.Literal) or isinstance(right, tree.Literal):
            subject, literal = (right, left) if isinstance(left, tree.Literal) else (left, right)
            if isinstance(test, tree.Comparison) and not _ordered(subject.type):
                return self._whole(test)
            axis = self._axis(subject)
            if isinstance(literal, tree.Literal) and literal.value is not None:
                axis.cuts.add(literal.value)
            variable = tree.Variable(name=axis.name, type=subject.type)
            return _with(test, variable if subject is left else left, variable if subject is right else right)
        if self._finite(test) or isinstance(test, tree.Equality):
            return self._whole(test)
        return self._sign(test)

    def _pushed(self, test: tree.Comparison | tree.Equality, choice: tree.Choice) -> Expression:
        """The comparison moved into both branches of the choice it compares."""
        branches = [
            _with(test, branch if choice is test.left else test.left, branch if choice is test.right else test.right)
            for branch in (choice.consequent, choice.alternative)
        ]
        return self.rewritten(
            tree.Choice(condition=choice.condition, consequent=branches[0], alternative=branches[1], type=BOOLEAN)
        )

    def _sign(self, test: tree.Comparison) -> Expression:
        """A comparison of two facts, as one of their order (-1, 0, 1) with zero."""
        keys = [
            tree.Comparison(operator="<", left=one, right=two) for one, two in ((test.left, test.right), (test.right, test.left))
        ]
        swapped = keys[1] in self._subjects
        name = self._derived(keys[1] if swapped else keys[0], "order").name
        sign = tree.Variable(name=name, type=WHOLE)
        return _with(test, _ZERO if swapped else sign, sign if swapped else _ZERO)

    def _whole(self, test: Expression) -> Expression:
        """A condition kept as it is when everything in it is one of few values, otherwise an axis of its own."""
        if self._finite(test):
            for node in tree.walk(test):
                if isinstance(node, tree.Variable):
                    self._axis(node)
            return test
        return tree.Variable(name=self._axis(test).name, type=BOOLEAN)

    def _finite(self, expression: Expression) -> bool:
        variables = [node for node in tree.walk(expression) if isinstance(node, tree.Variable)]
        return bool(variables) and all(node.type.kind == "boolean" or self._type(node).values for node in variables)

    def _type(self, variable: tree.Variable) -> Type:
        return self.environment.get(variable.name, variable.type)

    def _axis(self, subject: Expression) -> Axis:
        if isinstance(subject, tree.Variable):
            known = tree.Variable(name=subject.name, type=self._type(subject))
            return self.named.setdefault(subject.name, Axis(name=subject.name, subject=known))
        return self._derived(subject, "value")

    def _derived(self, subject: Expression, measures: Literal["value", "order"]) -> Axis:
        name = self._subjects.setdefault(subject, f"#{len(self._subjects)}")
        return self.named.setdefault(name, Axis(name=name, subject=subject, measures=measures))


def bits(mask: int) -> Iterator[int]:
    """Yield the classes in a set of classes."""
    number = 0
    while mask:
        if mask & 1:
            yield number
        mask >>= 1
        number += 1


def _with(test: tree.Comparison | tree.Equality, left: Expression, right: Expression) -> tree.Comparison | tree.Equality:
    if isinstance(test, tree.Equality):
        return tree.Equality(left=left, right=right)
    return tree.Comparison(operator=test.operator, left=left, right=right)


def _ordered(kind: Type) -> bool:
    return kind.kind in ("number", "date")


def _position(value: Any, cuts: list[Any]) -> object:
    """Where a value lies among the cuts: on the n-th, or before it."""
    if value is None:
        return "null"
    place = bisect_left(cuts, value)
    return ("on", place) if place < len(cuts) and cuts[place] == value else ("before", place)


def _stretches(kind: Type, cuts: list[Any], known: tuple[Any, Any]) -> list[tuple[object, Value]]:
    """One value on each cut and one on each stretch between them, where there is one within what is known."""
    found: list[tuple[object, Value]] = []
    for place in range(len(cuts) + 1):
        low, high = cuts[place - 1] if place else None, cuts[place] if place < len(cuts) else None
        between = _between(kind, low, high, known)
        found += [(("before", place), between)] if between is not None else []
        found += [(("on", place), high)] if high is not None and _possible(kind, high, known) else []
    return found


def _between(kind: Type, low: Any, high: Any, known: tuple[Any, Any]) -> Any:
    """A plain value above ``low`` and below ``high`` within the known bounds, None when there is none."""
    if kind.kind == "date":
        ends = [None if end is None else Decimal(end.toordinal()) for end in (low, high, *known)]
        found = _number_between(*ends, step=Decimal(1))
        return None if found is None or not 0 < found <= date.max.toordinal() else date.fromordinal(int(found))
    return _number_between(low, high, *known, step=Decimal(1).scaleb(-kind.scale))


def _number_between(low: Any, high: Any, least: Any, most: Any, *, step: Decimal) -> Decimal | None:
    """The value a whole unit from an end when there is room for one, else the next the type can have."""
    floor = None if low is None else (Decimal(low) / step).to_integral_value(ROUND_FLOOR) * step + step
    ceiling = None if high is None else (Decimal(high) / step).to_integral_value(ROUND_CEILING) * step - step
    start = max((Decimal(end) for end in (floor, least) if end is not None), default=None)
    end = min((Decimal(end) for end in (ceiling, most) if end is not None), default=None)
    if start is not None and end is not None and start > end:
        return None
    wished = Decimal(low) + 1 if low is not None else Decimal(high) - 1 if high is not None else Decimal(0)
    wished = wished if wished % step == 0 else start if start is not None else end if end is not None else wished
    if start is not None and wished < start:
        return start
    return end if end is not None and wished > end else wished


def _possible(kind: Type, value: Any, known: tuple[Any, Any]) -> bool:
    """Whether a value is within the known bounds and has no more places than its type."""
    least, most = known
    fits = kind.kind != "number" or value % Decimal(1).scaleb(-kind.scale) == 0
    return fits and (least is None or least <= value) and (most is None or value <= most)
