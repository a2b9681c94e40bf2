"""Claims and queues: found, read, lodged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from aljabr.programmes import Programme
from aljabr.registry import law
from aljabr.registry.api import schemas
from aljabr.registry.api.asking import viewer_in, with_amount
from aljabr.registry.claims.queries import claim, claims_found, items_of
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.queries import decisions_of, motions_of
from aljabr.registry.events.queries import events_of_claim
from aljabr.registry.events.receipts import receipt_of_filing
from aljabr.registry.procedure import queries
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.stated import Answer, Stated, read_answers, read_born, read_phone, wrong
from aljabr.registry.viewers import Conflict
from aljabr.registry.web.pages import found


def search_claims(request: HttpRequest, q: str, after: str = "") -> dict[str, Any]:
    """Find claims by any spelling of a name, a number, a phone, a reference."""
    page = claims_found(viewer_in(request), q, after=after)
    return {"claims": page.claims, "next": page.after}


def lodge(request: HttpRequest, body: schemas.FilingIn) -> dict[str, Any]:
    """Lodge a claim; the same filing sent twice is one claim."""
    viewer = viewer_in(request)
    stated, programme, taken = body.dict(), law.programme(body.programme), Stated()
    people = enumerate(stated["people"])
    stated["people"] = tuple(_person(person, programme, taken, at=f"people.{place}.") for place, person in people)
    stated["items"] = tuple(_item(item, programme, taken, at=f"items.{place}.") for place, item in enumerate(stated["items"]))
    taken.close()
    lodged = lodge_claim(viewer, Filing(**stated))
    event = found(receipt_of_filing(viewer, lodged.event_id))
    return {**schemas.ClaimOut.from_orm(lodged).dict(), "receipt": bytes(event.leaf_hash).hex()}


def _person(person: dict[str, Any], programme: Programme, taken: Stated, *, at: str) -> StatedPerson:
    born = taken.take(lambda: read_born(person["born"], field=f"{at}born", until=legal_today(programme.key)), "")
    phone = taken.take(lambda: read_phone(person["phone"], field=f"{at}phone"), "")
    return StatedPerson(**{**person, "born": born, "phone": phone})


def _item(item: dict[str, Any], programme: Programme, taken: Stated, *, at: str) -> StatedItem:
    item = taken.take(lambda: with_amount(item, programme, name="claimed", at=at), {**item, "claimed": None})
    item.pop("claimed", None)
    first, last = item["incident_earliest_on"], item["incident_latest_on"]
    if first and first > legal_today(programme.key):
        taken.wrong += wrong(f"{at}incident_earliest_on", "date.ahead").wrong
    if first and last and last < first:
        taken.wrong += wrong(f"{at}incident_latest_on", "date.implausible").wrong
    nothing: dict[str, Answer] = {}
    facts = taken.take(lambda: read_answers(programme, item["facts"], at=f"{at}facts."), nothing)
    return StatedItem(**{**item, "facts": facts, "exhibits": tuple(item["exhibits"])})


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
