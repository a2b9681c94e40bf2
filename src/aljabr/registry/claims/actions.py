"""Records the mail of a claim."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from aljabr.registry.claims.models import Claim, Mail
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, Viewer


@transaction.atomic
def record_mail(
    viewer: Viewer, claim: Claim, *, direction: str, number: str, dated_on: date, correspondent: str, subject: str
) -> Mail:
    """Record an incoming (``in``) or outgoing (``out``) letter with its number and day.

    Raises
    ------
    Conflict
        When the direction is neither.
    """
    viewer.require("mail.record")
    if direction not in ("in", "out"):
        raise Conflict("A letter comes in or goes out.", "Choose one.")
    mail = Mail.objects.create(
        claim=claim, direction=direction, number=number, dated_on=dated_on, correspondent=correspondent, subject=subject
    )
    record_event(viewer, "mail.recorded", subject=f"mail:{mail.pk}", claim_id=claim.id, direction=direction, number=number)
    return mail
