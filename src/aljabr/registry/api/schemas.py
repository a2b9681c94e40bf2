"""What operations take and give, as OpenAPI says it. Days lie between 1900 and 2200.

Money is whole minor units where a field says so (``…_minor``). Where people state it, in ``claimed``, ``amount`` and answers, it is
in the currency's major unit and read as in a form.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import BeforeValidator

from aljabr.registry.stated import FieldsRefused, read_day


def _day(value: object) -> object:
    """Read a day as forms do; a number is no day, though it might count seconds."""
    if value is None or isinstance(value, date):
        return value
    try:
        return read_day(value if isinstance(value, str) else "", field="day")
    except FieldsRefused as refused:
        raise ValueError(f"{refused.what} {refused.way_out}") from refused


Day = Annotated[date, BeforeValidator(_day), Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]
Minor = Annotated[int, Field(ge=0, le=2**53 - 1, strict=True)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Line = Annotated[str, Field(max_length=256)]
Prose = Annotated[str, Field(max_length=20_000)]
Whole = Annotated[int, Field(ge=-(2**53) + 1, le=2**53 - 1, strict=True)]
Fact = Annotated[bool, Field(strict=True)] | Whole | Annotated[float, Field(ge=-1e15, le=1e15, strict=True)] | Line


class FieldProblem(Schema):
    """What is wrong with one field: a stable code, the sentence, the way out, the reader's own words."""

    field: str
    code: str
    what: str
    way_out: str = ""
    reason: str = ""


class Problem(Schema):
    """What went wrong (RFC 9457), with the way out; where fields were refused, each of them."""

    type: str
    title: str
    status: int
    code: str
    what: str
    way_out: str
    errors: list[FieldProblem] | None = None


class PersonIn(Schema):
    """A person as the filing states them."""

    full_name: Annotated[str, Field(min_length=1, max_length=256)]
    role: Literal["claimant", "victim", "roster"]
    relation: Annotated[str, Field(max_length=32)] = ""
    sex: Literal["", "f", "m"] = ""
    born: Annotated[str, Field(max_length=64)] = ""
    phone: Annotated[str, Field(max_length=32)] = ""
    id_number: Annotated[str, Field(max_length=64)] = ""
    place: Annotated[str, Field(max_length=64)] = ""


class ItemIn(Schema):
    """A head of loss as the filing states it."""

    harm: Code
    facts: Annotated[dict[Code, Fact], Field(default_factory=dict)]
    claimed: Line = ""
    claimed_minor: Minor | None = None
    incident: Prose = ""
    incident_earliest_on: Day | None = None
    incident_latest_on: Day | None = None
    place: Annotated[str, Field(max_length=64)] = ""
    property_ref: Annotated[str, Field(max_length=128)] = ""
    exhibits: Annotated[list[Code], Field(default_factory=list, max_length=50)]


class FilingIn(Schema):
    """A filing; sent again with the same ``filing_key`` and content it is the same claim."""

    programme: Code
    filing_key: Code
    filed_on: Day
    area: Annotated[str, Field(min_length=1, max_length=16)]
    people: Annotated[list[PersonIn], Field(min_length=1, max_length=100)]
    items: Annotated[list[ItemIn], Field(min_length=1, max_length=50)]
    language: Literal["ar", "ckb", "kmr", "en"] = "ar"
    interviewer_sex: Literal["", "f", "m"] = ""


class ClaimOut(Schema):
    """A claim."""

    id: str
    programme: str
    programme_hash: str
    reference: str
    filed_on: date
    area: str
    language: str
    claimant_name: str


class LodgedOut(ClaimOut):
    """A claim with its receipt: the leaf of its filing in the public log."""

    receipt: str


class ClaimPage(Schema):
    """One page of claims; ``next`` is the cursor of the following page, empty on the last."""

    claims: list[ClaimOut]
    next: str


class StepOut(Schema):
    """Where a head of loss stands or stood."""

    id: int
    item_id: str
    step: str
    body: str
    state: str
    outcome: str
    live: bool
    entered_on: date
    due_on: date | None


