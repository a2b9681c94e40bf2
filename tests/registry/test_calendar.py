"""Days declared late move the periods that run, for each governorate, in one act; suspended days do not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aljabr.registry.decisions.models import Service
from aljabr.registry.decisions.periods import declare_days
from aljabr.registry.events.models import Event
from aljabr.registry.procedure.calendar import end_of_period
from aljabr.registry.viewers import Conflict, NotAllowed
from tests.registry.commission import house_claim
from tests.registry.test_appeals import people, served  # noqa: F401

EID = {"ar": "عيد الفطر"}


def until(service):
    return Service.objects.get(pk=service.pk).appeal_until


def test_an_eid_declared_on_its_eve_moves_the_end_of_a_running_period(people):  # noqa: F811
    """Whatever the law's days are, the last day is made a holiday on its eve, and the end goes to the next working day."""
    _, _, service = served(people)
    last = service.appeal_until
    before = Event.objects.count()
    eve = last.fromordinal(last.toordinal() - 1)
    assert declare_days(people.viewer("secretary"), (last,), area="*", title=EID, on=eve) == 1
    assert until(service) == end_of_period(last, 1, area="IQ-NI", closed=frozenset({last})) > last
    assert Event.objects.count() == before + 1
    with pytest.raises(Conflict, match="declared already"):
        declare_days(people.viewer("secretary"), (last,), area="*", title=EID, on=eve)


def test_a_day_declared_after_the_end_moves_nothing(people):  # noqa: F811
    _, _, service = served(people)
    last = service.appeal_until
    after = last.fromordinal(last.toordinal() + 1)
    assert declare_days(people.viewer("secretary"), (last,), area="*", title=EID, on=after) == 0
    assert until(service) == last


def test_a_governorates_day_moves_its_own_periods_only(people):  # noqa: F811
    _, _, service = served(people)
    last = service.appeal_until
    assert declare_days(people.viewer("secretary"), (last,), area="IQ-BA", title=EID, on=date(2024, 4, 2)) == 0
    assert declare_days(people.viewer("secretary"), (last,), area="IQ-NI", title=EID, on=date(2024, 4, 2)) == 1


def test_suspended_days_are_added_to_a_period(people):  # noqa: F811
    _, _, service = served(people)
    curfew = (date(2024, 4, 3), date(2024, 4, 4))
    declare_days(people.viewer("secretary"), curfew, area="IQ-NI", title={"en": "curfew"}, suspends=True, on=date(2024, 4, 2))
    moved = until(service)
    assert (moved - service.appeal_until).days >= 2
    assert moved.weekday() not in (4, 5)


def test_only_offices_of_the_area_declare_its_days(people):  # noqa: F811
    with pytest.raises(NotAllowed):
        declare_days(people.viewer("intake"), (date(2024, 4, 10),), area="*", title=EID)
    elsewhere = replace(people.viewer("secretary"), areas=frozenset({"IQ-BA"}))
    with pytest.raises(NotAllowed, match="do not serve the area"):
        declare_days(elsewhere, (date(2024, 4, 10),), area="*", title=EID)


def test_the_period_of_a_sealed_claim_moves_too_and_is_not_counted(people, monkeypatch):  # noqa: F811
    from aljabr.registry.viewers import system_viewer

    system_viewer().bind()
    _, _, service = served(people)
    from django.db import connection

    system_viewer().bind()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()")
    from aljabr.registry.claims.models import Claim

    event = Event.objects.filter(claim_id=service.claim_id).earliest("id")
    Claim.objects.filter(pk=service.claim_id).update(sealed_unit="women", event_id=event.pk)
    last = service.appeal_until
    secretary = people.viewer("secretary")
    assert not Service.objects.filter(pk=service.pk).exists()
    assert declare_days(secretary, (last,), area="*", title=EID, on=date(2024, 4, 2)) == 0
    assert not Service.objects.filter(pk=service.pk).exists(), "the secretary sees no more than before"
    system_viewer().bind()
    assert until(service) > last
    assert "periods_moved" not in Event.objects.get(name="holiday.declared").content


def test_friday_and_saturday_end_no_period():
    assert end_of_period(date(2024, 4, 1), 4, area="*", closed=frozenset()) == date(2024, 4, 7), "5 April 2024 is a Friday"
    assert house_claim
