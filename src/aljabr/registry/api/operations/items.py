"""What is done to a head of loss before it is decided."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from aljabr.registry import law
from aljabr.registry.api import schemas
from aljabr.registry.api.asking import done, viewer_in, with_amount
from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.decisions.queries import proposal_of
from aljabr.registry.procedure import actions
from aljabr.registry.procedure.models import ExternalRequest
from aljabr.registry.stated import read_answers
from aljabr.registry.web.pages import found


def _item(request: HttpRequest, item_id: str) -> ClaimItem:
    return found(item_seen(viewer_in(request), item_id))  # type: ignore[no-any-return]


def send_request(request: HttpRequest, item_id: str) -> dict[str, str]:
    """Send the step's request to its outside body, with the fields that step needs."""
    viewer, item = viewer_in(request), _item(request, item_id)
    disclosed = {"reference": item.claim.reference, "harm": item.harm, "incident": item.incident}
    sent = actions.send_request(viewer, item, disclosed={name: value for name, value in disclosed.items() if value})
    return done("request", sent.pk)


def answer_request(request: HttpRequest, request_id: int, body: schemas.AnswerIn) -> dict[str, str]:
    """Record what an outside body answered; an objection needs reasons about this person."""
    asked = found(ExternalRequest.objects.filter(pk=request_id).first())
    actions.answer_request(viewer_in(request), asked, answer=body.answer, reasons=body.reasons)
    return done("request", asked.pk)


def draw_reviewer(request: HttpRequest, item_id: str) -> dict[str, str]:
    """Draw the reviewer by lot."""
    return done("assignment", actions.draw_reviewer(viewer_in(request), _item(request, item_id)).pk)


def write_view(request: HttpRequest, item_id: str, body: schemas.ViewIn) -> dict[str, str]:
    """Keep the view written before seeing the proposal."""
    return done("review", actions.write_view(viewer_in(request), _item(request, item_id), body.view).pk)


def open_proposal(request: HttpRequest, item_id: str) -> dict[str, str]:
    """Open the machine's proposal; the provisional view is fixed from now on."""
    actions.see_proposal(viewer_in(request), _item(request, item_id))
    return done("item", item_id)


def read_proposal(request: HttpRequest, item_id: str) -> Any:
    """Read the machine's proposal; a reviewer opens it first."""
    return found(proposal_of(viewer_in(request), _item(request, item_id)))


def ask_for_more(request: HttpRequest, item_id: str, body: schemas.AskIn) -> dict[str, str]:
    """Ask the claimant for what is missing; there is no expiry."""
    actions.ask_for_more(viewer_in(request), _item(request, item_id), facts=tuple(body.facts), message=body.message)
    return done("item", item_id)


def take_answer(request: HttpRequest, item_id: str, body: schemas.FactsIn) -> dict[str, str]:
    """Take the claimant's answers."""
    item = _item(request, item_id)
    answers = read_answers(law.programme(item.claim.programme), body.facts, at="facts.")
    actions.take_answer(viewer_in(request), item, facts=answers)
    return done("item", item_id)


def waive_evidence(request: HttpRequest, item_id: str, body: schemas.WaiverIn) -> dict[str, str]:
    """Waive a demand of evidence by the rule that allows it."""
    return done("waiver", actions.waive_evidence(viewer_in(request), _item(request, item_id), **body.dict()).pk)


def propose(request: HttpRequest, item_id: str, body: schemas.OutcomeIn) -> dict[str, str]:
    """Propose an outcome to the body that decides."""
    item = _item(request, item_id)
    actions.propose(viewer_in(request), item, **with_amount(body.dict(), law.programme(item.claim.programme)))
    return done("item", item_id)
