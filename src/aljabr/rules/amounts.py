"""Adds to ``facts`` the value of each dated amount: for all items at once what ``aljabr.programmes.amounts_for`` is for one.

Values are half-open by day and hold at the longest until the next begins; by ``incident_on`` an amount is known only when the whole
of a partial date falls under one value.
"""

from __future__ import annotations

from datetime import date

from sqlglot import exp

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Amount, DatedValue, Programme
from aljabr.relations import Database
from aljabr.rules.expressions import all_of, case, cast, column, text, whole

_DATES = {
    "incident_on": ("incident_earliest_on", "incident_latest_on"),
    "filed_on": ("filed_on",),
    "decided_on": ("decided_on",),
}


def amount_inputs(db: Database, programme: Programme) -> None:
    """Add to ``facts`` one BIGINT column per amount of the programme, named by its key; null where no one value holds.

    Parameters
    ----------
    db : Database
        With ``facts`` and its date columns.
    programme : Programme
        Its amounts.

    Raises
    ------
    ProgrammeBroken
        When ``facts`` lacks the date an amount is chosen by.
    """
    columns = db.columns("facts")
    for amount in programme.amounts:
        for name in _DATES[amount.selects_by]:
            if columns.get(name) != "DATE":
                raise ProgrammeBroken(
                    f"facts has no date {name}, by which {amount.key} is chosen.", "Fill it from claims and items."
                )
    keys = {amount.key for amount in programme.amounts}
    added = amount_columns(programme)
    kept = [column(name) for name in columns if name not in keys]
    query = exp.select(*kept, *added).from_(exp.Table(this=exp.to_identifier("facts", quoted=True)))
    db.execute(f"CREATE OR REPLACE TABLE facts AS {query.sql(dialect='duckdb')}")


def amount_columns(programme: Programme) -> list[exp.Expr]:
    """Return one BIGINT column per amount, named by its key, of a relation with the dates amounts are chosen by."""
    return [exp.alias_(cast(_chosen(amount), "BIGINT"), amount.key, quoted=True) for amount in programme.amounts]


def _chosen(amount: Amount) -> exp.Expression:
    days = [column(name) for name in _DATES[amount.selects_by]]
    values = sorted(amount.values, key=lambda value: value.from_on)
    following = [*(value.from_on for value in values[1:]), None]
    return case([(_holds(value, until, days), whole(value.value)) for value, until in zip(values, following, strict=True)])


def _holds(value: DatedValue, following: date | None, days: list[exp.Column]) -> exp.Expression:
    ends = [until for until in (value.until_on, following) if until]
    conditions: list[exp.Expression] = [exp.GTE(this=day.copy(), expression=_day(value.from_on)) for day in days]
    if ends:
        conditions += [exp.LT(this=day.copy(), expression=_day(min(ends))) for day in days]
    return all_of(conditions)


def _day(day: date) -> exp.Expression:
    return cast(text(day.isoformat()), "DATE")
