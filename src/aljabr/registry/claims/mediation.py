"""Joins a mediator to a claim with a mandate, and takes their report. A mediator decides nothing."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone

from aljabr.registry.accounts.models import User
from aljabr.registry.claims.models import MANDATE_SCOPES, Claim, Mandate
from aljabr.registry.claims.queries import today_of
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer


def join_mediator(viewer: Viewer, claim: Claim, mediator: User, *, scopes: frozenset[str], purpose: str, until_on: date) -> Mandate:
    """Join a mediator to a claim until a day; ``scopes`` names what they see beyond its heads of loss and steps.

    Raises
    ------
    Conflict
        When they hold no mediator's role, the scope or day is wrong, no purpose is written, or they are joined already.
    """
    viewer.require("mediator.join")
    today = legal_today(claim.programme)
    if not scopes <= set(MANDATE_SCOPES) or until_on < today or not purpose.strip():
        raise Conflict("A mandate has a purpose, a day it ends, and known scopes.", f"Scopes are {', '.join(MANDATE_SCOPES)}.")
    if not mediator.grants.filter(role="mediator").exclude(confirmed_by="").exists():
        raise Conflict("This person is no mediator.", "An administrator gives the role, and another confirms it.")
    try:
        with transaction.atomic():
            record_event(
                viewer,
                "mediator.joined",
                subject=f"user:{mediator.pk}",
                claim_id=claim.id,
                scopes=sorted(scopes),
                until_on=until_on.isoformat(),
            )
            return Mandate.objects.create(
                claim=claim,
                user=mediator,
                scopes=sorted(scopes),
                purpose=purpose,
                from_on=today,
                until_on=until_on,
                given_by=viewer.actor,
            )
    except IntegrityError:
        raise Conflict("The mediator is joined already.", "End that mandate first.") from None


@transaction.atomic
def end_mandate(viewer: Viewer, mandate: Mandate) -> None:
    """End a mandate today; what was reported stays.

    Raises
    ------
    Conflict
        When it has ended.
    """
    viewer.require("mediator.join")
    record_event(viewer, "mandate.ended", subject=f"user:{mandate.user_id}", claim_id=mandate.claim_id)
    if not Mandate.objects.filter(pk=mandate.pk, ended_on__isnull=True).update(ended_on=today_of(mandate.claim_id)):
        raise Conflict("This mandate has ended.", "Join the mediator anew.")


@transaction.atomic
def report_mediation(viewer: Viewer, mandate: Mandate, *, text: str) -> Mandate:
    """Hand in the report of a mediation, once.

    Raises
    ------
    NotAllowed
        When the mandate is another's.
    Conflict
        When it is empty, or was handed in.
    """
    viewer.require("mediation.report")
    if mandate.user_id != viewer.user_id:
        raise NotAllowed("This mandate is another mediator's.", "Ask the secretary to join you.")
    if not text.strip():
        raise Conflict("The report is empty.", "Write what the parties agreed on, or that they did not.")
    record_event(viewer, "mediation.reported", subject=f"user:{viewer.user_id}", claim_id=mandate.claim_id)
    if not Mandate.objects.filter(pk=mandate.pk, reported_at__isnull=True).update(report=text, reported_at=timezone.now()):
        raise Conflict("The report was handed in.", "Ask the secretary to join you anew if there is more to do.")
    mandate.refresh_from_db()
    return mandate
