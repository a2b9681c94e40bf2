"""Withdrawal of a head of loss by its claimant, and its reopening: neither costs the claimant anything."""

from __future__ import annotations

from django.db import transaction

from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.models import CaseStep, ExternalRequest
from aljabr.registry.procedure.steps import live_step, move
from aljabr.registry.viewers import Conflict, Viewer


@transaction.atomic
def withdraw_item(viewer: Viewer, item: ClaimItem, *, reason: str) -> CaseStep:
    """Record that the claimant withdraws a head of loss; they can open it again at any time.

    Raises
    ------
    Conflict
        Without the claimant's own words, or when it was decided already.
    """
    viewer.require("claim.withdraw")
    if not reason.strip():
        raise Conflict("A withdrawal needs the claimant's words.", "Write why, as they say it, and that they were not pressed.")
    step = live_step(item)
    event = record_event(viewer, "item.withdrawn", subject=item.pk, claim_id=item.claim_id, reason=reason)
    move(step, "withdrawn", event_id=event.pk)
    return step


@transaction.atomic
def reopen_item(viewer: Viewer, item: ClaimItem, *, reason: str = "") -> CaseStep:
    """Open a withdrawn head of loss again where it stood, with the day it entered the queue.

    Raises
    ------
    Conflict
        When it is not withdrawn.
    """
    viewer.require("claim.withdraw")
    step = live_step(item)
    event = record_event(viewer, "item.reopened", subject=item.pk, claim_id=item.claim_id, reason=reason)
    move(step, "open", event_id=event.pk)
    if ExternalRequest.objects.filter(item=item, body=step.body, answered_on__isnull=True).exists():
        move(step, "waiting", event_id=event.pk)
    return step
