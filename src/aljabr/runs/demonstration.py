"""Writes samples, and plays the whole job on one: sample, run, comparison with what was planted."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from aljabr.errors import UsageError
from aljabr.relations import Database
from aljabr.runs.job import Progress, run_job
from aljabr.runs.summary import RunSummary, summarise
from aljabr.runs.writing import finished_folder
from aljabr.samples import SampleSummary, TruthScores, score_against_truth, write_sample

DEMO_AS_OF = date(2024, 12, 31)
DEMO_FUND = "demo"
LEVELS = ("clean", "usual", "nasty")


@dataclass(frozen=True, kw_only=True)
class SampleFiles:
    """Where a sample and its truth lie."""

    folder: Path
    truth: Path
    summary: SampleSummary

    def to_dict(self) -> dict[str, Any]:
        """Return the sample's figures for machines."""
        return {**self.summary.to_dict(), "out": str(self.folder), "truth": str(self.truth)}

    def lines(self) -> list[str]:
        """Return where the sample lies, for people."""
        files = " ".join(str(self.folder / path.name) for path in self.summary.files)
        return [
            f"Wrote {self.summary.rows:,} rows in four sources to {self.folder}; what was planted stands in {self.truth}.",
            f"Run it: aljabr run IQ-LAW20 {files} --fund demo-small --out out",
        ]


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """A run on a sample, and how much of what was planted it found."""

    summary: RunSummary
    scores: TruthScores

    def to_dict(self) -> dict[str, Any]:
        """Return all figures for machines."""
        return {**self.summary.to_dict(), "truth": self.scores.to_dict()}

    def lines(self) -> list[str]:
        """Return the summary and the comparison, for people."""
        return [
            *self.summary.lines(),
            "",
            "  How much of what was planted in the sample was found, as it is:",
            *(f"    {line}" for line in self.scores.lines()),
        ]


def write_sample_files(out: Path, *, claims: int, level: str, seed: int) -> SampleFiles:
    """Write a sample into ``out`` and its truth into ``OUT-truth``.

    Raises
    ------
    UsageError
        When the level is unknown or a folder is not empty.
    """
    if level not in LEVELS:
        raise UsageError(f"There is no level {level!r}.", f"Choose {', '.join(LEVELS)}.")
    truth = out.with_name(out.name + "-truth")
    for folder in (out, truth):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is not empty.", "Choose another --out.")
    if not out.parent.exists():
        raise UsageError(f"The folder {out.parent} does not exist.", "Create it, or choose another --out.")
    with finished_folder(out) as folder, finished_folder(truth) as planted:  # the truth is in place before the sample
        summary = write_sample(folder, claims=claims, level=level, seed=seed, truth_folder=planted, as_of=DEMO_AS_OF)
    return SampleFiles(folder=out, truth=truth, summary=summary)


def run_demo(out: Path, *, claims: int, progress: Progress) -> Demonstration:
    """Write a sample of ``claims`` claims beside ``out``, run the job on it and compare with the truth.

    A second call with the same ``out`` goes on where the first one stood.
    """
    sample = out.with_name(out.name + "-sample")
    truth = sample.with_name(sample.name + "-truth")
    if not sample.exists():
        progress("writing the sample", 0, 1)
        shutil.rmtree(truth, ignore_errors=True)  # left by a demonstration that was killed between its two renames
        write_sample_files(sample, claims=claims, level="usual", seed=20)
    files = tuple(sorted(sample.iterdir()))
    result = run_job("IQ-LAW20", files, out, as_of=DEMO_AS_OF, fund=DEMO_FUND, progress=progress)
    with Database() as db:
        for name in ("source_records", "issues", "person_records", "person_members", "claims", "claim_items", "item_overlaps"):
            db.read(name, out / "private" / "relations")
        scores = score_against_truth(db, truth)
    return Demonstration(summary=summarise(result), scores=scores)
