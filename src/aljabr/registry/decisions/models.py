"""What the machine proposes and what people decide, serve and appeal."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from aljabr.registry.accounts.models import User
from aljabr.registry.bodies.models import Body, Hearing, Seat
from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.procedure.models import CaseStep, Objection

# How money is handed out.
METHODS = ("cheque", "transfer")


class Proposal(models.Model):
    """One row for every determination the engine came to; it decides nothing.

    Invariants: one live proposal for an item and programme version (``proposal_live_once``); a stale one (its ``facts_digest``
    is not that of the item's facts today) is refused when it is recorded.

    Personal data: reasons about a person's loss. Follows its claim.
    """

    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="proposals")
    claim_id = models.CharField(max_length=64)
    run_id = models.CharField(max_length=64)
    programme_hash = models.CharField(max_length=64)
    facts_digest = models.CharField(max_length=64)
    outcome = models.CharField(max_length=16)
    ground = models.CharField(max_length=64, blank=True)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    legal_basis = models.TextField(blank=True)
    rule_hits = models.JSONField(default=list)
    missing_facts = models.JSONField(default=list)
    letter_text = models.TextField(blank=True)
    live = models.BooleanField(default=True)
    recorded_at = models.DateTimeField()

    class Meta:
        """Names and constraints."""

        db_table = "proposals"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "programme_hash"], condition=Q(live=True), name="proposal_live_once")
        ]


class Schedule(models.Model):
    """One row for every group of items of one body and step put to a vote at once; each item has its own motion and decision.

    Personal data: none by itself.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="schedules")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=64)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="schedules")
    outcome = models.CharField(max_length=32)
    ground = models.TextField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "schedules"
        constraints: ClassVar = [models.UniqueConstraint(fields=["body", "number"], name="schedule_once")]


class AgendaEntry(models.Model):
    """One row for every item on the agenda of a sitting.

    Personal data: none by itself. Follows its claim.
    """

    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, related_name="agenda")
    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="agendas")
    claim_id = models.CharField(max_length=64)
    position = models.PositiveIntegerField()

    class Meta:
        """Names and constraints."""

        db_table = "agenda_entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hearing", "item"], name="on_agenda_once"),
            models.UniqueConstraint(fields=["hearing", "position"], name="agenda_position_once"),
        ]


class LegalPoint(models.Model):
    """One row for every point of law a body decided, with what it decided and the provision, so that like cases are decided alike.

    Personal data: none; a point is written without people, and names only the number of its decision.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="points")
    decision_number = models.CharField(max_length=64)
    decided_on = models.DateField()
    question = models.TextField()
    holding = models.TextField()
    cite = models.TextField()
    folded = models.TextField()
    recorded_by = models.CharField(max_length=64)

    class Meta:
        """Names and constraints."""

        db_table = "legal_points"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(cite=""), name="point_cites")]


class Motion(models.Model):
    """One row for every question put to a body's vote about an item.

    Invariants: one open motion for a step; ``against_proposal`` needs a written ground.

    Personal data: reasons about a person's loss. Follows its claim.
    """

    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="motions")
    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="motions")
    claim_id = models.CharField(max_length=64)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    hearing = models.ForeignKey(Hearing, on_delete=models.PROTECT, null=True, related_name="motions")
    appeal = models.ForeignKey("Appeal", on_delete=models.PROTECT, null=True, related_name="motions")
    schedule = models.ForeignKey(Schedule, on_delete=models.PROTECT, null=True, related_name="motions")
    objection = models.ForeignKey(Objection, on_delete=models.PROTECT, null=True, related_name="motions")
    corrects = models.ForeignKey("Decision", on_delete=models.PROTECT, null=True, related_name="corrections")
    outcome = models.CharField(max_length=32)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    ground = models.TextField()
    against_proposal = models.BooleanField(default=False)
    written_ground = models.TextField(blank=True)
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    # Why it was closed without a decision: lost, or taken back before anybody voted.
    taken_out_because = models.TextField(blank=True)
    closed_because = models.CharField(max_length=16, blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "motions"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["step"], condition=Q(closed_at__isnull=True), name="motion_open_once"),
            models.CheckConstraint(condition=Q(against_proposal=False) | ~Q(written_ground=""), name="against_has_ground"),
            models.CheckConstraint(condition=Q(amount_minor__isnull=True) | Q(amount_minor__gte=0), name="motion_not_negative"),
        ]


class Vote(models.Model):
    """One row for every vote cast by a seat; a vote against carries its dissent.

    Invariants: a seat and an officer vote once on a motion; who drafted it, is recused, does not sit there, or decided the same
    matter before an appeal cannot vote (trigger ``votes_checked``).

    Personal data: how a public officer voted.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="votes")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT)
    officer = models.ForeignKey(User, on_delete=models.PROTECT)
    choice = models.CharField(max_length=8)
    dissent = models.TextField(blank=True)
    cast_at = models.DateTimeField()

    class Meta:
        """Names and constraints."""

        db_table = "votes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["motion", "seat"], name="seat_votes_once"),
            models.UniqueConstraint(fields=["motion", "officer"], name="officer_votes_once"),
            models.CheckConstraint(condition=Q(choice__in=["for", "against", "abstain"]), name="vote_choice"),
        ]


