"""The calendar, mediators and their mandates, attestations of those who watch."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry.accounts.models import User
from aljabr.registry.claims.mediation import end_mandate, join_mediator, report_mediation
from aljabr.registry.claims.models import Mandate
from aljabr.registry.claims.queries import claim
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.attestations import give_attestation
from aljabr.registry.decisions.models import Decision
from aljabr.registry.decisions.periods import declare_days
from aljabr.registry.procedure.queries import days_declared
from aljabr.registry.viewers import Conflict
from aljabr.registry.web.forms import day, text, whole
from aljabr.registry.web.pages import Page, found

MOST_DAYS = 31


def calendar(request: Page) -> HttpResponse:
    """Show the days declared off or suspended."""
    declared = days_declared(request.viewer, since=legal_today() - timedelta(days=365))
    return render(request, "registry/calendar.html", {"days": declared, "may_declare": request.viewer.may("holiday.declare")})


def declare(request: Page) -> HttpResponse:
    """Declare days off."""
    first, last = day(request, "first"), day(request, "last")
    if not 0 <= (last - first).days < MOST_DAYS:
        raise Conflict("The last day is before the first, or more than a month after it.", "Declare each feast by itself.")
    declare_days(
        request.viewer,
        tuple(first + timedelta(days=number) for number in range((last - first).days + 1)),
        area=text(request, "area") or "*",
        title={request.viewer.language: text(request, "title", required=True)},
        suspends=text(request, "suspends") == "yes",
    )
    return redirect("calendar")


def join(request: Page, claim_id: str) -> HttpResponse:
    """Join a mediator to a claim."""
    shown = found(claim(request.viewer, claim_id))
    join_mediator(
        request.viewer,
        shown,
        found(User.objects.filter(pk=whole(request, "mediator")).first()),
        scopes=frozenset(request.POST.getlist("scope")),
        purpose=text(request, "purpose", required=True),
        until_on=day(request, "until_on"),
    )
    return redirect("claim-page", claim_id=claim_id)


def end(request: Page, mandate_id: int) -> HttpResponse:
    """End a mandate."""
    mandate = found(Mandate.objects.filter(pk=mandate_id).first())
    end_mandate(request.viewer, mandate)
    return redirect("claim-page", claim_id=mandate.claim_id)


def report(request: Page, mandate_id: int) -> HttpResponse:
    """Hand in the report of a mediation."""
    mandate = found(Mandate.objects.filter(pk=mandate_id).first())
    report_mediation(request.viewer, mandate, text=text(request, "text", required=True))
    return redirect("claim-page", claim_id=mandate.claim_id)


def attest_decision(request: Page, decision_id: str) -> HttpResponse:
    """Attest or dissent on a decision."""
    decision = found(Decision.objects.filter(pk=decision_id).select_related("body").first())
    give_attestation(request.viewer, subject=decision, verdict=text(request, "verdict"), text=text(request, "text"))
    return redirect("claim-page", claim_id=decision.claim_id)


def attest_month(request: Page) -> HttpResponse:
    """Attest or dissent on a month."""
    month = text(request, "month", required=True)
    give_attestation(request.viewer, subject=month, verdict=text(request, "verdict"), text=text(request, "text"))
    return redirect("figures")
