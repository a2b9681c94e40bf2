"""Gives the next number of a series, once, whatever the viewer may see: counting what one sees would tell of what one does not."""

from __future__ import annotations

from django.db.models import F

from aljabr.registry.bodies.models import Series


def next_in_series(kind: str, owner: str, *, unit: str = "") -> int:
    """Return the next number; the series is locked until the transaction ends, so that numbers have no gap.

    Parameters
    ----------
    kind : str
        What is numbered: ``decision``, ``request``, ``schedule``.
    owner : str
        Key of the body whose numbers they are.
    unit : str
        The sealed unit whose own series it is; empty for the open one.
    """
    Series.objects.bulk_create([Series(kind=kind, owner=owner, unit=unit)], ignore_conflicts=True)
    series = Series.objects.filter(kind=kind, owner=owner, unit=unit)
    series.update(last=F("last") + 1)
    return series.values_list("last", flat=True).get()


def number_of_request(owner: str, *, unit: str = "") -> int:
    """Return the number of the next request to an outside body; those of sealed claims begin far above the open ones."""
    return _apart("request", owner, unit)


def number_of_schedule(owner: str, *, unit: str = "") -> int:
    """Return the number of a body's next schedule; those of sealed claims begin far above the open ones."""
    return _apart("schedule", owner, unit)


def _apart(kind: str, owner: str, unit: str) -> int:
    return next_in_series(kind, owner, unit="sealed" if unit else "") + (900_000_000 if unit else 0)


def number_of_decision(owner: str, year: int, *, unit: str = "") -> str:
    """Return the number of a body's next decision, as ``12/2024``; one of a sealed claim carries its unit."""
    number = next_in_series("decision", f"{owner}/{year}", unit=unit)
    return f"{unit}-{number}/{year}" if unit else f"{number}/{year}"
