"""Where each head of loss stands, who reviews it, what was asked of whom."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from aljabr.registry.accounts.models import User
from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.procedure.states import STATES


class CaseStep(models.Model):
    """One row for every step of the procedure a head of loss has entered.

    Invariants: one live step for an item (``step_live_once``); states follow ``states.TRANSITIONS`` and no state changes without
    its event of the same transaction (trigger ``case_steps_checked``).

    Personal data: none by itself. Follows its claim.
    """

    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="steps")
    claim_id = models.CharField(max_length=64)
    step = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    state = models.CharField(max_length=16)
    outcome = models.CharField(max_length=32, blank=True)
    entered_on = models.DateField()
    due_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    live = models.BooleanField(default=True)
    event_id = models.BigIntegerField()

    class Meta:
        """Names, constraints and indexes."""

        db_table = "case_steps"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item"], condition=Q(live=True), name="step_live_once"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="step_state"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["body", "step", "state", "entered_on", "id"], name="steps_queue", condition=Q(live=True)),
            models.Index(fields=["body", "step", "entered_on", "id"], name="steps_queue_by_day", condition=Q(live=True)),
            models.Index(fields=["claim_id"], name="steps_claim"),
        ]


class Holiday(models.Model):
    """One row for every day off in an area (``*`` everywhere), or day on which periods are suspended.

    Personal data: none.
    """

    area = models.CharField(max_length=16, default="*")
    day = models.DateField()
    title = models.JSONField(default=dict)
    suspends = models.BooleanField(default=False)

    class Meta:
        """Names and constraints."""

        db_table = "holidays"
        constraints: ClassVar = [models.UniqueConstraint(fields=["area", "day"], name="holiday_once")]


class Assignment(models.Model):
    """One row for every reviewer drawn by lot for an item.

    Invariants: one for an item; the draw can be recomputed from ``seed``, ``eligible`` and ``lot_key``.

    Personal data: which officer handles which case.
    """

    item = models.OneToOneField(ClaimItem, on_delete=models.PROTECT, related_name="assignment")
    claim_id = models.CharField(max_length=64)
    officer = models.ForeignKey(User, on_delete=models.PROTECT)
    lot_key = models.CharField(max_length=64)
    seed = models.CharField(max_length=64)
    tree_size = models.BigIntegerField()
    eligible = models.JSONField()
    drawn_at = models.DateTimeField()

    class Meta:
        """Names and indexes."""

        db_table = "assignments"
        indexes: ClassVar = [
            models.Index(fields=["lot_key"], name="assignments_lot"),
            models.Index(fields=["officer"], name="assignments_officer"),
        ]


class Review(models.Model):
    """One row for every reviewer's work on an item: the view written before seeing the machine's proposal, and what they propose.

    Invariants: the provisional view cannot change once the proposal was seen (trigger ``reviews_checked``).

    Personal data: reasons may name people. Follows its claim.
    """

    item = models.OneToOneField(ClaimItem, on_delete=models.PROTECT, related_name="review")
    claim_id = models.CharField(max_length=64)
    officer = models.ForeignKey(User, on_delete=models.PROTECT)
    provisional_view = models.TextField(blank=True)
    view_written_at = models.DateTimeField(null=True)
    proposal_seen_at = models.DateTimeField(null=True)
    proposed_outcome = models.CharField(max_length=16, blank=True)
    proposed_minor = models.BigIntegerField(null=True)
    proposed_ground = models.TextField(blank=True)
    proposed_at = models.DateTimeField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "reviews"


class ExternalRequest(models.Model):
    """One row for every numbered request to an outside body, with when it is due and when it was answered.

    Invariants: numbered once for a body; silence is no answer, and no refusal: ``answer`` stays empty until there is one.

    Personal data: only the fields the step needs, in ``disclosed``. Follows its claim.
    """

    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="requests")
    claim_id = models.CharField(max_length=64)
    body = models.CharField(max_length=64)
    number = models.PositiveIntegerField()
    sent_on = models.DateField()
    due_on = models.DateField()
    reminded_on = models.DateField(null=True)
    disclosed = models.JSONField(default=dict)
    answered_on = models.DateField(null=True)
    answer = models.CharField(max_length=32, blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        """Names and constraints."""

        db_table = "external_requests"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["body", "number"], name="request_number_once"),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("sent_on")), name="answer_after_request"
            ),
            models.CheckConstraint(condition=~Q(answer="objection") | ~Q(reasons=""), name="objection_has_reasons"),
        ]


class Objection(models.Model):
    """One row for every objection of an outside body to one person's head of loss.

    Invariants: individual and with reasons; the claimant is told before a body votes on it (trigger ``motions_checked``); it lapses
    on ``lapses_on`` when nothing was decided, and the case goes on.

    Personal data: an allegation about a person that nobody has examined yet. Follows its claim.
    """

    request = models.OneToOneField(ExternalRequest, on_delete=models.PROTECT, related_name="objection")
    item = models.ForeignKey(ClaimItem, on_delete=models.PROTECT, related_name="objections")
    claim_id = models.CharField(max_length=64)
    reasons = models.TextField()
    lodged_on = models.DateField()
    lapses_on = models.DateField()
    notified_on = models.DateField(null=True)
    claimant_says = models.TextField(blank=True)
    outcome = models.CharField(max_length=16, blank=True)
    settled_on = models.DateField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "objections"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reasons=""), name="objection_reasoned"),
            models.CheckConstraint(condition=Q(lapses_on__gt=F("lodged_on")), name="objection_time_boxed"),
            models.CheckConstraint(condition=Q(outcome__in=["", "upheld", "rejected", "lapsed"]), name="objection_outcome"),
        ]


class Priority(models.Model):
    """One row for every item let ahead of others, with the rule of the programme that says so.

    Invariants: once for an item; no priority without the code of a rule.

    Personal data: none by itself. Follows its claim.
    """

    item = models.OneToOneField(ClaimItem, on_delete=models.PROTECT, related_name="priority")
    claim_id = models.CharField(max_length=64)
    rule = models.CharField(max_length=64)
    reason = models.TextField()
    granted_on = models.DateField()
    granted_by = models.CharField(max_length=64)

    class Meta:
        """Names and constraints."""

        db_table = "priorities"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(rule=""), name="priority_has_rule")]


class SavedFilter(models.Model):
    """One row for every search or queue an officer keeps under a name.

    Personal data: what an officer looks for may be a name; only its owner reads it.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="filters")
    title = models.CharField(max_length=64)
    address = models.CharField(max_length=512)
    dropped_on = models.DateField(null=True)

    class Meta:
        """Names and constraints."""

        db_table = "saved_filters"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "title"], condition=Q(dropped_on__isnull=True), name="filter_title_once")
        ]
