"""The bodies a programme's law names, their seats and who sits there."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from aljabr.registry.accounts.models import User


class Body(models.Model):
    """One row for every body of a programme; an external one has no seats here.

    Personal data: none.
    """

    key = models.CharField(max_length=64)
    programme = models.CharField(max_length=64)
    title = models.JSONField()
    external = models.BooleanField(default=False)
    quorum = models.PositiveSmallIntegerField(default=1)
    statutory_exception = models.TextField(blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "bodies"
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "key"], name="body_once")]


class Seat(models.Model):
    """One row for every seat; ``principal`` is who appoints to it (all ministries are one: ``executive``).

    Personal data: none.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    number = models.PositiveSmallIntegerField()
    title = models.JSONField()
    principal = models.CharField(max_length=64)

    class Meta:
        """Names and constraints."""

        db_table = "seats"
        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "number"], name="seat_once")]


class Appointment(models.Model):
    """One row for every time a person sits on a seat.

    Invariants: one person on a seat at a time (exclusion constraint ``seat_taken_once``).

    Personal data: who holds public office, which is public.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="appointments")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="appointments")
    during = DateRangeField()

    class Meta:
        """Names and constraints."""

        db_table = "appointments"
        constraints: ClassVar = [
            ExclusionConstraint(
                name="seat_taken_once", expressions=[("seat", RangeOperators.EQUAL), ("during", RangeOperators.OVERLAPS)]
            )
        ]


class Recusal(models.Model):
    """One row for every officer who may not act on a claim.

    Invariants: once for a claim and officer; no vote of theirs on it can exist (trigger ``votes_checked``).

    Personal data: kinship of an officer to a party, in ``reason``.
    """

    claim_id = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    reason = models.TextField()
    automatic = models.BooleanField()
    declared_at = models.DateTimeField()

    class Meta:
        """Names and constraints."""

        db_table = "recusals"
        constraints: ClassVar = [models.UniqueConstraint(fields=["claim_id", "user"], name="recused_once")]


class Interest(models.Model):
    """One row for every person an officer declared as themselves (``self``) or as kin, so that they never act on a claim of theirs.

    Invariants: whoever's ``document_key`` is that of a person of a claim cannot vote on it (trigger ``votes_checked``).

    Personal data: names and document keys of officers and their kin; read by the check and by nobody's page.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="interests")
    relation = models.CharField(max_length=32)
    full_name = models.CharField(max_length=256)
    document_key = models.CharField(max_length=80, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        """Names."""

        db_table = "interests"


class KinshipDoubt(models.Model):
    """One row for every officer whose name agrees with a party's, until a secretary has settled whether they are kin.

    Invariants: once for a claim and officer; no vote of theirs while it is open (trigger ``votes_checked``).

    Personal data: possible kinship of an officer to a party.
    """

    claim_id = models.CharField(max_length=64)
    user = models.ForeignKey(User, on_delete=models.PROTECT)
    reason = models.TextField()
    noted_at = models.DateTimeField()
    kin = models.BooleanField(null=True)
    settled_because = models.TextField(blank=True)
    settled_by = models.CharField(max_length=64, blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "kinship_doubts"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim_id", "user"], name="doubted_once"),
            models.CheckConstraint(condition=Q(kin__isnull=True) | ~Q(settled_because=""), name="doubt_settled_with_reason"),
        ]


class Hearing(models.Model):
    """One row for every sitting of a body: its agenda, its minutes (محضر), the scan with the wet signatures.

    Personal data: none by itself.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="hearings")
    number = models.PositiveIntegerField()
    held_on = models.DateField()
    place = models.CharField(max_length=128, blank=True)
    closed_at = models.DateTimeField(null=True)
    minutes_text = models.TextField(blank=True)
    minutes_sha256 = models.CharField(max_length=64, blank=True)
    scan_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "hearings"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="hearing_once"),
            models.CheckConstraint(condition=Q(scan_sha256="") | ~Q(minutes_sha256=""), name="scan_of_minutes"),
        ]


class Nomination(models.Model):
    """One row for every person an administrator would put on a seat; a second one confirms it, and the appointment follows.

    Invariants: two people (check ``nomination_two_people``); an appointment needs one (trigger ``appointments_nominated``).

    Personal data: who holds public office, which is public.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="nominations")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="nominations")
    from_on = models.DateField()
    until_on = models.DateField(null=True)
    given_by = models.CharField(max_length=64)
    confirmed_by = models.CharField(max_length=64, blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "nominations"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(given_by=F("confirmed_by")), name="nomination_two_people")]


class Series(models.Model):
    """One row for every series of numbers: which was given last.

    Numbers of sealed claims are a series of their own, so that no gap in the open one tells of them.

    Personal data: none.
    """

    kind = models.CharField(max_length=16)
    owner = models.CharField(max_length=64)
    unit = models.CharField(max_length=64, blank=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """Names and constraints."""

        db_table = "series"
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "owner", "unit"], name="series_once")]
