"""Puts a question to a body, takes its votes, issues what they decided, serves it.

Quorum, majority, four eyes, recusal and the one live decision are the database's (``guards``); what it refuses comes back as a
``Conflict`` with the way out.
"""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.bodies.kinship import note_conflicts
from aljabr.registry.bodies.models import Body, Hearing, Seat
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.claims.queries import today_of
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.models import Decision, Motion, Proposal, Service, Vote
from aljabr.registry.decisions.writing import next_number, rule_of
from aljabr.registry.events.actions import record_event
from aljabr.registry.identifiers import new_id
from aljabr.registry.procedure.calendar import end_of_period
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.steps import go_on, live_step, move
from aljabr.registry.refusals import guarded as guarded
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


def require_service(viewer: Viewer, body: str) -> None:
    """Refuse when the viewer serves another body."""
    if body not in viewer.bodies and not viewer.is_system:
        raise NotAllowed(f"You do not serve {body}.", "Ask its secretary.")


def require_delivery(viewer: Viewer, body: str) -> None:
    """Refuse when the viewer neither serves the body nor receives claimants, which is where decisions are handed over."""
    if "intake_officer" not in viewer.roles:
        require_service(viewer, body)


def open_motion(
    viewer: Viewer,
    item: ClaimItem,
    *,
    outcome: str,
    amount_minor: int | None,
    ground: str,
    written_ground: str = "",
    hearing: Hearing | None = None,
) -> Motion:
    """Put a question to the body of the item's step.

    Raises
    ------
    Conflict
        When the step is no vote, the outcome is none of the step's, or it differs from the determination without a written ground.
    """
    viewer.require("decision.issue")
    with guarded():
        claim = Claim.objects.get(pk=item.claim_id)
        step = live_step(item)
        require_service(viewer, step.body)
        check_outcome(claim, step, outcome)
        against = differs(item, outcome, amount_minor)
        note_conflicts(claim.id)
        event = record_event(viewer, "motion.opened", subject=item.pk, claim_id=claim.id, outcome=outcome, against_proposal=against)
        return Motion.objects.create(
            step=step,
            item=item,
            claim_id=claim.id,
            body=Body.objects.get(programme=claim.programme, key=step.body),
            hearing=hearing,
            outcome=outcome,
            amount_minor=amount_minor,
            currency=law.programme(claim.programme).currency.code,
            ground=ground,
            against_proposal=against,
            written_ground=written_ground,
            drafted_by_id=viewer.person,
            opened_at=event.happened_at,
        )


def check_outcome(claim: Claim, step: CaseStep, outcome: str) -> None:
    """Refuse an outcome the step does not know."""
    rule = law.step(law.programme(claim.programme), step.step)
    if rule.act != "vote":
        raise Conflict(f"{step.step} is decided by no vote.", "Look at the claim again.")
    if outcome not in rule.outcomes:
        raise Conflict(f"{outcome} is no outcome of {step.step}.", f"Outcomes are {', '.join(rule.outcomes)}.")
    if step.state != "open":
        raise Conflict(f"The step is {step.state}.", "It must be open to be decided.")


def differs(item: ClaimItem, outcome: str, amount_minor: int | None) -> bool:
    """Return whether an outcome is another than the engine's determination."""
    proposal = Proposal.objects.filter(item=item, live=True).first()
    if proposal is None or proposal.outcome not in ("granted", "denied") or outcome not in ("granted", "denied"):
        return False
    return (outcome, amount_minor if outcome == "granted" else None) != (
        proposal.outcome,
        proposal.amount_minor if proposal.outcome == "granted" else None,
    )


def cast_vote(viewer: Viewer, motion: Motion, *, seat: Seat, choice: str, dissent: str = "") -> Vote:
    """Cast the vote of a seat the viewer sits on; against carries its dissent.

    Raises
    ------
    Conflict
        When the vote is closed, cast already, or the officer may not vote on this claim.
    """
    viewer.require("vote.cast")
    with guarded():
        vote = Vote.objects.create(
            motion=motion, seat=seat, officer_id=viewer.person, choice=choice, dissent=dissent, cast_at=timezone.now()
        )
        record_event(viewer, "vote.cast", subject=motion.item_id, claim_id=motion.claim_id, seat=seat.pk, choice=choice)
        return vote


