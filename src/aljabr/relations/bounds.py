"""Looks at a Parquet file that somebody else may have made, before it is loaded: how large it becomes, without making it so.

A few kilobytes of Parquet can claim a billion rows, or one long text a million times. Every relation of ours has a key, so that
each row takes at least a byte; what is far larger in memory than in the file was made to be.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from aljabr.outside import MEBI

# What a small file may become anyway, and how many times its size a large one may.
_FREE, _TIMES = 256 * MEBI, 200
_BATCH = 8192


def table_problem(path: Path, *, rows: int) -> str:
    """Return why a Parquet file must not be loaded; nothing when it may be.

    Parameters
    ----------
    path : Path
        A regular file.
    rows : int
        How many rows its manifest states.
    """
    size = path.stat().st_size
    allowed = _FREE + _TIMES * size
    try:
        with pq.ParquetFile(path, thrift_string_size_limit=16 * MEBI, thrift_container_size_limit=1_000_000) as file:
            metadata = file.metadata
            groups = [metadata.row_group(number) for number in range(metadata.num_row_groups)]
            if metadata.num_rows != rows or sum(group.num_rows for group in groups) != rows:
                return f"has {metadata.num_rows:,} rows, the manifest states {rows:,}"
            if rows > size:
                return f"states {rows:,} rows in {size:,} bytes"
            if any(pa.types.is_nested(field.type) for field in file.schema_arrow):
                return "has columns that no relation has"
            stated = sum(group.column(place).total_uncompressed_size for group in groups for place in range(group.num_columns))
            fits = stated <= allowed and _decoded(path, allowed) <= allowed
            return "" if fits else "becomes far larger than it is when it is read"
    except (OSError, ValueError, OverflowError, pa.ArrowException) as error:
        return f"cannot be read: {str(error)[:200]}"


def _decoded(path: Path, allowed: int) -> int:
    """Bytes the texts take when each row has its own, counted from dictionaries, up to a little over what is allowed."""
    names = [field.name for field in pq.read_schema(path) if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)]
    if not names:
        return 0
    total = 0
    with pq.ParquetFile(path, read_dictionary=names) as file:
        for batch in file.iter_batches(batch_size=_BATCH, columns=names):
            total += sum(_text_bytes(column) for column in batch.columns)
            if total > allowed:
                break
    return total


def _text_bytes(column: pa.Array) -> int:
    if isinstance(column, pa.DictionaryArray):
        lengths = pc.binary_length(column.dictionary.cast(pa.large_string()))
        return int(pc.sum(lengths.take(column.indices)).as_py() or 0)
    return int(pc.sum(pc.binary_length(column)).as_py() or 0)
