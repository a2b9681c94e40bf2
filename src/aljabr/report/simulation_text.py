"""Says a simulation in a few lines for a terminal: what each version pays, who gains and loses, how long people wait."""

from __future__ import annotations

from collections.abc import Iterator

from aljabr.money import money_text
from aljabr.report.simulation_figures import ScenarioFigure, SimulationFigures
from aljabr.report.wording import pick

ASSUMPTIONS = (
    "every item decided again from month 1 in the order of filing; a year's money comes at its beginning and is kept until used;",
    "paid in full in the order of decision once the money covers it and all before it; no later claims, part payments or loans.",
)


def summary_lines(figures: SimulationFigures) -> list[str]:
    """Return the summary; counts under the threshold read ``withheld``."""
    return list(_lines(figures))


def _lines(figures: SimulationFigures) -> Iterator[str]:
    yield f"{figures.programme}: {figures.items:,} items of {figures.persons:,} persons, amounts in {figures.currency}"
    for scenario in figures.scenarios:
        yield f"  {_name(scenario)}"
        outcomes = ", ".join(f"{code} {_number(items)}" for code, items in scenario.outcomes.items())
        yield f"    {outcomes}"
        yield f"    money {_money(figures, scenario.money_minor)} to {_number(scenario.paid_persons)} persons"
        if scenario.total:
            total = scenario.total
            ways = f"gain {_number(total.gain)}, lose {_number(total.lose)}, unchanged {_number(total.unchanged)}"
            yield f"    persons: {ways}; money {_money(figures, total.change_minor, sign=True)}"
        if scenario.waiting:
            w = scenario.waiting
            yield (
                f"    months: all decided {w.decided_months}, half paid {w.median_months or '-'}, "
                f"nine tenths {w.ninetieth_months or '-'}, all {w.last_months or '-'}"
            )
        for case in scenario.cases:
            yield f"    worked case {case.case}: {case.outcome_before} → {case.outcome_after}"
    if figures.budget_minor is not None:
        yield f"  Waiting assumes: {ASSUMPTIONS[0]}"
        yield f"    {ASSUMPTIONS[1]}"
    if figures.sweep:
        yield f"  {figures.sweep.name} (now {figures.sweep.now}):"
        for point in figures.sweep.points:
            yield f"    {point.scenario} {point.value}: {_number(point.persons)} persons, {_money(figures, point.money_minor)}"
    for column, why in figures.left_out.items():
        yield f"  Not broken down by {column}: {why}."
    yield f"  Counts of fewer than {figures.threshold} persons are withheld."


def _name(scenario: ScenarioFigure) -> str:
    return "Law in force" if scenario.total is None else f"{scenario.key}: {pick(scenario.title, 'en')}".rstrip(": ")


def _number(value: int | None) -> str:
    return "withheld" if value is None else f"{value:,}"


def _money(figures: SimulationFigures, amount: int | None, *, sign: bool = False) -> str:
    if amount is None:
        return "withheld"
    return ("+" if sign and amount > 0 else "") + money_text(amount, exponent=figures.exponent)
