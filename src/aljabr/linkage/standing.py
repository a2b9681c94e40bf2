"""Which judgements stand, as edges for clustering: what people have said wins over every score.

Of each reviewer's judgements on one pair the latest that was not withdrawn stands. ``positive`` joins, ``negative`` keeps apart,
``unsure`` takes away the link a score would have made and keeps nothing apart; a pair on which one reviewer says yes and another no
is ``disputed`` and treated so, too, until they agree. Nothing is deleted here: withdrawn judgements stay in the relation, and
judgements on records that are not at hand are counted.
"""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.relations import Database

__all__ = ["Standing", "read_standing"]

STANDING = "linkage_judged"

# Two judgements of one reviewer in the same instant: the more cautious one stands, the same whatever the order of rows.
_STANDING = """
CREATE OR REPLACE TEMP TABLE linkage_judged AS
WITH ordered AS (
  SELECT least(l.n, r.n) AS n_l, greatest(l.n, r.n) AS n_r, j.verdict,
    row_number() OVER (PARTITION BY least(l.n, r.n), greatest(l.n, r.n), j.judged_by
      ORDER BY j.judged_at DESC, list_position(['unsure', 'negative', 'positive'], j.verdict)) AS place
  FROM judgements AS j JOIN linkage_judgeable AS l ON l.record = j.left_record
  JOIN linkage_judgeable AS r ON r.record = j.right_record
  WHERE j.withdrawn_at IS NULL AND l.n <> r.n
),
told AS (
  SELECT n_l, n_r, bool_or(verdict = 'positive') AS yes, bool_or(verdict = 'negative') AS no
  FROM ordered WHERE place = 1 GROUP BY n_l, n_r
)
SELECT n_l, n_r, CASE WHEN yes AND no THEN 'disputed' WHEN yes THEN 'positive' WHEN no THEN 'negative' ELSE 'unsure' END AS verdict
FROM told ORDER BY n_l, n_r
"""

_ABSENT = """
SELECT count(*) FROM judgements AS j WHERE j.withdrawn_at IS NULL
AND (j.left_record NOT IN (SELECT record FROM linkage_judgeable) OR j.right_record NOT IN (SELECT record FROM linkage_judgeable))
"""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many judgements of each kind stand, and how many speak of records that are not at hand."""

    positive: int = 0
    negative: int = 0
    unsure: int = 0
    disputed: int = 0
    absent: int = 0


def read_standing(db: Database, *, records: str = "linkage_records") -> Standing:
    """Fill the temporary table ``linkage_judged`` (n_l, n_r, verdict), one row for every judged pair.

    Parameters
    ----------
    db : Database
        Holds ``records`` and, unless nothing was ever judged, ``judgements``.
    records : str
        A table with ``n`` and ``record``, the id by which judgements name it.

    Returns
    -------
    Standing
        What stands.
    """
    if not db.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'judgements'"):
        db.execute(f"CREATE OR REPLACE TEMP TABLE {STANDING} (n_l INTEGER, n_r INTEGER, verdict TEXT)")
        return Standing()
    db.execute(f"CREATE OR REPLACE TEMP VIEW linkage_judgeable AS SELECT n, record FROM {records}")
    db.execute(_STANDING)
    absent = int(db.value(_ABSENT))
    db.execute("DROP VIEW linkage_judgeable")
    counts = dict(db.rows(f"SELECT verdict, count(*) FROM {STANDING} GROUP BY verdict"))
    return Standing(
        **{verdict: int(counts.get(verdict, 0)) for verdict in ("positive", "negative", "unsure", "disputed")}, absent=absent
    )
