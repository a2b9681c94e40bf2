"""Opening one claim outside one's area to read it, and who read a claim."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry.policy import BREAK_GLASS_HOURS
from aljabr.registry.procedure.openings import open_claim
from aljabr.registry.procedure.readings import readings_of
from aljabr.registry.web.forms import text
from aljabr.registry.web.pages import Page


def open_elsewhere(request: Page) -> HttpResponse:
    """Ask for reference and reason, or open the claim."""
    missing = False
    if request.method == "POST":
        opened = open_claim(
            request.viewer, text(request, "reference", required=True), reason=text(request, "reason", required=True)
        )
        if opened:
            return redirect("claim-page", claim_id=opened.claim_id)
        missing = True
    context = {"hours": BREAK_GLASS_HOURS, "missing": missing}
    return render(request, "registry/open_claim.html", context, status=404 if missing else 200)


def readings(request: Page, claim_id: str) -> HttpResponse:
    """Show who read a claim, when and for what."""
    return render(request, "registry/readings.html", {"readings": readings_of(request.viewer, claim_id)})
