"""Reads bodies, seats and sittings: public offices, which anybody signed in may see."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet

from aljabr.registry.bodies.models import Appointment, Body, Hearing, KinshipDoubt, Recusal, Seat
from aljabr.registry.days import legal_today
from aljabr.registry.viewers import NotAllowed, Viewer


def bodies_with_seats(viewer: Viewer) -> QuerySet[Body]:
    """Return every body with its seats and who sits there today."""
    viewer.require("body.read")
    current = Appointment.objects.filter(during__contains=legal_today()).select_related("user")
    seats = Seat.objects.order_by("number").prefetch_related(Prefetch("appointments", queryset=current, to_attr="current"))
    hearings = Hearing.objects.order_by("-number")
    return Body.objects.order_by("programme", "id").prefetch_related(
        Prefetch("seats", queryset=seats), Prefetch("hearings", queryset=hearings)
    )


def body(viewer: Viewer, key: str) -> Body | None:
    """Return a body; None when there is none of that key."""
    viewer.require("body.read")
    return Body.objects.filter(key=key).first()


def doubts_of(viewer: Viewer, claim_id: str) -> list[KinshipDoubt]:
    """Return the officers whose name agrees with a party's and about whom nothing is settled."""
    viewer.require("recusal.settle")
    return list(KinshipDoubt.objects.filter(claim_id=claim_id, kin__isnull=True).select_related("user").order_by("id"))


def recusals_of(viewer: Viewer, claim_id: str) -> list[Recusal]:
    """Return who may not act on a claim."""
    viewer.require("claim.read")
    return list(Recusal.objects.filter(claim_id=claim_id).select_related("user").order_by("id"))


def open_sittings(viewer: Viewer) -> list[Hearing]:
    """Return the sittings of the viewer's bodies whose minutes are not frozen, next first."""
    viewer.require("body.read")
    mine = Hearing.objects.filter(body__key__in=viewer.bodies, closed_at__isnull=True)
    return list(mine.select_related("body").order_by("held_on", "id"))


def hearing_with_motions(viewer: Viewer, hearing_id: int) -> Hearing | None:
    """Return a sitting with the motions the viewer may see; None when there is none."""
    viewer.require("body.read")
    return (
        Hearing.objects.filter(pk=hearing_id)
        .select_related("body")
        .prefetch_related("motions__votes__seat", "motions__item__claim", "motions__decision")
        .first()
    )


def seats_of(viewer: Viewer, body: Body, *, on: date) -> QuerySet[Seat]:
    """Return the seats of a body with who sits there on a day (``current``)."""
    viewer.require("body.read")
    current = Appointment.objects.filter(during__contains=on).select_related("user")
    return body.seats.order_by("number").prefetch_related(Prefetch("appointments", queryset=current, to_attr="current"))


def own_seat(viewer: Viewer, body_id: int) -> Seat:
    """Return the seat of a body on which the viewer sits today.

    Raises
    ------
    NotAllowed
        When they sit on none.
    """
    today = {"appointments__user_id": viewer.person, "appointments__during__contains": legal_today()}
    seat = Seat.objects.filter(body_id=body_id, **today).order_by("number").first()
    if seat is None:
        raise NotAllowed("You do not sit on this body.", "Ask its secretary who is appointed.")
    return seat


def open_hearing(viewer: Viewer, *, programme: str, body: str) -> Hearing | None:
    """Return the body's sitting that is held now, to which motions put today belong; None when it sits on none."""
    viewer.require("body.read")
    sittings = Hearing.objects.filter(body__programme=programme, body__key=body, closed_at__isnull=True)
    return sittings.filter(held_on=legal_today(programme)).order_by("-number").first()
