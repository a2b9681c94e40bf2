"""Builds facts for many invented claims at once and takes them through the engine's own assessment and awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from aljabr.awards import AwardSummary, make_awards
from aljabr.programmes import Programme
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess
from aljabr.runs.facts import ENGINE_TYPES, fact_type


@dataclass(frozen=True, kw_only=True)
class Group:
    """So many items with the same facts, for the holders ``PREFIX_0``, ``PREFIX_1`` …; all in one household, if it has a name."""

    count: int
    holder: str
    facts: dict[str, object] = field(default_factory=dict)
    household: str = ""


def determine(db: Database, programme: Programme, groups: Sequence[Group], *, as_of: date) -> None:
    """Fill ``facts``, ``claims``, ``person_members``, ``person_records`` and ``determinations`` for the groups."""
    types = {**ENGINE_TYPES, **{fact.name: fact_type(fact) for fact in programme.facts if fact.source != "engine"}}
    exhibits = {fact.name: False for fact in programme.facts if fact.source == "exhibit"}
    db.execute("CREATE OR REPLACE TABLE _items (item_id TEXT, holder TEXT, household TEXT, " + _columns(types) + ")")
    for number, group in enumerate(groups):
        given = {"overlap": "none", "decided_on": as_of, **exhibits, **group.facts}
        assert given.keys() <= types.keys(), given.keys() - types.keys()
        values = ", ".join(f"CAST({_literal(given.get(name))} AS {kind})" for name, kind in types.items())
        db.execute(
            f"INSERT INTO _items SELECT 'itm_{number}_' || i, '{group.holder}_' || i, "
            f"{_literal(group.household or None)}, {values} FROM range({group.count}) AS r(i)"
        )
    chosen = "item_id, 'clm_' || item_id AS claim_id, * EXCLUDE (item_id, holder, household)"
    db.execute(f"CREATE OR REPLACE TABLE facts AS SELECT {chosen} FROM _items")
    amount_inputs(db, programme)
    assess(db, programme)
    for name in ("claims", "person_members", "person_records"):
        db.create(name)
    mention = "'prs_' || item_id"
    db.execute(
        "INSERT INTO claims BY NAME SELECT 'clm_' || item_id AS claim_id, 'x' AS source, "
        f"{mention} AS claimant_person_record_id FROM _items"
    )
    db.execute(f"INSERT INTO person_members SELECT {mention}, 'per_' || holder FROM _items")
    db.execute(
        f"INSERT INTO person_records BY NAME SELECT {mention} AS person_record_id, household "
        "FROM _items WHERE household IS NOT NULL"
    )


def award(db: Database, programme: Programme, groups: Sequence[Group], *, fund: str, as_of: date) -> AwardSummary:
    """Determine the groups and hand out a fund of the programme."""
    determine(db, programme, groups, as_of=as_of)
    return make_awards(db, programme, next(one for one in programme.funds if one.key == fund), as_of=as_of)


def granted_minor(db: Database) -> int:
    """Return what all determinations grant together."""
    return int(db.value("SELECT coalesce(sum(amount_minor), 0) FROM determinations WHERE outcome = 'granted'"))


def _columns(types: dict[str, str]) -> str:
    return ", ".join(f'"{name}" {kind}' for name, kind in types.items())


def _literal(value: object) -> str:
    if value is None:
        return "NULL"
    return str(value).lower() if isinstance(value, bool) else f"'{value}'"
