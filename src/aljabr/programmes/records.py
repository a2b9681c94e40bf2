"""The immutable records a programme folder becomes; every room above reads these and never the files.

Field names are the keys of the YAML files, so that a refusal can name the file and the key.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

Language = Literal["ar", "ckb", "kmr", "en"]
Text = dict[str, str]
SelectsBy = Literal["incident_on", "filed_on", "decided_on"]
State = Literal["verified", "unverified"]
Stage = Literal["intake", "link", "assess", "remedy", "award", "pay", "publish", "report"]


def _said(value: object) -> object:
    """Return a remark as texts by language; one that is a plain text is in English."""
    return ({"en": value} if value else {}) if isinstance(value, str) else value


# A remark beside the law: a text in English, or texts by language.
Remark = Annotated[Text, BeforeValidator(_said)]


def in_english(text: Text) -> str:
    """Return a text in English, else in whatever language it is written."""
    return text.get("en") or next(iter(text.values()), "")


class Record(BaseModel):
    """A frozen record that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Reference(Record):
    """Where in the law something stands, and whether it was seen in a source."""

    instrument: str
    article: str = ""
    url: str = ""
    state: State = "unverified"
    note: Remark = Field(default_factory=dict)


class Instrument(Record):
    """One legal instrument with its dates in force (half-open)."""

    key: str
    title: Text
    from_on: date
    until_on: date | None = None
    url: str = ""
    state: State = "unverified"


class CurrencySpec(Record):
    """The programme's currency: ISO code, exponent, smallest amount really handed out in minor units."""

    code: str
    exponent: int
    payable_unit_minor: int = 1


class Harm(Record):
    """One head of harm: code, label, who may claim (relations to the victim; ``self`` for the harmed person)."""

    code: str
    label: Text
    reference: Reference
    may_claim: tuple[str, ...] = ("self",)
    victim_is_other: bool = False
    decided_on_value: bool = False


class Fact(Record):
    """One input of the programme's tables.

    ``source`` says where it comes from: ``intake`` (a mapped column of claim_items), ``exhibit`` (true when an exhibit of
    the kind ``exhibit`` is named), ``amount`` is not declared here (amounts are inputs by their own key), ``engine`` (one
    of the facts every programme may use: see docs/reference/facts.md). ``kept_for`` says why a fact is collected that no
    table reads. ``asked_of`` says who answers: ``claimant``, ``office`` (who works on the claim) or the key of an external body.
    ``values_from`` is ``harms`` or ``relations`` when the codes stand there.
    """

    name: str
    type: Literal["string", "number", "boolean", "date"]
    source: Literal["intake", "exhibit", "engine"]
    label: Text = Field(default_factory=dict)
    exhibit: str = ""
    values: tuple[str, ...] = ()
    values_from: str = ""
    minimum: int | None = None
    maximum: int | None = None
    asked_of: str = "claimant"
    protected: bool = False
    legal_basis: Reference | None = None
    kept_for: str = ""


class Seat(Record):
    """One seat of a body; ``principal`` is who appoints (all ministries are one: ``executive``)."""

    name: Text
    principal: str
    state: State = "unverified"


class Body(Record):
    """One deciding or ratifying body; an ``external`` one only contributes (police, a bank) and has no seats here."""

    key: str
    title: Text
    seats: tuple[Seat, ...] = ()
    external: bool = False
    statutory_exception: str = ""
    reference: Reference


class Deadline(Record):
    """A period in days and the event it runs from (always a served one)."""

    key: str
    days: int
    runs_from: str
    reference: Reference


class DatedValue(Record):
    """One value of an amount in force from a day (half-open until the next)."""

    from_on: date
    until_on: date | None = None
    value: int
    reference: Reference


class Amount(Record):
    """A dated amount; ``unit`` is ``minor`` (money) or a plain unit such as ``percent`` or ``days``."""

    key: str
    unit: str
    selects_by: SelectsBy
    label: Text = Field(default_factory=dict)
    values: tuple[DatedValue, ...]


class SignOff(Record):
    """Whether a lawyer has signed a table off."""

    state: Literal["open", "signed"]
    by: str = ""
    on: date | None = None
    why: Remark = Field(default_factory=dict)


