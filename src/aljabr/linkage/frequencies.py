"""How common each value is, so that sharing a rare name says more than sharing a common one.

Frequencies are drawn towards the scorer's own chance of agreement with the weight of ``PRIOR_RECORDS`` records, so that in a small
file, where every value is rare or frequent by accident, scores hardly move. Names are counted by sex and governorate and drawn
towards the published table of :mod:`aljabr.names.frequencies`, whose rules this follows set-wise: the country's share is drawn
towards the table's, a governorate's towards the country's.
"""

from __future__ import annotations

from sqlglot import exp

from aljabr.names.frequencies import known_frequencies
from aljabr.names.gathering import without_last_t
from aljabr.relations import Database

PRIOR_RECORDS = 500
PRIOR_TABLE = 1000
PRIOR_LOCAL = 300
# Names below this count are not in the published table, which tells only how many they are.
_LEAST = 10
_POSITIONS = {"given": "given", "father": "forebear", "grandfather": "forebear", "family": "family", "mother": "given"}

_KNOWN = {"position": "TEXT", "sex": "TEXT", "governorate": "TEXT", "key": "TEXT", "records": "BIGINT"}

# Shares by (key, sex, governorate). Where the sex or the governorate of a mention is not known, the share is that of all.
_SHARES = """
CREATE OR REPLACE TEMP TABLE linkage_shares AS
WITH told AS (
  SELECT {key} AS key, {sex} AS sex, coalesce(governorate, '') AS governorate FROM linkage_records WHERE {key} IS NOT NULL
),
groups AS (SELECT key, sex, governorate, count(*) AS seen FROM told GROUP BY ALL),
known AS (SELECT * FROM linkage_known WHERE position = $position),
listed AS (
  SELECT g.sex, k.governorate, k.key, sum(k.records) AS records FROM (SELECT DISTINCT sex FROM groups) AS g
  JOIN known AS k ON g.sex = '' OR k.sex IN ('', g.sex) GROUP BY ALL
),
listed_totals AS (
  SELECT l.sex, l.governorate, max(l.records) FILTER (l.key = '*') AS total, max(l.records) FILTER (l.key = '?') AS rare_names,
    max(l.records) FILTER (l.key = '*') - sum(l.records) FILTER (l.key NOT IN ('*', '?')) AS rare
  FROM listed AS l GROUP BY ALL
),
own AS (
  SELECT s.sex, g.key, sum(g.seen) AS seen FROM (SELECT DISTINCT sex FROM groups) AS s
  JOIN groups AS g ON s.sex = '' OR g.sex = s.sex GROUP BY ALL
),
own_totals AS (SELECT sex, sum(seen) AS total FROM own GROUP BY sex),
country AS (
  SELECT o.sex, o.key, coalesce(l.records, t.rare / (2 * greatest(t.rare_names, 1))) / t.total AS listed,
    (o.seen + $table * (coalesce(l.records, t.rare / (2 * greatest(t.rare_names, 1))) / t.total)) / (n.total + $table) AS share
  FROM own AS o JOIN own_totals AS n ON n.sex = o.sex JOIN listed_totals AS t ON t.sex = o.sex AND t.governorate = ''
  LEFT JOIN listed AS l ON l.sex = o.sex AND l.governorate = '' AND l.key = o.key
),
local_totals AS (SELECT sex, governorate, sum(seen) AS total FROM groups GROUP BY ALL)
SELECT g.key, g.sex, g.governorate, CASE WHEN g.governorate = '' THEN c.share ELSE
  (g.seen + $local * ((coalesce(l.records, least(c.listed * coalesce(t.total, 0), $least)) + $local * c.listed)
      / (coalesce(t.total, 0) + $local)) * c.share / c.listed) / (n.total + $local) END AS share
FROM groups AS g JOIN country AS c ON c.sex = g.sex AND c.key = g.key
JOIN local_totals AS n ON n.sex = g.sex AND n.governorate = g.governorate
LEFT JOIN listed_totals AS t ON t.sex = g.sex AND t.governorate = g.governorate
LEFT JOIN listed AS l ON l.sex = g.sex AND l.governorate = g.governorate AND l.key = g.key
"""


def weigh_values(db: Database, *, records: str, column: str, typical: float, base: float) -> str:
    """Make the table of term frequencies of a column and return its name.

    Parameters
    ----------
    db : Database
        Holds ``records``.
    records, column : str
        The table and the column; nulls are not counted.
    typical : float
        How often two different persons share a value of the column.
    base : float
        The u that the frequency is held against: a value as common as ``typical`` comes out as ``base`` and changes no score.

    Returns
    -------
    str
        A temporary table of the column and ``tf_COLUMN``.
    """
    name = f"linkage_tf_{column}"
    value = exp.column(column)
    total = exp.select(exp.Count(this=value.copy())).from_(records).subquery()
    drawn = exp.Literal.number(f"{PRIOR_RECORDS * typical:.9f}")
    smoothed = (exp.Count(this=exp.Star()) + drawn) / (total + exp.Literal.number(PRIOR_RECORDS))
    weighed = exp.cast(smoothed, "DOUBLE") * exp.Literal.number(f"{base / typical:.9f}")
    select = (
        exp.select(value, weighed.as_(f"tf_{column}"))
        .from_(records)
        .where(value.copy().is_(exp.null()).not_())
        .group_by(value.copy())
    )
    db.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {select.sql(dialect='duckdb')}")
    return name


def weigh_names(db: Database, *, part: str, typical: float, base: float, features: int = 2) -> str:
    """Make the table of frequencies of one part of names, by sex and governorate, and return its name.

    Parameters
    ----------
    db : Database
        Holds ``linkage_records``.
    part : str
        ``given``, ``father``, ``grandfather``, ``family`` or ``mother``; its records carry ``PART_key`` and ``PART_group``.
    typical, base : float
        As for ``weigh_values``.
    features : int
        How the records are read: from 3 on keys have lost the t of a ta marbuta, and so have those of the published table.

    Returns
    -------
    str
        A temporary table of ``PART_group`` and ``tf_PART_group``.
    """
    position, name = _POSITIONS[part], f"linkage_tf_{part}_group"
    counts = known_frequencies().keys
    keyed = without_last_t if features > 2 else str
    rows = [(*group, keyed(key), records) for group, keys in sorted(counts.items()) for key, records in sorted(keys.items())]
    db.load_rows("linkage_known", _KNOWN, rows)
    sex = "CASE sex WHEN 'male' THEN 'm' WHEN 'female' THEN 'f' ELSE '' END" if part == "given" else "''"
    parameters = {"position": position, "table": PRIOR_TABLE, "local": PRIOR_LOCAL, "least": _LEAST - 1}
    db.connection.execute(_SHARES.format(key=f"{part}_key", sex=sex), parameters)
    scaled = f"max(share) * {base / typical:.12f}"
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT key || '|' || sex || '|' || governorate AS {part}_group, "
        f"{scaled} AS tf_{part}_group FROM linkage_shares GROUP BY ALL"
    )
    db.execute("DROP TABLE linkage_shares; DROP TABLE linkage_known")
    return name
