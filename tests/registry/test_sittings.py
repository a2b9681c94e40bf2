"""Sittings: agenda, bundle with hashes, minutes nobody changes, the scan bound to them, points of law found by any spelling."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from aljabr.registry.bodies.models import Body, Hearing
from aljabr.registry.decisions.queries import bundle_of, points_found
from aljabr.registry.decisions.sittings import attach_scan, freeze_minutes, hold_hearing, put_on_agenda, record_point
from aljabr.registry.events.models import Event
from aljabr.registry.evidence.actions import add_exhibit
from aljabr.registry.evidence.queries import content_of
from aljabr.registry.evidence.store import EvidenceChanged, keep, read
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import SUB, house_claim
from tests.registry.test_appeals import people, served  # noqa: F401
from tests.registry.test_guards import refused

PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 64
MINUTES = "محضر الجلسة الأولى: نظرت اللجنة في طلب واحد."


@pytest.fixture(autouse=True)
def _files(tmp_path):
    from django.test import override_settings

    with override_settings(MEDIA_ROOT=tmp_path):
        yield


@pytest.fixture
def sitting(commission):
    return hold_hearing(commission.viewer("secretary"), Body.objects.get(key=SUB), held_on=date(2024, 5, 5))


def exhibit(people_, item, content=PDF):
    return add_exhibit(
        people_.viewer("intake"),
        claim_id=item.claim_id,
        item_id=item.pk,
        kind="deed",
        file=[content[:9], content[9:]],
        file_name="a",
    )


def test_the_bundle_lists_every_exhibit_with_its_hash(commission, sitting):
    item = house_claim(commission.viewer("intake")).items.get()
    exhibit(commission, item)
    put_on_agenda(commission.viewer("secretary"), sitting, item)
    (entry,) = bundle_of(commission.viewer("secretary"), sitting)
    assert [one.sha256 for one in entry.exhibits] == [hashlib.sha256(PDF).hexdigest()]
    with pytest.raises(Conflict, match="on the agenda already"):
        put_on_agenda(commission.viewer("secretary"), sitting, item)
    with pytest.raises(NotAllowed):
        put_on_agenda(commission.viewer("court_secretary"), sitting, item)


def test_minutes_once_frozen_are_changed_by_nobody(commission, sitting):
    freeze_minutes(commission.viewer("secretary"), sitting, text=MINUTES)
    assert sitting.minutes_sha256 == hashlib.sha256(MINUTES.encode()).hexdigest()
    assert Event.objects.get(name="minutes.frozen").content["sha256"] == sitting.minutes_sha256
    with pytest.raises(Conflict, match="frozen already"):
        freeze_minutes(commission.viewer("secretary"), sitting, text="other")
    assert refused("UPDATE hearings SET minutes_text = 'other' WHERE id = %s", sitting.pk) == "AJ018"
    assert refused("UPDATE hearings SET held_on = '2024-05-06' WHERE id = %s", sitting.pk) == "AJ018"


def test_a_hash_that_is_not_that_of_the_minutes_is_refused_by_the_database(sitting):
    assert refused("UPDATE hearings SET minutes_text = 'a', minutes_sha256 = %s WHERE id = %s", "0" * 64, sitting.pk) == "AJ018"


def test_the_scan_is_bound_to_frozen_minutes_once(commission, sitting):
    with pytest.raises(Conflict, match="not frozen"):
        attach_scan(commission.viewer("secretary"), sitting, file=[JPEG])
    freeze_minutes(commission.viewer("secretary"), sitting, text=MINUTES)
    attach_scan(commission.viewer("secretary"), sitting, file=[JPEG])
    assert read(Hearing.objects.get(pk=sitting.pk).scan_sha256) == JPEG
    with pytest.raises(Conflict, match="have their scan"):
        attach_scan(commission.viewer("secretary"), sitting, file=[PDF])
    assert refused("UPDATE hearings SET scan_sha256 = %s WHERE id = %s", "1" * 64, sitting.pk) == "AJ018"


def test_a_changed_file_is_never_handed_out(commission, tmp_path):
    item = house_claim(commission.viewer("intake")).items.get()
    shown = exhibit(commission, item)
    assert content_of(commission.viewer("auditor"), shown) == PDF
    place = tmp_path / "kept" / shown.sha256[:2] / shown.sha256
    place.chmod(0o600)
    place.write_bytes(PDF + b" ")
    with pytest.raises(EvidenceChanged, match="was changed"):
        content_of(commission.viewer("auditor"), shown)
    place.unlink()
    with pytest.raises(EvidenceChanged, match="not in the store"):
        content_of(commission.viewer("auditor"), shown)


@pytest.mark.parametrize(
    ("content", "because"),
    [
        (b"MZ\x90\x00", "program"),
        (b"\x7fELF\x02", "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (b"PK\x03\x04docm", "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "archive"),
        (b"<html><script>x()</script></html>", "page with script"),
        (b'<?xml version="1.0"?><svg onload="x()"/>', "page with script"),
        (PDF + b"<< /S /JavaScript /JS (x) >>", "PDF that acts"),
        (PDF + b"<< /S /J#61vaScript >>", "PDF that acts"),
        (PDF + b"<< /Type /EmbeddedFile >>", "PDF that acts"),
        (JPEG + b"<script>x()</script>", "page with script"),
        (JPEG + b"PK\x05\x06" + b"\0" * 18, "archive inside another kind"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff", "image too large when unpacked"),
        (b"\x00\x01\x02\x03\x04", "unknown kind"),
    ],
)
def test_a_hostile_file_is_quarantined_and_never_handed_out(commission, content, because):
    item = house_claim(commission.viewer("intake")).items.get()
    shown = exhibit(commission, item, content)
    assert shown.quarantined_because == because
    assert Event.objects.filter(name="exhibit.quarantined", claim_id=item.claim_id).count() == 1
    with pytest.raises(Conflict, match="could harm"):
        content_of(commission.viewer("intake"), shown)
    with pytest.raises(EvidenceChanged):
        read(shown.sha256)


def test_a_script_across_two_pieces_is_found(commission):
    padding = b" " * ((1 << 20) - len(PDF) - 4)
    assert keep([PDF + padding + b"/Jav", b"aScript"]).hostile == "PDF that acts"


def test_too_large_and_empty_files_are_refused_and_leave_nothing(tmp_path):
    with pytest.raises(Conflict, match="too large"):
        keep([PDF, b"x" * 2_000_000], limit_bytes=1_000_000)
    with pytest.raises(Conflict, match="empty"):
        keep([])
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_intake_and_secretary_add_exhibits(commission):
    item = house_claim(commission.viewer("intake")).items.get()
    with pytest.raises(NotAllowed):
        add_exhibit(commission.viewer("observer"), claim_id=item.claim_id, item_id=item.pk, kind="deed", file=[PDF])


def test_points_of_law_are_found_by_any_spelling(people):  # noqa: F811
    _, decision, _ = served(people, "granted", 1_000)
    words = {
        "question": "هل تكفي شهادة الجيران لإثبات الملكية؟",
        "holding": "تكفي إذا تطابقت شهادتان.",
        "cite": "Law 20/2009, art. 3",
    }
    record_point(people.viewer("secretary"), decision, **words)
    assert [point.decision_number for point in points_found(people.viewer("observer"), "شهاده الجيران")] == [decision.number]
    assert points_found(people.viewer("observer"), "الميراث") == []
    with pytest.raises(NotAllowed):
        record_point(people.viewer("court_secretary"), decision, **words)
    with pytest.raises(Conflict, match="provision"):
        record_point(people.viewer("secretary"), decision, **{**words, "cite": " "})
