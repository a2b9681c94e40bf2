"""Exhibits and their custody."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Exhibit(models.Model):
    """One row for every piece of evidence named for an item; the file itself lies in the store under its hash.

    Invariants: the file's SHA-256 is taken at intake and checked at every reading; nothing is overwritten.

    Personal data: whatever the document shows. Follows its claim.
    """

    id = models.CharField(max_length=64, primary_key=True)
    claim_id = models.CharField(max_length=64)
    item_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    content_type = models.CharField(max_length=64, blank=True)
    file_name = models.CharField(max_length=128, blank=True)
    quarantined_because = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField()
    received_by = models.CharField(max_length=64)

    class Meta:
        """Names and indexes."""

        db_table = "exhibits"
        indexes: ClassVar = [models.Index(fields=["claim_id"], name="exhibits_claim")]


class Waiver(models.Model):
    """One row for every demand of evidence waived, with the rule that allows it.

    Invariants: a waiver without the code of a rule cannot be stored.

    Personal data: none by itself.
    """

    claim_id = models.CharField(max_length=64)
    item_id = models.CharField(max_length=64)
    fact = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    reason = models.TextField()
    waived_by = models.CharField(max_length=64)

    class Meta:
        """Names and constraints."""

        db_table = "waivers"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item_id", "fact"], name="waived_once"),
            models.CheckConstraint(condition=~models.Q(rule=""), name="waiver_has_rule"),
        ]
