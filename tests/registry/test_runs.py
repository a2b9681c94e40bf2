"""Engine runs: asked for by an administrator, done by a worker, recorded as proposals; what changed meanwhile is stale."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django import app

from aljabr.registry import law
from aljabr.registry.claims.models import ClaimItem, ItemOverlap
from aljabr.registry.decisions.models import Decision, Proposal
from aljabr.registry.events.actions import record_event
from aljabr.registry.events.models import Event
from aljabr.registry.extracts import determine_claims
from aljabr.registry.procedure.actions import take_answer
from aljabr.registry.procedure.filing import StatedItem, StatedPerson
from aljabr.registry.procedure.steps import live_step, move
from aljabr.registry.results import record_proposals
from aljabr.registry.runs import work
from aljabr.registry.runs.actions import start_run
from aljabr.registry.runs.models import Run
from aljabr.registry.runs.tasks import take_up
from aljabr.registry.viewers import Conflict, NotAllowed, system_viewer
from tests.registry.commission import found_commission, house_claim
from tests.registry.servers import copied

HOUSE = {"property_kind": "house", "has_identity_document": True, "has_title_deed": True, "cause": "terrorist_act"}
DAY = {"incident_earliest_on": date(2016, 5, 1), "incident_latest_on": date(2016, 5, 1)}


@pytest.fixture(scope="module")
def people(registry):
    """A commission in a database of its own, with four claims."""
    with copied(registry, "runs"):
        with transaction.atomic():
            found = found_commission(on=date(2024, 1, 1))
        with transaction.atomic():
            for number in range(4):
                stated = StatedItem(harm="property", claimed_minor=50_000_000_000 + number, facts=HOUSE, **DAY)
                person = StatedPerson(full_name=f"سالم محمود حسن {'ابجد'[number]}لي", role="claimant", phone=f"0770{number}234567")
                house_claim(found.viewer("intake"), items=(stated,), people=(person,))
        yield found


@pytest.fixture
def asked(people, monkeypatch):
    """A run asked for and not yet begun; ended afterwards, so that the next may begin."""
    with transaction.atomic():
        run = start_run(people.viewer("admin_1"), programme="IQ-LAW20", as_of=date(2024, 12, 31))
    yield run
    work.give_up(run.pk, "the test is over")


def open_items():
    """How many items of claims that no unit seals there are by now: other tests file more."""
    with transaction.atomic():
        system_viewer().bind()
        return ClaimItem.objects.filter(claim__sealed_unit="").count()


def test_only_an_administrator_starts_a_run_and_only_one_at_a_time(people, asked):
    for name in ("intake", "reviewer_1", "secretary", "auditor"):
        with transaction.atomic(), pytest.raises(NotAllowed):
            start_run(people.viewer(name), programme="IQ-LAW20")
    with transaction.atomic(), pytest.raises(Conflict, match="under way"):
        start_run(people.viewer("admin_2"), programme="IQ-LAW20")
    with transaction.atomic(), pytest.raises(NotAllowed):
        start_run(people.viewer("admin_1"), programme="IQ-LAW20", unit="women")


def test_a_run_records_proposals_and_decides_nothing(people, asked):
    done = work.do_run(asked.pk)
    assert (done.state, done.items, done.recorded, done.stale) == ("recorded", open_items(), open_items(), [])
    with transaction.atomic():
        system_viewer().bind()
        proposals = list(Proposal.objects.filter(run_id=done.pk, live=True))
        assert {proposal.programme_hash for proposal in proposals} == {law.programme("IQ-LAW20").hash}
        assert all(proposal.letter_text for proposal in proposals if proposal.outcome in ("granted", "denied", "incomplete"))
        assert Decision.objects.count() == 0
        assert Event.objects.filter(name="run.recorded", subject=done.pk).count() == 1


def test_a_run_done_twice_is_recorded_once(people, asked):
    work.do_run(asked.pk)
    assert work.do_run(asked.pk).state == "recorded"
    with transaction.atomic():
        system_viewer().bind()
        assert Proposal.objects.filter(run_id=asked.pk).count() == open_items()


def test_a_run_cut_short_before_it_recorded_begins_anew(people, asked, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(work, "record_proposals", lambda *args, **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            work.do_run(asked.pk)
    assert Run.objects.get(pk=asked.pk).state == "running"
    assert work.do_run(asked.pk).recorded == open_items()


def test_a_fact_answered_after_filing_reaches_the_run(people):
    with transaction.atomic():
        viewer = people.viewer("intake")
        item = house_claim(viewer, items=(StatedItem(harm="injury", facts={"cause": "unknown"}),)).items.get()
        ClaimItem.objects.filter(pk=item.pk).update(facts={**item.facts, "incident_earliest_on": "2015-01-02", "relation": "self"})
    system = system_viewer()
    before = {row["item_id"]: row for row in determine_claims(system, law.programme("IQ-LAW20"), as_of=date(2024, 12, 31)).rows}
    assert "incident_earliest_on" not in before[item.pk]["missing_facts"]


def test_a_sealed_claim_is_in_no_open_run(people):
    with transaction.atomic():
        inside = replace(people.viewer("intake"), units=frozenset({"women"}))
        inside.bind()
        sealed = house_claim(inside, sealed_unit="women", items=(StatedItem(harm="property", facts=HOUSE, **DAY),)).items.get()
    system, programme = system_viewer(), law.programme("IQ-LAW20")
    open_run = determine_claims(system, programme, as_of=date(2024, 12, 31))
    apart = determine_claims(system, programme, as_of=date(2024, 12, 31), unit="women")
    assert sealed.pk not in open_run.extract.digests
    assert list(apart.extract.digests) == [sealed.pk]


def test_the_same_house_claimed_twice_comes_back_as_a_pair_to_judge(people, asked):
    with transaction.atomic():
        person = (StatedPerson(full_name="حيدر كاظم عبد الأمير الربيعي", role="claimant", id_number="199012345678"),)
        twice = [
            house_claim(
                people.viewer("intake"),
                people=person,
                filed_on=date(2024, 3, day),
                items=(StatedItem(harm="property", facts=HOUSE, property_ref="محلة 12 زقاق 3 دار 45", place="IQ-NI-MO", **DAY),),
            ).items.get()
            for day in (1, 9)
        ]
    assert work.do_run(asked.pk).overlaps >= 1
    with transaction.atomic():
        system_viewer().bind()
        pair = ItemOverlap.objects.get(item=twice[1], other_item_id=twice[0].pk)
        assert (pair.kind, pair.verdict) == ("same_person", "")


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(changed=st.sets(st.integers(0, 3)), value=st.integers(1, 90))
def test_exactly_the_items_whose_facts_changed_after_the_snapshot_are_refused_as_stale(people, determined, changed, value):
    rows, items = determined
    chosen = sorted(items)[:4]
    with transaction.atomic():
        system = system_viewer()
        system.bind()
        for number in changed:
            item = ClaimItem.objects.get(pk=chosen[number])
            ClaimItem.objects.filter(pk=item.pk).update(facts={**item.facts, "disability_percent": value})
        done = record_proposals(system, f"run-{value}", law.programme("IQ-LAW20").hash, rows)
        transaction.set_rollback(True)
    assert done.stale == tuple(sorted(chosen[number] for number in changed))
    assert done.recorded == len(rows) - len(changed)


@pytest.fixture(scope="module")
def determined(people):
    found = determine_claims(system_viewer(), law.programme("IQ-LAW20"), as_of=date(2024, 12, 31))
    return found.rows, list(found.extract.digests)


def test_an_answer_taken_while_the_run_works_makes_its_proposal_stale(people, asked, monkeypatch):
    programme = law.programme("IQ-LAW20")
    found = determine_claims(system_viewer(), programme, as_of=date(2024, 12, 31))
    target = found.rows[0]["item_id"]
    with transaction.atomic():
        viewer = people.viewer("intake")
        item = ClaimItem.objects.get(pk=target)
        step = live_step(item)
        event = record_event(viewer, "evidence.asked", subject=item.pk, claim_id=item.claim_id)
        move(step, "waiting", event_id=event.pk)
        take_answer(viewer, item, facts={"disability_percent": 5})
    with transaction.atomic():
        system_viewer().bind()
        assert record_proposals(system_viewer(), asked.pk, programme.hash, found.rows).stale == (target,)


def test_a_worker_takes_up_the_run_of_one_that_died(people, asked, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)  # a task's thread closes its connection
    with connection.cursor() as cursor:  # as kill -9 leaves it: taken, and no worker heard of
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = NULL WHERE args ->> 'run_id' = %s", [asked.pk])
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        asyncio.run(_take_up(working))
    assert Run.objects.get(pk=asked.pk).state == "recorded"


async def _take_up(working):
    async with working.open_async():
        await take_up.func(timestamp=0)
        await working.run_worker_async(queues=["runs"], wait=False, listen_notify=False, install_signal_handlers=False)
