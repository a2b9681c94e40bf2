"""An item that is to be paid: stated by one officer, confirmed or rejected by another, of the amount decided and once."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import end_period, record_service
from aljabr.registry.decisions.models import Payment
from aljabr.registry.decisions.payments import confirm_payment, reject_payment, state_payment
from aljabr.registry.events.models import Event
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import CENTRAL, COURT, SUB, house_claim
from tests.registry.signing import signed_in
from tests.registry.test_walk import ask_and_answer, at, decide, review

AMOUNT = 30_000_000_000
DAY = date(2024, 9, 1)


def to_be_paid(people):
    """An item the law has come to the end of but for its payment."""
    item = house_claim(people.viewer("intake")).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=AMOUNT, ground="x")
    later = legal_today() + timedelta(days=1)
    for body, secretary, outcome in (
        (SUB, "secretary", "granted"),
        (COURT, "court_secretary", "approved"),
        (CENTRAL, "central_secretary", "ratified"),
    ):
        decision = decide(people, item, body, secretary, outcome=outcome, amount_minor=AMOUNT, ground="x")
        if body != COURT:
            record_service(people.viewer(secretary), decision, method="in_person", attempted_on=date(2024, 4, 1), reached=True)
            end_period(people.viewer(secretary), decision, on=later)
    ask_and_answer(people, item, "funded")
    assert at(item) == ("payment", "open")
    return item


def ended(item):
    """Whether the item's last step was its payment, and nothing is left to do."""
    last = item.steps.order_by("-id").first()
    return (last.step, last.state, last.outcome, last.live) == ("payment", "done", "paid", False)


@pytest.fixture
def people(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def stated(people, item, number="4711", **changes):
    return state_payment(people.viewer("finance_1"), item, **{"method": "cheque", "number": number, "paid_on": DAY, **changes})


def test_a_payment_is_stated_by_one_and_confirmed_by_another_and_ends_the_case(people):
    item = to_be_paid(people)
    payment = stated(people, item)
    assert (payment.amount_minor, payment.currency) == (AMOUNT, "IQD")
    with pytest.raises(NotAllowed, match="second person"):
        confirm_payment(people.viewer("finance_1"), payment)
    with pytest.raises(NotAllowed):
        confirm_payment(people.viewer("secretary"), payment)
    assert confirm_payment(people.viewer("finance_2"), payment).confirmed_at
    assert ended(item)
    with pytest.raises(Conflict):
        confirm_payment(people.viewer("finance_2"), payment)
    names = list(Event.objects.filter(claim_id=item.claim_id).order_by("id").values_list("name", flat=True))
    assert names[-2:] == ["payment.stated", "payment.confirmed"]


def test_what_was_rejected_is_stated_again_and_a_number_pays_once(people):
    item, other = to_be_paid(people), to_be_paid(people)
    wrong = stated(people, item, "1")
    with pytest.raises(Conflict, match="reason"):
        reject_payment(people.viewer("finance_2"), wrong, because=" ")
    with pytest.raises(Conflict, match="stated as paid already"):
        stated(people, item, "2")
    with pytest.raises(Conflict, match="stands for another payment"):
        stated(people, other, "1")
    reject_payment(people.viewer("finance_2"), wrong, because="The cheque is in another name.")
    assert at(item) == ("payment", "open")
    again = stated(people, item, "3")
    confirm_payment(people.viewer("finance_2"), again)
    assert ended(item)


def test_nothing_is_paid_before_its_step_nor_on_a_day_to_come_nor_without_a_number(people):
    early = house_claim(people.viewer("intake")).items.get()
    with pytest.raises(Conflict, match="Nothing is paid"):
        stated(people, early)
    item = to_be_paid(people)
    for wrong in ({"number": " "}, {"method": "barter"}, {"paid_on": legal_today() + timedelta(days=1)}):
        with pytest.raises(Conflict):
            stated(people, item, **wrong)


def test_the_database_pays_only_what_was_decided(people):
    item = to_be_paid(people)
    payment = stated(people, item)
    people.viewer("finance_2")
    Payment.objects.filter(pk=payment.pk).update(rejected_because="x")
    again = Payment.objects.get(pk=payment.pk)
    again.pk, again.rejected_because, again.amount_minor = None, "", AMOUNT + 1
    with pytest.raises(DatabaseError, match="amount decided"), transaction.atomic():
        again.save(force_insert=True)


def test_the_pages_state_and_confirm(people):
    item = to_be_paid(people)
    first, second = signed_in(people.users["finance_1"]), signed_in(people.users["finance_2"])
    assert f"/items/{item.pk}/payment" in first.get(f"/claims/{item.claim_id}").content.decode()
    form = {"method": "transfer", "number": "T-9", "paid_on": "2024-09-01"}
    assert first.post(f"/items/{item.pk}/payment", form).status_code == 302
    people.viewer("finance_1")
    payment = Payment.objects.get(item=item)
    confirm = f"/payments/{payment.pk}/confirm"
    assert confirm not in first.get(f"/claims/{item.claim_id}").content.decode()
    assert confirm in second.get(f"/claims/{item.claim_id}").content.decode()
    assert second.post(confirm).status_code == 302
    people.viewer("finance_2")
    assert ended(item)
