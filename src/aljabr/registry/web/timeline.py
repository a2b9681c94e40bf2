"""The life of a claim by day: what was filed, asked, decided, served and written, from what the page already read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from aljabr.registry.claims.models import Claim, Mail
from aljabr.registry.decisions.models import Appeal, Decision
from aljabr.registry.procedure.models import CaseStep, ExternalRequest


@dataclass(frozen=True, kw_only=True)
class Moment:
    """One thing that happened; ``kind`` chooses the words, ``codes`` are titled by the page, ``note`` is shown as it is."""

    on: date
    kind: str
    codes: tuple[str, ...] = field(default=())
    note: str = ""


def timeline(
    claim: Claim,
    *,
    steps: Iterable[CaseStep],
    requests: Iterable[ExternalRequest],
    decisions: Iterable[Decision],
    appeals: Iterable[Appeal],
    mail: Iterable[Mail],
) -> list[Moment]:
    """Return what happened, oldest first; on one day in the order of a claim's life."""
    moments = [Moment(on=claim.filed_on, kind="filed")]
    asked, decided = list(requests), list(decisions)[::-1]
    for step in steps:
        moments.append(Moment(on=step.entered_on, kind="step", codes=(step.step,)))
        for request in asked:
            if (request.item_id, request.body) == (step.item_id, step.body):
                moments += _asked(request)
        for decision in decided:
            if (decision.item_id, decision.step) == (step.item_id, step.step):
                moments += _decided(decision)
    moments += [Moment(on=appeal.lodged_on, kind="appealed", codes=(appeal.body,)) for appeal in appeals]
    moments += [Moment(on=letter.dated_on, kind=f"mail_{letter.direction}", note=letter.subject) for letter in mail]
    return sorted(moments, key=lambda moment: moment.on)


def _asked(request: ExternalRequest) -> list[Moment]:
    sent = Moment(on=request.sent_on, kind="asked", codes=(request.body,), note=str(request.number))
    if request.answered_on is None:
        return [sent]
    return [sent, Moment(on=request.answered_on, kind="answered", codes=(request.body, request.answer))]


def _decided(decision: Decision) -> list[Moment]:
    moments = [Moment(on=decision.decided_on, kind="decided", codes=(decision.body.key, decision.outcome), note=decision.number)]
    for service in decision.services.all():
        kind = "served" if service.reached else "not_reached"
        moments.append(Moment(on=service.attempted_on, kind=kind, codes=(service.method,), note=decision.number))
    return moments
