"""Writes a sample: intake of Ninewa as it might arrive, in four sources, and its truth in another folder.

Order: the filing period is cut into slices of at most ``SLICE`` claims; for each, filings are planned, written to the sources in
the order of their days, and their truth appended. Memory does not grow with the number of claims.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, cast

from aljabr.errors import UsageError
from aljabr.samples.faults import put_fault, put_impossible_birth, put_mischief
from aljabr.samples.filings import Filing, Planner
from aljabr.samples.handwriting import Hand
from aljabr.samples.levels import LEVELS, LevelName
from aljabr.samples.sources import LAYOUTS
from aljabr.samples.truth import TruthWriter
from aljabr.samples.writers import RowWriter, open_writer

SLICE = 50_000
FIRST_FILING_ON = date(2017, 9, 1)
DEFAULT_AS_OF = date(2024, 12, 31)


@dataclass(frozen=True, kw_only=True)
class SampleSummary:
    """What was written.

    Parameters
    ----------
    files : tuple of Path
        The four sources.
    rows : int
        Rows in all of them, without headers; the number of claims asked for.
    sources : dict of str to int
        Rows by source.
    planted : dict of str to int
        Pairs that overlap by kind, rows to be quarantined, rows of ghosts.
    """

    files: tuple[Path, ...]
    rows: int
    level: str
    seed: int
    as_of: date
    sources: dict[str, int]
    planted: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the figures for machines, files by name alone."""
        return {**asdict(self), "files": [path.name for path in self.files], "as_of": self.as_of.isoformat()}

    def lines(self) -> list[str]:
        """Return the figures for people."""
        rows = ", ".join(f"{source} {count:,}" for source, count in self.sources.items())
        planted = ", ".join(f"{kind} {count:,}" for kind, count in self.planted.items())
        return [f"{self.rows:,} rows ({rows})", f"planted: {planted}"]


def write_sample(
    folder: Path,
    *,
    claims: int,
    level: LevelName | str = "usual",
    seed: int = 20,
    truth_folder: Path,
    as_of: date = DEFAULT_AS_OF,
) -> SampleSummary:
    """Write ``claims`` claims into four files of ``folder``, and what is true of them into ``truth_folder``.

    Parameters
    ----------
    folder, truth_folder : Path
        Made when missing; the truth never lies within the sample.
    claims : int
        Rows over all sources.
    level : {"clean", "usual", "nasty"}
        How dirty (see ``levels``).
    seed : int
        The same seed, size, level and date give the same bytes.
    as_of : date
        Day of the sample; nothing is filed in the thirty days before it.

    Returns
    -------
    SampleSummary

    Raises
    ------
    UsageError
        On an unknown level, no claims, a date before 2018, or a truth folder within the sample's.
    """
    _check(folder, truth_folder, claims=claims, level=level, as_of=as_of)
    folder.mkdir(parents=True, exist_ok=True)
    rng = Random(f"aljabr sample {seed}")
    hand, planner = Hand(rng, LEVELS[cast(LevelName, level)]), Planner(rng, LEVELS[cast(LevelName, level)])
    with ExitStack() as open_files:
        truth = open_files.enter_context(TruthWriter(truth_folder))
        writers = {source: open_files.enter_context(open_writer(layout, folder, as_of)) for source, layout in LAYOUTS.items()}
        for count, first, last in _slices(claims, as_of):
            filings = planner.plan(count, first, last)
            for filing in filings:
                _write_row(filing, hand, writers[filing.source])
            truth.add(filings)
        planted = {kind: truth.counts[kind] for kind in ("same_person", "relatives", "two_heads", "quarantined", "ghosts")}
        summary = SampleSummary(
            files=tuple(folder / layout.file for layout in LAYOUTS.values()),
            rows=claims,
            level=level,
            seed=seed,
            as_of=as_of,
            sources={source: truth.counts[source] for source in LAYOUTS},
            planted=planted,
        )
        truth.finish(summary.to_dict())
    return summary


def _check(folder: Path, truth_folder: Path, *, claims: int, level: str, as_of: date) -> None:
    if level not in LEVELS:
        raise UsageError(f"There is no level {level!r}.", f"Choose {', '.join(LEVELS)}.")
    if claims < 1:
        raise UsageError(f"A sample of {claims} claims is empty.", "Ask for one claim or more.")
    if as_of.year < 2018:
        raise UsageError(f"No claim could be filed by {as_of}.", "Choose a date from 2018 on.")
    if truth_folder.resolve().is_relative_to(folder.resolve()):
        raise UsageError(f"{truth_folder} lies within the sample.", "Keep the truth in another folder.")


def _slices(claims: int, as_of: date) -> list[tuple[int, date, date]]:
    count = -(-claims // SLICE)
    days = (as_of - FIRST_FILING_ON).days - 30
    starts = [FIRST_FILING_ON + timedelta(days=days * part // count) for part in range(count + 1)]
    sizes = [claims * (part + 1) // count - claims * part // count for part in range(count)]
    return [(size, starts[part], starts[part + 1] - timedelta(days=1)) for part, size in enumerate(sizes)]


def _write_row(filing: Filing, hand: Hand, writer: RowWriter) -> None:
    filing.row = writer.rows + 1
    cells = writer.layout.write(filing, hand)
    if filing.fault:
        filing.fault = put_fault(cells, filing, hand, writer.layout.kind)
    elif hand.doubtful(0.15) and not filing.claimant.company:
        put_impossible_birth(cells, filing, hand)
    elif hand.level.broken_structure:
        put_mischief(cells, hand)
    writer.write(cells, filing.fault)
