"""Reads engine runs."""

from __future__ import annotations

from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.runs.models import Run
from aljabr.registry.viewers import Viewer

PAGE = 50


def runs_asked(viewer: Viewer) -> list[Run]:
    """Return the newest runs; those of a sealed unit only for its own people."""
    viewer.require("run.read")
    return list(Run.objects.filter(unit__in=["", *sorted(viewer.units)]).order_by("-asked_at", "-id")[:PAGE])


def run(viewer: Viewer, run_id: str) -> Run | None:
    """Return a run; None when there is none or the viewer may not see it."""
    viewer.require("run.read")
    return Run.objects.filter(pk=run_id, unit__in=["", *sorted(viewer.units)]).first()


def stale_items(viewer: Viewer, shown: Run) -> list[ClaimItem]:
    """Return the items whose proposals a run found stale, as far as the viewer may see them."""
    viewer.require("run.read")
    return list(ClaimItem.objects.filter(pk__in=shown.stale).select_related("claim").order_by("id")[:PAGE])
