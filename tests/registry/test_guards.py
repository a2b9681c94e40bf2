"""What the database itself refuses, whatever the code above it does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from aljabr.registry.claims.models import Claim
from aljabr.registry.decisions.actions import cast_vote, issue_decision, open_motion
from aljabr.registry.decisions.models import Decision, Vote
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.viewers import Conflict, Viewer
from tests.registry.commission import SUB, house_claim
from tests.registry.test_walk import ask_and_answer, review


def refused(statement, *parameters):
    """The error code with which the database refuses a statement."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, parameters)
    return error.value.__cause__.sqlstate


def at_recommendation(people):
    item = house_claim(people.viewer("intake")).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=1_000, ground="x")
    return item


@pytest.fixture
def seeded(commission, monkeypatch):
    monkeypatch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    return commission


def test_an_unset_viewer_sees_no_claim_and_no_event(commission):
    house_claim(commission.viewer("intake"))
    Viewer().bind()
    assert (Claim.objects.count(), Event.objects.count()) == (0, 0)


def test_a_claim_of_another_area_is_not_there(commission):
    claim = house_claim(commission.viewer("intake"))
    Viewer(user_id=1, areas=frozenset({"IQ-BA"})).bind()
    assert not Claim.objects.filter(pk=claim.pk).exists()
    assert not CaseStep.objects.filter(claim_id=claim.pk).exists()


def test_a_sealed_claim_is_not_there_for_anybody_outside_its_unit(commission):
    inside = replace(commission.viewer("intake"), units=frozenset({"women"}))
    inside.bind()
    claim = house_claim(inside, sealed_unit="women")
    assert Claim.objects.filter(pk=claim.pk).exists()
    commission.viewer("auditor")
    assert not Claim.objects.filter(pk=claim.pk).exists()
    assert not Event.objects.filter(claim_id=claim.pk).exclude(transaction_id=claim_transaction()).exists()


