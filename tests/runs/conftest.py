"""One finished run on a sample of 2,000 claims, shared by the tests of a worker."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aljabr.runs import run_job
from aljabr.samples import write_sample

AS_OF = date(2024, 12, 31)


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("key") / "key"
    path.write_bytes(b"a key for tests")
    return path


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    folder = tmp_path_factory.mktemp("intake")
    write_sample(folder / "sample", claims=2000, level="usual", seed=7, truth_folder=folder / "truth", as_of=AS_OF)
    return tuple(sorted((folder / "sample").iterdir()))


@pytest.fixture(scope="session")
def finished(sample: tuple[Path, ...], key_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("run") / "out"
    run_job("IQ-LAW20", sample, out, as_of=AS_OF, fund="demo-small", key_file=key_file)
    return out
