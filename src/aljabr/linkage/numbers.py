"""Document numbers as an office gives them out: a beginning, a serial, and the batch of serials made one after the other.

A family that has its papers made on one day gets numbers in a row, and so do the people of one queue. Such numbers differ in a
digit
or two as slips do, but they are different people's. A batch is three numbers and more of one beginning and length with gaps of at
most ``GAP``; only numbers of the given mentions are looked at.
"""

from __future__ import annotations

from aljabr.relations import Database

GAP = 20
LEAST = 3

# A serial is the digits at the end, at most eighteen; numbers without any have none.
_NUMBERS = r"""
CREATE OR REPLACE TEMP TABLE linkage_numbers AS
WITH read AS (
  SELECT id_number, regexp_extract(id_number, '[0-9]{1,18}$') AS digits FROM (SELECT DISTINCT id_number FROM linkage_taken)
  WHERE id_number IS NOT NULL
),
cut AS (
  SELECT id_number, left(id_number, length(id_number) - length(digits)) AS id_prefix, TRY_CAST(digits AS BIGINT) AS id_serial,
    length(id_number) AS size
  FROM read
),
begun AS (
  SELECT *, CAST(coalesce(id_serial - lag(id_serial) OVER series > $gap, true) AS INTEGER) AS begins
  FROM cut WINDOW series AS (PARTITION BY id_prefix, size ORDER BY id_serial)
),
batched AS (SELECT *, sum(begins) OVER (PARTITION BY id_prefix, size ORDER BY id_serial ROWS UNBOUNDED PRECEDING) AS batch FROM
begun),
counted AS (
  SELECT *, count(*) OVER together AS together, min(id_serial) OVER together AS first
  FROM batched WINDOW together AS (PARTITION BY id_prefix, size, batch)
)
SELECT id_number, id_prefix, id_serial, CASE WHEN together >= $least AND id_serial IS NOT NULL
  THEN id_prefix || '|' || size || '|' || first END AS id_batch
FROM counted
"""


def number_documents(db: Database) -> None:
    """Fill the temporary table ``linkage_numbers`` (id_number, id_prefix, id_serial, id_batch) from ``linkage_taken``."""
    db.connection.execute(_NUMBERS, {"gap": GAP, "least": LEAST})
