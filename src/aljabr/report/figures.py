"""The numbers of the report as frozen records: one structure, rendered in every language.

Nothing here reads a database or knows a page. Amounts are integer minor units of the programme's currency; None means that
nobody stated the value, which is never the same as zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

OUTCOMES = ("granted", "denied", "incomplete", "held")


@dataclass(frozen=True, kw_only=True)
class SourceFigure:
    """One source file: its rows, taken and set aside."""

    source: str
    rows: int
    accepted: int
    quarantined: int


@dataclass(frozen=True, kw_only=True)
class FunnelStep:
    """One step from filing to payment, counted in claims."""

    key: str
    relation: str
    claims: int


@dataclass(frozen=True, kw_only=True)
class OutcomeFigure:
    """Items of one harm with one proposed outcome."""

    harm: str
    outcome: str
    items: int


@dataclass(frozen=True, kw_only=True)
class MissingFigure:
    """Incomplete items that lack one fact or paper; an item that lacks several is counted under each, an empty code names none."""

    code: str
    items: int


@dataclass(frozen=True, kw_only=True)
class GroundFigure:
    """Denied or held items with one ground; an empty ground was not stated."""

    outcome: str
    ground: str
    items: int


@dataclass(frozen=True, kw_only=True)
class MoneyFigure:
    """Money of one harm and one tier; items that were not granted form one row of each harm."""

    harm: str
    tier: str
    granted: bool
    items: int
    claimed_minor: int | None
    entitled_minor: int
    awarded_minor: int | None

    @property
    def gap_minor(self) -> int | None:
        """Entitled but not awarded; None when the programme awards nothing."""
        return None if self.awarded_minor is None else self.entitled_minor - self.awarded_minor


@dataclass(frozen=True, kw_only=True)
class FundFigure:
    """The fund that was allocated."""

    key: str
    title: dict[str, str]
    available_minor: int
    reserve_minor: int


@dataclass(frozen=True, kw_only=True)
class OverlapFigure:
    """Pairs of items that may be the same loss, of one kind; ``items`` are the later ones, ``held`` those not paid meanwhile."""

    kind: str
    pairs: int
    items: int
    held: int


@dataclass(frozen=True, kw_only=True)
class PersonFigure:
    """Mentions of people, the persons they were joined into, and the mentions that were joined to another one."""

    mentions: int
    persons: int
    merged: int


@dataclass(frozen=True, kw_only=True)
class IssueFigure:
    """Values of one column of one source file refused or doubted for one reason, with the place of the first one."""

    severity: str
    code: str
    column: str
    values: int
    rows: int
    reason: str
    source: str
    line: int | None
    cell: str


@dataclass(frozen=True, kw_only=True)
class InstalmentFigure:
    """One day on which money falls due."""

    instalment: int
    due_on: date | None
    awards: int
    amount_minor: int
    orders: int
    ordered_minor: int


@dataclass(frozen=True, kw_only=True)
class AgreementFigure:
    """Items with one published outcome and one proposed outcome; ``agrees`` is None when the two cannot be compared."""

    published: str
    outcome: str
    items: int
    agrees: bool | None


@dataclass(frozen=True, kw_only=True)
class TableFigure:
    """One decision table and whether a lawyer has signed it off."""

    table: str
    signed: bool
    by: str
    on: date | None
    why: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class UnverifiedFigure:
    """One dated amount or period whose source nobody has verified; ``value`` is in ``unit``, money in ``minor`` units."""

    key: str
    label: dict[str, str]
    unit: str
    value: int
    from_on: date | None
    instrument: str
    article: str
    note: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class RuleFigure:
    """One rule that matched no item, or more than 99 of 100."""

    table: str
    rule: str
    hits: int
    items: int


@dataclass(frozen=True, kw_only=True)
class WorkbookFigure:
    """One workbook made for an office: where it lies relative to the report, what it is called by language, its rows if counted."""

    path: str
    title: dict[str, str]
    rows: int | None = None


@dataclass(frozen=True, kw_only=True)
class ReportFigures:
    """Everything the report says, with the labels to say it in.

    ``labels`` maps a programme's code (harm, tier, body, fact) to its text by language; ``relation_folder`` is where the
    relations lie, relative to the report, so that each number can be followed to its file.
    """

    programme: str
    programme_hash: str
    title: dict[str, str]
    issuer: dict[str, str]
    languages: tuple[str, ...]
    stages: tuple[str, ...]
    as_of: date
    currency: str
    exponent: int
    labels: dict[str, dict[str, str]]
    sources: tuple[SourceFigure, ...]
    funnel: tuple[FunnelStep, ...]
    items: int
    outcomes: tuple[OutcomeFigure, ...]
    missing: tuple[MissingFigure, ...]
    grounds: tuple[GroundFigure, ...]
    money: tuple[MoneyFigure, ...]
    fund: FundFigure | None
    overlaps: tuple[OverlapFigure, ...]
    persons: PersonFigure
    issues: tuple[IssueFigure, ...]
    instalments: tuple[InstalmentFigure, ...]
    agreement: tuple[AgreementFigure, ...]
    tables: tuple[TableFigure, ...]
    unsigned_items: int
    unverified: tuple[UnverifiedFigure, ...]
    alarms: tuple[RuleFigure | str, ...]
    relation_folder: str
    aggregate_folder: str
    lists: tuple[WorkbookFigure, ...] = ()
    lists_left_out: int = 0
    mend: tuple[WorkbookFigure, ...] = ()
