"""Reads exports: one's own, and those that wait for a second person."""

from __future__ import annotations

from aljabr.registry.exports.models import Export
from aljabr.registry.viewers import Viewer

PAGE = 50


def exports_of(viewer: Viewer) -> list[Export]:
    """Return the newest exports the viewer asked for; who approves sees everybody's."""
    viewer.require("export.read")
    found = Export.objects.select_related("asked_by", "approved_by").order_by("-asked_at", "-id")
    return list((found if viewer.may("export.approve") else found.filter(asked_by_id=viewer.user_id))[:PAGE])


def export(viewer: Viewer, export_id: str) -> Export | None:
    """Return an export; None when there is none or it is not the viewer's to see."""
    viewer.require("export.read")
    found = Export.objects.filter(pk=export_id).first()
    seen = found and (viewer.may("export.approve") or found.asked_by_id == viewer.user_id)
    return found if seen else None
