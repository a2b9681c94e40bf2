"""What became of a fund: totals that account for every unit of it and of every entitlement, and the check that they do."""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.errors import CheckFailed
from aljabr.programmes.records import Fund
from aljabr.relations import Database

_TOTALS = """
SELECT count(*), count(DISTINCT a.person_id), coalesce(sum(a.entitled_minor), 0), coalesce(sum(a.awarded_minor), 0),
    coalesce(sum(a.entitled_minor) FILTER (WHERE t.code IS NULL), 0),
    coalesce(sum(a.entitled_minor % $1) FILTER (WHERE t.code IS NOT NULL), 0),
    coalesce(sum((a.entitled_minor - a.awarded_minor) // $1 * $1) FILTER (WHERE t.code IS NOT NULL), 0)
FROM awards a LEFT JOIN _fund_tiers t ON t.code = a.tier
"""


@dataclass(frozen=True, kw_only=True)
class AwardSummary:
    """What became of a fund. All ``*_minor`` are minor units of ``currency``.

    Two sums hold to the last unit: available = awarded + left + reserve; entitled = awarded + unfunded + residue + outside.

    Parameters
    ----------
    fund, currency : str
        Key of the fund; ISO code.
    awards, claimants : int
        Number of awards and of clusters of persons they go to.
    available_minor, reserve_minor, awarded_minor, left_minor : int
        What the fund has, holds back, hands out, and has left.
    entitled_minor : int
        What the awards come to.
    unfunded_minor : int
        Payable entitlement the fund did not reach.
    residue_minor : int
        Parts of entitlements below one payable unit.
    outside_minor : int
        Entitlements in tiers this fund does not pay.
    tiers : tuple of tuple
        For each tier of the fund: key, claimed and awarded, in minor units, payable units only. What a phase leaves unpaid is
        claimed again in the next phase that pays the same awards.
    capped_minor : int
        What the programme's ceilings took off the determined sums before anything was handed out.
    """

    fund: str
    currency: str
    awards: int
    claimants: int
    available_minor: int
    reserve_minor: int
    awarded_minor: int
    left_minor: int
    entitled_minor: int
    unfunded_minor: int
    residue_minor: int
    outside_minor: int
    tiers: tuple[tuple[str, int, int], ...]
    capped_minor: int = 0

    def manifest_entry(self) -> dict[str, object]:
        """Return the summary as text, whole numbers and lists; money as text, since it may pass 2^53."""
        money = {name: str(value) for name, value in vars(self).items() if name.endswith("_minor")}
        if not self.capped_minor:  # only programmes with ceilings have anything to say of them
            del money["capped_minor"]
        tiers = [{"tier": key, "claimed_minor": str(claimed), "awarded_minor": str(paid)} for key, claimed, paid in self.tiers]
        counts = {"fund": self.fund, "currency": self.currency, "awards": self.awards, "claimants": self.claimants}
        return {**counts, **money, "tiers": tiers}


def summarise(db: Database, fund: Fund, unit: int, *, tiers: tuple[tuple[str, int, int], ...], capped: int = 0) -> AwardSummary:
    """Return what became of a fund, from the filled ``awards`` and what each tier claimed and was paid."""
    totals = db.rows(_TOTALS, [unit])[0]
    awards, claimants, entitled, awarded, outside, residue, unpaid = (int(value) for value in totals)
    unfunded = unpaid if fund.phased else sum(claimed - paid for _key, claimed, paid in tiers)
    return AwardSummary(
        fund=fund.key,
        currency=fund.currency,
        awards=awards,
        claimants=claimants,
        available_minor=fund.available_minor,
        reserve_minor=fund.reserve_minor,
        awarded_minor=awarded,
        left_minor=fund.available_minor - fund.reserve_minor - awarded,
        entitled_minor=entitled,
        unfunded_minor=unfunded,
        residue_minor=residue,
        outside_minor=outside,
        tiers=tiers,
        capped_minor=capped,
    )


def check_conserved(db: Database, summary: AwardSummary) -> None:
    """Hold awards, instalments and fund together, to the last unit.

    Raises
    ------
    CheckFailed
        When a sum is not conserved or an award is beyond its entitlement.
    """
    instalments = int(db.value("SELECT coalesce(sum(amount_minor), 0) FROM allocations"))
    beyond = db.value("SELECT count(*) FROM awards WHERE awarded_minor NOT BETWEEN 0 AND entitled_minor")
    accounted = summary.awarded_minor + summary.unfunded_minor + summary.residue_minor + summary.outside_minor
    tiers_paid = sum(paid for _key, _claimed, paid in summary.tiers)
    holds = instalments == tiers_paid == summary.awarded_minor and accounted == summary.entitled_minor and summary.left_minor >= 0
    if not holds or beyond:
        raise CheckFailed(f"The fund {summary.fund} was not conserved: {summary}.", "This is a fault of Aljabr: please report it.")
