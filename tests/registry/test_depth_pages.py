"""The pages of what follows a decision, opened and used by the people they are for."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aljabr.registry.bodies.models import Body, Hearing
from aljabr.registry.decisions.models import Appeal, Decision, Motion, Schedule
from aljabr.registry.decisions.sittings import hold_hearing
from aljabr.registry.evidence.models import Exhibit
from tests.registry import signing
from tests.registry.commission import SUB, house_claim
from tests.registry.test_appeals import lodged, people, served  # noqa: F401
from tests.registry.test_schedules import items_at_vote


@pytest.fixture
def signed_in(people, tmp_path):  # noqa: F811
    """A browser of one of the commission's people."""
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path):
        yield lambda name: signing.signed_in(people.users[name])


def opened(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def sent(client, path, **form):
    response = client.post(path, form)
    assert response.status_code == 302, (path, response.status_code, response.content[:500])


def test_an_appeal_is_shown_and_put_to_the_vote_on_the_claims_page(people, signed_in):  # noqa: F811
    item, decision, _ = served(people)
    page = opened(signed_in("intake"), f"/claims/{item.claim_id}")
    assert f"/decisions/{decision.pk}/appeal" in page
    sent(signed_in("intake"), f"/decisions/{decision.pk}/appeal", reasons="The house is gone.", lodged_on="2024-04-02")
    appeal = Appeal.objects.get()
    assert f"/appeals/{appeal.pk}/motion" in opened(signed_in("court_secretary"), f"/claims/{item.claim_id}")
    assert f"/appeals/{appeal.pk}/motion" not in opened(signed_in("secretary"), f"/claims/{item.claim_id}")
    sent(signed_in("court_secretary"), f"/appeals/{appeal.pk}/motion", outcome="amended", amount="100", ground="g")
    motion = Motion.objects.get(appeal=appeal)
    sent(signed_in("court_secretary"), f"/motions/{motion.pk}/end")


def test_a_correction_is_put_from_the_page_and_a_withdrawal_recorded(people, signed_in):  # noqa: F811
    item, decision, _ = served(people, "granted", 1_000)
    assert f"/decisions/{decision.pk}/correction" in opened(signed_in("secretary"), f"/claims/{item.claim_id}")
    sent(signed_in("secretary"), f"/decisions/{decision.pk}/correction", amount="10", ground="", reason="A nought.")
    assert Motion.objects.get(corrects=decision).ground == decision.ground
    other = house_claim(people.viewer("intake")).items.get()
    sent(signed_in("intake"), f"/items/{other.pk}/withdrawal", reason="Mine.")
    assert f"/items/{other.pk}/reopening" in opened(signed_in("intake"), f"/claims/{other.claim_id}")
    sent(signed_in("intake"), f"/items/{other.pk}/reopening")
    assert signed_in("secretary").post(f"/items/{other.pk}/withdrawal", {"reason": "x"}).status_code == 403


def test_a_sitting_from_agenda_to_signed_minutes(people, signed_in):  # noqa: F811
    items = items_at_vote(people, 2)
    hearing = hold_hearing(people.viewer("secretary"), Body.objects.get(key=SUB), held_on=date(2024, 5, 5))
    secretary = signed_in("secretary")
    for item in items:
        assert f"/items/{item.pk}/agenda" in opened(secretary, f"/claims/{item.claim_id}")
        sent(secretary, f"/items/{item.pk}/agenda", hearing=hearing.pk)
    assert f'value="{items[0].pk}"' in opened(secretary, f"/hearings/{hearing.pk}")
    amounts = {f"amount-{item.pk}": "12" for item in items}
    sent(secretary, f"/hearings/{hearing.pk}/schedule", item=[item.pk for item in items], outcome="granted", ground="g", **amounts)
    schedule = Schedule.objects.get()
    assert "12" in opened(signed_in(f"{SUB}_1"), f"/schedules/{schedule.pk}")
    for number in range(1, 6):
        sent(signed_in(f"{SUB}_{number}"), f"/schedules/{schedule.pk}/vote", choice="for")
    sent(secretary, f"/schedules/{schedule.pk}/decisions")
    assert "1-2/" in opened(secretary, f"/schedules/{schedule.pk}")
    sent(secretary, f"/hearings/{hearing.pk}/minutes", minutes="محضر")
    sent(secretary, f"/hearings/{hearing.pk}/scan", file=SimpleUploadedFile("m.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 9))
    hearing = Hearing.objects.get()
    assert hearing.scan_sha256 in opened(signed_in("observer"), f"/hearings/{hearing.pk}")
    assert secretary.get(f"/hearings/{hearing.pk}/signed")["X-Content-SHA256"] == hearing.scan_sha256
    decision = Decision.objects.first()
    sent(secretary, f"/decisions/{decision.pk}/point", question="q", holding="h", cite="art. 3")
    assert "art. 3" in opened(signed_in("observer"), "/points?q=h")


def test_an_exhibit_is_handed_out_as_an_attachment_and_a_hostile_one_not(people, signed_in):  # noqa: F811
    item = house_claim(people.viewer("intake")).items.get()
    for content in (b"%PDF-1.7 deed", b"MZ program"):
        sent(signed_in("intake"), f"/items/{item.pk}/exhibits", kind="deed", file=SimpleUploadedFile("deed.pdf", content))
    good, bad = Exhibit.objects.order_by("quarantined_because", "id")
    response = signed_in("reviewer_1").get(f"/exhibits/{good.pk}")
    assert (response.content, response["Content-Disposition"].split(";")[0]) == (b"%PDF-1.7 deed", "attachment")
    assert signed_in("reviewer_1").get(f"/exhibits/{bad.pk}").status_code == 409
    assert signed_in("admin_1").get(f"/exhibits/{good.pk}").status_code == 403
    assert "deed.pdf" in opened(signed_in("intake"), f"/claims/{item.claim_id}")


def test_a_member_declares_kin_and_the_secretary_settles_the_doubt(people, signed_in):  # noqa: F811
    assert "/interests" in opened(signed_in(f"{SUB}_1"), "/")
    sent(signed_in(f"{SUB}_1"), "/interests", relation="self", full_name="خالد محمود سالم الجبوري", id_number="")
    items_at_vote(people, 1)
    from aljabr.registry.bodies.models import KinshipDoubt

    doubt = KinshipDoubt.objects.get()
    assert f"/doubts/{doubt.pk}" in opened(signed_in("secretary"), f"/claims/{doubt.claim_id}")
    sent(signed_in("secretary"), f"/doubts/{doubt.pk}", kin="yes", because="Civil record.")
    assert signed_in(f"{SUB}_2").post(f"/doubts/{doubt.pk}", {"kin": "no", "because": "x"}).status_code == 403


def test_an_objection_is_told_voted_on_and_shown(people, signed_in):  # noqa: F811
    from aljabr.registry.procedure.actions import answer_request, send_request
    from aljabr.registry.procedure.models import ExternalRequest, Objection

    item = house_claim(people.viewer("intake")).items.get()
    request = send_request(people.viewer("secretary"), item, disclosed={})
    ExternalRequest.objects.update(sent_on=date(2024, 1, 1), due_on=date(2024, 1, 31))
    secretary = signed_in("secretary")
    assert f"/requests/{request.pk}/reminder" in opened(secretary, "/outside")
    sent(secretary, f"/requests/{request.pk}/reminder")
    answer_request(people.viewer("secretary"), request, answer="objection", reasons="He sold it.")
    objection = Objection.objects.get()
    assert f"/objections/{objection.pk}/notice" in opened(secretary, f"/claims/{item.claim_id}")
    sent(secretary, f"/objections/{objection.pk}/notice", on="", says="Never.")
    assert f"/objections/{objection.pk}/motion" in opened(secretary, f"/claims/{item.claim_id}")
    sent(secretary, f"/objections/{objection.pk}/motion", outcome="objection_upheld", ground="g")
    motion = Motion.objects.get(objection=objection)
    for number in range(1, 6):
        sent(signed_in(f"{SUB}_{number}"), f"/motions/{motion.pk}/vote", choice="for")
    sent(secretary, f"/motions/{motion.pk}/decision")
    assert "/service" in opened(secretary, f"/claims/{item.claim_id}")


def test_anybody_sees_the_figures(people, signed_in):  # noqa: F811
    from django.test import Client

    assert "SHA" not in opened(Client(headers={"host": "localhost"}), "/figures")


def test_the_calendar_a_mediation_and_an_attestation_on_their_pages(people, signed_in):  # noqa: F811
    from aljabr.registry.accounts.actions import give_role
    from aljabr.registry.claims.models import Mandate
    from aljabr.registry.viewers import system_viewer
    from tests.registry.commission import _user

    system_viewer().bind()
    people.users["mediator"] = _user("mediator")
    give_role(system_viewer(), people.users["mediator"], "mediator")
    item, decision, _ = served(people, "granted", 1_000)
    secretary, mediator = signed_in("secretary"), signed_in("mediator")
    assert mediator.get(f"/claims/{item.claim_id}").status_code == 404
    assert "/mediator" in opened(secretary, f"/claims/{item.claim_id}")
    form = {"mediator": people.users["mediator"].pk, "purpose": "p", "until_on": "2999-01-01", "scope": ["people"]}
    sent(secretary, f"/claims/{item.claim_id}/mediator", **form)
    mandate = Mandate.objects.get()
    assert item.claim_id in opened(mediator, "/")
    assert f"/mandates/{mandate.pk}/report" in opened(mediator, f"/claims/{item.claim_id}")
    sent(mediator, f"/mandates/{mandate.pk}/report", text="Agreed.")
    sent(secretary, f"/mandates/{mandate.pk}/end")
    sent(secretary, "/calendar/days", title="عيد", first="2030-01-01", last="2030-01-03", area="", suspends="no")
    assert "2030" in opened(secretary, "/calendar")
    sent(signed_in("observer"), f"/decisions/{decision.pk}/attestation", verdict="dissents", text="Too quick.")
    sent(signed_in("observer"), "/months", month="2024-05", verdict="attests", text="")
    assert "Too quick." in opened(signed_in("observer"), "/figures")


def test_signs_of_favour_priorities_and_saved_filters_on_their_pages(people, signed_in):  # noqa: F811
    from aljabr.registry.procedure.models import SavedFilter
    from tests.registry.test_favour import RULE, decided, queue_of

    first, second, third = queue_of(people, 3)
    sent(signed_in("secretary"), f"/items/{second.pk}/priority", rule=RULE, reason="Orphans.")
    assert RULE in opened(signed_in("secretary"), f"/claims/{second.claim_id}")
    decided(people, third)
    assert first.claim_id in opened(signed_in("auditor"), "/favour")
    assert signed_in("secretary").get("/favour").status_code == 403
    queue = f"/queues/{SUB}/recommendation?state=open"
    assert "/filters" in opened(signed_in("secretary"), queue)
    sent(signed_in("secretary"), "/filters", title="Before the vote", address=queue)
    assert "Before the vote" in opened(signed_in("secretary"), "/")
    people.viewer("secretary")
    sent(signed_in("secretary"), f"/filters/{SavedFilter.objects.get().pk}/drop")
