"""One small sample of each level, written once."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from aljabr.samples import SampleSummary, write_sample

CLAIMS = 2_000


@dataclass(frozen=True, kw_only=True)
class Written:
    """A sample, where it lies, and its truth as rows."""

    folder: Path
    truth_folder: Path
    summary: SampleSummary

    def truth(self, name: str) -> list[dict[str, str]]:
        with (self.truth_folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            return list(csv.DictReader(stream))


def _written(base: Path, level: str) -> Written:
    folder, truth = base / "sample", base / "sample-truth"
    return Written(folder=folder, truth_folder=truth, summary=write_sample(folder, claims=CLAIMS, level=level, truth_folder=truth))


@pytest.fixture(scope="session")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return _written(tmp_path_factory.mktemp("usual"), "usual")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return _written(tmp_path_factory.mktemp("clean"), "clean")


@pytest.fixture(scope="session")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Written:
    return _written(tmp_path_factory.mktemp("nasty"), "nasty")
