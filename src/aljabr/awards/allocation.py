"""Turns determinations into awards, and a fund into what each award is paid.

Order: 1. one award for every granted determination, to the cluster of its claimant, under the programme's ceilings; 2. entitlements
in whole payable units (what is below one unit stays visible as entitlement unpaid); 3. tier after tier of the fund, each from what
the tiers before left: the units of one claimant's awards together are one claim, so that splitting a loss into many items wins
nothing, and the floor is a floor for each claimant; in a phased fund each tier is a round of its own, up to its limit for every
claimant; 4. a claimant's units are spread over the claimant's awards by largest remainder; 5. instalments, of which the last takes
what rounding left, or one for each phase. Everybody is paid in full, but for parts of a unit, when the fund suffices.

Shares are computed in Python integers once for every *size* of claim (``division``) and joined back, so it is exact and does not
depend on the order of rows. Ties are drawn by SHA-256 of ``fund:tier:id``. It does not judge who deserves what, and pays nobody.
"""

from __future__ import annotations

from datetime import date

from aljabr.awards.ceilings import apply_ceilings
from aljabr.awards.division import Division, divide_classes
from aljabr.awards.funds import check_fund, instalment_days, instalment_shares
from aljabr.awards.summary import AwardSummary, check_conserved, summarise
from aljabr.errors import CheckFailed
from aljabr.programmes.records import Fund, Programme, Tier
from aljabr.relations import Database

_LARGEST = 2**63 - 1

_AWARDS = """
INSERT INTO awards
SELECT 'awd_' || substr(sha256(d.determination_id), 1, 20), d.determination_id, d.claim_id,
    coalesce(m.person_id, 'per_' || substr(c.claimant_person_record_id, 5)), d.tier,
    d.amount_minor * $months, 0, d.currency
FROM determinations d
JOIN claims c USING (claim_id)
LEFT JOIN person_members m ON m.person_record_id = c.claimant_person_record_id
WHERE d.outcome = 'granted' AND d.amount_minor > 0
ORDER BY 1
"""

_PAYABLE = """
CREATE OR REPLACE TABLE _payable AS
SELECT a.award_id, a.person_id, t.tier_no, (a.entitled_minor - a.awarded_minor) // $unit AS units
FROM awards a JOIN _fund_tiers t ON t.code = a.tier
"""

_CLAIMANTS = """
CREATE OR REPLACE TABLE _claimants AS
SELECT tier_no, person_id, sum(units) AS owed, CASE WHEN $limit = 0 THEN sum(units) ELSE least(sum(units), $limit) END AS units
FROM _payable GROUP BY tier_no, person_id
"""

_GRANTED = """
CREATE OR REPLACE TABLE _granted AS
SELECT c.tier_no, c.person_id, s.draw, CAST(c.owed AS HUGEINT) AS owed,
    CAST(s.base AS HUGEINT) + CASE WHEN s.drawn AND row_number() OVER lots <= s.spare THEN 1 ELSE 0 END AS granted
FROM _claimants c JOIN _shares s USING (tier_no, units)
WINDOW lots AS (PARTITION BY c.tier_no, s.drawn ORDER BY sha256(s.draw || ':' || c.person_id), c.person_id)
"""

_SPREAD = """
CREATE OR REPLACE TABLE _paid AS
WITH shares AS (
    SELECT p.award_id, p.tier_no, p.person_id, g.draw, g.granted,
        p.units * g.granted // g.owed AS base, p.units * g.granted % g.owed AS remainder
    FROM _payable p JOIN _granted g USING (tier_no, person_id)
    WHERE g.owed > 0
),
ranked AS (
    SELECT *, granted - sum(base) OVER (PARTITION BY tier_no, person_id) AS spare, row_number() OVER lots AS place
    FROM shares
    WINDOW lots AS (PARTITION BY tier_no, person_id ORDER BY remainder DESC, sha256(draw || ':' || award_id), award_id)
)
SELECT award_id, base + CASE WHEN place <= spare THEN 1 ELSE 0 END AS units FROM ranked
"""

