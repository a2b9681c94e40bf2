"""Says that a run failed."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from aljabr.registry.events.actions import record_event
from aljabr.registry.runs.models import Run
from aljabr.registry.viewers import Viewer


@transaction.atomic
def fail_run(viewer: Viewer, run_id: str, *, failure: str) -> None:
    """Say that a run could not be done; it recorded nothing."""
    viewer.require("run.start")
    if Run.objects.filter(pk=run_id, state__in=["queued", "running"]).update(
        state="failed", failure=failure, ended_at=timezone.now()
    ):
        record_event(viewer, "run.failed", subject=run_id)
