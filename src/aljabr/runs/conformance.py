"""Runs the DMN Technology Compatibility Kit on the interpreter and on the set evaluator, and counts.

Each case of each group (a folder with models and case files) is asked of both. A case *passes* when every result it names comes out
as expected; it is *refused* when an evaluator says that it cannot answer; anything else is *wrong*. A model that cannot be read
refuses all its cases and stops nothing.

A case that expects an error (``errorResult``) passes with null, which is what FEEL makes of an error; it also passes when the
interpreter refuses the text because it is outside FEEL's grammar, for that is the error such a case asks for. Numbers the kit
gives to 8 or more decimal places come from binary floats; they are met when ours is less than 0.00000001 away, which is what the
kit's own runners ask for. All others must be exact.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from aljabr.errors import AljabrError, ExpressionRefused, UsageError
from aljabr.feel.dynamic import Value, decide, same_value
from aljabr.feel.models import Decision, DecisionService, InputData, KnowledgeModel, Model, Reference
from aljabr.programmes.models import read_model
from aljabr.runs.conformance_cases import Case, Expected, read_cases
from aljabr.runs.conformance_sets import decide_by_sets

# What a fault in an evaluator may raise; it is told as a refusal, because the kit has to be run to its end.
_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
EVALUATORS = ("interpreter", "set")
_OUTCOMES = ("passed", "refused", "wrong")
_FLOAT_PLACES = 8
_FLOAT_TOLERANCE = Decimal("0.00000001")

Asked = Decision | DecisionService | KnowledgeModel
Answer = Callable[[Model, Asked, Mapping[Reference, Value]], Value]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of one case on one evaluator; ``why`` says what differs or why it was refused."""

    group: str
    case: str
    evaluator: str
    outcome: str
    why: str = ""


@dataclass
class Conformance:
    """The verdicts on every case."""

    verdicts: list[Verdict] = field(default_factory=list)

    def counts(self, group: str | None = None) -> dict[str, dict[str, int]]:
        """Return cases, passed, refused and wrong for each evaluator, of one group or of all."""
        counted = {evaluator: Counter[str]() for evaluator in EVALUATORS}
        for verdict in self.verdicts:
            if group in (None, verdict.group):
                counted[verdict.evaluator][verdict.outcome] += 1
        return {
            evaluator: {"cases": sum(found.values()), **{outcome: found[outcome] for outcome in _OUTCOMES}}
            for evaluator, found in counted.items()
        }

    def groups(self) -> list[str]:
        """Return the names of the groups, in order."""
        return sorted({verdict.group for verdict in self.verdicts})

    def to_dict(self) -> dict[str, Any]:
        """Return the totals, every group's counts, and every verdict that is not passed, with its reason."""
        failed = [
            {"group": one.group, "case": one.case, "evaluator": one.evaluator, "outcome": one.outcome, "why": one.why}
            for one in self.verdicts
            if one.outcome != "passed"
        ]
        return {"total": self.counts(), "groups": {group: self.counts(group) for group in self.groups()}, "reasons": failed}

    def lines(self) -> list[str]:
        """Return a table for people: groups, then totals."""
        names = [*self.groups(), ""]
        width = max(len(name) for name in names)
        found = [f"{'group':<{width}}  {'interpreter':>24}  {'set':>24}", f"{'':<{width}}" + "   passed refused  wrong " * 2]
        for name in names:
            counts = self.counts(name or None)
            cells = "".join("  " + "".join(f"{counts[way][outcome]:>8}" for outcome in _OUTCOMES) for way in EVALUATORS)
            found.append(f"{name or 'total':<{width}}{cells}")
        return found


def run_kit(folder: Path) -> Conformance:
    """Run every group below a folder.

    Parameters
    ----------
    folder : Path
        The kit's root, its ``TestCases``, a level, or one group.

    Raises
    ------
    UsageError
        When there is no group below it.
    """
    groups = sorted({path.parent for path in folder.rglob("*.dmn")}) if folder.is_dir() else []
    if not groups:
        raise UsageError(f"{folder} has no models of the kit.", "Name its root, TestCases, a level or a group.")
    result = Conformance()
    for group in groups:
        name = group.name if group != folder else folder.resolve().name
        result.verdicts += _run_group(group, name)
    return result


