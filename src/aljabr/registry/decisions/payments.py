"""States that an item was paid, and confirms it by a second officer: money decided is money seen to have gone."""

from __future__ import annotations

from datetime import date

from aljabr.registry import law
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import guarded
from aljabr.registry.decisions.models import METHODS, Decision, Payment
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.steps import go_on, live_step, move
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


def amount_due(item: ClaimItem) -> tuple[int, str]:
    """Return what an item is paid, in minor units, and the currency: as the last decision that stands says.

    Raises
    ------
    Conflict
        When none stands, or it awards no money.
    """
    last = Decision.objects.filter(item=item, live=True).order_by("-motion__closed_at", "-id").first()
    if last is None or not last.amount_minor:
        raise Conflict("No decision that stands awards money for this item.", "Look at its decisions.")
    return last.amount_minor, last.currency


def state_payment(viewer: Viewer, item: ClaimItem, *, method: str, number: str, paid_on: date) -> Payment:
    """State that an item was paid, by a cheque's or transfer's number; another officer confirms it.

    Raises
    ------
    Conflict
        When its step pays nothing, it was stated already, the number is missing or was used, or the day is to come.
    """
    viewer.require("payment.approve")
    with guarded():
        claim, step = Claim.objects.get(pk=item.claim_id), live_step(item)
        if law.step(law.programme(claim.programme), step.step).act != "pay":
            raise Conflict(f"Nothing is paid at {step.step}.", "Go on with the claim as its step says.")
        if method not in METHODS or not number.strip():
            raise Conflict("A payment needs how it was made, and its number.", f"Ways are {', '.join(METHODS)}.")
        if paid_on > legal_today(claim.programme):
            raise Conflict("This day is to come.", "State a payment when it was made.")
        amount_minor, currency = amount_due(item)
        event = record_event(viewer, "payment.stated", subject=item.pk, claim_id=claim.id, method=method, amount_minor=amount_minor)
        return Payment.objects.create(
            item=item,
            claim_id=claim.id,
            step=step,
            method=method,
            number=number.strip(),
            paid_on=paid_on,
            amount_minor=amount_minor,
            currency=currency,
            stated_by_id=viewer.person,
            stated_at=event.happened_at,
        )


def confirm_payment(viewer: Viewer, payment: Payment) -> Payment:
    """Confirm a payment another officer stated; the case goes on.

    Raises
    ------
    NotAllowed
        For the officer who stated it.
    Conflict
        When it was confirmed or rejected already.
    """
    viewer.require("payment.approve")
    with guarded():
        claim, item = Claim.objects.get(pk=payment.claim_id), ClaimItem.objects.get(pk=payment.item_id)
        step = live_step(item)
        _refuse_own(viewer, payment)
        event = record_event(viewer, "payment.confirmed", subject=item.pk, claim_id=claim.id, amount_minor=payment.amount_minor)
        _settle(payment, confirmed_by_id=viewer.person, confirmed_at=event.happened_at)
        outcome = law.step(law.programme(claim.programme), step.step).outcomes[0]
        move(step, "decided", event_id=event.pk, outcome=outcome)
        go_on(step, item, claim, event_id=event.pk)
    payment.refresh_from_db()
    return payment


def reject_payment(viewer: Viewer, payment: Payment, *, because: str) -> Payment:
    """Reject a payment another officer stated, with the reason; it can then be stated again.

    Raises
    ------
    NotAllowed
        For the officer who stated it.
    Conflict
        Without a reason, or when it was confirmed or rejected already.
    """
    viewer.require("payment.approve")
    if not because.strip():
        raise Conflict("A payment is rejected for a reason.", "Write what does not agree.")
    with guarded():
        _refuse_own(viewer, payment)
        record_event(viewer, "payment.rejected", subject=payment.item_id, claim_id=payment.claim_id, reason=because.strip())
        _settle(payment, rejected_because=because.strip())
    payment.refresh_from_db()
    return payment


def _refuse_own(viewer: Viewer, payment: Payment) -> None:
    if payment.stated_by_id == viewer.person:
        raise NotAllowed("A payment needs a second person.", "Ask another finance officer.")


def _settle(payment: Payment, **values: object) -> None:
    open_one = Payment.objects.filter(pk=payment.pk, confirmed_by=None, rejected_because="")
    if not open_one.update(**values):
        raise Conflict("This payment was confirmed or rejected already.", "Look at the claim again.")
