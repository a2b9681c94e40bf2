"""Reads claims: by any spelling of a name, number, phone, reference; row-level security decides what there is to find."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet

from aljabr.registry.claims.models import Claim, ClaimItem, Mail, Mandate
from aljabr.registry.days import legal_today
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.parties.keys import keys_asked
from aljabr.registry.parties.models import Person
from aljabr.registry.viewers import Viewer

PAGE = 50


@dataclass(frozen=True, kw_only=True)
class Found:
    """One page of claims; ``after`` asks for the next one and is empty on the last."""

    claims: list[Claim]
    after: str


def claims_found(viewer: Viewer, asked: str, *, after: str = "") -> Found:
    """Return the claims that hold every key of what was typed, newest id last.

    Parameters
    ----------
    viewer : Viewer
        Who asks.
    asked : str
        Names in any spelling and script, a reference, a phone or a document number.
    after : str
        Id of the last claim of the page before.
    """
    viewer.require("claim.search")
    alternatives = keys_asked(asked)
    if not alternatives:
        return Found(claims=[], after="")
    with connection.cursor() as cursor:
        ids: set[str] = set()
        for keys in alternatives:
            cursor.execute("SELECT claims_with_keys(%s, %s, %s)", [keys, after, PAGE + 1])
            ids |= {row[0] for row in cursor.fetchall()}
    claims = list(Claim.objects.filter(pk__in=sorted(ids)[: PAGE + 1]).order_by("id"))
    return Found(claims=claims[:PAGE], after=claims[PAGE - 1].id if len(claims) > PAGE else "")


def claim(viewer: Viewer, claim_id: str) -> Claim | None:
    """Return a claim; None when there is none or the viewer may not see it."""
    viewer.require("claim.read")
    return Claim.objects.filter(pk=claim_id).first()


def item(viewer: Viewer, item_id: str) -> ClaimItem | None:
    """Return a head of loss; None when there is none or the viewer may not see it."""
    viewer.require("claim.read")
    return ClaimItem.objects.select_related("claim").filter(pk=item_id).first()


def items_of(viewer: Viewer, claim_id: str) -> QuerySet[ClaimItem]:
    """Return the heads of loss of a claim with where they stand."""
    viewer.require("claim.read")
    return ClaimItem.objects.filter(claim_id=claim_id).select_related("priority").order_by("id").prefetch_related("overlaps")


def mandates_of(viewer: Viewer, claim_id: str) -> QuerySet[Mandate]:
    """Return the mediators joined to a claim, with their reports."""
    viewer.require("claim.read")
    return Mandate.objects.filter(claim_id=claim_id).select_related("user").order_by("id")


def claims_mandated(viewer: Viewer) -> QuerySet[Mandate]:
    """Return the mandates a mediator holds, with their claims."""
    viewer.require("mediation.report")
    return Mandate.objects.filter(user_id=viewer.person, ended_on__isnull=True).select_related("claim").order_by("until_on", "id")


def people_of(viewer: Viewer, claim_id: str) -> QuerySet[Person]:
    """Return the people of a claim, claimant first."""
    viewer.require("claim.read")
    return Person.objects.filter(claim_id=claim_id).order_by("role", "id")


def exhibits_of(viewer: Viewer, claim_id: str) -> QuerySet[Exhibit]:
    """Return the exhibits of a claim."""
    viewer.require("claim.read")
    return Exhibit.objects.filter(claim_id=claim_id).order_by("item_id", "id")


def mail_of(viewer: Viewer, claim_id: str) -> QuerySet[Mail]:
    """Return the incoming and outgoing letters of a claim by day."""
    viewer.require("claim.read")
    return Mail.objects.filter(claim_id=claim_id).order_by("dated_on", "id")


def today_of(claim_id: str) -> date:
    """Return the legal day it is now for a claim: that of its programme's zone."""
    if len(settings.PROGRAMMES) == 1:
        return legal_today()
    return legal_today(Claim.objects.values_list("programme", flat=True).get(pk=claim_id))
