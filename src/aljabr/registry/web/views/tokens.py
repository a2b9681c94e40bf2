"""Tokens of programs: made, listed, revoked."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from aljabr.registry.tokens.actions import LONGEST_DAYS, make_token, revoke_token
from aljabr.registry.tokens.queries import token, tokens_of
from aljabr.registry.web.forms import text, whole
from aljabr.registry.web.pages import Page, found


def tokens(request: Page) -> HttpResponse:
    """Show tokens, or make one; the token itself is shown this once."""
    secret = ""
    if request.method == "POST":
        days = whole(request, "days")
        roles = tuple(request.POST.getlist("role"))
        _, secret = make_token(request.viewer, label=text(request, "label", required=True), roles=roles, days=days)
    context = {
        "tokens": tokens_of(request.viewer),
        "secret": secret,
        "roles": sorted(request.viewer.roles),
        "longest": LONGEST_DAYS,
        "now": timezone.now(),
    }
    return render(request, "registry/tokens.html", context)


def end_token(request: Page, token_id: int) -> HttpResponse:
    """Revoke a token."""
    revoke_token(request.viewer, found(token(request.viewer, token_id)))
    return redirect("tokens")
