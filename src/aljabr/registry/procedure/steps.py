"""Moves a head of loss through the steps of its law; called by actions, inside their transaction and with their event."""

from __future__ import annotations

from datetime import date, timedelta

from aljabr.programmes.records import Step
from aljabr.registry import law
from aljabr.registry.claims.models import Claim, ClaimItem
from aljabr.registry.claims.queries import today_of
from aljabr.registry.days import legal_today
from aljabr.registry.procedure.models import CaseStep
from aljabr.registry.procedure.states import allowed
from aljabr.registry.viewers import Conflict

# An objection that was upheld: the item ends there, unless an appeal sets it aside.
OBJECTED = "objection_upheld"


def enter_step(item: ClaimItem, claim: Claim, step: Step, *, on: date, event_id: int) -> CaseStep:
    """Put an item at a step."""
    days = law.deadline_days(law.programme(claim.programme), step.deadline) if step.deadline and not step.served else None
    return CaseStep.objects.create(
        item=item,
        claim_id=claim.id,
        step=step.key,
        body=step.body,
        state="open",
        entered_on=on,
        due_on=on + timedelta(days=days) if days else None,
        event_id=event_id,
    )


def live_step(item: ClaimItem, *, lock: bool = True) -> CaseStep:
    """Return the step an item is at, locked until the transaction ends.

    Raises
    ------
    Conflict
        When its procedure has ended.
    """
    steps = CaseStep.objects.filter(item=item, live=True)
    found = (steps.select_for_update() if lock else steps).first()
    if found is None:
        raise Conflict("The procedure of this item has ended.", "Lodge an appeal or a new claim.")
    return found


def move(step: CaseStep, state: str, *, event_id: int, outcome: str | None = None) -> None:
    """Change a step's state by a guarded update.

    Raises
    ------
    Conflict
        When the state does not follow, or somebody moved it first.
    """
    if not allowed(step.state, state):
        raise Conflict(f"A step that is {step.state} does not become {state}.", "Look at the claim again.")
    values: dict[str, object] = {"state": state, "event_id": event_id}
    if outcome is not None:
        values["outcome"] = outcome
    if state == "done":
        values |= {"live": False, "left_on": today_of(step.claim_id)}
    if not CaseStep.objects.filter(pk=step.pk, state=step.state, live=True).update(**values):
        raise Conflict("Somebody has moved this item.", "Look at the claim again.")
    for name, value in values.items():
        setattr(step, name, value)


def latest_step(item: ClaimItem, key: str) -> CaseStep:
    """Return the last time an item was at a step, locked until the transaction ends.

    Raises
    ------
    Conflict
        When it never was.
    """
    found = CaseStep.objects.select_for_update().filter(item=item, step=key).order_by("-id").first()
    if found is None:
        raise Conflict(f"The item was never at {key}.", "Look at the claim again.")
    return found


def bring_back(step: CaseStep, item: ClaimItem, *, event_id: int) -> None:
    """Bring a step that has ended back for a late appeal; the step the case has gone on to is held meanwhile.

    Raises
    ------
    Conflict
        When somebody was faster.
    """
    for later in CaseStep.objects.select_for_update().filter(item=item, live=True):
        CaseStep.objects.filter(pk=later.pk).update(live=False, event_id=event_id)
    ended = CaseStep.objects.filter(pk=step.pk, state="done", live=False)
    if not ended.update(state="appealed", live=True, left_on=None, event_id=event_id):
        raise Conflict("Somebody has moved this item.", "Look at the claim again.")
    step.state, step.live = "appealed", True


def go_back(step: CaseStep, item: ClaimItem, claim: Claim, *, event_id: int) -> CaseStep | None:
    """End a step after its appeal; a step held meanwhile goes on where it stood if the outcome still leads there."""
    following = law.next_step(law.programme(claim.programme), step.step, outcome=step.outcome, harm=item.harm)
    held = CaseStep.objects.filter(item=item, live=False, left_on=None, pk__gt=step.pk).order_by("-pk").first()
    if held is None or following is None or held.step != following.key:
        return go_on(step, item, claim, event_id=event_id)
    move(step, "done", event_id=event_id)
    CaseStep.objects.filter(pk=held.pk).update(live=True, event_id=event_id)
    return held


def go_on(step: CaseStep, item: ClaimItem, claim: Claim, *, event_id: int) -> CaseStep | None:
    """End a step and enter the one its outcome leads to; None when the procedure ends there."""
    move(step, "done", event_id=event_id)
    if step.outcome == OBJECTED:
        return None
    following = law.next_step(law.programme(claim.programme), step.step, outcome=step.outcome, harm=item.harm)
    return enter_step(item, claim, following, on=legal_today(claim.programme), event_id=event_id) if following else None
