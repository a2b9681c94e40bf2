"""Outside bodies: reminders, objections that are reasoned, told, decided in time and appealable, figures, mail without gaps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from aljabr.registry.claims.actions import record_mail
from aljabr.registry.claims.models import Mail
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.actions import cast_vote, end_period, record_service
from aljabr.registry.decisions.appeals import lodge_appeal, settle_appeal
from aljabr.registry.decisions.figures import Dwell, dwell_times
from aljabr.registry.decisions.objections import open_objection_motion, settle_objection, tell_claimant
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.actions import answer_request, send_request
from aljabr.registry.procedure.models import CaseStep, ExternalRequest, Objection
from aljabr.registry.procedure.outside import lapse_objection, remind_body
from aljabr.registry.procedure.queries import requests_overdue
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer
from tests.registry.commission import SUB, house_claim
from tests.registry.test_appeals import hear, people  # noqa: F401
from tests.registry.test_walk import at

TODAY = legal_today


def asked(people, due_on=None):  # noqa: F811
    item = house_claim(people.viewer("intake")).items.get()
    return item, send_request(people.viewer("secretary"), item, disclosed={"reference": "x"}, due_on=due_on)


def objected(people):  # noqa: F811
    item, request = asked(people)
    answer_request(people.viewer("secretary"), request, answer="objection", reasons="He was seen selling the house in 2015.")
    return item, Objection.objects.get(item=item)


def voted(people, objection, outcome):  # noqa: F811
    motion = open_objection_motion(people.viewer("secretary"), objection, outcome=outcome, ground="g")
    for number in range(1, motion.body.quorum + 1):
        cast_vote(people.viewer(f"{SUB}_{number}"), motion, seat=people.seat(f"{SUB}_{number}"), choice="for")
    return motion


def told(people, objection):  # noqa: F811
    return tell_claimant(people.viewer("secretary"), objection, on=TODAY(), says="It was my cousin's house.")


def test_a_body_is_reminded_once_a_day_after_its_day_has_passed(people):  # noqa: F811
    item, request = asked(people)
    secretary = people.viewer("secretary")
    with pytest.raises(Conflict, match="not late"), transaction.atomic():
        remind_body(secretary, request)
    late = request.due_on + timedelta(days=1)
    assert requests_overdue(secretary, on=request.due_on) == []
    assert requests_overdue(secretary, on=late) == [request]
    assert remind_body(secretary, request, on=late).reminded_on == late
    with pytest.raises(Conflict), transaction.atomic():
        remind_body(secretary, request, on=late)
    assert at(item) == ("court_form", "waiting"), "silence is no answer"
    assert Event.objects.filter(name="body.reminded", claim_id=item.claim_id).count() == 1
    with pytest.raises(NotAllowed):
        remind_body(people.viewer("intake"), request, on=late)


def test_an_objection_without_reasons_is_refused(people):  # noqa: F811
    _, request = asked(people)
    with pytest.raises(Conflict, match="needs reasons about this person"):
        answer_request(people.viewer("secretary"), request, answer="objection", reasons=" ")


def test_an_objection_stops_nothing_but_waits_for_a_vote_after_the_claimant_was_told(people):  # noqa: F811
    item, objection = objected(people)
    assert at(item) == ("court_form", "waiting")
    with pytest.raises(Conflict, match="not told"):
        open_objection_motion(people.viewer("secretary"), objection, outcome="objection_rejected", ground="g")
    with pytest.raises(NotAllowed):
        open_objection_motion(people.viewer("court_secretary"), told(people, objection), outcome="objection_rejected", ground="g")


def test_a_rejected_objection_lets_the_case_go_on(people):  # noqa: F811
    item, objection = objected(people)
    settle_objection(people.viewer("secretary"), voted(people, told(people, objection), "objection_rejected"))
    assert at(item) == ("police_inquiry", "open")
    objection.refresh_from_db()
    assert (objection.outcome, objection.claimant_says) == ("rejected", "It was my cousin's house.")


def test_an_upheld_objection_is_served_and_ends_the_case_only_after_the_period(people):  # noqa: F811
    item, objection = objected(people)
    decision = settle_objection(people.viewer("secretary"), voted(people, told(people, objection), "objection_upheld"))
    assert at(item) == ("court_form", "decided")
    service = record_service(people.viewer("secretary"), decision, method="in_person", attempted_on=date(2024, 5, 1), reached=True)
    assert service.appeal_until > date(2024, 5, 1)
    assert end_period(people.viewer("secretary"), decision) is None
    assert not CaseStep.objects.filter(item=item, live=True).exists()


@pytest.mark.parametrize(
    ("outcome", "where"), [("upheld", None), ("amended", ("police_inquiry", "open")), ("returned", ("court_form", "open"))]
)
def test_an_upheld_objection_can_be_appealed(people, outcome, where):  # noqa: F811
    item, objection = objected(people)
    decision = settle_objection(people.viewer("secretary"), voted(people, told(people, objection), "objection_upheld"))
    service = record_service(people.viewer("secretary"), decision, method="in_person", attempted_on=date(2024, 5, 1), reached=True)
    appeal = lodge_appeal(people.viewer("intake"), decision, lodged_on=service.appeal_until, reasons="It is not true.")
    settle_appeal(people.viewer("court_secretary"), hear(people, appeal, outcome=outcome, amount_minor=None, ground="g"))
    live = CaseStep.objects.filter(item=item, live=True).first()
    assert (live and (live.step, live.state)) == where


def test_an_objection_nobody_decided_lapses_and_the_case_goes_on(people):  # noqa: F811
    item, objection = objected(people)
    with pytest.raises(Conflict, match="period of this objection runs"), transaction.atomic():
        lapse_objection(people.viewer("secretary"), objection, on=objection.lapses_on)
    lapse_objection(people.viewer("secretary"), objection, on=objection.lapses_on + timedelta(days=1))
    assert at(item) == ("police_inquiry", "open")
    with pytest.raises(Conflict), transaction.atomic():
        lapse_objection(people.viewer("secretary"), objection, on=objection.lapses_on + timedelta(days=2))


def test_figures_count_the_claims_of_all_areas_but_sealed_ones_and_leave_small_cells_out(people):  # noqa: F811
    for number in range(4):
        _, request = asked(people)
        if number < 3:
            answer_request(people.viewer("secretary"), request, answer="form_issued")
    ExternalRequest.objects.filter(answered_on__isnull=False).update(sent_on=TODAY() - timedelta(days=8))
    inside = replace(people.viewer("intake"), units=frozenset({"women"}))
    inside.bind()
    sealed = house_claim(inside, sealed_unit="women").items.get()
    secretary = replace(people.viewer("secretary"), units=frozenset({"women"}))
    secretary.bind()
    send_request(secretary, sealed, disclosed={})
    Viewer().bind()
    assert dwell_times(least=5) == []
    assert dwell_times(least=3) == [Dwell(body="investigative_court", asked=4, answered=3, median_days=8, overdue=None)]
    assert dwell_times(least=4) == [Dwell(body="investigative_court", asked=4, answered=None, median_days=None, overdue=None)]


def test_letters_are_numbered_for_the_year_without_gaps(people):  # noqa: F811
    claim, viewer = house_claim(people.viewer("intake")), people.viewer("intake")

    def letter(direction, day, number=""):
        return record_mail(viewer, claim, direction=direction, number=number, dated_on=day, correspondent="court", subject="s")

    with pytest.raises(Conflict, match="sender's number"):
        letter("in", date(2024, 1, 2))
    assert [letter("out", date(2024, 1, 2)).number for _ in range(2)] == ["1/2024", "2/2024"]
    incoming = letter("in", date(2024, 1, 2), "court 77")
    assert (incoming.number, incoming.serial) == ("court 77", 1)
    with transaction.atomic():
        letter("out", date(2024, 1, 3))
        transaction.set_rollback(True)
    assert letter("out", date(2024, 1, 3)).serial == 3, "what was rolled back leaves no gap"
    assert letter("out", date(2025, 1, 1)).number == "1/2025"
    inside = replace(viewer, units=frozenset({"women"}))
    inside.bind()
    sealed = house_claim(inside, sealed_unit="women")
    own = record_mail(inside, sealed, direction="out", number="", dated_on=date(2024, 1, 3), correspondent="c", subject="s")
    assert own.serial == 1, "a sealed unit's numbers are its own"
    assert not Mail.objects.filter(serial=0).exists()
