"""What follows a decision: corrections, settled appeals, lost motions, withdrawals; each view calls one action."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from aljabr.registry import law
from aljabr.registry.bodies.models import KinshipDoubt
from aljabr.registry.claims.queries import item as item_seen
from aljabr.registry.decisions.corrections import close_motion, open_correction
from aljabr.registry.decisions.models import Decision, Motion
from aljabr.registry.decisions.sittings import declare_interest, settle_doubt
from aljabr.registry.procedure.withdrawals import reopen_item, withdraw_item
from aljabr.registry.web.forms import money, text
from aljabr.registry.web.pages import Page, found


def correct(request: Page, decision_id: str) -> HttpResponse:
    """Put a clerical correction to the vote."""
    decision = found(Decision.objects.filter(pk=decision_id).select_related("item__claim").first())
    amount = money(request, "amount", law.programme(decision.item.claim.programme))
    open_correction(
        request.viewer,
        decision,
        amount_minor=decision.amount_minor if amount is None else amount,
        ground=text(request, "ground") or decision.ground,
        reason=text(request, "reason", required=True),
    )
    return redirect("claim-page", claim_id=decision.claim_id)


def end_motion(request: Page, motion_id: int) -> HttpResponse:
    """Close a motion that was voted down."""
    motion = found(Motion.objects.filter(pk=motion_id).first())
    close_motion(request.viewer, motion)
    return redirect("claim-page", claim_id=motion.claim_id)


def settle(request: Page, doubt_id: int) -> HttpResponse:
    """Settle whether an officer is kin of a party."""
    doubt = found(KinshipDoubt.objects.filter(pk=doubt_id).first())
    settle_doubt(request.viewer, doubt, kin=text(request, "kin") == "yes", because=text(request, "because", required=True))
    return redirect("claim-page", claim_id=doubt.claim_id)


def interest(request: Page) -> HttpResponse:
    """Declare oneself or one's kin."""
    declare_interest(
        request.viewer,
        relation=text(request, "relation", required=True),
        full_name=text(request, "full_name", required=True),
        id_number=text(request, "id_number"),
    )
    return redirect("work")


def withdraw(request: Page, item_id: str) -> HttpResponse:
    """Record that the claimant withdraws a head of loss."""
    item = found(item_seen(request.viewer, item_id))
    withdraw_item(request.viewer, item, reason=text(request, "reason", required=True))
    return redirect("claim-page", claim_id=item.claim_id)


def reopen(request: Page, item_id: str) -> HttpResponse:
    """Open a withdrawn head of loss again."""
    item = found(item_seen(request.viewer, item_id))
    reopen_item(request.viewer, item, reason=text(request, "reason"))
    return redirect("claim-page", claim_id=item.claim_id)
