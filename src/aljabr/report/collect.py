"""Reads the report's figures out of the relations, by aggregates only: no row of a claim ever reaches Python.

A relation that no stage of the programme wrote counts as empty, so a programme without linkage or payment has its report too.
Order: steps from filing to payment, outcomes with their reasons and money, what linkage and intake found, instalments, published
outcomes, sign-off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

from aljabr.programmes.records import Programme
from aljabr.relations import RELATIONS, Database
from aljabr.report.figures import (
    AgreementFigure,
    FundFigure,
    FunnelStep,
    GroundFigure,
    InstalmentFigure,
    IssueFigure,
    MissingFigure,
    MoneyFigure,
    OutcomeFigure,
    OverlapFigure,
    PersonFigure,
    ReportFigures,
    RuleFigure,
    SourceFigure,
    TableFigure,
    UnverifiedFigure,
    WorkbookFigure,
)
from aljabr.report.letters import appeal_deadline, missing_names
from aljabr.report.wording import programme_labels, words

SOURCES = """
SELECT source, count(*) AS rows, count(*) FILTER (WHERE status <> 'quarantined') AS accepted,
       count(*) FILTER (WHERE status = 'quarantined') AS quarantined
FROM source_records GROUP BY source ORDER BY source
"""

# One row filed is one claim, so claims are the unit of every step. Column: step, relation it is read from, needed stage, SQL.
FUNNEL: tuple[tuple[str, str, str, str], ...] = (
    ("filed", "source_records", "intake", "SELECT count(*) FROM source_records"),
    ("accepted", "claims", "intake", "SELECT count(*) FROM claims"),
    ("determined", "determinations", "assess", "SELECT count(DISTINCT claim_id) FROM determinations"),
    ("granted", "determinations", "assess", "SELECT count(DISTINCT claim_id) FROM determinations WHERE outcome = 'granted'"),
    ("funded", "awards", "award", "SELECT count(DISTINCT claim_id) FROM awards WHERE awarded_minor > 0"),
    ("ordered", "payment_orders", "pay", "SELECT count(DISTINCT claim_id) FROM payment_orders"),
)

OUTCOMES = "SELECT harm, outcome, count(*) AS items FROM determinations GROUP BY ALL ORDER BY ALL"

MISSING = "SELECT missing_facts, count(*) FROM determinations WHERE outcome = 'incomplete' GROUP BY ALL"

GROUNDS = """
SELECT outcome, coalesce(ground, '') AS ground, count(*) AS items
FROM determinations WHERE outcome IN ('denied', 'held') GROUP BY ALL ORDER BY outcome, items DESC, ground
"""

MONEY = """
SELECT d.harm, CASE WHEN d.outcome = 'granted' THEN coalesce(d.tier, '') ELSE '' END AS tier,
       d.outcome = 'granted' AS granted, count(*) AS items,
       sum(i.claimed_minor) AS claimed_minor,
       coalesce(sum(d.amount_minor) FILTER (WHERE d.outcome = 'granted'), 0) AS entitled_minor,
       coalesce(sum(a.awarded_minor), 0) AS awarded_minor
FROM determinations d
LEFT JOIN claim_items i USING (item_id)
LEFT JOIN (SELECT determination_id, sum(awarded_minor) AS awarded_minor FROM awards GROUP BY ALL) a USING (determination_id)
GROUP BY 1, 2, 3 ORDER BY d.harm, granted DESC, tier
"""

OVERLAPS = """
SELECT o.kind, count(*) AS pairs, count(DISTINCT o.item_id) AS items,
       count(DISTINCT o.item_id) FILTER (WHERE d.outcome = 'held') AS held
FROM item_overlaps o LEFT JOIN determinations d USING (item_id) GROUP BY o.kind ORDER BY o.kind
"""

PERSONS = """
SELECT count(*) AS mentions, count(DISTINCT person_id) AS persons,
       (SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM person_members GROUP BY person_id)) AS merged
