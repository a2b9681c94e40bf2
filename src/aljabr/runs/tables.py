"""Whole tables of text in and out of files, for jobs that have no mapping: linking and assessing files as they are."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from aljabr.errors import SourceBroken
from aljabr.formats import Source, open_source, write_csv


class RefusedRow(NamedTuple):
    """A row that is not whole: its ordinal, its line, the code and sentence of what is wrong, how it begins."""

    row: int
    line: int
    code: str
    reason: str
    text: str


def read_table(path: Path) -> pa.Table:
    """Return a CSV, XLSX or JSON-lines file as text columns, with ``row`` (1-based, without the header) and ``line``.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceBroken
        When it cannot be read, is empty, or has a row that is not whole.
    """
    table, refused = read_whole_rows(path)
    for bad in refused:
        raise SourceBroken(f"{path} line {bad.line}: {bad.reason}", "Mend that line.")
    return table


def read_whole_rows(path: Path) -> tuple[pa.Table, tuple[RefusedRow, ...]]:
    """Return the rows of a file that are whole, as ``read_table`` does, and those that are not.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceBroken
        When it cannot be read, or has no whole row.
    """
    return whole_rows_of(open_source(path))


def whole_rows_of(source: Source) -> tuple[pa.Table, tuple[RefusedRow, ...]]:
    """Return the rows of an opened source that are whole, and those that are not.

    Raises
    ------
    SourceBroken
        When it has no whole row.
    """
    batches: list[pa.RecordBatch] = []
    refused: list[RefusedRow] = []
    for batch in source.batches():
        refused += [RefusedRow(bad.row, bad.line, bad.code, bad.reason, bad.text) for bad in batch.bad]
        batches.append(batch.rows)
    if not any(batch.num_rows for batch in batches):
        first = f" Line {refused[0].line}: {refused[0].reason}" if refused else ""
        sheet = f", sheet {source.sheet_name()!r}," if source.sheet_name() else ""
        raise SourceBroken(f"{source.path}{sheet} has a header but no whole row.{first}", "Leave it out, or mend it.")
    return pa.Table.from_batches(batches), tuple(refused)


def write_table(path: Path, table: pa.Table) -> int:
    """Write a table as CSV that is safe in spreadsheets and return the number of rows."""
    return write_csv(path, table.column_names, zip(*(column.to_pylist() for column in table.columns), strict=True))
