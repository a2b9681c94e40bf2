"""The only code that talks to DuckDB: one connection, relations in and out, files written in key order.

Order of use: open a ``Database``, ``create`` the relations a step fills, run SQL over them, ``write`` each one. Parquet
files carry the schema version, are ordered by key and, read back, give the same rows; the same rows give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from aljabr.errors import CheckFailed, SourceBroken
from aljabr.relations.schemas import SCHEMA_VERSION, relation


class Database:
    """One DuckDB connection, in memory, that spills to ``spill`` when memory is short.

    Parameters
    ----------
    spill : Path, optional
        Folder for temporary files.
    memory_limit : str, optional
        For example ``"4GB"``; DuckDB's default otherwise.
    """

    conversion_errors = (duckdb.ConversionException, duckdb.OutOfRangeException)

    def __init__(self, *, spill: Path | None = None, memory_limit: str | None = None) -> None:
        self.connection = duckdb.connect(":memory:")
        self.connection.execute("SET preserve_insertion_order = true")
        self.connection.execute("SET TimeZone = 'UTC'")
        self.connection.execute("SET enable_progress_bar = false")
        if spill:
            spill.mkdir(parents=True, exist_ok=True)
            self.connection.execute(f"SET temp_directory = '{str(spill).replace(chr(39), chr(39) * 2)}'")
        if memory_limit:
            self.connection.execute(f"SET memory_limit = '{memory_limit}'")

    def __enter__(self) -> Database:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.connection.close()

    def execute(self, sql: str, parameters: Sequence[object] | Mapping[str, object] | None = None) -> None:
        """Run one statement.

        Raises
        ------
        CheckFailed
            When a number does not fit its type: an overflow is never cut off or rounded away.
        """
        try:
            self.connection.execute(sql, parameters)
        except duckdb.OutOfRangeException as error:
            raise CheckFailed(f"A number is out of range: {error}", "Mend the value, or round or bound a factor.") from error

    def rows(self, sql: str, parameters: Sequence[object] | None = None) -> list[tuple[Any, ...]]:
        """Run a query and return all its rows."""
        return self.connection.execute(sql, parameters).fetchall()

    def value(self, sql: str, parameters: Sequence[object] | None = None) -> Any:
        """Run a query and return the first column of its first row; None when there is no row."""
        # All rows are fetched: after fetchone, DuckDB 2 refuses to register a table while the result is unfinished.
        rows = self.connection.execute(sql, parameters).fetchall()
        return rows[0][0] if rows else None

    def dicts(self, sql: str, parameters: Sequence[object] | None = None) -> list[dict[str, Any]]:
        """Run a query and return its rows as dictionaries."""
        cursor = self.connection.execute(sql, parameters)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def arrow(self, sql: str, parameters: Sequence[object] | None = None) -> pa.Table:
        """Run a query and return an Arrow table."""
        return self.connection.sql(sql, params=parameters).to_arrow_table()

    def columns(self, table: str) -> dict[str, str]:
        """Return the columns of a table or view with their DuckDB types."""
        return {str(name): str(kind) for name, kind, *_ in self.rows(f'DESCRIBE "{table}"')}

    def create(self, name: str, extra: Mapping[str, str] | None = None) -> None:
        """Create an empty relation, with a programme's own columns after the fixed ones."""
        columns = {**relation(name).columns, **(extra or {})}
        spelled = ", ".join(f'"{column}" {kind}' for column, kind in columns.items())
        self.execute(f'CREATE OR REPLACE TABLE "{name}" ({spelled})')

    def load(self, name: str, table: pa.Table) -> None:
        """Make a table of that name out of an Arrow table."""
        self.connection.register("_incoming", table)
        self.execute(f'CREATE OR REPLACE TABLE "{name}" AS SELECT * FROM _incoming')
        self.connection.unregister("_incoming")

    def load_rows(self, name: str, columns: Mapping[str, str], rows: Iterable[Sequence[object]]) -> None:
        """Make a small table of that name out of Python rows; meant for distinct values, not for records."""
        kinds = {"TEXT": pa.string(), "BIGINT": pa.int64(), "BOOLEAN": pa.bool_(), "DOUBLE": pa.float64(), "DATE": pa.date32()}
        listed = [list(column) for column in zip(*rows, strict=True)] or [[] for _ in columns]
        arrays = [
            pa.array(values, pa.list_(pa.string()) if kind == "TEXT[]" else kinds[kind])
            for values, kind in zip(listed, columns.values(), strict=True)
        ]
        self.load(name, pa.Table.from_arrays(arrays, names=list(columns)))

    def write(self, name: str, folder: Path) -> Path:
        """Write a relation to ``folder/NAME.parquet`` in key order and return the path.

        BIGINT sums that DuckDB widened to HUGEINT are cast to DECIMAL(38, 0) first.
        """
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{name}.parquet"
        order = ", ".join(f'"{column}"' for column in relation(name).key)
        wide = [column for column, kind in self.columns(name).items() if kind == "HUGEINT"]
        replaced = ", ".join(f'CAST("{column}" AS DECIMAL(38, 0)) AS "{column}"' for column in wide)
        chosen = f"* REPLACE ({replaced})" if wide else "*"
        table = self.arrow(f'SELECT {chosen} FROM "{name}" ORDER BY {order}').replace_schema_metadata(
            {"schema_version": SCHEMA_VERSION}
        )
        pq.write_table(table, path, compression="zstd", row_group_size=131072, use_dictionary=True)
        return path

    def read(self, name: str, folder: Path) -> None:
        """Read ``folder/NAME.parquet`` back as a table.

        Raises
        ------
        SourceBroken
            When the file is missing, is no Parquet file or carries another schema version.
        """
        path = folder / f"{name}.parquet"
        try:
            table = pq.read_table(path)
        except (OSError, pa.ArrowException) as error:
            raise SourceBroken(f"{path} cannot be read: {error}.", "Run the job again into an empty folder.") from error
        version = (table.schema.metadata or {}).get(b"schema_version", b"none").decode()
        if version != SCHEMA_VERSION:
            raise SourceBroken(f"{path} has schema version {version}; this Aljabr reads {SCHEMA_VERSION}.", "Run it again.")
        self.load(name, table)

    def digest(self, name: str) -> str:
        """Return a SHA-256 over the rows in key order, independent of how they are stored."""
        columns = ", ".join(f'"{column}"' for column in sorted(self.columns(name)))
        order = ", ".join(f'"{column}"' for column in relation(name).key)
        rows = f'SELECT sha256(to_json(row({columns}))::VARCHAR) AS h, row_number() OVER (ORDER BY {order}) AS n FROM "{name}"'
        hashed = self.value(f"SELECT sha256(coalesce(string_agg(h, '' ORDER BY n), '')) FROM ({rows})")
        return str(hashed)


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