FROM person_members
"""

ISSUES = """
SELECT severity, code, coalesce(column_name, '') AS "column", count(*) AS "values", count(DISTINCT record_id) AS rows,
       coalesce(arg_min(reason, (row, issue_id)), '') AS reason, coalesce(source, '') AS source,
       arg_min(line, (row, issue_id)) AS line, coalesce(arg_min(cell, (row, issue_id)), '') AS cell
FROM issues GROUP BY ALL ORDER BY severity DESC, rows DESC, code, "column", source
"""

INSTALMENTS = """
SELECT instalment, due_on, sum(awards) AS awards, sum(amount) AS amount_minor, sum(orders) AS orders, sum(ordered) AS ordered_minor
FROM (
    SELECT instalment, due_on, count(DISTINCT award_id) AS awards, sum(amount_minor) AS amount, 0 AS orders, 0 AS ordered
    FROM allocations GROUP BY ALL
    UNION ALL
    SELECT instalment, due_on, 0, 0, count(*), sum(amount_minor) FROM payment_orders GROUP BY ALL
)
GROUP BY instalment, due_on ORDER BY due_on, instalment
"""


def collect_figures(
    db: Database,
    programme: Programme,
    *,
    as_of: date,
    fund: str = "",
    alarms: Sequence[RuleFigure | str] = (),
    relation_folder: str = "private/relations",
    aggregate_folder: str = "public/aggregates",
    lists: Sequence[WorkbookFigure] = (),
    lists_left_out: int = 0,
    mend: Sequence[WorkbookFigure] = (),
) -> ReportFigures:
    """Read every figure of the report.

    Parameters
    ----------
    db : Database
        With the relations of the finished stages; a missing one is created empty.
    programme : Programme
        Its stages say which figures apply.
    as_of : date
        The date of the determinations.
    fund : str
        Key of the fund that was allocated.
    alarms : sequence of RuleFigure or str
        What the selectivity check found; a sentence stands as it is.
    relation_folder, aggregate_folder : str
        Where relations and public aggregates lie, relative to the report.
    lists, mend : sequence of WorkbookFigure
        The workbooks written for committees, and those in which what was set aside is mended.
    lists_left_out : int
        Determinations that no list was written of because they are too many to be written unasked.

    Returns
    -------
    ReportFigures
        Counts, and amounts in minor units.
    """
    create_missing(db)
    return ReportFigures(
        **_described(programme),
        **_counted(db),
        as_of=as_of,
        funnel=_funnel(db, programme),
        money=_money(db, programme),
        fund=_fund(programme, fund),
        agreement=agreement(db, programme),
        alarms=tuple(alarms),
        relation_folder=relation_folder,
        aggregate_folder=aggregate_folder,
        lists=tuple(lists),
        lists_left_out=lists_left_out,
        mend=tuple(mend),
    )


def create_missing(db: Database) -> None:
    """Create, empty, the relations that no stage of the programme wrote."""
    present = {str(row[0]) for row in db.rows("SELECT table_name FROM information_schema.tables")}
    for name in RELATIONS:
        if name not in present:
            db.create(name)


def agreement(db: Database, programme: Programme) -> tuple[AgreementFigure, ...]:
    """Compare proposed outcomes with those the real programme published, item by item.

    Returns
    -------
    tuple of AgreementFigure
        Empty when the programme knows no published outcome.
    """
    column = programme.published_fact
    if not column or column not in db.columns("facts"):
        return ()
    known = {value for values in programme.published_outcome.values() for value in values}
    # The column's name is a declared fact of the programme, checked above to exist; quotes inside it cannot close the name.
    named = '"' + column.replace('"', '""') + '"'
    counted = db.rows(
        f"SELECT coalesce(CAST(f.{named} AS TEXT), ''), d.outcome, count(*) FROM determinations d JOIN facts f USING (item_id) "
        "GROUP BY ALL ORDER BY ALL"
    )
    return tuple(
        AgreementFigure(
            published=published,
            outcome=outcome,
            items=items,
            agrees=published in programme.published_outcome[outcome]
            if published in known and outcome in programme.published_outcome
            else None,
        )
        for published, outcome, items in counted
    )


def _described(programme: Programme) -> dict[str, Any]:
    return {
        "programme": programme.key,
        "programme_hash": programme.hash,
        "title": programme.title,
        "issuer": programme.issuer,
        "languages": programme.languages,
        "stages": programme.stages,
        "currency": programme.currency.code,
        "exponent": programme.currency.exponent,
        "labels": programme_labels(programme),
        "tables": _tables(programme),
        "unverified": (*_unverified_amounts(programme), *_unverified_deadlines(programme)),
    }


def _counted(db: Database) -> dict[str, Any]:
    return {
        "sources": tuple(SourceFigure(**row) for row in db.dicts(SOURCES)),
        "items": db.value("SELECT count(*) FROM determinations"),
        "outcomes": tuple(OutcomeFigure(**row) for row in db.dicts(OUTCOMES)),
        "missing": _missing(db),
        "grounds": tuple(GroundFigure(**row) for row in db.dicts(GROUNDS)),
        "overlaps": tuple(OverlapFigure(**row) for row in db.dicts(OVERLAPS)),
        "persons": PersonFigure(**{key: int(value) for key, value in db.dicts(PERSONS)[0].items()}),
        "issues": tuple(IssueFigure(**row) for row in db.dicts(ISSUES)),
        "instalments": tuple(InstalmentFigure(**row) for row in db.dicts(INSTALMENTS)),
        "unsigned_items": db.value("SELECT count(*) FROM determinations WHERE unsigned"),
    }


def _missing(db: Database) -> tuple[MissingFigure, ...]:
    counts: Counter[str] = Counter()
    for stated, items in db.rows(MISSING):
        counts.update(dict.fromkeys(missing_names(stated) or [""], items))
    return tuple(
        MissingFigure(code=code, items=items) for code, items in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _funnel(db: Database, programme: Programme) -> tuple[FunnelStep, ...]:
    return tuple(
        FunnelStep(key=key, relation=relation, claims=db.value(sql))
        for key, relation, stage, sql in FUNNEL
        if stage in programme.stages
    )


def _money(db: Database, programme: Programme) -> tuple[MoneyFigure, ...]:
    awards = "award" in programme.stages
    return tuple(
        MoneyFigure(
            harm=row["harm"],
            tier=row["tier"],
            granted=row["granted"],
            items=row["items"],
            claimed_minor=None if row["claimed_minor"] is None else int(row["claimed_minor"]),
            entitled_minor=int(row["entitled_minor"]),
            awarded_minor=int(row["awarded_minor"]) if awards else None,
        )
        for row in db.dicts(MONEY)
    )


def _fund(programme: Programme, key: str) -> FundFigure | None:
    for fund in programme.funds:
        if fund.key == key:
            return FundFigure(key=key, title=fund.title, available_minor=fund.available_minor, reserve_minor=fund.reserve_minor)
    return None


def _tables(programme: Programme) -> tuple[TableFigure, ...]:
    unsaid = (table.name for table in programme.tables if not {table.name, table.id, table.file} & programme.sign_off.keys())
    stated = (
        TableFigure(table=name, signed=entry.state == "signed", by=entry.by, on=entry.on, why=entry.why)
        for name, entry in programme.sign_off.items()
    )
    return (*stated, *(TableFigure(table=name, signed=False, by="", on=None, why={}) for name in unsaid))


def _unverified_amounts(programme: Programme) -> tuple[UnverifiedFigure, ...]:
    return tuple(
        UnverifiedFigure(
            key=amount.key,
            label=amount.label,
            unit=amount.unit,
            value=value.value,
            from_on=value.from_on,
            instrument=value.reference.instrument,
            article=value.reference.article,
            note=value.reference.note,
        )
        for amount in programme.amounts
        for value in amount.values
        if value.reference.state != "verified"
    )


def _unverified_deadlines(programme: Programme) -> tuple[UnverifiedFigure, ...]:
    return tuple(
        UnverifiedFigure(
            key=deadline.key,
            label=words()["deadline_appeal"] if deadline == appeal_deadline(programme) else {},
            unit="days",
            value=deadline.days,
            from_on=None,
            instrument=deadline.reference.instrument,
            article=deadline.reference.article,
            note=deadline.reference.note,
        )
        for deadline in programme.deadlines
        if deadline.reference.state != "verified"
    )
