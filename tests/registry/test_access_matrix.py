"""The access matrix: every address × every role and nobody × every relation to the object × every method, against the policy.

What is expected is computed from ``policy.PERMISSIONS`` and the few rules about objects below; what is answered is asked of the
pages. An allowed act may still not fit the state of the case (409) or lack a field (400): that is no denial.
"""

from __future__ import annotations

import importlib
import itertools
import logging
import re
from collections import Counter

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from aljabr.registry.policy import OPEN_TO_THE_RECUSED, PERMISSIONS, ROLES
from aljabr.registry.web.objects import NAMED
from aljabr.registry.web.routes import ROUTES
from tests.registry.casefiles import MISSING, RELATIONS, case_files, officers
from tests.registry.commission import COURT, SUB
from tests.registry.signing import signed_in

NOBODY = "nobody"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")

# Beyond the permission, what an act asks of the object: (relation → may act). Read with the policy, this is the whole rule.
UNSEEN = {"other_area", "sealed", "missing"}
_ASSIGNED_TO = {"assigned", "other_body", "own_body"}
OBJECT_RULES = {
    # An item is reviewed by whom the lot fell on, and by nobody else.
    "view.write": lambda role, relation: relation in _ASSIGNED_TO,
    "evidence.ask": lambda role, relation: relation in _ASSIGNED_TO,
    "evidence.waive": lambda role, relation: relation in _ASSIGNED_TO,
    "item.propose": lambda role, relation: relation in _ASSIGNED_TO,
    # A body acts through its own people.
    "decision.issue": lambda role, relation: relation != "other_body",
    "letter.write": lambda role, relation: relation != "other_body",
    "vote.cast": lambda role, relation: relation != "other_body",
    # A decision is handed over by the deciding body or where claimants are received.
    "service.record": lambda role, relation: relation != "other_body" or role == "intake_officer",
}
BODY = {
    "username": "",
    "direction": "in",
    "number": "1",
    "correspondent": "x",
    "subject": "x",
    "reason": "a reason that is long enough",
    "answer": "answered",
    "view": "x",
    "fact": "relation",
    "value": "self",
    "rule": "x",
    "outcome": "granted",
    "ground": "x",
    "choice": "for",
    "method": "mukhtar",
    "reached": "yes",
    "reasons": "x",
    "held_on": "2024-06-01",
    "seat": "1",
    "user": "1",
    "role": "observer",
    "reference": "none",
    "code": "000000",
}


# What addresses name that is no claim's: none of it is there.
OTHERS = {"run_id": "run_none", "export_id": "exp_none", "token_id": 2**40, "leaf_index": 2**40, "code": "0" * 64}


@pytest.fixture
def world(commission, monkeypatch):
    """Officers, their clients, and case files."""
    found = officers()
    files = case_files(commission, found)
    monkeypatch.setitem(BODY, "user", str(found["observer"].pk))
    monkeypatch.setitem(BODY, "seat", str(commission.seat(f"{SUB}_1").pk))
    clients = {role: signed_in(user) for role, user in found.items()} | {NOBODY: Client(SERVER_NAME="localhost")}
    logging.disable(logging.ERROR)  # thousands of refusals are what is looked for
    yield clients, files
    logging.disable(logging.NOTSET)


def address(route, file):
    """The address of a route for a case file."""
    values = {**vars(file), "body": SUB, "step": "recommendation", "key": SUB, "hearing_id": 1, "grant_id": 1, "factor_id": 1}
    values |= {"sign_in_id": 1, "notice_id": 1, "nomination_id": 1, "schedule_id": 1, "filter_id": 1, **OTHERS}
    return "/" + re.sub(r"<\w+:(\w+)>", lambda match: str(values[match[1]]), route.pattern)


def names_of(route):
    return re.findall(r"<\w+:(\w+)>", route.pattern)


def expected(route, role, relation, method):
    """What the policy says: allowed, refused, absent, sign_in, method."""
    asked = "GET" if method == "HEAD" else method
    if asked not in route.methods:
        return "method"
    if route.permission == "public":
        return "allowed"
    if role == NOBODY:
        return "sign_in"
    if route.permission in ("first_factor", "signed_in"):
        return "allowed"
    if role not in PERMISSIONS[route.permission]:
        return "refused"
    if not set(names_of(route)) & set(NAMED):
        return "allowed"
    if relation in UNSEEN:
        return "absent"
    if method == "POST" and relation == "recused" and route.permission not in OPEN_TO_THE_RECUSED:
        return "refused"
    rule = OBJECT_RULES.get(route.permission)
    return "allowed" if rule is None or rule(role, relation) else "refused"


