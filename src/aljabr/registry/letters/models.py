"""Letters of decisions, kept as they were written."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from aljabr.registry.decisions.models import Decision


class Letter(models.Model):
    """One row for every letter of a decision in one language.

    Invariants: one for a decision and language; never changed (trigger ``letters_frozen``); ``sha256`` is of ``text`` in UTF-8.

    Personal data: name of the claimant, reasons about a loss. Follows its claim.
    """

    id = models.CharField(max_length=64, primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="letters")
    claim_id = models.CharField(max_length=64)
    language = models.CharField(max_length=3)
    subject = models.TextField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    written_by = models.CharField(max_length=64)
    written_at = models.DateTimeField()

    class Meta:
        """Names and constraints."""

        db_table = "letters"
        constraints: ClassVar = [models.UniqueConstraint(fields=["decision", "language"], name="letter_once")]
