"""Users and roles; a role counts once a second administrator confirmed it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.accounts.actions import add_user, confirm_role, end_role, give_role
from aljabr.registry.accounts.models import Grant, User
from aljabr.registry.policy import ROLES
from aljabr.registry.web.forms import text
from aljabr.registry.web.pages import Page, found


def users(request: Page) -> HttpResponse:
    """Show users with their roles, or add one."""
    if request.method == "POST":
        add_user(
            request.viewer,
            username=text(request, "username", required=True),
            name=text(request, "name", required=True),
            password=text(request, "password", required=True),
            language=text(request, "language") or "ar",
        )
        return redirect("users")
    shown = User.objects.order_by("username").prefetch_related("grants")
    language = getattr(request, "LANGUAGE_CODE", "ar")
    bodies = {body.key: law.text(body.title, language) for programme in law.programmes() for body in programme.bodies}
    return render(
        request, "registry/users.html", {"users": shown, "roles": ROLES, "titles": bodies, "bodies": sorted(bodies.items())}
    )


def add_grant(request: Page) -> HttpResponse:
    """Give a role, to be confirmed by somebody else."""
    user = found(User.objects.filter(pk=text(request, "user") or 0).first())
    give_role(
        request.viewer,
        user,
        text(request, "role", required=True),
        area=text(request, "area") or "*",
        body=text(request, "body"),
        unit=text(request, "unit"),
    )
    return redirect("users")


def confirm_grant(request: Page, grant_id: int) -> HttpResponse:
    """Confirm a role somebody else gave."""
    confirm_role(request.viewer, found(Grant.objects.filter(pk=grant_id).first()))
    return redirect("users")


def end_grant(request: Page, grant_id: int) -> HttpResponse:
    """End a role."""
    end_role(request.viewer, found(Grant.objects.filter(pk=grant_id).first()), reason=text(request, "reason", required=True))
    return redirect("users")
