"""Sittings of bodies: agenda, minutes, scan; recusals and declared interests; points of law decided."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date

from django.db.models import Max
from django.utils import timezone

from aljabr.names import fold
from aljabr.registry.bodies.kinship import document_key
from aljabr.registry.bodies.models import Body, Hearing, Interest, KinshipDoubt, Recusal
from aljabr.registry.bodies.turns import take_turn
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.decisions.actions import guarded, require_service
from aljabr.registry.decisions.models import AgendaEntry, Decision, LegalPoint
from aljabr.registry.events.actions import record_event
from aljabr.registry.evidence.store import keep
from aljabr.registry.viewers import Conflict, Viewer


def declare_recusal(viewer: Viewer, claim: Claim, *, reason: str) -> Recusal:
    """Declare that one may not act on a claim."""
    viewer.require("recusal.declare")
    with guarded():
        record_event(viewer, "recusal.declared", subject=claim.id, claim_id=claim.id)
        return Recusal.objects.create(
            claim_id=claim.id, user_id=viewer.person, reason=reason, automatic=False, declared_at=timezone.now()
        )


def declare_interest(viewer: Viewer, *, relation: str, full_name: str, id_number: str = "") -> Interest:
    """Declare oneself (``self``) or one's kin, so that the lot and the vote pass over claims of theirs."""
    viewer.require("interest.declare")
    with guarded():
        record_event(viewer, "interest.declared", subject=viewer.actor, relation=relation)
        return Interest.objects.create(
            user_id=viewer.person,
            relation=relation,
            full_name=full_name,
            document_key=document_key(id_number),
            declared_at=timezone.now(),
        )


def settle_doubt(viewer: Viewer, doubt: KinshipDoubt, *, kin: bool, because: str) -> KinshipDoubt:
    """Settle whether an officer whose name agrees with a party's is kin; if so they are recused.

    Raises
    ------
    Conflict
        Without a reason, or when it was settled already.
    """
    viewer.require("recusal.settle")
    with guarded():
        if doubt.user_id == viewer.user_id or not because.strip():
            raise Conflict("A doubt is settled by another person, with a reason.", "Write what was asked and answered.")
        record_event(viewer, "doubt.settled", subject=f"user:{doubt.user_id}", claim_id=doubt.claim_id, kin=kin)
        open_one = KinshipDoubt.objects.filter(pk=doubt.pk, kin__isnull=True)
        if not open_one.update(kin=kin, settled_because=because, settled_by=viewer.actor):
            raise Conflict("This doubt was settled already.", "Look at the claim again.")
        if kin:
            Recusal.objects.create(
                claim_id=doubt.claim_id, user_id=doubt.user_id, reason=because, automatic=True, declared_at=timezone.now()
            )
        return doubt


def hold_hearing(viewer: Viewer, body: Body, *, held_on: date, place: str = "") -> Hearing:
    """Open a sitting of a body with the next number."""
    viewer.require("hearing.hold")
    with guarded():
        require_service(viewer, body.key)
        take_turn(f"hearing/{body.pk}")
        number = (Hearing.objects.filter(body=body).aggregate(last=Max("number"))["last"] or 0) + 1
        record_event(viewer, "hearing.held", subject=f"{body.key}/{number}", held_on=held_on.isoformat())
        return Hearing.objects.create(body=body, number=number, held_on=held_on, place=place)


def put_on_agenda(viewer: Viewer, hearing: Hearing, item: ClaimItem) -> AgendaEntry:
    """Put an item on the agenda of a sitting.

    Raises
    ------
    Conflict
        When it is there already, or the minutes are frozen.
    """
    viewer.require("hearing.hold")
    with guarded():
        require_service(viewer, hearing.body.key)
        if Hearing.objects.select_for_update(of=("self",)).filter(pk=hearing.pk, closed_at__isnull=False).exists():
            raise Conflict("The minutes are frozen.", "Open another sitting.")
        position = (AgendaEntry.objects.filter(hearing=hearing).aggregate(last=Max("position"))["last"] or 0) + 1
        subject = f"{hearing.body.key}/{hearing.number}"
        record_event(viewer, "agenda.extended", subject=subject, claim_id=item.claim_id, item=item.pk)
        return AgendaEntry.objects.create(hearing=hearing, item=item, claim_id=item.claim_id, position=position)


def freeze_minutes(viewer: Viewer, hearing: Hearing, *, text: str) -> Hearing:
    """Freeze the minutes (محضر) of a sitting: their SHA-256 is in the event, and nobody changes them any more.

    Raises
    ------
    Conflict
        When they are empty, or frozen already.
    """
    viewer.require("hearing.hold")
    with guarded():
        require_service(viewer, hearing.body.key)
        if not text.strip():
            raise Conflict("The minutes are empty.", "Write what was said and decided.")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        record_event(viewer, "minutes.frozen", subject=f"{hearing.body.key}/{hearing.number}", sha256=sha256)
        open_one = Hearing.objects.filter(pk=hearing.pk, minutes_sha256="")
        if not open_one.update(minutes_text=text, minutes_sha256=sha256, closed_at=timezone.now()):
            raise Conflict("The minutes are frozen already.", "Write what is missing in the next sitting's minutes.")
        hearing.refresh_from_db()
        return hearing


def attach_scan(viewer: Viewer, hearing: Hearing, *, file: Iterable[bytes]) -> Hearing:
    """Bind the scan of the minutes with the wet signatures to them by its SHA-256.

    Raises
    ------
    Conflict
        Before the minutes are frozen, when a scan is bound already, or when the file could harm who opens it.
    """
    viewer.require("hearing.hold")
    with guarded():
        require_service(viewer, hearing.body.key)
        kept = keep(file)
        if kept.hostile:
            raise Conflict(f"The file is no scan ({kept.hostile}).", "Scan the signed pages as PDF or photograph them.")
        subject = f"{hearing.body.key}/{hearing.number}"
        record_event(viewer, "scan.bound", subject=subject, minutes=hearing.minutes_sha256, sha256=kept.sha256)
        frozen = Hearing.objects.filter(pk=hearing.pk, scan_sha256="").exclude(minutes_sha256="")
        if not frozen.update(scan_sha256=kept.sha256):
            raise Conflict("The minutes are not frozen, or have their scan.", "Freeze the minutes, print and sign them first.")
        hearing.refresh_from_db()
        return hearing


def record_point(viewer: Viewer, decision: Decision, *, question: str, holding: str, cite: str) -> LegalPoint:
    """Record a point of law a body decided, without people, so that like cases are decided alike.

    Raises
    ------
    Conflict
        When question, holding or provision is missing.
    """
    viewer.require("point.record")
    with guarded():
        require_service(viewer, decision.body.key)
        if not (question.strip() and holding.strip() and cite.strip()):
            raise Conflict("A point has a question, what was held, and the provision.", "Fill in all three.")
        record_event(viewer, "point.recorded", subject=f"decision:{decision.body.key}/{decision.number}", cite=cite)
        return LegalPoint.objects.create(
            body=decision.body,
            decision_number=decision.number,
            decided_on=decision.decided_on,
            question=question,
            holding=holding,
            cite=cite,
            folded=fold(f"{question} {holding} {cite}"),
            recorded_by=viewer.actor,
        )
