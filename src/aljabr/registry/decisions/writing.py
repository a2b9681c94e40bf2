"""Writes down what a body decided, called by actions inside their transaction; the database checks it against the votes."""

from __future__ import annotations

from django.utils import timezone

from aljabr.programmes.records import Step
from aljabr.registry import law
from aljabr.registry.bodies.models import Body
from aljabr.registry.bodies.numbers import number_of_decision
from aljabr.registry.claims.models import Claim
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.models import Decision, Motion
from aljabr.registry.identifiers import new_id
from aljabr.registry.viewers import Viewer


def next_number(body: Body, claim: Claim) -> str:
    """Return the number the body's next decision takes in the claim's series (a sealed unit has its own)."""
    return number_of_decision(body.key, legal_today(claim.programme).year, unit=claim.sealed_unit)


def rule_of(claim: Claim, decision: Decision) -> Step | None:
    """Return the law's step of a decision: for one on an objection the vote of the body that decided it; None for one that settles
    an appeal, which the law serves without a new period.
    """
    programme = law.programme(claim.programme)
    key, _, kind = decision.step.partition("/")
    if kind.startswith("objection/"):
        return next((step for step in programme.procedure if step.act == "vote" and step.body == decision.body.key), None)
    return None if kind else law.step(programme, key)


def write_decision(viewer: Viewer, motion: Motion, claim: Claim, *, step: str, number: str, replaces: Decision | None) -> Decision:
    """Write the decision of a motion, close the motion, and let it take the place of an earlier decision."""
    decision_id = new_id("decision")
    if replaces:
        Decision.objects.filter(pk=replaces.pk).update(live=False, superseded_by_id=decision_id)
    decision = Decision.objects.create(
        id=decision_id,
        motion=motion,
        item_id=motion.item_id,
        claim_id=claim.id,
        step=step,
        body=motion.body,
        programme_hash=claim.programme_hash,
        number=number,
        outcome=motion.outcome,
        amount_minor=motion.amount_minor,
        currency=motion.currency,
        ground=motion.ground,
        statutory_exception=motion.body.statutory_exception,
        decided_on=legal_today(claim.programme),
        issued_by_id=viewer.person,
    )
    Motion.objects.filter(pk=motion.pk).update(closed_at=timezone.now())
    return decision
