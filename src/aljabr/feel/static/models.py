"""Requirement graphs as shapes: every decision of a model, after the inputs and decisions it requires.

A decision of which no plan can be made is refused with its reason, and so is what requires it; the others stay. Knowledge models and
decision services are inlined where they are invoked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from aljabr.errors import ExpressionRefused
from aljabr.feel.models import Decision, DecisionService, Element, InputData, KnowledgeModel, Model, Reference
from aljabr.feel.static.logic import Logic
from aljabr.feel.static.shapes import NULL_SHAPE, Closure, Record, Refused, Shape, refused
from aljabr.feel.static.specialising import Lets
from aljabr.feel.static.types import StaticTypes, input_shape, typed_shape

Given = Mapping[Reference, Shape]


@dataclass(frozen=True, kw_only=True)
class StaticModel:
    """A model whose facts are not known yet.

    Parameters
    ----------
    inputs : dict of str to tuple
        Every input's variable name and its declared type.
    decisions : dict of Reference to Shape
        What each decision gives; ``Refused`` with the reason where no plan can be made.
    lets : Lets
        The values they share.
    """

    inputs: dict[str, Any]
    decisions: dict[Reference, Shape]
    lets: Lets


def static_model(model: Model, *, test: Callable[[str, Any], bool], service: Reference | None = None) -> StaticModel:
    """Return a model as shapes.

    Parameters
    ----------
    model : Model
        As ``aljabr.programmes.models`` reads it.
    test : callable
        ``test(text, value)`` tells whether a known value passes unary tests.
    service : Reference, optional
        A decision service that is asked instead of the decisions: its input decisions are inputs then.
    """
    graph = _Graph(model=model, test=test, lets=Lets(names=model.names()))
    asked: Iterable[Reference] = [ref for ref, element in model.elements.items() if isinstance(element, Decision)]
    given: dict[Reference, Shape] = {}
    if service is not None and isinstance(found := model.find(service), DecisionService):
        asked = found.outputs
        given = {ref: graph.input(ref) for ref in found.input_decisions}
    decisions = {ref: graph.shape(ref, given) for ref in asked}
    return StaticModel(inputs=graph.inputs, decisions=decisions, lets=graph.lets)


@dataclass(kw_only=True)
class _Graph:
    model: Model
    test: Callable[[str, Any], bool]
    lets: Lets
    inputs: dict[str, Any] = field(default_factory=dict)
    known: dict[Reference, Shape] = field(default_factory=dict)
    types: dict[str, StaticTypes] = field(default_factory=dict)
    open: list[Reference] = field(default_factory=list)

    def shape(self, ref: Reference, given: Given) -> Shape:
        """Return what an element gives; what is given stands for itself."""
        if ref in given:
            return given[ref]
        if not given and ref in self.known:
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
        if not given:
            self.known[ref] = found
        return found

    def input(self, ref: Reference) -> Shape:
        """Return an element as an input with its declared type."""
        element = self.model.find(ref)
        home = self.model.home(ref)
        if element is None or home is None:
            raise refused(f"Nothing has the id {ref.id}.", "Mend the requirement.")
        prefix = self.model.prefix(ref)
        name = f"{prefix}.{element.name}" if prefix else element.name
        wanted = self._types(home).named(element.type_ref)
        self.inputs[name] = wanted
        return self.lets.bind(typed_shape(input_shape(name, wanted), wanted, self.lets, f"The input {name}"))

    def _types(self, home: Model) -> StaticTypes:
        return self.types.setdefault(home.namespace, StaticTypes(home, self.test))

    def _found(self, ref: Reference, given: Given) -> Shape:
        element, home = self.model.find(ref), self.model.home(ref)
        if element is None or home is None:
            raise refused(f"Nothing has the id {ref.id}.", "Mend the requirement.")
        match element:
            case InputData():
                return self.input(ref)
            case Decision():
                return self._decision(element, home, given)
            case KnowledgeModel():
                return self._knowledge(element, home)
        return self._service(element, home, given)

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
        return self._logic(home).closure(knowledge.name, knowledge.function, scope)

    def _service(self, service: DecisionService, home: Model, given: Given) -> Shape:
        refs = (*service.input_decisions, *service.input_data)
        elements = [self.model.find(ref) for ref in refs]
        names = tuple(element.name if element else "" for element in elements)

        def inline(arguments: Mapping[str, Shape]) -> Shape:
            typed = {
                ref: self._logic(home).typed(arguments[name], element.type_ref if element else "", name)
                for ref, name, element in zip(refs, names, elements, strict=True)
            }
            outputs = {self._name(ref): self.shape(ref, {**given, **typed}) for ref in service.outputs}
            return next(iter(outputs.values())) if len(outputs) == 1 else Record(entries=outputs)

        return Closure(name=service.name, parameters=names, inline=inline)

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
