"""How long people would wait: an exact queue with one desk and one purse, for a budget a year and a number of decisions a month.

Assumptions, each printed with the result: every item is decided again from the first month, in the order of filing, as many a
month as the capacity says; money comes once a year, at its beginning, and what a year leaves is kept for the next; what is granted
is paid in full in the order of decision, in the first month in which it is decided and the money that came in covers it and
everything before it. Nobody files later, nothing is paid in part, no money is lent. All figures are whole; month 1 is the first.
"""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.errors import UsageError
from aljabr.relations import Database

_QUEUE = """
WITH queued AS (
    SELECT entitled_minor,
           (row_number() OVER turn - 1) // $capacity + 1 AS decided_in,
           sum(entitled_minor) OVER (ORDER BY s.filed_on NULLS LAST, s.item_id ROWS UNBOUNDED PRECEDING) AS needed_minor
    FROM "{decided}" d JOIN _standing s USING (row)
    WINDOW turn AS (ORDER BY s.filed_on NULLS LAST, s.item_id)
), paid AS (
    SELECT greatest(decided_in, CAST((needed_minor - 1) // $budget * 12 + 1 AS BIGINT)) AS paid_in
    FROM queued WHERE entitled_minor > 0
)
SELECT (SELECT max(decided_in) FROM queued),
       (SELECT CAST(coalesce(sum(entitled_minor), 0) AS HUGEINT) FROM queued),
       count(*), quantile_disc(paid_in, 0.5), quantile_disc(paid_in, 0.9), max(paid_in), count(*) FILTER (paid_in <= 12)
FROM paid
"""


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """How long one version of the law would keep people waiting, in months.

    Parameters
    ----------
    decided_months : int
        Until the last item is decided.
    owed_minor : int
        All that would be granted.
    paid_items : int
        Items with money.
    median_months, ninetieth_months, last_months : int or None
        When half, nine tenths and all of these are paid; None without any.
    first_year_items : int
        Paid within twelve months.
    """

    decided_months: int
    owed_minor: int
    paid_items: int
    median_months: int | None
    ninetieth_months: int | None
    last_months: int | None
    first_year_items: int


def waiting(db: Database, decided: str, *, budget_minor: int, capacity: int) -> Waiting:
    """Return how long people would wait.

    Parameters
    ----------
    db : Database
        With ``_standing`` (``row``, ``item_id``, ``filed_on``) and the relation ``decided`` of ``aljabr.rules.comparison.decide``.
    decided : str
        Its name.
    budget_minor : int
        Money a year, in minor units.
    capacity : int
        Items decided a month.

    Raises
    ------
    UsageError
        When budget or capacity is not above nothing.
    """
    if budget_minor < 1 or capacity < 1:
        raise UsageError(
            "A budget and a capacity must be above 0.", "Give both, for example --budget 1000000 --capacity-per-month 500."
        )
    rows = db.rows(_QUEUE.format(decided=decided), {"budget": budget_minor, "capacity": capacity})  # type: ignore[arg-type]
    decided_in, owed, items, median, ninetieth, last, first_year = rows[0]
    return Waiting(
        decided_months=int(decided_in or 0),
        owed_minor=int(owed),
        paid_items=int(items),
        median_months=median,
        ninetieth_months=ninetieth,
        last_months=last,
        first_year_items=int(first_year),
    )