_UPDATE = """
CREATE OR REPLACE TABLE awards AS
SELECT a.* REPLACE (CAST(a.awarded_minor + coalesce(p.units, 0) * $unit AS BIGINT) AS awarded_minor)
FROM awards a LEFT JOIN _paid p USING (award_id) ORDER BY a.award_id
"""

_INSTALMENTS = """
INSERT INTO allocations
WITH units AS (SELECT award_id, CAST(awarded_minor // $unit AS HUGEINT) AS units FROM awards),
parts AS (
    SELECT u.award_id, i.instalment, i.due_on, CASE WHEN i.instalment < $last THEN u.units * i.share // $whole
        ELSE u.units - coalesce(sum(u.units * i.share // $whole) OVER earlier, 0) END AS part
    FROM units u CROSS JOIN _instalments i
    WINDOW earlier AS (PARTITION BY u.award_id ORDER BY i.instalment ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
)
SELECT award_id, instalment, CAST(part * $unit AS BIGINT), due_on FROM parts WHERE part > 0 ORDER BY award_id, instalment
"""

_PHASE = "INSERT INTO _phases SELECT award_id, $phase, units FROM _paid WHERE units > 0"

_PHASES = """
INSERT INTO allocations
SELECT p.award_id, p.instalment, CAST(p.units * $unit AS BIGINT), i.due_on
FROM _phases p JOIN _instalments i USING (instalment) ORDER BY p.award_id, p.instalment
"""


def make_awards(db: Database, programme: Programme, fund: Fund, *, as_of: date) -> AwardSummary:
    """Fill ``awards`` (one for every granted determination) and ``allocations`` (one for every instalment that pays something).

    Parameters
    ----------
    db : Database
        With ``determinations``, ``claims`` and ``person_members``; a claimant without a cluster is a person alone.
    programme : Programme
        For currency and payable unit.
    fund : Fund
        What is handed out, in which order, by which rule.
    as_of : date
        Day the first instalment is due.

    Returns
    -------
    AwardSummary

    Raises
    ------
    ProgrammeBroken
        When the fund has another currency, holds back more than it has, pays a tier twice, or its instalments are not 100 percent.
    CheckFailed
        When a determination is in another currency, an item was granted twice, or a sum is not conserved.
    """
    check_fund(fund, programme)
    unit = programme.currency.payable_unit_minor
    db.create("awards")
    db.execute(_AWARDS, {"months": fund.months or 1})
    _check_awards(db, programme)
    capped = apply_ceilings(db, programme, as_of=as_of)
    tiers = _allocate(db, fund, unit)
    _make_instalments(db, fund, unit, as_of=as_of)
    summary = summarise(db, fund, unit, tiers=tiers, capped=capped)
    check_conserved(db, summary)
    for table in ("_fund_tiers", "_payable", "_claimants", "_shares", "_granted", "_paid", "_phases", "_instalments"):
        db.execute(f"DROP TABLE {table}")
    return summary


def _check_awards(db: Database, programme: Programme) -> None:
    foreign = db.value("SELECT min(award_id) FROM awards WHERE currency IS DISTINCT FROM ?", [programme.currency.code])
    if foreign:
        raise CheckFailed(f"The award {foreign} is not in {programme.currency.code}.", "Determine it in the programme's currency.")
    twice = db.value(
        "SELECT min(item_id) FROM (SELECT item_id FROM awards JOIN determinations USING (determination_id) "
        "GROUP BY item_id HAVING count(*) > 1)"
    )
    if twice:
        raise CheckFailed(f"The item {twice} was granted more than once.", "Keep one determination for each item.")
    owed, persons = db.rows(
        "SELECT count(*), (SELECT count(*) FROM awards) FROM determinations WHERE outcome = 'granted' AND amount_minor > 0"
    )[0]
    if owed != persons:
        raise CheckFailed(f"{owed} determinations were granted, {persons} have a claimant.", "Every claim needs one claimant.")


