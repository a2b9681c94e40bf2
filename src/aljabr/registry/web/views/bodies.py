"""Bodies with their seats, and sittings: agenda and minutes to print."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.bodies.queries import bodies_with_seats, hearing_with_motions, seats_of
from aljabr.registry.bodies.queries import body as body_seen
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.queries import bundle_of
from aljabr.registry.decisions.sittings import hold_hearing
from aljabr.registry.web.forms import day, text
from aljabr.registry.web.pages import Page, found
from aljabr.registry.web.titles import titles_of


def all_bodies(request: Page) -> HttpResponse:
    """Show every body: who appoints to which seat, who sits there, its sittings."""
    viewer = request.viewer
    context = {"bodies": bodies_with_seats(viewer), "may_hold": viewer.may("hearing.hold"), "today": legal_today()}
    return render(request, "registry/bodies.html", context)


def add_hearing(request: Page, key: str) -> HttpResponse:
    """Open a sitting."""
    body = found(body_seen(request.viewer, key))
    hearing = hold_hearing(request.viewer, body, held_on=day(request, "held_on"), place=text(request, "place"))
    return redirect("hearing", hearing_id=hearing.pk)


def hearing(request: Page, hearing_id: int) -> HttpResponse:
    """Show a sitting: its agenda, votes and decisions, ready to print and sign."""
    shown = found(hearing_with_motions(request.viewer, hearing_id))
    programme = law.programme(shown.body.programme)
    serves = shown.body.key in request.viewer.bodies
    context = {
        "hearing": shown,
        "seats": seats_of(request.viewer, shown.body, on=shown.held_on),
        "programme": programme,
        "programme_title": law.text(programme.title, getattr(request, "LANGUAGE_CODE", "ar")),
        "titles": titles_of(programme, getattr(request, "LANGUAGE_CODE", "ar")),
        "bundle": bundle_of(request.viewer, shown) if request.viewer.may("claim.read") else [],
        "may_hold": serves and request.viewer.may("hearing.hold"),
        "may_issue": serves and request.viewer.may("decision.issue"),
    }
    return render(request, "registry/hearing.html", context)
