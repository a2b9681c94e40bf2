"""Asks for an export, approves one somebody else asked for, hands it out until it expires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from aljabr.errors import AljabrError
from aljabr.registry import law
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.exports.models import Export
from aljabr.registry.exports.purposes import PURPOSES
from aljabr.registry.exports.rows import canary_of, lines_of, path_of, write_file
from aljabr.registry.identifiers import new_id
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer

DAYS = 7


class Gone(AljabrError):
    """What was asked for has expired: ask for it again."""

    code = "registry.gone"


@transaction.atomic
def ask_export(
    viewer: Viewer, *, purpose: str, reason: str, recipient: str, programme: str, step: str = "", area: str = ""
) -> Export:
    """Ask for an export; nothing is made until somebody else approves it.

    Raises
    ------
    Conflict
        When there is no such purpose, or no reason or recipient is given.
    """
    viewer.require("export.ask")
    if purpose not in PURPOSES or not reason.strip() or not recipient.strip():
        raise Conflict("An export needs a purpose, a reason and a recipient.", f"Purposes are {', '.join(PURPOSES)}.")
    stated = law.programme(programme)
    if step:
        law.step(stated, step)
    export = Export.objects.create(
        id=new_id("export"),
        purpose=purpose,
        reason=reason.strip(),
        recipient=recipient.strip()[:256],
        programme=stated.key,
        step=step,
        area=area,
        asked_by_id=viewer.person,
        asked_at=timezone.now(),
    )
    record_event(viewer, "export.asked", subject=export.pk, purpose=purpose, recipient=export.recipient, step=step, area=area)
    return export


@transaction.atomic
def approve_export(viewer: Viewer, export: Export) -> Export:
    """Approve an export somebody else asked for; its file is made of what the asker may see now.

    Raises
    ------
    NotAllowed
        For the asker, or when the asker may not ask for exports any more.
    Conflict
        When it was approved already.
    """
    viewer.require("export.approve")
    asked = Export.objects.select_for_update(of=("self",)).select_related("asked_by").get(pk=export.pk)
    if asked.asked_by_id == viewer.person:
        raise NotAllowed("An export needs a second person.", "Ask somebody else to approve it.")
    if asked.approved_by_id:
        raise Conflict("This export was approved already.", "Nothing is left to do.")
    asker = viewer_of(asked.asked_by)
    asker.bind()
    rows, sha256 = write_file(asker, asked)
    viewer.bind()
    expires = legal_today() + timedelta(days=DAYS)
    Export.objects.filter(pk=asked.pk).update(
        approved_by_id=viewer.person,
        approved_at=timezone.now(),
        expires_on=expires,
        canary=canary_of(asked),
        rows=rows,
        sha256=sha256,
    )
    record_event(viewer, "export.approved", subject=asked.pk, rows=rows, sha256=sha256, expires_on=expires.isoformat())
    asked.refresh_from_db()
    return asked


@transaction.atomic
def download_export(viewer: Viewer, export: Export) -> Iterator[bytes]:
    """Hand out an export to who asked for it, counted; rows they may not see any more are left out.

    Raises
    ------
    NotAllowed
        For anybody else.
    Conflict
        When it is not approved.
    Gone
        After its last day; the file is deleted then.
    """
    viewer.require("export.ask")
    if export.asked_by_id != viewer.person:
        raise NotAllowed("This export was made for somebody else.", "Ask for one of your own.")
    if export.expires_on is None:
        raise Conflict("This export waits for approval.", "Ask somebody else to approve it.")
    if export.expires_on < legal_today():
        path_of(export).unlink(missing_ok=True)
        raise Gone("This export has expired.", "Ask for a new one.")
    Export.objects.filter(pk=export.pk).update(downloads=F("downloads") + 1)
    record_event(viewer, "export.downloaded", subject=export.pk, number=export.downloads + 1)
    return lines_of(viewer, export)