def _allocate(db: Database, fund: Fund, unit: int) -> tuple[tuple[str, int, int], ...]:
    """Pay the fund's tiers, all in one round or, when it is phased, one round after the other; return what each claimed and got."""
    numbered = list(enumerate(fund.tiers))
    db.load_rows("_phases", {"award_id": "TEXT", "instalment": "BIGINT", "units": "BIGINT"}, [])
    left, tiers = (fund.available_minor - fund.reserve_minor) // unit, []
    for tier_round in [[one] for one in numbered] if fund.phased else [numbered]:
        left, paid = _allocate_round(db, fund, unit, tier_round, left)
        tiers += paid
        if fund.phased:
            db.execute(_PHASE, {"phase": tier_round[0][0] + 1})
    codes = dict.fromkeys(code for tier in fund.tiers for code in tier.pays)
    db.load_rows("_fund_tiers", {"code": "TEXT", "tier_no": "BIGINT"}, [(code, 0) for code in codes])
    return tuple(tiers)


def _allocate_round(
    db: Database, fund: Fund, unit: int, tier_round: list[tuple[int, Tier]], left: int
) -> tuple[int, list[tuple[str, int, int]]]:
    codes = [(code, number) for number, tier in tier_round for code in tier.pays]
    db.load_rows("_fund_tiers", {"code": "TEXT", "tier_no": "BIGINT"}, codes)
    db.execute(_PAYABLE, {"unit": unit})
    db.execute(_CLAIMANTS, {"limit": tier_round[0][1].up_to_minor // unit if fund.phased else 0})
    if db.value("SELECT coalesce(max(owed), 0) FROM _claimants") > _LARGEST:
        raise CheckFailed(
            "The awards of one claimant add up to more than 2^63 payable units.", "Look at the amounts of the tables."
        )
    tiers, shares = [], []
    for number, tier in tier_round:
        counted = db.rows("SELECT units, count(*) FROM _claimants WHERE tier_no = ? GROUP BY units ORDER BY units", [number])
        classes = {int(size): int(heads) for size, heads in counted}
        division = divide_classes(classes, left, rule=tier.rule, floor=tier.floor_minor // unit)
        claimed = sum(size * heads for size, heads in classes.items())
        paid = sum(division.base[size] * heads for size, heads in classes.items()) + division.spare
        left -= paid
        tiers.append((tier.key, claimed * unit, paid * unit))
        shares += _share_rows(number, division, f"{fund.key}:{tier.key}")
    _load_shares(db, shares)
    for statement in (_GRANTED, _SPREAD):
        db.execute(statement)
    db.execute(_UPDATE, {"unit": unit})
    return left, tiers


def _share_rows(number: int, division: Division, draw: str) -> list[tuple[int, int, int, bool, int, str]]:
    return [(number, size, base, size in division.drawn, division.spare, draw) for size, base in division.base.items()]


def _load_shares(db: Database, rows: list[tuple[int, int, int, bool, int, str]]) -> None:
    columns = {"tier_no": "BIGINT", "units": "BIGINT", "base": "BIGINT", "drawn": "BOOLEAN", "spare": "BIGINT", "draw": "TEXT"}
    db.load_rows("_shares", columns, rows)


def _make_instalments(db: Database, fund: Fund, unit: int, *, as_of: date) -> None:
    days = instalment_days(fund, as_of=as_of)
    whole, parts = (100, [0] * len(days)) if fund.phased else instalment_shares(fund)
    rows = [(number, part, day) for number, (part, day) in enumerate(zip(parts, days, strict=True), 1)]
    db.load_rows("_instalments", {"instalment": "BIGINT", "share": "BIGINT", "due_on": "DATE"}, rows)
    db.create("allocations")
    if fund.phased:
        db.execute(_PHASES, {"unit": unit})
    else:
        db.execute(_INSTALMENTS, {"unit": unit, "last": len(rows), "whole": whole})
