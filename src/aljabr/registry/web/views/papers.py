"""Papers to print and sign by hand: a decision with its votes, dissents and lines for signatures."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from aljabr.registry import law
from aljabr.registry.decisions.queries import decision_of
from aljabr.registry.web.pages import Page, found
from aljabr.registry.web.titles import titles_of


def decision_paper(request: Page, decision_id: str) -> HttpResponse:
    """Show a decision as it is served and signed."""
    decision = found(decision_of(request.viewer, decision_id))
    programme = law.programme(decision.item.claim.programme)
    language = getattr(request, "LANGUAGE_CODE", "ar")
    context = {
        "decision": decision,
        "claim": decision.item.claim,
        "programme": programme,
        "programme_title": law.text(programme.title, language),
        "titles": titles_of(programme, language),
    }
    return render(request, "registry/decision.html", context)