def _run_group(group: Path, name: str) -> Iterator[Verdict]:
    model_of = cache(read_model)
    for file in sorted(group.glob("*.xml")):
        try:
            cases = read_cases(file)
        except AljabrError as error:
            yield from (Verdict(group=name, case=file.name, evaluator=way, outcome="refused", why=str(error)) for way in EVALUATORS)
            continue
        for case in cases:
            for way, answer in (("interpreter", _by_interpreter), ("set", decide_by_sets)):
                outcome, why = _judged(group, case, model_of, answer)
                yield Verdict(group=name, case=f"{file.stem}:{case.id}", evaluator=way, outcome=outcome, why=why)


def _by_interpreter(model: Model, element: Asked, inputs: Mapping[Reference, Value]) -> Value:
    return decide(model, element.name, inputs, namespace=element.reference.namespace)


def _judged(group: Path, case: Case, model_of: Callable[[Path], Model], answer: Answer) -> tuple[str, str]:
    try:
        model = model_of(_model_file(group, case))
        inputs = _inputs(model, case)
    except AljabrError as error:
        return "refused", str(error)
    found = [_met(model, case, expected, inputs, answer) for expected in case.results]
    return max(found, key=lambda one: _OUTCOMES.index(one[0]), default=("passed", ""))


def _model_file(group: Path, case: Case) -> Path:
    named = group / Path(case.model).name
    if case.model and named.is_file():
        return named
    models = sorted(group.glob("*.dmn"))
    same = [path for path in models if path.stem == group.name]
    return (same or models)[0]


def _inputs(model: Model, case: Case) -> dict[Reference, Value]:
    """The given values by the element they belong to; what the model has no element for is left aside."""
    found: dict[Reference, Value] = {}
    for given in case.inputs:
        if isinstance(model.named(case.invocable), KnowledgeModel):
            found[Reference(namespace="", id=given.name)] = given.value
            continue
        elements = [element for element in _elements(model) if element.name == given.name]
        kinds = [element for element in elements if given.namespace in ("", element.reference.namespace)]
        chosen = next((element for element in kinds if isinstance(element, InputData)), next(iter(kinds), None))
        if chosen is not None:
            found[chosen.reference] = given.value
    return found


def _elements(model: Model) -> Iterator[Any]:
    yield from model.elements.values()
    for imported in model.imports.values():
        yield from _elements(imported)


def _met(model: Model, case: Case, expected: Expected, inputs: dict[Reference, Value], answer: Answer) -> tuple[str, str]:
    """Ask for one result and compare it."""
    element = model.named(case.invocable or expected.name)
    try:
        if element is None or isinstance(element, InputData):
            raise ExpressionRefused(f"{model.file} has no decision {case.invocable or expected.name}.", "Mend the case.")
        value = answer(model, element, inputs)
    except _FAULTS as error:
        return "refused", f"{expected.name}: a fault of the evaluator, {type(error).__name__}: {error}"
    except AljabrError as error:
        if expected.error and expected.value is None and "expression" in error.details:
            return "passed", ""
        return "refused", f"{expected.name}: {error}"
    if isinstance(element, DecisionService) and len(element.outputs) > 1 and isinstance(value, dict) and expected.name in value:
        value = value[expected.name]
    if agrees(expected.value, value):
        return "passed", ""
    return "wrong", f"{expected.name}: expected {expected.value!r}, found {value!r}"


def agrees(expected: Value, found: Value) -> bool:
    """Return whether a value is what the kit expects, floats among its numbers allowed for.

    Examples
    --------
    >>> agrees(Decimal("0.33333333"), Decimal(1) / 3), agrees(Decimal("0.33"), Decimal(1) / 3)
    (True, False)
    """
    if isinstance(expected, Decimal) and isinstance(found, Decimal):
        exponent = expected.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return expected == found or (places >= _FLOAT_PLACES and abs(expected - found) < _FLOAT_TOLERANCE)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(agrees, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(agrees(value, found[key]) for key, value in expected.items())
    return same_value(expected, found)