def issue_decision(viewer: Viewer, motion: Motion) -> Decision:
    """Issue what a body's votes decided, and go on.

    Raises
    ------
    Conflict
        Without quorum or majority, or when it was issued already.
    """
    viewer.require("decision.issue")
    with guarded():
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        if motion.closed_at:
            raise Conflict("This motion was decided already.", "Look at the claim again.")
        claim, item = Claim.objects.get(pk=motion.claim_id), ClaimItem.objects.get(pk=motion.item_id)
        step, body = live_step(item), motion.body
        require_service(viewer, body.key)
        number = next_number(body, claim)
        event = record_event(
            viewer, "decision.issued", subject=item.pk, claim_id=claim.id, outcome=motion.outcome, number=number, step=step.step
        )
        before = Decision.objects.filter(item=item, step=step.step, live=True).first()
        decision_id = new_id("decision")
        if before:
            Decision.objects.filter(pk=before.pk).update(live=False, superseded_by_id=decision_id)
        decision = Decision.objects.create(
            id=decision_id,
            motion=motion,
            item=item,
            claim_id=claim.id,
            step=step.step,
            body=body,
            programme_hash=claim.programme_hash,
            number=number,
            outcome=motion.outcome,
            amount_minor=motion.amount_minor,
            currency=motion.currency,
            ground=motion.ground,
            statutory_exception=body.statutory_exception,
            decided_on=legal_today(claim.programme),
            issued_by_id=viewer.person,
        )
        Motion.objects.filter(pk=motion.pk).update(closed_at=timezone.now())
        move(step, "decided", event_id=event.pk, outcome=motion.outcome)
        if not law.step(law.programme(claim.programme), step.step).served:
            go_on(step, item, claim, event_id=event.pk)
        return decision


def record_service(
    viewer: Viewer, decision: Decision, *, method: str, attempted_on: date, reached: bool, detail: str = ""
) -> Service:
    """Record an attempt to tell the claimant; only success starts the period for an appeal.

    Raises
    ------
    Conflict
        When the decision was served already.
    """
    viewer.require("service.record")
    require_delivery(viewer, decision.body.key)
    with guarded():
        claim, item = Claim.objects.get(pk=decision.claim_id), ClaimItem.objects.get(pk=decision.item_id)
        rule = rule_of(claim, decision)
        timed = rule is not None and rule.deadline and rule.appeal_to
        days = law.deadline_days(law.programme(claim.programme), rule.deadline) if rule and timed else None
        until = end_of_period(attempted_on, days, area=claim.area) if reached and days else None
        event = record_event(
            viewer,
            "decision.served" if reached else "service.failed",
            subject=item.pk,
            claim_id=claim.id,
            method=method,
            number=decision.number,
        )
        service = Service.objects.create(
            decision=decision,
            claim_id=claim.id,
            method=method,
            attempted_on=attempted_on,
            reached=reached,
            detail=detail,
            appeal_until=until,
            recorded_by=viewer.actor,
        )
        if reached and rule:
            move(live_step(item), "served", event_id=event.pk)
        return service


def end_period(viewer: Viewer, decision: Decision, *, on: date | None = None) -> CaseStep | None:
    """Go on after the period for an appeal has passed unused.

    Raises
    ------
    Conflict
        When it still runs, or an appeal is pending.
    """
    viewer.require("service.record")
    require_delivery(viewer, decision.body.key)
    with guarded():
        service = Service.objects.filter(decision=decision, reached=True).first()
        today = on or today_of(decision.claim_id)
        if not decision.live or service is None or (service.appeal_until and service.appeal_until >= today):
            raise Conflict("The period for an appeal has not passed.", "It runs only from service; wait for its last day.")
        claim, item = Claim.objects.get(pk=decision.claim_id), ClaimItem.objects.get(pk=decision.item_id)
        event = record_event(viewer, "period.ended", subject=item.pk, claim_id=claim.id, number=decision.number)
        return go_on(live_step(item), item, claim, event_id=event.pk)
