"""Signing in: both factors, bars that end, sessions that are ended, the password again before grave acts."""

from __future__ import annotations

import base64
import json
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aljabr.registry.accounts.actions import add_user, give_role
from aljabr.registry.accounts.codes import STEP_SECONDS, code_at
from aljabr.registry.accounts.models import Attempt, Factor, RecoveryCode, SignIn, User
from aljabr.registry.viewers import system_viewer
from tests.registry.signing import signed_in
from tests.registry.softkey import SoftKey

PASSWORD = "tigris-heron-lantern"


def browser(**options):
    return Client(SERVER_NAME="localhost", **options)


@pytest.fixture
def officer(case):
    user = add_user(system_viewer(), username="nadia", name="Nadia", password=PASSWORD)
    give_role(system_viewer(), user, "auditor")
    return user


@pytest.fixture
def administrator(case):
    user = add_user(system_viewer(), username="root", name="Rana", password=PASSWORD)
    give_role(system_viewer(), user, "administrator")
    return user


def password_given(client, password=PASSWORD, username="nadia", **more):
    return client.post("/sign-in", {"username": username, "password": password, **more})


def generator_added(client):
    """Add a generator; its secret and the recovery codes."""
    page = client.post("/account/code").content.decode()
    secret = base64.b32decode(re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", ""))
    page = client.post("/account/code/confirm", {"code": code_at(secret, timezone.now().timestamp())})
    assert page.status_code == 200, page.content
    return secret, re.findall(r"<li>([a-z2-7-]{19})</li>", page.content.decode())


def test_whoever_has_no_second_factor_can_only_add_one(officer):
    client = browser()
    password_given(client)
    assert client.get("/").headers["Location"] == "/account"
    assert client.get("/claims").headers["Location"] == "/account"
    assert client.post("/administration/grants").status_code == 401
    generator_added(client)
    assert client.get("/").status_code == 200
    assert Factor.objects.get(user=officer).confirmed_at


def test_a_password_alone_does_not_sign_in_who_has_a_second_factor_nor_lets_add_another(officer):
    first = browser()
    password_given(first)
    generator_added(first)
    client = browser()
    password_given(client)
    assert client.get("/").headers["Location"] == "/sign-in/second"
    assert client.post("/account/code").status_code == 403
    assert client.post("/account/key/begin").status_code == 403
    assert client.get("/account").headers["Location"] == "/sign-in/second"


def test_a_code_is_taken_once(officer):
    client = browser()
    password_given(client)
    secret, _ = generator_added(client)
    used, following = (code_at(secret, timezone.now().timestamp() + later) for later in (0, STEP_SECONDS))
    client = browser()
    password_given(client)
    assert client.post("/sign-in/second", {"code": used}).status_code == 403, "it put the generator in use"
    assert client.post("/sign-in/second", {"code": following}).status_code == 302
    client = browser()
    password_given(client)
    assert client.post("/sign-in/second", {"code": following}).status_code == 403


def test_a_recovery_code_signs_in_once_and_only_its_hash_is_kept(officer):
    client = browser()
    password_given(client)
    _, codes = generator_added(client)
    assert len(codes) == 10
    for expected in (302, 403):
        client = browser()
        password_given(client)
        assert client.post("/sign-in/second", {"code": codes[0]}).status_code == expected
    assert codes[0].replace("-", "") not in set(RecoveryCode.objects.values_list("digest", flat=True))


def test_secrets_of_generators_are_not_in_the_database_as_they_are(officer):
    client = browser()
    password_given(client)
    secret, _ = generator_added(client)
    assert secret not in bytes(Factor.objects.get(user=officer).secret)


def test_codes_cannot_be_guessed_on(officer):
    client = browser()
    password_given(client)
    generator_added(client)
    client = browser()
    password_given(client)
    answers = [client.post("/sign-in/second", {"code": f"{number:06}"}).status_code for number in range(7)]
    assert answers[5:] == [429, 429]


def test_a_name_is_barred_after_five_wrong_passwords_says_until_when_and_is_let_in_again(officer):
    client = browser()
    answers = [password_given(client, "wrong").status_code for _ in range(5)]
    assert answers == [403] * 5
    barred = password_given(client)
    assert barred.status_code == 429, "the right password does not lift the bar"
    assert re.search(r"\d\d:\d\d UTC", barred.content.decode())
    Attempt.objects.update(barred_until=timezone.now() - timedelta(seconds=1))
    assert password_given(client).status_code == 302
    assert Attempt.objects.get(key="name:nadia").failures == 0


def test_an_address_is_barred_however_many_names_it_tries(case):
    client = browser()
    answers = [password_given(client, "wrong", username=f"guess{number}").status_code for number in range(31)]
    assert answers == [403] * 30 + [429]


def test_a_name_that_does_not_exist_is_answered_as_a_wrong_password_is(officer):
    known, unknown = (password_given(browser(), "wrong", username=name) for name in ("nadia", "nobody"))
    plain = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.content.decode()) for page in (known, unknown)]
    assert (known.status_code, plain[0]) == (unknown.status_code, plain[1])


