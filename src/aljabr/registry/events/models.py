"""One row for every act in the registry."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """One row for every act: who did what to which claim, when, with what content.

    Invariants: rows are only ever added (trigger ``events_frozen``); the salted leaf hash commits to the content; ``leaf_index`` is
    given once, gapless, by the sequencer.

    Personal data: ``content`` may hold facts about claimants; it follows the visibility of its claim.
    """

    name = models.CharField(max_length=64)
    happened_at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    claim_id = models.CharField(max_length=64, null=True)
    subject = models.CharField(max_length=64)
    content = models.JSONField()
    salt = models.BinaryField(max_length=32)
    leaf_hash = models.BinaryField(max_length=32)
    leaf_index = models.BigIntegerField(null=True, unique=True)
    transaction_id = models.BigIntegerField()

    class Meta:
        """Names and indexes."""

        db_table = "events"
        indexes: ClassVar = [
            models.Index(fields=["claim_id", "id"], name="events_claim"),
            models.Index(fields=["subject"], name="events_subject"),
        ]


class Checkpoint(models.Model):
    """One row for every signed checkpoint of the public log; the tree's size only grows.

    Personal data: none.
    """

    size = models.BigIntegerField(unique=True)
    root = models.CharField(max_length=64)
    frontier = models.JSONField(default=list)
    note = models.TextField()
    published_at = models.DateTimeField()

    class Meta:
        """Names."""

        db_table = "checkpoints"


class TreeNode(models.Model):
    """One row for every complete subtree of 256 or 65,536 leaves of the public log, so that a proof reads few rows.

    Invariants: never changed; what it says follows from the leaves.

    Personal data: none.
    """

    width = models.BigIntegerField()
    place = models.BigIntegerField()
    value = models.BinaryField(max_length=32)

    class Meta:
        """Names and constraints."""

        db_table = "tree_nodes"
        constraints: ClassVar = [models.UniqueConstraint(fields=["width", "place"], name="tree_node_once")]
