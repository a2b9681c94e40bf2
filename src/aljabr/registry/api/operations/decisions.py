"""Motions, votes, decisions, their service, appeals."""

from __future__ import annotations

from django.http import HttpRequest

from aljabr.registry import law
from aljabr.registry.api import schemas
from aljabr.registry.api.asking import done, viewer_in, with_amount
from aljabr.registry.bodies.queries import own_seat
from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.decisions import actions, appeals
from aljabr.registry.decisions.models import Appeal, Decision, Motion
from aljabr.registry.web.pages import found


def open_motion(request: HttpRequest, item_id: str, body: schemas.MotionIn) -> dict[str, str]:
    """Put a question to the body of the item's step."""
    viewer = viewer_in(request)
    item = found(item_seen(viewer, item_id))
    stated = with_amount(body.dict(), law.programme(item.claim.programme))
    return done("motion", actions.open_motion(viewer, item, **stated).pk)


def cast_vote(request: HttpRequest, motion_id: int, body: schemas.VoteIn) -> dict[str, str]:
    """Cast the vote of one's seat."""
    viewer, motion = viewer_in(request), found(Motion.objects.filter(pk=motion_id).first())
    return done("vote", actions.cast_vote(viewer, motion, seat=own_seat(viewer, motion.body_id), **body.dict()).pk)


def issue_decision(request: HttpRequest, motion_id: int) -> dict[str, str]:
    """Issue what the votes decided."""
    motion = found(Motion.objects.filter(pk=motion_id).first())
    issued = (appeals.settle_appeal if motion.appeal_id else actions.issue_decision)(viewer_in(request), motion)
    return done("decision", issued.pk)


def record_service(request: HttpRequest, decision_id: str, body: schemas.ServiceIn) -> dict[str, str]:
    """Record an attempt to tell the claimant; only success starts a period."""
    decision = found(Decision.objects.filter(pk=decision_id).first())
    return done("service", actions.record_service(viewer_in(request), decision, **body.dict()).pk)


def end_period(request: HttpRequest, decision_id: str) -> dict[str, str]:
    """Go on after the period for an appeal has passed."""
    actions.end_period(viewer_in(request), found(Decision.objects.filter(pk=decision_id).first()))
    return done("decision", decision_id)


def lodge_appeal(request: HttpRequest, decision_id: str, body: schemas.AppealIn) -> dict[str, str]:
    """Lodge an appeal, in time or late with reasons."""
    decision = found(Decision.objects.filter(pk=decision_id).first())
    return done("appeal", appeals.lodge_appeal(viewer_in(request), decision, **body.dict()).pk)


def open_appeal_motion(request: HttpRequest, appeal_id: str, body: schemas.OutcomeIn) -> dict[str, str]:
    """Put an appeal to its body's vote."""
    lodged = found(Appeal.objects.filter(pk=appeal_id).select_related("decision__item__claim").first())
    stated = with_amount(body.dict(), law.programme(lodged.decision.item.claim.programme))
    return done("motion", appeals.open_appeal_motion(viewer_in(request), lodged, **stated).pk)
