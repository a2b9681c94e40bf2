"""Appeals: lodged in time or late with reasons, heard by people who did not decide before, settled.

What an appeal comes to: ``upheld`` (the decision stands), ``amended`` (the appeal's body decides itself), ``returned`` (the
first body decides again) or, for a late one whose reasons do not excuse it, ``inadmissible``. A late appeal holds the step the
case has gone on to until it is settled.
"""

from __future__ import annotations

from datetime import date

from aljabr.registry import law
from aljabr.registry.bodies.kinship import note_conflicts
from aljabr.registry.bodies.models import Body, Hearing
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import guarded, require_service
from aljabr.registry.decisions.models import Appeal, Decision, Motion, Service
from aljabr.registry.decisions.writing import next_number, rule_of, write_decision
from aljabr.registry.events.actions import record_event
from aljabr.registry.identifiers import new_id
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.steps import OBJECTED, bring_back, go_back, latest_step, live_step, move
from aljabr.registry.viewers import Conflict, Viewer

OUTCOMES = ("upheld", "amended", "returned", "inadmissible")


def lodge_appeal(viewer: Viewer, decision: Decision, *, lodged_on: date, reasons: str, late_reasons: str = "") -> Appeal:
    """Lodge an appeal, in time or late with reasons; the step waits for it.

    Raises
    ------
    Conflict
        When the law knows no appeal against the step, one is pending or was settled, or it is late without reasons.
    """
    viewer.require("appeal.lodge")
    with guarded():
        claim, item = Claim.objects.get(pk=decision.claim_id), ClaimItem.objects.get(pk=decision.item_id)
        rule = rule_of(claim, decision)
        if rule is None or not rule.appeal_to:
            raise Conflict(f"The law knows no appeal against {decision.step}.", "A correction can be asked for.")
        late = _late(decision, lodged_on)
        if late and not late_reasons.strip():
            raise Conflict("The period has passed.", "Write why the appeal is late; it is never refused unread.")
        step = latest_step(item, decision.step.partition("/")[0])
        event = record_event(viewer, "appeal.lodged", subject=item.pk, claim_id=claim.id, number=decision.number, late=late)
        if step.live:
            move(step, "appealed", event_id=event.pk)
        else:
            bring_back(step, item, event_id=event.pk)
        return Appeal.objects.create(
            id=new_id("appeal"),
            decision=decision,
            claim_id=claim.id,
            lodged_on=lodged_on,
            reasons=reasons,
            late=late,
            late_reasons=late_reasons,
            body=rule.appeal_to,
        )


def open_appeal_motion(
    viewer: Viewer, appeal: Appeal, *, outcome: str, amount_minor: int | None, ground: str, hearing: Hearing | None = None
) -> Motion:
    """Put an appeal to its body's vote.

    Raises
    ------
    Conflict
        When the outcome is none of an appeal's, or the appeal is settled.
    """
    viewer.require("decision.issue")
    with guarded():
        require_service(viewer, appeal.body)
        if outcome not in OUTCOMES:
            raise Conflict(f"{outcome} is no outcome of an appeal.", f"Outcomes are {', '.join(OUTCOMES)}.")
        if outcome == "inadmissible" and not appeal.late:
            raise Conflict("An appeal lodged in time is heard.", "Only a late one can be inadmissible.")
        if Appeal.objects.filter(pk=appeal.pk, settled_on__isnull=False).exists():
            raise Conflict("This appeal is settled.", "Look at the claim again.")
        claim = Claim.objects.get(pk=appeal.claim_id)
        item = ClaimItem.objects.get(pk=appeal.decision.item_id)
        note_conflicts(claim.id)
        event = record_event(viewer, "motion.opened", subject=item.pk, claim_id=claim.id, outcome=outcome, appeal=appeal.pk)
        return Motion.objects.create(
            step=live_step(item),
            item=item,
            claim_id=claim.id,
            body=Body.objects.get(programme=claim.programme, key=appeal.body),
            hearing=hearing,
            appeal=appeal,
            outcome=outcome,
            amount_minor=amount_minor,
            currency=law.programme(claim.programme).currency.code,
            ground=ground,
            drafted_by_id=viewer.person,
            opened_at=event.happened_at,
        )


def settle_appeal(viewer: Viewer, motion: Motion) -> Decision:
    """Issue what the appeal's body decided, and go on.

    Raises
    ------
    Conflict
        Without quorum or majority, or when it was settled already.
    """
    viewer.require("decision.issue")
    with guarded():
        motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
        appeal = motion.appeal
        if motion.closed_at or appeal is None:
            raise Conflict("This motion is decided, or is no appeal's.", "Look at the claim again.")
        require_service(viewer, appeal.body)
        claim, item = Claim.objects.get(pk=motion.claim_id), ClaimItem.objects.get(pk=motion.item_id)
        event = record_event(viewer, "appeal.settled", subject=item.pk, claim_id=claim.id, outcome=motion.outcome, appeal=appeal.pk)
        decision = write_decision(
            viewer,
            motion,
            claim,
            step=f"{appeal.decision.step.partition('/')[0]}/appeal/{appeal.pk}",
            number=next_number(motion.body, claim),
            replaces=appeal.decision if motion.outcome == "amended" else None,
        )
        Appeal.objects.filter(pk=appeal.pk).update(outcome=motion.outcome, settled_on=legal_today(claim.programme))
        _continue(live_step(item), motion, item, claim, event_id=event.pk)
        return decision


def _late(decision: Decision, lodged_on: date) -> bool:
    if not decision.live or Appeal.objects.filter(decision=decision, settled_on__isnull=False).exists():
        raise Conflict("This decision was replaced, or an appeal against it was settled.", "Look at the decision that stands.")
    service = Service.objects.filter(decision=decision, reached=True).first()
    return bool(service and service.appeal_until and lodged_on > service.appeal_until)


def _continue(step: CaseStep, motion: Motion, item: ClaimItem, claim: Claim, *, event_id: int) -> None:
    if motion.outcome == "returned":
        move(step, "open", event_id=event_id)
        return
    if motion.outcome == "amended":
        lifted = step.outcome == OBJECTED
        way_on = law.step(law.programme(claim.programme), step.step).outcomes[0]
        step.outcome = way_on if lifted else "granted" if motion.amount_minor else "denied"
        CaseStep.objects.filter(pk=step.pk).update(outcome=step.outcome)
    go_back(step, item, claim, event_id=event_id)
