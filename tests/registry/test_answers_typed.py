"""What people state is of its type or refused beside its field, in pages and interface alike; the rest of the form is kept."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from aljabr.registry import law
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.parties.models import Person
from aljabr.registry.procedure.actions import ask_for_more, draw_reviewer
from aljabr.registry.stated import FieldsRefused, read_answers
from aljabr.registry.tokens.actions import make_token
from tests.registry import signing
from tests.registry.commission import house_claim
from tests.registry.test_walk import ask_and_answer, seeded  # noqa: F401

FORM = {"filing_key": "k", "area": "IQ-NI", "harm": "property", "full_name": "سالم", "incident": "احترق البيت"}
ANSWERS = [
    ("resident", "نعم", True),
    ("resident", "Yes", True),
    ("resident", "بەڵێ", True),
    ("resident", "✓", True),
    ("resident", "لا", False),
    ("resident", True, True),
    ("disability_percent", "62.5", "62.5"),
    ("disability_percent", 62.5, "62.5"),
    ("disability_percent", "60%", 60),
    ("disability_percent", "٦٠٪", 60),
    ("disability_percent", 60, 60),
    ("disability_percent", "0.5%", "0.5"),
    ("assessed_minor", "2500000", 2_500_000_000),
    ("assessed_minor", 2_500_000, 2_500_000_000),
    ("assessed_minor", "٢،٥٠٠،٠٠٠ دينار", 2_500_000_000),
    ("property_kind", "house", "house"),
    ("relation", "self", "self"),
    ("incident_earliest_on", "10/6/2014", "2014-06-10"),
]
REFUSED = [
    ("resident", "ربما", "boolean.unreadable"),
    ("resident", "", "value.missing"),
    ("resident", None, "value.missing"),
    ("resident", 2, "boolean.unreadable"),
    ("disability_percent", "ستون", "number.unreadable"),
    ("disability_percent", "²", "number.unreadable"),
    ("disability_percent", "62,5", "number.unreadable"),
    ("disability_percent", "101", "value.range"),
    ("disability_percent", "0.6", "number.share"),
    ("disability_percent", True, "number.unreadable"),
    ("disability_percent", ["60"], "value.type"),
    ("assessed_minor", "250.000", "money.ambiguous"),
    ("assessed_minor", "-5", "money.negative"),
    ("assessed_minor", "5000 USD", "money.currency"),
    ("property_kind", "palace", "value.unknown"),
    ("incident_earliest_on", "2014", "date.not_a_day"),
    ("incident_earliest_on", "abc", "date.unreadable"),
    ("harm", "death", "fact.unknown"),
    ("party_card", "x", "fact.unknown"),
]


@pytest.mark.parametrize(("fact", "stated", "answer"), ANSWERS)
def test_an_answer_is_of_its_facts_type(registry, fact, stated, answer):
    read = read_answers(law.programme("IQ-LAW20"), {fact: stated})
    assert read == {fact: answer}
    assert type(read[fact]) is type(answer)


@pytest.mark.parametrize(("fact", "stated", "code"), REFUSED)
def test_an_answer_that_is_none_is_refused_with_its_field(registry, fact, stated, code):
    with pytest.raises(FieldsRefused) as caught:
        read_answers(law.programme("IQ-LAW20"), {fact: stated, "resident": stated if fact == "resident" else "yes"})
    assert [(one.field, one.code) for one in caught.value.wrong] == [(fact, code)]
    assert caught.value.what
    assert caught.value.way_out


@pytest.fixture
def waiting(seeded):  # noqa: F811
    """An item under review that waits for the claimant, who was asked two things."""
    commission = seeded
    item = house_claim(commission.viewer("intake")).items.get()
    secretary = commission.viewer("secretary")
    ask_and_answer(commission, item, "form_issued", "answered")
    officer = draw_reviewer(secretary, item).officer_id
    reviewer = next(name for name, user in commission.users.items() if user.pk == officer)
    asked = ("resident", "disability_percent")
    ask_for_more(commission.viewer(reviewer), item, facts=asked, message="نحتاج إلى هذا.")
    return item


def signed_in(commission, name="intake"):
    return signing.signed_in(commission.users[name])


def facts_of(item):
    return ClaimItem.objects.get(pk=item.pk).facts


def test_the_page_says_what_was_asked_why_and_of_whom_and_answers_by_choice(commission, waiting):
    client = signed_in(commission)
    client.cookies["aljabr_language"] = "en"
    page = client.get(f"/claims/{waiting.claim_id}").content.decode()
    assert "Asked of: the claimant" in page
    assert "Asked of: this office, not the claimant" in page
    assert "From 0 to 100." in page
    assert "نحتاج إلى هذا." in page
    assert '<input type="radio"' in page
    assert 'name="answer-resident" value="yes"' in page
    assert 'name="answer-disability_percent" inputmode="decimal"' in page
    assert 'name="answer-property_kind"><option value="">' in page


def test_a_refused_answer_stays_in_its_field_with_what_is_wrong(commission, waiting):
    sent = {"answer-resident": "yes", "answer-disability_percent": "ستون", "answer-property_kind": "shop"}
    answer = signed_in(commission).post(f"/items/{waiting.pk}/answer", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="ستون"' in page
    assert 'id="wrong-answer-disability_percent"' in page
    assert 'name="answer-resident" value="yes" checked' in page
    assert '<option value="shop" selected>' in page
    assert facts_of(waiting) == {"property_kind": "house"}


def test_answers_are_taken_together_and_typed(commission, waiting):
    sent = {"answer-resident": "no", "answer-disability_percent": "٦٠٪", "answer-cause": "", "answer-assessed_minor": "2500000"}
    assert signed_in(commission).post(f"/items/{waiting.pk}/answer", sent).status_code == 302
    found = facts_of(waiting)
    assert (found["resident"], found["disability_percent"], found["assessed_minor"]) == (False, 60, 2_500_000_000)


@pytest.mark.parametrize("said", ["نعم", "Yes", "بەڵێ", "✓"])
def test_one_fact_named_with_its_value_is_read_and_never_stored_as_no(commission, waiting, said):
    signed_in(commission).post(f"/items/{waiting.pk}/answer", {"fact": "resident", "value": said})
    assert facts_of(waiting)["resident"] is True


@pytest.mark.parametrize("said", ["ربما", "²", "yes and no"])
def test_what_says_neither_yes_nor_no_is_stored_nowhere(commission, waiting, said):
    answer = signed_in(commission).post(f"/items/{waiting.pk}/answer", {"fact": "resident", "value": said})
    assert answer.status_code == 422
    assert "resident" not in facts_of(waiting)


TYPED_WRONG = [
    ("claimed", "250.000"),
    ("claimed", "2500,50"),
    ("claimed", "12,5"),
    ("claimed", "٢٥٠٠,٥"),
    ("incident_on", "3014-06-10"),
    ("incident_on", "abc"),
    ("incident_on", "2099-01-01"),
    ("born", "3014-06-10"),
    ("born", "abc"),
    ("phone", "hello"),
]


@pytest.mark.parametrize(("field", "typed"), TYPED_WRONG)
def test_a_filing_with_a_wrong_field_is_refused_beside_it_and_keeps_the_rest(commission, field, typed):
    answer = signed_in(commission).post("/claims/new", {**FORM, "exhibit": "title_deed", field: typed})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="wrong-{field}"' in page
    assert f'value="{typed}"' in page
    assert 'value="سالم"' in page
    assert "احترق البيت</textarea>" in page
    assert 'value="title_deed" checked' in page
    assert not Claim.objects.filter(filing_key="k").exists()


def test_all_wrong_fields_are_said_at_once(commission):
    page = signed_in(commission).post("/claims/new", {**FORM, "born": "abc", "phone": "hello", "claimed": "12,5"}).content.decode()
    assert [name in page for name in ("wrong-born", "wrong-phone", "wrong-claimed")] == [True] * 3


def test_an_incident_may_be_known_only_to_the_month(commission):
    sent = {**FORM, "incident_on": "06/2014", "born": "١٩٨٠", "phone": "0770 123 4567 / 07501234568"}
    assert signed_in(commission).post("/claims/new", sent).status_code == 302
    item = ClaimItem.objects.get(claim__filing_key="k")
    assert (str(item.incident_earliest_on), str(item.incident_latest_on)) == ("2014-06-01", "2014-06-30")
    assert Person.objects.get(claim_id=item.claim_id).born == "1980"


@pytest.fixture
def call(commission):
    """Send something to the interface as the intake officer."""
    viewer = commission.viewer("intake")
    secret = make_token(viewer, label="test", roles=tuple(viewer.roles))[1]

    def called(path, body):
        client = Client(SERVER_NAME="127.0.0.1")
        sent = json.dumps(body)
        return client.post(f"/api/v1/{path}", sent, content_type="application/json", HTTP_AUTHORIZATION=f"Bearer {secret}")

    return called


def test_the_interface_refuses_what_the_page_refuses(call, waiting):
    refused = call(f"items/{waiting.pk}/answer", {"facts": {"resident": "ربما", "disability_percent": "²"}})
    assert refused.status_code == 422
    assert {(one["field"], one["code"]) for one in refused.json()["errors"]} == {
        ("facts.resident", "boolean.unreadable"),
        ("facts.disability_percent", "number.unreadable"),
    }
    assert call(f"items/{waiting.pk}/answer", {"facts": {"resident": "نعم", "assessed_minor": "2500000"}}).status_code == 200
    assert facts_of(waiting) | {"resident": True, "assessed_minor": 2_500_000_000} == facts_of(waiting)


def test_the_interface_names_each_field_of_a_filing(call):
    filing = {
        "programme": "IQ-LAW20",
        "filing_key": "k",
        "filed_on": "2024-03-01",
        "area": "IQ-NI",
        "people": [{"full_name": "سالم", "role": "claimant", "born": "abc", "phone": "hello"}],
        "items": [{"harm": "property", "claimed": "250.000", "facts": {"property_kind": "palace"}}],
    }
    refused = call("claims", filing)
    assert refused.status_code == 422
    fields = ["people.0.born", "people.0.phone", "items.0.claimed", "items.0.facts.property_kind"]
    assert [one["field"] for one in refused.json()["errors"]] == fields
    good = {**filing, "people": [{"full_name": "سالم", "role": "claimant"}], "items": [{"harm": "property", "claimed": "2500000"}]}
    assert call("claims", good).status_code == 201
    assert ClaimItem.objects.get(claim__filing_key="k").claimed_minor == 2_500_000_000


@pytest.mark.parametrize("minor", ["250.000", "5000", 5000.0, True])
def test_minor_units_are_a_whole_number_and_nothing_else(call, minor):
    filing = {"programme": "IQ-LAW20", "filing_key": "k", "filed_on": "2024-03-01", "area": "IQ-NI"}
    filing |= {"people": [{"full_name": "سالم", "role": "claimant"}], "items": [{"harm": "property", "claimed_minor": minor}]}
    assert call("claims", filing).status_code == 422
