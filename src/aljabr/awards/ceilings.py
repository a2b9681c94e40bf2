"""Brings awards under a programme's ceilings: together, items of one claimant or household come to no more than the law allows.

Each ceiling is applied to what the ones before it left, in the order in which the programme lists them. What goes beyond is taken
from the items in proportion, by largest remainder, so that no item decides alone who bears it; ties are drawn by SHA-256 of
``ceiling:award``. A household is a number stated in one source: two sources' numbers are never taken for the same household, but a
claimant found in both carries the household of the first along.
"""

from __future__ import annotations

from datetime import date

from aljabr.errors import ProgrammeBroken
from aljabr.programmes import amounts_for
from aljabr.programmes.records import Ceiling, Programme
from aljabr.relations import Database

_HOUSEHOLDS = """
CREATE OR REPLACE TABLE _households AS
SELECT coalesce(m.person_id, 'per_' || substr(c.claimant_person_record_id, 5)) AS person_id,
    min(c.source || ':' || p.household) AS household
FROM claims c
JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
LEFT JOIN person_members m ON m.person_record_id = c.claimant_person_record_id
WHERE p.household IS NOT NULL
GROUP BY 1
"""

_NO_HOUSEHOLDS = "CREATE OR REPLACE TABLE _households (person_id TEXT, household TEXT)"

_CAPPED = """
CREATE OR REPLACE TABLE _capped AS
WITH grouped AS (
    SELECT a.award_id, CAST(a.entitled_minor AS HUGEINT) AS entitled,
        CASE WHEN $per = 'household' THEN coalesce(h.household, a.person_id) ELSE a.person_id END AS holder
    FROM awards a
    JOIN determinations d USING (determination_id)
    JOIN _ceiling_harms c ON c.harm = d.harm
    LEFT JOIN _households h ON h.person_id = a.person_id
),
shares AS (
    SELECT award_id, holder, entitled * $most // total AS base, entitled * $most % total AS remainder
    FROM (SELECT *, sum(entitled) OVER (PARTITION BY holder) AS total FROM grouped)
    WHERE total > $most
),
ranked AS (
    SELECT *, $most - sum(base) OVER (PARTITION BY holder) AS spare, row_number() OVER lots AS place
    FROM shares
    WINDOW lots AS (PARTITION BY holder ORDER BY remainder DESC, sha256($key || ':' || award_id), award_id)
)
SELECT award_id, CAST(base + CASE WHEN place <= spare THEN 1 ELSE 0 END AS BIGINT) AS entitled_minor FROM ranked
"""

_LOWER = """
CREATE OR REPLACE TABLE awards AS
SELECT a.* REPLACE (coalesce(c.entitled_minor, a.entitled_minor) AS entitled_minor)
FROM awards a LEFT JOIN _capped c USING (award_id) ORDER BY a.award_id
"""


def apply_ceilings(db: Database, programme: Programme, *, as_of: date) -> int:
    """Lower ``entitled_minor`` of ``awards`` to the programme's ceilings; return what was taken off, in minor units.

    Parameters
    ----------
    db : Database
        With ``awards``, ``determinations``, ``claims``, ``person_members`` and, for a ceiling per household, ``person_records``.
    programme : Programme
        Its ``ceilings``, none of which changes anything below its amount.
    as_of : date
        Day of the decisions: the ceiling in force that day holds.

    Raises
    ------
    ProgrammeBroken
        When a ceiling's amount has no value on that day.
    """
    if not programme.ceilings:
        return 0
    before = _entitled(db)
    db.execute(_HOUSEHOLDS if any(ceiling.per == "household" for ceiling in programme.ceilings) else _NO_HOUSEHOLDS)
    for ceiling in programme.ceilings:
        db.load_rows("_ceiling_harms", {"harm": "TEXT"}, [(harm,) for harm in ceiling.harms])
        db.execute(_CAPPED, {"per": ceiling.per, "most": _most(programme, ceiling, as_of), "key": ceiling.key})
        db.execute(_LOWER)
    for table in ("_households", "_ceiling_harms", "_capped"):
        db.execute(f"DROP TABLE {table}")
    return before - _entitled(db)


def _most(programme: Programme, ceiling: Ceiling, as_of: date) -> int:
    most = amounts_for(programme, {"decided_on": as_of}).get(ceiling.amount)
    if most is None or most < 0:
        raise ProgrammeBroken(
            f"programme.yaml, ceiling {ceiling.key}: the amount {ceiling.amount} has no value on {as_of}.",
            "Name an amount with selects_by: decided_on that has one.",
        )
    return most


def _entitled(db: Database) -> int:
    return int(db.value("SELECT coalesce(sum(entitled_minor), 0) FROM awards"))
