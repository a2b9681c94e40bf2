"""Which pairs are compared at all: records that share one of the given key combinations.

A block is all records with equal keys under one rule. A block larger than the bound is not compared within (its size grows
with the square) and is counted, so that the caller can say so; other, narrower rules cover its records.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlglot import exp

from aljabr.relations import Database

# One pair is kept once, under the first rule that proposes it; the left record is the one that sorts first.
_PAIRS = """
CREATE OR REPLACE TEMP TABLE linkage_pairs AS
WITH sized AS (
  SELECT rule, key, n, count(*) OVER (PARTITION BY rule, key) AS size FROM linkage_keyed
),
small AS (SELECT rule, key, n FROM sized WHERE size BETWEEN 2 AND $bound)
SELECT a.n AS join_key_l, b.n AS join_key_r, CAST(min(a.rule) AS VARCHAR) AS match_key
FROM small AS a JOIN small AS b ON a.rule = b.rule AND a.key = b.key AND a.n < b.n
GROUP BY a.n, b.n
"""

_HOT = """
SELECT rule, count(*) FROM (SELECT rule FROM linkage_keyed GROUP BY rule, key HAVING count(*) > $bound)
GROUP BY rule ORDER BY rule
"""


def propose_pairs(db: Database, *, records: str, rules: Mapping[str, tuple[str, ...]], bound: int) -> dict[str, int]:
    """Fill the temporary table ``linkage_pairs`` (join_key_l, join_key_r, match_key) with the pairs to compare.

    Parameters
    ----------
    db : Database
        Holds ``records``.
    records : str
        A table with an integer ``n`` per record and the columns the rules name.
    rules : mapping of rule name to columns
        A record takes part in a rule when none of its columns is null.
    bound : int
        The largest block within which pairs are made.

    Returns
    -------
    dict of str to int
        Rule to the number of its blocks above the bound; rules without any are absent.
    """
    names = list(rules)
    keyed = [_keyed(number, columns, records) for number, columns in enumerate(rules.values())]
    db.execute("CREATE OR REPLACE TEMP TABLE linkage_keyed (rule INTEGER, key UBIGINT, n INTEGER)")
    for select in keyed:
        db.execute(f"INSERT INTO linkage_keyed {select.sql(dialect='duckdb')}")
    db.execute(_PAIRS, {"bound": bound})
    hot = {names[rule]: int(blocks) for rule, blocks in db.connection.execute(_HOT, {"bound": bound}).fetchall()}
    db.execute("DROP TABLE linkage_keyed")
    return hot


def _keyed(number: int, columns: tuple[str, ...], records: str) -> exp.Select:
    parts = [exp.column(column) for column in columns]
    known = [part.copy().is_(exp.null()).not_() for part in parts]
    return exp.select(exp.Literal.number(number), exp.func("hash", *parts), exp.column("n")).from_(records).where(*known)
