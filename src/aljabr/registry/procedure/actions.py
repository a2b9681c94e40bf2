"""Asks outside bodies and takes their answers, draws reviewers, records their work, lets periods end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils import timezone

from aljabr.registry import law
from aljabr.registry.accounts.queries import users_with_role
from aljabr.registry.bodies.kinship import note_conflicts
from aljabr.registry.bodies.models import KinshipDoubt, Recusal
from aljabr.registry.bodies.numbers import number_of_request
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.days import legal_today
from aljabr.registry.events.actions import record_event
from aljabr.registry.events.checkpoints import first_checkpoint
from aljabr.registry.evidence.models import Waiver
from aljabr.registry.parties.keys import keys_of
from aljabr.registry.parties.models import Person
from aljabr.registry.procedure.lots import draw, lot_key
from aljabr.registry.procedure.models import Assignment, CaseStep, ExternalRequest, Review
from aljabr.registry.procedure.outside import open_objection
from aljabr.registry.procedure.reach import require_concerned
from aljabr.registry.procedure.steps import go_on, live_step, move
from aljabr.registry.refusals import guarded
from aljabr.registry.viewers import Conflict, NotAllowed, Viewer

ANSWER_WITHIN_DAYS = 30


@guarded()
def send_request(viewer: Viewer, item: ClaimItem, *, disclosed: dict[str, str], due_on: date | None = None) -> ExternalRequest:
    """Send the numbered request of the item's step to its outside body; what is disclosed is only what the step needs.

    Raises
    ------
    Conflict
        When the step is no request, or was sent already.
    """
    viewer.require("request.send")
    claim = Claim.objects.get(pk=item.claim_id)
    require_concerned(viewer, claim)
    step = live_step(item)
    if law.step(law.programme(claim.programme), step.step).act != "request":
        raise Conflict(f"{step.step} asks no outside body.", "Go on with the claim as its step says.")
    number = number_of_request(step.body, unit=claim.sealed_unit)
    today = legal_today(claim.programme)
    event = record_event(
        viewer, "request.sent", subject=f"{step.body}/{number}", claim_id=claim.id, body=step.body, fields=sorted(disclosed)
    )
    move(step, "waiting", event_id=event.pk)
    return ExternalRequest.objects.create(
        item=item,
        claim_id=claim.id,
        body=step.body,
        number=number,
        sent_on=today,
        due_on=due_on or today + timedelta(days=ANSWER_WITHIN_DAYS),
        disclosed=disclosed,
    )


@guarded()
def answer_request(viewer: Viewer, request: ExternalRequest, *, answer: str, reasons: str = "") -> CaseStep | None:
    """Record what an outside body answered, and go on. An objection needs reasons about this person, and the case waits until it
    is decided or lapses; silence is never recorded as one.

    Raises
    ------
    Conflict
        When it was answered already, or an objection has no reasons.
    """
    viewer.require("request.answer")
    claim = Claim.objects.get(pk=request.claim_id)
    item = ClaimItem.objects.get(pk=request.item_id)
    require_concerned(viewer, claim)
    if answer == "objection" and not reasons.strip():
        raise Conflict(
            "An objection needs reasons about this person.", "Ask the body for them; until then its silence is no answer."
        )
    event = record_event(viewer, "request.answered", subject=f"{request.body}/{request.number}", claim_id=claim.id, answer=answer)
    answered = ExternalRequest.objects.filter(pk=request.pk, answered_on__isnull=True)
    if not answered.update(answered_on=legal_today(claim.programme), answer=answer, reasons=reasons):
        raise Conflict("This request was answered already.", "Look at the claim again.")
    step = live_step(item)
    if answer == "objection":
        open_objection(request, reasons=reasons)
        return step
    move(step, "open", event_id=event.pk)
    move(step, "decided", event_id=event.pk, outcome=answer)
    return go_on(step, item, claim, event_id=event.pk)


@guarded()
def draw_reviewer(viewer: Viewer, item: ClaimItem) -> Assignment:
    """Draw the reviewer of an item by lot among those of its language and area who are not recused.

    Raises
    ------
    Conflict
        When one was drawn already, nobody is eligible, or no checkpoint is newer than the filing.
    """
    viewer.require("review.draw")
    claim = Claim.objects.get(pk=item.claim_id)
    require_concerned(viewer, claim)
    seed, size = first_checkpoint(after=claim.lodged_at)
    key = lot_key(_identity(claim), item.harm)
    earlier = Assignment.objects.filter(lot_key=key).order_by("pk").first()
    note_conflicts(claim.id)
    eligible = _eligible(viewer, claim)
    if not eligible:
        raise Conflict("Nobody may review this claim.", "Appoint a reviewer for its area and language who is not recused.")
    officer = earlier.officer_id if earlier and earlier.officer_id in eligible else draw(seed, key, eligible)
    if Assignment.objects.filter(item=item).exists():
        raise Conflict("A reviewer was drawn already.", "The lot is drawn once.")
    record_event(
        viewer, "reviewer.drawn", subject=item.pk, claim_id=claim.id, seed=seed, tree_size=size, eligible=eligible, officer=officer
    )
    return Assignment.objects.create(
        item=item,
        claim_id=claim.id,
        officer_id=officer,
        lot_key=key,
        seed=seed,
        tree_size=size,
        eligible=eligible,
        drawn_at=timezone.now(),
    )


def _identity(claim: Claim) -> str:
    claimant = Person.objects.filter(claim_id=claim.id, role="claimant").first()
    if claimant is None:
        return claim.id
    document = keys_of(documents=[claimant.id_number])
    return document[0] if document else "|".join(keys_of(names=[claimant.full_name], phones=[claimant.phone]))


def _eligible(viewer: Viewer, claim: Claim) -> list[int]:
    recused = set(Recusal.objects.filter(claim_id=claim.id).values_list("user_id", flat=True))
    recused |= set(KinshipDoubt.objects.filter(claim_id=claim.id, kin__isnull=True).values_list("user_id", flat=True))
    found = []
    for user in users_with_role(viewer, "reviewer"):
        areas = {grant.area for grant in user.grants.all() if grant.role == "reviewer"}
        speaks = not user.languages or claim.language in user.languages
        asked = not claim.interviewer_sex or user.sex == claim.interviewer_sex
        if user.pk not in recused and speaks and asked and ({"*", claim.area} & areas):
            found.append(user.pk)
    return sorted(found)


def _own_review(viewer: Viewer, item: ClaimItem) -> Review:
    assignment = Assignment.objects.filter(item=item).first()
    if assignment is None or assignment.officer_id != viewer.user_id:
        raise NotAllowed("This item was not drawn for you.", "Only the reviewer the lot fell on may work on it.")
    review, _ = Review.objects.get_or_create(item=item, defaults={"claim_id": item.claim_id, "officer_id": viewer.user_id})
    return review


@guarded()
def write_view(viewer: Viewer, item: ClaimItem, text: str) -> Review:
    """Write a provisional view before seeing the machine's proposal.

    Raises
    ------
    Conflict
        When the proposal was seen already.
    """
    viewer.require("view.write")
    review = _own_review(viewer, item)
    if not Review.objects.filter(pk=review.pk, proposal_seen_at__isnull=True).update(
        provisional_view=text, view_written_at=timezone.now()
    ):
        raise Conflict("You have seen the proposal.", "A view written now would not be independent.")
    record_event(viewer, "view.written", subject=item.pk, claim_id=item.claim_id)
    return review


@guarded()
def see_proposal(viewer: Viewer, item: ClaimItem) -> None:
    """Open the machine's proposal; the provisional view is fixed from now on."""
    viewer.require("view.write")
    review = _own_review(viewer, item)
    if Review.objects.filter(pk=review.pk, proposal_seen_at__isnull=True).update(proposal_seen_at=timezone.now()):
        record_event(viewer, "proposal.seen", subject=item.pk, claim_id=item.claim_id)


