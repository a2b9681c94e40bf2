"""Syntax to shapes: an expression of which some names are known at load and the others only for each row.

What reads only what is known is computed once, by the interpreter of ``aljabr.feel.dynamic``. The rest is taken apart: functions
are inlined, contexts and lists become their entries and elements, and operations on single values become typed trees under the same
strict rules of type as in decision tables. What has no typed tree is refused with a reason; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from aljabr.errors import ExpressionRefused
from aljabr.feel import tree
from aljabr.feel.building import compared
from aljabr.feel.dynamic.types import ItemType, Types
from aljabr.feel.static import arithmetic, membership
from aljabr.feel.static.built_ins import call_built_in
from aljabr.feel.static.constants import applied, folded, has_function, names_in, unknown_names
from aljabr.feel.static.lists import whole_number
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
    Span,
    both,
    choose,
    condition,
    described,
    either,
    holds,
    is_null,
    negated,
    number,
    opened,
    refused,
    scalar,
    truth,
)
from aljabr.feel.syntax import Syntax, parse, parts_of
from aljabr.feel.tree import Expression
from aljabr.feel.types import WHOLE

MAX_ITEMS = 1000
MAX_DEPTH = 20


@dataclass(kw_only=True)
class Lets:
    """Values that are computed once and read often, in the order in which they can be computed.

    Parameters
    ----------
    names : frozenset of str
        Names with spaces or signs that may stand after a dot, for the parser.
    types : Types
        What named types mean in the model whose expressions are being read.
    taken : callable
        What a declared type makes of a shape: ``aljabr.feel.static.types.typed_shape``.
    depth : int
        How many functions are being inlined in one another.
    """

    names: frozenset[str] = frozenset()
    types: Types | None = None
    taken: Callable[..., Shape] | None = None
    depth: int = 0
    values: dict[str, Expression] = field(default_factory=dict)

    def bind(self, shape: Shape) -> Shape:
        """Return the shape with every calculated leaf replaced by a name for it."""
        match shape:
            case Scalar(expression=expression):
                return Scalar(expression=self.named(expression))
            case Record(entries=entries, absent=absent):
                return Record(entries={name: self.bind(entry) for name, entry in entries.items()}, absent=self.named(absent))
            case Rows(items=items, absent=absent):
                bound = tuple(Item(value=self.bind(item.value), there=self.named(item.there)) for item in items)
                return Rows(items=bound, absent=self.named(absent), packed=shape.packed)
        return shape

    def named(self, expression: Expression) -> Expression:
        """Return a name for a calculated expression."""
        if isinstance(expression, tree.Literal | tree.Variable):
            return expression
        name = f"={len(self.values)}"
        self.values[name] = expression
        return tree.Variable(name=name, type=expression.type)


@dataclass(frozen=True, kw_only=True)
class _Rounds:
    """The rounds of a loop; ``absent`` when a list it goes through is null."""

    rounds: list[tuple[dict[str, Shape], Expression]]
    absent: Expression


Scope = Mapping[str, Shape]


def specialised(text: str, scope: Scope, lets: Lets) -> Shape:
    """Return the shape of an expression.

    Parameters
    ----------
    text : str
        FEEL.
    scope : mapping of str to Shape
        Every name it may read.
    lets : Lets
        Where shared values go.

    Raises
    ------
    ExpressionRefused
        When no plan can be made of it.
    """
    return Specialiser(scope, lets).shape(parse(text, "expression", _special(scope, lets)), whole=True)


def specialised_test(text: str, subject: Shape, scope: Scope, lets: Lets) -> Expression:
    """Return the condition an input entry means for a subject; true for ``-``.

    Raises
    ------
    ExpressionRefused
        When no plan can be made of it.
    """
    if text.strip() in ("-", ""):
        return ALWAYS
    tests = parts_of(parse(text, "cell", _special(scope, lets)))
    within = Specialiser(scope, lets, subject)
    return within.tested(subject, tests)


def _special(scope: Scope, lets: Lets) -> frozenset[str]:
    return lets.names | frozenset(name for name in scope if not name.isidentifier())


class Specialiser:
    """Gives shapes to syntax under one scope; ``subject`` is what ``?`` stands for."""

    def __init__(self, scope: Scope, lets: Lets, subject: Shape | None = None) -> None:
        self.scope = scope
        self.lets = lets
        self.subject = subject

    def under(self, added: Mapping[str, Shape], subject: Shape | None = None) -> Specialiser:
        """Return a specialiser that knows more names."""
        return Specialiser({**self.scope, **added}, self.lets, subject or self.subject)

    def shape(self, syntax: Syntax, *, whole: bool = False) -> Shape:
        """Return the shape of an expression's syntax; ``whole`` when it is not part of another expression.

        A name that nothing has is null in FEEL; beside facts it can only be a mistake and is refused.
        """
        if self._is_known(syntax):
            strange = unknown_names(syntax) - set(self.scope)
            if strange and (not whole or syntax.data == "name"):
                raise refused(f"Nothing is called {min(strange)}.", "Declare it, or mend its name.")
            known = {name: shape.value for name, shape in self.scope.items() if isinstance(shape, Known)}
            value = folded(syntax, known, self.lets.types, self.lets.names)
            if not has_function(value):
                return Known(value=value)
        rule: Callable[[Syntax], Shape] | None = getattr(self, f"_{syntax.data}", None)
        if rule is None:
            raise refused(f"A {syntax.data} over facts has no plan.", "Use only what is known when the model is loaded.")
        return rule(syntax)

    def tested(self, subject: Shape, tests: list[Syntax]) -> Expression:
        """Return the condition that a subject passes any of some tests."""
        within = self.under({}, subject)
        return either(*(membership.passes(subject, test, within) for test in tests))

    def _is_known(self, syntax: Syntax) -> bool:
        if any(node.data in ("input_value", "external") for node in syntax.iter_subtrees()):
            return False
        if clock := names_in(syntax) & {"now", "today"} - set(self.scope):
            raise refused(f"{min(clock)}() gives another value every time.", "Declare the day as an input.")
        return all(isinstance(self.scope.get(name, NULL_SHAPE), Known) for name in names_in(syntax))

    def _name(self, syntax: Syntax) -> Shape:
        first, *rest = (str(child) for child in syntax.children)
        if first not in self.scope:
            raise refused(f"Nothing is called {first}.", "Declare it, or mend its name.")
        found = self.scope[first]
        for name in rest:
            found = entry_of(found, name)
        return found

    def _path(self, syntax: Syntax) -> Shape:
        return entry_of(self.shape(parts_of(syntax)[0]), str(syntax.children[-1]))

    def _input_value(self, _: Syntax) -> Shape:
        if self.subject is None:
            raise refused("? stands for the tested value, and here nothing is tested.")
        return self.subject

    def _arithmetic(self, syntax: Syntax) -> Shape:
        left, right = (self.shape(part) for part in parts_of(syntax))
        return arithmetic.calculated(str(syntax.children[1]), left, right, self.lets)

    def _sign(self, syntax: Syntax) -> Shape:
        inner = self.shape(parts_of(syntax)[0])
        return arithmetic.signed(str(syntax.children[0]), inner, self.lets)

    def _comparison(self, syntax: Syntax) -> Shape:
        left, right = (self.shape(part) for part in parts_of(syntax))
        return membership.compare(str(syntax.children[1]), left, right)

    def _between(self, syntax: Syntax) -> Shape:
        value, low, high = (self.shape(part) for part in parts_of(syntax))
        ends = [membership.compare(">=", value, low), membership.compare("<=", value, high)]
        return Scalar(expression=both(*(condition(end) for end in ends)))

    def _membership(self, syntax: Syntax) -> Shape:
        subject, *tests = parts_of(syntax)
        if any(node.data in ("input_value", "negation") for test in tests for node in test.iter_subtrees()):
            raise refused("not() or ? after in has no plan.", "Write the condition out.")
        return Scalar(expression=self.tested(self.shape(subject), tests))

    def _membership_comparison(self, syntax: Syntax) -> Shape:
        subject, bound = (self.shape(part) for part in parts_of(syntax))
        return membership.compare(str(syntax.children[1]), subject, bound)

    def _conjunction(self, syntax: Syntax) -> Shape:
        return Scalar(expression=both(*(condition(self.shape(part)) for part in parts_of(syntax))))

    def _disjunction(self, syntax: Syntax) -> Shape:
        return Scalar(expression=either(*(condition(self.shape(part)) for part in parts_of(syntax))))

    def _negation(self, syntax: Syntax) -> Shape:
        operands = parts_of(syntax)
        if len(operands) != 1 or operands[0].data == "named_argument":
            raise refused("not() takes one condition.", "Write not(x in (…)).")
        return Scalar(expression=negated(condition(self.shape(operands[0]))))

    def _choice(self, syntax: Syntax) -> Shape:
        when, consequent, alternative = parts_of(syntax)
        asked = truth(self.shape(when), "The condition of if")
        if isinstance(asked, tree.Literal):
            return self.shape(consequent if asked.value is True else alternative)
        return choose([(self.lets.named(asked), self.shape(consequent))], self.shape(alternative))

    def _list(self, syntax: Syntax) -> Shape:
        return Rows(items=tuple(Item(value=self.shape(part)) for part in parts_of(syntax)))

    def _context(self, syntax: Syntax) -> Shape:
        entries: dict[str, Shape] = {}
        for entry in parts_of(syntax):
            name = str(entry.children[0]).strip('"')
            entries[name] = self.lets.bind(self.under(entries).shape(parts_of(entry)[0]))
        return Record(entries=entries)

    def _interval(self, syntax: Syntax) -> Shape:
        low, high = (self.shape(part) for part in parts_of(syntax))
        opening, closing = str(syntax.children[0]), str(syntax.children[-1])
        return Span(low=low, high=high, low_closed=opening == "[", high_closed=closing == "]")

    def _filter(self, syntax: Syntax) -> Shape:
        base, predicate = parts_of(syntax)
        rows = as_rows(self.shape(base))
        if self._is_known(predicate) and not self._names_entries(predicate, rows):
            found = self.shape(predicate)
            if isinstance(found, Known) and not isinstance(found.value, bool) and found.value is not None:
                return element(rows, found, self.lets)
        items = []
        for item in rows.items:
            entries = opened(item.value)
            own = dict(entries.entries) if isinstance(entries, Record) else {}
            kept = self.under({"item": item.value, **own}).shape(predicate)
            if isinstance(kept, Scalar) and kept.expression.type.kind == "number":
                raise refused("A list is asked for an element whose place is not known at load.", "Write the place as a number.")
            items.append(Item(value=item.value, there=self.lets.named(both(item.there, holds(truth(kept, "A filter"))))))
        return Rows(items=tuple(items), absent=rows.absent)

    @staticmethod
    def _names_entries(predicate: Syntax, rows: Rows) -> bool:
        own = {name for item in rows.items if isinstance(opened(item.value), Record) for name in opened(item.value).entries}  # type: ignore[union-attr]
        return bool(names_in(predicate) & (own | {"item"}))

    def _iteration(self, syntax: Syntax) -> Shape:
        *_, body = parts_of(syntax)
        rounds = self._rounds(parts_of(parts_of(syntax)[0]))
        if "partial" in names_in(body):
            raise refused("partial has no plan.", "Write the sum or the list without it.")
        items = [Item(value=self.lets.bind(self.under(added).shape(body)), there=there) for added, there in rounds.rounds]
        return Rows(items=tuple(items), absent=self.lets.named(rounds.absent))

    def _quantified(self, syntax: Syntax) -> Shape:
        some = str(syntax.children[0]) == "some"
        *_, body = parts_of(syntax)
        found = []
        rounds = self._rounds(parts_of(parts_of(syntax)[0]))
        for added, there in rounds.rounds:
            holding = truth(self.under(added).shape(body), "What is satisfied")
            found.append(both(there, holding) if some else either(negated(there), holding))
        whole = Scalar(expression=either(*found) if some else both(*found))
        return choose([(rounds.absent, NULL_SHAPE)], whole)

    def _rounds(self, iterators: list[Syntax]) -> _Rounds:
        """What the variables stand for in each round, and the condition under which there is such a round."""
        rounds: list[tuple[dict[str, Shape], Expression]] = [({}, ALWAYS)]
        absent: list[Expression] = []
        for iterator in iterators:
            following: list[tuple[dict[str, Shape], Expression]] = []
            for added, there in rounds:
                rows = self._over(iterator, added)
                absent.append(both(there, rows.absent))
                name = str(iterator.children[0])
                following += [({**added, name: item.value}, both(there, item.there)) for item in rows.items]
            rounds = following
            if len(rounds) > MAX_ITEMS:
                raise refused(f"A for would go through more than {MAX_ITEMS} rounds.", "Take a smaller list.")
        return _Rounds(rounds=rounds, absent=either(*absent))

    def _over(self, iterator: Syntax, added: Mapping[str, Shape]) -> Rows:
        within = self.under(added)
        ends = [within.shape(part) for part in parts_of(iterator)]
        if all(isinstance(end, Known) for end in ends):
            known = {"low": ends[0].value, "high": ends[-1].value}  # type: ignore[union-attr]
            domain = "low..high" if iterator.data == "counter" else "low"
            counted = applied(f"for i in {domain} return i", known)
            return Rows(items=(), absent=ALWAYS) if counted is None else as_rows(Known(value=counted))
        if iterator.data == "counter":
            raise refused("A for counts to a number that is not known at load.", "Write the number.")
        shape = opened(ends[0])
        if isinstance(shape, Scalar | Record):
            return Rows(items=(Item(value=shape),), absent=is_null(shape))
        return as_rows(shape)

    def _lambda(self, syntax: Syntax) -> Shape:
        nodes = [part for part in parts_of(syntax) if part.data == "parameter"]
        types = self.lets.types
        parameters = {
            str(node.children[0]): types.written(declared[0]) if types and (declared := parts_of(node)) else None for node in nodes
        }
        body = parts_of(syntax)[-1]
        return closure("function", parameters, lambda given: self.under(given).shape(body), self.lets)

    def _rounded_quotient(self, quotient: Syntax, places: Syntax) -> Shape | None:
        """decimal(x / y, n) of exact numbers: the exact quotient, rounded once."""
        if str(quotient.children[1]) != "/":
            return None
        left, right = (self.shape(part) for part in parts_of(quotient))
        return arithmetic.rounded_quotient(left, right, self.shape(places), self.lets)

    def _call(self, syntax: Syntax) -> Shape:
        callee, *written = parts_of(syntax)
        named = {str(part.children[0]): self.shape(parts_of(part)[0]) for part in written if part.data == "named_argument"}
        placed = [self.shape(part) for part in written if part.data != "named_argument"]
        name = str(callee.children[0]) if callee.data == "name" and len(callee.children) == 1 else ""
        quotient = name == "decimal" and name not in self.scope and len(written) == 2 and written[0].data == "arithmetic"
        if quotient and (found := self._rounded_quotient(*written)):
            return found
        if name and name not in self.scope:
            return call_built_in(name, placed, named, self.lets)
        return invoke(self.shape(callee), placed, named, self.lets)

    def _instance_of(self, syntax: Syntax) -> Shape:
        value, wanted = parts_of(syntax)
        expression = scalar(self.shape(value), "What is an instance")
        kind = str(wanted.children[0])
        if wanted.data != "type_name" or kind not in _KINDS:
            raise refused(f"instance of {kind} has no plan.", "Ask for one of FEEL's simple types.")
        return Scalar(expression=negated(is_null(Scalar(expression=expression))) if expression.type.kind == kind else NEVER)


_KINDS = (
    "number", "string", "boolean", "date", "time", "date and time", "days and time duration", "years and months duration",
)  # fmt: skip


def closure(
    name: str, parameters: Mapping[str, ItemType | None], body: Callable[[Mapping[str, Shape]], Shape], lets: Lets
) -> Closure:
    """Return a function that takes its arguments as its parameters declare them, and is null when one does not conform."""

    def inline(given: Mapping[str, Shape]) -> Shape:
        typed = {key: taken(given[key], kind, lets, f"{name}({key})") for key, kind in parameters.items()}
        unfit = [
            both(negated(is_null(given[key])), is_null(typed[key]))
            for key, kind in parameters.items()
            if kind is not None and not isinstance(given[key], Closure)
        ]
        return choose([(either(*unfit), NULL_SHAPE)], body({key: lets.bind(shape) for key, shape in typed.items()}))

    return Closure(name=name, parameters=tuple(parameters), inline=inline)


def taken(shape: Shape, kind: ItemType | None, lets: Lets, what: str) -> Shape:
    """Return a shape as a declared type takes it."""
    return lets.taken(shape, kind, lets, what) if kind is not None and lets.taken is not None else shape


def invoke(function: Shape, placed: list[Shape], named: Mapping[str, Shape], lets: Lets) -> Shape:
    """Return a function's body with its arguments put in; null when they are not its own."""
    if not isinstance(function, Closure):
        raise refused(f"A {described(function)} is called as a function.", "Call a business knowledge model or a function.")
    given = dict(zip(function.parameters, placed, strict=False)) | dict(named)
    if set(given) != set(function.parameters) or len(placed) + len(named) != len(function.parameters):
        raise refused(
            f"{function.name} is called with other arguments than its own.", f"It takes {', '.join(function.parameters)}."
        )
    if lets.depth >= MAX_DEPTH:
        raise refused(f"{function.name} calls itself.", "A plan has no recursion: write it with lists.")
    lets.depth += 1
    try:
        return function.inline({name: lets.bind(shape) for name, shape in given.items()})
    finally:
        lets.depth -= 1


