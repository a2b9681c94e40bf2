"""The three signs of favour: planted ones are found, a clean world shows none; filters and priorities."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from aljabr.registry import law
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.favour import awards_unexplained, evidence_outside_rules, queue_inversions
from aljabr.registry.decisions.models import Motion
from aljabr.registry.decisions.schedules import take_out
from aljabr.registry.events.actions import record_event
from aljabr.registry.evidence.models import Waiver
from aljabr.registry.procedure.filters import drop_filter, save_filter
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.priorities import grant_priority
from aljabr.registry.procedure.queries import filters_of
from aljabr.registry.results import facts_digest, record_proposals
from aljabr.registry.viewers import Conflict, NotAllowed, system_viewer
from tests.registry.commission import SUB
from tests.registry.test_appeals import people  # noqa: F401
from tests.registry.test_schedules import items_at_vote, scheduled
from tests.registry.test_walk import decide

SINCE = date(2024, 1, 1)
RULE = next(rule.id for table in law.programme("IQ-LAW20").tables for rule in table.rules)


def queue_of(people_, count):
    """Items at the sub-committee's vote, each entered a day after the one before."""
    items = items_at_vote(people_, count)
    for number, item in enumerate(items):
        entered = legal_today() - timedelta(days=count - number)
        CaseStep.objects.filter(item=item, live=True).update(entered_on=entered)
    return items


def decided(people_, item, amount=1_000, **motion):
    return decide(people_, item, SUB, "secretary", outcome="granted", amount_minor=amount, ground="x", **motion)


def found(people_):
    auditor = people_.viewer("auditor")
    return queue_inversions(auditor, since=SINCE), evidence_outside_rules(auditor), awards_unexplained(auditor)


def proposed(item, amount):
    row = {
        "item_id": item.pk,
        "facts_digest": facts_digest(item.facts),
        "outcome": "granted",
        "ground": "g",
        "amount_minor": amount,
    }
    row |= {"currency": "IQD", "legal_basis": "", "rule_hits": [], "missing_facts": [], "letter_text": ""}
    system_viewer().bind()
    record_proposals(system_viewer(), "run", item.claim.programme_hash, [row])


def test_a_clean_world_shows_nothing(people):  # noqa: F811
    items = queue_of(people, 3)
    for item in items:
        proposed(item, 1_000)
    decided(people, items[0])
    decided(people, items[1], amount=2_000, written_ground="The table misses the well.")
    assert found(people) == ([], [], [])


def test_an_item_decided_before_an_earlier_one_is_listed(people):  # noqa: F811
    first, second, third = queue_of(people, 3)
    decided(people, third)
    (inversion,) = found(people)[0]
    assert (inversion.item_id, inversion.passed_item_id) == (third.pk, first.pk)
    decided(people, first)
    decided(people, second)
    assert found(people)[0] == [], "all were decided on one day: within a day there is no turn"


def test_a_priority_of_the_rulebook_is_no_inversion(people):  # noqa: F811
    _, second = queue_of(people, 2)
    with pytest.raises(Conflict, match="no rule"):
        grant_priority(people.viewer("secretary"), second, rule="my cousin", reason="x")
    with pytest.raises(NotAllowed):
        grant_priority(people.viewer("reviewer_1"), second, rule=RULE, reason="x")
    grant_priority(people.viewer("secretary"), second, rule=RULE, reason="Orphans.")
    decided(people, second)
    assert found(people)[0] == []
    with pytest.raises(Conflict, match="priority already"):
        grant_priority(people.viewer("secretary"), second, rule=RULE, reason="x")


def test_an_item_that_was_not_ready_is_not_passed_over(people):  # noqa: F811
    first, second = queue_of(people, 2)
    take_out(people.viewer("intake"), Motion.objects.get(item=first, schedule=scheduled(people, [first])), because="Alone.")
    decided(people, second)
    assert found(people)[0] == []


def test_a_waiver_and_a_demand_by_no_rule_are_listed(people):  # noqa: F811
    item = queue_of(people, 1)[0]
    people.viewer("reviewer_1")
    for fact, rule in (("a", RULE), ("b", "favour")):
        Waiver.objects.create(claim_id=item.claim_id, item_id=item.pk, fact=fact, rule=rule, reason="", waived_by="user:1")
    known = law.programme("IQ-LAW20").facts[0].name
    for facts in ([known], [known, "party_card"]):
        record_event(people.viewer("reviewer_1"), "evidence.asked", subject=item.pk, claim_id=item.claim_id, facts=facts)
    assert {(one.kind, one.what) for one in found(people)[1]} == {("waived", "favour"), ("asked", "party_card")}


def test_an_award_that_is_not_the_determination_without_a_ground_is_listed(people):  # noqa: F811
    """The motion was put before the determination was recorded, so that nothing said that it differs."""
    item = queue_of(people, 1)[0]
    decision = decided(people, item, amount=9_000)
    proposed(item, 1_000)
    (award,) = found(people)[2]
    assert (award.number, award.amount_minor, award.proposed_minor) == (decision.number, 9_000, 1_000)


@pytest.mark.parametrize("query", [lambda v: queue_inversions(v, since=SINCE), evidence_outside_rules, awards_unexplained])
def test_only_those_who_watch_look(people, query):  # noqa: F811
    assert query(people.viewer("observer")) == []
    with pytest.raises(NotAllowed):
        query(people.viewer("secretary"))


def test_a_saved_filter_is_its_owners_alone(people):  # noqa: F811
    saved = save_filter(people.viewer("intake"), title="mine", address="/claims?q=Ahmed")
    assert filters_of(people.viewer("secretary")) == []
    assert not type(saved).objects.exists(), "the database hides it"
    with pytest.raises(Conflict):
        drop_filter(people.viewer("secretary"), saved)
    with pytest.raises(Conflict, match="of that name"):
        save_filter(people.viewer("intake"), title="mine", address="/claims?q=x")
    for address in ("//evil.example", "https://evil.example", "/administration", "/claims//evil"):
        with pytest.raises(Conflict, match="Only searches"):
            save_filter(people.viewer("intake"), title="other", address=address)
    drop_filter(people.viewer("intake"), saved)
    assert filters_of(people.viewer("intake")) == []
