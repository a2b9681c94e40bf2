"""The use case: a programme, changes to it and claims go in; a page, tables and a summary come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aljabr.errors import UsageError
from aljabr.money import Unreadable, read_money
from aljabr.programmes import load_programme, refuse_real_claims
from aljabr.programmes.changes import ChangedProgramme, lay_over
from aljabr.programmes.records import Programme
from aljabr.programmes.sweeps import can_move, current_value, moved, read_sweep
from aljabr.relations import Database
from aljabr.report.simulation_figures import SimulationFigures
from aljabr.report.simulation_page import render_simulation
from aljabr.report.simulation_text import summary_lines
from aljabr.report.suppression import THRESHOLD
from aljabr.report.wording import programme_labels
from aljabr.runs.simulation.claims import Claims, lay_out_claims
from aljabr.runs.simulation.outputs import write_items, write_tables
from aljabr.runs.simulation.scenarios import IN_FORCE, Purse, Question, scenario_figures, sweep_figure
from aljabr.runs.writing import check_place, finished_folder

PAGE = "simulation.html"


@dataclass(frozen=True, kw_only=True)
class Simulation:
    """The figures, and where page and tables lie."""

    out: Path
    figures: SimulationFigures

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for machines; a withheld one is null."""
        return {"out": str(self.out), **asdict(self.figures)}

    def lines(self) -> list[str]:
        """Return the summary for people."""
        return [*summary_lines(self.figures), f"Page: {self.out / PAGE}", f"Tables: {self.out}/*.parquet"]


def simulate_changes(  # noqa: PLR0913 - one parameter for each option
    programme: str,
    changes: Sequence[Path],
    claims: Path,
    out: Path,
    *,
    by: Sequence[str] = (),
    sweep: str = "",
    budget: int | str | None = None,
    capacity: int | None = None,
    threshold: int = THRESHOLD,
    as_of: date | None = None,
    synthetic: bool = False,
) -> Simulation:
    """Compare the law in force with every change on the same claims.

    Parameters
    ----------
    programme : str
        A shipped programme's name, or a folder.
    changes : sequence of Path
        Files or folders, see ``aljabr.programmes.changes``; none when only a number is swept.
    claims : Path
        Facts as CSV or Parquet, or a folder that ``aljabr run`` wrote.
    out : Path
        Folder to write; must not be there, or be empty.
    by : sequence of str
        Columns to break down by; ``COLUMN=18:30:60`` to put a number into bands first.
    sweep : str
        ``NAME=FROM:TO:STEP``.
    budget, capacity : int, optional
        Money a year in the currency's major unit, and items decided a month; both or neither.
    threshold : int
        The smallest number of persons shown.
    as_of : date, optional
        Day of the decisions; otherwise the claims' own ``decided_on``.
    synthetic : bool
        Declares that every claim is invented; a programme that is ``synthetic_only`` takes no others.

    Raises
    ------
    SyntheticOnly
        When the programme takes invented claims only and these are not declared to be.
    UsageError
        When there is nothing to try, an option contradicts another, or ``out`` is not empty.
    ProgrammeBroken
        When a change cannot be used.
    SourceBroken
        When the claims cannot be read.
    """
    _check_call(out, something=bool(changes or sweep))
    law = load_programme(programme)
    refuse_real_claims(law, synthetic=synthetic)
    changed = _changed(law, changes)
    swept, purse = read_sweep(sweep) if sweep else None, _purse(law, budget, capacity)
    question = Question(programme=law, changes=changed, sweep=swept, purse=purse, threshold=threshold)
    _check_sweep(question)
    return Simulation(out=out, figures=_written(question, claims, out, by=by, as_of=as_of))


def _check_call(out: Path, *, something: bool) -> None:
    if not something:
        raise UsageError("There is nothing to try.", "Give a --change, or a number to --sweep.")
    check_place(out)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"{out} is not empty.", "Choose another --out.")


def _written(question: Question, claims: Path, out: Path, *, by: Sequence[str], as_of: date | None) -> SimulationFigures:
    """Compute and write beside ``out``, then move into place in one step."""
    changes = question.changes
    with finished_folder(out) as unfinished, Database() as db:
        laws = [question.programme, *(change.programme for change in changes)]
        figures = _figures(db, question, lay_out_claims(db, laws, claims, by=by, as_of=as_of))
        if changes:
            write_items(db, [change.key for change in changes], unfinished / "private")
        write_tables(figures, unfinished)
        (unfinished / PAGE).write_text(render_simulation(figures), encoding="utf-8")
    return figures


def _figures(db: Database, question: Question, laid: Claims) -> SimulationFigures:
    law, purse = question.programme, question.purse
    first, last = db.rows("SELECT min(decided_on), max(decided_on) FROM facts")[0]
    return SimulationFigures(
        programme=law.key,
        programme_hash=law.hash,
        title=law.title,
        issuer=law.issuer,
        languages=law.languages,
        as_of=first if first == last else None,
        currency=law.currency.code,
        exponent=law.currency.exponent,
        labels=programme_labels(law),
        items=laid.items,
        persons=int(db.value("SELECT count(DISTINCT person) FROM _standing")),
        threshold=question.threshold,
        left_out=laid.left_out,
        budget_minor=purse.budget_minor if purse else None,
        capacity=purse.capacity if purse else None,
        scenarios=scenario_figures(db, question, laid),
        sweep=sweep_figure(db, question),
    )


def _changed(law: Programme, paths: Sequence[Path]) -> tuple[ChangedProgramme, ...]:
    changes = [lay_over(law, path) for path in paths]
    names = [IN_FORCE, *(change.key for change in changes)]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"Two versions are called {name}.", "Give each change a file or folder name of its own.")
    return tuple(changes)


def _purse(law: Programme, budget: int | str | None, capacity: int | None) -> Purse | None:
    if budget is None and capacity is None:
        return None
    if budget is None or capacity is None:
        raise UsageError("A waiting time needs money and hands.", "Give both --budget and --capacity-per-month.")
    try:
        minor = read_money(str(budget), currency=law.currency.code, exponent=law.currency.exponent)
    except Unreadable as refused:
        raise UsageError(f"--budget {budget}: {refused.reason}", "Write the money of a year in digits, as 2500000.") from refused
    if minor < 1 or capacity < 1:
        raise UsageError("Budget and capacity must be above 0.", "Give the money of a year and the items decided in a month.")
    return Purse(budget_minor=minor, capacity=capacity)


def _check_sweep(question: Question) -> None:
    """Refuse a sweep before anything is computed, not at its last step."""
    if question.sweep:
        current_value(question.programme, question.sweep)
        changed = [change.programme for change in question.changes if can_move(change.programme, question.sweep)]
        for law in [question.programme, *changed]:
            for value in question.sweep.steps:
                moved(law, question.sweep, value)
