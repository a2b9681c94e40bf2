"""Item types: what ``instance of`` asks, and what a declared type does to a value (DMN 1.5, clauses 7.3.2 and 10.3.2.9).

A value that does not conform to a declared type is converted where the standard says so (a list of one item to the item, a value to
a list of one, a date to its midnight) and is null otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from aljabr.feel.dynamic.budget import spend
from aljabr.feel.dynamic.comparing import midnight
from aljabr.feel.dynamic.values import Callee, Day, Range, Value, kind_of
from aljabr.feel.models import ItemDefinition, Model
from aljabr.feel.syntax import Syntax, parts_of


@dataclass(frozen=True, kw_only=True)
class Basic:
    """A type of FEEL by its name; ``Any`` takes everything."""

    name: str


@dataclass(frozen=True, kw_only=True)
class ListOf:
    """A list of items of one type."""

    item: ItemType


@dataclass(frozen=True, kw_only=True)
class RangeOf:
    """A range over one type."""

    item: ItemType


@dataclass(frozen=True, kw_only=True)
class ContextOf:
    """A context that has at least these members."""

    members: tuple[tuple[str, ItemType], ...]


@dataclass(frozen=True, kw_only=True)
class FunctionOf:
    """A function of parameters of these types."""

    parameters: tuple[ItemType, ...]
    result: ItemType


@dataclass(frozen=True, kw_only=True)
class Restricted:
    """A type whose values must also pass unary tests, checked by ``passes``."""

    base: ItemType
    passes: Callable[[Value], bool]


ItemType = Basic | ListOf | RangeOf | ContextOf | FunctionOf | Restricted

ANY = Basic(name="Any")
_SPELLINGS = {
    "dateTime": "date and time",
    "dayTimeDuration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "any": "Any",
}
_BASIC = {
    *("number", "string", "boolean", "date", "time", "date and time", "days and time duration", "years and months duration"),
    *("Any", "context", "list", "range", "function", "Null"),
}


def conforms(value: Value, wanted: ItemType) -> bool:
    """Return whether a value is of a type; null is of every type here (``is_instance`` is stricter)."""
    spend()
    if value is None:
        return True
    match wanted:
        case Basic(name=name):
            return name == "Any" or name == kind_of(value)
        case ListOf(item=item):
            return isinstance(value, list) and all(conforms(one, item) for one in value)
        case ContextOf(members=members):
            return isinstance(value, dict) and all(key in value and conforms(value[key], member) for key, member in members)
        case RangeOf(item=item):
            return isinstance(value, Range) and conforms(value.low, item) and conforms(value.high, item)
        case FunctionOf():
            return isinstance(value, Callee) and _function_conforms(value, wanted)
        case Restricted(base=base, passes=passes):
            return conforms(value, base) and passes(value)


def is_instance(value: Value, wanted: ItemType) -> bool:
    """Return ``value instance of wanted``: allowed values are not asked for, and null is an instance of Null only."""
    if value is None:
        return wanted == Basic(name="Null")
    return conforms(value, _unrestricted(wanted))


def _unrestricted(wanted: ItemType) -> ItemType:
    match wanted:
        case Restricted(base=base):
            return _unrestricted(base)
        case ListOf(item=item):
            return ListOf(item=_unrestricted(item))
        case ContextOf(members=members):
            return ContextOf(members=tuple((key, _unrestricted(member)) for key, member in members))
    return wanted


def _function_conforms(value: Callee, wanted: FunctionOf) -> bool:
    """Parameters are contravariant, the result is covariant; what is not declared is Any."""
    if len(value.parameters) != len(wanted.parameters):
        return False
    declared = [kind or ANY for kind in value.types] or [ANY] * len(value.parameters)
    taken = all(given == ANY or _narrower(given, own) for given, own in zip(wanted.parameters, declared, strict=False))
    return taken and (value.result is None or _narrower(value.result, wanted.result))


def _narrower(narrow: ItemType, wide: ItemType) -> bool:
    """Whether every value of one type is of the other."""
    match narrow, wide:
        case (_, Basic(name="Any")):
            return True
        case (Restricted(base=base), _):
            return _narrower(base, wide)
        case (ListOf(item=one), ListOf(item=other)) | (RangeOf(item=one), RangeOf(item=other)):
            return _narrower(one, other)
        case (ContextOf(members=ours), ContextOf(members=theirs)):
            own = dict(ours)
            return all(key in own and _narrower(own[key], member) for key, member in theirs)
        case (FunctionOf(), FunctionOf()):
            same = len(narrow.parameters) == len(wide.parameters)
            taken = all(_narrower(other, one) for one, other in zip(narrow.parameters, wide.parameters, strict=False))
            return same and taken and _narrower(narrow.result, wide.result)
        case (ListOf(), Basic(name="list")) | (ContextOf(), Basic(name="context")) | (RangeOf(), Basic(name="range")):
            return True
        case (FunctionOf(), Basic(name="function")):
            return True
    return narrow == wide


def coerced(value: Value, wanted: ItemType | None) -> Value:
    """Return the value as a declared type takes it: as it is, converted, or null.

    Examples
    --------
    >>> coerced(["a"], Basic(name="string")), coerced("a", ListOf(item=Basic(name="string")))
    ('a', ['a'])
    >>> coerced("a", Basic(name="date")) is None
    True
    """
    if isinstance(value, Callee) and isinstance(wanted, FunctionOf) and conforms(value, wanted):
        return _taken_as(value, wanted)
    if wanted is None or conforms(value, wanted):
        return value
    if isinstance(value, list) and len(value) == 1 and conforms(value[0], wanted):
        return value[0]
    base = wanted.base if isinstance(wanted, Restricted) else wanted
    if isinstance(base, ListOf | Basic) and not isinstance(value, list):
        as_list = [value] if isinstance(base, ListOf) or base.name == "list" else None
        if as_list is not None and conforms(as_list, wanted):
            return as_list
    if isinstance(value, Day) and base == Basic(name="date and time"):
        return midnight(value)
    return None


def _taken_as(value: Callee, wanted: FunctionOf) -> Callee:
    """A function whose arguments and result are of declared types."""

    def apply(positional: list[Value], named: dict[str, Value]) -> Value:
        taken = [coerced(one, kind) for one, kind in zip(positional, wanted.parameters, strict=False)]
        if len(taken) != len(positional) or taken.count(None) != positional.count(None):
            return None
        return coerced(value.apply(taken, named), wanted.result)

    return replace(value, apply=apply, result=wanted.result)


def result_type(wanted: ItemType | None) -> ItemType | None:
    """Return the type of a function's result when its declaration is a function type, else the type itself."""
    return wanted.result if isinstance(wanted, FunctionOf) else wanted


