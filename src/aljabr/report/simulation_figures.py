"""The numbers of a simulation as frozen records, small cells already withheld: what the page shows and the files hold.

``None`` in a count or a sum means withheld, here and nowhere else in this room. Amounts are integer minor units.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, kw_only=True)
class EffectFigure:
    """Persons of one group who gain, lose or keep what they had, and the money entitled before and after.

    An empty ``group`` of the total is everybody; None as ``group`` is those about whom the column says nothing.
    """

    group: str | None
    persons: int | None
    gain: int | None
    lose: int | None
    unchanged: int | None
    before_minor: int | None
    after_minor: int | None

    @property
    def change_minor(self) -> int | None:
        """Money after, less money before."""
        if self.before_minor is None or self.after_minor is None:
            return None
        return self.after_minor - self.before_minor


@dataclass(frozen=True, kw_only=True)
class BreakdownFigure:
    """The effects by the groups of one column."""

    column: str
    rows: tuple[EffectFigure, ...]


@dataclass(frozen=True, kw_only=True)
class TransitionFigure:
    """Items with one outcome under the law in force and one under the change."""

    before: str
    after: str
    items: int | None


@dataclass(frozen=True, kw_only=True)
class WaitingFigure:
    """Months people wait under a budget a year and a number of decisions a month; None where nobody is paid."""

    decided_months: int
    median_months: int | None
    ninetieth_months: int | None
    last_months: int | None


@dataclass(frozen=True, kw_only=True)
class DifferenceFigure:
    """One thing a change changes: the place, since when, the text before and after; ``unit`` is an amount's."""

    kind: str
    place: str
    before: str
    after: str
    since: str
    unit: str


@dataclass(frozen=True, kw_only=True)
class CaseFigure:
    """One worked case of the programme that comes out otherwise."""

    case: str
    title: str
    outcome_before: str
    outcome_after: str
    before_minor: int | None
    after_minor: int | None


@dataclass(frozen=True, kw_only=True)
class ScenarioFigure:
    """One version of the law: the one in force (no effects, no differences) or a change."""

    key: str
    title: dict[str, str]
    why: dict[str, str]
    hash: str
    outcomes: dict[str, int | None]
    paid_persons: int | None
    money_minor: int | None
    waiting: WaitingFigure | None
    differences: tuple[DifferenceFigure, ...] = ()
    total: EffectFigure | None = None
    breakdowns: tuple[BreakdownFigure, ...] = ()
    transitions: tuple[TransitionFigure, ...] = ()
    cases: tuple[CaseFigure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SweepPoint:
    """One step of a sweep under one version of the law."""

    scenario: str
    value: str
    persons: int | None
    money_minor: int | None


@dataclass(frozen=True, kw_only=True)
class SweepFigure:
    """A number moved step by step; ``unit`` is an amount's, empty for a number in a table; ``now`` where it stands in force."""

    name: str
    unit: str
    now: str
    points: tuple[SweepPoint, ...]


@dataclass(frozen=True, kw_only=True)
class SimulationFigures:
    """Everything a simulation says. The first scenario is the law in force."""

    programme: str
    programme_hash: str
    title: dict[str, str]
    issuer: dict[str, str]
    languages: tuple[str, ...]
    as_of: date | None
    currency: str
    exponent: int
    labels: dict[str, dict[str, str]]
    items: int
    persons: int
    threshold: int
    left_out: dict[str, str]
    budget_minor: int | None
    capacity: int | None
    scenarios: tuple[ScenarioFigure, ...]
    sweep: SweepFigure | None

    @property
    def in_force(self) -> ScenarioFigure:
        """The law in force."""
        return self.scenarios[0]

    @property
    def changes(self) -> tuple[ScenarioFigure, ...]:
        """The changes, in the order given."""
        return self.scenarios[1:]
