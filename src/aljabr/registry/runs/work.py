"""What a worker does with a run: determine outside any transaction, then record proposals and the run's end in one.

Idempotent: a run that has ended is left alone, and one that was killed begins anew, having recorded nothing.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.extracts import Determined, determine_claims
from aljabr.registry.results import record_proposals
from aljabr.registry.runs.endings import fail_run
from aljabr.registry.runs.models import Run
from aljabr.registry.viewers import Conflict, system_viewer


def do_run(run_id: str) -> Run:
    """Do a run, or finish one that was cut short.

    Raises
    ------
    Conflict
        When the registry runs another version of the programme than the run was asked for.
    """
    run = Run.objects.get(pk=run_id)
    if run.state not in ("queued", "running"):
        return run
    programme = law.programme(run.programme)
    if programme.hash != run.programme_hash:
        raise Conflict("The programme has another version now.", "Ask for a new run.")

    def progress(stage: str) -> None:
        Run.objects.filter(pk=run_id, state__in=["queued", "running"]).update(state="running", stage=stage)

    determined = determine_claims(system_viewer(), programme, as_of=run.as_of, unit=run.unit, progress=progress)
    progress("record")
    return _record(run_id, determined)


@transaction.atomic
def _record(run_id: str, determined: Determined) -> Run:
    viewer = system_viewer()
    viewer.bind()
    run = Run.objects.select_for_update().get(pk=run_id)
    if run.state != "running":
        return run
    done = record_proposals(viewer, run_id, run.programme_hash, determined.rows, overlaps=determined.overlaps)
    Run.objects.filter(pk=run_id).update(
        state="recorded",
        stage="",
        ended_at=timezone.now(),
        items=len(determined.extract.digests) + len(determined.extract.refused),
        recorded=done.recorded,
        overlaps=len(determined.overlaps),
        untyped=determined.extract.untyped,
        stale=list(done.stale),
        refused=sorted(determined.extract.refused),
    )
    run.refresh_from_db()
    return run


@transaction.atomic
def give_up(run_id: str, failure: str) -> None:
    """Say that a run cannot be done; it recorded nothing."""
    viewer = system_viewer()
    viewer.bind()
    fail_run(viewer, run_id, failure=failure)
