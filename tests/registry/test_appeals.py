"""Appeals, corrections, withdrawals: who may, who may not, what it leads to, and that every state has a way on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aljabr.registry.bodies.models import Body
from aljabr.registry.decisions.actions import cast_vote, end_period, record_service
from aljabr.registry.decisions.appeals import lodge_appeal, open_appeal_motion, settle_appeal
from aljabr.registry.decisions.corrections import close_motion, issue_correction, open_correction
from aljabr.registry.decisions.models import Decision, Vote
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.states import FINAL, STATES, TRANSITIONS
from aljabr.registry.procedure.withdrawals import reopen_item, withdraw_item
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import COURT, SUB, house_claim
from tests.registry.test_walk import ask_and_answer, at, decide, review

SERVED_ON = date(2024, 4, 1)


@pytest.fixture
def people(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def served(people, outcome="denied", amount=None):
    """A decision of the sub-committee, served on 1 April 2024."""
    item = house_claim(people.viewer("intake")).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome=outcome, amount_minor=amount, ground="x")
    decision = decide(people, item, SUB, "secretary", outcome=outcome, amount_minor=amount, ground="x")
    service = record_service(people.viewer("secretary"), decision, method="mukhtar", attempted_on=SERVED_ON, reached=True)
    return item, decision, service


def hear(people, appeal, choice="for", **motion):
    opened = open_appeal_motion(people.viewer("court_secretary"), appeal, **motion)
    for number in range(1, opened.body.quorum + 1):
        name = f"{COURT}_{number}"
        cast_vote(people.viewer(name), opened, seat=people.seat(name), choice=choice)
    return opened


def lodged(people, decision, service, days=0, **reasons):
    on = (service.appeal_until or SERVED_ON) + timedelta(days=days)
    return lodge_appeal(people.viewer("intake"), decision, lodged_on=on, reasons="The house is destroyed.", **reasons)


@pytest.mark.parametrize(
    ("outcome", "amount", "where"),
    [("upheld", None, None), ("amended", 5_000, ("court_approval", "open")), ("returned", None, ("recommendation", "open"))],
)
def test_an_appeal_in_time_comes_to(people, outcome, amount, where):
    item, decision, service = served(people)
    appeal = lodged(people, decision, service)
    assert (appeal.late, at(item)) == (False, ("recommendation", "appealed"))
    settled = settle_appeal(
        people.viewer("court_secretary"), hear(people, appeal, outcome=outcome, amount_minor=amount, ground="g")
    )
    decision.refresh_from_db()
    assert decision.superseded_by_id == (settled.pk if outcome == "amended" else None)
    live = CaseStep.objects.filter(item=item, live=True).first()
    assert (live and (live.step, live.state)) == where
    assert Event.objects.filter(name="appeal.settled", claim_id=item.claim_id).count() == 1


def test_a_late_appeal_needs_reasons_and_is_then_heard(people):
    _, decision, service = served(people)
    assert service.appeal_until
    with pytest.raises(Conflict, match="period has passed"):
        lodged(people, decision, service, days=1)
    assert lodged(people, decision, service, days=1, late_reasons="I was in a camp without post.").late


def test_a_late_appeal_holds_the_step_the_case_went_on_to(people):
    item, decision, service = served(people, "granted", 1_000)
    end_period(people.viewer("secretary"), decision, on=service.appeal_until + timedelta(days=1))
    assert at(item) == ("court_approval", "open")
    appeal = lodged(people, decision, service, days=9, late_reasons="ill")
    assert at(item) == ("recommendation", "appealed")
    settle_appeal(
        people.viewer("court_secretary"), hear(people, appeal, outcome="inadmissible", amount_minor=None, ground="No excuse.")
    )
    assert at(item) == ("court_approval", "open")
    assert CaseStep.objects.filter(item=item, step="court_approval").count() == 1, "it goes on where it stood"
    with pytest.raises(Conflict, match="was settled"):
        lodged(people, decision, service, days=9, late_reasons="again")


def test_an_appeal_in_time_is_never_inadmissible(people):
    _, decision, service = served(people)
    with pytest.raises(Conflict, match="is heard"):
        open_appeal_motion(
            people.viewer("court_secretary"),
            lodged(people, decision, service),
            outcome="inadmissible",
            amount_minor=None,
            ground="g",
        )


def test_who_decided_does_not_hear_the_appeal(people):
    """A member of the sub-committee who voted is appointed to the court before the appeal is heard."""
    from aljabr.registry.accounts.actions import give_role
    from aljabr.registry.bodies.actions import appoint
    from aljabr.registry.bodies.models import Appointment
    from aljabr.registry.viewers import system_viewer

    _, decision, service = served(people)
    appeal = lodged(people, decision, service)
    moved, seat = people.users[f"{SUB}_1"], people.seat(f"{COURT}_3")
    Appointment.objects.filter(seat=seat).update(during=(date(2024, 1, 1), date(2024, 1, 2)))
    system_viewer().bind()
    give_role(system_viewer(), moved, "member", body=COURT)
    appoint(system_viewer(), seat, moved, from_on=date(2024, 2, 1))
    motion = open_appeal_motion(people.viewer("court_secretary"), appeal, outcome="upheld", amount_minor=None, ground="g")
    with pytest.raises(Conflict, match="does not hear the appeal"):
        cast_vote(people.viewer(f"{SUB}_1"), motion, seat=seat, choice="for")
    assert Vote.objects.filter(motion=motion).count() == 0


def test_an_appeal_voted_down_is_followed_by_another_motion_of_the_same_judges(people):
    _, decision, service = served(people)
    appeal = lodged(people, decision, service)
    lost = hear(people, appeal, choice="against", outcome="upheld", amount_minor=None, ground="g")
    with pytest.raises(Conflict, match="no majority"):
        settle_appeal(people.viewer("court_secretary"), lost)
    close_motion(people.viewer("court_secretary"), lost)
    amended = hear(people, appeal, outcome="amended", amount_minor=7_000, ground="g")
    assert settle_appeal(people.viewer("court_secretary"), amended).amount_minor == 7_000


def test_a_motion_with_a_majority_is_not_closed(people):
    _, decision, service = served(people)
    motion = hear(people, lodged(people, decision, service), outcome="upheld", amount_minor=None, ground="g")
    with pytest.raises(Conflict, match="not lost"):
        close_motion(people.viewer("court_secretary"), motion)


def test_a_clerical_correction_is_voted_takes_the_place_of_the_decision_and_is_served_again(people):
    item, decision, _ = served(people, "granted", 1_000)
    motion = open_correction(people.viewer("secretary"), decision, amount_minor=10_000, ground="x", reason="A nought was lost.")
    with pytest.raises(Conflict, match="quorum"):
        issue_correction(people.viewer("secretary"), motion)
    for number in range(1, motion.body.quorum + 1):
        cast_vote(people.viewer(f"{SUB}_{number}"), motion, seat=people.seat(f"{SUB}_{number}"), choice="for")
    corrected = issue_correction(people.viewer("secretary"), motion)
    decision.refresh_from_db()
    assert (decision.live, decision.superseded_by_id, corrected.amount_minor) == (False, corrected.pk, 10_000)
    assert at(item) == ("recommendation", "decided"), "it is served anew, and the period begins anew"
    record_service(people.viewer("secretary"), corrected, method="mukhtar", attempted_on=date(2024, 5, 1), reached=True)
    assert at(item) == ("recommendation", "served")


def test_a_correction_without_reason_or_of_a_replaced_decision_is_refused(people):
    _, decision, _ = served(people, "granted", 1_000)
    with pytest.raises(Conflict, match="needs a reason"):
        open_correction(people.viewer("secretary"), decision, amount_minor=1, ground="x", reason=" ")
    with pytest.raises(NotAllowed):
        open_correction(people.viewer("court_secretary"), decision, amount_minor=1, ground="x", reason="slip")


def test_the_database_refuses_a_correction_that_changes_the_outcome(people):
    from tests.registry.test_guards import refused

    item, decision, _ = served(people, "granted", 1_000)
    step = CaseStep.objects.get(item=item, live=True)
    statement = """INSERT INTO motions (step_id, item_id, claim_id, body_id, corrects_id, outcome, currency, ground,
      against_proposal, written_ground, drafted_by_id, opened_at, closed_because, taken_out_because)
      VALUES (%s, %s, %s, %s, %s, 'denied', 'IQD', 'x', false, 'slip', %s, now(), '', '')"""
    body = Body.objects.get(key=SUB)
    officer = people.users["secretary"].pk
    assert refused(statement, step.pk, item.pk, item.claim_id, body.pk, decision.pk, officer) == "AJ015"


def test_the_claimant_withdraws_and_opens_again_where_it_stood(people):
    item = house_claim(people.viewer("intake")).items.get()
    entered = CaseStep.objects.get(item=item, live=True).entered_on
    with pytest.raises(NotAllowed):
        withdraw_item(people.viewer("secretary"), item, reason="x")
    with pytest.raises(Conflict, match="claimant's words"):
        withdraw_item(people.viewer("intake"), item, reason="")
    withdraw_item(people.viewer("intake"), item, reason="I want my brother to file instead.")
    assert at(item) == ("court_form", "withdrawn")
    reopen_item(people.viewer("intake"), item)
    assert at(item) == ("court_form", "open")
    assert CaseStep.objects.get(item=item, live=True).entered_on == entered, "the place in the queue is kept"
    names = list(Event.objects.filter(claim_id=item.claim_id).order_by("id").values_list("name", flat=True))
    assert names == ["claim.lodged", "item.withdrawn", "item.reopened"]


def test_reopening_waits_again_for_a_request_still_unanswered(people):
    from aljabr.registry.procedure.actions import answer_request, send_request

    item = house_claim(people.viewer("intake")).items.get()
    request = send_request(people.viewer("secretary"), item, disclosed={})
    withdraw_item(people.viewer("intake"), item, reason="I want my brother to file instead.")
    reopen_item(people.viewer("intake"), item)
    assert at(item) == ("court_form", "waiting")
    answer_request(people.viewer("secretary"), request, answer="form_issued")
    assert at(item) == ("police_inquiry", "open")


def test_a_decision_on_appeal_is_served_without_moving_the_case(people):
    item, decision, service = served(people)
    appeal = lodged(people, decision, service)
    motion = hear(people, appeal, outcome="amended", amount_minor=5_000, ground="g")
    settled = settle_appeal(people.viewer("court_secretary"), motion)
    record_service(people.viewer("court_secretary"), settled, method="in_person", attempted_on=date(2024, 6, 1), reached=True)
    assert at(item) == ("court_approval", "open")
    assert Decision.objects.filter(item=item, live=True).count() == 1


@pytest.mark.parametrize("state", sorted(set(STATES) - set(FINAL)))
def test_every_state_has_a_way_to_the_end(state):
    reached, edge = {state}, {state}
    while edge:
        edge = {after for before, after, _ in TRANSITIONS if before in edge} - reached
        reached |= edge
    assert reached & set(FINAL)


def test_the_database_allows_exactly_these_ways(case):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT before, after FROM state_transitions")
        assert set(cursor.fetchall()) == {(before, after) for before, after, _ in TRANSITIONS}
