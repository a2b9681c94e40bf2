"""Group decisions: one vote over many items, a way out for each, one decision for each, every guard kept."""

from __future__ import annotations

import pytest

from aljabr.registry.decisions.actions import issue_decision, open_motion
from aljabr.registry.decisions.models import Decision, Motion, Vote
from aljabr.registry.decisions.schedules import cast_votes, issue_schedule, open_schedule, take_out
from aljabr.registry.decisions.sittings import declare_recusal
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import COURT, SUB, house_claim
from tests.registry.test_walk import ask_and_answer, at, review


@pytest.fixture
def people(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def items_at_vote(people, count):
    items = [house_claim(people.viewer("intake")).items.get() for _ in range(count)]
    for item in items:
        ask_and_answer(people, item, "form_issued", "answered")
        review(people, item, outcome="granted", amount_minor=1_000, ground="x")
    return items


def scheduled(people, items):
    amounts = {item.pk: 1_000 * number for number, item in enumerate(items, start=1)}
    return open_schedule(people.viewer("secretary"), amounts, outcome="granted", ground="Table 3, destroyed houses.")


def all_vote(people, schedule, choice="for", count=None):
    for number in range(1, (count or schedule.body.quorum) + 1):
        name = f"{SUB}_{number}"
        cast_votes(people.viewer(name), schedule, seat=people.seat(name), choice=choice)


def test_one_vote_gives_one_decision_for_each_item_with_its_own_amount_and_number(people):
    items = items_at_vote(people, 3)
    schedule = scheduled(people, items)
    all_vote(people, schedule)
    before = Event.objects.count()
    decisions, left = issue_schedule(people.viewer("secretary"), schedule)
    assert Event.objects.count() == before + 1
    assert [one.amount_minor for one in decisions] == [1_000 * n for n in (1, 2, 3)]
    assert [one.number.split("/")[0] for one in decisions] == ["1-1", "1-2", "1-3"]
    assert (left, {at(item) for item in items}) == ([], {("recommendation", "decided")})
    schedule.refresh_from_db()
    assert schedule.closed_at


def test_without_quorum_nothing_is_issued(people):
    schedule = scheduled(people, items_at_vote(people, 2))
    all_vote(people, schedule, count=2)
    with pytest.raises(Conflict, match="has been carried"):
        issue_schedule(people.viewer("secretary"), schedule)
    assert not Decision.objects.exists()


def test_the_database_guards_every_item_of_a_schedule(people):
    from tests.registry.test_guards import refused

    schedule = scheduled(people, items_at_vote(people, 1))
    motion = Motion.objects.get(schedule=schedule)
    statement = """INSERT INTO decisions (id, motion_id, item_id, claim_id, step, body_id, programme_hash, number, outcome,
      amount_minor, currency, ground, statutory_exception, decided_on, issued_by_id, live) VALUES
      ('x', %s, %s, %s, 'recommendation', %s, '', '9/9', 'granted', 1000, 'IQD', %s, '', now(), %s, true)"""
    officer = people.users["secretary"].pk
    assert refused(statement, motion.pk, motion.item_id, motion.claim_id, motion.body_id, motion.ground, officer) == "AJ010"


@pytest.mark.parametrize("who", [f"{SUB}_3", "intake"])
def test_an_item_is_taken_out_by_a_member_or_for_the_claimant_and_decided_singly(people, who):
    items = items_at_vote(people, 2)
    schedule = scheduled(people, items)
    out = Motion.objects.get(schedule=schedule, item=items[0])
    with pytest.raises(Conflict, match="why"):
        take_out(people.viewer(who), out, because=" ")
    take_out(people.viewer(who), out, because="The claimant wants to be heard alone.")
    all_vote(people, schedule)
    issue_schedule(people.viewer("secretary"), schedule)
    assert (at(items[0]), at(items[1])) == (("recommendation", "open"), ("recommendation", "decided"))
    single = open_motion(people.viewer("secretary"), items[0], outcome="granted", amount_minor=9_000, ground="Heard alone.")
    assert single.schedule_id is None
    assert Event.objects.filter(name="item.taken_out", claim_id=items[0].claim_id).count() == 1


def test_a_member_of_another_body_takes_nothing_out(people):
    schedule = scheduled(people, items_at_vote(people, 1))
    with pytest.raises(NotAllowed):
        take_out(people.viewer(f"{COURT}_1"), Motion.objects.get(schedule=schedule), because="x")


def test_a_recused_member_votes_on_the_other_items_only(people):
    items = items_at_vote(people, 2)
    declare_recusal(people.viewer(f"{SUB}_1"), items[0].claim, reason="My neighbour.")
    schedule = scheduled(people, items)
    name = f"{SUB}_1"
    assert cast_votes(people.viewer(name), schedule, seat=people.seat(name), choice="for") == 1
    assert Vote.objects.get(officer=people.users[name]).motion.item == items[1]
    with pytest.raises(Conflict, match="voted"):
        cast_votes(people.viewer(name), schedule, seat=people.seat(name), choice="for")


def test_items_of_different_steps_are_not_put_together(people):
    items = [*items_at_vote(people, 1), house_claim(people.viewer("intake")).items.get()]
    with pytest.raises(Conflict, match="not at one step"):
        scheduled(people, items)


def test_an_item_in_an_open_schedule_cannot_be_put_singly_as_well(people):
    items = items_at_vote(people, 1)
    scheduled(people, items)
    with pytest.raises(Conflict, match="motion is open"):
        open_motion(people.viewer("secretary"), items[0], outcome="granted", amount_minor=1, ground="x")


def test_a_single_decision_after_a_schedule_has_another_number(people):
    items = items_at_vote(people, 3)
    schedule = scheduled(people, items[:2])
    all_vote(people, schedule)
    issue_schedule(people.viewer("secretary"), schedule)
    motion = open_motion(people.viewer("secretary"), items[2], outcome="granted", amount_minor=1, ground="x")
    from aljabr.registry.decisions.actions import cast_vote

    for number in range(1, motion.body.quorum + 1):
        cast_vote(people.viewer(f"{SUB}_{number}"), motion, seat=people.seat(f"{SUB}_{number}"), choice="for")
    assert issue_decision(people.viewer("secretary"), motion).number.startswith("2/"), "the schedule took one number"
    assert CaseStep.objects.filter(state="decided", live=True).count() == 3
