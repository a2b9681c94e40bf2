"""Writes the report on a linkage from what ``link`` or ``run`` left."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aljabr.errors import UsageError
from aljabr.linkage.judgements import read_judgements
from aljabr.relations import Database
from aljabr.report.linkage_figures import collect_linkage
from aljabr.report.linkage_page import render_linkage
from aljabr.runs.linkage_output import open_linkage
from aljabr.runs.writing import write_finished

PAGE = "linkage.html"


@dataclass(frozen=True, kw_only=True)
class LinkageReport:
    """What was written."""

    page: Path
    records: int
    pairs: int
    persons: int
    doubtful_pairs: int

    def to_dict(self) -> dict[str, str | int]:
        """Return the result for machines."""
        return {
            "page": str(self.page),
            "records": self.records,
            "pairs": self.pairs,
            "persons": self.persons,
            "doubtful_pairs": self.doubtful_pairs,
        }

    def lines(self) -> list[str]:
        """Return the result for people."""
        return [
            f"{self.records:,} records, {self.persons:,} persons, {self.doubtful_pairs:,} doubtful pairs of {self.pairs:,}.",
            f"Wrote {self.page}. It holds names: keep it private.",
        ]


def report_linkage(out: Path, *, to: Path | None = None, judgements: Path | None = None) -> LinkageReport:
    """Write the page on a linkage.

    Parameters
    ----------
    out : Path
        The folder that ``link`` or ``run`` wrote.
    to : Path, optional
        The file; ``OUT/linkage.html`` for a folder of ``link``. The folder of a run is signed and takes no further file.
    judgements : Path, optional
        Folder of the judgements.

    Raises
    ------
    UsageError
        When neither job wrote the folder, or the file would lie in the folder of a run.
    """
    with Database() as db:
        weighing = open_linkage(db, out)
        page = to or (out / PAGE if weighing.kind == "link" else None)
        if page is None or (weighing.kind == "run" and page.resolve().is_relative_to(out.resolve())):
            raise UsageError(f"{out} is the signed output of a run and takes no further file.", "Name a file elsewhere with --to.")
        verdicts = read_judgements(judgements).verdicts() if judgements else {}
        figures = collect_linkage(
            db,
            title=weighing.title,
            link_weight=weighing.link_weight,
            comparisons=weighing.comparisons,
            verdicts=verdicts,
        )
    write_finished(page, render_linkage(figures))
    return LinkageReport(
        page=page,
        records=figures.records,
        pairs=figures.pairs,
        persons=figures.persons,
        doubtful_pairs=figures.doubtful_pairs,
    )