class Types:
    """The types a model's declarations mean.

    Parameters
    ----------
    model : Model
        Its item definitions, and those of its imports under their names.
    test : callable
        ``test(text, value)`` tells whether a value passes unary tests.
    """

    def __init__(self, model: Model | None, test: Callable[[str, Value], bool]) -> None:
        self.test = test
        self.known: dict[str, ItemType] = {}
        self.definitions: Mapping[str, ItemDefinition] = model.types if model else {}
        self.imported = {name: Types(other, test) for name, other in (model.imports if model else {}).items()}

    def named(self, name: str) -> ItemType | None:
        """Return the type of a reference, None when nothing or nothing known is declared."""
        name = _SPELLINGS.get(name, name)
        if name in self.definitions and name not in self.known:
            self.known[name] = ANY  # what refers to itself is taken as it comes below the first level
            self.known[name] = self._defined(self.definitions[name])
        if name in self.known:
            return self.known[name]
        if name in _BASIC:
            return Basic(name=name)
        prefix, _, rest = name.partition(".")
        return self.imported[prefix].named(rest) if prefix in self.imported else None

    def _defined(self, definition: ItemDefinition) -> ItemType:
        base: ItemType = self.named(definition.type_ref) or ANY
        if definition.components:
            base = ContextOf(members=tuple((part.name, self._defined(part)) for part in definition.components))
        if definition.result is not None:
            parameters = tuple(self.named(parameter.type_ref) or ANY for parameter in definition.parameters)
            base = FunctionOf(parameters=parameters, result=self.named(definition.result) or ANY)
        if definition.allowed.strip() and isinstance(base, Restricted):
            base = base.base  # allowed values of its own stand in place of those of the type it is based on
        base = self._restricted(base, definition.allowed)
        return self._restricted(ListOf(item=base) if definition.collection else base, definition.constraint)

    def _restricted(self, base: ItemType, tests: str) -> ItemType:
        return Restricted(base=base, passes=lambda value: self.test(tests, value)) if tests.strip() else base

    def written(self, syntax: Syntax) -> ItemType | None:
        """Return the type a piece of FEEL names (``list<number>``), None when it names nothing known."""
        name = str(syntax.children[0])
        if syntax.data == "type_name":
            return self.named(name)
        parts = parts_of(syntax)
        match name:
            case "list" | "range" if len(parts) == 1 and (item := self.written(parts[0])) is not None:
                return ListOf(item=item) if name == "list" else RangeOf(item=item)
            case "context":
                return self._written_context(parts)
            case "function":
                return self._written_function(parts)
        return None

    def _written_context(self, parts: list[Syntax]) -> ItemType | None:
        if any(part.data != "type_member" for part in parts):
            return None
        members = [(str(part.children[0]), self.written(parts_of(part)[0])) for part in parts]
        return ContextOf(members=tuple((key, member) for key, member in members if member)) if all(m for _, m in members) else None

    def _written_function(self, parts: list[Syntax]) -> ItemType | None:
        taken = [self.written(part) for part in parts if part.data != "type_result"]
        result = [self.written(parts_of(part)[0]) for part in parts if part.data == "type_result"]
        if any(kind is None for kind in (*taken, *result)) or len(result) != 1:
            return None
        return FunctionOf(parameters=tuple(kind for kind in taken if kind), result=result[0] or ANY)
