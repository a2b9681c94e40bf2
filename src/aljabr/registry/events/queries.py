"""Reads the events of a claim."""

from __future__ import annotations

from django.db.models import QuerySet

from aljabr.registry.events.models import Event
from aljabr.registry.viewers import Viewer


def events_of_claim(viewer: Viewer, claim_id: str) -> QuerySet[Event]:
    """Return the events of a claim the viewer may see, oldest first."""
    viewer.require("claim.read")
    return Event.objects.filter(claim_id=claim_id).order_by("id")
