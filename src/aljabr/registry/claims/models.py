"""A claim is not a claimant is not a payment: the file, its heads of loss, its mail."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from aljabr.registry.accounts.models import User
from aljabr.registry.policy import PURPOSES


class Claim(models.Model):
    """One row for every claim as lodged.

    Invariants: the reference is unique in its programme; a replayed filing (same ``filing_key``) is the same claim; the
    programme version is pinned; no claim without its event (trigger ``claims_evented``).

    Personal data: the claimant's name; sealed claims (``sealed_unit``) are invisible outside their unit by row-level security.
    """

    id = models.CharField(max_length=64, primary_key=True)
    programme = models.CharField(max_length=64)
    programme_hash = models.CharField(max_length=64)
    reference = models.CharField(max_length=64)
    filing_key = models.CharField(max_length=64, unique=True)
    content_digest = models.CharField(max_length=64)
    filed_on = models.DateField()
    lodged_at = models.DateTimeField()
    area = models.CharField(max_length=16)
    language = models.CharField(max_length=3)
    claimant_name = models.CharField(max_length=256)
    interviewer_sex = models.CharField(max_length=1, blank=True)
    sealed_unit = models.CharField(max_length=64, blank=True)
    search_keys = ArrayField(models.CharField(max_length=64), default=list)
    event_id = models.BigIntegerField(unique=True)

    class Meta:
        """Names, constraints and indexes."""

        db_table = "claims"
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "reference"], name="reference_once")]
        indexes: ClassVar = [
            GinIndex(fields=["search_keys"], name="claims_search"),
            models.Index(fields=["filed_on", "id"], name="claims_filed"),
        ]

    def __str__(self) -> str:
        return self.reference


class ClaimItem(models.Model):
    """One row for every head of loss in a claim; ``facts`` are the inputs of the programme's tables as known today.

    Invariants: money is whole minor units and never negative.

    Personal data: facts about the loss. Follows its claim.
    """

    id = models.CharField(max_length=64, primary_key=True)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="items")
    harm = models.CharField(max_length=64)
    victim_id = models.CharField(max_length=64, blank=True)
    incident = models.TextField(blank=True)
    incident_earliest_on = models.DateField(null=True)
    incident_latest_on = models.DateField(null=True)
    place = models.CharField(max_length=64, blank=True)
    property_ref = models.CharField(max_length=128, blank=True)
    claimed_minor = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)

    class Meta:
        """Names and constraints."""

        db_table = "claim_items"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(claimed_minor__isnull=True) | Q(claimed_minor__gte=0), name="claimed_not_negative")
        ]


class ItemOverlap(models.Model):
    """One row for every pair of items that may be the same loss, as linkage proposed it.

    Personal data: connects two claims; visible only to who may see the claim of ``item``.
    """

    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="overlaps")
    other_item_id = models.CharField(max_length=64)
    other_claim_id = models.CharField(max_length=64)
    kind = models.CharField(max_length=32)
    probability = models.DecimalField(max_digits=6, decimal_places=5)
    explanation = models.JSONField(default=dict)
    verdict = models.CharField(max_length=16, blank=True)
    judged_by = models.CharField(max_length=64, blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "item_overlaps"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "other_item_id", "kind"], name="overlap_once"),
            models.CheckConstraint(condition=Q(verdict__in=["", "same", "different", "unsure"]), name="overlap_verdict"),
        ]


class Mail(models.Model):
    """One row for every incoming or outgoing letter, with its number and day (الوارد والصادر).

    Invariants: the registry's own ``serial`` runs for each direction and year without gaps, a sealed unit's apart, and is given by
    the database (trigger ``mail_numbered``); ``number`` is the sender's for an incoming letter.

    Personal data: the subject may name people. Follows its claim.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="mail")
    direction = models.CharField(max_length=3)
    unit = models.CharField(max_length=64, blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    serial = models.PositiveIntegerField(default=0)
    number = models.CharField(max_length=64)
    dated_on = models.DateField()
    correspondent = models.CharField(max_length=128)
    subject = models.CharField(max_length=256)

    class Meta:
        """Names and constraints."""

        db_table = "mail"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(direction__in=["in", "out"]), name="mail_direction"),
            models.UniqueConstraint(
                fields=["unit", "direction", "year", "serial"], condition=Q(serial__gt=0), name="mail_serial_once"
            ),
        ]


MANDATE_SCOPES = ("people", "exhibits", "mail", "requests")


class Mandate(models.Model):
    """One row for every mediator joined to a claim: what they may see beyond its heads of loss, and until when.

    Invariants: who reads claims as a mediator only sees those they hold a mandate for today (policy ``claims_mandated``), and of
    them people, exhibits, mail and requests only as far as ``scopes`` says; a report is written once.

    Personal data: the report may name people. Follows its claim.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="mandates")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mandates")
    scopes = ArrayField(models.CharField(max_length=16), default=list)
    purpose = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField()
    ended_on = models.DateField(null=True)
    given_by = models.CharField(max_length=64)
    report = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "mandates"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until_on__gte=F("from_on")), name="mandate_ends_after_start"),
            models.CheckConstraint(condition=~Q(purpose=""), name="mandate_has_purpose"),
            models.UniqueConstraint(fields=["claim", "user"], condition=Q(ended_on__isnull=True), name="mandated_once"),
        ]


class Reading(models.Model):
    """One row for every time a user opened the page of a claim: which classes of fields it shows, for what purpose.

    Invariants: rows are only ever added (trigger ``readings_kept``).

    Personal data: who read whose file. Follows its claim; auditors read it.
    """

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="+")
    user_id = models.BigIntegerField()
    fields = models.CharField(max_length=64)
    purpose = models.CharField(max_length=32)
    read_at = models.DateTimeField()

    class Meta:
        """Names, constraints and indexes."""

        db_table = "readings"
        indexes: ClassVar = [models.Index(fields=["claim", "id"], name="readings_claim")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(purpose__in=PURPOSES), name="reading_purpose")]


class Opening(models.Model):
    """One row for every claim an officer opened outside their area: for which reason, until when (break-glass).

    Invariants: never of a sealed claim (trigger ``openings_checked``); gives reading only; never changed.

    Personal data: none beyond the officer and the claim.
    """

    claim_id = models.CharField(max_length=64)
    user_id = models.BigIntegerField()
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        """Names and indexes."""

        db_table = "openings"
        indexes: ClassVar = [models.Index(fields=["user_id", "until"], name="openings_live")]
