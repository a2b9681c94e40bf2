"""What a fund may say, and when it pays: instalments as percentages, phases, or months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Fund, Programme

WHOLE = (100,)


def check_fund(fund: Fund, programme: Programme) -> None:
    """Refuse a fund that contradicts itself or its programme.

    Raises
    ------
    ProgrammeBroken
        Naming what the fund says.
    """
    problem = next(_problems(fund, programme), None)
    if problem:
        raise ProgrammeBroken(f"The fund {fund.key} {problem}.", "Mend funds/*.yaml.")


def _problems(fund: Fund, programme: Programme) -> Iterator[str]:
    if fund.currency != programme.currency.code:
        yield f"is in {fund.currency}, the programme pays {programme.currency.code}"
    if not 0 <= fund.reserve_minor <= fund.available_minor:
        yield "holds back more than it has"
    if sum(fund.instalments) != 100 or min(fund.instalments) <= 0:
        yield "has instalments that are not positive percentages adding up to 100"
    if fund.instalment_interval_days < 0 or any(tier.floor_minor < 0 for tier in fund.tiers):
        yield "has a negative floor or interval"
    if (fund.phased or fund.months) and fund.instalments != WHOLE:
        yield "has instalments besides its phases or months"
    if fund.months < 0 or (fund.months and fund.phased):
        yield "has a negative number of months, or months and phases"
    yield from _phase_problems(fund) if fund.phased else _tier_problems(fund)


def _tier_problems(fund: Fund) -> Iterator[str]:
    codes = [code for tier in fund.tiers for code in tier.pays]
    if len(set(codes)) < len(codes):
        yield "pays an award tier in more than one tier of its own"
    if any(tier.up_to_minor or tier.due_after_days for tier in fund.tiers):
        yield "limits or delays a tier without being phased"


def _phase_problems(fund: Fund) -> Iterator[str]:
    finished: set[str] = set()
    for tier in fund.tiers:
        if finished & set(tier.pays):
            yield f"pays {', '.join(sorted(finished & set(tier.pays)))} again in {tier.key}, after a phase without a limit"
        if tier.up_to_minor < 0 or tier.floor_minor:
            yield f"has a negative limit or a floor in the phase {tier.key}"
        finished |= set() if tier.up_to_minor else set(tier.pays)
    days = [tier.due_after_days for tier in fund.tiers]
    if days != sorted(days) or min(days, default=0) < 0:
        yield "pays a later phase before an earlier one"


def instalment_days(fund: Fund, *, as_of: date) -> list[date]:
    """Return the day each instalment is due: month by month, phase by phase, or at the fund's interval.

    Examples
    --------
    >>> from aljabr.programmes.records import Fund
    >>> fund = Fund(key="f", available_minor=1, currency="IQD", months=3, tiers=())
    >>> [str(day) for day in instalment_days(fund, as_of=date(2024, 12, 31))]
    ['2024-12-31', '2025-01-31', '2025-02-28']
    """
    if fund.months:
        return [_months_after(as_of, number) for number in range(fund.months)]
    if fund.phased:
        return [as_of + timedelta(days=tier.due_after_days) for tier in fund.tiers]
    return [as_of + number * timedelta(days=fund.instalment_interval_days) for number in range(len(fund.instalments))]


def instalment_shares(fund: Fund) -> tuple[int, list[int]]:
    """Return the whole and the part of it that each instalment pays: of 100 percent, or of the months."""
    return (fund.months, [1] * fund.months) if fund.months else (100, list(fund.instalments))


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - timedelta(days=1)).day))