class Decision(models.Model):
    """One row for every decision of a body about an item at a step.

    Invariants: one live decision for an item, step and programme version; quorum and majority of the votes, two different people
    for and as issuer, and the statutory exception where one principal holds all votes for it (trigger ``decisions_checked``).

    Personal data: reasons about a person's loss. Follows its claim.
    """

    id = models.CharField(max_length=64, primary_key=True)
    motion = models.OneToOneField(Motion, on_delete=models.PROTECT, related_name="decision")
    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="decisions")
    claim_id = models.CharField(max_length=64)
    step = models.CharField(max_length=64)
    body = models.ForeignKey(Body, on_delete=models.PROTECT)
    programme_hash = models.CharField(max_length=64)
    number = models.CharField(max_length=64)
    outcome = models.CharField(max_length=32)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3)
    ground = models.TextField()
    statutory_exception = models.TextField(blank=True)
    decided_on = models.DateField()
    issued_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    superseded_by = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    live = models.BooleanField(default=True)

    class Meta:
        """Names and constraints."""

        db_table = "decisions"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "step", "programme_hash"], condition=Q(live=True), name="decision_live_once"),
            models.UniqueConstraint(fields=["body", "number"], name="decision_number_once"),
            models.CheckConstraint(condition=Q(live=True) | Q(superseded_by__isnull=False), name="dead_is_superseded"),
        ]


SERVICE_METHODS = ("in_person", "mukhtar", "bailiff", "sms", "publication")


class Service(models.Model):
    """One row for every attempt to tell the claimant a decision; only a successful one starts a period.

    Personal data: where and by whom a person was reached. Follows its claim.
    """

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="services")
    claim_id = models.CharField(max_length=64)
    method = models.CharField(max_length=16)
    attempted_on = models.DateField()
    reached = models.BooleanField()
    detail = models.TextField(blank=True)
    appeal_until = models.DateField(null=True)
    recorded_by = models.CharField(max_length=64)

    class Meta:
        """Names and constraints."""

        db_table = "services"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision"], condition=Q(reached=True), name="served_once"),
            models.CheckConstraint(condition=Q(method__in=SERVICE_METHODS), name="service_method"),
            models.CheckConstraint(condition=Q(reached=True) | Q(appeal_until__isnull=True), name="period_from_service"),
            models.CheckConstraint(
                condition=Q(appeal_until__isnull=True) | Q(appeal_until__gte=F("attempted_on")), name="period_after_service"
            ),
        ]


class Appeal(models.Model):
    """One row for every appeal against a decision; a late one carries its reasons and is never refused unread.

    Invariants: one live appeal against a decision.

    Personal data: reasons about a person's loss. Follows its claim.
    """

    id = models.CharField(max_length=64, primary_key=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    claim_id = models.CharField(max_length=64)
    lodged_on = models.DateField()
    reasons = models.TextField()
    late = models.BooleanField()
    late_reasons = models.TextField(blank=True)
    body = models.CharField(max_length=64)
    outcome = models.CharField(max_length=32, blank=True)
    settled_on = models.DateField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "appeals"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["decision"], condition=Q(settled_on__isnull=True), name="appeal_live_once"),
            models.CheckConstraint(condition=Q(late=False) | ~Q(late_reasons=""), name="late_has_reasons"),
        ]


class Attestation(models.Model):
    """One row for every attestation or dissent of an auditor or observer, on one decision or on a month; published as given.

    Invariants: once for a person and subject; never changed (trigger ``attestations_frozen``).

    Personal data: none beyond the public office of who gives it; the text is written without claimants.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=32)
    subject = models.CharField(max_length=128)
    verdict = models.CharField(max_length=8)
    text = models.TextField()
    given_on = models.DateField()

    class Meta:
        """Names and constraints."""

        db_table = "attestations"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "subject"], name="attested_once"),
            models.CheckConstraint(condition=Q(verdict__in=["attests", "dissents"]), name="attestation_verdict"),
            models.CheckConstraint(condition=Q(verdict="attests") | ~Q(text=""), name="dissent_has_text"),
        ]


class Payment(models.Model):
    """One row for every payment of an item that a finance officer stated: a cheque handed out or a transfer made.

    Invariants: of the amount decided, confirmed or rejected once and by another officer than who stated it (trigger
    ``payments_checked``, check ``payment_two_people``); one that was not rejected for a step (``payment_once``); no number of
    a cheque or transfer twice (``payment_number_once``).

    Personal data: what somebody was paid. Follows its claim.
    """

    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="payments")
    claim_id = models.CharField(max_length=64)
    step = models.ForeignKey(CaseStep, on_delete=models.PROTECT, related_name="payments")
    method = models.CharField(max_length=16)
    number = models.CharField(max_length=64)
    paid_on = models.DateField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    stated_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    stated_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    rejected_because = models.TextField(blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "payments"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(method__in=METHODS), name="payment_method"),
            models.CheckConstraint(condition=~Q(number=""), name="payment_has_number"),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | (~Q(confirmed_by=F("stated_by")) & Q(rejected_because="")),
                name="payment_two_people",
            ),
            models.UniqueConstraint(fields=["step"], condition=Q(rejected_because=""), name="payment_once"),
            models.UniqueConstraint(fields=["method", "number"], condition=Q(rejected_because=""), name="payment_number_once"),
        ]
