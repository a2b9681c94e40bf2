"""Makes the public aggregates: the report's counts with small cells withheld, so that no cell points at a person.

A count under five reads ``<5`` and its money is empty. When just one cell of a table is hidden, or those hidden are fewer than
five together, the next smallest is hidden too (``withheld``), for a total known from elsewhere would give them away. A cell of
five items that belong to fewer than five people is hidden as well. All money lies in one table (``outcomes``) and nothing else is
divided by harm: two tables that share a margin could be subtracted from each other. Row counts of the source files are exact;
they describe files, not people.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report.collect import INSTALMENTS, agreement, create_missing
from aljabr.report.figures import AgreementFigure

THRESHOLD = 5
SMALL, WITHHELD = f"<{THRESHOLD}", "withheld"

INTAKE = "SELECT status, count(*) AS rows FROM source_records GROUP BY status ORDER BY status"

OUTCOMES = """
SELECT d.harm, d.outcome, CASE WHEN d.outcome = 'granted' THEN coalesce(d.tier, '') ELSE '' END AS tier, count(*) AS items,
       coalesce(sum(d.amount_minor) FILTER (WHERE d.outcome = 'granted'), 0) AS entitled_minor,
       coalesce(sum(a.awarded_minor), 0) AS awarded_minor,
       count(DISTINCT coalesce(m.person_id, c.claimant_person_record_id, d.claim_id)) AS people
FROM determinations d
LEFT JOIN claims c USING (claim_id)
LEFT JOIN person_members m ON m.person_record_id = c.claimant_person_record_id
LEFT JOIN (SELECT determination_id, sum(awarded_minor) AS awarded_minor FROM awards GROUP BY ALL) a USING (determination_id)
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""

ISSUES = """
SELECT severity, code, count(DISTINCT record_id) AS rows FROM issues GROUP BY ALL ORDER BY severity, code
"""

OVERLAPS = "SELECT kind, count(*) AS pairs FROM item_overlaps GROUP BY kind ORDER BY kind"


def public_aggregates(db: Database, programme: Programme) -> dict[str, pa.Table]:
    """Return the tables for the public folder, by name.

    Parameters
    ----------
    db : Database
        With the relations of the finished stages; a missing one is created empty.
    programme : Programme
        Tables of stages it does not have are left out.

    Returns
    -------
    dict of str to pyarrow.Table
        ``intake``, ``issues``, ``outcomes``; ``overlaps``, ``instalments`` and ``agreement`` where they apply. All columns are
        text, in fixed row order; ``*_minor`` are integer minor units, empty where withheld.

    References
    ----------
    Hundepool et al., Statistical Disclosure Control (2012), ch. 4: primary and secondary cell suppression.
    """
    create_missing(db)
    tables = {
        "intake": _text_table(["status", "rows"], db.rows(INTAKE)),
        "issues": _suppressed(["severity", "code", "rows"], db.rows(ISSUES), count=2),
        "outcomes": _suppressed(
            ["harm", "outcome", "tier", "items", "entitled_minor", "awarded_minor"], db.rows(OUTCOMES), count=3, people=6
        ),
    }
    if "link" in programme.stages:
        tables["overlaps"] = _suppressed(["kind", "pairs"], db.rows(OVERLAPS), count=1)
    if "pay" in programme.stages:
        tables["instalments"] = _instalments(db)
    if compared := agreement(db, programme):
        tables["agreement"] = _agreement(compared)
    return tables


def _agreement(compared: Sequence[AgreementFigure]) -> pa.Table:
    words = {True: "same", False: "different", None: "not_comparable"}
    sums = dict.fromkeys(words.values(), 0)
    for figure in compared:
        sums[words[figure.agrees]] += figure.items
    return _suppressed(["agreement", "items"], list(sums.items()), count=1)


def _instalments(db: Database) -> pa.Table:
    rows = [(instalment, due_on, orders, ordered) for instalment, due_on, _, _, orders, ordered in db.rows(INSTALMENTS)]
    return _suppressed(["instalment", "due_on", "orders", "ordered_minor"], rows, count=2)


def _suppressed(names: Sequence[str], rows: Sequence[Sequence[object]], *, count: int, people: int | None = None) -> pa.Table:
    """Withhold the small rows: column ``count`` and everything after it; column ``people``, when given, judges and is dropped."""
    judged = [int(str(row[count if people is None else people])) for row in rows]
    hidden = {index for index, number in enumerate(judged) if 0 < number < THRESHOLD}
    others = iter(sorted((index for index, number in enumerate(judged) if number >= THRESHOLD), key=judged.__getitem__))
    # One hidden row, or several that are few together, could be worked out from a total.
    while hidden and (len(hidden) == 1 or sum(judged[index] for index in hidden) < THRESHOLD):
        further = next(others, None)
        if further is None:
            break
        hidden.add(further)
    kept: list[Sequence[object]] = []
    for index, row in enumerate(rows):
        shown = [value for position, value in enumerate(row) if position != people]
        if index in hidden:
            mark = SMALL if int(str(row[count])) < THRESHOLD else WITHHELD
            shown = [*shown[:count], mark, *("" for _ in shown[count + 1 :])]
        kept.append(shown)
    return _text_table(names, kept)


def _text_table(names: Sequence[str], rows: Sequence[Sequence[object]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [() for _ in names]
    arrays = [pa.array(["" if value is None else str(value) for value in column], pa.string()) for column in columns]
    return pa.Table.from_arrays(arrays, names=list(names))
