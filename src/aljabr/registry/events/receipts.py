"""What anybody may ask of the public log: its checkpoints, its key, the place of a receipt."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import connection

from aljabr.ledger.notes import verifier_key
from aljabr.registry.events.checkpoints import ORIGIN
from aljabr.registry.events.models import Checkpoint, Event
from aljabr.registry.viewers import Viewer

PAGE = 50


def log_key() -> str:
    """Return the verifier key of the log, in the format of C2SP signed notes."""
    return verifier_key(ORIGIN, run_key=settings.LEDGER_KEY)


def checkpoints() -> list[Checkpoint]:
    """Return the newest checkpoints, newest first."""
    return list(Checkpoint.objects.order_by("-size")[:PAGE])


def receipt_of_filing(viewer: Viewer, event_id: int) -> Event | None:
    """Return the event of a filing, whose leaf hash is the claimant's receipt."""
    viewer.require("claim.read")
    return Event.objects.filter(pk=event_id).first()


def counts_by_step() -> list[dict[str, Any]]:
    """Return how many items are at each step, to the nearest five; None under ten, and never of sealed claims."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme, step, state, items FROM public_counts()")
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
