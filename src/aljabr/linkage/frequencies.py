"""How common each value is, so that sharing a rare name says more than sharing a common one.

Frequencies are drawn towards the scorer's own chance of agreement with the weight of ``PRIOR_RECORDS`` records, so that in a small
file, where every value is rare or frequent by accident, scores hardly move.
"""

from __future__ import annotations

from sqlglot import exp

from aljabr.relations import Database

PRIOR_RECORDS = 500


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
