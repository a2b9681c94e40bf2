"""Takes exhibits in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from aljabr.registry.events.actions import record_event
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.evidence.store import keep
from aljabr.registry.identifiers import new_id
from aljabr.registry.viewers import Viewer


@transaction.atomic
def add_exhibit(viewer: Viewer, *, claim_id: str, item_id: str, kind: str, file: Iterable[bytes], file_name: str = "") -> Exhibit:
    """Take a file in as an exhibit of a head of loss; a hostile one is kept in quarantine and the claimant loses nothing by it.

    Parameters
    ----------
    file : iterable of bytes
        The bytes in pieces, as they arrive.
    file_name : str
        As the claimant's device called it; only shown.

    Raises
    ------
    Conflict
        When the file is empty or too large.
    """
    viewer.require("exhibit.add")
    kept = keep(file)
    exhibit_id = new_id("exhibit")
    record_event(
        viewer,
        "exhibit.quarantined" if kept.hostile else "exhibit.added",
        subject=exhibit_id,
        claim_id=claim_id,
        kind=kind,
        sha256=kept.sha256,
    )
    return Exhibit.objects.create(
        id=exhibit_id,
        claim_id=claim_id,
        item_id=item_id,
        kind=kind,
        sha256=kept.sha256,
        size_bytes=kept.size_bytes,
        content_type=kept.content_type,
        file_name=file_name[:128],
        quarantined_because=kept.hostile,
        received_at=timezone.now(),
        received_by=viewer.actor,
    )