class Ceiling(Record):
    """The most that items of these harms come to together for one claimant or one household, whatever each comes to alone.

    ``amount`` is the key of an amount selected by ``decided_on``.
    """

    key: str
    label: Text
    harms: tuple[str, ...]
    per: Literal["claimant", "household"]
    amount: str
    reference: Reference


class Remedy(Record):
    """What a granted item gives besides or instead of one sum.

    ``monthly`` is paid every month: the sum determined, or ``amount``, the key of an amount selected by ``decided_on``.
    ``in_kind`` is a thing such as a plot of land, ``service`` is care or schooling, ``priority`` a right to be preferred.
    ``grounds`` lists the grounds of the determination that give it.
    """

    key: str
    label: Text
    kind: Literal["monthly", "in_kind", "service", "priority"]
    grounds: tuple[str, ...]
    amount: str = ""
    reference: Reference


class Gap(Record):
    """Where practice asks for more than the law, or the law leaves somebody out; shown with the programme."""

    key: str
    text: Text
    reference: Reference


class Field_(Record):
    """How one source column is taken.

    ``to`` is a target of ``aljabr.formats.TARGETS`` or ``facts.NAME``; ``as_`` the reading (text, name, date, money, number,
    boolean, code, codes, phone, identifier, place).
    """

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)
    to: str
    as_: str = Field("text", alias="as")
    codes: str = ""
    order: Literal["dmy", "mdy", "ymd"] = "dmy"
    calendar: Literal["gregorian", "hijri"] = "gregorian"
    required: bool = False
    separator: str = ";"
    unit: Literal["major", "minor"] = "major"
    decimal: Literal["", "comma", "point"] = ""
    minimum: int | None = None
    maximum: int | None = None


class Mapping(Record):
    """One known source: its header signature, the columns taken, the columns ignored with the reason.

    ``codes`` maps a code list's name to source spelling → programme code; ``constants`` are targets with one value for all rows.
    ``decimal`` is the mark before decimals in every column that does not state its own.
    What kind of file it is the file says; ``kind`` only decides between two mappings that fit. ``header_row`` is the line of the
    header where it is not the one that is found; ``ignore_sheets`` names sheets of a workbook, ``*`` for any letters, with the
    reason.
    """

    key: str
    title: Text = Field(default_factory=dict)
    kind: Literal["", "csv", "xlsx", "jsonl"] = ""
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    decimal: Literal["", "comma", "point"] = ""
    header_row: int = Field(default=0, ge=0)
    ignore_sheets: dict[str, str] = Field(default_factory=dict)
    columns: dict[str, Field_]
    ignore: dict[str, str] = Field(default_factory=dict)
    codes: dict[str, dict[str, str]] = Field(default_factory=dict)
    constants: dict[str, str] = Field(default_factory=dict)


class InputClause(Record):
    """One input column of a decision table: a FEEL expression and its declared type."""

    expression: str
    type: str = ""
    label: str = ""


class OutputClause(Record):
    """One output column; ``values`` lists the allowed values in priority order (hit policy P needs them)."""

    name: str
    type: str = ""
    values: tuple[str, ...] = ()
    default: str = ""


class Rule(Record):
    """One row: unary tests, output expressions, annotations by clause name (``article`` is the legal basis)."""

    id: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    annotations: dict[str, str] = Field(default_factory=dict)


class DecisionTable(Record):
    """One DMN decision with decision-table logic. ``requires`` names the decisions whose outputs it reads."""

    file: str
    id: str
    name: str
    label: str = ""
    hit_policy: Literal["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"] = "UNIQUE"
    aggregation: Literal["", "SUM", "COUNT", "MIN", "MAX"] = ""
    requires: tuple[str, ...] = ()
    inputs: tuple[InputClause, ...]
    outputs: tuple[OutputClause, ...]
    rules: tuple[Rule, ...]


class Case(Record):
    """A worked example: facts in, what must come out, the rule that must fire and its article."""

    key: str
    title: str
    facts: dict[str, str | int | bool | date | None]
    expect: dict[str, str | int | bool | None]
    rules: dict[str, str] = Field(default_factory=dict)
    article: str = ""


class Letter(Record):
    """The text of a decision letter for one outcome in one language, with ``{placeholders}``."""

    outcome: str
    language: Language
    subject: str
    body: str


