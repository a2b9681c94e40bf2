"""Whose turn it is to take the next number of a series: one act at a time, so that two never take the same."""

from __future__ import annotations

from django.db import connection


def take_turn(series: str) -> None:
    """Wait for every other act that takes a number of this series to end; then no other takes one until this one has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"aljabr.series/{series}"])
