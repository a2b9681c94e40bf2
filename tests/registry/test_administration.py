"""Administrators give roles and seats, two of them at a time, and decide nothing themselves."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from aljabr.registry.accounts.actions import add_user, confirm_role, end_role, give_role
from aljabr.registry.accounts.models import Grant, User
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.bodies.actions import appoint
from aljabr.registry.bodies.models import Appointment, Nomination
from aljabr.registry.bodies.nominations import confirm_nomination, nominate
from aljabr.registry.decisions.actions import cast_vote, issue_decision, open_motion, record_service
from aljabr.registry.policy import PERMISSIONS, ROLES, apart
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer, system_viewer
from tests.registry.commission import SUB
from tests.registry.signing import signed_in

GOVERNING = {"user.manage", "grant.give", "body.manage", "seat.nominate", "run.start", "export.approve", "programme.read"}
GOVERNING |= {"run.read", "export.read", "token.make", "holiday.declare"}


@pytest.fixture
def newcomer(commission):
    system_viewer().bind()
    return commission, add_user(system_viewer(), username="newcomer", name="N", password=None)


def test_an_administrator_holds_no_permission_over_claims():
    held = {name for name, roles in PERMISSIONS.items() if "administrator" in roles}
    assert held <= GOVERNING | {"body.read", "figures.read"}


def test_an_administrator_neither_votes_nor_decides_nor_reviews(commission):
    viewer = commission.viewer("admin_1")
    for act in (open_motion, issue_decision, cast_vote, record_service):
        given = {cast_vote: {"seat": None, "choice": "for"}, open_motion: {"outcome": "x", "amount_minor": 1, "ground": "x"}}
        given |= {record_service: {"method": "x", "attempted_on": date(2024, 1, 1), "reached": True}}
        with pytest.raises(NotAllowed):
            act(viewer, None, **given.get(act, {}))


def test_an_administrator_does_not_confirm_the_role_they_gave_nor_one_they_would_hold(newcomer):
    people, user = newcomer
    grant = give_role(people.viewer("admin_1"), user, "secretary", body=SUB)
    with pytest.raises(NotAllowed, match="second person"):
        confirm_role(people.viewer("admin_1"), grant)
    assert not viewer_of(user).roles
    confirm_role(people.viewer("admin_2"), grant)
    assert viewer_of(user).roles == {"secretary"}
    mine = give_role(people.viewer("admin_1"), people.users["admin_2"], "administrator")
    with pytest.raises(NotAllowed, match="second person"):
        confirm_role(people.viewer("admin_2"), mine)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE grants SET role = 'member' WHERE id = %s",
        "UPDATE grants SET confirmed_by = given_by WHERE id = %s",
        "UPDATE grants SET confirmed_by = 'user:0' WHERE id = %s",
        "UPDATE grants SET area = '*', confirmed_by = 'system' WHERE id = %s",
        "DELETE FROM grants WHERE id = %s",
    ],
)
def test_the_database_refuses_what_two_people_did_not_do(newcomer, statement):
    people, user = newcomer
    grant = give_role(people.viewer("admin_1"), user, "secretary", area="IQ-BA")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [grant.pk])


def test_nobody_inserts_a_confirmed_role(newcomer):
    people, user = newcomer
    people.viewer("admin_1")
    values = {"user": user, "role": "member", "from_on": date(2024, 1, 1), "given_by": people.viewer("admin_1").actor}
    for confirmed in (people.viewer("admin_2").actor, "system"):
        people.viewer("admin_1")
        with pytest.raises(DatabaseError), transaction.atomic():
            Grant.objects.create(**values, confirmed_by=confirmed)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "administrator"])
def test_who_gives_roles_holds_no_other(commission, role):
    assert apart(frozenset({"administrator"}), role)
    system_viewer().bind()
    with pytest.raises(Conflict, match="together"):
        give_role(system_viewer(), commission.users["admin_1"], role)


def test_who_watches_acts_in_nothing():
    assert apart(frozenset({"auditor"}), "member")
    assert apart(frozenset({"secretary"}), "observer")
    assert not apart(frozenset({"reviewer"}), "intake_officer")


def test_a_seat_is_taken_once_two_administrators_said_so(newcomer):
    people, user = newcomer
    seat = people.seat(f"{SUB}_1")
    system_viewer().bind()
    Appointment.objects.filter(seat=seat).update(during="[2024-01-01,2024-06-01)")
    people.viewer("admin_1")
    nomination = nominate(people.viewer("admin_1"), seat, user, from_on=date(2024, 7, 1))
    for name in ("admin_1",):
        with pytest.raises(NotAllowed, match="second person"):
            confirm_nomination(people.viewer(name), nomination)
    with pytest.raises(Conflict, match="second person"), transaction.atomic():
        appoint(people.viewer("admin_1"), seat, user, from_on=date(2024, 7, 1))
    assert confirm_nomination(people.viewer("admin_2"), nomination).user_id == user.pk
    with pytest.raises(Conflict, match="already"):
        confirm_nomination(people.viewer("admin_2"), nomination)


def test_a_seat_that_is_taken_is_not_given_again(newcomer):
    people, user = newcomer
    nomination = nominate(people.viewer("admin_1"), people.seat(f"{SUB}_1"), user, from_on=date(2024, 7, 1))
    with pytest.raises(Conflict, match="Somebody sits"), transaction.atomic():
        confirm_nomination(people.viewer("admin_2"), nomination)
    assert not Nomination.objects.get(pk=nomination.pk).confirmed_by


def test_an_administrator_is_not_nominated(commission):
    with pytest.raises(Conflict, match="no body"):
        nominate(commission.viewer("admin_1"), commission.seat(f"{SUB}_1"), commission.users["admin_2"], from_on=date(2024, 7, 1))


def test_an_ended_role_is_held_no_more(newcomer):
    people, _ = newcomer
    system_viewer().bind()
    user = add_user(system_viewer(), username="leaving", name="L", password=None)
    grant = give_role(system_viewer(), user, "reviewer", from_on=date(2024, 1, 1))
    end_role(people.viewer("admin_1"), grant, reason="left")
    assert viewer_of(user).roles == frozenset()


def test_the_pages_of_administration_do_it_with_two_people(newcomer):
    people, user = newcomer
    one, two = signed_in(people.users["admin_1"]), signed_in(people.users["admin_2"])
    assert one.post("/administration/grants", {"user": user.pk, "role": "member", "area": "*", "body": SUB}).status_code == 302
    grant = Grant.objects.get(user=user)
    assert one.post(f"/administration/grants/{grant.pk}/confirm").status_code == 403
    assert two.post(f"/administration/grants/{grant.pk}/confirm").status_code == 302
    seat = people.seat(f"{SUB}_2").pk
    assert one.post("/administration/seats", {"seat": seat, "user": user.pk, "from_on": "2034-01-01"}).status_code == 302
    for page in ("/administration", "/administration/seats", "/administration/programmes"):
        assert one.get(page).status_code == 200


def test_the_system_is_never_a_request():
    assert not Viewer().is_system
    assert "is_system" not in {field.name for field in User._meta.get_fields()}


def test_the_first_two_administrators_are_made_on_the_machine_and_only_once(case):
    said = StringIO()
    call_command("found_administrators", "rana", "saad", stdout=said)
    assert {user.username for user in User.objects.all()} == {"rana", "saad"}
    assert len(said.getvalue().splitlines()) == 2
    with pytest.raises(CommandError, match="no administrator yet"):
        call_command("found_administrators", "third", "fourth")
