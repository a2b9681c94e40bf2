"""Reads proposals, motions, decisions, services, appeals of a claim."""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.names import fold
from aljabr.registry.bodies.models import Hearing
from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.decisions.models import AgendaEntry, Appeal, Decision, LegalPoint, Motion, Payment, Proposal, Schedule
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.evidence.store import read
from aljabr.registry.procedure.models import Review
from aljabr.registry.viewers import Viewer


def proposal_of(viewer: Viewer, item: ClaimItem) -> Proposal | None:
    """Return the machine's live proposal; hidden from the reviewer who has not yet opened it."""
    viewer.require("claim.read")
    if "reviewer" in viewer.roles:
        seen = Review.objects.filter(item=item, officer_id=viewer.user_id, proposal_seen_at__isnull=False).exists()
        if not seen:
            return None
    return Proposal.objects.filter(item=item, live=True).first()


def motions_of(viewer: Viewer, claim_id: str) -> list[Motion]:
    """Return the motions about a claim with their votes."""
    viewer.require("claim.read")
    return list(
        Motion.objects.filter(claim_id=claim_id)
        .select_related("body", "schedule__body")
        .prefetch_related("votes__seat")
        .order_by("id")
    )


def decisions_of(viewer: Viewer, claim_id: str) -> list[Decision]:
    """Return the decisions about a claim with attempts to serve them, newest first."""
    viewer.require("claim.read")
    found = Decision.objects.filter(claim_id=claim_id).select_related("body").prefetch_related("services", "appeals")
    return list(found.order_by("-decided_on", "-id"))


def appeals_of(viewer: Viewer, claim_id: str) -> list[Appeal]:
    """Return the appeals in a claim."""
    viewer.require("claim.read")
    return list(Appeal.objects.filter(claim_id=claim_id).select_related("decision").order_by("lodged_on", "id"))


def decision_of(viewer: Viewer, decision_id: str) -> Decision | None:
    """Return one decision with the votes it rests on; None when there is none or the viewer may not see it."""
    viewer.require("claim.read")
    found = Decision.objects.filter(pk=decision_id).select_related("body", "item__claim", "motion", "issued_by")
    return found.prefetch_related("motion__votes__seat", "motion__votes__officer", "services").first()


@dataclass(frozen=True, kw_only=True)
class BundleEntry:
    """An item on an agenda with its exhibits, each with the hash of its file."""

    entry: AgendaEntry
    exhibits: tuple[Exhibit, ...]


def bundle_of(viewer: Viewer, hearing: Hearing) -> list[BundleEntry]:
    """Return the agenda of a sitting with the exhibits of every item, in order."""
    viewer.require("claim.read")
    entries = list(AgendaEntry.objects.filter(hearing=hearing).select_related("item__claim").order_by("position"))
    exhibits = Exhibit.objects.filter(item_id__in=[entry.item_id for entry in entries]).order_by("received_at", "id")
    return [BundleEntry(entry=entry, exhibits=tuple(one for one in exhibits if one.item_id == entry.item_id)) for entry in entries]


def signed_minutes(viewer: Viewer, hearing: Hearing) -> bytes:
    """Return the scan of signed minutes, its bytes hashed again at this reading."""
    viewer.require("claim.read")
    return read(hearing.scan_sha256)


def schedule(viewer: Viewer, schedule_id: int) -> Schedule | None:
    """Return a schedule with the motions of the claims the viewer may see."""
    viewer.require("claim.read")
    found = Schedule.objects.filter(pk=schedule_id).select_related("body")
    return found.prefetch_related("motions__votes", "motions__item__claim").first()


def points_found(viewer: Viewer, asked: str) -> list[LegalPoint]:
    """Return the points of law with every word asked for in any spelling, newest first; all of them when nothing is asked."""
    viewer.require("body.read")
    points = LegalPoint.objects.select_related("body").order_by("-decided_on", "-id")
    for word in fold(asked).split():
        points = points.filter(folded__contains=word)
    return list(points[:100])


def payments_of(viewer: Viewer, claim_id: str) -> list[Payment]:
    """Return what was stated as paid for a claim, newest first."""
    viewer.require("claim.read")
    return list(Payment.objects.filter(claim_id=claim_id).select_related("stated_by", "confirmed_by").order_by("-id"))
