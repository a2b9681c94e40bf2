"""Letters of decisions and receipts of filings, to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry.claims.queries import claim
from aljabr.registry.decisions.models import Decision
from aljabr.registry.decisions.queries import decisions_of
from aljabr.registry.events.receipts import receipt_of_filing
from aljabr.registry.letters import actions
from aljabr.registry.letters.queries import letter, letters_of
from aljabr.registry.web.language import RIGHT_TO_LEFT
from aljabr.registry.web.pages import Page, found


def write_letters(request: Page, decision_id: str) -> HttpResponse:
    """Write the letters of a decision in every language."""
    written = actions.write_letters(request.viewer, found(Decision.objects.filter(pk=decision_id).first()))
    return redirect("letters", claim_id=written[0].claim_id)


def letters(request: Page, claim_id: str) -> HttpResponse:
    """List the letters of a claim."""
    shown = found(claim(request.viewer, claim_id))
    kept = letters_of(request.viewer, claim_id)
    written = {letter.decision_id for letter in kept}
    waiting = [decision for decision in decisions_of(request.viewer, claim_id) if decision.pk not in written]
    context = {"claim": shown, "letters": kept, "decisions": waiting, "may_write": request.viewer.may("letter.write")}
    return render(request, "registry/letters.html", context)


def letter_page(request: Page, letter_id: str) -> HttpResponse:
    """Show one letter, to print."""
    shown = found(letter(request.viewer, letter_id))
    direction = "rtl" if shown.language in RIGHT_TO_LEFT else "ltr"
    paragraphs = shown.text.strip().split("\n\n")
    return render(request, "registry/letter.html", {"letter": shown, "letter_direction": direction, "paragraphs": paragraphs})


def receipt(request: Page, claim_id: str) -> HttpResponse:
    """Show the receipt of a filing, to print: by its code anybody sees that the filing is in the public log."""
    shown = found(claim(request.viewer, claim_id))
    event = found(receipt_of_filing(request.viewer, shown.event_id))
    code = bytes(event.leaf_hash).hex()
    return render(request, "registry/receipt.html", {"claim": shown, "code": code, "index": event.leaf_index})
