"""Who read which claim is on record; break-glass opens one claim to read it, and tells those who supervise."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from aljabr.registry.accounts.actions import add_user, give_role
from aljabr.registry.accounts.models import Notice
from aljabr.registry.accounts.queries import notices_for, viewer_of
from aljabr.registry.claims.models import Opening, Reading
from aljabr.registry.events.models import Event
from aljabr.registry.viewers import system_viewer
from tests.registry.commission import house_claim
from tests.registry.signing import signed_in

REASON = "The claimant moved to our office and asks how far it is."


@pytest.fixture
def away(commission):
    """A reviewer of another governorate, and a claim of this one."""
    system_viewer().bind()
    user = add_user(system_viewer(), username="away", name="Away", password=None)
    give_role(system_viewer(), user, "reviewer", area="IQ-BA", from_on=date(2024, 1, 1))
    return commission, user, house_claim(commission.viewer("intake"))


def opened(client, claim, reason=REASON):
    return client.post("/claims/open", {"reference": claim.reference, "reason": reason})


def readings(claim):
    system_viewer().bind()
    return list(Reading.objects.filter(claim_id=claim.pk).values_list("user_id", "purpose").order_by("id"))


def test_every_page_of_a_claim_that_is_read_is_on_record_with_its_purpose(commission):
    claim = house_claim(commission.viewer("intake"))
    for name in ("intake", "secretary", "auditor", "reviewer_1"):
        assert signed_in(commission.users[name]).get(f"/claims/{claim.pk}").status_code == 200
    stated = signed_in(commission.users["reviewer_1"])
    stated.get(f"/claims/{claim.pk}?purpose=complaint")
    stated.get(f"/claims/{claim.pk}?purpose=curiosity")
    purposes = [purpose for _, purpose in readings(claim)]
    assert purposes == ["service_of_body", "service_of_body", "oversight", "area_office", "complaint", "area_office"]


def test_a_reading_is_never_changed_and_auditors_see_it(commission):
    claim = house_claim(commission.viewer("intake"))
    signed_in(commission.users["intake"]).get(f"/claims/{claim.pk}")
    commission.viewer("auditor")
    for statement in ("UPDATE readings SET purpose = 'complaint'", "DELETE FROM readings"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    page = signed_in(commission.users["auditor"]).get(f"/claims/{claim.pk}/readings")
    assert "الطلب لدى هيئته" in page.content.decode()
    assert signed_in(commission.users["secretary"]).get(f"/claims/{claim.pk}/readings").status_code == 403


def test_a_page_that_is_not_shown_is_no_reading(away):
    _, user, claim = away
    assert signed_in(user).get(f"/claims/{claim.pk}").status_code == 404
    assert readings(claim) == []


def test_an_officer_outside_the_area_opens_one_claim_to_read_it_and_it_is_told(away):
    people, user, claim = away
    client = signed_in(user)
    other = house_claim(people.viewer("intake"))
    assert opened(client, claim).headers["Location"] == f"/claims/{claim.pk}"
    assert client.get(f"/claims/{claim.pk}").status_code == 200
    assert client.get(f"/claims/{other.pk}").status_code == 404
    assert readings(claim) == [(user.pk, "break_glass")]
    assert Event.objects.get(claim_id=claim.pk, name="claim.opened").content == {"reason": REASON}
    told = [name for name, one in people.users.items() if (viewer_of(one).bind(), Notice.objects.exists())[1]]
    assert {"auditor", "secretary"} <= set(told)
    assert not {"admin_1", "intake", "court_secretary"} & set(told)
    notice = notices_for(people.viewer("auditor"))[0]
    watcher = signed_in(people.users["auditor"])
    assert REASON in watcher.get("/").content.decode()
    watcher.post(f"/notices/{notice.pk}/seen")
    assert REASON not in watcher.get("/").content.decode()


def test_what_was_opened_is_read_only(away):
    _, user, claim = away
    system_viewer().bind()
    give_role(system_viewer(), user, "intake_officer", area="IQ-BA", from_on=date(2024, 1, 1))
    client = signed_in(user)
    opened(client, claim)
    letter = {"direction": "in", "number": "1", "correspondent": "x", "subject": "x"}
    assert client.post(f"/claims/{claim.pk}/mail", letter).status_code == 404


def test_an_opening_ends(away):
    _, user, claim = away
    client = signed_in(user)
    viewer_of(user).bind()
    past = timezone.now() - timedelta(hours=5)
    Opening.objects.create(claim_id=claim.pk, user_id=user.pk, reason=REASON, opened_at=past, until=past + timedelta(hours=4))
    assert client.get(f"/claims/{claim.pk}").status_code == 404


def test_a_sealed_claim_is_not_opened_and_not_told_from_one_that_does_not_exist(away):
    _, user, _ = away
    system_viewer().bind()
    sealed = house_claim(system_viewer(), sealed_unit="women")
    client = signed_in(user)
    answers = [client.post("/claims/open", {"reference": name, "reason": REASON}) for name in (sealed.reference, "NO-SUCH-CLAIM")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert len({answer.content.split(b"csrfmiddlewaretoken")[0] for answer in answers}) == 1
    viewer_of(user).bind()
    with pytest.raises(DatabaseError), transaction.atomic():
        Opening.objects.create(claim_id=sealed.pk, user_id=user.pk, reason=REASON, opened_at=timezone.now(), until=timezone.now())


def test_no_one_opens_a_claim_for_another_or_without_a_reason_or_for_long(away):
    people, user, claim = away
    viewer_of(user).bind()
    now = timezone.now()
    good = {"claim_id": claim.pk, "user_id": user.pk, "reason": REASON, "opened_at": now, "until": now + timedelta(hours=1)}
    for wrong in ({"user_id": people.users["intake"].pk}, {"reason": " "}, {"until": now + timedelta(days=2)}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Opening.objects.create(**{**good, **wrong})
    assert opened(signed_in(user), claim, reason="short").status_code == 409


def test_whoever_acts_in_one_area_and_reads_in_another_does_not_act_there(commission):
    system_viewer().bind()
    user = add_user(system_viewer(), username="both", name="Both", password=None)
    give_role(system_viewer(), user, "intake_officer", area="IQ-BA", from_on=date(2024, 1, 1))
    give_role(system_viewer(), user, "reviewer", area="IQ-NI", from_on=date(2024, 1, 1))
    claim = house_claim(commission.viewer("intake"))
    client = signed_in(user)
    assert client.get(f"/claims/{claim.pk}").status_code == 200
    letter = {"direction": "in", "number": "1", "correspondent": "x", "subject": "x"}
    assert client.post(f"/claims/{claim.pk}/mail", letter).status_code == 404
