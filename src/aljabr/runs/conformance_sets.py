"""The seam between the conformance runner and the set evaluator: one question to a model, answered by a compiled plan.

Until a model can be compiled as a whole, every question is refused, with the reason; a refusal is counted as such and never as an
answer.
"""

from __future__ import annotations

from collections.abc import Mapping

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic import Value
from aljabr.feel.models import Decision, DecisionService, KnowledgeModel, Model, Reference


def decide_by_sets(model: Model, element: Decision | DecisionService | KnowledgeModel, inputs: Mapping[Reference, Value]) -> Value:
    """Return what a decision, decision service or knowledge model gives, by SQL over relations.

    Raises
    ------
    ExpressionRefused
        When the model, or what it needs for this element, cannot be compiled; the message says why.
    """
    raise ExpressionRefused(f"{element.name} of {model.file} is not compiled.", "The interpreter decides it.")
