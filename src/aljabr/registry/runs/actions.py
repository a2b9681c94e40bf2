"""Asks for an engine run. What a run proposes is recorded by ``registry.results``, that it failed by ``runs.endings``."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.identifiers import new_id
from aljabr.registry.runs.models import Run
from aljabr.registry.runs.tasks import determine
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


def start_run(viewer: Viewer, *, programme: str, as_of: date | None = None, unit: str = "") -> Run:
    """Ask for a run over all claims of a programme; a worker takes it up, after a restart too.

    Parameters
    ----------
    as_of : date, optional
        The day the determinations are made for; today otherwise.
    unit : str
        A sealed unit, whose claims are run apart; empty for all that are not sealed.

    Raises
    ------
    NotAllowed
        For a sealed unit the viewer is no part of.
    Conflict
        When such a run is under way.
    """
    viewer.require("run.start")
    if unit and unit not in viewer.units:
        raise NotAllowed("You may not run these claims.", "Ask somebody of the unit that seals them.")
    stated = law.programme(programme)
    try:
        with transaction.atomic():
            run = Run.objects.create(
                id=new_id("run"),
                programme=stated.key,
                programme_hash=stated.hash,
                unit=unit,
                as_of=as_of or legal_today(stated.key),
                asked_by=viewer.actor,
                asked_at=timezone.now(),
            )
            record_event(viewer, "run.started", subject=run.pk, programme_hash=stated.hash, unit=unit, as_of=run.as_of.isoformat())
            determine.configure(lock=run.pk, queueing_lock=run.pk).defer(run_id=run.pk)
    except IntegrityError as error:
        if "run_live_once" not in str(error):
            raise
        raise Conflict("A run of this programme is under way.", "Wait until it has ended.") from error
    return run
