"""How a built-in function is called: parameters with their kinds, by place or by name, and what becomes of what does not fit.

A signature is written as the standard writes it: ``substring(string: string, start position: number, length: number?)``; ``?``
marks what may be left out, ``|`` alternatives, ``...`` any number of further arguments. Arguments are converted as for every
function (a list of one item to the item, an item to a list of one, a date to its midnight); what then does not fit makes the
result null.

References
----------
DMN 1.5, clauses 10.3.2.9.4 (conversions), 10.3.2.12 (invocation), 10.3.4 (functions).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aljabr.feel.dynamic.budget import bounded
from aljabr.feel.dynamic.comparing import midnight
from aljabr.feel.dynamic.values import Callee, Day, Value, kind_of

_SIGNATURE = re.compile(r"(?P<name>[^(]+)\((?P<parameters>.*)\)")


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """One parameter: its name, the kinds it takes (empty for any), whether it may be left out or repeated."""

    name: str
    kinds: tuple[str, ...]
    optional: bool
    repeated: bool

    def taken(self, value: Value) -> tuple[bool, Value]:
        """Return whether an argument fits, and what it is converted to."""
        kind = kind_of(value)
        if not self.kinds or kind in self.kinds:
            return True, value
        if isinstance(value, list) and len(value) == 1 and kind_of(value[0]) in self.kinds and value[0] is not None:
            return True, value[0]
        if isinstance(value, Day) and "date and time" in self.kinds:
            return True, midnight(value)
        if "list" in self.kinds and value is not None:
            return True, [value]
        return False, None


@dataclass(frozen=True, kw_only=True)
class Function:
    """One way of calling a built-in function."""

    name: str
    parameters: tuple[Parameter, ...]
    apply: Callable[..., Value]

    def arranged(self, positional: list[Value], named: dict[str, Value]) -> list[Value] | None:
        """Return the arguments in order, None when they do not fit this signature."""
        if named:
            return self._by_name(named)
        if len(positional) > len(self.parameters) and not (self.parameters and self.parameters[-1].repeated):
            return None
        last = self.parameters[-1:] * (len(positional) - len(self.parameters))
        if any(not parameter.optional for parameter in self.parameters[len(positional) :]):
            return None
        return _fitting(zip((*self.parameters, *last), positional, strict=False))

    def _by_name(self, named: dict[str, Value]) -> list[Value] | None:
        known = {parameter.name for parameter in self.parameters}
        if not set(named) <= known or any(not p.optional and p.name not in named for p in self.parameters):
            return None
        given = [parameter for parameter in self.parameters if parameter.name in named]
        if any(parameter.name not in named for parameter in self.parameters[: len(given)]):
            return _fitting((p, named.get(p.name)) if p.name in named else (_ANYTHING, None) for p in self.parameters)
        return _fitting((parameter, named[parameter.name]) for parameter in given)


_ANYTHING = Parameter(name="", kinds=(), optional=True, repeated=False)


def _fitting(pairs: Iterable[tuple[Parameter, Value]]) -> list[Value] | None:
    taken = [parameter.taken(value) for parameter, value in pairs]
    return [value for _, value in taken] if all(fits for fits, _ in taken) else None


def built_in(signature: str, apply: Callable[..., Value]) -> Function:
    """Return a function of a signature written out.

    Examples
    --------
    >>> built_in("abs(n: number)", abs).parameters[0].kinds
    ('number',)
    """
    found = _SIGNATURE.fullmatch(signature)
    if found is None:
        raise ValueError(signature)
    parts = [part.strip() for part in found["parameters"].split(",") if part.strip()]
    return Function(name=found["name"], parameters=tuple(_parameter(part) for part in parts), apply=apply)


def _parameter(text: str) -> Parameter:
    name, _, kinds = text.partition(":")
    kinds = kinds.strip()
    return Parameter(
        name=name.strip(),
        kinds=tuple(kind for kind in kinds.rstrip("?.").split("|") if kind != "any"),
        optional=kinds.endswith(("?", "...")),
        repeated=kinds.endswith("..."),
    )


def callable_functions(functions: Iterable[Function]) -> dict[str, Callee]:
    """Return the functions by name, the ways of calling one name tried in order."""
    ways: dict[str, list[Function]] = {}
    for function in functions:
        ways.setdefault(function.name, []).append(function)
    return {name: _callee(name, found) for name, found in ways.items()}


def _callee(name: str, ways: list[Function]) -> Callee:
    def apply(positional: list[Value], named: dict[str, Value]) -> Any:
        for way in ways:
            arguments = way.arranged(positional, named)
            if arguments is not None:
                found = way.apply(*arguments)
                if isinstance(found, str | list):
                    bounded(found)
                return found
        return None

    return Callee(name=name, parameters=tuple(parameter.name for parameter in ways[0].parameters), apply=apply)
