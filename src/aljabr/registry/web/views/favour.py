"""What those who watch look for; priorities by rule; saved searches and queues."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.favour import awards_unexplained, evidence_outside_rules, queue_inversions
from aljabr.registry.procedure.filters import drop_filter, save_filter
from aljabr.registry.procedure.models import SavedFilter
from aljabr.registry.procedure.priorities import grant_priority
from aljabr.registry.web.forms import text
from aljabr.registry.web.pages import Page, found


def favour(request: Page) -> HttpResponse:
    """Show queues jumped, evidence waived or asked for by no rule, awards without a ground."""
    context = {
        "inversions": queue_inversions(request.viewer, since=legal_today() - timedelta(days=365)),
        "outside": evidence_outside_rules(request.viewer),
        "unexplained": awards_unexplained(request.viewer),
    }
    return render(request, "registry/favour.html", context)


def prioritise(request: Page, item_id: str) -> HttpResponse:
    """Let an item ahead by a rule."""
    item = found(item_seen(request.viewer, item_id))
    grant_priority(request.viewer, item, rule=text(request, "rule", required=True), reason=text(request, "reason", required=True))
    return redirect("claim-page", claim_id=item.claim_id)


def keep_filter(request: Page) -> HttpResponse:
    """Keep a search or queue under a name."""
    saved = save_filter(request.viewer, title=text(request, "title", required=True), address=text(request, "address"))
    return redirect(saved.address)


def forget_filter(request: Page, filter_id: int) -> HttpResponse:
    """Drop a saved filter."""
    drop_filter(request.viewer, found(SavedFilter.objects.filter(pk=filter_id).first()))
    return redirect("work")
