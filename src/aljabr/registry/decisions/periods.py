"""The calendar of days off and suspensions, and the periods that run by it.

A lunar holiday is declared on its eve: every period that still runs in the area moves with it, in one act. A period that has ended
stays as it was, because somebody relied on it.
"""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction

from aljabr.registry import law
from aljabr.registry.claims.models import Claim
from aljabr.registry.days import legal_today
from aljabr.registry.decisions.models import Service
from aljabr.registry.decisions.writing import rule_of
from aljabr.registry.events.actions import record_event
from aljabr.registry.procedure.calendar import end_of_period
from aljabr.registry.procedure.models import Holiday, Objection
from aljabr.registry.procedure.outside import objection_days
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer, system_viewer


def declare_days(
    viewer: Viewer, days: tuple[date, ...], *, area: str, title: dict[str, str], suspends: bool = False, on: date | None = None
) -> int:
    """Declare days off in an area (``*`` everywhere), or days on which no period runs; return how many periods moved in sight.

    Periods of claims the viewer may not see, sealed ones for example, move as well, and are not counted.

    Raises
    ------
    NotAllowed
        For an area the viewer does not serve.
    Conflict
        When no day or title is given, or a day was declared already.
    """
    viewer.require("holiday.declare")
    if not viewer.areas & {"*", area}:
        raise NotAllowed(f"You do not serve the area {area}.", "Ask an office that does, or the central one.")
    chosen = sorted(set(days))
    if not chosen or not any(title.values()):
        raise Conflict("A day off has a day and a name.", "Write both.")
    try:
        with transaction.atomic():
            Holiday.objects.bulk_create(Holiday(area=area, day=day, title=title, suspends=suspends) for day in chosen)
            subject, stated = f"calendar:{area}", [day.isoformat() for day in chosen]
            record_event(viewer, "holiday.declared", subject=subject, days=stated, suspends=suspends)
            moved = _recount(area, on or legal_today())
            system_viewer().bind()
            _recount(area, on or legal_today())
            viewer.bind()
    except IntegrityError:
        raise Conflict("One of these days was declared already.", "Declare only the others.") from None
    return moved


def _recount(area: str, on: date) -> int:
    running = list(
        Service.objects.filter(appeal_until__gte=on, decision__live=True).select_related("decision__body").order_by("pk")
    )
    objections = list(Objection.objects.filter(settled_on__isnull=True, lapses_on__gte=on).order_by("pk"))
    claims = Claim.objects.in_bulk([*(one.claim_id for one in running), *(one.claim_id for one in objections)])
    moved = 0
    for service in running:
        claim = claims[service.claim_id]
        rule = rule_of(claim, service.decision)
        days = law.deadline_days(law.programme(claim.programme), rule.deadline) if rule and rule.deadline else None
        if days is not None and area in ("*", claim.area):
            until = end_of_period(service.attempted_on, days, area=claim.area)
            moved += Service.objects.filter(pk=service.pk).exclude(appeal_until=until).update(appeal_until=until)
    for objection in objections:
        claim = claims[objection.claim_id]
        if area in ("*", claim.area):
            until = end_of_period(objection.lodged_on, objection_days(claim), area=claim.area)
            moved += Objection.objects.filter(pk=objection.pk).exclude(lapses_on=until).update(lapses_on=until)
    return moved
