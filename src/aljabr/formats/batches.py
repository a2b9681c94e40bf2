"""What every reader yields: batches of rows as text, and the rows that could not be read, each with its reason.

A row is numbered from 1 without the header, whether it could be read or not, so that rows in = rows read + rows refused.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

BATCH_ROWS = 20_000
MAX_SHOWN = 200
MAX_ORIGINAL = 30_000


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """One row that could not be read.

    Parameters
    ----------
    row, line : int
        1-based ordinal without the header, and the physical line (sheet row) where it starts.
    code, reason : str
        A key of ``REASONS`` and one sentence for the person who mends the file.
    text : str
        The first characters of what stands there, printable.
    original : str
        The whole row as ``joined`` writes it, or the whole line, so that a person can mend it; cut after ``MAX_ORIGINAL``.
    """

    row: int
    line: int
    code: str
    reason: str
    text: str
    original: str = ""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows read and rows refused. ``rows`` has ``row`` and ``line`` (int64) first, then one text column per header, in order."""

    rows: pa.RecordBatch
    bad: tuple[BadRow, ...]


class GoodRow(NamedTuple):
    """One row as text, as long as the header; a tuple because there is one for every row of a file."""

    row: int
    line: int
    cells: Sequence[str]


def in_batches(headers: Sequence[str], rows: Iterable[GoodRow | BadRow], *, size: int = BATCH_ROWS) -> Iterator[Batch]:
    """Collect rows into batches of about ``size``; a file without rows gives no batch."""
    good: list[GoodRow] = []
    bad: list[BadRow] = []
    for row in rows:
        if isinstance(row, GoodRow):
            good.append(row)
        else:
            bad.append(row)
        if len(good) + len(bad) >= size:
            yield _batch(headers, good, bad)
            good, bad = [], []
    if good or bad:
        yield _batch(headers, good, bad)


def shown(text: str) -> str:
    """Return the first characters of ``text`` in a form any file can hold: undecodable bytes, NUL and controls are spelled out."""
    return _printable(text[:MAX_SHOWN])


def whole(text: str) -> str:
    """Return a row's whole text in a form any file can hold, cut after ``MAX_ORIGINAL`` characters."""
    return _printable(text[:MAX_ORIGINAL])


def joined(cells: Sequence[str], delimiter: str) -> str:
    """Return cells as one line of CSV, from which ``csv`` reads the same cells."""
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="").writerow(cells)
    return line.getvalue()


def _printable(text: str) -> str:
    cut = text.rstrip("\r\n").encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char >= " " else f"\\x{ord(char):02x}" for char in cut)


def _batch(headers: Sequence[str], good: Sequence[GoodRow], bad: Sequence[BadRow]) -> Batch:
    columns = list(zip(*(row.cells for row in good), strict=True)) or [()] * len(headers)
    arrays = [
        pa.array([row.row for row in good], pa.int64()),
        pa.array([row.line for row in good], pa.int64()),
        *(pa.array(column, pa.string()) for column in columns),
    ]
    return Batch(rows=pa.RecordBatch.from_arrays(arrays, names=["row", "line", *headers]), bad=tuple(bad))
