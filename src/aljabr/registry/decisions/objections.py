"""An outside body's objection: the claimant is told, a body votes in its period; one upheld is served and may be appealed."""

from __future__ import annotations

from datetime import date

from aljabr.registry import law
from aljabr.registry.bodies.kinship import note_conflicts
from aljabr.registry.bodies.models import Body
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import guarded, require_delivery, require_service
from aljabr.registry.decisions.models import Decision, Motion
from aljabr.registry.decisions.writing import next_number, write_decision
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.models import Objection
from aljabr.registry.procedure.outside import set_aside
from aljabr.registry.procedure.reach import body_ahead
from aljabr.registry.procedure.steps import OBJECTED, live_step, move
from aljabr.registry.viewers import Conflict, Viewer

OUTCOMES = (OBJECTED, "objection_rejected")


def deciding_body(claim: Claim, step_key: str) -> str:
    """Return the body that decides about an objection at a step.

    Raises
    ------
    Conflict
        When no vote follows.
    """
    body = body_ahead(claim, step_key)
    if not body:
        raise Conflict("No body of this programme votes.", "The objection lapses after its period.")
    return body


def tell_claimant(viewer: Viewer, objection: Objection, *, on: date, says: str = "") -> Objection:
    """Record that the claimant was told of an objection against them, and what they say to it.

    Raises
    ------
    NotAllowed
        When the viewer neither serves the body that decides nor receives claimants.
    Conflict
        When it is settled.
    """
    viewer.require("service.record")
    with guarded():
        claim, item = Claim.objects.get(pk=objection.claim_id), ClaimItem.objects.get(pk=objection.item_id)
        require_delivery(viewer, deciding_body(claim, live_step(item).step))
        record_event(viewer, "objection.told", subject=f"objection:{objection.pk}", claim_id=claim.pk)
        values = {"notified_on": on, "claimant_says": says}
        if not Objection.objects.filter(pk=objection.pk, settled_on__isnull=True).update(**values):
            raise Conflict("This objection is settled.", "Look at the claim again.")
    objection.refresh_from_db()
    return objection


def open_objection_motion(viewer: Viewer, objection: Objection, *, outcome: str, ground: str) -> Motion:
    """Put an objection to the vote of the body that decides the case.

    Raises
    ------
    Conflict
        When the claimant was not told yet, its period has passed, or the outcome is none of an objection's.
    """
    viewer.require("decision.issue")
    with guarded():
        claim, item = Claim.objects.get(pk=objection.claim_id), ClaimItem.objects.get(pk=objection.item_id)
        step = live_step(item)
        body_key = deciding_body(claim, step.step)
        require_service(viewer, body_key)
        if outcome not in OUTCOMES:
            raise Conflict(f"{outcome} is no outcome of an objection.", f"Outcomes are {', '.join(OUTCOMES)}.")
        if objection.lapses_on < legal_today(claim.programme):
            raise Conflict("The period of this objection has passed.", "Let it lapse; the case goes on.")
        note_conflicts(claim.id)
        event = record_event(viewer, "motion.opened", subject=item.pk, claim_id=claim.id, outcome=outcome, objection=objection.pk)
        return Motion.objects.create(
            step=step,
            item=item,
            claim_id=claim.id,
            body=Body.objects.get(programme=claim.programme, key=body_key),
            objection=objection,
            outcome=outcome,
            currency=law.programme(claim.programme).currency.code,
            ground=ground,
            drafted_by_id=viewer.person,
            opened_at=event.happened_at,
        )


def settle_objection(viewer: Viewer, motion: Motion) -> Decision:
    """Issue what was decided about an objection: rejected, the case goes on; upheld, the claimant is served and may appeal.

    Raises
    ------
    Conflict
        Without quorum or majority, or when it is settled or has lapsed.
    """
    viewer.require("decision.issue")
    with guarded():
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        objection = motion.objection
        if motion.closed_at or objection is None:
            raise Conflict("This motion is decided, or concerns no objection.", "Look at the claim again.")
        require_service(viewer, motion.body.key)
        claim, item = Claim.objects.get(pk=motion.claim_id), ClaimItem.objects.get(pk=motion.item_id)
        step, number = live_step(item), next_number(motion.body, claim)
        event = record_event(viewer, "objection.settled", subject=item.pk, claim_id=claim.id, outcome=motion.outcome, number=number)
        open_one = Objection.objects.filter(pk=objection.pk, settled_on__isnull=True)
        outcome = "upheld" if motion.outcome == OBJECTED else "rejected"
        if not open_one.update(outcome=outcome, settled_on=legal_today(claim.programme)):
            raise Conflict("This objection has lapsed.", "Look at the claim again.")
        key = f"{step.step}/objection/{objection.pk}"
        decision = write_decision(viewer, motion, claim, step=key, number=number, replaces=None)
        if motion.outcome == OBJECTED:
            move(step, "open", event_id=event.pk)
            move(step, "decided", event_id=event.pk, outcome=OBJECTED)
        else:
            set_aside(objection, event_id=event.pk)
        return decision
