"""Reads exhibits: every reading hashes the file again."""

from __future__ import annotations

from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.evidence.store import read
from aljabr.registry.viewers import Conflict, Viewer


def exhibit(viewer: Viewer, exhibit_id: str) -> Exhibit | None:
    """Return an exhibit; None when there is none or the viewer may not see its claim."""
    viewer.require("claim.read")
    return Exhibit.objects.filter(pk=exhibit_id).first()


def content_of(viewer: Viewer, shown: Exhibit) -> bytes:
    """Return the bytes of an exhibit.

    Raises
    ------
    Conflict
        When it is in quarantine, or no file was taken in for it.
    """
    viewer.require("claim.read")
    if shown.quarantined_because:
        raise Conflict("This file could harm who opens it.", "Ask the claimant for a photograph or a scan of the document.")
    if not shown.sha256:
        raise Conflict("The exhibit was named, but no file was taken in.", "Add the file when the claimant brings it.")
    return read(shown.sha256)
