"""The REST interface: tokens narrower than their users, the same rules as people meet, problems with a way out."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from aljabr.registry.api.routes import API_ROUTES
from aljabr.registry.days import legal_today
from aljabr.registry.events.models import Event
from aljabr.registry.policy import PERMISSIONS
from aljabr.registry.tokens.actions import make_token, revoke_token
from aljabr.registry.tokens.models import Token
from aljabr.registry.tokens.queries import viewer_of_token
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import house_claim, transferred

FILING = {
    "programme": "IQ-LAW20",
    "filing_key": "k-1",
    "filed_on": "2024-03-01",
    "area": "IQ-NI",
    "people": [{"full_name": "أحمد سالم", "role": "claimant"}],
    "items": [{"harm": "property", "claimed_minor": 5000, "facts": {"property_kind": "house"}}],
}


@pytest.fixture
def call(commission):
    """Call an operation as somebody by a token."""
    tokens = {}

    def called(name, method, path, body=None):
        if name not in tokens:
            viewer = commission.viewer(name)
            tokens[name] = make_token(viewer, label="test", roles=tuple(viewer.roles))[1]
        extra = {"HTTP_AUTHORIZATION": f"Bearer {tokens[name]}"}
        client = Client(SERVER_NAME="127.0.0.1")
        if method == "GET":
            return client.get(f"/api/v1/{path}", **extra)
        return client.post(f"/api/v1/{path}", json.dumps(body or {}), content_type="application/json", **extra)

    return called


def test_every_operation_has_a_permission_of_the_policy_and_a_name_of_its_own():
    assert {route.permission for route in API_ROUTES} <= set(PERMISSIONS)
    assert len({route.name for route in API_ROUTES}) == len(API_ROUTES)


def test_a_filing_sent_twice_is_one_claim_with_one_receipt(call):
    first, second = (call("intake", "POST", "claims", FILING) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert len(bytes.fromhex(first.json()["receipt"])) == 32
    other = call("intake", "POST", "claims", {**FILING, "filed_on": "2024-03-02"})
    assert (other.status_code, other.json()["code"]) == (409, "registry.conflict")


def test_a_refusal_is_a_problem_document_that_says_the_way_out(call):
    refused = call("reviewer_1", "POST", "claims", FILING)
    assert refused.status_code == 403
    assert refused["Content-Type"] == "application/problem+json"
    assert set(refused.json()) == {"type", "title", "status", "code", "what", "way_out"}
    assert "intake_officer" in refused.json()["way_out"]
    assert call("intake", "POST", "claims", {}).status_code == 422
    assert call("intake", "GET", "claims/clm_none").status_code == 404
    assert Client(SERVER_NAME="127.0.0.1").get("/api/v1/queues").status_code == 401
    assert Client(SERVER_NAME="127.0.0.1").get("/api/v1/queues", HTTP_AUTHORIZATION="Bearer aljabr_guess").status_code == 401


def test_a_claim_is_found_read_and_its_request_sent_and_answered(call):
    claim_id = call("intake", "POST", "claims", FILING).json()["id"]
    assert [found["id"] for found in call("intake", "GET", "claims?q=احمد سالم").json()["claims"]] == [claim_id]
    item_id = call("secretary", "GET", f"claims/{claim_id}").json()["items"][0]["id"]
    sent = call("secretary", "POST", f"items/{item_id}/request").json()
    assert call("secretary", "POST", f"requests/{sent['id']}/answer", {"answer": "objection"}).status_code == 409
    assert call("secretary", "POST", f"requests/{sent['id']}/answer", {"answer": "form_issued"}).status_code == 200
    case = call("secretary", "GET", f"claims/{claim_id}").json()
    assert [step["step"] for step in case["steps"] if step["live"]] == ["police_inquiry"]


def test_a_token_never_has_more_than_its_user_today_and_ends(commission):
    viewer = commission.viewer("secretary")
    with pytest.raises(NotAllowed, match="no more than its user"):
        make_token(viewer, label="x", roles=("administrator",))
    with pytest.raises(Conflict):
        make_token(viewer, label="x", roles=("secretary",), days=1000)
    token, secret = make_token(viewer, label="x", roles=("secretary",))
    assert secret not in str(Token.objects.filter(pk=token.pk).values())
    acting = viewer_of_token(secret)
    assert (acting.user_id, acting.roles) == (viewer.user_id, frozenset({"secretary"}))
    with pytest.raises(NotAllowed):
        make_token(acting, label="another", roles=("secretary",))
    commission.users["secretary"].grants.update(until_on=legal_today())
    assert viewer_of_token(secret).roles == frozenset()
    revoke_token(viewer, token)
    assert viewer_of_token(secret) is None
    assert Event.objects.filter(name="token.revoked", subject=f"token:{token.pk}").count() == 1


def test_an_expired_token_is_none(commission, monkeypatch):
    _, secret = make_token(commission.viewer("auditor"), label="x", roles=("auditor",), days=1)
    later = timezone.now() + timedelta(days=2)
    monkeypatch.setattr("aljabr.registry.tokens.queries.timezone.now", lambda: later)
    assert viewer_of_token(secret) is None


def test_only_its_user_or_an_administrator_revokes_a_token(commission):
    token, _ = make_token(commission.viewer("auditor"), label="x", roles=("auditor",))
    with pytest.raises(NotAllowed):
        revoke_token(commission.viewer("observer"), token)
    revoke_token(commission.viewer("admin_1"), token)


def test_a_claim_of_another_area_is_not_found_by_a_token(call, commission):
    claim = house_claim(commission.viewer("intake"), area="IQ-BA")
    transferred(commission.users["auditor"], area="IQ-NI")
    assert call("auditor", "GET", f"claims/{claim.pk}").status_code == 404
