"""Lists the pairs of ``aljabr link`` for people: linked ones and the doubtful band, names beside row numbers, as CSV and XLSX.

A pair's verdict is ``linked`` when its rows were put together because of it, and ``review`` when it is at least as likely as
``REVIEW_PROBABILITY`` and its rows were not: below the threshold, or held apart by something that contradicts it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pyarrow as pa
from sqlglot import exp

from aljabr.formats.office_tables import OfficeColumn, write_office_table
from aljabr.linkage import ColumnReading, FileLinks
from aljabr.relations import Database
from aljabr.runs.tables import write_table

REVIEW_PROBABILITY = 0.1
MOST_ROWS = 50_000
# A linkage is of no day, and its workbook is to have the same bytes whenever it is written.
_NO_DAY = date(2000, 1, 1)
_NAME_PARTS = ("given_name", "middle_names", "surname")
_PAIRS = """
CREATE OR REPLACE TEMP TABLE _listed AS
SELECT left_source, left_row, right_source, right_row, probability, 'linked' AS verdict FROM _linked
UNION ALL BY NAME
SELECT left_source, left_row, right_source, right_row, probability, 'review' AS verdict
FROM _scored AS s ANTI JOIN _linked AS k USING (left_source, left_row, right_source, right_row)
WHERE probability >= $least
"""
_NAMED = """
SELECT p.left_source, p.left_row, p.right_source, p.right_row, p.probability, a.name AS left_name, b.name AS right_name, p.verdict
FROM _listed AS p
LEFT JOIN _names AS a ON a.source = p.left_source AND a.row = p.left_row
LEFT JOIN _names AS b ON b.source = p.right_source AND b.row = p.right_row
ORDER BY p.verdict, p.left_source, p.left_row, p.right_source, p.right_row
"""
_COLUMNS = (
    OfficeColumn(heading="الحكم / verdict", width=16),
    OfficeColumn(heading="الاحتمال % / probability %", width=16),
    OfficeColumn(heading="الاسم / name", width=36),
    OfficeColumn(heading="الملف / file", width=20),
    OfficeColumn(heading="السطر / row", width=10, kind="count"),
    OfficeColumn(heading="الاسم في السجل الآخر / the other name", width=36),
    OfficeColumn(heading="الملف الآخر / the other file", width=20),
    OfficeColumn(heading="السطر الآخر / the other row", width=10, kind="count"),
)
_VERDICTS = {"linked": "الشخص نفسه / linked", "review": "للتدقيق / review"}


def write_pairs(db: Database, folder: Path, links: FileLinks, *, tables: Sequence[tuple[str, str]]) -> int:
    """Write ``pairs.csv`` and ``pairs.xlsx``; return how many pairs are in doubt.

    Parameters
    ----------
    db : Database
        Holds the tables.
    folder : Path
        Gets ``pairs.csv`` (left_source, left_row, right_source, right_row, probability, left_name, right_name, verdict; rows
        1-based
        without the header; linked pairs first) and a workbook of the first 50,000 of them, the most doubtful first.
    links : FileLinks
        What was found.
    tables : sequence of (source name, table name)
        The tables that were linked.
    """
    db.load("_linked", links.pairs)
    db.load("_scored", links.scored)
    union: exp.Expr | None = None
    for source, table in tables:
        names = _names(source, table, [reading for reading in links.columns if reading.source == source])
        union = names if union is None else exp.union(union, names, distinct=False)
    assert union is not None
    db.execute(f"CREATE OR REPLACE TEMP TABLE _names AS {union.sql(dialect='duckdb')}")
    db.execute(_PAIRS, {"least": REVIEW_PROBABILITY})
    listed = db.arrow(_NAMED)
    write_table(folder / "pairs.csv", listed)
    write_office_table(folder / "pairs.xlsx", _COLUMNS, _office_rows(listed), as_of=_NO_DAY, title="الأزواج pairs", rtl=True)
    return int(db.value("SELECT count(*) FROM _listed WHERE verdict = 'review'"))


def _names(source: str, table: str, readings: Sequence[ColumnReading]) -> exp.Select:
    """Return a query for one row per record with the name as it was given."""
    by_meaning = {reading.meaning: reading.column for reading in readings}
    columns = [by_meaning["full_name"]] if "full_name" in by_meaning else [by_meaning[m] for m in _NAME_PARTS if m in by_meaning]
    given = [exp.cast(exp.column(column, quoted=True), "TEXT") for column in columns]
    name = exp.func("concat_ws", exp.Literal.string(" "), *given) if given else exp.cast(exp.null(), "TEXT")
    return exp.select(
        exp.Literal.string(source).as_("source"), exp.cast(exp.column("row"), "BIGINT").as_("row"), name.as_("name")
    ).from_(exp.to_identifier(table, quoted=True))


def _office_rows(listed: pa.Table) -> Iterator[tuple[object, ...]]:
    rows = sorted(
        listed.to_pylist()
        if listed.num_rows <= MOST_ROWS
        else listed.sort_by([("verdict", "descending")]).slice(0, MOST_ROWS).to_pylist(),
        key=lambda row: (row["verdict"] != "review", row["probability"] if row["verdict"] == "linked" else -row["probability"]),
    )
    for row in rows:
        percent = f"{100 * row['probability']:.1f}" if row["probability"] is not None else ""
        left, right = ((row[f"{side}_name"] or "", row[f"{side}_source"], row[f"{side}_row"]) for side in ("left", "right"))
        yield (_VERDICTS[row["verdict"]], percent, *left, *right)