def entry_of(shape: Shape, name: str) -> Shape:
    """Return an entry of a context, the list of entries of a list, or a property of a date, a time or a duration."""
    shape = opened(shape)
    match shape:
        case Record(entries=entries, absent=absent):
            if name not in entries:
                raise refused(f"The context has no entry {name}.", f"It has {', '.join(entries)}.")
            return choose([(absent, NULL_SHAPE)], entries[name])
        case Rows(items=items, absent=absent):
            taken = tuple(Item(value=entry_of(item.value, name), there=item.there) for item in items)
            return Rows(items=taken, absent=absent, packed=shape.packed)
        case Scalar(expression=expression):
            return arithmetic.property_of(expression, name)
    if isinstance(shape, Known):
        return Known(value=applied(f"value.{name}", {"value": shape.value}))
    raise refused(f"A {described(shape)} has no {name}.")


def as_rows(shape: Shape) -> Rows:
    """Return a list as it is, one value as the list of it."""
    shape = opened(shape)
    if isinstance(shape, Rows):
        return shape
    if shape == NULL_SHAPE:
        raise refused("A list is expected and there is none.", "Give a list.")
    if isinstance(shape, Scalar | Record) and is_null(shape) != NEVER:
        raise refused(f"A {described(shape)} that may be null stands for a list.", "Put it in a list: [x].")
    return Rows(items=(Item(value=shape),))


