"""Sittings of bodies and recusals from claims."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.utils import timezone

from aljabr.registry.bodies.models import Body, Hearing, Recusal
from aljabr.registry.bodies.turns import take_turn
from aljabr.registry.claims.models import Claim
from aljabr.registry.decisions.actions import guarded, require_service
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Viewer


def declare_recusal(viewer: Viewer, claim: Claim, *, reason: str) -> Recusal:
    """Declare that one may not act on a claim."""
    viewer.require("recusal.declare")
    with guarded():
        record_event(viewer, "recusal.declared", subject=claim.id, claim_id=claim.id)
        return Recusal.objects.create(
            claim_id=claim.id, user_id=viewer.person, reason=reason, automatic=False, declared_at=timezone.now()
        )


def hold_hearing(viewer: Viewer, body: Body, *, held_on: date, place: str = "") -> Hearing:
    """Open a sitting of a body with the next number."""
    viewer.require("hearing.hold")
    with guarded():
        require_service(viewer, body.key)
        take_turn(f"hearing/{body.pk}")
        number = (Hearing.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0) + 1
        record_event(viewer, "hearing.held", subject=f"{body.key}/{number}", held_on=held_on.isoformat())
        return Hearing.objects.create(body=body, number=number, held_on=held_on, place=place)
