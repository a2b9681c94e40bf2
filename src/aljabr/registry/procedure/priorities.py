"""Lets an item ahead of others, only by a rule of its programme: without one, a queue is not jumped."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from aljabr.registry import law
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.models import Priority
from aljabr.registry.viewers import Conflict, Viewer


def rule_codes(programme: str) -> frozenset[str]:
    """Return the codes of all rules of a programme's tables."""
    return frozenset(rule.id for table in law.programme(programme).tables for rule in table.rules)


def grant_priority(viewer: Viewer, item: ClaimItem, *, rule: str, reason: str) -> Priority:
    """Let an item ahead by a rule of its programme.

    Raises
    ------
    Conflict
        When the rule is not one of the programme's, no reason is written, or the item has priority already.
    """
    viewer.require("priority.grant")
    claim = Claim.objects.get(pk=item.claim_id)
    if rule not in rule_codes(claim.programme) or not reason.strip():
        raise Conflict(
            f"{rule or 'Nothing'} is no rule of {claim.programme}.", "Name the rule that gives priority, and why it holds."
        )
    try:
        with transaction.atomic():
            record_event(viewer, "priority.granted", subject=item.pk, claim_id=claim.id, rule=rule)
            return Priority.objects.create(
                item=item,
                claim_id=claim.id,
                rule=rule,
                reason=reason,
                granted_on=legal_today(claim.programme),
                granted_by=viewer.actor,
            )
    except IntegrityError:
        raise Conflict("The item has priority already.", "Nothing is left to do.") from None
