"""Which bodies a claim concerns: the one it was filed at, every one it has come to, and the one that will vote on it next."""

from __future__ import annotations

from aljabr.registry import law
from aljabr.registry.claims.models import Claim
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import NotAllowed, Viewer


def body_ahead(claim: Claim, step_key: str) -> str:
    """Return the body of the next vote the law prescribes from a step on, else of the last before it; empty when nobody votes."""
    steps = law.programme(claim.programme).procedure
    at = next(place for place, step in enumerate(steps) if step.key == step_key)
    return next((step.body for step in (*steps[at:], *reversed(steps[:at])) if step.act == "vote"), "")


def bodies_concerned(claim: Claim) -> frozenset[str]:
    """Return the keys of the bodies that have or had the claim, or to which it is on its way."""
    steps = list(CaseStep.objects.filter(claim_id=claim.id).values_list("body", "step", "live"))
    ahead = {body_ahead(claim, step) for _, step, live in steps if live}
    return frozenset({*(body for body, _, _ in steps), *ahead, law.programme(claim.programme).procedure[0].body} - {""})


def require_concerned(viewer: Viewer, claim: Claim) -> None:
    """Refuse whoever serves none of the bodies concerned.

    Raises
    ------
    NotAllowed
        When they do not.
    """
    if bodies_concerned(claim).isdisjoint(viewer.bodies) and not viewer.is_system:
        raise NotAllowed("You serve no body that has this claim.", "Ask its secretary.")
