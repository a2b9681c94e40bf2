"""Payments: one finance officer states what was paid, another confirms or rejects it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect

from aljabr.registry.claims.queries import item
from aljabr.registry.decisions.models import Payment
from aljabr.registry.decisions.payments import confirm_payment, reject_payment, state_payment
from aljabr.registry.web.forms import day, text
from aljabr.registry.web.pages import Page, found


def state(request: Page, item_id: str) -> HttpResponse:
    """State that an item was paid."""
    paid = found(item(request.viewer, item_id))
    method, number = text(request, "method"), text(request, "number")
    paid_on = day(request, "paid_on", programme=paid.claim.programme)
    state_payment(request.viewer, paid, method=method, number=number, paid_on=paid_on)
    return redirect("claim-page", claim_id=paid.claim_id)


def confirm(request: Page, payment_id: int) -> HttpResponse:
    """Confirm a payment another officer stated."""
    payment = found(Payment.objects.filter(pk=payment_id).first())
    confirm_payment(request.viewer, payment)
    return redirect("claim-page", claim_id=payment.claim_id)


def reject(request: Page, payment_id: int) -> HttpResponse:
    """Reject a payment another officer stated."""
    payment = found(Payment.objects.filter(pk=payment_id).first())
    reject_payment(request.viewer, payment, because=text(request, "because"))
    return redirect("claim-page", claim_id=payment.claim_id)
