"""The rows of the given tables as records: numbered, each with an id of its own that a re-run makes again.

The id hashes the source's name, the content of the row and its ordinal among rows of that content in that source: rows may be put
in or taken out and every other id stays, and with it every judgement; a row that was changed is another record.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from aljabr.linkage.templates import fill
from aljabr.relations import Database

ROWS = "linkage_rows"

# A separator no value holds keeps "ab, c" and "a, bc" apart.
_CONTENT = "coalesce(v, '') || chr(31)"
_IDENTIFIED = """
CREATE OR REPLACE TEMP TABLE linkage_rows AS
SELECT CAST(row_number() OVER (ORDER BY source_no, row) - 1 AS INTEGER) AS n, source_no, source, row,
  'rec_' || substr(sha256(source || chr(31) || content || row_number() OVER (PARTITION BY source, content ORDER BY row)), 1, 20)
    AS record
FROM linkage_contents ORDER BY n
"""


def identify_rows(db: Database, tables: Sequence[tuple[str, str]]) -> int:
    """Fill the temporary table ``linkage_rows`` (n, source_no, source, row, record) and return the number of rows.

    Parameters
    ----------
    db : Database
        Holds the tables.
    tables : sequence of (source name, table name)
        Each with text columns and ``row``.
    """
    selects = [_contents(db, number, source, table) for number, (source, table) in enumerate(tables)]
    union: exp.Expr = selects[0]
    for select in selects[1:]:
        union = exp.union(union, select, distinct=False)
    db.execute(f"CREATE OR REPLACE TEMP VIEW linkage_contents AS {union.sql(dialect='duckdb')}")
    db.execute(_IDENTIFIED)
    db.execute("DROP VIEW linkage_contents")
    return int(db.value("SELECT count(*) FROM linkage_rows"))


def _contents(db: Database, number: int, source: str, table: str) -> exp.Select:
    columns = [column for column, kind in db.columns(table).items() if kind == "VARCHAR"]
    content: exp.Expr = exp.Literal.string("")
    for column in columns:
        content = exp.DPipe(this=content, expression=fill(_CONTENT, exp.column(column, quoted=True)))
    return exp.select(
        exp.Literal.number(number).as_("source_no"),
        exp.Literal.string(source).as_("source"),
        exp.cast(exp.column("row"), "BIGINT").as_("row"),
        content.as_("content"),
    ).from_(exp.to_identifier(table, quoted=True))
