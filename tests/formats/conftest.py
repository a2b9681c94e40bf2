"""What the tests of the readers share: a way to write a file and read it back whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.formats import Source, open_source


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes bytes or text to a file of that name and returns its path."""

    def write(content: str | bytes, name: str = "claims.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def read() -> Callable[..., tuple[Source, list[tuple], list[tuple]]]:
    """Return a function from a path to its source, its good rows (row, line, cells…) and its bad ones (row, line, code)."""

    def everything(path: Path, **fixed: str) -> tuple[Source, list[tuple], list[tuple]]:
        source = open_source(path, **fixed)
        batches = list(source.batches())
        good = [tuple(row.values()) for batch in batches for row in batch.rows.to_pylist()]
        return source, good, [(bad.row, bad.line, bad.code) for batch in batches for bad in batch.bad]

    return everything
