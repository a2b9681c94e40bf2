"""Reads letters."""

from __future__ import annotations

from aljabr.registry.letters.models import Letter
from aljabr.registry.viewers import Viewer


def letters_of(viewer: Viewer, claim_id: str) -> list[Letter]:
    """Return the letters of a claim's decisions."""
    viewer.require("claim.read")
    return list(Letter.objects.filter(claim_id=claim_id).select_related("decision").order_by("decision_id", "language"))


def letter(viewer: Viewer, letter_id: str) -> Letter | None:
    """Return a letter; None when there is none or the viewer may not see its claim."""
    viewer.require("claim.read")
    return Letter.objects.select_related("decision__body").filter(pk=letter_id).first()
