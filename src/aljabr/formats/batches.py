"""What every reader yields: batches of rows as text, and the rows that could not be read, each with its reason.

A row is numbered from 1 without the header, whether it could be read or not, so that rows in = rows read + rows refused. Blank rows
are numbered too, but they are not rows in: they are counted apart. Sums below a table are refused as what they are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from aljabr.formats.totals import is_total

BATCH_ROWS = 20_000
MAX_SHOWN = 200
MAX_ORIGINAL = 30_000
_UNSEEN = (
    " \t\r\n\v\f\u00a0\u1680\u180e\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u200e\u200f"
)
_UNSEEN += "\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f\u2060\u2066\u2067\u2068\u2069\u3000\u061c\u00ad\ufeff"


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


class CellNote(NamedTuple):
    """A doubt about one cell, by the position of its column: a key of ``REASONS`` and a sentence. A refused cell stands empty."""

    row: int
    line: int
    column: int
    text: str
    code: str
    reason: str
    refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Rows read and rows refused. ``rows`` has ``row`` and ``line`` (int64) first, then one text column per header, in order.

    ``blank`` counts rows without a value; ``notes`` are doubts about single cells of ``rows`` that their text does not show.
    """

    rows: pa.RecordBatch
    bad: tuple[BadRow, ...]
    blank: int = 0
    notes: tuple[CellNote, ...] = ()


class GoodRow(NamedTuple):
    """One row as text, as long as the header; a tuple because there is one for every row of a file."""

    row: int
    line: int
    cells: Sequence[str]


def in_batches(headers: Sequence[str], rows: Iterable[GoodRow | BadRow | CellNote], *, size: int = BATCH_ROWS) -> Iterator[Batch]:
    """Collect rows into batches of about ``size``; a file without rows gives no batch."""
    good: list[GoodRow] = []
    bad: list[BadRow] = []
    notes: list[CellNote] = []
    blank = 0
    for row in rows:
        if isinstance(row, GoodRow):
            if _is_blank(row.cells):
                blank += 1
            elif is_total(row.cells):
                text = shown(" ".join(filter(None, row.cells)))
                bad.append(BadRow(row=row.row, line=row.line, code="row.total", reason="The row adds up others.", text=text))
            else:
                good.append(row)
        elif isinstance(row, CellNote):
            notes.append(row)
            continue
        elif row.code == "row.blank":
            blank += 1
        else:
            bad.append(row)
        if len(good) + len(bad) + blank >= size:
            yield _batch(headers, good, bad, blank=blank, notes=notes)
            good, bad, notes, blank = [], [], [], 0
    if good or bad or blank:
        yield _batch(headers, good, bad, blank=blank, notes=notes)


def _is_blank(cells: Sequence[str]) -> bool:
    """Whether no cell holds anything that can be seen; most rows say so in their first cells."""
    return not any(cell and cell.strip(_UNSEEN) for cell in cells)


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


def _batch(
    headers: Sequence[str], good: Sequence[GoodRow], bad: Sequence[BadRow], *, blank: int, notes: Sequence[CellNote]
) -> Batch:
    columns = list(zip(*(row.cells for row in good), strict=True)) or [()] * len(headers)
    arrays = [
        pa.array([row.row for row in good], pa.int64()),
        pa.array([row.line for row in good], pa.int64()),
        *(pa.array(column, pa.string()) for column in columns),
    ]
    return Batch(
        rows=pa.RecordBatch.from_arrays(arrays, names=["row", "line", *headers]), bad=tuple(bad), blank=blank, notes=tuple(notes)
    )
