"""Reads queues: what waits where, how long, oldest first. A queue cannot be jumped: its order is the day of entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.procedure.models import Assignment, CaseStep, ExternalRequest, Review
from aljabr.registry.viewers import Unreadable, Viewer

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One queue: how many items are at a step of a body in a state, and since when the oldest."""

    body: str
    step: str
    state: str
    items: int
    oldest_on: date


def queues(viewer: Viewer, *, bodies: frozenset[str] = frozenset()) -> list[Queue]:
    """Return the queues of some bodies (of all when none is named)."""
    viewer.require("queue.read")
    steps = CaseStep.objects.filter(live=True)
    if bodies:
        steps = steps.filter(body__in=bodies)
    rows = (
        steps.values("body", "step", "state")
        .annotate(items=Count("id"), oldest_on=Min("entered_on"))
        .order_by("body", "step", "state")
    )
    return [Queue(**row) for row in rows]


def items_waiting(viewer: Viewer, *, body: str, step: str, state: str = "", after: str = "") -> tuple[list[CaseStep], str]:
    """Return one page of a queue, oldest first, and what to ask the next page with (empty on the last).

    Parameters
    ----------
    after : str
        ``YYYY-MM-DD/ID`` of the last row of the page before.
    """
    viewer.require("queue.read")
    steps = CaseStep.objects.filter(live=True, body=body, step=step).select_related("item__claim")
    if state:
        steps = steps.filter(state=state)
    if after:
        day, _, number = after.partition("/")
        try:
            last_on, last_id = date.fromisoformat(day), int(number)
        except ValueError:
            raise Unreadable("This is no place in a queue.", "Begin at its first page.") from None
        steps = steps.filter(Q(entered_on__gt=last_on) | Q(entered_on=last_on, id__gt=last_id))
    found = list(steps.order_by("entered_on", "id")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    return found[:PAGE], f"{last.entered_on.isoformat()}/{last.pk}" if last else ""


def items_drawn_for(viewer: Viewer) -> list[Assignment]:
    """Return the items drawn for the viewer that are still theirs to review, oldest first."""
    viewer.require("view.write")
    mine = Assignment.objects.filter(officer_id=viewer.user_id).exclude(item__review__proposed_at__isnull=False)
    return list(mine.select_related("item__claim").order_by("drawn_at")[:PAGE])


def steps_of(viewer: Viewer, claim_id: str) -> list[CaseStep]:
    """Return every step the items of a claim have been at."""
    viewer.require("claim.read")
    return list(CaseStep.objects.filter(claim_id=claim_id).order_by("item_id", "id"))


def requests_of(viewer: Viewer, claim_id: str) -> list[ExternalRequest]:
    """Return what outside bodies were asked about a claim."""
    viewer.require("claim.read")
    return list(ExternalRequest.objects.filter(claim_id=claim_id).order_by("id"))


def review_of(viewer: Viewer, item: ClaimItem) -> Review | None:
    """Return the review of an item; what a reviewer wrote before proposing is theirs alone."""
    viewer.require("claim.read")
    review = Review.objects.filter(item=item).first()
    return review if review and (review.proposed_at or review.officer_id == viewer.user_id) else None
