"""Who read which claim for what: recorded for every page of a claim, seen by auditors.

The purpose is the first that holds: opened by break-glass, drawn for the reader, the body they serve has it, oversight, their area;
or what the reader states.
"""

from __future__ import annotations

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from aljabr.registry.accounts.models import User
from aljabr.registry.claims.models import Claim, Opening, Reading
from aljabr.registry.policy import PURPOSES
from aljabr.registry.procedure.models import Assignment
from aljabr.registry.procedure.reach import bodies_concerned
from aljabr.registry.viewers import Viewer

# The classes of fields the page of a claim shows; a page of oversight shows no more.
FIELDS = "identity contact loss evidence decision"


def record_reading(viewer: Viewer, claim_id: str, *, stated: str = "") -> Reading | None:
    """Record that the viewer opened a claim; None for the system, which reads nothing for itself."""
    if viewer.user_id is None:
        return None
    return Reading.objects.create(
        claim_id=claim_id,
        user_id=viewer.user_id,
        fields=FIELDS,
        purpose=stated if stated in PURPOSES else _purpose(viewer, claim_id),
        read_at=timezone.now(),
    )


def _purpose(viewer: Viewer, claim_id: str) -> str:
    claim = Claim.objects.get(pk=claim_id)
    if viewer.areas.isdisjoint({"*", claim.area}):
        return "break_glass"
    if Assignment.objects.filter(claim_id=claim_id, officer_id=viewer.user_id).exists():
        return "assignment"
    if bodies_concerned(claim) & viewer.bodies:
        return "service_of_body"
    return "oversight" if {"auditor", "observer"} & viewer.roles else "area_office"


def readings_of(viewer: Viewer, claim_id: str) -> QuerySet[Reading]:
    """Return who read a claim, oldest first, each with the reader's name as ``reader``; for auditors."""
    viewer.require("readings.read")
    reader = Subquery(User.objects.filter(pk=OuterRef("user_id")).values("name")[:1])
    return Reading.objects.filter(claim_id=claim_id).annotate(reader=reader).order_by("id")


def openings_now(viewer: Viewer) -> list[Opening]:
    """Return the claims the viewer has opened outside their area and may still read."""
    if viewer.user_id is None:
        return []
    return list(Opening.objects.filter(user_id=viewer.user_id, until__gt=timezone.now()).order_by("until"))
