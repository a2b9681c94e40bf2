"""What is done to a head of loss: each view reads a form and calls one action."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import redirect

from aljabr.programmes import Programme
from aljabr.registry import law
from aljabr.registry.bodies.queries import open_hearing, own_seat
from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.decisions.actions import cast_vote, end_period, issue_decision, open_motion, record_service
from aljabr.registry.decisions.appeals import lodge_appeal, open_appeal_motion, settle_appeal
from aljabr.registry.decisions.corrections import issue_correction
from aljabr.registry.decisions.models import Appeal, Decision, Motion
from aljabr.registry.decisions.objections import settle_objection
from aljabr.registry.procedure.actions import (
    answer_request,
    ask_for_more,
    draw_reviewer,
    propose,
    see_proposal,
    send_request,
    take_answer,
    waive_evidence,
    write_view,
)
from aljabr.registry.procedure.models import ExternalRequest
from aljabr.registry.procedure.queries import step_now
from aljabr.registry.stated import FieldsRefused, read_answers, wrong
from aljabr.registry.web.forms import day, money, text
from aljabr.registry.web.pages import Page, found

# What stands before a fact's name in the name of the field that answers it.
ANSWER = "answer-"


def _item(request: Page, item_id: str) -> ClaimItem:
    return found(item_seen(request.viewer, item_id))  # type: ignore[no-any-return]


def _programme(item: ClaimItem) -> Programme:
    return law.programme(item.claim.programme)


def _back(claim_id: str) -> HttpResponse:
    return redirect("claim-page", claim_id=claim_id)


def request_body(request: Page, item_id: str) -> HttpResponse:
    """Send the step's request to its outside body."""
    item = _item(request, item_id)
    disclosed = {"reference": item.claim.reference, "harm": item.harm, "incident": item.incident}
    send_request(request.viewer, item, disclosed={name: value for name, value in disclosed.items() if value})
    return _back(item.claim_id)


def answer_body(request: Page, request_id: int) -> HttpResponse:
    """Record what an outside body answered."""
    asked = found(ExternalRequest.objects.filter(pk=request_id).first())
    answer_request(request.viewer, asked, answer=text(request, "answer", required=True), reasons=text(request, "reasons"))
    return _back(asked.claim_id)


def draw(request: Page, item_id: str) -> HttpResponse:
    """Draw the reviewer by lot."""
    item = _item(request, item_id)
    draw_reviewer(request.viewer, item)
    return _back(item.claim_id)


def provisional_view(request: Page, item_id: str) -> HttpResponse:
    """Keep the view written before seeing the proposal."""
    item = _item(request, item_id)
    write_view(request.viewer, item, text(request, "view", required=True))
    return _back(item.claim_id)


def open_proposal(request: Page, item_id: str) -> HttpResponse:
    """Show the machine's proposal to its reviewer."""
    item = _item(request, item_id)
    see_proposal(request.viewer, item)
    return _back(item.claim_id)


def ask(request: Page, item_id: str) -> HttpResponse:
    """Ask the claimant for what is missing."""
    item = _item(request, item_id)
    ask_for_more(request.viewer, item, facts=tuple(request.POST.getlist("fact")), message=text(request, "message"))
    return _back(item.claim_id)


def take(request: Page, item_id: str) -> HttpResponse:
    """Take the claimant's answers: every question of the form that was answered, or one fact named with its value."""
    item = _item(request, item_id)
    fields = [name for name in request.POST if name.startswith(ANSWER)]
    stated = {name.removeprefix(ANSWER): text(request, name) for name in fields if text(request, name)}
    if text(request, "fact"):
        return _take_one(request, item, text(request, "fact"))
    if not stated:
        raise wrong(fields[0] if fields else "value", "value.missing")
    take_answer(request.viewer, item, facts=read_answers(_programme(item), stated, at=ANSWER))
    return _back(item.claim_id)


def _take_one(request: Page, item: ClaimItem, fact: str) -> HttpResponse:
    try:
        answers = read_answers(_programme(item), {fact: text(request, "value", required=True)})
    except FieldsRefused as refused:
        raise FieldsRefused(replace(one, field="value") for one in refused.wrong) from refused
    take_answer(request.viewer, item, facts=answers)
    return _back(item.claim_id)


