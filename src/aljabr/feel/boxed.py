"""Boxed expressions: the decision logic of a DMN model as records, FEEL text inside them left as it stands.

One record for each form of DMN 1.5, clause 7.3 and clause 10.2.2 ff. ``type_ref`` is the declared type as the model writes it: a
FEEL type, the name of an item definition (``tLoan``, ``import.tLoan``), or empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal as Choices


@dataclass(frozen=True, kw_only=True)
class Literal:
    """A literal expression: FEEL text, unless ``language`` names another language, which only others can run."""

    text: str
    type_ref: str = ""
    language: str = ""


@dataclass(frozen=True, kw_only=True)
class InputColumn:
    """An input clause: what is tested, and the values it may have (unary tests; empty for any)."""

    expression: str
    type_ref: str = ""
    values: str = ""


@dataclass(frozen=True, kw_only=True)
class OutputColumn:
    """An output clause: its name (empty for the only one), its values in their order of priority, its default, all FEEL."""

    name: str = ""
    type_ref: str = ""
    values: str = ""
    default: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """A rule: unary tests, outputs and the types its outputs declare (empty for none), in the order of the columns."""

    id: str
    tests: tuple[str, ...]
    outputs: tuple[str, ...]
    output_types: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Table:
    """A decision table; ``hit_policy`` and ``aggregation`` as the standard writes them (``RULE ORDER``, ``SUM``)."""

    inputs: tuple[InputColumn, ...]
    outputs: tuple[OutputColumn, ...]
    rows: tuple[Row, ...]
    hit_policy: str = "UNIQUE"
    aggregation: str = ""
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a context; without a name it is the result. An entry without logic is null."""

    name: str
    logic: Boxed | None
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Context:
    """A boxed context: later entries read earlier ones."""

    entries: tuple[Entry, ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A formal parameter."""

    name: str
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Function:
    """A function definition; ``kind`` is ``FEEL``, or ``Java`` or ``PMML`` for what only others can run."""

    parameters: tuple[Parameter, ...]
    body: Boxed | None
    kind: str = "FEEL"
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Invocation:
    """A boxed invocation: the function (an expression), and what each of its parameters gets."""

    callee: Boxed | None
    bindings: tuple[Entry, ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Items:
    """A boxed list."""

    items: tuple[Boxed | None, ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A boxed relation: a list of contexts with the same keys."""

    columns: tuple[Parameter, ...]
    rows: tuple[tuple[Boxed | None, ...], ...]
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Conditional:
    """A boxed conditional."""

    condition: Boxed | None
    consequent: Boxed | None
    alternative: Boxed | None
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Filter:
    """A boxed filter: the items of ``source`` that ``match`` keeps."""

    source: Boxed | None
    match: Boxed | None
    type_ref: str = ""


@dataclass(frozen=True, kw_only=True)
class Iteration:
    """A boxed ``for``, ``some`` or ``every`` over ``source``; ``body`` reads the item by the name ``variable``."""

    kind: Choices["for", "some", "every"]
    variable: str
    source: Boxed | None
    body: Boxed | None
    type_ref: str = ""


Boxed = Literal | Table | Context | Function | Invocation | Items | Relation | Conditional | Filter | Iteration


def parts(logic: Boxed) -> tuple[Boxed | None, ...]:
    """Return the boxed expressions directly inside one."""
    match logic:
        case Context(entries=entries):
            return tuple(entry.logic for entry in entries)
        case Function(body=body):
            return (body,)
        case Invocation(callee=callee, bindings=bindings):
            return (callee, *(binding.logic for binding in bindings))
        case Items(items=items):
            return items
        case Relation(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case Conditional(condition=condition, consequent=consequent, alternative=alternative):
            return (condition, consequent, alternative)
        case Filter(source=source, match=match):
            return (source, match)
        case Iteration(source=source, body=body):
            return (source, body)
    return ()


def walk(logic: Boxed | None) -> Iterator[Boxed]:
    """Yield a boxed expression and everything inside it, outermost first."""
    waiting = [logic]
    while waiting:
        if (current := waiting.pop()) is not None:
            yield current
            waiting += reversed(parts(current))


def introduced_names(logic: Boxed | None) -> Iterator[str]:
    """Yield the names a boxed expression gives to its own parts: entries, parameters, columns, outputs, variables."""
    yield from member_names(logic)
    for part in walk(logic):
        match part:
            case Function(parameters=parameters):
                yield from (parameter.name for parameter in parameters)
            case Invocation(bindings=bindings):
                yield from (binding.name for binding in bindings)
            case Iteration(variable=variable):
                yield variable


def member_names(logic: Boxed | None) -> Iterator[str]:
    """Yield the names that may stand after a dot, or in a filter: keys of the contexts a boxed expression makes."""
    for part in walk(logic):
        match part:
            case Context(entries=entries):
                yield from (entry.name for entry in entries)
            case Relation(columns=columns):
                yield from (column.name for column in columns)
            case Table(outputs=outputs):
                yield from (output.name for output in outputs)
