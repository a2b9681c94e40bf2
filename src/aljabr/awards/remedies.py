"""What a granted item gives besides or instead of one sum: a monthly salary, a plot of land, schooling, a right to be preferred.

Only lists it, one row for every remedy of every granted item, to whom and from which day; nobody is paid or given anything here.
"""

from __future__ import annotations

from datetime import date

from aljabr.errors import ProgrammeBroken
from aljabr.programmes import amounts_for
from aljabr.programmes.records import Programme, Remedy
from aljabr.relations import Database

_REMEDIES = """
INSERT INTO remedies
SELECT 'rem_' || substr(sha256(d.determination_id || ':' || r.remedy), 1, 20), d.determination_id, d.claim_id,
    coalesce(m.person_id, 'per_' || substr(c.claimant_person_record_id, 5)), r.remedy, r.kind,
    CASE WHEN r.kind = 'monthly' THEN coalesce(r.amount_minor, d.amount_minor) END,
    CASE WHEN r.kind = 'monthly' THEN $currency END, CAST($as_of AS DATE)
FROM determinations d
JOIN _remedies r ON r.ground = d.ground
JOIN claims c USING (claim_id)
LEFT JOIN person_members m ON m.person_record_id = c.claimant_person_record_id
WHERE d.outcome = 'granted'
ORDER BY 1
"""


def make_remedies(db: Database, programme: Programme, *, as_of: date) -> dict[str, int]:
    """Fill ``remedies``, grain one remedy of one granted item, key ``remedy_id``; return how many of each there are.

    Parameters
    ----------
    db : Database
        With ``determinations``, ``claims`` and ``person_members``.
    programme : Programme
        Its ``remedies`` say which ground gives what.
    as_of : date
        Day of the decisions, from which a remedy runs and by which a monthly sum is chosen.

    Raises
    ------
    ProgrammeBroken
        When a monthly remedy's amount has no value on that day.
    """
    rows = [
        (remedy.key, remedy.kind, _monthly(programme, remedy, as_of), ground)
        for remedy in programme.remedies
        for ground in remedy.grounds
    ]
    db.load_rows("_remedies", {"remedy": "TEXT", "kind": "TEXT", "amount_minor": "BIGINT", "ground": "TEXT"}, rows)
    db.create("remedies")
    db.execute(_REMEDIES, {"currency": programme.currency.code, "as_of": as_of.isoformat()})
    db.execute("DROP TABLE _remedies")
    return {str(key): int(count) for key, count in db.rows("SELECT remedy, count(*) FROM remedies GROUP BY remedy ORDER BY remedy")}


def _monthly(programme: Programme, remedy: Remedy, as_of: date) -> int | None:
    if not remedy.amount:
        return None
    value = amounts_for(programme, {"decided_on": as_of}).get(remedy.amount)
    if value is None:
        raise ProgrammeBroken(
            f"programme.yaml, remedy {remedy.key}: the amount {remedy.amount} has no value on {as_of}.",
            "Name an amount with selects_by: decided_on that has one.",
        )
    return value
