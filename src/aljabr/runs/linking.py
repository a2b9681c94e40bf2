"""Links arbitrary files of persons: ``pairs.csv``, ``clusters.csv``, ``doubts.csv`` and what was understood of the columns.

A column named with ``truth`` is kept out of the evidence and used only to print precision and recall.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from aljabr.errors import UsageError
from aljabr.formats import write_csv
from aljabr.linkage import FileLinks, Scores, evaluate_pairs, link_tables
from aljabr.linkage.changes import Changes
from aljabr.linkage.groups import group_recall, loud_gaps
from aljabr.linkage.judgements import load_judgements
from aljabr.relations import Database
from aljabr.runs.linkage_changes import compare_linkages
from aljabr.runs.linkage_output import keep_linkage
from aljabr.runs.linkage_reporting import PAGE, report_linkage
from aljabr.runs.linked_pairs import write_pairs
from aljabr.runs.record_traits import record_traits
from aljabr.runs.tables import RefusedRow, read_whole_rows, write_table
from aljabr.runs.writing import check_place, finished_folder


@dataclass(frozen=True, kw_only=True)
class LinkedFiles:
    """What linking files found, where it was written, and how good it is when a truth column was named."""

    out: Path
    links: FileLinks
    scores: Scores | None
    refused: tuple[tuple[str, RefusedRow], ...] = ()
    warnings: tuple[str, ...] = ()
    changes: Changes | None = None
    doubtful: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return the result for machines."""
        return {
            "out": str(self.out),
            "records": self.links.records,
            "pairs": self.links.pairs.num_rows,
            "doubtful_pairs": self.doubtful,
            "persons": self.links.persons,
            "columns": [column.to_dict() for column in self.links.columns],
            "scores": self.scores.to_dict() if self.scores else None,
            "scorer": self.links.scorer,
            "quarantined": self.quarantined(),
            "doubts": self.doubts(),
            "refused_links": self.links.refused_links,
            "judged": vars(self.links.judged),
            "hot_blocks": vars(self.links.hot_blocks),
            "warnings": list(self.warnings),
            "changes": None if self.changes is None else {"matched": self.changes.matched, "parted": self.changes.parted},
        }

    def doubts(self) -> dict[str, int]:
        """Return how many values of each kind were not compared because they tell nobody apart."""
        return dict(sorted(Counter(self.links.doubts.column("code").to_pylist()).items()))

    def quarantined(self) -> dict[str, int]:
        """Return how many rows of each kind of fault were set aside because they are not whole."""
        return dict(sorted(Counter(bad.code for _, bad in self.refused).items()))

    def lines(self) -> list[str]:
        """Return the result for people."""
        understood = [f"  {column.text()}" for column in self.links.columns]
        scored = [self.scores.text()] if self.scores else []
        return [
            f"{self.links.records:,} records are {self.links.persons:,} persons; {self.links.pairs.num_rows:,} pairs linked.",
            "Columns, as understood:",
            *understood,
            *self._remarks(),
            *scored,
            *self.warnings,
            f"{self.doubtful:,} pairs are in doubt: they stand in the same files with the verdict review.",
            f"Pairs: {self.out / 'pairs.csv'} and {self.out / 'pairs.xlsx'}; persons: {self.out / 'clusters.csv'}",
            f"Report (private): {self.out / PAGE}",
            f"Look through them: aljabr linkage review {self.out}",
        ]

    def _remarks(self) -> list[str]:
        told = _header_remarks(self.links)
        if quarantined := self.quarantined():
            counted = ", ".join(f"{count:,} {code}" for code, count in quarantined.items())
            told.append(f"Rows that are not whole were set aside, not linked (see quarantine.csv): {counted}.")
        if doubts := self.doubts():
            counted = ", ".join(f"{count:,} {code}" for code, count in doubts.items())
            told.append(f"Values that tell nobody apart were not compared (see doubts.csv): {counted}.")
        if self.links.refused_links:
            told.append(f"{self.links.refused_links:,} links were not followed: they would join people who contradict each other.")
        if self.links.hot_blocks.blocks:
            told.append(self.links.hot_blocks.text())
        j = self.links.judged
        if j.positive + j.negative + j.unsure + j.disputed + j.absent:
            counted = f"{j.positive} positive, {j.negative} negative, {j.unsure} unsure, {j.disputed} disputed"
            told.append(f"Judgements: {counted}; {j.absent} speak of records that are not in these files.")
        if c := self.changes:
            told.append(f"Since the run before: {c.matched:,} pairs newly matched, {c.parted:,} newly parted (changes.csv).")
        return told


