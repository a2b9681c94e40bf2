"""The walk of Law 20: filing, court form, police, review by lot, recommendation, objection period, court, ratification, finance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import cast_vote, end_period, issue_decision, open_motion, record_service
from aljabr.registry.events.checkpoints import publish_checkpoint
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.actions import answer_request, draw_reviewer, propose, see_proposal, send_request, write_view
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import Conflict
from tests.registry.commission import CENTRAL, COURT, SUB, house_claim


def at(item):
    step = CaseStep.objects.get(item=item, live=True)
    return step.step, step.state


def ask_and_answer(people, item, *answers):
    for answer in answers:
        request = send_request(people.viewer("secretary"), item, disclosed={"reference": "x"})
        answer_request(people.viewer("secretary"), request, answer=answer)


def review(people, item, **proposal):
    from aljabr.registry.events import checkpoints
    from aljabr.registry.procedure import actions

    assignment = actions.Assignment.objects.filter(item=item).first() or draw_reviewer(people.viewer("secretary"), item)
    name = next(name for name, user in people.users.items() if user.pk == assignment.officer_id)
    write_view(people.viewer(name), item, "The roof is gone; the walls stand.")
    see_proposal(people.viewer(name), item)
    return propose(people.viewer(name), item, **proposal), checkpoints


def decide(people, item, body, secretary, **motion):
    opened = open_motion(people.viewer(secretary), item, **motion)
    for number in range(1, opened.body.quorum + 1):
        name = f"{body}_{number}"
        cast_vote(people.viewer(name), opened, seat=people.seat(name), choice="for")
    return issue_decision(people.viewer(secretary), opened)


@pytest.fixture
def seeded(commission, monkeypatch):
    """The lot's seed without waiting for a published checkpoint (whose events are of another transaction)."""
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def test_a_property_claim_walks_from_filing_to_finance(seeded):
    people = seeded
    item = house_claim(people.viewer("intake")).items.get()
    assert at(item) == ("court_form", "open")
    ask_and_answer(people, item, "form_issued", "answered")
    assert at(item) == ("assessment", "open")
    review(people, item, outcome="granted", amount_minor=30_000_000_000, ground="Two witnesses and photographs.")
    assert at(item) == ("recommendation", "open")
    decision = decide(people, item, SUB, "secretary", outcome="granted", amount_minor=30_000_000_000, ground="As reviewed.")
    assert decision.statutory_exception, "the executive holds the majority of the seats, and that shows"
    assert at(item) == ("recommendation", "decided")
    record_service(people.viewer("secretary"), decision, method="mukhtar", attempted_on=date(2024, 4, 1), reached=True)
    end_period(people.viewer("secretary"), decision, on=legal_today() + timedelta(days=1))
    assert at(item) == ("court_approval", "open")
    decide(people, item, COURT, "court_secretary", outcome="approved", amount_minor=30_000_000_000, ground="Lawful.")
    assert at(item) == ("ratification", "open")
    ratified = decide(
        people, item, CENTRAL, "central_secretary", outcome="ratified", amount_minor=30_000_000_000, ground="Ratified."
    )
    record_service(people.viewer("central_secretary"), ratified, method="in_person", attempted_on=date(2024, 6, 1), reached=True)
    end_period(people.viewer("central_secretary"), ratified, on=legal_today() + timedelta(days=1))
    assert at(item) == ("funding", "open")
    names = list(Event.objects.filter(claim_id=item.claim_id).order_by("id").values_list("name", flat=True))
    assert names[0] == "claim.lodged"
    assert names.count("vote.cast") == 5 + 2 + 5


def test_what_the_court_returns_is_before_the_sub_committee_again(seeded):
    from aljabr.registry import law

    programme = law.programme("IQ-LAW20")
    assert law.next_step(programme, "court_approval", outcome="returned", harm="death").key == "recommendation"
    assert law.next_step(programme, "payment", outcome="returned", harm="death") is None, "nothing follows it"


def test_a_death_claim_is_not_sent_to_the_central_committee(seeded):
    from aljabr.registry import law

    programme = law.programme("IQ-LAW20")
    assert law.next_step(programme, "court_approval", outcome="approved", harm="death").key == "funding"
    assert law.next_step(programme, "court_approval", outcome="approved", harm="property").key == "ratification"
    assert law.next_step(programme, "recommendation", outcome="denied", harm="death") is None


def test_a_decision_without_quorum_is_refused_by_the_database(seeded):
    people = seeded
    item = house_claim(people.viewer("intake")).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=1_000, ground="x")
    motion = open_motion(people.viewer("secretary"), item, outcome="granted", amount_minor=1_000, ground="x")
    cast_vote(people.viewer(f"{SUB}_1"), motion, seat=people.seat(f"{SUB}_1"), choice="for")
    with pytest.raises(Conflict, match="quorum"):
        issue_decision(people.viewer("secretary"), motion)


def test_publishing_nothing_new_gives_no_checkpoint(case):
    assert publish_checkpoint() is None
