"""One case file for every relation an officer can have to an object, with everything in it an address can name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.accounts.actions import add_user, give_role
from aljabr.registry.accounts.models import User
from aljabr.registry.bodies.actions import appoint
from aljabr.registry.bodies.models import Body, KinshipDoubt, Recusal, Seat
from aljabr.registry.claims.models import MANDATE_SCOPES, Claim, Mandate
from aljabr.registry.decisions.models import Appeal, Decision, Motion, Payment, Proposal, Vote
from aljabr.registry.events.actions import record_event
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.letters.models import Letter
from aljabr.registry.policy import ROLES
from aljabr.registry.procedure.models import Assignment, CaseStep, ExternalRequest, Objection
from aljabr.registry.results import facts_digest
from aljabr.registry.viewers import system_viewer
from tests.registry.commission import COURT, SUB, Commission, house_claim

HERE, ELSEWHERE, UNIT = "IQ-NI", "IQ-BA", "women"
_VOTED_AT = {SUB: "recommendation", COURT: "court_approval"}
RELATIONS = ("own_area", "other_area", "own_body", "other_body", "assigned", "not_assigned", "sealed", "recused", "missing")


@dataclass(frozen=True, kw_only=True)
class CaseFile:
    """The ids an address can name; those of a missing file are of nothing."""

    claim_id: str
    item_id: str
    request_id: int
    motion_id: int
    decision_id: str
    appeal_id: str
    exhibit_id: str
    objection_id: int
    mandate_id: int
    letter_id: str
    payment_id: int
    doubt_id: int


MISSING = CaseFile(
    claim_id="clm_none",
    item_id="itm_none",
    request_id=2**40,
    motion_id=2**70,
    decision_id="dec_none",
    appeal_id="apl_none",
    exhibit_id="exh_none",
    objection_id=2**40,
    mandate_id=2**40,
    letter_id="ltr_none",
    payment_id=2**40,
    doubt_id=2**40,
)


def officers() -> dict[str, User]:
    """One officer for every role, in one area and, where the role serves one, one body; the member sits on a seat."""
    system = system_viewer()
    system.bind()
    found = {}
    for role in ROLES:
        user = found[role] = add_user(system, username=f"matrix_{role}", name=role, password=None)
        body = SUB if role in ("secretary", "member") else ""
        give_role(system, user, role, area=HERE, body=body, from_on=date(2024, 1, 1))
    extra = Seat.objects.create(body=Body.objects.get(key=SUB), number=99, title={"en": "x"}, principal="independent")
    appoint(system, extra, found["member"], from_on=date(2024, 1, 1))
    return found


def case_files(people: Commission, found: dict[str, User]) -> dict[str, CaseFile]:
    """Make the case files, each in its relation to every officer at once."""
    files = {"missing": MISSING}
    everybody = list(found.values())
    for relation in RELATIONS[:-1]:
        body = COURT if relation == "other_body" else SUB
        reviewer = found["reviewer"] if relation not in ("own_area", "not_assigned") else people.users["reviewer_2"]
        claim = _claim(area=ELSEWHERE if relation == "other_area" else HERE, unit=UNIT if relation == "sealed" else "")
        files[relation] = file_of(people, claim, body, reviewer)
        if relation == "recused":
            moment = timezone.now()
            Recusal.objects.bulk_create(
                Recusal(claim_id=claim.pk, user=user, reason="kin", automatic=False, declared_at=moment) for user in everybody
            )
    return files


def _claim(*, area: str, unit: str) -> Claim:
    system_viewer().bind()
    return house_claim(system_viewer(), area=area, sealed_unit=unit)


def file_of(people: Commission, claim: Claim, body_key: str, reviewer: User) -> CaseFile:
    """Fill a claim with one of everything, before a body."""
    item, body, moment = claim.items.get(), Body.objects.get(key=body_key), timezone.now()
    step = CaseStep.objects.get(item=item, live=True)
    filed_at(claim, step, body_key)
    request = ExternalRequest.objects.create(
        item=item,
        claim_id=claim.pk,
        body="police",
        number=moment.microsecond + 10_000_000,
        sent_on=moment,
        due_on=moment,
        disclosed={},
    )
    Assignment.objects.create(
        item=item, claim_id=claim.pk, officer=reviewer, lot_key=claim.pk, seed="0", tree_size=1, eligible=[], drawn_at=moment
    )
    values = {
        "step": step,
        "item": item,
        "claim_id": claim.pk,
        "body": body,
        "outcome": "granted",
        "amount_minor": 7,
        "currency": "IQD",
        "ground": "x",
    }
    drafted = {"drafted_by": people.users["central_secretary"], "opened_at": moment}
    decided = Motion.objects.create(**values, **drafted)
    for seat in body.seats.exclude(number=99).order_by("number")[: body.quorum]:
        officer = seat.appointments.get().user
        Vote.objects.create(motion=decided, seat=seat, officer=officer, choice="for", cast_at=moment)
    decision = _decision(people, decided, claim)
    Motion.objects.filter(pk=decided.pk).update(closed_at=moment)
    motion = Motion.objects.create(**values, **drafted)
    appeal = Appeal.objects.create(
        id=f"apl_{claim.pk}", decision=decision, claim_id=claim.pk, lodged_on=moment, reasons="x", late=False, body=body_key
    )
    exhibit = Exhibit.objects.create(
        id=f"exh_{claim.pk}", claim_id=claim.pk, item_id=item.pk, kind="deed", received_at=moment, quarantined_because="test"
    )
    objection = Objection.objects.create(
        request=request, item=item, claim_id=claim.pk, reasons="x", lodged_on=moment, lapses_on=moment + timedelta(days=9)
    )
    mediator = User.objects.filter(username="matrix_mediator").first() or people.users["observer"]
    mandate = Mandate.objects.create(
        claim=claim,
        user=mediator,
        scopes=list(MANDATE_SCOPES),
        purpose="x",
        from_on=moment - timedelta(days=1),
        until_on=moment + timedelta(days=9),
        given_by="system",
    )
    letter = Letter.objects.create(
        id=f"ltr_{claim.pk}",
        decision=decision,
        claim_id=claim.pk,
        language="en",
        subject="x",
        text="x",
        written_by="x",
        written_at=moment,
    )
    paid = {"method": "cheque", "number": claim.pk, "paid_on": moment, "amount_minor": 7, "currency": "IQD", "stated_at": moment}
    payment = Payment.objects.create(item=item, claim_id=claim.pk, step=step, stated_by=people.users["observer"], **paid)
    proposed = {"outcome": "granted", "currency": "IQD", "facts_digest": facts_digest(item.facts), "recorded_at": moment}
    Proposal.objects.create(item=item, claim_id=claim.pk, run_id="x", programme_hash=claim.programme_hash, **proposed)
    doubt = KinshipDoubt.objects.create(claim_id=claim.pk, user=people.users["observer"], reason="x", noted_at=moment)
    return CaseFile(
        claim_id=claim.pk,
        item_id=item.pk,
        request_id=request.pk,
        motion_id=motion.pk,
        decision_id=decision.pk,
        appeal_id=appeal.pk,
        exhibit_id=exhibit.pk,
        objection_id=objection.pk,
        mandate_id=mandate.pk,
        letter_id=letter.pk,
        payment_id=payment.pk,
        doubt_id=doubt.pk,
    )


def filed_at(claim: Claim, step: CaseStep, body: str) -> None:
    """Let the live step be the one at which the body votes."""
    system = system_viewer()
    event = record_event(system, "step.moved", subject=claim.pk, claim_id=claim.pk)
    CaseStep.objects.filter(pk=step.pk).update(step=_VOTED_AT[body], body=body, event_id=event.pk)


def _decision(people: Commission, motion: Motion, claim: Claim) -> Decision:
    return Decision.objects.create(
        id=f"dec_{claim.pk}",
        motion=motion,
        item=motion.item,
        claim_id=claim.pk,
        step="recommendation",
        body=motion.body,
        programme_hash=law.programme("IQ-LAW20").hash,
        number=f"m-{claim.pk}",
        outcome=motion.outcome,
        amount_minor=motion.amount_minor,
        currency=motion.currency,
        ground=motion.ground,
        statutory_exception=motion.body.statutory_exception or "test",
        decided_on=date(2024, 5, 1),
        issued_by=people.users["central_secretary"],
    )
