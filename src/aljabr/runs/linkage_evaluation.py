"""Measures linkage on every known truth in a folder: lists with a column of true persons, and generated samples with their truth.

Order of steps: find the sets; link each one untuned, its truth kept out of the evidence; measure pairs, B-cubed and the number of
clusters with intervals; measure again with a threshold chosen by folds; run plain Splink on the same columns and give it the best
threshold in hindsight; measure recall by group; hold what has a bar against it.

A list's truth is a column called ``cluster``, ``truth``, ``person_id`` and the like, or FEBRL's record ids. Lists of one folder
whose truths overlap and hold nobody twice are one set. A sample is a folder of intake beside ``NAME-truth``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from aljabr.errors import AljabrError, UsageError
from aljabr.linkage import ColumnReading, FileLinks, evaluate_pairs, link_tables
from aljabr.linkage.baseline import plain_splink
from aljabr.linkage.groups import GroupRecall, group_recall, loud_gaps
from aljabr.linkage.intervals import Intervals, Tuned, best_threshold, cluster_intervals, tuned_by_folds
from aljabr.linkage.meanings import TRUTH
from aljabr.relations import Database
from aljabr.runs.record_traits import record_traits
from aljabr.runs.tables import read_table

# The least F1 of pairs, by the file's name and the header that tells it from others of that name.
BARS = {"dataset1.csv": 0.99, "dataset2.csv": 0.97, "dataset3.csv": 0.97}
ABOVE_BASELINE = frozenset({"fake_1000.csv"})
THRESHOLDS = tuple(step / 2 for step in range(-8, 31))
_FEBRL = re.compile(r"^rec-(\d+)-(?:org|dup)")
_MOST_BASELINE_RECORDS = 20_000


@dataclass(frozen=True, kw_only=True)
class SetEvaluation:
    """How well one set was linked.

    Parameters
    ----------
    name : str
        Its file, or files.
    records, persons : int
        Rows, and true persons.
    scorer : str
        What weighed the pairs.
    measures : dict of str to float
        Of the untuned linkage; with ``cluster_count_error``.
    intervals : Intervals
        95 %.
    tuned : Tuned
        With a threshold chosen by folds.
    baseline_f1 : float or None
        Plain Splink's best in hindsight; None for sets too large to run it beside.
    groups : tuple of GroupRecall
    warnings : tuple of str
        Gaps of more than three points.
    bar : float or None
        The least F1 asked for; None where nothing is.
    columns : tuple of ColumnReading
    """

    name: str
    records: int
    persons: int
    scorer: str
    measures: dict[str, float | int]
    intervals: Intervals
    tuned: Tuned
    baseline_f1: float | None
    groups: tuple[GroupRecall, ...]
    warnings: tuple[str, ...]
    bar: float | None
    columns: tuple[ColumnReading, ...]

    @property
    def bar_met(self) -> bool | None:
        """Whether the untuned and the cross-validated F1 both reach the bar; None without one."""
        return None if self.bar is None else min(self.measures["f1"], self.tuned.f1) >= self.bar

    def to_dict(self) -> dict[str, Any]:
        """Return everything for machines."""
        return {
            "set": self.name,
            "records": self.records,
            "persons": self.persons,
            "scorer": self.scorer,
            "untuned": self.measures,
            "intervals": {name: list(value) for name, value in vars(self.intervals).items()},
            "cross_validated": {**vars(self.tuned), "thresholds": list(self.tuned.thresholds)},
            "plain_splink_best_f1": self.baseline_f1,
            "groups": [group.to_dict() for group in self.groups],
            "warnings": list(self.warnings),
            "bar": self.bar,
            "bar_met": self.bar_met,
            "columns": [column.to_dict() for column in self.columns],
        }

    def lines(self) -> list[str]:
        """Return the figures for people."""
        m, i = self.measures, self.intervals
        plain = "" if self.baseline_f1 is None else f"; plain Splink at its best threshold {self.baseline_f1:.4f}"
        told = [
            f"{self.name}: {self.records:,} records of {self.persons:,} persons, weighed by {self.scorer}",
            f"  pairs    precision {m['precision']:.4f}  recall {m['recall']:.4f}  F1 {m['f1']:.4f} "
            f"({i.f1[0]:.4f} to {i.f1[1]:.4f})",
            f"  B-cubed  precision {m['bcubed_precision']:.4f}  recall {m['bcubed_recall']:.4f}  F1 {m['bcubed_f1']:.4f} "
            f"({i.bcubed_f1[0]:.4f} to {i.bcubed_f1[1]:.4f})",
            f"  clusters {m['predicted_clusters']:,} for {m['true_clusters']:,}: {m['cluster_count_error']:+.2%} "
            f"({i.cluster_count_error[0]:+.2%} to {i.cluster_count_error[1]:+.2%})",
            f"  cross-validated threshold: F1 {self.tuned.f1:.4f}{plain}",
        ]
        if self.bar is not None:
            told.append(f"  bar {self.bar:.4f}: {'met' if self.bar_met else 'MISSED'}")
        return told + [f"  {warning}" for warning in self.warnings]


@dataclass(frozen=True, kw_only=True)
class LinkageEvaluation:
    """Everything measured in a folder, and what in it was no set.

    Parameters
    ----------
    sets : tuple of SetEvaluation
    samples : tuple of dict
        Generated samples against their truth, with their bars.
    left_out : tuple of str
        Files that were not measured, and why.
    """

    sets: tuple[SetEvaluation, ...]
    samples: tuple[dict[str, Any], ...]
    left_out: tuple[str, ...]

    @property
    def bars_met(self) -> bool:
        """Whether no bar is missed."""
        return all(found.bar_met is not False for found in self.sets) and all(sample["bars_met"] for sample in self.samples)

    def to_dict(self) -> dict[str, Any]:
        """Return everything for machines."""
        return {
            "bars_met": self.bars_met,
            "sets": [found.to_dict() for found in self.sets],
            "samples": list(self.samples),
            "left_out": list(self.left_out),
        }

    def lines(self) -> list[str]:
        """Return the figures for people."""
        told = [line for found in self.sets for line in found.lines()]
        for sample in self.samples:
            told += sample["lines"]
        told += [f"Left out: {reason}" for reason in self.left_out]
        return [*told, "All bars are met." if self.bars_met else "A bar is MISSED."]


@dataclass(frozen=True, kw_only=True)
class _Listed:
    path: Path
    table: pa.Table
    truth: tuple[str, ...]
    febrl: bool


def evaluate_folder(folder: Path) -> LinkageEvaluation:
    """Link and measure every set in a folder.

    Parameters
    ----------
    folder : Path
        Holds lists as CSV or XLSX, in it or one or two folders down, or samples beside their ``NAME-truth``.

    Raises
    ------
    UsageError
        When the folder is missing or holds no set with a known truth.
    """
    from aljabr.runs.sample_evaluation import evaluate_sample, samples_in

    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Name the folder that holds the lists.")
    samples = samples_in(folder)
    inside = {path for sample, truth in samples for part in (sample, truth) for path in part.rglob("*")}
    listed, left_out = [], []
    for path in sorted(
        {*folder.glob("*.csv"), *folder.glob("*.xlsx"), *folder.glob("*/*.csv"), *folder.glob("*/*/*.csv")} - inside
    ):
        found = _listed(path)
        if isinstance(found, str):
            left_out.append(found)
        else:
            listed.append(found)
    sets = tuple(_evaluate(together) for together in _sets(listed))
    measured = tuple(evaluate_sample(sample, truth) for sample, truth in samples)
    if not sets and not measured:
        raise UsageError(
            f"No list in {folder} says who is who.", "Give a list with a column cluster or truth, or a sample beside its truth."
        )
    return LinkageEvaluation(sets=sets, samples=measured, left_out=tuple(left_out))


def _listed(path: Path) -> _Listed | str:
    try:
        table = read_table(path)
    except AljabrError as error:
        return f"{path.name}: {error.what}"
    for column in table.column_names:
        if column.strip().casefold().replace(" ", "_") in {word.replace(" ", "_") for word in TRUTH}:
            truth = tuple(str(value or "").strip() for value in table.column(column).to_pylist())
            return _Listed(path=path, table=table.drop_columns([column]), truth=truth, febrl=False)
    first = next((column for column in table.column_names if pa.types.is_string(table.schema.field(column).type)), None)
    matches = [_FEBRL.match(str(value).strip()) for value in table.column(first).to_pylist()] if first else []
    if first and matches and all(matches):
        people = tuple(match[1] for match in matches if match)
        return _Listed(path=path, table=table.drop_columns([first]), truth=people, febrl=True)
    return f"{path.name}: no column says who is who"


def _sets(listed: Sequence[_Listed]) -> list[list[_Listed]]:
    """Put lists of one folder together whose truths overlap and hold nobody twice; every other list is a set of its own."""
    together: dict[Path, list[_Listed]] = {}
    alone = []
    for one in listed:
        unique = len(set(one.truth)) >= 0.9 * len(one.truth) and not one.febrl
        others = [other for other in listed if other is not one and other.path.parent == one.path.parent and not other.febrl]
        shared = max((len(set(one.truth) & set(other.truth)) / max(len(set(one.truth)), 1) for other in others), default=0.0)
        if unique and shared >= 0.1:
            together.setdefault(one.path.parent, []).append(one)
        else:
            alone.append([one])
    return [*alone, *(group for group in together.values())]


def _evaluate(lists: Sequence[_Listed]) -> SetEvaluation:
    with Database() as db:
        tables = []
        for number, one in enumerate(lists):
            db.load(f"source_{number}", one.table)
            tables.append((one.path.name, f"source_{number}"))
        links = link_tables(db, tables)
        true = {
            f"{one.path.name}:{row}": person or f"?{one.path.name}:{row}"
            for one in lists
            for row, person in enumerate(one.truth, 1)
        }
        baseline = _baseline(db, tables, links, true)
    predicted = {f"{row['source']}:{row['row']}": row["person"] for row in links.clusters.to_pylist()}
    scores, groups = (
        evaluate_pairs(predicted, true),
        group_recall(predicted, true, record_traits([(one.path.name, one.table) for one in lists], links.columns)),
    )
    name = " + ".join(one.path.name for one in lists)
    error = {"cluster_count_error": round(scores.predicted_clusters / scores.true_clusters - 1, 6)}
    return SetEvaluation(
        name=name,
        records=links.records,
        persons=scores.true_clusters,
        scorer=links.scorer,
        measures={**scores.to_dict(), **error},
        intervals=cluster_intervals(predicted, true),
        tuned=tuned_by_folds(_weighed(links), true, thresholds=THRESHOLDS),
        baseline_f1=baseline,
        groups=groups,
        warnings=loud_gaps(groups),
        bar=_bar(lists, baseline),
        columns=links.columns,
    )


def _weighed(links: FileLinks) -> list[tuple[str, str, float]]:
    return [
        (f"{row['left_source']}:{row['left_row']}", f"{row['right_source']}:{row['right_row']}", row["match_weight"])
        for row in links.scored.to_pylist()
    ]


def _baseline(db: Database, tables: Sequence[tuple[str, str]], links: FileLinks, true: Mapping[str, str]) -> float | None:
    if len(tables) > 1 or links.records > _MOST_BASELINE_RECORDS:
        return None
    (source, table) = tables[0]
    rows = plain_splink(db, source, table, links.columns)
    scored = [(f"{source}:{left}", f"{source}:{right}", weight) for left, right, weight in rows]
    return round(best_threshold(scored, true, thresholds=THRESHOLDS)[1].f1, 6)


def _bar(lists: Sequence[_Listed], baseline: float | None) -> float | None:
    name = lists[0].path.name
    if name in ABOVE_BASELINE and baseline is not None:
        return round(baseline + 1e-6, 6)
    return BARS.get(name) if lists[0].febrl else None
