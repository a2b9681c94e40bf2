"""Lists what favour would look like, for auditors and observers: three things that never happen when the rules were kept.

(a) A queue jumped without a priority of the rulebook. (b) Evidence waived, or asked for, by no rule. (c) An award that is not the
engine's without a recorded ground. What is found is a question to the body, not a verdict; the auditor sees the claims of their
areas, and no sealed ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection

from aljabr.registry import law
from aljabr.registry.claims.models import Claim
from aljabr.registry.events.models import Event
from aljabr.registry.evidence.models import Waiver
from aljabr.registry.procedure.priorities import rule_codes
from aljabr.registry.viewers import Viewer

MOST = 500


@dataclass(frozen=True, kw_only=True)
class Inversion:
    """An item decided before one that entered the same queue on an earlier day and was ready."""

    body: str
    step: str
    claim_id: str
    item_id: str
    entered_on: date
    decided_on: date
    passed_claim_id: str
    passed_item_id: str
    passed_entered_on: date


@dataclass(frozen=True, kw_only=True)
class OutsideRules:
    """A waiver (``waived``) or a demand (``asked``) of evidence by no rule of the programme; ``what`` is the rule or fact named."""

    claim_id: str
    kind: str
    what: str
    by: str


@dataclass(frozen=True, kw_only=True)
class Unexplained:
    """A standing decision that differs from the engine's determination without a recorded ground; amounts in minor units."""

    claim_id: str
    body: str
    number: str
    outcome: str
    amount_minor: int | None
    proposed_outcome: str
    proposed_minor: int | None


def queue_inversions(viewer: Viewer, *, since: date) -> list[Inversion]:
    """Return the items decided out of turn since a day, at most 500, latest first."""
    viewer.require("favour.audit")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body, step, claim_id, item_id, entered_on, decided_on, passed_claim_id, passed_item_id, passed_entered_on "
            "FROM queue_inversions WHERE decided_on >= %s ORDER BY decided_on DESC, item_id LIMIT %s",
            [since, MOST],
        )
        names = [column.name for column in cursor.description]
        return [Inversion(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def evidence_outside_rules(viewer: Viewer) -> list[OutsideRules]:
    """Return the waivers and demands of evidence that no rule of their programme knows, at most 500 of each."""
    viewer.require("favour.audit")
    found: list[OutsideRules] = []
    for programme in law.programmes():
        claims = Claim.objects.filter(programme=programme.key).values("pk")
        waivers = Waiver.objects.filter(claim_id__in=claims).exclude(rule__in=rule_codes(programme.key)).order_by("pk")[:MOST]
        found += [
            OutsideRules(claim_id=one.claim_id, kind="waived", what=one.rule or one.fact, by=one.waived_by) for one in waivers
        ]
        known = [*(fact.name for fact in programme.facts), *programme.labels]
        asked = Event.objects.filter(name="evidence.asked", claim_id__in=claims).exclude(content__facts__contained_by=known)
        for event in asked.order_by("pk")[:MOST]:
            extra = sorted(set(event.content["facts"]) - set(known))
            found += [OutsideRules(claim_id=event.claim_id or "", kind="asked", what=fact, by=event.actor) for fact in extra]
    return found


def awards_unexplained(viewer: Viewer) -> list[Unexplained]:
    """Return the standing decisions that differ from the determination without a recorded ground, at most 500, latest first."""
    viewer.require("favour.audit")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT claim_id, body, number, outcome, amount_minor, proposed_outcome, proposed_minor "
            "FROM awards_unexplained ORDER BY decision_id DESC LIMIT %s",
            [MOST],
        )
        names = [column.name for column in cursor.description]
        return [Unexplained(**dict(zip(names, row, strict=True))) for row in cursor.fetchall()]