def element(rows: Rows, place: Known, lets: Lets) -> Shape:
    """Return the element at a place that is known; null when there is none."""
    if not isinstance(place.value, Decimal):
        raise refused("A list is asked for an element by what is not a number.")
    wanted = whole_number(place.value)
    if not wanted:
        return NULL_SHAPE
    items = list(rows.items) if wanted > 0 else list(reversed(rows.items))
    wanted = abs(wanted)
    if all(item.there == ALWAYS for item in items):
        found = items[wanted - 1].value if wanted <= len(items) else NULL_SHAPE
        return choose([(rows.absent, NULL_SHAPE)], found)
    branches, before = [], number(0)
    for item in items:
        reached = compared("=", before, number(wanted - 1))
        branches.append((both(holds(item.there), reached), item.value))
        counted = tree.Choice(condition=item.there, consequent=number(1), alternative=number(0), type=WHOLE)
        before = lets.named(tree.Arithmetic(operator="+", left=before, right=counted, type=WHOLE))
    return choose([(rows.absent, NULL_SHAPE), *branches], NULL_SHAPE)


__all__ = [
    "ExpressionRefused",
    "Lets",
    "Specialiser",
    "as_rows",
    "element",
    "entry_of",
    "invoke",
    "specialised",
    "specialised_test",
]