@guarded()
def ask_for_more(viewer: Viewer, item: ClaimItem, *, facts: tuple[str, ...], message: str) -> None:
    """Ask the claimant for what is missing; the item waits without expiry.

    Raises
    ------
    Conflict
        When something is asked that the programme does not know: demands outside the rulebook are impossible.
    """
    viewer.require("evidence.ask")
    _own_review(viewer, item)
    claim = Claim.objects.get(pk=item.claim_id)
    programme = law.programme(claim.programme)
    unknown = set(facts) - {fact.name for fact in programme.facts} - set(programme.labels)
    if unknown or not facts:
        raise Conflict(
            f"{', '.join(sorted(unknown)) or 'Nothing'} cannot be asked for.", "Ask only for what the programme's tables read."
        )
    event = record_event(viewer, "evidence.asked", subject=item.pk, claim_id=claim.id, facts=list(facts), message=message)
    move(live_step(item), "waiting", event_id=event.pk)


@guarded()
def take_answer(viewer: Viewer, item: ClaimItem, *, facts: Mapping[str, object]) -> None:
    """Take the claimant's answer: the new facts stand in the item, and it is open again."""
    viewer.require("claim.correct")
    event = record_event(viewer, "evidence.answered", subject=item.pk, claim_id=item.claim_id, facts=sorted(facts))
    ClaimItem.objects.filter(pk=item.pk).update(facts={**item.facts, **facts})
    move(live_step(item), "open", event_id=event.pk)


@guarded()
def waive_evidence(viewer: Viewer, item: ClaimItem, *, fact: str, rule: str, reason: str) -> Waiver:
    """Waive a demand of evidence that a rule of the programme allows to waive, naming the rule.

    Raises
    ------
    Conflict
        When the rule is not one of the programme's.
    """
    viewer.require("evidence.waive")
    _own_review(viewer, item)
    claim = Claim.objects.get(pk=item.claim_id)
    rules = {found.id for table in law.programme(claim.programme).tables for found in table.rules}
    if rule not in rules:
        raise Conflict(f"No rule is called {rule!r}.", "Name the rule of the programme's tables that allows the waiver.")
    record_event(viewer, "evidence.waived", subject=item.pk, claim_id=claim.id, fact=fact, rule=rule)
    return Waiver.objects.create(claim_id=claim.id, item_id=item.pk, fact=fact, rule=rule, reason=reason, waived_by=viewer.actor)


@guarded()
def propose(viewer: Viewer, item: ClaimItem, *, outcome: str, amount_minor: int | None, ground: str) -> CaseStep | None:
    """Propose an outcome to the body that decides; the review step ends.

    Raises
    ------
    Conflict
        When the item is not under review.
    """
    viewer.require("item.propose")
    review = _own_review(viewer, item)
    claim = Claim.objects.get(pk=item.claim_id)
    step = live_step(item)
    if law.step(law.programme(claim.programme), step.step).act != "review":
        raise Conflict(f"{step.step} is no review.", "Look at the claim again.")
    event = record_event(
        viewer, "item.proposed", subject=item.pk, claim_id=claim.id, outcome=outcome, amount_minor=str(amount_minor)
    )
    Review.objects.filter(pk=review.pk).update(
        proposed_outcome=outcome, proposed_minor=amount_minor, proposed_ground=ground, proposed_at=timezone.now()
    )
    move(step, "decided", event_id=event.pk, outcome="assessed" if outcome in ("granted", "denied") else outcome)
    return go_on(step, item, claim, event_id=event.pk)
