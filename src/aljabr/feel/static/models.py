"""Requirement graphs as shapes: every decision of a model, after the inputs and decisions it requires.

A decision of which no plan can be made is refused with its reason, and so is what requires it; the others stay. Knowledge models
and decision services are inlined where they are invoked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic import passes_tests
from aljabr.feel.dynamic.budget import one_question
from aljabr.feel.dynamic.types import Basic, ItemType, result_type
from aljabr.feel.models import Decision, DecisionService, Element, InputData, KnowledgeModel, Model, Reference
from aljabr.feel.static.logic import Logic
from aljabr.feel.static.shapes import NULL_SHAPE, Record, Refused, Shape, refused
from aljabr.feel.static.specialising import Lets, closure, invoke
from aljabr.feel.static.types import StaticTypes, input_shape, typed_shape

Given = Mapping[Reference, Shape]


@dataclass(frozen=True, kw_only=True)
class StaticModel:
    """A model whose facts are not known yet.

    Parameters
    ----------
    inputs : dict of Reference to tuple
        Every input's name and its type.
    decisions : dict of Reference to Shape
        What each decision gives; ``Refused`` with the reason where no plan can be made.
    lets : Lets
        The values they share.
    """

    inputs: dict[Reference, tuple[str, ItemType | None]]
    decisions: dict[Reference, Shape]
    lets: Lets


def static_model(
    model: Model, *, asked: Iterable[Reference] | None = None, untyped: Mapping[Reference, ItemType] | None = None
) -> StaticModel:
    """Return a model as shapes.

    Parameters
    ----------
    model : Model
        As ``aljabr.programmes.models`` reads it.
    asked : iterable of Reference, optional
        The decisions, or decision services with their input decisions as inputs; all decisions otherwise.
    untyped : mapping of Reference to ItemType
        The types of the columns of inputs that declare none.
    """
    lets = Lets(names=model.member_names(), taken=typed_shape)
    graph = _Graph(model=model, lets=lets, untyped=untyped or {})
    if asked is None:
        asked = [ref for ref, element in model.elements.items() if isinstance(element, Decision)]
    with one_question(model.file):
        decisions = {ref: graph.answered(ref) for ref in asked}
    return StaticModel(inputs=graph.inputs, decisions=decisions, lets=graph.lets)


def _test(tests: str, value: Any) -> bool:
    return passes_tests(tests, value) is True


@dataclass(kw_only=True)
class _Graph:
    model: Model
    lets: Lets
    untyped: Mapping[Reference, ItemType]
    inputs: dict[Reference, tuple[str, ItemType | None]] = field(default_factory=dict)
    known: dict[Reference, Shape] = field(default_factory=dict)
    types: dict[str, StaticTypes] = field(default_factory=dict)
    open: list[Reference] = field(default_factory=list)
    given: Given | None = None

    def answered(self, ref: Reference) -> Shape:
        """Return what a decision gives, or a service for its inputs."""
        element = self.model.find(ref)
        if not isinstance(element, DecisionService):
            return self.shape(ref, {})
        try:
            home = self.model.home(ref) or self.model
            refs = (*element.input_data, *element.input_decisions)
            return self.lets.bind(invoke(self._service(element, home), [self.input(ref) for ref in refs], {}, self.lets))
        except ExpressionRefused as refusal:
            return Refused(why=f"decision service {element.name}: {refusal}")

    def shape(self, ref: Reference, given: Given) -> Shape:
        """Return what an element gives; what is given stands for itself."""
        if ref in given:
            return given[ref]
        if ref in self.known:
            return self.known[ref]
        if ref in self.open:
            return Refused(why="It requires itself in a circle. Take one requirement out.")
        self.open.append(ref)
        try:
            found = self._found(ref, given)
        except ExpressionRefused as refusal:
            found = Refused(why=str(refusal))
        finally:
            self.open.pop()
        self.known[ref] = found
        return found

    def input(self, ref: Reference) -> Shape:
        """Return an element as an input with its declared type."""
        element = self.model.find(ref)
        home = self.model.home(ref)
        if element is None or home is None:
            raise refused(f"Nothing has the id {ref.id}.", "Mend the requirement.")
        if ref not in self.inputs:
            prefix = self.model.prefix(ref)
            name = f"{prefix}.{element.name}" if prefix else element.name
            taken = {other for other, _ in self.inputs.values()}
            name = name if name not in taken else f"{ref.namespace}.{name}"
            self.inputs[ref] = (name, self._types(home).named(element.type_ref) or self.untyped.get(ref))
        name, wanted = self.inputs[ref]
        if wanted == Basic(name="Any"):
            wanted = self.untyped.get(ref)
            self.inputs[ref] = (name, wanted)
        return self.lets.bind(typed_shape(input_shape(name, wanted), wanted, self.lets, f"The input {name}"))

    def _types(self, home: Model) -> StaticTypes:
        return self.types.setdefault(home.namespace, StaticTypes(home, _test))

    def _found(self, ref: Reference, given: Given) -> Shape:
        element, home = self.model.find(ref), self.model.home(ref)
        if element is None or home is None:
            raise refused(f"Nothing has the id {ref.id}.", "Mend the requirement.")
        match element:
            case InputData():
                return self.input(ref) if self.given is None else NULL_SHAPE
            case Decision():
                return self._decision(element, home, given)
            case KnowledgeModel():
                return self._knowledge(element, home)
        return self._service(element, home)

    def _logic(self, home: Model) -> Logic:
        return Logic(types=self._types(home), lets=self.lets)

    def _decision(self, decision: Decision, home: Model, given: Given) -> Shape:
        logic, where = self._logic(home), f"decision {decision.name}"
        if decision.logic is None:
            return NULL_SHAPE
        try:
            found = logic.shape(decision.logic, self._scope(home, (*decision.requires, *decision.knows), given))
            return self.lets.bind(logic.typed(found, decision.type_ref, where))
        except ExpressionRefused as refusal:
            raise refused(f"{where}: {refusal}") from refusal

    def _knowledge(self, knowledge: KnowledgeModel, home: Model) -> Shape:
        if knowledge.function is None:
            return NULL_SHAPE
        scope = cache(lambda: self._scope(home, knowledge.knows, {}))
        return self._logic(home).closure(knowledge.name, knowledge.function, scope, knowledge.type_ref)

    def _service(self, service: DecisionService, home: Model) -> Shape:
        refs = (*service.input_data, *service.input_decisions)
        found = [(self.model.find(ref), self.model.home(ref) or home) for ref in refs]
        parameters = {element.name: self._types(there).named(element.type_ref) for element, there in found if element}

        def body(given: Mapping[str, Shape]) -> Shape:
            inner = dict(zip(refs, given.values(), strict=True))
            outputs = {self._name(ref): self._inside(ref, inner) for ref in service.outputs}
            value = next(iter(outputs.values())) if len(outputs) == 1 else Record(entries=outputs)
            return typed_shape(value, result_type(self._types(home).named(service.type_ref)), self.lets, service.name)

        return closure(service.name, parameters, body, self.lets)

    def _inside(self, ref: Reference, given: Given) -> Shape:
        """What a decision gives inside a service: only what the service is given is known, other inputs are null."""
        inner = _Graph(model=self.model, lets=self.lets, untyped={}, given=given, types=self.types)
        return inner.shape(ref, given)

    def _name(self, ref: Reference) -> str:
        element: Element | None = self.model.find(ref)
        return element.name if element else ref.id

    def _scope(self, home: Model, refs: tuple[Reference, ...], given: Given) -> dict[str, Shape]:
        scope: dict[str, Shape] = {}
        imported: dict[str, dict[str, Shape]] = {}
        for ref in refs:
            prefix = home.prefix(ref)
            (imported.setdefault(prefix, {}) if prefix else scope)[self._name(ref)] = self.shape(ref, given)
        return {**scope, **{prefix: Record(entries=entries) for prefix, entries in imported.items()}}
