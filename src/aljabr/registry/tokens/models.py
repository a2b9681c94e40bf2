"""Tokens of programs."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from aljabr.registry.accounts.models import User


class Token(models.Model):
    """One row for every token by which a program acts for a user.

    Invariants: only the SHA-256 of the token is kept; it never has a role the user does not hold that day; it ends.

    Personal data: none beyond the user.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)
    roles = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """Names."""

        db_table = "tokens"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(expires_at__gt=models.F("made_at")), name="token_expires")
        ]
