"""Reads proposals, motions, decisions, services, appeals of a claim."""

from __future__ import annotations

from aljabr.registry.claims.models import ClaimItem
from aljabr.registry.decisions.models import Appeal, Decision, Motion, Proposal
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
    return list(Motion.objects.filter(claim_id=claim_id).select_related("body").prefetch_related("votes__seat").order_by("id"))


def decisions_of(viewer: Viewer, claim_id: str) -> list[Decision]:
    """Return the decisions about a claim with attempts to serve them, newest first."""
    viewer.require("claim.read")
    found = Decision.objects.filter(claim_id=claim_id).select_related("body").prefetch_related("services", "appeals")
    return list(found.order_by("-decided_on", "-id"))


def appeals_of(viewer: Viewer, claim_id: str) -> list[Appeal]:
    """Return the appeals in a claim."""
    viewer.require("claim.read")
    return list(Appeal.objects.filter(claim_id=claim_id).select_related("decision").order_by("lodged_on", "id"))
