"""Outside bodies after they were asked: reminders when the due day passes, and objections, which are never a silent veto.

An objection concerns one person, has reasons, is told to the claimant, is decided by a body's vote within a period, can be
appealed, and lapses when nothing was decided in time. Silence is no answer and no refusal.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction

from aljabr.registry import law
from aljabr.registry.claims.models import Claim
from aljabr.registry.claims.queries import today_of
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.calendar import end_of_period
from aljabr.registry.procedure.models import ExternalRequest, Objection
from aljabr.registry.procedure.steps import go_on, live_step, move
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer

# Where the programme's law names no ``objection_days``.
OBJECTION_DAYS = 30


@transaction.atomic
def remind_body(viewer: Viewer, request: ExternalRequest, *, on: date | None = None) -> ExternalRequest:
    """Remind an outside body whose due day has passed.

    Raises
    ------
    Conflict
        When it has answered, is not late, or was reminded that day.
    """
    viewer.require("request.remind")
    today = on or today_of(request.claim_id)
    record_event(viewer, "body.reminded", subject=f"{request.body}/{request.number}", claim_id=request.claim_id)
    late = ExternalRequest.objects.filter(pk=request.pk, answered_on__isnull=True, due_on__lt=today)
    if not late.exclude(reminded_on__gte=today).update(reminded_on=today):
        raise Conflict("The body has answered, is not late, or was reminded today.", "Look at the claim again.")
    request.refresh_from_db()
    return request


def objection_days(claim: Claim) -> int:
    """Return the days after which an objection lapses."""
    return law.deadline_days(law.programme(claim.programme), "objection_days") or OBJECTION_DAYS


def open_objection(request: ExternalRequest, *, reasons: str) -> Objection:
    """Open the objection an outside body answered with; called by the action that records the answer."""
    claim = Claim.objects.get(pk=request.claim_id)
    today = legal_today(claim.programme)
    return Objection.objects.create(
        request=request,
        item_id=request.item_id,
        claim_id=claim.id,
        reasons=reasons,
        lodged_on=today,
        lapses_on=end_of_period(today, objection_days(claim), area=claim.area),
    )


@transaction.atomic
def lapse_objection(viewer: Viewer, objection: Objection, *, on: date | None = None) -> None:
    """Let an objection lapse on which nothing was decided in its period; the case goes on as if the body had not objected.

    Raises
    ------
    NotAllowed
        When the viewer serves no body.
    Conflict
        While its period runs, or when it is settled.
    """
    viewer.require("request.remind")
    if not viewer.bodies and not viewer.is_system:
        raise NotAllowed("You serve no body.", "Ask the secretary of the body that decides.")
    today = on or today_of(objection.claim_id)
    event = record_event(viewer, "objection.lapsed", subject=f"objection:{objection.pk}", claim_id=objection.claim_id)
    passed = Objection.objects.filter(pk=objection.pk, settled_on__isnull=True, lapses_on__lt=today)
    if not passed.update(outcome="lapsed", settled_on=today):
        raise Conflict("The period of this objection runs, or it is settled.", f"It lapses after {objection.lapses_on}.")
    set_aside(objection, event_id=event.pk)


def set_aside(objection: Objection, *, event_id: int) -> None:
    """Go on past an objection that was rejected or has lapsed; called by actions."""
    item, claim = objection.item, Claim.objects.get(pk=objection.claim_id)
    step = live_step(item)
    outcome = law.step(law.programme(claim.programme), step.step).outcomes[0]
    move(step, "open", event_id=event_id)
    move(step, "decided", event_id=event_id, outcome=outcome)
    go_on(step, item, claim, event_id=event_id)