def answered(client, method, path, **headers):
    """What a page answers, in the words of ``expected``; whatever it did is undone."""
    with transaction.atomic():
        sent = {"data": BODY} if method == "POST" else {}
        response = client.generic(method, path, **headers) if not sent else client.post(path, **sent, **headers)
        transaction.set_rollback(True)
    if response.status_code == 405:
        return "method"
    if response.status_code == 401 or response.headers.get("Location", "").startswith("/sign-in?"):
        return "sign_in"
    return {403: "refused", 404: "absent"}.get(response.status_code, "allowed" if response.status_code < 500 else "broken")


# Answers 403 or 404 that speak of a password, a code or a row, not of the role: the address itself is open to whoever signed in.
OWN = {"sign-in", "second-factor", "prove-key", "password-again", "confirm-code", "make-key"}


def cells():
    for route, role in itertools.product(ROUTES, (*ROLES, NOBODY)):
        bound = bool(set(names_of(route)) & set(NAMED))
        for method in METHODS:
            known = method in route.methods or (method == "HEAD" and "GET" in route.methods)
            for relation in RELATIONS if bound and known and method != "HEAD" else ("own_area",):
                yield route, role, relation, method


def test_nobody_is_let_in_or_kept_out_against_the_policy(world):
    clients, files = world
    wrong, seen = [], Counter()
    for route, role, relation, method in cells():
        if (route.name in OWN and method == "POST") or route.name == "sign-out":
            continue  # exercised one by one in test_sign_in
        want = expected(route, role, relation, method)
        got = answered(clients[role], method, address(route, files[relation]))
        open_row = got == "absent" and want == "allowed" and not set(names_of(route)) & set(NAMED) and names_of(route)
        elsewhere = route.name in ("open-elsewhere", "checkpoint") and got == "absent"  # no such claim, and nothing published yet
        seen[route.name] += 1
        if got != want and not open_row and not elsewhere:
            wrong.append(f"{method} {route.pattern} as {role}, {relation}: {got}, not {want}")
    assert not wrong, f"{len(wrong)} of {sum(seen.values())} cells:\n" + "\n".join(wrong[:60])
    assert {route.name for route in ROUTES} - set(seen) == {"sign-out", *(OWN - set(seen))}
    assert sum(seen.values()) > 2500


def test_a_method_override_changes_nothing(world):
    clients, files = world
    for route in ROUTES:
        path = address(route, files["own_area"])
        for method, other in (("GET", "POST"), ("POST", "DELETE")):
            if method in route.methods:
                continue
            got = answered(clients["administrator"], method, path, HTTP_X_HTTP_METHOD_OVERRIDE=other)
            assert got == "method", (route.name, method)


def patterns(resolver, prefix=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from patterns(one, prefix + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield prefix + str(one.pattern), one.callback


def operations():
    """The addresses of the REST interface with their rows, where there is one."""
    try:
        routes = importlib.import_module("aljabr.registry.api.routes")
    except ModuleNotFoundError:
        return {}
    rows = {re.sub(r"<\w+:", "<", route.pattern): route.permission for route in routes.API_ROUTES}
    return rows | {f"{routes.PREFIX}openapi.json": "public", routes.PREFIX: "public"}


def test_every_address_the_server_answers_has_a_row_of_the_policy(registry):
    known = {"public", "first_factor", "signed_in", *PERMISSIONS}
    rows = operations()
    addresses = {
        pattern: getattr(callback, "permission", None) or rows.get(pattern) for pattern, callback in patterns(get_resolver())
    }
    assert not {pattern: row for pattern, row in addresses.items() if row not in known}
    assert len(addresses) >= len({route.pattern for route in ROUTES})


def test_every_object_an_address_names_is_one_the_pages_check_or_no_claims(registry):
    no_claims = {"body", "step", "key", "hearing_id", "grant_id", "factor_id", "sign_in_id", "notice_id", "nomination_id"}
    no_claims |= {"schedule_id", "filter_id", *OTHERS}
    named = {name for route in ROUTES for name in names_of(route)}
    assert named <= no_claims | set(NAMED)
    assert set(vars(MISSING)) == set(NAMED)


def test_the_body_that_decides_is_another_for_the_other_body(world):
    clients, files = world
    path = f"/decisions/{files['other_body'].decision_id}/period"
    assert answered(clients["secretary"], "POST", path) == "refused"
    assert COURT != SUB
