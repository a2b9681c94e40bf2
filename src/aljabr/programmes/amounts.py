"""Finds the value of each dated amount for one set of facts.

Values are half-open by day; a partial incident date that spans two values gives none, because a missing fact is not a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from aljabr.programmes.records import Amount, Programme


def value_between(amount: Amount, earliest: date, latest: date) -> int | None:
    """Return the amount's value in force on every day from ``earliest`` to ``latest``; None when there is no single one.

    Parameters
    ----------
    amount : Amount
        With values in any order.
    earliest, latest : date
        The first and the last day that count, both included.

    Returns
    -------
    int or None
        In the amount's unit.

    Examples
    --------
    >>> from aljabr.programmes.records import Amount
    >>> law = {"instrument": "law"}
    >>> days = (date(2009, 1, 1), date(2016, 1, 25))
    >>> dated = [{"from_on": day, "value": number, "reference": law} for number, day in enumerate(days, 1)]
    >>> grant = Amount.model_validate({"key": "grant_minor", "unit": "minor", "selects_by": "incident_on", "values": dated})
    >>> value_between(grant, date(2016, 1, 25), date(2016, 1, 31)), value_between(grant, date(2016, 1, 1), date(2016, 1, 31))
    (2, None)
    """
    ordered = sorted(amount.values, key=lambda value: value.from_on)
    for position, value in enumerate(ordered):
        following = ordered[position + 1].from_on if position + 1 < len(ordered) else date.max
        until = min(value.until_on or date.max, following)
        if value.from_on <= earliest and (latest < until or until == date.max):
            return value.value
    return None


def amounts_for(programme: Programme, facts: Mapping[str, object]) -> dict[str, int | None]:
    """Return every amount of a programme for one claim item's facts.

    Parameters
    ----------
    programme : Programme
        Its amounts say by which date each is selected.
    facts : mapping of str to object
        ``incident_earliest_on`` and ``incident_latest_on``, ``filed_on``, ``decided_on`` as dates or null.
    """
    return {amount.key: _selected(amount, facts) for amount in programme.amounts}


def _selected(amount: Amount, facts: Mapping[str, object]) -> int | None:
    names = ("incident_earliest_on", "incident_latest_on") if amount.selects_by == "incident_on" else (amount.selects_by,) * 2
    earliest, latest = (facts.get(name) for name in names)
    return value_between(amount, earliest, latest) if isinstance(earliest, date) and isinstance(latest, date) else None
