"""Computes the figures of a simulation: the law in force and every change on the same claims, then the sweep.

The law in force is decided once; each change is decided, compared with it and counted. All of it is set-based; only worked cases,
of which there are few, go through the reference interpreter.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from aljabr.programmes.changes import ChangedProgramme
from aljabr.programmes.differences import differences
from aljabr.programmes.edits import amount_of
from aljabr.programmes.records import Programme
from aljabr.programmes.sweeps import Sweep, can_move, current_value, moved
from aljabr.relations import Database
from aljabr.report.simulation_cells import breakdown, outcome_counts, total_effect, transition_figures
from aljabr.report.simulation_figures import (
    CaseFigure,
    DifferenceFigure,
    ScenarioFigure,
    SweepFigure,
    SweepPoint,
    WaitingFigure,
)
from aljabr.report.suppression import withheld_steps
from aljabr.rules import recompute
from aljabr.rules.comparison import compare, decide, effects, outcomes, persons_apart, totals, transitions
from aljabr.rules.waiting import waiting
from aljabr.runs.simulation.claims import GROUP, Claims

IN_FORCE = "in_force"


@dataclass(frozen=True, kw_only=True)
class Purse:
    """Money a year in minor units, and items decided a month."""

    budget_minor: int
    capacity: int


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of the claims.

    Parameters
    ----------
    programme : Programme
        In force.
    changes : tuple of ChangedProgramme
        To compare with it.
    sweep : Sweep or None
        A number to move, under each of them.
    purse : Purse or None
        For the waiting time.
    threshold : int
        The smallest number of persons shown.
    """

    programme: Programme
    changes: tuple[ChangedProgramme, ...]
    sweep: Sweep | None
    purse: Purse | None
    threshold: int


def scenario_figures(db: Database, question: Question, claims: Claims) -> tuple[ScenarioFigure, ...]:
    """Return the law in force and every change as figures; the items that change N decides otherwise stay in ``_items_N``."""
    decide(db, question.programme, into="_decided_0")
    for number, change in enumerate(question.changes, 1):
        decide(db, change.programme, into=f"_decided_{number}")
    paid = [totals(db, f"_decided_{number}") for number in range(len(question.changes) + 1)]
    hidden = withheld_steps([persons for persons, _ in paid], threshold=question.threshold)
    shown = [(None, None) if place in hidden else pair for place, pair in enumerate(paid)]
    before = outcome_counts(outcomes(db, "_decided_0"), after=False, threshold=question.threshold)
    figures = [
        ScenarioFigure(
            key=IN_FORCE,
            title={},
            why={},
            hash=question.programme.hash,
            outcomes=before,
            paid_persons=shown[0][0],
            money_minor=shown[0][1],
            waiting=_waiting(db, question, 0),
        )
    ]
    for number, change in enumerate(question.changes, 1):
        figures.append(_changed(db, question, claims, change, number=number, before=before, paid=shown[number]))
    return tuple(figures)


def sweep_figure(db: Database, question: Question) -> SweepFigure | None:
    """Return persons and money at every step of the sweep, under the law in force and every change that has the number."""
    sweep = question.sweep
    if sweep is None:
        return None
    laws = [(IN_FORCE, question.programme), *((change.key, change.programme) for change in question.changes)]
    points: list[SweepPoint] = []
    for number, (key, law) in enumerate(laws):
        if can_move(law, sweep):
            points += _swept(db, question, law, scenario=key, standing=f"_decided_{number}")
    unit = amount_of(question.programme, sweep.name).unit if sweep.is_amount else ""
    return SweepFigure(name=sweep.name, unit=unit, now=_plain(current_value(question.programme, sweep)), points=tuple(points))


def _swept(db: Database, question: Question, law: Programme, *, scenario: str, standing: str) -> list[SweepPoint]:
    """The points of one version; one that few persons tell apart from another one shown is withheld."""
    assert question.sweep is not None
    shown, points = "", []
    for number, value in enumerate(question.sweep.steps):
        here = f"_step_{number % 2}" if shown != f"_step_{number % 2}" else f"_step_{(number + 1) % 2}"
        decide(db, moved(law, question.sweep, value), into=here, money_only=True)
        persons, money = totals(db, here)
        apart = [persons, *(persons_apart(db, here, other) for other in (standing, shown) if other)]
        known = not any(0 < count < question.threshold for count in apart)
        shown = here if known else shown
        points.append(
            SweepPoint(
                scenario=scenario, value=_plain(value), persons=persons if known else None, money_minor=money if known else None
            )
        )
    return points


def _changed(
    db: Database,
    question: Question,
    claims: Claims,
    change: ChangedProgramme,
    *,
    number: int,
    before: dict[str, int | None],
    paid: tuple[int | None, int | None],
) -> ScenarioFigure:
    threshold = question.threshold
    compare(db, before="_decided_0", after=f"_decided_{number}", differing=f"_items_{number}")
    total = total_effect(effects(db, None), threshold=threshold)
    counted = transitions(db)
    after = outcome_counts(counted, after=True, threshold=threshold)
    return ScenarioFigure(
        key=change.key,
        title=change.title,
        why=change.why,
        hash=change.programme.hash,
        outcomes=after,
        paid_persons=paid[0],
        money_minor=paid[1] if total.after_minor is not None else None,
        waiting=_waiting(db, question, number),
        differences=tuple(
            DifferenceFigure(kind=d.kind, place=d.place, before=d.before, after=d.after, since=d.since, unit=d.unit)
            for d in differences(question.programme, change.programme)
        ),
        total=total,
        breakdowns=tuple(breakdown(name, effects(db, GROUP + name), total=total, threshold=threshold) for name in claims.groups),
        transitions=transition_figures(counted, before=before, after=after, threshold=threshold),
        cases=_cases(question.programme, change.programme),
    )


def _waiting(db: Database, question: Question, number: int) -> WaitingFigure | None:
    if question.purse is None:
        return None
    purse = question.purse
    found = waiting(db, f"_decided_{number}", budget_minor=purse.budget_minor, capacity=purse.capacity)
    return WaitingFigure(
        decided_months=found.decided_months,
        median_months=found.median_months,
        ninetieth_months=found.ninetieth_months,
        last_months=found.last_months,
    )


def _cases(programme: Programme, changed: Programme) -> tuple[CaseFigure, ...]:
    """The worked cases that come out otherwise: they have to be looked at, and written again if the change is adopted."""
    found = []
    for case in programme.cases:
        was, now = recompute(programme, case.facts), recompute(changed, case.facts)
        if (was["outcome"], was["amount_minor"]) != (now["outcome"], now["amount_minor"]):
            found.append(
                CaseFigure(
                    case=case.key,
                    title=case.title,
                    outcome_before=str(was["outcome"]),
                    outcome_after=str(now["outcome"]),
                    before_minor=_whole(was["amount_minor"]),
                    after_minor=_whole(now["amount_minor"]),
                )
            )
    return tuple(found)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) else None


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
