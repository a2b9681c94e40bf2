"""The seam between the conformance runner and the set evaluator: one question to a model, answered by a compiled plan.

The plan is made before the values of the inputs are known; only the type of an input that declares none is taken from its value, as
it would be from the type of its column. A refusal is counted as such and never as an answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic import Value, kind_of
from aljabr.feel.dynamic.types import Basic, ItemType, ListOf
from aljabr.feel.models import Decision, DecisionService, KnowledgeModel, Model, Reference
from aljabr.feel.static.models import StaticModel, static_model
from aljabr.relations import Database
from aljabr.rules.models import decide

_plans: dict[tuple[int, Reference, tuple[tuple[Reference, ItemType], ...]], tuple[Model, StaticModel]] = {}


def decide_by_sets(model: Model, element: Decision | DecisionService | KnowledgeModel, inputs: Mapping[Reference, Value]) -> Value:
    """Return what a decision or decision service gives, by SQL over relations.

    Raises
    ------
    ExpressionRefused
        When the model, or what it needs for this element, cannot be compiled; the message says why.
    """
    if isinstance(element, KnowledgeModel):
        raise ExpressionRefused(f"The knowledge model {element.name} is a function.", "Ask for a decision that invokes it.")
    untyped = {ref: kind for ref, value in inputs.items() if (kind := _type_of(value))}
    key = (id(model), element.reference, tuple(untyped.items()))
    if key not in _plans:
        _plans[key] = (model, static_model(model, asked=[element.reference], untyped=untyped))
    plan = _plans[key][1]
    with Database() as db:
        return decide(db, plan, {element.name: plan.decisions[element.reference]}, [inputs])[0][element.name]


def _type_of(value: Value) -> ItemType | None:
    """The type of the column that would hold a value."""
    if isinstance(value, list):
        kinds = {_type_of(item) for item in value}
        return ListOf(item=kinds.pop()) if len(kinds) == 1 and None not in kinds else None  # type: ignore[arg-type]
    kind = kind_of(value)
    return Basic(name=kind) if value is not None and not isinstance(value, dict) else None
