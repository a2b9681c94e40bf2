"""Engine runs: asked for, watched, their results."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from aljabr.registry import law
from aljabr.registry.runs.actions import start_run
from aljabr.registry.runs.queries import run, runs_asked, stale_items
from aljabr.registry.web.forms import day, text
from aljabr.registry.web.pages import Page, found


def runs(request: Page) -> HttpResponse:
    """Show runs with their progress."""
    context = {
        "runs": runs_asked(request.viewer),
        "programmes": [programme.key for programme in law.programmes()],
        "units": sorted(request.viewer.units),
        "may_start": request.viewer.may("run.start"),
    }
    return render(request, "registry/runs.html", context)


def ask_run(request: Page) -> HttpResponse:
    """Ask for a run."""
    programme = text(request, "programme", required=True)
    as_of = day(request, "as_of", programme=programme)
    asked = start_run(request.viewer, programme=programme, as_of=as_of, unit=text(request, "unit"))
    return redirect("run-page", run_id=asked.pk)


def run_page(request: Page, run_id: str) -> HttpResponse:
    """Show one run: how far it is, what it recorded, what was stale."""
    shown = found(run(request.viewer, run_id))
    return render(request, "registry/run.html", {"run": shown, "stale": stale_items(request.viewer, shown)})
