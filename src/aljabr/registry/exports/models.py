"""Exports: who asked for what and why, who approved it, how long it can be had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from aljabr.registry.accounts.models import User


class Export(models.Model):
    """One row for every export asked for.

    Invariants: approved by somebody else than who asked (check ``export_two_people``); what was asked for never changes (trigger
    ``exports_frozen``); the file is made when it is approved and exists only with its hash and its last day.

    Personal data: none itself; the file holds what ``purpose`` needs, of claims the asker may see, and one row that exists nowhere
    else (``canary``), by which a copy that leaked names its recipient.
    """

    id = models.CharField(max_length=64, primary_key=True)
    purpose = models.CharField(max_length=32)
    reason = models.TextField()
    recipient = models.CharField(max_length=256)
    programme = models.CharField(max_length=64)
    step = models.CharField(max_length=64, blank=True)
    area = models.CharField(max_length=16, blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    expires_on = models.DateField(null=True)
    canary = models.CharField(max_length=64, blank=True)
    rows = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        """Names and constraints."""

        db_table = "exports"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("asked_by")), name="export_two_people"),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True, sha256="", expires_on__isnull=True)
                | (Q(approved_by__isnull=False, expires_on__isnull=False) & ~Q(sha256="")),
                name="export_approved_whole",
            ),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(recipient=""), name="export_has_reason"),
        ]
