"""Sittings of bodies and recusals from claims."""

from __future__ import annotations

from datetime import date

from django.db.models import Max
from django.utils import timezone

from aljabr.registry.bodies.kinship import document_key
from aljabr.registry.bodies.models import Body, Hearing, Interest, KinshipDoubt, Recusal
from aljabr.registry.claims.models import Claim
from aljabr.registry.decisions.actions import guarded, require_service
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, Viewer


def declare_recusal(viewer: Viewer, claim: Claim, *, reason: str) -> Recusal:
    """Declare that one may not act on a claim."""
    viewer.require("recusal.declare")
    with guarded():
        record_event(viewer, "recusal.declared", subject=claim.id, claim_id=claim.id)
        return Recusal.objects.create(
            claim_id=claim.id, user_id=viewer.person, reason=reason, automatic=False, declared_at=timezone.now()
        )


def declare_interest(viewer: Viewer, *, relation: str, full_name: str, id_number: str = "") -> Interest:
    """Declare oneself (``self``) or one's kin, so that the lot and the vote pass over claims of theirs."""
    viewer.require("interest.declare")
    with guarded():
        record_event(viewer, "interest.declared", subject=viewer.actor, relation=relation)
        return Interest.objects.create(
            user_id=viewer.person,
            relation=relation,
            full_name=full_name,
            document_key=document_key(id_number),
            declared_at=timezone.now(),
        )


def settle_doubt(viewer: Viewer, doubt: KinshipDoubt, *, kin: bool, because: str) -> KinshipDoubt:
    """Settle whether an officer whose name agrees with a party's is kin; if so they are recused.

    Raises
    ------
    Conflict
        Without a reason, or when it was settled already.
    """
    viewer.require("recusal.settle")
    with guarded():
        if doubt.user_id == viewer.user_id or not because.strip():
            raise Conflict("A doubt is settled by another person, with a reason.", "Write what was asked and answered.")
        record_event(viewer, "doubt.settled", subject=f"user:{doubt.user_id}", claim_id=doubt.claim_id, kin=kin)
        open_one = KinshipDoubt.objects.filter(pk=doubt.pk, kin__isnull=True)
        if not open_one.update(kin=kin, settled_because=because, settled_by=viewer.actor):
            raise Conflict("This doubt was settled already.", "Look at the claim again.")
        if kin:
            Recusal.objects.create(
                claim_id=doubt.claim_id, user_id=doubt.user_id, reason=because, automatic=True, declared_at=timezone.now()
            )
        return doubt


def hold_hearing(viewer: Viewer, body: Body, *, held_on: date, place: str = "") -> Hearing:
    """Open a sitting of a body with the next number."""
    viewer.require("hearing.hold")
    with guarded():
        require_service(viewer, body.key)
        number = (Hearing.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0) + 1
        record_event(viewer, "hearing.held", subject=f"{body.key}/{number}", held_on=held_on.isoformat())
        return Hearing.objects.create(body=body, number=number, held_on=held_on, place=place)
