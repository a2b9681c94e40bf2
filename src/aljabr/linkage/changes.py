"""What a re-run changed: pairs newly matched and pairs newly parted, so that the people concerned can be told.

Compares two groupings of records by the records' ids. Records that only one side has are told apart: a new record that joins an old
one is a new match, a record that is gone parts from nobody. A pair is given once, the smaller id left.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from aljabr.relations import Database

__all__ = ["Changes", "changed_pairs"]

_CHANGED = """
WITH pairs AS (
  SELECT 'matched' AS change, a.record AS left_record, b.record AS right_record
  FROM linkage_after AS a JOIN linkage_after AS b ON b.person = a.person AND b.record > a.record
  LEFT JOIN linkage_before AS p ON p.record = a.record LEFT JOIN linkage_before AS q ON q.record = b.record
  WHERE p.person IS DISTINCT FROM q.person OR p.person IS NULL
  UNION ALL
  SELECT 'parted', a.record, b.record
  FROM linkage_before AS a JOIN linkage_before AS b ON b.person = a.person AND b.record > a.record
  JOIN linkage_after AS p ON p.record = a.record JOIN linkage_after AS q ON q.record = b.record
  WHERE p.person <> q.person
)
SELECT p.change, p.left_record, p.right_record,
  p.change = 'matched' AND (p.left_record NOT IN (SELECT record FROM linkage_before)
    OR p.right_record NOT IN (SELECT record FROM linkage_before)) AS with_new_record
FROM pairs AS p ORDER BY 1, 2, 3
"""


@dataclass(frozen=True, kw_only=True)
class Changes:
    """The pairs that two runs see differently.

    Parameters
    ----------
    pairs : pyarrow.Table
        ``change`` (matched or parted), ``left_record``, ``right_record``, ``with_new_record``.
    matched, parted, gone : int
        Newly matched pairs, newly parted pairs, records that the later run does not have.
    """

    pairs: pa.Table
    matched: int
    parted: int
    gone: int


def changed_pairs(db: Database, *, before: str, after: str) -> Changes:
    """Compare two groupings.

    Parameters
    ----------
    db : Database
        Holds both tables.
    before, after : str
        Tables of ``record`` and ``person``, one row per record.
    """
    for name, table in (("linkage_before", before), ("linkage_after", after)):
        db.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT record, person FROM {table}")
    pairs = db.arrow(_CHANGED)
    changes = pairs.column("change").to_pylist()
    gone = "SELECT count(*) FROM linkage_before ANTI JOIN linkage_after USING (record)"
    return Changes(pairs=pairs, matched=changes.count("matched"), parted=changes.count("parted"), gone=int(db.value(gone)))
