"""Puts people on seats: one administrator nominates, another confirms, and only then does the person sit there."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from aljabr.registry.accounts.models import User
from aljabr.registry.bodies.models import Appointment, Nomination, Seat
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


@transaction.atomic
def nominate(viewer: Viewer, seat: Seat, user: User, *, from_on: date, until_on: date | None = None) -> Nomination:
    """Nominate a person for a seat from a day.

    Raises
    ------
    Conflict
        When the person gives roles: who does that decides nothing.
    """
    viewer.require("seat.nominate")
    if user.grants.filter(role="administrator", until_on__isnull=True).exists():
        raise Conflict("An administrator sits on no body.", "Nominate somebody else.")
    record_event(viewer, "seat.nominated", subject=f"seat:{seat.pk}", user=user.pk, from_on=from_on.isoformat())
    return Nomination.objects.create(seat=seat, user=user, from_on=from_on, until_on=until_on, given_by=viewer.actor)


@transaction.atomic
def confirm_nomination(viewer: Viewer, nomination: Nomination) -> Appointment:
    """Confirm a nomination another administrator made; the person sits on the seat from its day.

    Raises
    ------
    NotAllowed
        When the viewer made it, or would sit there.
    Conflict
        When it was confirmed already, or somebody sits there.
    """
    viewer.require("seat.nominate")
    if viewer.actor in (nomination.given_by, f"user:{nomination.user_id}"):
        raise NotAllowed("A seat needs a second person.", "Ask another administrator to confirm it.")
    if not Nomination.objects.filter(pk=nomination.pk, confirmed_by="").update(confirmed_by=viewer.actor):
        raise Conflict("This nomination was confirmed already.", "Nothing is left to do.")
    record_event(viewer, "seat.taken", subject=f"seat:{nomination.seat_id}", user=nomination.user_id)
    during = DateRange(nomination.from_on, nomination.until_on)
    try:
        with transaction.atomic():
            return Appointment.objects.create(seat=nomination.seat, user_id=nomination.user_id, during=during)
    except IntegrityError as error:
        raise Conflict("Somebody sits on this seat then.", "End that first, or choose another day.") from error
