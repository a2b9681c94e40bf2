"""Builds ``facts``, one row per claim item, out of what intake and linkage left.

Columns are, in this order: the keys, the engine's facts (open to every programme), the programme's intake facts, its exhibit facts.
Amounts are added afterwards by ``aljabr.rules``. An item that may be the same loss as an earlier one carries the kind of the surest
overlap; an item without a victim is the claimant's own harm (``self``) unless the harm is always somebody else's.
"""

from __future__ import annotations

from aljabr.programmes.records import Fact, Programme
from aljabr.relations import Database

FACT_TYPES = {"string": "TEXT", "number": "DECIMAL(38,6)", "boolean": "BOOLEAN", "date": "DATE"}

ENGINE_FACTS = {
    "harm": "i.harm",
    "relation": (
        "CASE WHEN i.victim_person_record_id IS NULL AND NOT coalesce(h.victim_is_other, false) THEN 'self' ELSE r.relation END"
    ),
    "filed_on": "c.filed_on",
    "decided_on": "CAST($as_of AS DATE)",
    "incident_earliest_on": "i.incident_earliest_on",
    "incident_latest_on": "i.incident_latest_on",
    "claimed_minor": "i.claimed_minor",
    "overlap": "coalesce(o.kind, 'none')",
}

ENGINE_TYPES = {
    "harm": "TEXT",
    "relation": "TEXT",
    "filed_on": "DATE",
    "decided_on": "DATE",
    "incident_earliest_on": "DATE",
    "incident_latest_on": "DATE",
    "claimed_minor": "BIGINT",
    "overlap": "TEXT",
}

_FROM = """
FROM claim_items i
JOIN claims c USING (claim_id)
LEFT JOIN _harms h ON h.code = i.harm
LEFT JOIN (
    SELECT person_record_id, other_person_record_id, min(relation) AS relation FROM relationships GROUP BY ALL
) r ON r.person_record_id = c.claimant_person_record_id AND r.other_person_record_id = i.victim_person_record_id
LEFT JOIN (
    SELECT item_id, arg_max(kind, (probability, other_item_id)) AS kind FROM item_overlaps
    WHERE kind <> 'owner_and_occupant' GROUP BY item_id
) o USING (item_id)
LEFT JOIN (SELECT item_id, list(DISTINCT kind) AS kinds FROM exhibits GROUP BY item_id) e USING (item_id)
"""


def fact_columns(programme: Programme) -> dict[str, str]:
    """Return the columns of ``claim_items`` that a programme adds: its intake facts with their DuckDB types."""
    return {fact.name: fact_type(fact) for fact in programme.facts if fact.source == "intake"}


def fact_type(fact: Fact) -> str:
    """Return a declared fact's DuckDB type: money, a number whose name ends in ``_minor``, is whole minor units."""
    return "BIGINT" if fact.type == "number" and fact.name.endswith("_minor") else FACT_TYPES[fact.type]


def build_facts(db: Database, programme: Programme, *, as_of: str) -> None:
    """Fill ``facts``, grain one claim item, key ``item_id``.

    Parameters
    ----------
    db : Database
        With ``claim_items``, ``claims``, ``relationships``, ``item_overlaps`` and ``exhibits``.
    programme : Programme
        Its declared facts become the columns.
    as_of : str
        ISO date of the run; the ``decided_on`` of every determination.
    """
    db.load_rows("_harms", {"code": "TEXT", "victim_is_other": "BOOLEAN"}, [(h.code, h.victim_is_other) for h in programme.harms])
    own = [f'{_expression(fact)} AS "{fact.name}"' for fact in programme.facts if fact.source != "engine"]
    engine = [f"{sql} AS {name}" for name, sql in ENGINE_FACTS.items()]
    columns = ", ".join(["i.item_id", "i.claim_id", *engine, *own])
    db.execute(f"CREATE OR REPLACE TABLE facts AS SELECT {columns} {_FROM} ORDER BY i.item_id", {"as_of": as_of})
    db.execute("DROP TABLE _harms")


def _expression(fact: Fact) -> str:
    if fact.source == "exhibit":
        return f"coalesce(list_contains(e.kinds, '{fact.exhibit}'), false)"
    return f'i."{fact.name}"'
