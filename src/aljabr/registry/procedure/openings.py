"""Break-glass: an officer outside the area opens one claim to read it, for a stated reason and some hours.

The act is an event of the claim; auditors and the secretaries of the body that has the claim get a notice. A sealed claim cannot
be opened and is not told from one that does not exist.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from aljabr.registry.accounts.models import Grant, Notice
from aljabr.registry.claims.models import Claim, Opening
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.policy import BREAK_GLASS_HOURS
from aljabr.registry.procedure.reach import bodies_concerned
from aljabr.registry.viewers import Conflict, Viewer


def open_claim(viewer: Viewer, reference: str, *, reason: str) -> Opening | None:
    """Open a claim outside the viewer's area; None when there is none that may be opened.

    Raises
    ------
    Conflict
        Without a reason.
    """
    viewer.require("claim.break_glass")
    if len(reason.strip()) < 10:
        raise Conflict("Opening a claim outside your area needs a reason.", "Write what for; it is read by those who supervise.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT claim_to_open(%s)", [reference.strip()])
            (claim_id,) = cursor.fetchone()
        if claim_id is None:
            return None
        now = timezone.now()
        record_event(viewer, "claim.opened", subject=claim_id, claim_id=claim_id, reason=reason.strip())
        opened = Opening.objects.create(
            claim_id=claim_id,
            user_id=viewer.person,
            reason=reason.strip(),
            opened_at=now,
            until=now + timedelta(hours=BREAK_GLASS_HOURS),
        )
        _notify(viewer, opened)
        return opened


def _notify(viewer: Viewer, opened: Opening) -> None:
    viewer.bind(acting=False)
    claim = Claim.objects.get(pk=opened.claim_id)
    bodies = bodies_concerned(claim)
    viewer.bind()
    today = legal_today()
    grants = Grant.objects.filter(role__in=("auditor", "secretary"), from_on__lte=today).exclude(confirmed_by="")
    told = {
        grant.user_id
        for grant in grants
        if (grant.until_on is None or grant.until_on > today)
        and grant.area in ("*", claim.area)
        and (grant.role == "auditor" or not grant.body or grant.body in bodies)
    }
    text = f"{viewer.name}: {opened.reason}"
    # Written without reading back: a notice is its user's alone, and the database shows it to nobody else.
    Notice.objects.bulk_create(
        (
            Notice(user_id=user, kind="claim_opened", about=opened.claim_id, text=text, written_at=opened.opened_at)
            for user in sorted(told - {opened.user_id})
        ),
        ignore_conflicts=True,
    )
