"""The object an address names, found under the viewer's own reach: what they may not see is not there."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.http import Http404

from aljabr.registry.bodies.models import KinshipDoubt, Recusal
from aljabr.registry.claims.models import Claim, ClaimItem, Mandate
from aljabr.registry.decisions.models import Appeal, Decision, Motion, Payment
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.letters.models import Letter
from aljabr.registry.procedure.models import ExternalRequest, Objection
from aljabr.registry.viewers import NotAllowed, Viewer

# The name an address gives an object by, the object, and its field that names the claim.
NAMED: dict[str, tuple[type[Model], str]] = {
    "claim_id": (Claim, "id"),
    "item_id": (ClaimItem, "claim_id"),
    "request_id": (ExternalRequest, "claim_id"),
    "motion_id": (Motion, "claim_id"),
    "decision_id": (Decision, "claim_id"),
    "appeal_id": (Appeal, "claim_id"),
    "exhibit_id": (Exhibit, "claim_id"),
    "objection_id": (Objection, "claim_id"),
    "letter_id": (Letter, "claim_id"),
    "payment_id": (Payment, "claim_id"),
    "mandate_id": (Mandate, "claim_id"),
    "doubt_id": (KinshipDoubt, "claim_id"),
}


def claim_named(parts: dict[str, Any]) -> str:
    """Return the claim an address is about; empty when it is about none.

    Raises
    ------
    Http404
        When the object is not there for the viewer the database knows of.
    """
    for name, value in parts.items():
        if name in NAMED:
            model, field = NAMED[name]
            claim_id = model._default_manager.filter(pk=value).values_list(field, flat=True).first()
            if claim_id is None:
                raise Http404
            return str(claim_id)
    return ""


def refuse_recused(viewer: Viewer, claim_id: str) -> None:
    """Refuse an act on a claim the viewer is recused from; the database refuses its event too.

    Raises
    ------
    NotAllowed
        When they are.
    """
    if viewer.user_id and Recusal.objects.filter(claim_id=claim_id, user_id=viewer.user_id).exists():
        raise NotAllowed("You are recused from this claim.", "Let somebody else act on it.")
