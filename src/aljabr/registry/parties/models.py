"""People as they were stated; who is the same person is linkage's and a reviewer's to say, never a row's."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Person(models.Model):
    """One row for every person stated in a claim, as stated.

    Invariants: the original spelling is kept; ``search_keys`` is computed from it by ``parties.keys`` and by nothing else.

    Personal data: name, sex, birth, phone, document number. Follows the visibility of its claim.
    """

    id = models.CharField(max_length=64, primary_key=True)
    claim_id = models.CharField(max_length=64)
    full_name = models.CharField(max_length=256)
    sex = models.CharField(max_length=1, blank=True)
    born = models.CharField(max_length=10, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    id_number = models.CharField(max_length=64, blank=True)
    place = models.CharField(max_length=64, blank=True)
    role = models.CharField(max_length=16)
    relation = models.CharField(max_length=32, blank=True)
    search_keys = ArrayField(models.CharField(max_length=64), default=list)

    class Meta:
        """Names and indexes."""

        db_table = "people"
        indexes: ClassVar = [models.Index(fields=["claim_id"], name="people_claim")]

    def __str__(self) -> str:
        return self.full_name
