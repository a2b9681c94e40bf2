"""Whole tables of text in and out of files, for jobs that have no mapping: linking and assessing files as they are."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from aljabr.errors import SourceBroken
from aljabr.formats import open_source, write_csv


def read_table(path: Path) -> pa.Table:
    """Return a CSV, XLSX or JSON-lines file as text columns, with ``row`` (1-based, without the header) and ``line``.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceBroken
        When it cannot be read, is empty, or has a row that is not whole.
    """
    source = open_source(path)
    batches = []
    for batch in source.batches():
        for bad in batch.bad:
            raise SourceBroken(f"{path} line {bad.line}: {bad.reason}", "Mend that line.")
        batches.append(batch.rows)
    if not batches:
        raise SourceBroken(f"{path} has a header but no rows.", "Leave it out.")
    return pa.Table.from_batches(batches)


def write_table(path: Path, table: pa.Table) -> int:
    """Write a table as CSV that is safe in spreadsheets and return the number of rows."""
    return write_csv(path, table.column_names, zip(*(column.to_pylist() for column in table.columns), strict=True))
