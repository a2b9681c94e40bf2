"""Engine runs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from aljabr.registry.api import schemas
from aljabr.registry.api.asking import viewer_in
from aljabr.registry.runs.actions import start_run
from aljabr.registry.runs.queries import run, runs_asked
from aljabr.registry.web.pages import found


def read_runs(request: HttpRequest) -> list[Any]:
    """Read the newest runs."""
    return list(runs_asked(viewer_in(request)))


def read_run(request: HttpRequest, run_id: str) -> Any:
    """Read one run: how far it is, what it recorded, what was stale."""
    return found(run(viewer_in(request), run_id))


def ask_run(request: HttpRequest, body: schemas.RunIn) -> Any:
    """Ask for a run; a worker takes it up."""
    return start_run(viewer_in(request), **body.dict())
