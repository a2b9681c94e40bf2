"""Users, roles and seats, each counting once a second administrator confirmed it; programmes with their versions."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.accounts.actions import add_user, confirm_role, end_role, give_role
from aljabr.registry.accounts.models import Grant, User
from aljabr.registry.accounts.signing import barred_now
from aljabr.registry.bodies.models import Nomination, Seat
from aljabr.registry.bodies.nominations import confirm_nomination, nominate
from aljabr.registry.policy import ROLES
from aljabr.registry.web.forms import day, text, whole
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
    context = {"users": shown, "roles": ROLES, "titles": bodies, "bodies": sorted(bodies.items()), "barred": barred_now()}
    return render(request, "registry/users.html", context)


def add_grant(request: Page) -> HttpResponse:
    """Give a role, to be confirmed by somebody else."""
    user = found(User.objects.filter(pk=whole(request, "user")).first())
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


def seats(request: Page) -> HttpResponse:
    """Show who is nominated for which seat, or nominate somebody."""
    if request.method == "POST":
        seat = found(Seat.objects.filter(pk=whole(request, "seat")).first())
        user = found(User.objects.filter(pk=whole(request, "user"), is_active=True).first())
        nominate(request.viewer, seat, user, from_on=day(request, "from_on"))
        return redirect("seats")
    context = {
        "nominations": Nomination.objects.select_related("seat__body", "user").order_by("-pk")[:200],
        "seats": Seat.objects.select_related("body").order_by("body_id", "number"),
        "users": User.objects.filter(is_active=True, grants__role="member").distinct().order_by("username"),
    }
    return render(request, "registry/seats.html", context)


def confirm_seat(request: Page, nomination_id: int) -> HttpResponse:
    """Confirm a nomination somebody else made."""
    confirm_nomination(request.viewer, found(Nomination.objects.filter(pk=nomination_id).first()))
    return redirect("seats")


def programmes(request: Page) -> HttpResponse:
    """Show the programmes this registry runs, each with the version new claims are pinned to."""
    language = getattr(request, "LANGUAGE_CODE", "ar")
    shown = [(one.key, law.text(one.title, language), one.hash, [step.key for step in one.procedure]) for one in law.programmes()]
    return render(request, "registry/programmes.html", {"programmes": shown})
