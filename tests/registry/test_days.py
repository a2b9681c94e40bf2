"""The legal day is that of the programme's zone: at 22:30 UTC on 30 May it is 31 May in Baghdad, in pages and interface alike."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client, override_settings

from aljabr.registry import days
from aljabr.registry.accounts.actions import add_user, give_role
from aljabr.registry.accounts.queries import viewer_of
from aljabr.registry.claims.models import Claim
from aljabr.registry.decisions.actions import end_period
from aljabr.registry.decisions.models import Appeal, Decision, Service
from aljabr.registry.procedure.models import ExternalRequest
from aljabr.registry.tokens.actions import make_token
from aljabr.registry.viewers import Conflict, system_viewer
from tests.conftest import ROOT
from tests.registry import signing
from tests.registry.commission import SUB, house_claim
from tests.registry.test_api import FILING
from tests.registry.test_appeals import people, served  # noqa: F401
from tests.registry.test_walk import ask_and_answer, decide, review

LATE_EVENING = datetime(2026, 5, 30, 22, 30, tzinfo=UTC)
MAY_30, MAY_31 = date(2026, 5, 30), date(2026, 5, 31)


@pytest.fixture
def late_evening(monkeypatch):
    """Half past ten in the evening of 30 May in Greenwich: half past one of 31 May in Baghdad."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATE_EVENING)


@pytest.mark.usefixtures("registry", "late_evening")
@override_settings(PROGRAMMES=("IQ-LAW20", "UN-UNCC"))
def test_the_day_is_the_programmes():
    assert days.legal_today("IQ-LAW20") == MAY_31 == days.legal_today("UN-UNCC")  # 01:30 in Baghdad, 00:30 in Geneva
    assert days.legal_day(datetime(2026, 5, 30, 21, 30, tzinfo=UTC), "UN-UNCC") == MAY_30
    assert days.legal_day(datetime(2026, 5, 30, 21, 30, tzinfo=UTC), "IQ-LAW20") == MAY_31 == days.legal_day(LATE_EVENING)


def test_a_claim_filed_late_in_the_evening_has_the_day_of_baghdad_in_pages(people, late_evening):  # noqa: F811
    client = signing.signed_in(people.users["intake"])
    form = {"filing_key": "k-late", "area": "IQ-NI", "full_name": "أحمد سالم", "harm": "property", "filed_on": ""}
    assert client.post("/claims/new", form).status_code == 302
    claim = Claim.objects.get(filing_key="k-late")
    assert claim.filed_on == MAY_31


def test_an_act_through_the_interface_has_the_day_of_baghdad(people, late_evening):  # noqa: F811
    calls = {}
    for name in ("intake", "secretary"):
        viewer = people.viewer(name)
        calls[name] = {"HTTP_AUTHORIZATION": f"Bearer {make_token(viewer, label='t', roles=tuple(viewer.roles))[1]}"}
    client = Client(SERVER_NAME="127.0.0.1")
    filed = {**FILING, "filed_on": "2026-05-31"}
    answer = client.post("/api/v1/claims", json.dumps(filed), content_type="application/json", **calls["intake"])
    assert answer.status_code == 201, answer.content
    item = Claim.objects.get(filing_key="k-1").items.get()
    asked = client.post(f"/api/v1/items/{item.pk}/request", json.dumps({}), content_type="application/json", **calls["secretary"])
    assert asked.status_code in (200, 201), asked.content
    assert ExternalRequest.objects.get(item=item).sent_on == MAY_31


def test_a_decision_has_the_day_of_baghdad(people, late_evening):  # noqa: F811
    item = house_claim(people.viewer("intake")).items.get()
    ask_and_answer(people, item, "form_issued", "answered")
    review(people, item, outcome="granted", amount_minor=1_000, ground="x")
    assert decide(people, item, SUB, "secretary", outcome="granted", amount_minor=1_000, ground="x").decided_on == MAY_31