def test_a_header_does_not_change_the_address_that_is_counted(officer):
    client = browser()
    for number in range(3):
        password_given(client, "wrong", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert Attempt.objects.filter(key__startswith="address:").count() == 1


def test_the_session_gets_a_new_key_at_both_factors(officer):
    client = browser()
    client.get("/sign-in")
    client.session.save()
    keys = [client.cookies.get("aljabr_session")]
    password_given(client)
    keys.append(client.cookies["aljabr_session"].value)
    generator_added(client)
    keys.append(client.cookies["aljabr_session"].value)
    assert len({str(key) for key in keys}) == 3


def test_a_sign_in_can_be_ended_from_another(officer):
    here, there = signed_in(officer), signed_in(officer)
    assert there.get("/").status_code == 200
    elsewhere = SignIn.objects.get(pk=there.session["sign_in"])
    assert here.post(f"/account/sign-ins/{elsewhere.pk}/end").status_code == 302
    assert there.get("/").headers["Location"].startswith("/sign-in?")
    assert here.get("/").status_code == 200


def test_nobody_ends_the_sign_in_of_another_person(officer, administrator):
    theirs = signed_in(officer)
    assert signed_in(administrator).post(f"/account/sign-ins/{theirs.session['sign_in']}/end").status_code == 409
    assert theirs.get("/").status_code == 200


@pytest.mark.parametrize(("column", "hours"), [("seen_at", 0.6), ("started_at", 8.1)], ids=["idle", "too long"])
def test_a_sign_in_ends_by_itself(officer, column, hours):
    client = signed_in(officer)
    SignIn.objects.filter(pk=client.session["sign_in"]).update(**{column: timezone.now() - timedelta(hours=hours)})
    assert client.get("/").headers["Location"].startswith("/sign-in?")
    assert SignIn.objects.get(pk=client.session["sign_in"]).ended_because == "timeout"


def test_a_session_without_its_row_is_nobody(officer):
    client = browser()
    client.force_login(officer)
    assert client.get("/").headers["Location"].startswith("/sign-in?")


def test_an_ended_account_is_signed_out_at_once(officer):
    client = signed_in(officer)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/").headers["Location"].startswith("/sign-in?")


def test_administration_asks_for_the_password_again_after_ten_minutes(administrator):
    client = signed_in(administrator)
    SignIn.objects.update(fresh_at=timezone.now() - timedelta(minutes=11))
    asked = client.post("/administration", {"username": "x", "name": "x", "password": PASSWORD})
    assert asked.headers["Location"].startswith("/sign-in/again")
    assert not User.objects.filter(username="x").exists()
    assert client.post("/sign-in/again", {"password": "wrong"}).status_code == 403
    assert client.post("/sign-in/again", {"password": PASSWORD, "next": "/administration"}).headers["Location"] == "/administration"
    assert client.post("/administration", {"username": "x", "name": "x", "password": PASSWORD}).status_code == 302


def test_the_last_second_factor_stays(officer):
    client = browser()
    password_given(client)
    generator_added(client)
    factor = Factor.objects.get(user=officer)
    assert client.post(f"/account/factors/{factor.pk}/end").status_code == 409


def test_only_accounts_of_the_sample_go_without_a_second_factor(officer):
    client = browser()
    User.objects.filter(pk=officer.pk).update(is_demo=True)
    password_given(client)
    assert client.get("/").status_code == 200
    generator_added(client)
    client = browser()
    password_given(client)
    assert client.get("/").headers["Location"] == "/sign-in/second", "once there is one, it is asked for"


def as_json(client, path, sent):
    return client.post(path, json.dumps(sent), content_type="application/json")


def test_a_key_signs_in_and_a_copied_or_foreign_one_does_not(officer):
    client, key = browser(), SoftKey("localhost", "http://localhost")
    password_given(client)
    made = as_json(client, "/account/key?label=blue", key.make(as_json(client, "/account/key/begin", {}).json()))
    assert len(made.json()["recovery_codes"]) == 10
    client = browser()
    password_given(client)
    challenge = as_json(client, "/sign-in/key/begin", {}).json()
    answer = key.sign(challenge)
    assert as_json(client, "/sign-in/key?next=/claims", answer).json() == {"next": "/claims"}
    assert client.get("/").status_code == 200
    client = browser()
    password_given(client)
    assert as_json(client, "/sign-in/key", answer).status_code == 403, "no challenge was asked for"
    challenge = as_json(client, "/sign-in/key/begin", {}).json()
    assert as_json(client, "/sign-in/key", answer).status_code == 403, "the answer is another challenge's"
    challenge = as_json(client, "/sign-in/key/begin", {}).json()
    assert as_json(client, "/sign-in/key", key.sign(challenge, counter=1)).status_code == 403, "its counter fell back"
    assert client.get("/").status_code == 302


def test_a_key_made_on_another_site_is_refused(officer):
    client, key = browser(), SoftKey("localhost", "https://localhost.example")
    password_given(client)
    assert as_json(client, "/account/key", key.make(as_json(client, "/account/key/begin", {}).json())).status_code == 409
    assert not Factor.objects.exists()


def test_a_weak_password_is_refused(administrator):
    client = signed_in(administrator)
    for weak in ("short", "password1234", "newcomer-newcomer"):
        sent = {"username": "newcomer-newcomer", "name": "x", "password": weak}
        assert client.post("/administration", sent).status_code == 409
    assert not User.objects.filter(username="newcomer-newcomer").exists()
