"""Reads the figures everybody may know: how long bodies take, what they decided; cells below ten are left out."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from aljabr.registry.decisions.models import Attestation

SMALLEST_CELL = 10


@dataclass(frozen=True, kw_only=True)
class Dwell:
    """How often an outside body was asked and answered, the median days of its answers, how many it is late with.

    ``answered``, ``median_days`` and ``overdue`` are None when they rest on fewer cases than a published cell may have.
    """

    body: str
    asked: int
    answered: int | None
    median_days: float | None
    overdue: int | None


@dataclass(frozen=True, kw_only=True)
class Decided:
    """How many decisions of a body stand with an outcome."""

    body: str
    outcome: str
    decisions: int


def attestations() -> list[Attestation]:
    """Return what auditors and observers attested or dissented from, newest first."""
    return list(Attestation.objects.select_related("user").order_by("-given_on", "-id")[:200])


def dwell_times(*, least: int = SMALLEST_CELL) -> list[Dwell]:
    """Return how long each outside body takes, over all but sealed claims; one asked fewer than ``least`` times is left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, asked, answered, median_days, overdue FROM public_dwell(%s)", [least])
        return [
            Dwell(body=body, asked=asked, answered=answered, median_days=median, overdue=overdue)
            for body, asked, answered, median, overdue in cursor.fetchall()
        ]


def decisions_by_outcome(*, least: int = SMALLEST_CELL) -> list[Decided]:
    """Return the standing decisions by body and outcome; cells below ``least`` are left out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body, outcome, decisions FROM public_decisions(%s)", [least])
        return [Decided(body=body, outcome=outcome, decisions=count) for body, outcome, count in cursor.fetchall()]
