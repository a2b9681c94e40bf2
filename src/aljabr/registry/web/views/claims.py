"""Finding claims and the page of one claim."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.programmes import Programme
from aljabr.registry import law
from aljabr.registry.accounts.queries import users_with_role
from aljabr.registry.bodies.models import Body
from aljabr.registry.bodies.queries import doubts_of, open_sittings, recusals_of
from aljabr.registry.claims.actions import record_mail
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.claims.queries import claim, claims_found, exhibits_of, items_of, mail_of, mandates_of, people_of
from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.models import Decision, Motion
from aljabr.registry.decisions.queries import appeals_of, decisions_of, motions_of, payments_of, proposal_of
from aljabr.registry.decisions.sittings import declare_recusal
from aljabr.registry.events.queries import events_of_claim
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.queries import asked_last, objections_of, requests_of, review_of, steps_of
from aljabr.registry.viewers import Viewer
from aljabr.registry.web.forms import day
from aljabr.registry.web.pages import Page, found
from aljabr.registry.web.questions import questions
from aljabr.registry.web.timeline import timeline
from aljabr.registry.web.titles import titles_of


def search(request: Page) -> HttpResponse:
    """Find claims by any spelling of a name, a number, a phone, a reference."""
    asked = request.GET.get("q", "")
    page = claims_found(request.viewer, asked, after=request.GET.get("after", "")) if asked.strip() else None
    return render(request, "registry/search.html", {"asked": asked, "page": page, "may_keep": bool(page)})


def claim_page(request: Page, claim_id: str) -> HttpResponse:
    """Show all of one claim the viewer may see."""
    viewer = request.viewer
    shown: Claim = found(claim(viewer, claim_id))
    programme = law.programme(shown.programme)
    language = getattr(request, "LANGUAGE_CODE", "ar")
    motions, decisions = motions_of(viewer, claim_id), decisions_of(viewer, claim_id)
    steps, requests = steps_of(viewer, claim_id), requests_of(viewer, claim_id)
    appeals, mail = appeals_of(viewer, claim_id), mail_of(viewer, claim_id)
    titles = titles_of(programme, language)
    exhibits = list(exhibits_of(viewer, claim_id))
    cards = []
    for item in items_of(viewer, claim_id):
        live = next((step for step in steps if step.item_id == item.pk and step.live), None)
        rule = law.step(programme, live.step) if live else None
        cards.append(
            {
                "item": item,
                "exhibits": [one for one in exhibits if one.item_id == item.pk],
                "duplicates": _duplicates(viewer, item),
                "live": live,
                "rule": rule,
                "steps": [step for step in steps if step.item_id == item.pk],
                "proposal": proposal_of(viewer, item),
                "review": review_of(viewer, item),
                "assignment": getattr(item, "assignment", None),
                "open_motion": next((motion for motion in motions if motion.item_id == item.pk and not motion.closed_at), None),
                "open_request": next((one for one in requests if one.item_id == item.pk and not one.answered_on), None),
                **_asked(viewer, programme, item, live, language),
                "decision": next((one for one in decisions if one.item_id == item.pk and live and _is_of(one, live.step)), None),
            }
        )
    context: dict[str, Any] = {
        "claim": shown,
        "programme": programme,
        "programme_title": law.text(programme.title, language),
        "cards": cards,
        "titles": titles,
        "people": people_of(viewer, claim_id),
        "exhibits": exhibits,
        "mail": mail,
        "requests": requests,
        "decisions": decisions,
        "motions": motions,
        "appeals": appeals,
        "payments": payments_of(viewer, claim_id),
        "timeline": timeline(shown, steps=steps, requests=requests, decisions=decisions, appeals=appeals, mail=mail),
        "events": events_of_claim(viewer, claim_id, subjects=_schedules(motions)) if viewer.may("events.read") else [],
        "may": {name: viewer.may(permission) for name, permission in _MAY.items()},
        "objections": objections_of(viewer, claim_id),
        "mandates": mandates_of(viewer, claim_id),
        "mediators": users_with_role(viewer, "mediator") if viewer.may("mediator.join") else [],
        "sittings": open_sittings(viewer),
        "doubts": doubts_of(viewer, claim_id) if viewer.may("recusal.settle") else [],
        "recusals": recusals_of(viewer, claim_id),
        "seats": _own_seats(request, shown),
        "today": legal_today(shown.programme),
    }
    return render(request, "registry/claim.html", context)


def _duplicates(viewer: Viewer, item: ClaimItem) -> list[tuple[Any, ...]]:
    return [(one, claim(viewer, one.other_claim_id), item_seen(viewer, one.other_item_id)) for one in item.overlaps.all()]


def _asked(viewer: Viewer, programme: Programme, item: ClaimItem, live: CaseStep | None, language: str) -> dict[str, Any]:
    """Return what an item waits for an answer to, and what else a claimant may say."""
    if live is None or live.state != "waiting" or not viewer.may("claim.correct"):
        return {}
    asked = asked_last(viewer, item)
    names = asked.facts if asked else ()
    others = [fact.name for fact in programme.facts if fact.source != "engine" and fact.name not in names]
    return {"asked": asked, "questions": questions(programme, names, language), "more": questions(programme, others, language)}


def _is_of(decision: Decision, step: str) -> bool:
    return decision.live and (decision.step == step or decision.step.startswith(f"{step}/objection/"))


def _schedules(motions: list[Motion]) -> tuple[str, ...]:
    found = {motion.schedule for motion in motions if motion.schedule}
    return tuple(sorted(f"schedule:{one.body.key}/{one.number}" for one in found))


_MAY = {
    "request": "request.send",
    "answer": "request.answer",
    "draw": "review.draw",
    "review": "view.write",
    "motion": "decision.issue",
    "vote": "vote.cast",
    "serve": "service.record",
    "appeal": "appeal.lodge",
    "mail": "mail.record",
    "take": "claim.correct",
    "exhibit": "exhibit.add",
    "hold": "hearing.hold",
    "attest": "attestation.give",
    "mediator": "mediator.join",
    "prioritise": "priority.grant",
    "withdraw": "claim.withdraw",
    "recuse": "recusal.declare",
    "letters": "letter.write",
    "pay": "payment.approve",
}


def _own_seats(request: Page, shown: Claim) -> list[Any]:
    if request.viewer.user_id is None:
        return []
    bodies = Body.objects.filter(programme=shown.programme, key__in=request.viewer.bodies)
    return [seat for body in bodies for seat in body.seats.filter(appointments__user_id=request.viewer.user_id).distinct()]


def add_mail(request: Page, claim_id: str) -> HttpResponse:
    """Record a letter with its number and day."""
    shown = found(claim(request.viewer, claim_id))
    record_mail(
        request.viewer,
        shown,
        direction=request.POST.get("direction", "in"),
        number=request.POST.get("number", ""),
        dated_on=day(request, "dated_on", programme=shown.programme),
        correspondent=request.POST.get("correspondent", ""),
        subject=request.POST.get("subject", ""),
    )
    return redirect("claim-page", claim_id=claim_id)


def recuse(request: Page, claim_id: str) -> HttpResponse:
    """Declare that one may not act on the claim."""
    shown = found(claim(request.viewer, claim_id))
    declare_recusal(request.viewer, shown, reason=request.POST.get("reason", ""))
    return redirect("claim-page", claim_id=claim_id)
