"""Claims and queues: found, read, lodged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from aljabr.registry.api import schemas
from aljabr.registry.api.asking import viewer_in
from aljabr.registry.claims.queries import claim, claims_found, items_of
from aljabr.registry.decisions.queries import decisions_of, motions_of
from aljabr.registry.events.queries import events_of_claim
from aljabr.registry.events.receipts import receipt_of_filing
from aljabr.registry.procedure import queries
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.viewers import Conflict
from aljabr.registry.web.pages import found


def search_claims(request: HttpRequest, q: str, after: str = "") -> dict[str, Any]:
    """Find claims by any spelling of a name, a number, a phone, a reference."""
    page = claims_found(viewer_in(request), q, after=after)
    return {"claims": page.claims, "next": page.after}


def lodge(request: HttpRequest, body: schemas.FilingIn) -> dict[str, Any]:
    """Lodge a claim; the same filing sent twice is one claim."""
    viewer = viewer_in(request)
    stated = body.dict()
    stated["people"] = tuple(StatedPerson(**person) for person in stated["people"])
    stated["items"] = tuple(StatedItem(**{**item, "exhibits": tuple(item["exhibits"])}) for item in stated["items"])
    lodged = lodge_claim(viewer, Filing(**stated))
    event = found(receipt_of_filing(viewer, lodged.event_id))
    return {**schemas.ClaimOut.from_orm(lodged).dict(), "receipt": bytes(event.leaf_hash).hex()}


def read_claim(request: HttpRequest, claim_id: str) -> dict[str, Any]:
    """Read a claim with all that is known of its course."""
    viewer = viewer_in(request)
    return {
        "claim": found(claim(viewer, claim_id)),
        "items": list(items_of(viewer, claim_id)),
        "steps": queries.steps_of(viewer, claim_id),
        "motions": motions_of(viewer, claim_id),
        "decisions": decisions_of(viewer, claim_id),
    }


def read_events(request: HttpRequest, claim_id: str) -> list[Any]:
    """Read the events of a claim, oldest first."""
    viewer = viewer_in(request)
    found(claim(viewer, claim_id))
    return list(events_of_claim(viewer, claim_id))


def read_queues(request: HttpRequest) -> list[Any]:
    """Read the queues with the day of their oldest item."""
    return [vars(queue) for queue in queries.queues(viewer_in(request))]


def read_queue(request: HttpRequest, body: str, step: str, state: str = "", after: str = "") -> dict[str, Any]:
    """Read one page of a queue, oldest first."""
    try:
        steps, following = queries.items_waiting(viewer_in(request), body=body, step=step, state=state, after=after)
    except (ValueError, TypeError) as error:
        raise Conflict("This is no cursor.", "Send ``next`` of the page before, or nothing.") from error
    return {"steps": steps, "next": following}