class ItemOut(Schema):
    """A head of loss."""

    id: str
    claim_id: str
    harm: str
    claimed_minor: int | None
    facts: dict[str, Any]


class DecisionOut(Schema):
    """A decision."""

    id: str
    item_id: str
    step: str
    number: str
    outcome: str
    amount_minor: int | None
    currency: str
    ground: str
    statutory_exception: str
    decided_on: date
    live: bool


class MotionOut(Schema):
    """A question put to a body."""

    id: int
    item_id: str
    outcome: str
    amount_minor: int | None
    ground: str
    closed_at: datetime | None


class CaseOut(Schema):
    """A claim with all that is known of its course."""

    claim: ClaimOut
    items: list[ItemOut]
    steps: list[StepOut]
    motions: list[MotionOut]
    decisions: list[DecisionOut]


class EventOut(Schema):
    """An act; ``leaf_index`` is its place in the public log once it has one."""

    name: str
    happened_at: datetime
    actor: str
    subject: str
    content: dict[str, Any]
    leaf_index: int | None


class QueueOut(Schema):
    """A queue."""

    body: str
    step: str
    state: str
    items: int
    oldest_on: date


class WaitingPage(Schema):
    """One page of a queue, oldest first."""

    steps: list[StepOut]
    next: str


class ProposalOut(Schema):
    """What the machine proposes; it decides nothing."""

    item_id: str
    run_id: str
    programme_hash: str
    outcome: str
    ground: str
    amount_minor: int | None
    currency: str
    legal_basis: str
    rule_hits: list[Any]
    missing_facts: list[Any]


class Done(Schema):
    """What an act made: its kind and identifier."""

    kind: str
    id: str


class AnswerIn(Schema):
    """An outside body's answer."""

    answer: Code
    reasons: Prose = ""


class ViewIn(Schema):
    """A provisional view."""

    view: Annotated[str, Field(min_length=1, max_length=20_000)]


class AskIn(Schema):
    """What is asked of the claimant."""

    facts: Annotated[list[Code], Field(min_length=1, max_length=50)]
    message: Prose = ""


class FactsIn(Schema):
    """The claimant's answers."""

    facts: Annotated[dict[Code, Fact], Field(min_length=1)]


class WaiverIn(Schema):
    """A demand of evidence waived by a rule."""

    fact: Code
    rule: Code
    reason: Prose = ""


class OutcomeIn(Schema):
    """An outcome with its ground."""

    outcome: Annotated[str, Field(min_length=1, max_length=32)]
    amount: Line = ""
    amount_minor: Minor | None = None
    ground: Annotated[str, Field(min_length=1, max_length=20_000)]


class MotionIn(OutcomeIn):
    """A question put to a body; ``written_ground`` when it differs from the determination."""

    written_ground: Prose = ""


class VoteIn(Schema):
    """A vote."""

    choice: Literal["for", "against", "abstain"]
    dissent: Prose = ""


class ServiceIn(Schema):
    """An attempt to tell the claimant."""

    method: Literal["in_person", "mukhtar", "bailiff", "sms", "publication"]
    attempted_on: Day
    reached: bool
    detail: Prose = ""


class AppealIn(Schema):
    """An appeal; a late one says why."""

    lodged_on: Day
    reasons: Annotated[str, Field(min_length=1, max_length=20_000)]
    late_reasons: Prose = ""


class RunIn(Schema):
    """A run asked for."""

    programme: Code
    as_of: Day | None = None
    unit: Annotated[str, Field(max_length=64)] = ""


class RunOut(Schema):
    """A run with its progress and result."""

    id: str
    programme: str
    programme_hash: str
    unit: str
    as_of: date
    state: str
    stage: str
    asked_at: datetime
    ended_at: datetime | None
    items: int
    recorded: int
    overlaps: int
    untyped: int
    stale: int
    failure: str

    @staticmethod
    def resolve_stale(run: Any) -> int:
        """Return how many proposals were stale."""
        return len(run.stale)