@pytest.mark.parametrize(("last", "late"), [(MAY_30, True), (MAY_31, False)])
def test_the_last_day_of_an_appeal_ends_at_midnight_in_baghdad(people, late_evening, last, late):  # noqa: F811
    item, decision, service = served(people)
    Service.objects.filter(pk=service.pk).update(appeal_until=last)
    client = signing.signed_in(people.users["intake"])
    form = {"reasons": "The house is gone.", "lodged_on": "", "late_reasons": "I was ill."}
    assert client.post(f"/decisions/{decision.pk}/appeal", form).status_code == 302
    appeal = Appeal.objects.get(claim_id=item.claim_id)
    assert (appeal.lodged_on, appeal.late) == (MAY_31, late)


def test_a_period_runs_until_its_last_day_is_over_in_baghdad(people, late_evening):  # noqa: F811
    item, decision, service = served(people)
    Service.objects.filter(pk=service.pk).update(appeal_until=MAY_31)
    with pytest.raises(Conflict, match="has not passed"):
        end_period(people.viewer("secretary"), decision)
    Service.objects.filter(pk=service.pk).update(appeal_until=MAY_30)
    end_period(people.viewer("secretary"), Decision.objects.get(pk=decision.pk))
    assert not item.steps.filter(live=True).exists()


def test_a_role_that_begins_on_31_may_is_held_already(people, late_evening):  # noqa: F811
    system = system_viewer()
    system.bind()
    user = add_user(system, username="late", name="late", password=None)
    give_role(system, user, "auditor", from_on=MAY_31)
    assert viewer_of(user).roles == {"auditor"}
    give_role(system, user, "observer")
    assert set(user.grants.values_list("from_on", flat=True)) == {MAY_31}


def test_the_database_knows_the_zones_of_the_transaction(people):  # noqa: F811
    people.viewer("secretary").bind()
    with connection.cursor() as cursor:
        cursor.execute("SELECT legal_day(%s, 'IQ-LAW20'), legal_day(%s), legal_day(%s, 'unknown')", [LATE_EVENING] * 3)
        assert cursor.fetchone() == (MAY_31, MAY_31, MAY_31)
        cursor.execute("SELECT set_config('aljabr.zones', '', true), legal_day(%s, 'IQ-LAW20')", [LATE_EVENING])
        assert cursor.fetchone()[1] == MAY_30


def test_pages_show_instants_in_the_zone(people, late_evening):  # noqa: F811
    claim = house_claim(people.viewer("intake"))
    page = (
        signing.signed_in(people.users["secretary"]).get(f"/claims/{claim.pk}", headers={"accept-language": "en"}).content.decode()
    )
    assert "31 May 2026" in page and "01:30" in page
    assert "22:30" not in page


SOURCES = sorted((ROOT / "src" / "aljabr" / "registry").rglob("*.py"))
OTHERS = sorted(path for path in (ROOT / "src" / "aljabr").rglob("*.py") if "registry" not in path.parts)


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_other_clock_says_which_day_it_is(path):
    text = path.read_text(encoding="utf-8")
    told = re.findall(r"localdate\(|date\.today\(|datetime\.(?:now|today|utcnow)\(|now\(\)\.(?:date|year|month|day)\b", text)
    assert not told, "the legal day comes from registry/days.py"


def test_in_the_engine_a_day_of_now_comes_from_the_programme():
    kept = {"programmes/records.py", "feel/dynamic/graph.py", "feel/dynamic/expressions.py", "runs/reviewing.py"}
    pattern = re.compile(r"date\.today\(|datetime\.(?:now|today|utcnow)\(")
    found = {path.relative_to(ROOT / "src" / "aljabr").as_posix() for path in OTHERS if pattern.search(path.read_text("utf-8"))}
    assert found <= kept  # the record itself; FEEL's now() and today(), which a caller may set; the instant of a judgement


def test_in_the_database_a_day_of_now_comes_from_legal_day():
    text = (ROOT / "src/aljabr/registry/guards/sql/days.sql").read_text("utf-8")
    assert not re.search(r"current_date|_at::date|now\(\)::date|localtimestamp", text, re.IGNORECASE)
    # Earlier files are history: what they say of days is replaced by days.sql, and no later file may say more.
    older = {"guards.sql": 1, "depth.sql": 5}
    for path in sorted((ROOT / "src/aljabr/registry/guards/sql").glob("*.sql")):
        said = re.findall(r"current_date|_at::date|now\(\)::date|localtimestamp", path.read_text("utf-8"), re.IGNORECASE)
        assert len(said) == older.get(path.name, 0), path.name
