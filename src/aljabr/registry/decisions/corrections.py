"""Clerical corrections of decisions, and motions that end without a decision.

A correction repairs a slip of the pen (a figure copied wrongly, a name in the ground); the same body votes on it with the same
quorum, and the outcome stays. The corrected decision takes the old one's place and is served anew.
"""

from __future__ import annotations

from django.utils import timezone

from aljabr.registry.bodies.models import Hearing
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.decisions.actions import guarded, require_service
from aljabr.registry.decisions.models import Decision, Motion
from aljabr.registry.decisions.writing import next_number, write_decision
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.steps import latest_step, move
from aljabr.registry.viewers import Conflict, Viewer


def open_correction(
    viewer: Viewer, decision: Decision, *, amount_minor: int | None, ground: str, reason: str, hearing: Hearing | None = None
) -> Motion:
    """Put a clerical correction of a decision to the vote of the body that decided.

    Raises
    ------
    Conflict
        Without a reason, when the decision was replaced, or when a later decision rests on it.
    """
    viewer.require("decision.issue")
    with guarded():
        require_service(viewer, decision.body.key)
        _check_correctable(decision, reason)
        item = ClaimItem.objects.get(pk=decision.item_id)
        event = record_event(viewer, "correction.opened", subject=item.pk, claim_id=decision.claim_id, number=decision.number)
        return Motion.objects.create(
            step=latest_step(item, decision.step),
            item=item,
            claim_id=decision.claim_id,
            body=decision.body,
            hearing=hearing,
            corrects=decision,
            outcome=decision.outcome,
            amount_minor=amount_minor,
            currency=decision.currency,
            ground=ground,
            written_ground=reason,
            drafted_by_id=viewer.person,
            opened_at=event.happened_at,
        )


def _check_correctable(decision: Decision, reason: str) -> None:
    if not reason.strip():
        raise Conflict("A correction needs a reason.", "Write which slip it repairs.")
    if not decision.live or "/" in decision.step:
        raise Conflict("This decision does not stand any more, or settles an appeal.", "Correct the decision that stands.")
    if decision.appeals.filter(settled_on__isnull=True).exists():
        raise Conflict("An appeal is pending.", "Its body can amend the decision.")
    if Decision.objects.filter(item_id=decision.item_id, live=True, motion_id__gt=decision.motion_id).exists():
        raise Conflict("A later decision rests on this one.", "Correct the later one, or lodge an appeal.")


def issue_correction(viewer: Viewer, motion: Motion) -> Decision:
    """Issue a voted correction: it takes the decision's place, and is served anew.

    Raises
    ------
    Conflict
        Without quorum or majority, or when it was issued already.
    """
    viewer.require("decision.issue")
    with guarded():
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        corrected = motion.corrects
        if motion.closed_at or corrected is None:
            raise Conflict("This motion is decided, or corrects nothing.", "Look at the claim again.")
        require_service(viewer, motion.body.key)
        claim, item = Claim.objects.get(pk=motion.claim_id), ClaimItem.objects.get(pk=motion.item_id)
        number = next_number(motion.body, claim)
        event = record_event(
            viewer, "decision.corrected", subject=item.pk, claim_id=claim.id, number=number, corrects=corrected.number
        )
        decision = write_decision(viewer, motion, claim, step=corrected.step, number=number, replaces=corrected)
        step = latest_step(item, corrected.step)
        if step.live and step.state == "served":
            move(step, "decided", event_id=event.pk)
        return decision


def close_motion(viewer: Viewer, motion: Motion) -> None:
    """Close a motion that was voted down, or that nobody has voted on yet, so that another can be put.

    Raises
    ------
    Conflict
        While the vote runs or when the motion has a majority.
    """
    viewer.require("decision.issue")
    with guarded():
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        require_service(viewer, motion.body.key)
        choices = list(motion.votes.values_list("choice", flat=True))
        lost = len(choices) >= motion.body.quorum and choices.count("for") <= choices.count("against")
        moot = motion.objection is not None and motion.objection.settled_on is not None
        if motion.closed_at or (choices and not lost and not moot):
            raise Conflict("The vote is not lost.", "Wait for the votes, or issue what was decided.")
        because = "lost" if choices else "taken_back"
        record_event(viewer, "motion.closed", subject=motion.item_id, claim_id=motion.claim_id, because=because)
        Motion.objects.filter(pk=motion.pk).update(closed_at=timezone.now(), closed_because=because)
