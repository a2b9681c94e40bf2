"""Which bodies a claim concerns: the one it was filed at, and every one it has come to."""

from __future__ import annotations

from aljabr.registry import law
from aljabr.registry.claims.models import Claim
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import NotAllowed, Viewer


def bodies_concerned(claim: Claim) -> frozenset[str]:
    """Return the keys of the bodies that have or had the claim."""
    came_to = CaseStep.objects.filter(claim_id=claim.id).values_list("body", flat=True)
    return frozenset({*came_to, law.programme(claim.programme).procedure[0].body})


def require_concerned(viewer: Viewer, claim: Claim, *, serving: str = "") -> None:
    """Refuse whoever serves none of the bodies concerned (or not the one they speak for).

    Raises
    ------
    NotAllowed
        When they do not.
    """
    spoken = frozenset({serving}) & viewer.bodies if serving else viewer.bodies
    if bodies_concerned(claim).isdisjoint(spoken) and not viewer.is_system:
        raise NotAllowed("You serve no body that has this claim.", "Ask its secretary.")
