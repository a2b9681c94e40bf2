"""Exports need a second person, hold what their asker may see, name their recipient, and expire."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from aljabr.registry.days import legal_today
from aljabr.registry.events.models import Event
from aljabr.registry.exports.actions import Gone, approve_export, ask_export, download_export
from aljabr.registry.exports.models import Export
from aljabr.registry.exports.rows import path_of, row_mark
from aljabr.registry.procedure.filing import StatedPerson
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import house_claim, transferred
from tests.registry.signing import signed_in


@pytest.fixture
def people(commission, settings_at):
    for name in ("=HYPERLINK(1)", "سعاد رحيم"):
        house_claim(commission.viewer("intake"), people=(StatedPerson(full_name=name, role="claimant"),))
    house_claim(commission.viewer("intake"), area="IQ-BA", people=(StatedPerson(full_name="بهاء نوري", role="claimant"),))
    inside = replace(commission.viewer("intake"), units=frozenset({"women"}))
    inside.bind()
    house_claim(inside, sealed_unit="women", people=(StatedPerson(full_name="مختومة", role="claimant"),))
    return commission


@pytest.fixture
def settings_at(tmp_path, monkeypatch):
    from django.conf import settings

    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)


def asked(people, by="secretary", purpose="notification", **changes):
    return ask_export(
        people.viewer(by), purpose=purpose, reason="Calling them in.", recipient="Post office", programme="IQ-LAW20", **changes
    )


def table(people, export, by="secretary"):
    lines = b"".join(download_export(people.viewer(by), Export.objects.get(pk=export.pk))).decode()
    return list(csv.DictReader(lines.splitlines()))


def test_who_asked_cannot_approve_and_nothing_is_made_before_somebody_does(people):
    export = asked(people, by="auditor")
    with pytest.raises(NotAllowed, match="second person"):
        approve_export(people.viewer("auditor"), export)
    with pytest.raises(Conflict, match="waits for approval"):
        download_export(people.viewer("auditor"), export)
    assert not path_of(export).exists()
    with pytest.raises(NotAllowed):
        approve_export(people.viewer("secretary"), export)


def test_the_database_refuses_one_person_for_both(people):
    export = asked(people, by="auditor")
    statement = "UPDATE exports SET approved_by_id = asked_by_id, expires_on = now(), sha256 = 'x' WHERE id = %s"
    with pytest.raises(DatabaseError, match="export_two_people"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [export.pk])
    with pytest.raises(DatabaseError, match="is what was asked for"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE exports SET recipient = 'somebody else' WHERE id = %s", [export.pk])


def test_an_export_holds_only_its_purposes_columns_and_no_formula_and_no_sealed_claim(people):
    export = approve_export(people.viewer("admin_1"), asked(people))
    rows = table(people, export)
    assert list(rows[0]) == ["row", "reference", "harm", "filed_on", "claimant_name", "language"]
    assert {row["claimant_name"] for row in rows} == {"'=HYPERLINK(1)", "سعاد رحيم", "بهاء نوري", "—"}
    assert export.rows == 4


def test_an_export_names_its_recipient_in_every_row_and_by_one_row_that_is_nowhere_else(people):
    export = approve_export(people.viewer("admin_1"), asked(people))
    other = approve_export(people.viewer("admin_1"), asked(people))
    rows, others = table(people, export), table(people, other)
    assert [row["claimant_name"] for row in rows if row["reference"] == export.canary] == ["—"]
    assert not {row["row"] for row in rows} & {row["row"] for row in others}
    assert row_mark(export, export.canary) in {row["row"] for row in rows}
    assert "reference" not in table(people, approve_export(people.viewer("admin_1"), asked(people, purpose="statistics")))[0]


def test_a_download_leaves_out_what_the_asker_may_not_see_any_more(people):
    export = approve_export(people.viewer("admin_1"), asked(people))
    assert any(row["claimant_name"] == "بهاء نوري" for row in table(people, export))
    transferred(people.users["secretary"], area="IQ-NI")
    assert not any(row["claimant_name"] == "بهاء نوري" for row in table(people, export))


def test_an_export_made_for_a_narrow_asker_holds_no_more_although_a_wide_one_approves(people):
    transferred(people.users["secretary"], area="IQ-BA")
    export = approve_export(people.viewer("admin_1"), asked(people))
    assert {row["claimant_name"] for row in table(people, export)} == {"بهاء نوري", "—"}


def test_downloads_are_counted_and_evented_and_end(people):
    export = approve_export(people.viewer("admin_1"), asked(people))
    table(people, export)
    table(people, export)
    with pytest.raises(NotAllowed, match="somebody else"):
        download_export(people.viewer("auditor"), export)
    people.viewer("secretary")
    assert Export.objects.get(pk=export.pk).downloads == 2
    assert Event.objects.filter(name="export.downloaded", subject=export.pk).count() == 2
    late = Export.objects.get(pk=export.pk)
    late.expires_on = legal_today() - timedelta(days=1)
    with pytest.raises(Gone):
        download_export(people.viewer("secretary"), late)
    assert not path_of(export).exists()


def test_an_expired_export_is_gone_on_the_page_too(people, monkeypatch):
    from aljabr.registry.exports import actions

    export = approve_export(people.viewer("admin_1"), asked(people))
    secretary = signed_in(people.users["secretary"])
    monkeypatch.setattr(actions, "legal_today", lambda: export.expires_on + timedelta(days=1))
    assert secretary.get(f"/exports/{export.pk}/file").status_code == 410