def claim_transaction():
    """The number of this transaction, whose own events its writer may read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return cursor.fetchone()[0]


def test_an_event_is_never_changed_or_deleted(commission):
    house_claim(commission.viewer("intake"))
    assert refused("UPDATE events SET name = 'x'") == "42501", "the application's role may not"
    assert refused("DELETE FROM events") == "42501"


def test_a_state_needs_an_event_of_its_own_transaction(commission):
    item = house_claim(commission.viewer("intake")).items.get()
    assert refused("UPDATE case_steps SET state = 'waiting', event_id = 0 WHERE item_id = %s", item.pk) == "AJ002"


def test_a_step_does_not_jump(commission):
    item = house_claim(commission.viewer("intake")).items.get()
    assert refused("UPDATE case_steps SET state = 'served' WHERE item_id = %s", item.pk) == "AJ003"


def test_who_drafted_a_decision_does_not_vote_on_it(seeded):
    people = seeded
    item = at_recommendation(people)
    motion = open_motion(people.viewer("secretary"), item, outcome="granted", amount_minor=1_000, ground="x")
    seat = people.seat(f"{SUB}_1")
    statement = "INSERT INTO votes (motion_id, seat_id, officer_id, choice, dissent, cast_at) VALUES (%s, %s, %s, 'for', '', now())"
    assert refused(statement, motion.pk, seat.pk, people.users["secretary"].pk) == "AJ006"


def test_an_officer_votes_once_and_only_from_their_own_seat(seeded):
    people = seeded
    motion = open_motion(people.viewer("secretary"), at_recommendation(people), outcome="granted", amount_minor=1_000, ground="x")
    member = people.viewer(f"{SUB}_1")
    with pytest.raises(Conflict, match="do not sit on that seat"):
        cast_vote(member, motion, seat=people.seat(f"{SUB}_2"), choice="for")
    cast_vote(member, motion, seat=people.seat(f"{SUB}_1"), choice="for")
    with pytest.raises(Conflict, match=r"(has|have) voted"):
        cast_vote(member, motion, seat=people.seat(f"{SUB}_1"), choice="for")
    assert Vote.objects.filter(motion=motion).count() == 1


def test_a_decision_against_the_determination_needs_a_written_ground(seeded):
    from aljabr.registry.results import facts_digest, record_proposals
    from aljabr.registry.viewers import system_viewer

    people = seeded
    item = at_recommendation(people)
    row = {"item_id": item.pk, "facts_digest": facts_digest(item.facts), "outcome": "denied", "ground": "g", "amount_minor": None}
    row |= {"currency": "IQD", "legal_basis": "", "rule_hits": [], "missing_facts": [], "letter_text": ""}
    record_proposals(system_viewer(), "run", item.claim.programme_hash, [row])
    with pytest.raises(Conflict, match="Write the ground"):
        open_motion(people.viewer("secretary"), item, outcome="granted", amount_minor=1_000, ground="x")
    assert open_motion(
        people.viewer("secretary"), item, outcome="granted", amount_minor=1_000, ground="x", written_ground="The table misses it."
    ).against_proposal


def test_a_stale_proposal_is_refused(commission):
    from aljabr.registry.results import record_proposals
    from aljabr.registry.viewers import system_viewer

    item = house_claim(commission.viewer("intake")).items.get()
    system_viewer().bind()
    recorded = record_proposals(system_viewer(), "run", item.claim.programme_hash, [{"item_id": item.pk, "facts_digest": "old"}])
    assert (recorded.recorded, recorded.stale) == (0, (item.pk,))


def test_a_decision_says_what_was_voted_on(seeded):
    people = seeded
    motion = open_motion(people.viewer("secretary"), at_recommendation(people), outcome="granted", amount_minor=1_000, ground="x")
    for number in range(1, 6):
        cast_vote(people.viewer(f"{SUB}_{number}"), motion, seat=people.seat(f"{SUB}_{number}"), choice="for")
    decision = issue_decision(people.viewer("secretary"), motion)
    assert refused("UPDATE decisions SET amount_minor = 9 WHERE id = %s", decision.pk) == "AJ001"
    assert Decision.objects.get(pk=decision.pk).amount_minor == 1_000


def test_the_same_filing_sent_twice_is_one_claim(commission):
    viewer = commission.viewer("intake")
    first, second = (house_claim(viewer, filing_key="same", filed_on=date(2024, 3, 1)) for _ in range(2))
    assert first.pk == second.pk
    with pytest.raises(Conflict, match="used for something else"):
        house_claim(viewer, filing_key="same", filed_on=date(2024, 3, 2))


def test_a_search_finds_what_the_viewer_may_see_and_pages_past_nothing_else(commission):
    from aljabr.registry.claims.queries import claims_found

    sealed = replace(commission.viewer("intake"), units=frozenset({"women"}))
    sealed.bind()
    hidden = house_claim(sealed, sealed_unit="women")
    seen = house_claim(commission.viewer("intake"))
    auditor = commission.viewer("auditor")
    assert [claim.pk for claim in claims_found(auditor, "Ahmed Mahmoud").claims] == [seen.pk]
    elsewhere = replace(auditor, areas=frozenset({"IQ-BA"}))
    elsewhere.bind()
    assert claims_found(elsewhere, "Ahmed").claims == []
    with connection.cursor() as cursor:
        for viewer in (elsewhere, Viewer()):
            viewer.bind()
            cursor.execute("SELECT claims_with_keys(ARRAY[]::text[], '', 10)")
            assert cursor.fetchall() == []
    both = replace(auditor, units=frozenset({"women"}))
    both.bind()
    assert {claim.pk for claim in claims_found(both, "احمد محمود").claims} == {seen.pk, hidden.pk}


def test_a_queue_is_counted_to_a_limit_and_only_of_what_is_seen(commission, monkeypatch):
    from aljabr.registry.procedure import queries

    monkeypatch.setattr(queries, "COUNTED", 2)
    for _ in range(3):
        house_claim(commission.viewer("intake"))
    (queue,) = queries.queues(commission.viewer("secretary"))
    assert (queue.step, queue.items, queue.more) == ("court_form", 2, True)
    elsewhere = replace(commission.viewer("auditor"), areas=frozenset({"IQ-BA"}))
    elsewhere.bind()
    assert queries.queues(elsewhere) == []
