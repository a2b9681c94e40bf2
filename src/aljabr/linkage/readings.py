"""The ways a short name can be read: which of the names of its chain were left out.

A chain is own, father's, grandfather's and family name. Of two words the second is the father's, grandfather's or family's; of
three the third
is the grandfather's or the family's, or the father's is missing. One reading is the record itself (see ``keys``); the others stand
beside it, are proposed and scored as it is, and the best of a pair is its score, less what leaving names out weighs. A reading that
leaves a name out is only held against a longer name, and one side is read so at a time: what both have is always compared.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from aljabr.relations import Database

__all__ = ["add_readings", "best_readings", "drop_readings", "pair_readings"]

READINGS = "linkage_readings"
MENTIONED = "linkage_mentioned"

# The parts of a name, per reading, by where the second and the third word stand; null is left out.
_SECOND, _THIRD = "coalesce(father{0}, family{0})", "coalesce(grandfather{0}, family{0})"
_OF_TWO = (
    ("two names left out", "{second}", "NULL", "NULL"),
    ("two names left out", "NULL", "{second}", "NULL"),
    ("two names left out", "NULL", "NULL", "{second}"),
)
_OF_THREE = (
    ("one name left out", "{second}", "{third}", "NULL"),
    ("one name left out", "{second}", "NULL", "{third}"),
    ("one name left out", "NULL", "{second}", "{third}"),
)
_PARTS = ("father", "grandfather", "family")

_VIEWS = f"""
CREATE OR REPLACE TEMP VIEW {READINGS} AS
FROM linkage_records UNION ALL SELECT * EXCLUDE (mention, reading) FROM linkage_alternates;
CREATE OR REPLACE TEMP VIEW {MENTIONED} AS
FROM linkage_records UNION ALL SELECT * EXCLUDE (mention, reading) REPLACE (mention AS n) FROM linkage_alternates
"""

# Pairs of readings of the pairs of mentions: both as they stand, and one of them read otherwise against a longer name.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE linkage_reading_pairs AS
SELECT join_key_l, join_key_r, match_key FROM {pairs}
UNION ALL SELECT a.n, p.join_key_r, p.match_key FROM {pairs} AS p JOIN linkage_alternates AS a ON a.mention = p.join_key_l
JOIN linkage_records AS r ON r.n = p.join_key_r WHERE r.words > a.words
UNION ALL SELECT p.join_key_l, a.n, p.match_key FROM {pairs} AS p JOIN linkage_alternates AS a ON a.mention = p.join_key_r
JOIN linkage_records AS r ON r.n = p.join_key_l WHERE r.words > a.words
"""

# The best reading of every pair; of equals the one as it stands.
_BEST = """
CREATE OR REPLACE TEMP TABLE {scored} AS
WITH told AS (
  SELECT coalesce(a.mention, s.n_l) AS l, coalesce(b.mention, s.n_r) AS r, coalesce(a.reading, b.reading) AS reading, s.*
  FROM {scored} AS s LEFT JOIN linkage_alternates AS a ON a.n = s.n_l LEFT JOIN linkage_alternates AS b ON b.n = s.n_r
),
weighed AS (
  SELECT least(t.l, t.r) AS n_l, greatest(t.l, t.r) AS n_r, round(t.match_weight + coalesce(w.weight, 0), 6) AS match_weight,
    CASE WHEN w.weight IS NULL THEN t.explanation ELSE left(t.explanation, length(t.explanation) - 1)
      || ',{{"comparison":"reading","level":"' || t.reading || '","weight":' || w.weight || '}}]' END AS explanation,
    t.reading, t.n_l + t.n_r AS place
  FROM told AS t LEFT JOIN linkage_reading_weights AS w ON w.reading = t.reading
),
best AS (
  SELECT * FROM weighed WHERE match_weight >= {least}
  QUALIFY row_number() OVER (PARTITION BY n_l, n_r ORDER BY match_weight DESC, reading IS NOT NULL, place) = 1
)
SELECT n_l, n_r, match_weight, round(1 / (1 + pow(2, -match_weight)), 6) AS probability, explanation FROM best
"""


def add_readings(db: Database, weights: Mapping[str, float]) -> bool:
    """Make the other readings of short names, and the views that hold all of them; say whether there are any.

    Parameters
    ----------
    db : Database
        Holds ``linkage_records``. It gets ``linkage_alternates`` (its columns, ``mention`` and ``reading``), the view ``READINGS``
        (one row per reading) and the view ``MENTIONED`` (the same, numbered by mention).
    weights : mapping of reading to weight
        What leaving names out weighs, in bits.
    """
    db.load_rows("linkage_reading_weights", {"reading": "TEXT", "weight": "DOUBLE"}, sorted(weights.items()))
    forms = [form for form in ("", "_key", "_word") if f"father{form}" in db.columns("linkage_records")]
    selects = [_reading(2, forms, *told) for told in _OF_TWO] + [_reading(3, forms, *told) for told in _OF_THREE]
    made = " UNION ALL ".join(select.sql(dialect="duckdb") for select in selects)
    numbered = (
        "CAST((SELECT count(*) FROM linkage_records) + row_number() OVER (ORDER BY mention, reading, family_key) - 1 AS INTEGER)"
    )
    db.execute(f"CREATE OR REPLACE TEMP TABLE linkage_alternates AS SELECT * REPLACE ({numbered} AS n) FROM ({made})")
    for view in _VIEWS.split(";\n"):
        db.execute(view)
    return bool(db.value("SELECT count(*) > 0 FROM linkage_alternates"))


def pair_readings(db: Database, *, pairs: str) -> str:
    """Make the pairs of readings of pairs of mentions and return their table."""
    db.execute(_PAIRS.format(pairs=pairs))
    return "linkage_reading_pairs"


def best_readings(db: Database, *, scored: str, least: float) -> None:
    """Bring the scores of readings in ``scored`` to one per pair of mentions, those from ``least`` on."""
    db.execute(_BEST.format(scored=scored, least=least))


def drop_readings(db: Database) -> None:
    """Drop everything the other functions made."""
    for view in (READINGS, MENTIONED):
        db.execute(f"DROP VIEW IF EXISTS {view}")
    for table in ("alternates", "reading_weights", "reading_pairs"):
        db.execute(f"DROP TABLE IF EXISTS linkage_{table}")


def _reading(words: int, forms: Sequence[str], reading: str, *places: str) -> exp.Expr:
    """Return the records of so many words read with their words in other places; those that stand so already are left out."""
    replaced, same = [], []
    for part, place in zip(_PARTS, places, strict=True):
        for form in forms:
            value = place.format(second=_SECOND.format(form), third=_THIRD.format(form))
            replaced.append(f"{value if value != 'NULL' else 'CAST(NULL AS TEXT)'} AS {part}{form}")
        value = place.format(second=_SECOND.format("_key"), third=_THIRD.format("_key"))
        replaced.append(
            f"{value} || '||' || coalesce(governorate, '') AS {part}_group"
            if value != "NULL"
            else f"CAST(NULL AS TEXT) AS {part}_group"
        )
        same.append(f"({part}_key IS NULL) = {'true' if place == 'NULL' else 'false'}")
    sql = (
        f"SELECT * REPLACE ({', '.join(replaced)}), n AS mention, '{reading}' AS reading FROM linkage_records "
        f"WHERE words = {words} AND NOT organisation AND NOT ({' AND '.join(same)})"
    )
    return exp.maybe_parse(sql, dialect="duckdb")
