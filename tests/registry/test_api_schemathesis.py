"""Generated requests, seeded and few, against every operation for several roles: no 5xx, no status the description lacks."""

from __future__ import annotations

from datetime import date

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from aljabr.registry.decisions.actions import open_motion
from aljabr.registry.procedure.actions import answer_request, send_request
from aljabr.registry.tokens.actions import make_token
from tests.registry.commission import SUB, found_commission, house_claim
from tests.registry.servers import copied
from tests.registry.test_walk import review

ROLES = ("intake", "reviewer_1", "secretary", f"{SUB}_1", "admin_1")
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)


@pytest.fixture(scope="module")
def interface(registry):
    """The application, a token for every role, identifiers of real things."""
    patch = pytest.MonkeyPatch()
    patch.setattr("aljabr.registry.procedure.actions.first_checkpoint", lambda after: ("ab" * 32, 7))
    with copied(registry, "api"):
        with transaction.atomic():
            people = found_commission(on=date(2024, 1, 1))
            item = house_claim(people.viewer("intake")).items.get()
            for answer in ("form_issued", "answered"):
                asked = send_request(people.viewer("secretary"), item, disclosed={"reference": "x"})
                answer_request(people.viewer("secretary"), asked, answer=answer)
            review(people, item, outcome="granted", amount_minor=1_000, ground="x")
            motion = open_motion(people.viewer("secretary"), item, outcome="granted", amount_minor=1_000, ground="x")
            tokens = {}
            for name in ROLES:
                viewer = people.viewer(name)
                tokens[name] = make_token(viewer, label="test", roles=tuple(viewer.roles), days=1)[1]
            real = {"claim_id": item.claim_id, "item_id": item.pk, "motion_id": motion.pk, "request_id": asked.pk, "body": SUB}
        yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application()), tokens, real
    patch.undo()


@pytest.mark.parametrize("role", ROLES)
def test_no_generated_request_breaks_the_interface(interface, role):
    schema, tokens, real = interface
    headers = {"Authorization": f"Bearer {tokens[role]}"}
    called = 0
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(
            max_examples=3,
            derandomize=True,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy())
        def play(case):
            for identified in (False, True):
                if identified:
                    case.path_parameters = {name: real.get(name, value) for name, value in case.path_parameters.items()}
                case.validate_response(case.call(headers=headers), checks=CHECKS)

        play()
        called += 1
    assert called == 26
