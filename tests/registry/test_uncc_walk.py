"""The UNCC's procedure on the same tables: matching, panels that decide by instalment, the Governing Council, no appeal.

Nothing in the registry names this programme: that it walks shows that a procedure is data.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from aljabr.registry import law
from aljabr.registry.accounts.actions import give_role
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.bodies.actions import appoint, found_bodies
from aljabr.registry.bodies.models import Body
from aljabr.registry.decisions.actions import cast_vote
from aljabr.registry.decisions.appeals import lodge_appeal
from aljabr.registry.decisions.corrections import issue_correction, open_correction
from aljabr.registry.decisions.models import Motion
from aljabr.registry.decisions.schedules import cast_votes, issue_schedule, open_schedule, take_out
from aljabr.registry.procedure.actions import answer_request, send_request
from aljabr.registry.procedure.filing import Filing, StatedItem, StatedPerson, lodge_claim
from aljabr.registry.viewers import Conflict, system_viewer
from tests.registry.commission import _user
from tests.registry.test_walk import at

PANEL = "panel_of_commissioners"


@pytest.fixture
def commission(case):
    """Three commissioners, a secretary of the panel, an intake officer; the registry runs UN-UNCC."""
    from django.test import override_settings

    with override_settings(PROGRAMMES=("UN-UNCC",)):
        system = system_viewer()
        found_bodies(system, law.programme("UN-UNCC"))
        users = {"intake": _user("intake"), "secretary": _user("secretary")}
        give_role(system, users["intake"], "intake_officer")
        give_role(system, users["secretary"], "secretary", body=PANEL)
        for seat in Body.objects.get(key=PANEL).seats.all():
            name = f"commissioner_{seat.number}"
            users[name] = _user(name)
            give_role(system, users[name], "member", body=PANEL)
            appoint(system, seat, users[name], from_on=date(2024, 1, 1))
        yield SimpleNamespace(users=users, viewer=lambda name: bound(users[name]))


def bound(user):
    viewer = viewer_of(user)
    viewer.bind()
    return viewer


def lodged(people, number):
    filing = Filing(
        programme="UN-UNCC",
        filing_key=f"uncc-{number}",
        filed_on=date(2024, 3, 1),
        area="KW",
        language="en",
        people=(StatedPerson(full_name=f"Claimant {number}", role="claimant"),),
        items=(StatedItem(harm="a_departure", claimed_minor=250_000),),
    )
    return lodge_claim(people.viewer("intake"), filing).items.get()


def answered(people, item, *answers):
    for answer in answers:
        request = send_request(people.viewer("secretary"), item, disclosed={"reference": "x"})
        answer_request(people.viewer("secretary"), request, answer=answer)


def instalment(people, count=3):
    items = [lodged(people, number) for number in range(count)]
    for item in items:
        answered(people, item, "unmatched", "accepted")
    schedule = open_schedule(
        people.viewer("secretary"), {item.pk: 250_000 for item in items}, outcome="granted", ground="First instalment."
    )
    return items, schedule


def vote(people, schedule, *numbers):
    for number in numbers:
        user = people.users[f"commissioner_{number}"]
        cast_votes(people.viewer(f"commissioner_{number}"), schedule, seat=user.appointments.get().seat, choice="for")


def test_an_instalment_walks_from_panel_to_council_to_transfer(commission):
    people = commission
    items, schedule = instalment(people)
    assert {at(item) for item in items} == {("panel_report", "open")}
    vote(people, schedule, 1, 2)
    decisions, left = issue_schedule(people.viewer("secretary"), schedule)
    assert (len(decisions), left) == (3, [])
    assert all(decision.statutory_exception for decision in decisions), "one principal appoints the whole panel, and that shows"
    assert {at(item) for item in items} == {("approval", "open")}
    for item in items:
        answered(people, item, "approved", "served")
    assert {at(item) for item in items} == {("transfer", "open")}


def test_there_is_no_appeal_against_a_panel_but_a_correction(commission):
    people = commission
    items, schedule = instalment(people, 1)
    vote(people, schedule, 1, 2)
    ((decision,), _) = issue_schedule(people.viewer("secretary"), schedule)
    with pytest.raises(Conflict, match="knows no appeal"):
        lodge_appeal(people.viewer("intake"), decision, lodged_on=date(2024, 5, 1), reasons="x")
    motion = open_correction(people.viewer("secretary"), decision, amount_minor=400_000, ground="g", reason="Family amount.")
    for number in (1, 3):
        user = people.users[f"commissioner_{number}"]
        cast_vote(people.viewer(f"commissioner_{number}"), motion, seat=user.appointments.get().seat, choice="for")
    assert issue_correction(people.viewer("secretary"), motion).amount_minor == 400_000
    assert at(items[0]) == ("approval", "open"), "the case stays where it had gone on to"


def test_a_commissioner_takes_a_claim_out_of_the_instalment(commission):
    people = commission
    items, schedule = instalment(people, 2)
    take_out(people.viewer("commissioner_3"), Motion.objects.get(schedule=schedule, item=items[0]), because="Possible match.")
    vote(people, schedule, 1, 2)
    issue_schedule(people.viewer("secretary"), schedule)
    assert (at(items[0]), at(items[1])) == (("panel_report", "open"), ("approval", "open"))


def test_what_the_council_returns_is_before_the_panel_again(commission):
    people = commission
    items, schedule = instalment(people, 1)
    vote(people, schedule, 1, 2)
    issue_schedule(people.viewer("secretary"), schedule)
    request = send_request(people.viewer("secretary"), items[0], disclosed={})
    answer_request(people.viewer("secretary"), request, answer="returned")
    assert at(items[0]) == ("panel_report", "open")
