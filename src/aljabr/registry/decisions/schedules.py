"""Group decisions: a schedule of items of one step with the same outcome, each with its own amount.

Every item keeps its own motion, votes and decision, so that quorum, majority, recusal and four eyes are checked for each by the
database as for any other. A member, or the claimant through the intake office, takes an item out at any time before the decision;
it is then decided singly.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.bodies.kinship import note_conflicts
from aljabr.registry.bodies.models import Body, Hearing, KinshipDoubt, Recusal, Seat
from aljabr.registry.bodies.numbers import number_of_schedule
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.decisions.actions import check_outcome, differs, guarded, require_service
from aljabr.registry.decisions.models import Decision, Motion, Schedule, Vote
from aljabr.registry.decisions.writing import next_number, write_decision
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.steps import go_on, live_step, move
from aljabr.registry.viewers import Conflict, Viewer


def open_schedule(
    viewer: Viewer, amounts: Mapping[str, int | None], *, outcome: str, ground: str, hearing: Hearing | None = None
) -> Schedule:
    """Put many items of one step to one vote.

    Parameters
    ----------
    amounts : mapping of str to int or None
        The amount in minor units for each item's id.

    Raises
    ------
    Conflict
        When the items are not all at one open step of the same body and of one sealed unit or none, or one differs from its
        determination: that one needs a written ground of its own.
    """
    viewer.require("decision.issue")
    with guarded():
        found = ClaimItem.objects.select_related("claim").in_bulk(list(amounts))
        items = [found[key] for key in amounts if key in found]
        steps = [live_step(item) for item in items]
        places = {
            (item.claim.programme, step.body, step.step, item.claim.sealed_unit) for item, step in zip(items, steps, strict=True)
        }
        if len(items) != len(amounts) or len(places) != 1:
            raise Conflict("These items are not at one step of one body.", "Put only items of the same queue together.")
        ((programme, body_key, step_key, unit),) = places
        require_service(viewer, body_key)
        for item, step in zip(items, steps, strict=True):
            check_outcome(item.claim, step, outcome)
            if differs(item, outcome, amounts[item.pk]):
                raise Conflict(
                    f"{item.claim.reference} differs from its determination.", "Decide it singly, with a written ground."
                )
            note_conflicts(item.claim_id)
        body = Body.objects.get(programme=programme, key=body_key)
        number = number_of_schedule(body_key, unit=unit)
        event = record_event(viewer, "schedule.opened", subject=f"schedule:{body_key}/{number}", outcome=outcome, items=len(items))
        schedule = Schedule.objects.create(
            body=body,
            number=number,
            step=step_key,
            hearing=hearing,
            outcome=outcome,
            ground=ground,
            drafted_by_id=viewer.person,
            opened_at=event.happened_at,
        )
        Motion.objects.bulk_create(_motion(schedule, item, step, amounts[item.pk]) for item, step in zip(items, steps, strict=True))
        return schedule


def _motion(schedule: Schedule, item: ClaimItem, step: CaseStep, amount_minor: int | None) -> Motion:
    return Motion(
        step=step,
        item=item,
        claim_id=item.claim_id,
        body_id=schedule.body_id,
        hearing_id=schedule.hearing_id,
        schedule=schedule,
        outcome=schedule.outcome,
        amount_minor=amount_minor,
        currency=law.programme(item.claim.programme).currency.code,
        ground=schedule.ground,
        drafted_by_id=schedule.drafted_by_id,
        opened_at=schedule.opened_at,
    )


def cast_votes(viewer: Viewer, schedule: Schedule, *, seat: Seat, choice: str, dissent: str = "") -> int:
    """Cast a seat's vote on every item left in a schedule, but those the member is recused from; return on how many.

    Raises
    ------
    Conflict
        When nothing is left to vote on, or the member may not vote.
    """
    viewer.require("vote.cast")
    with guarded():
        motions = Motion.objects.filter(schedule=schedule, closed_at__isnull=True)
        barred = set(Recusal.objects.filter(user_id=viewer.person).values_list("claim_id", flat=True))
        barred |= set(KinshipDoubt.objects.filter(user_id=viewer.person, kin__isnull=True).values_list("claim_id", flat=True))
        open_to = [motion for motion in motions.order_by("pk") if motion.claim_id not in barred]
        if not open_to:
            raise Conflict("Nothing is left to vote on.", "Look at the schedule again.")
        moment = timezone.now()
        Vote.objects.bulk_create(
            Vote(motion=motion, seat=seat, officer_id=viewer.person, choice=choice, dissent=dissent, cast_at=moment)
            for motion in open_to
        )
        subject = f"schedule:{schedule.body.key}/{schedule.number}"
        record_event(viewer, "votes.cast", subject=subject, seat=seat.pk, choice=choice, items=len(open_to))
        return len(open_to)


def take_out(viewer: Viewer, motion: Motion, *, because: str) -> None:
    """Take an item out of its schedule: a member asks, or the claimant through the office; it is decided singly.

    Raises
    ------
    Conflict
        Without a reason, or when the item was decided or taken out already.
    """
    viewer.require("schedule.opt_out")
    with guarded():
        if not because.strip():
            raise Conflict("Say why the item is taken out.", "The member's or the claimant's words are enough.")
        if "member" in viewer.roles:
            require_service(viewer, motion.body.key)
        record_event(viewer, "item.taken_out", subject=motion.item_id, claim_id=motion.claim_id, because=because)
        waiting = Motion.objects.filter(pk=motion.pk, schedule__isnull=False, closed_at__isnull=True)
        if not waiting.update(closed_at=timezone.now(), closed_because="taken_out", taken_out_because=because):
            raise Conflict("The item is not in an open schedule.", "Look at the claim again.")


def issue_schedule(viewer: Viewer, schedule: Schedule) -> tuple[list[Decision], list[Motion]]:
    """Issue the decisions of a schedule, one for each item whose vote carried; return them and the motions left open.

    Raises
    ------
    Conflict
        When no item has carried yet.
    """
    viewer.require("decision.issue")
    with guarded():
        require_service(viewer, schedule.body.key)
        locked = Motion.objects.select_for_update(of=("self",)).filter(schedule=schedule, closed_at__isnull=True)
        motions = list(locked.select_related("item__claim").prefetch_related("votes").order_by("pk"))
        carried = [motion for motion in motions if _carried(motion, schedule.body.quorum)]
        if not carried:
            raise Conflict("No item of the schedule has been carried.", "Wait for more members to vote, or decide items singly.")
        number, year = next_number(schedule.body, carried[0].item.claim).split("/")
        subject = f"schedule:{schedule.body.key}/{schedule.number}"
        event = record_event(viewer, "schedule.issued", subject=subject, number=f"{number}/{year}", items=len(carried))
        decisions = [
            _issue(viewer, motion, number=f"{number}-{suffix}/{year}", event_id=event.pk)
            for suffix, motion in enumerate(carried, start=1)
        ]
        left = [motion for motion in motions if motion not in carried]
        if not left:
            Schedule.objects.filter(pk=schedule.pk).update(closed_at=timezone.now())
        return decisions, left


def _carried(motion: Motion, quorum: int) -> bool:
    choices = [vote.choice for vote in motion.votes.all()]
    return len(choices) >= quorum and choices.count("for") > choices.count("against")


def _issue(viewer: Viewer, motion: Motion, *, number: str, event_id: int) -> Decision:
    claim, item = Claim.objects.get(pk=motion.claim_id), ClaimItem.objects.get(pk=motion.item_id)
    step = live_step(item)
    before = Decision.objects.filter(item=item, step=step.step, live=True).first()
    decision = write_decision(viewer, motion, claim, step=step.step, number=number, replaces=before)
    move(step, "decided", event_id=event_id, outcome=motion.outcome)
    if not law.step(law.programme(claim.programme), step.step).served:
        go_on(step, item, claim, event_id=event_id)
    return decision
