"""The REST interface's access matrix: every operation × every role and nobody × every relation to the object, one policy."""

from __future__ import annotations

import itertools
import json
import logging
from collections import Counter

import pytest
from django.db import transaction
from django.test import Client

from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.api.interface import api
from aljabr.registry.api.routes import API_ROUTES
from aljabr.registry.policy import ROLES
from aljabr.registry.tokens.actions import make_token
from aljabr.registry.web.objects import NAMED
from tests.registry.casefiles import RELATIONS, case_files, officers
from tests.registry.test_access_matrix import NOBODY, address, expected, names_of

ANSWERS = {401: "sign_in", 403: "refused", 404: "absent", 405: "method", 422: "unreadable"}


def least(schema, definitions):
    """The least value a schema takes."""
    if "$ref" in schema:
        return least(definitions[schema["$ref"].rsplit("/", 1)[-1]], definitions)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return least(schema[choice][0], definitions)
    if "enum" in schema:
        return schema["enum"][0]
    if schema.get("format") == "date":
        return "2024-06-01"
    match schema.get("type"):
        case "object":
            free = {"x": least(schema["additionalProperties"], definitions)} if schema.get("minProperties") else {}
            return free | {name: least(schema["properties"][name], definitions) for name in schema.get("required", ())}
        case "array":
            return [least(schema["items"], definitions)] * schema.get("minItems", 0)
        case "integer" | "number":
            return 1
        case "boolean":
            return True
    return schema.get("const", "x")


def bodies():
    """What is sent to each operation that takes a body."""
    described = api.get_openapi_schema()
    definitions = described["components"]["schemas"]
    found = {}
    for methods in described["paths"].values():
        for operation in methods.values():
            body = operation.get("requestBody")
            if body:
                found[operation["operationId"]] = least(body["content"]["application/json"]["schema"], definitions)
    # An answer names a fact of the programme and says what the fact may be.
    return found | {"take-answer": {"facts": {"resident": True}}}


@pytest.fixture
def world(commission):
    """A token of every officer, and case files."""
    found = officers()
    files = case_files(commission, found)
    tokens = {}
    for role, user in found.items():
        viewer = viewer_of(user)
        viewer.bind()
        tokens[role] = make_token(viewer, label="matrix", roles=(role,))[1]
    logging.disable(logging.ERROR)  # refusals are what is looked for
    yield tokens, files
    logging.disable(logging.NOTSET)


def cells():
    for route, role in itertools.product(API_ROUTES, (*ROLES, NOBODY)):
        bound = bool(set(names_of(route)) & set(NAMED))
        for relation in RELATIONS if bound else ("own_area",):
            yield route, role, relation


def test_no_operation_lets_in_or_keeps_out_against_the_policy(world):
    tokens, files = world
    sent, client = bodies(), Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    wrong, seen = [], Counter()
    for route, role, relation in cells():
        headers = {"HTTP_AUTHORIZATION": f"Bearer {tokens[role]}"} if role != NOBODY else {}
        (method,) = route.methods
        body = json.dumps(sent.get(route.name.removeprefix("api-"), {}))
        with transaction.atomic():
            path = address(route, files[relation]) + ("?q=x" if method == "GET" else "")
            response = client.generic(method, path, body if method == "POST" else "", content_type="application/json", **headers)
            transaction.set_rollback(True)
        got = ANSWERS.get(response.status_code, "allowed" if response.status_code < 500 else "broken")
        want = expected(route, role, relation, method)
        open_row = got == "absent" and want == "allowed" and not set(names_of(route)) & set(NAMED) and names_of(route)
        seen[route.name] += 1
        unopened = route.name == "api-read-proposal" and role == "reviewer"  # who reviews opens it, after writing a view
        if got != ("absent" if unopened and want == "allowed" else want) and not open_row:
            wrong.append(f"{method} {route.pattern} as {role}, {relation}: {got}, not {want}")
    assert not wrong, f"{len(wrong)} of {sum(seen.values())} cells:\n" + "\n".join(wrong[:60])
    assert set(seen) == {route.name for route in API_ROUTES}
