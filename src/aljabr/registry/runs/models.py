"""Engine runs as they were asked for, and what became of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

STATES = ("queued", "running", "recorded", "failed")


class Run(models.Model):
    """One row for every batch of the engine over the registry's claims.

    Invariants: one run of a programme and unit at a time (``run_live_once``); a run that ended stays as it is (trigger
    ``runs_frozen``); its proposals and the state ``recorded`` are written in one transaction.

    Personal data: none; ``stale`` holds identifiers of items, shown only to who may see them.
    """

    id = models.CharField(max_length=64, primary_key=True)
    programme = models.CharField(max_length=64)
    programme_hash = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, blank=True)
    as_of = models.DateField()
    state = models.CharField(max_length=16, default="queued")
    stage = models.CharField(max_length=16, blank=True)
    asked_by = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    items = models.PositiveIntegerField(default=0)
    recorded = models.PositiveIntegerField(default=0)
    overlaps = models.PositiveIntegerField(default=0)
    untyped = models.PositiveIntegerField(default=0)
    stale = models.JSONField(default=list)
    refused = models.JSONField(default=list)
    failure = models.TextField(blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "runs"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["programme", "unit"], condition=Q(state__in=["queued", "running"]), name="run_live_once"
            ),
            models.CheckConstraint(condition=Q(state__in=STATES), name="run_state"),
        ]
