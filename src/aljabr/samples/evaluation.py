"""Compares what a run found with what was planted: people as pairs, overlaps by kind, quarantined rows.

Definitions. *People*: a pair is two mentions in the same cluster (found) or of the same invented person (true); only mentions that
are in the truth count, and those of rows that had to be quarantined do not. *Overlaps*: a pair of rows (unordered) with a kind;
``any`` asks only whether the pair was found, whatever its kind. Pairs with a row that had to be quarantined do not count.
*Quarantine*: rows. Precision is right / found, recall right / true; both are None where nothing was found or nothing was planted.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from aljabr.errors import SourceBroken
from aljabr.relations import Database

KINDS = ("same_person", "relatives", "two_heads")
_TABLES = {"_truth_persons": "persons.csv", "_truth_overlaps": "overlaps.csv", "_truth_quarantine": "quarantine.csv"}

# A run names its sources by file (committee.xlsx), the truth by mapping (committee).
_ROWS = """
CREATE OR REPLACE TEMP TABLE _source_rows AS
SELECT record_id, regexp_replace(source, '\\.[A-Za-z]+$', '') AS source, row, status FROM source_records
"""
_MENTIONS = """
CREATE OR REPLACE TEMP TABLE _mentions AS
SELECT t.person AS true_person, m.person_id AS found_person
FROM _truth_persons t
ANTI JOIN _truth_quarantine q ON q.source = t.source AND q.row = t.row
LEFT JOIN _source_rows s ON s.source = t.source AND s.row = t.row
LEFT JOIN person_records p ON p.record_id = s.record_id AND p.role = t.role
LEFT JOIN person_members m ON m.person_record_id = p.person_record_id
"""
_PERSON_PAIRS = """
WITH
found AS (SELECT count(*) AS n FROM _mentions WHERE found_person IS NOT NULL GROUP BY found_person),
planted AS (SELECT count(*) AS n FROM _mentions GROUP BY true_person),
both_agree AS (SELECT count(*) AS n FROM _mentions WHERE found_person IS NOT NULL GROUP BY true_person, found_person)
SELECT
    (SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM found),
    (SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM planted),
    (SELECT coalesce(sum(n * (n - 1) // 2), 0) FROM both_agree)
"""
_FOUND_OVERLAPS = """
CREATE OR REPLACE TEMP TABLE _found_overlaps AS
WITH items AS (
    SELECT i.item_id, s.source, s.row
    FROM claim_items i JOIN claims c USING (claim_id) JOIN _source_rows s USING (record_id)
    ANTI JOIN _truth_quarantine q ON q.source = s.source AND q.row = s.row
)
SELECT DISTINCT
    least(a.source || ':' || a.row, b.source || ':' || b.row) AS one,
    greatest(a.source || ':' || a.row, b.source || ':' || b.row) AS other,
    o.kind
FROM item_overlaps o JOIN items a ON a.item_id = o.item_id JOIN items b ON b.item_id = o.other_item_id
WHERE o.kind <> 'owner_and_occupant'
"""
_TRUE_OVERLAPS = """
CREATE OR REPLACE TEMP TABLE _true_overlaps AS
SELECT DISTINCT
    least(t.source || ':' || t.row, t.other_source || ':' || t.other_row) AS one,
    greatest(t.source || ':' || t.row, t.other_source || ':' || t.other_row) AS other,
    t.kind
FROM _truth_overlaps t
ANTI JOIN _truth_quarantine q ON q.source = t.source AND q.row = t.row
ANTI JOIN _truth_quarantine r ON r.source = t.other_source AND r.row = t.other_row
"""
_OVERLAPS_OF_KIND = """
SELECT
    (SELECT count(*) FROM _found_overlaps WHERE kind = ?),
    (SELECT count(*) FROM _true_overlaps WHERE kind = ?),
    (SELECT count(*) FROM _found_overlaps JOIN _true_overlaps USING (one, other, kind) WHERE kind = ?)
"""
_OVERLAPS_OF_ANY_KIND = """
SELECT
    (SELECT count(*) FROM (SELECT DISTINCT one, other FROM _found_overlaps)),
    (SELECT count(*) FROM (SELECT DISTINCT one, other FROM _true_overlaps)),
    (SELECT count(*) FROM (SELECT DISTINCT one, other FROM _found_overlaps) JOIN (SELECT DISTINCT one, other FROM _true_overlaps)
     USING (one, other))
"""
_QUARANTINE = """
WITH refused AS (SELECT source, row FROM _source_rows WHERE status = 'quarantined')
SELECT
    (SELECT count(*) FROM refused),
    (SELECT count(*) FROM _truth_quarantine),
    (SELECT count(*) FROM refused JOIN _truth_quarantine USING (source, row))
"""


@dataclass(frozen=True, kw_only=True)
class Score:
    """How one thing was found: how many ``found``, how many ``true``, how many ``right``."""

    found: int
    true: int
    right: int

    @property
    def precision(self) -> float | None:
        """Share of what was found that is true; None when nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """Share of what is true that was found; None when nothing was planted."""
        return self.right / self.true if self.true else None

    def to_dict(self) -> dict[str, Any]:
        """Return counts and rates for machines."""
        rates = {"precision": self.precision, "recall": self.recall}
        return {"found": self.found, "true": self.true, "right": self.right} | {
            name: None if rate is None else round(rate, 4) for name, rate in rates.items()
        }


@dataclass(frozen=True, kw_only=True)
class TruthScores:
    """A run against the truth: pairs of mentions, pairs of rows by kind of overlap and of any kind, quarantined rows."""

    persons: Score
    overlaps: dict[str, Score]
    any_overlap: Score
    quarantine: Score

    def named(self) -> dict[str, Score]:
        """Return every score under its name."""
        kinds = {f"overlap {kind}": score for kind, score in self.overlaps.items()}
        return {"persons": self.persons, **kinds, "overlap any": self.any_overlap, "quarantine": self.quarantine}

    def to_dict(self) -> dict[str, Any]:
        """Return all scores for machines."""
        return {name: score.to_dict() for name, score in self.named().items()}

    def lines(self) -> list[str]:
        """Return the scores as a table for people."""
        head = f"{'':<20}{'precision':>10}{'recall':>10}{'right':>9}{'found':>9}{'true':>9}"
        return [head, *(_line(name, score) for name, score in self.named().items())]


def score_against_truth(db: Database, truth_folder: Path) -> TruthScores:
    """Compare a database after linking with the truth of the sample it was made from.

    Parameters
    ----------
    db : Database
        With ``source_records``, ``person_records``, ``person_members``, ``claims``, ``claim_items``, ``item_overlaps``.
    truth_folder : Path
        As ``write_sample`` left it.

    Returns
    -------
    TruthScores

    Raises
    ------
    SourceBroken
        When a file of the truth is missing or cannot be read.
    """
    for table, name in _TABLES.items():
        db.load(table, _read(truth_folder / name))
    for statement in (_ROWS, _MENTIONS, _FOUND_OVERLAPS, _TRUE_OVERLAPS):
        db.execute(statement)
    scores = TruthScores(
        persons=_score(db.rows(_PERSON_PAIRS)),
        overlaps={kind: _score(_of_kind(db, kind)) for kind in KINDS},
        any_overlap=_score(db.rows(_OVERLAPS_OF_ANY_KIND)),
        quarantine=_score(db.rows(_QUARANTINE)),
    )
    for table in (*_TABLES, "_source_rows", "_mentions", "_found_overlaps", "_true_overlaps"):
        db.execute(f"DROP TABLE {table}")
    return scores


def _of_kind(db: Database, kind: str) -> list[tuple[Any, ...]]:
    return db.rows(_OVERLAPS_OF_KIND, [kind, kind, kind])


def _score(rows: list[tuple[Any, ...]]) -> Score:
    found, true, right = (int(value) for value in rows[0])
    return Score(found=found, true=true, right=right)


def _read(path: Path) -> pa.Table:
    try:
        return pa_csv.read_csv(
            path, convert_options=pa_csv.ConvertOptions(column_types={"row": pa.int64(), "other_row": pa.int64()})
        )
    except (OSError, pa.ArrowException) as error:
        raise SourceBroken(f"The truth {path} cannot be read: {error}.", "Write the sample again.") from error


def _line(name: str, score: Score) -> str:
    rates = "".join(f"{'–' if rate is None else f'{rate:.3f}':>10}" for rate in (score.precision, score.recall))
    return f"{name:<20}{rates}{score.right:>9,}{score.found:>9,}{score.true:>9,}"