class Tier(Record):
    """One tier of a fund: which award tiers it pays, a floor each award gets first, and the rule for the rest.

    In a phased fund a tier is a phase: it pays each claimant at most ``up_to_minor`` (0: all that is still owed),
    ``due_after_days`` after the day of the run, and a later phase may go on with the same award tiers.
    """

    key: str
    pays: tuple[str, ...]
    rule: Literal["proportional", "constrained_equal_awards"]
    floor_minor: int = 0
    up_to_minor: int = 0
    due_after_days: int = 0
    reference: Reference | None = None


class Payer(Record):
    """Who pays out a fund: the name on the payment file, the account debited, the agent (bank) that holds it.

    ``letters`` says how names are written for that bank: as they are, or in the Latin characters that every bank accepts.
    """

    name: str
    account: str
    agent: str = ""
    bic: str = ""
    letters: Literal["any", "latin"] = "any"


class Fund(Record):
    """Money to hand out: how much, when, in what order, from whose account.

    ``instalments`` are percentages of every award. Instead of them, ``phased`` makes each tier an instalment of its own, and
    ``months`` pays what was determined as a sum for each month, that many times.
    """

    key: str
    title: Text = Field(default_factory=dict)
    available_minor: int
    currency: str
    reserve_minor: int = 0
    instalments: tuple[int, ...] = (100,)
    instalment_interval_days: int = 0
    phased: bool = False
    months: int = 0
    tiers: tuple[Tier, ...]
    payer: Payer | None = None
    reference: Reference | None = None


class Step(Record):
    """One step of the procedure the law prescribes.

    ``act`` is what completes it: the claim's filing (``file``), an outside body's answer (``request``), a reviewer's proposal
    (``review``), a body's vote (``vote``) or a payment (``pay``). It is entered from ``entry`` when that ended in one of
    ``entry_outcomes`` (all when empty); where ``harms`` does not name the item's harm the step is passed over.
    """

    key: str
    title: Text
    body: str
    act: Literal["file", "request", "review", "vote", "pay"] = "vote"
    entry: str = ""
    entry_outcomes: tuple[str, ...] = ()
    harms: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    deadline: str = ""
    served: bool = False
    appeal_to: str = ""
    reference: Reference


class Programme(Record):
    """A programme: the law as data, with the hash of its content.

    ``labels`` says every code a letter or a page may print (grounds, what is missing, relations, tiers) in every language.
    ``synthetic_only`` refuses every run that does not declare its claims to be invented. ``time_zone`` is the zone of the IANA
    database whose day is the legal day of every act.
    """

    key: str
    folder: Path
    hash: str
    title: Text
    issuer: Text
    currency: CurrencySpec
    languages: tuple[Language, ...]
    stages: tuple[Stage, ...]
    instruments: tuple[Instrument, ...]
    harms: tuple[Harm, ...]
    relations: tuple[str, ...] = ()
    facts: tuple[Fact, ...]
    bodies: tuple[Body, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    determination: dict[str, str]
    sign_off: dict[str, SignOff]
    published_outcome: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    published_fact: str = ""
    labels: dict[str, Text] = Field(default_factory=dict)
    ceilings: tuple[Ceiling, ...] = ()
    remedies: tuple[Remedy, ...] = ()
    gaps: tuple[Gap, ...] = ()
    synthetic_only: bool = False
    time_zone: str = "UTC"
    amounts: tuple[Amount, ...] = ()
    tables: tuple[DecisionTable, ...]
    procedure: tuple[Step, ...] = ()
    mappings: tuple[Mapping, ...]
    letters: tuple[Letter, ...] = ()
    cases: tuple[Case, ...] = ()
    funds: tuple[Fund, ...] = ()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, OSError, ValueError) as error:
            raise ValueError(f"{name!r} is not a time zone of the IANA database; write one such as Asia/Baghdad") from error
        return name

    @property
    def zone(self) -> ZoneInfo:
        """The zone whose day is the legal day."""
        return ZoneInfo(self.time_zone)

    def legal_day(self, instant: datetime | None = None) -> date:
        """Return the day of an instant, now by default, in the programme's zone."""
        return (instant or datetime.now(UTC)).astimezone(self.zone).date()
