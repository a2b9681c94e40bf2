"""Records the mail of a claim."""

from __future__ import annotations

from datetime import date

from aljabr.registry.claims.models import Claim, Mail
from aljabr.registry.events.actions import record_event
from aljabr.registry.refusals import guarded
from aljabr.registry.viewers import Conflict, Viewer


@guarded()
def record_mail(
    viewer: Viewer, claim: Claim, *, direction: str, number: str, dated_on: date, correspondent: str, subject: str
) -> Mail:
    """Record an incoming (``in``) or outgoing (``out``) letter; the registry numbers both for the year without gaps.

    Parameters
    ----------
    number : str
        The sender's number; an outgoing letter without one takes the registry's.

    Raises
    ------
    Conflict
        When the direction is neither, or an incoming letter has no number.
    """
    viewer.require("mail.record")
    if direction not in ("in", "out"):
        raise Conflict("A letter comes in or goes out.", "Choose one.")
    if direction == "in" and not number.strip():
        raise Conflict("An incoming letter has its sender's number.", "Write it as it stands on the letter.")
    mail = Mail.objects.create(
        claim=claim, direction=direction, number=number, dated_on=dated_on, correspondent=correspondent, subject=subject
    )
    mail.refresh_from_db()
    record_event(viewer, "mail.recorded", subject=f"mail:{mail.pk}", claim_id=claim.id, direction=direction, number=mail.number)
    return mail
