"""Where work begins: the queues, what was drawn for the reviewer, the language."""

from __future__ import annotations

from django.conf import settings
from django.db import connection
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from aljabr.registry import law
from aljabr.registry.accounts.queries import notices_for
from aljabr.registry.claims.queries import claims_mandated
from aljabr.registry.days import legal_today
from aljabr.registry.procedure.queries import filters_of, items_drawn_for, items_waiting, queues
from aljabr.registry.procedure.readings import openings_now
from aljabr.registry.web.language import COOKIE
from aljabr.registry.web.pages import Page


def health(request: Page) -> HttpResponse:
    """Say that the server and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def choose_language(request: Page) -> HttpResponse:
    """Keep the language a person chose."""
    code = request.POST.get("language", "")
    target = request.POST.get("next", "/")
    safe = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()})
    response = HttpResponseRedirect(target if safe else "/")
    if code in dict(settings.LANGUAGES):
        response.set_cookie(COOKIE, code, max_age=365 * 24 * 3600, samesite="Lax", httponly=True, secure=settings.SECURE)
    return response


def work(request: Page) -> HttpResponse:
    """Show the viewer's queues with their age."""
    viewer = request.viewer
    shown = []
    if viewer.may("queue.read"):
        today = legal_today()
        for found in queues(viewer, bodies=_served(viewer.bodies)):
            age_days = (today - found.oldest_on).days
            shown.append({"queue": found, "age_days": age_days, **_titles(found.body, found.step, request)})
    drawn = items_drawn_for(viewer) if "reviewer" in viewer.roles else []
    filters = filters_of(viewer) if viewer.may("filter.save") else []
    mandated = claims_mandated(viewer) if viewer.may("mediation.report") else []
    may = {name: viewer.may(permission) for name, permission in _MORE.items()}
    context = {"queues": shown, "drawn": drawn, "mandated": mandated, "filters": filters, "may": may}
    context |= {"notices": notices_for(viewer), "openings": openings_now(viewer)}
    return render(request, "registry/work.html", context)


_MORE = {
    "declare": "interest.declare",
    "outside": "request.remind",
    "points": "body.read",
    "favour": "favour.audit",
    "open_elsewhere": "claim.break_glass",
}


def queue(request: Page, body: str, step: str) -> HttpResponse:
    """Show one queue, oldest first."""
    state = request.GET.get("state", "")
    rows, after = items_waiting(request.viewer, body=body, step=step, state=state, after=request.GET.get("after", ""))
    today = legal_today()
    shown = [{"step": row, "item": row.item, "claim": row.item.claim, "age_days": (today - row.entered_on).days} for row in rows]
    return render(
        request,
        "registry/queue.html",
        {"rows": shown, "after": after, "state": state, "may_keep": True, **_titles(body, step, request)},
    )


def _served(bodies: frozenset[str]) -> frozenset[str]:
    """The bodies and the outside bodies that may be asked for them."""
    if not bodies:
        return bodies
    outside = {body.key for programme in law.programmes() for body in programme.bodies if body.external}
    return bodies | frozenset(outside)


def _titles(body: str, step: str, request: Page) -> dict[str, str]:
    language = getattr(request, "LANGUAGE_CODE", "ar")
    for programme in law.programmes():
        for found in programme.procedure:
            if found.key == step:
                stated = next((stated for stated in programme.bodies if stated.key == body), None)
                return {
                    "step_title": law.text(found.title, language),
                    "body_title": law.text(stated.title, language) if stated else body,
                }
    return {"step_title": step, "body_title": body}
