"""What a model decides: its requirement graph, followed from one decision or service down to the inputs (DMN 1.5, clause 6).

Steps: find the element; evaluate each requirement once, in the scope of the model it belongs to; give the logic exactly what it
requires, under the names it requires it by; take the result as the type its variable declares.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic.boxes import box_value, function_value
from aljabr.feel.dynamic.budget import one_question
from aljabr.feel.dynamic.evaluation import Evaluator, Scope
from aljabr.feel.dynamic.properties import names_in
from aljabr.feel.dynamic.types import ItemType, Types, coerced, result_type
from aljabr.feel.dynamic.values import Callee, Clock, Day, Moment, Value, Zone
from aljabr.feel.models import Decision, DecisionService, Element, InputData, KnowledgeModel, Model, Reference

Inputs = Mapping[Reference, Value]


def decide(model: Model, name: str, inputs: Inputs, *, namespace: str = "", at: datetime | None = None) -> Value:
    """Return what a decision gives, or what a decision service or a knowledge model gives when it is invoked.

    Parameters
    ----------
    model : Model
        As ``aljabr.programmes.models.read_model`` gives it.
    name : str
        Of a decision, decision service or knowledge model.
    inputs : mapping of Reference to value
        Values of input data, and of decisions that are not to be evaluated; what is missing is null. A knowledge model's
        arguments are given as ``Reference(namespace="", id=NAME OF THE PARAMETER)``.
    namespace : str
        Where to look for the name; the model's own otherwise.
    at : datetime
        What ``now()`` and ``today()`` give; the present otherwise.

    Raises
    ------
    ExpressionRefused
        When the model has no such element, an expression is outside the grammar, takes too much, or belongs to another program.
    """
    element = model.named(name, namespace) or model.named(name)
    if element is None or isinstance(element, InputData):
        raise ExpressionRefused(f"{model.file} has no decision {name}.", "Name one of its decisions.")
    run = _Run(model, at or datetime.now(UTC))
    with one_question(name):
        home = model.home(element.reference) or model
        if isinstance(element, DecisionService):
            return run.service(home, element).apply(*run.arguments(element, inputs))
        if isinstance(element, KnowledgeModel):
            callee = run.knowledge(home, element)
            return callee and callee.apply([inputs.get(Reference(namespace="", id=name)) for name in callee.parameters], {})
        return run.given(inputs).decided(home, element)


class _Run:
    """One question to a model: what is already decided, and what it may still cost."""

    def __init__(self, model: Model, at: datetime) -> None:
        self.model = model
        self.clock = clock_functions(at)
        self.evaluators: dict[str, Evaluator] = {}
        self.decisions: dict[Reference, Value] = {}
        self.at_work: set[Reference] = set()
        self.tester = Evaluator(types=Types(None, self._test), names=model.member_names())
        self.given_names: frozenset[str] = frozenset()

    def given(self, inputs: Inputs) -> _Run:
        """Take input values as they are declared."""
        self.given_names = names_in(list(inputs.values()))
        for reference, value in inputs.items():
            element = self.model.find(reference)
            home = self.model.home(reference) or self.model
            self.decisions[reference] = coerced(value, self.evaluator(home).types.named(element.type_ref)) if element else value
        return self

    def inside(self, given: Mapping[Reference, Value]) -> _Run:
        """Return a run of its own for a service's decisions: only what it is given is known."""
        inner = _Run.__new__(_Run)
        inner.__dict__ |= {**self.__dict__, "decisions": dict(given), "at_work": set()}
        return inner

    def evaluator(self, model: Model) -> Evaluator:
        """Return the evaluator of a model's expressions: its types, its names."""
        if model.namespace not in self.evaluators:
            evaluator = Evaluator(types=Types(model, self._test), names=model.member_names() | self.given_names)
            self.evaluators[model.namespace] = evaluator
        return self.evaluators[model.namespace]

    def _test(self, tests: str, value: Value) -> bool:
        return self.tester.passes(tests, value, Scope(self.clock)) is True

    def decided(self, model: Model, decision: Decision) -> Value:
        """Return a decision's value, evaluated once."""
        reference = decision.reference
        if reference not in self.decisions:
            if reference in self.at_work:
                raise ExpressionRefused(f"The decision {decision.name} requires itself.", "Take one requirement out.")
            self.at_work.add(reference)
            evaluator = self.evaluator(model)
            value = box_value(decision.logic, evaluator, self.scope(model, (*decision.requires, *decision.knows)))
            self.decisions[reference] = coerced(value, evaluator.types.named(decision.type_ref))
        return self.decisions[reference]

    def scope(self, model: Model, required: tuple[Reference, ...]) -> Scope:
        """Return what an element's logic may read: the elements it requires, those of an imported model under its name."""
        names: dict[str, Value] = {}
        for reference in required:
            element = model.find(reference)
            if element is None:
                raise ExpressionRefused(f"{model.file} requires {reference.id}, which is not there.", "Mend the href.")
            value = self.value(model.home(reference) or model, element)
            if prefix := model.prefix(reference):
                names.setdefault(prefix, {})[element.name] = value
            else:
                names[element.name] = value
        return Scope(self.clock).within(names)

    def value(self, model: Model, element: Element) -> Value:
        """Return what an element stands for in an expression."""
        match element:
            case InputData(reference=reference):
                return self.decisions.get(reference)
            case Decision():
                return self.decided(model, element)
            case KnowledgeModel():
                return self.knowledge(model, element)
            case DecisionService():
                return self.service(model, element)

    def knowledge(self, model: Model, element: KnowledgeModel) -> Callee | None:
        """Return a knowledge model as a function; it may invoke itself and what it requires."""
        if element.function is None:
            return None
        evaluator = self.evaluator(model)
        inner = _Later(lambda: self.scope(model, element.knows), element.name)
        declared = evaluator.types.named(element.function.type_ref) or evaluator.types.named(element.type_ref)
        result = result_type(declared)
        inner.own = function_value(element.function, evaluator, inner, name=element.name, result=result)
        return inner.own

    def service(self, model: Model, element: DecisionService) -> Callee:
        """Return a decision service as a function of its input data, then its input decisions."""
        references = (*element.input_data, *element.input_decisions)
        found = [(model.find(reference), model.home(reference) or model) for reference in references]
        declared = self.evaluator(model).types.named(element.type_ref)
        taken = _parameter_types(model, element.type_ref, self.evaluator(model).types)
        parameters = [
            (one.name, self.evaluator(home).types.named(one.type_ref) or taken.get(one.name)) for one, home in found if one
        ]

        def body(scope: Scope) -> Value:
            inner = self.inside({reference: scope[name] for reference, (name, _) in zip(references, parameters, strict=True)})
            outputs = {}
            for reference in element.outputs:
                decision = model.find(reference)
                if not isinstance(decision, Decision):
                    raise ExpressionRefused(f"The service {element.name} has an output that is no decision.", "Mend the href.")
                outputs[decision.name] = inner.decided(model.home(reference) or model, decision)
            value = next(iter(outputs.values())) if len(outputs) == 1 else outputs
            return coerced(value, result_type(declared))

        return self.evaluator(model).closure(list(parameters), body, Scope({}), element.name)

    def arguments(self, element: DecisionService, inputs: Inputs) -> tuple[list[Value], dict[str, Value]]:
        """Return the arguments of a service that is asked directly: what is given for its inputs, null for the rest."""
        return [inputs.get(reference) for reference in (*element.input_data, *element.input_decisions)], {}