def link_files(
    files: tuple[Path, ...],
    out: Path,
    *,
    threshold: float | None = None,
    truth: str = "",
    pattern: str = "",
    judgements: Path | None = None,
    previous: Path | None = None,
) -> LinkedFiles:
    """Link the rows of files and write ``pairs.csv``, ``clusters.csv`` and ``doubts.csv`` into ``out``.

    Parameters
    ----------
    files : tuple of Path
        One row per mention of a person; a source is called after its file.
    out : Path
        Folder to write; made when missing.
    threshold : float, optional
        Probability from which two rows are taken for one person; see ``link_tables``.
    truth : str
        Column with the true person, if known; never used as evidence.
    pattern : str
        Regular expression whose first group is the true person within that column; the whole value when empty.
    judgements : Path, optional
        Folder of judgements, which win over scores.
    previous : Path, optional
        An earlier output; ``changes.csv`` then lists the pairs newly matched and newly parted.

    Raises
    ------
    UsageError
        When a file is missing, two files share a name, the truth column is in none of them, the pattern is no
        expression with a group, or the threshold is no probability.
    SourceBroken
        When a file cannot be read as a table.
    """
    if threshold is not None and not 0 < threshold < 1:
        raise UsageError(f"--threshold {threshold} is not between 0 and 1.", "Try 0.9.")
    check_place(out)
    person = _person_of(pattern)
    if len({path.name for path in files}) < len(files):
        raise UsageError("Two files have the same name.", "Rename one, so that the result can tell them apart.")
    with Database() as db:
        loaded, truths, refused = _read_files(files, truth=truth, person=person)
        tables = [(source, f"source_{position}") for position, (source, _) in enumerate(loaded)]
        for (_, name), (_, table) in zip(tables, loaded, strict=True):
            db.load(name, table)
        if truth and not truths:
            raise UsageError(f"No file has a column {truth!r}.", "Check --truth against the header.")
        load_judgements(db, judgements)
        links = link_tables(db, tables, threshold=threshold)
        with finished_folder(out) as folder:
            keep_linkage(db, folder, links, tables=tables, threshold=links.threshold)
            doubtful = write_pairs(db, folder, links, tables=tables)
            _write_tables(folder, links, refused)
            changes = compare_linkages(previous, folder, out=folder / "changes.csv").changes if previous else None
            report_linkage(folder, judgements=judgements)
    scores, warnings = _scored(links, loaded, truths) if truths else (None, ())
    return LinkedFiles(out=out, links=links, scores=scores, refused=refused, warnings=warnings, changes=changes, doubtful=doubtful)


def _scored(
    links: FileLinks, loaded: list[tuple[str, pa.Table]], truths: dict[str, dict[int, str]]
) -> tuple[Scores, tuple[str, ...]]:
    """Return how the links compare with the truth, and which groups of people are found much less often."""
    grouped = _grouped(links, truths)
    return evaluate_pairs(*grouped), loud_gaps(group_recall(*grouped, record_traits(loaded, links.columns)))


def _read_files(
    files: tuple[Path, ...], *, truth: str, person: Callable[[str], str]
) -> tuple[list[tuple[str, pa.Table]], dict[str, dict[int, str]], tuple[tuple[str, RefusedRow], ...]]:
    """Return the table of every source without the truth column, the true person of every row of those that have one, and the
    rows that are not whole.
    """
    loaded: list[tuple[str, pa.Table]] = []
    truths: dict[str, dict[int, str]] = {}
    refused: list[tuple[str, RefusedRow]] = []
    for path in files:
        table, bad = read_whole_rows(path)
        refused += [(path.name, row) for row in bad]
        if truth in table.column_names:
            people = [person(value) for value in table.column(truth).to_pylist()]
            truths[path.name] = dict(zip(table.column("row").to_pylist(), people, strict=True))
            table = table.drop_columns([truth])
        loaded.append((path.name, table))
    return loaded, truths, tuple(refused)


def _write_tables(out: Path, links: FileLinks, refused: tuple[tuple[str, RefusedRow], ...]) -> None:
    write_table(out / "clusters.csv", links.clusters.select(["source", "row", "person"]))
    write_table(out / "doubts.csv", links.doubts)
    write_csv(out / "quarantine.csv", ("source", *RefusedRow._fields), ((source, *row) for source, row in refused))


def _header_remarks(links: FileLinks) -> list[str]:
    """Say which headers look like a person: a file without a line of column names has its first row taken for one."""
    return [
        f"{column.source}: its first line ({column.column.strip()}) looks like a person, not like names of columns, and was not "
        "linked. Put a line of names above it, for example: full_name."
        for column in links.columns
        if column.meaning == "full_name" and column.sureness <= 0.5 and len(column.column.split()) >= 3
    ]


def _person_of(pattern: str) -> Callable[[str], str]:
    try:
        expression = re.compile(pattern or "(.*)", re.DOTALL)
    except re.error as error:
        raise UsageError(
            f"--truth-pattern {pattern} is no regular expression: {error}.", r"Write for example 'rec-(\d+)-'."
        ) from error
    if not expression.groups:
        raise UsageError(f"--truth-pattern {pattern} has no group.", r"Put what names the person in brackets: 'rec-(\d+)-'.")

    def person(value: str) -> str:
        found = expression.search(value or "")
        return str(found.group(1)) if found else value

    return person


def _grouped(links: FileLinks, truths: dict[str, dict[int, str]]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the predicted and the true person of every row whose truth is known."""
    predicted, true = {}, {}
    for row in links.clusters.to_pylist():
        if row["source"] in truths:
            key = f"{row['source']}:{row['row']}"
            predicted[key] = row["person"]
            true[key] = truths[row["source"]][row["row"]]
    return predicted, true