def waive(request: Page, item_id: str) -> HttpResponse:
    """Waive a demand of evidence by the rule that allows it."""
    item = _item(request, item_id)
    waive_evidence(
        request.viewer,
        item,
        fact=text(request, "fact", required=True),
        rule=text(request, "rule", required=True),
        reason=text(request, "reason"),
    )
    return _back(item.claim_id)


def propose_outcome(request: Page, item_id: str) -> HttpResponse:
    """Propose an outcome to the body."""
    item = _item(request, item_id)
    propose(
        request.viewer,
        item,
        outcome=text(request, "outcome", required=True),
        amount_minor=money(request, "amount", _programme(item)),
        ground=text(request, "ground", required=True),
    )
    return _back(item.claim_id)


def put_motion(request: Page, item_id: str) -> HttpResponse:
    """Put a question to the body's vote, in its sitting of today if it sits."""
    item = _item(request, item_id)
    step = step_now(request.viewer, item)
    open_motion(
        request.viewer,
        item,
        hearing=open_hearing(request.viewer, programme=item.claim.programme, body=step.body) if step else None,
        outcome=text(request, "outcome", required=True),
        amount_minor=money(request, "amount", _programme(item)),
        ground=text(request, "ground", required=True),
        written_ground=text(request, "written_ground"),
    )
    return _back(item.claim_id)


def vote(request: Page, motion_id: int) -> HttpResponse:
    """Cast the vote of one's seat."""
    motion = found(Motion.objects.filter(pk=motion_id).first())
    seat = own_seat(request.viewer, motion.body_id)
    cast_vote(request.viewer, motion, seat=seat, choice=text(request, "choice", required=True), dissent=text(request, "dissent"))
    return _back(motion.claim_id)


def issue(request: Page, motion_id: int) -> HttpResponse:
    """Issue what the votes decided."""
    motion = found(Motion.objects.filter(pk=motion_id).first())
    kinds = ((motion.appeal_id, settle_appeal), (motion.corrects_id, issue_correction), (motion.objection_id, settle_objection))
    settle = next((action for about, action in kinds if about), issue_decision)
    settle(request.viewer, motion)
    return _back(motion.claim_id)


def serve_decision(request: Page, decision_id: str) -> HttpResponse:
    """Record an attempt to tell the claimant."""
    decision = found(Decision.objects.filter(pk=decision_id).first())
    record_service(
        request.viewer,
        decision,
        method=text(request, "method", required=True),
        attempted_on=day(request, "attempted_on", programme=decision.item.claim.programme),
        reached=text(request, "reached") == "yes",
        detail=text(request, "detail"),
    )
    return _back(decision.claim_id)


def close_period(request: Page, decision_id: str) -> HttpResponse:
    """Go on after the period for an appeal has passed."""
    decision = found(Decision.objects.filter(pk=decision_id).first())
    end_period(request.viewer, decision)
    return _back(decision.claim_id)


def appeal(request: Page, decision_id: str) -> HttpResponse:
    """Lodge an appeal."""
    decision = found(Decision.objects.filter(pk=decision_id).first())
    lodge_appeal(
        request.viewer,
        decision,
        lodged_on=day(request, "lodged_on", programme=decision.item.claim.programme),
        reasons=text(request, "reasons", required=True),
        late_reasons=text(request, "late_reasons"),
    )
    return _back(decision.claim_id)


def put_appeal_motion(request: Page, appeal_id: str) -> HttpResponse:
    """Put an appeal to its body's vote."""
    lodged = found(Appeal.objects.filter(pk=appeal_id).select_related("decision__item__claim").first())
    programme = law.programme(lodged.decision.item.claim.programme)
    open_appeal_motion(
        request.viewer,
        lodged,
        outcome=text(request, "outcome", required=True),
        amount_minor=money(request, "amount", programme),
        ground=text(request, "ground", required=True),
    )
    return _back(lodged.claim_id)
