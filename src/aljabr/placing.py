"""Puts a file in its place whole or not at all: it is written beside and moved there in one step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def finished_file(path: Path) -> Iterator[Path]:
    """Give a path to write to; what was written takes the place of ``path`` at the end, or is removed when something fails.

    What is there and is no regular file (a terminal, a pipe) is written to directly.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    unfinished = path.with_name(f".{path.name[:200]}.{os.getpid()}")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
