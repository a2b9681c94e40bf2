"""Exports: asked for by one person, approved by another, handed to the first until they expire."""

from __future__ import annotations

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.exports import actions
from aljabr.registry.exports.purposes import PURPOSES
from aljabr.registry.exports.queries import export, exports_of
from aljabr.registry.web.forms import text
from aljabr.registry.web.pages import Page, found


def exports(request: Page) -> HttpResponse:
    """Show exports and the form to ask for one."""
    viewer = request.viewer
    context = {
        "exports": exports_of(viewer),
        "purposes": {name: list(columns) for name, columns in PURPOSES.items()},
        "programmes": [programme.key for programme in law.programmes()],
        "steps": [step.key for programme in law.programmes() for step in programme.procedure],
        "may_ask": viewer.may("export.ask"),
        "may_approve": viewer.may("export.approve"),
    }
    return render(request, "registry/exports.html", context)


def ask_export(request: Page) -> HttpResponse:
    """Ask for an export."""
    actions.ask_export(
        request.viewer,
        purpose=text(request, "purpose", required=True),
        reason=text(request, "reason", required=True),
        recipient=text(request, "recipient", required=True),
        programme=text(request, "programme", required=True),
        step=text(request, "step"),
        area=text(request, "area"),
    )
    return redirect("exports")


def approve_export(request: Page, export_id: str) -> HttpResponse:
    """Approve an export somebody else asked for."""
    actions.approve_export(request.viewer, found(export(request.viewer, export_id)))
    return redirect("exports")


def export_file(request: Page, export_id: str) -> StreamingHttpResponse:
    """Hand out the file."""
    shown = found(export(request.viewer, export_id))
    lines = actions.download_export(request.viewer, shown)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{shown.pk}.csv"'
    return response
