"""Puts the bodies of a programme's law into the registry, and people on their seats."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from aljabr.programmes import Programme
from aljabr.registry.accounts.models import User
from aljabr.registry.bodies.models import Appointment, Body, Seat
from aljabr.registry.events.actions import record_event
from aljabr.registry.refusals import guarded
from aljabr.registry.viewers import Viewer


@guarded()
def found_bodies(viewer: Viewer, programme: Programme) -> None:
    """Make the bodies a programme names that are not there yet, with their seats; the quorum is more than half of them."""
    viewer.require("body.manage")
    for stated in programme.bodies:
        body, made = Body.objects.get_or_create(
            programme=programme.key,
            key=stated.key,
            defaults={
                "title": stated.title,
                "external": stated.external,
                "quorum": len(stated.seats) // 2 + 1,
                "statutory_exception": stated.statutory_exception,
            },
        )
        if made:
            Seat.objects.bulk_create(
                Seat(body=body, number=number, title=seat.name, principal=seat.principal)
                for number, seat in enumerate(stated.seats, start=1)
            )
            record_event(viewer, "body.founded", subject=f"body:{body.key}", programme=programme.key, seats=len(stated.seats))


@guarded()
def appoint(viewer: Viewer, seat: Seat, user: User, *, from_on: date, until_on: date | None = None) -> Appointment:
    """Put a person on a seat from a day; the seat must be free then."""
    viewer.require("body.manage")
    record_event(viewer, "seat.taken", subject=f"seat:{seat.pk}", user=user.pk, from_on=from_on.isoformat())
    return Appointment.objects.create(seat=seat, user=user, during=DateRange(from_on, until_on))
