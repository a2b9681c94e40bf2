"""What comes back from a batch run: proposals, each for the facts it was made of. Nothing is decided by a run.

A proposal carries ``run_id``, ``programme_hash`` and ``facts_digest``; it is recorded only while the item's facts still have
that digest and the claim is pinned to that programme version.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from aljabr.canonical import digest
from aljabr.registry.claims.models import Claim, ClaimItem, ItemOverlap
from aljabr.registry.decisions.models import Proposal
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Viewer


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """How many proposals were recorded, and which items' were stale."""

    recorded: int
    stale: tuple[str, ...]


def facts_digest(facts: Mapping[str, Any]) -> str:
    """Return the digest of an item's facts; decimals are stored as text, so none is a float."""
    return digest(dict(facts))


@transaction.atomic
def record_proposals(
    viewer: Viewer,
    run_id: str,
    programme_hash: str,
    rows: Iterable[Mapping[str, Any]],
    *,
    overlaps: Iterable[Mapping[str, Any]] = (),
) -> Recorded:
    """Record the determinations of a run as proposals.

    Parameters
    ----------
    rows : iterable of mapping
        One row for every item: ``item_id``, ``facts_digest`` and the columns of ``determinations``.
    overlaps : iterable of mapping
        One row for every pair of ``item_overlaps``, for people to judge; a pair that is there already stays as it is.
    """
    viewer.require("run.start")
    taken = {row["item_id"]: row for row in rows}
    items = {item.pk: item for item in ClaimItem.objects.filter(pk__in=taken).select_for_update()}
    pinned = dict(Claim.objects.filter(pk__in={item.claim_id for item in items.values()}).values_list("id", "programme_hash"))
    fresh, stale = [], []
    for item_id, row in taken.items():
        item = items.get(item_id)
        if item is None or facts_digest(item.facts) != row["facts_digest"] or pinned[item.claim_id] != programme_hash:
            stale.append(item_id)
        else:
            fresh.append(_proposal(item, row, run_id, programme_hash))
    Proposal.objects.filter(item_id__in=[proposal.item_id for proposal in fresh], live=True).update(live=False)
    Proposal.objects.bulk_create(fresh, batch_size=500)
    paired = _record_overlaps(overlaps)
    record_event(
        viewer,
        "run.recorded",
        subject=run_id,
        programme_hash=programme_hash,
        recorded=len(fresh),
        stale=len(stale),
        overlaps=paired,
    )
    return Recorded(recorded=len(fresh), stale=tuple(sorted(stale)))


def _record_overlaps(rows: Iterable[Mapping[str, Any]]) -> int:
    pairs = list(rows)
    named = {row["item_id"] for row in pairs} | {row["other_item_id"] for row in pairs}
    claims = dict(ClaimItem.objects.filter(pk__in=named).values_list("id", "claim_id"))
    known = [row for row in pairs if row["item_id"] in claims and row["other_item_id"] in claims]
    ItemOverlap.objects.bulk_create(
        (
            ItemOverlap(
                item_id=row["item_id"],
                other_item_id=row["other_item_id"],
                other_claim_id=claims[row["other_item_id"]],
                kind=row["kind"],
                probability=round(Decimal(str(row["probability"])), 5),
                explanation=json.loads(row["explanation"]) if isinstance(row["explanation"], str) else {},
            )
            for row in known
        ),
        batch_size=500,
        ignore_conflicts=True,
    )
    return len(known)


def _proposal(item: ClaimItem, row: Mapping[str, Any], run_id: str, programme_hash: str) -> Proposal:
    return Proposal(
        item=item,
        claim_id=item.claim_id,
        run_id=run_id,
        programme_hash=programme_hash,
        facts_digest=row["facts_digest"],
        outcome=row["outcome"],
        ground=row["ground"] or "",
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        legal_basis=row["legal_basis"] or "",
        rule_hits=row["rule_hits"],
        missing_facts=row["missing_facts"],
        letter_text=row["letter_text"] or "",
        recorded_at=timezone.now(),
    )
