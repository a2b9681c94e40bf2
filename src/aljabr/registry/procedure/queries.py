"""Reads queues: what waits where, how long, oldest first. A queue cannot be jumped: its order is the day of entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q

from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.models import Assignment, CaseStep, ExternalRequest, Holiday, Objection, Review, SavedFilter
from aljabr.registry.viewers import Unreadable, Viewer

PAGE = 50
COUNTED = 200


@dataclass(frozen=True, kw_only=True)
class Queue:
    """One queue: how many items are at a step of a body in a state, and since when the oldest.

    ``items`` is counted up to ``COUNTED``; ``more`` says that there are more.
    """

    body: str
    step: str
    state: str
    items: int
    oldest_on: date
    more: bool = False


def queues(viewer: Viewer, *, bodies: frozenset[str] = frozenset()) -> list[Queue]:
    """Return the queues of some bodies (of all when none is named)."""
    viewer.require("queue.read")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM queue_sizes(%s, %s)", [sorted(bodies), COUNTED + 1])
        rows = cursor.fetchall()
    return [
        Queue(body=body, step=step, state=state, items=min(items, COUNTED), oldest_on=oldest_on, more=items > COUNTED)
        for body, step, state, items, oldest_on in rows
    ]


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
        steps = steps.filter(entered_on__gte=last_on).filter(Q(entered_on__gt=last_on) | Q(entered_on=last_on, id__gt=last_id))
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


def step_now(viewer: Viewer, item: ClaimItem) -> CaseStep | None:
    """Return the step an item is at; None when its procedure has ended."""
    viewer.require("claim.read")
    return CaseStep.objects.filter(item=item, live=True).first()


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the claimant was last asked about an item: facts, the reviewer's message, the day."""

    facts: tuple[str, ...]
    message: str
    asked_on: date


def asked_last(viewer: Viewer, item: ClaimItem) -> Asked | None:
    """Return what the claimant was last asked about an item; None when nothing was."""
    viewer.require("claim.read")
    asked = Event.objects.filter(name="evidence.asked", claim_id=item.claim_id, subject=item.pk).order_by("-id").first()
    if asked is None:
        return None
    content = asked.content
    return Asked(facts=tuple(content["facts"]), message=content.get("message", ""), asked_on=asked.happened_at.date())


def requests_overdue(viewer: Viewer, *, on: date) -> list[ExternalRequest]:
    """Return one page of the requests whose due day has passed unanswered."""
    viewer.require("request.remind")
    late = ExternalRequest.objects.filter(answered_on__isnull=True, due_on__lt=on)
    return list(late.select_related("item__claim").order_by("due_on", "id")[:PAGE])


def objections_of(viewer: Viewer, claim_id: str) -> list[Objection]:
    """Return the objections of outside bodies in a claim."""
    viewer.require("claim.read")
    return list(Objection.objects.filter(claim_id=claim_id).select_related("request").order_by("id"))


def days_declared(viewer: Viewer, *, since: date) -> list[Holiday]:
    """Return the days declared from a day on."""
    viewer.require("body.read")
    return list(Holiday.objects.filter(day__gte=since).order_by("day", "area"))


def filters_of(viewer: Viewer) -> list[SavedFilter]:
    """Return the searches and queues the viewer keeps."""
    viewer.require("filter.save")
    return list(SavedFilter.objects.filter(user_id=viewer.person, dropped_on__isnull=True).order_by("title"))
