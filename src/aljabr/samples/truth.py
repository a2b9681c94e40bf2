"""Writes down what is true of a sample, never beside it: who is who, what was claimed twice, what to quarantine, who is a ghost.

``row`` is 1-based without the header, as everywhere. Files: ``persons.csv``, ``overlaps.csv``, ``quarantine.csv``, ``ghosts.csv``,
``summary.json``.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import combinations
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from aljabr.samples.filings import Filing

PERSONS = ("source", "row", "role", "person")
OVERLAPS = ("source", "row", "other_source", "other_row", "kind")
QUARANTINE = ("source", "row", "reason")
GHOSTS = ("source", "row", "ring")


class TruthWriter:
    """Appends filings, once written to their sources, to the files of the truth; ``counts`` is what was written."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._files = folder, ExitStack()
        self.counts: Counter[str] = Counter()
        self._persons = self._open("persons.csv", PERSONS)
        self._overlaps = self._open("overlaps.csv", OVERLAPS)
        self._quarantine = self._open("quarantine.csv", QUARANTINE)
        self._ghosts = self._open("ghosts.csv", GHOSTS)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._files.close()

    def add(self, filings: Iterable[Filing]) -> None:
        """Write down the truth of filings that have their rows."""
        losses: dict[int, list[Filing]] = {}
        for filing in filings:
            self.counts[filing.source] += 1
            self._add_people(filing)
            losses.setdefault(filing.loss.number, []).append(filing)
            if filing.fault:
                self.counts["quarantined"] += 1
                self._quarantine.writerow((filing.source, filing.row, filing.fault))
            if filing.ring:
                self.counts["ghosts"] += 1
                self._ghosts.writerow((filing.source, filing.row, filing.ring))
        for group in losses.values():
            for first, second in combinations(group, 2):
                kind = overlap_kind(first, second)
                self.counts[kind] += 1
                self._overlaps.writerow((second.source, second.row, first.source, first.row, kind))

    def finish(self, summary: dict[str, Any]) -> None:
        """Write ``summary.json``."""
        text = json.dumps(summary, ensure_ascii=False, indent=2, sort_keys=True)
        (self._folder / "summary.json").write_text(text + "\n", encoding="utf-8")

    def _add_people(self, filing: Filing) -> None:
        self._persons.writerow((filing.source, filing.row, "claimant", f"p{filing.claimant.number:07d}"))
        if filing.loss.victim is not None:
            self._persons.writerow((filing.source, filing.row, "victim", f"p{filing.loss.victim.number:07d}"))

    def _open(self, name: str, header: tuple[str, ...]) -> Any:
        stream = self._files.enter_context((self._folder / name).open("w", encoding="utf-8", newline=""))
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        return writer


def overlap_kind(first: Filing, second: Filing) -> str:
    """Return why two filings of one loss overlap: ``same_person``, ``two_heads`` (one property) or ``relatives`` (one victim)."""
    if first.same_person_as(second):
        return "same_person"
    return "two_heads" if first.head else "relatives"