def _parameter_types(model: Model, type_ref: str, types: Types) -> dict[str, ItemType | None]:
    """The types a function type declares for its parameters."""
    definition = model.types.get(type_ref)
    return {part.name: types.named(part.type_ref) for part in definition.parameters} if definition else {}


class _Later(Scope):
    """The scope of a knowledge model, made when it is first called: knowledge models may require one another."""

    __slots__ = ("make", "name", "own")

    def __init__(self, make: object, name: str) -> None:
        super().__init__({})
        self.make = make
        self.name = name
        self.own: Callee | None = None

    def has(self, name: str) -> bool:
        self._make()
        return super().has(name)

    def __getitem__(self, name: str) -> Value:
        self._make()
        return super().__getitem__(name)

    @property
    def special(self) -> frozenset[str]:
        self._make()
        return super().special

    def _make(self) -> None:
        if self.around is None:
            self.around = self.make()  # type: ignore[operator]
            self.names = {self.name: self.own}


def clock_functions(at: datetime) -> dict[str, Value]:
    """Return ``now()`` and ``today()`` as functions of one instant."""
    at = at.astimezone(UTC)
    day = Day(at.year, at.month, at.day)
    moment = Moment(day, Clock(at.hour, at.minute, at.second, at.microsecond * 1000, Zone()))

    def function(name: str, value: Value) -> Callee:
        return Callee(name=name, apply=lambda positional, named: None if positional or named else value)

    return {"now": function("now", moment), "today": function("today", day)}
