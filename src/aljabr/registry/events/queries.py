"""Reads the events of a claim."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from aljabr.registry.events.models import Event
from aljabr.registry.viewers import Viewer


def events_of_claim(viewer: Viewer, claim_id: str, *, subjects: tuple[str, ...] = ()) -> QuerySet[Event]:
    """Return the events of a claim the viewer may see, oldest first, with those of what it was part of (``subjects``)."""
    viewer.require("claim.read")
    return Event.objects.filter(Q(claim_id=claim_id) | Q(subject__in=subjects, claim_id__isnull=True)).order_by("id")
