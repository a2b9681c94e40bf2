"""What linking leaves for people to look through: compared pairs, the records they are of, and how pairs were weighed.

``link`` keeps it with ``keep_linkage`` in ``OUT/private`` (two relations and ``link.json``); ``run`` has it among its relations.
``open_linkage`` reads either into two tables: ``review_pairs`` (left_id, right_id, match_weight, probability, explanation) and
``review_records`` (record_id, person_id, source, row, fields), ``fields`` being a JSON list of {column, meaning, value}.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from typing import Any

from sqlglot import exp

from aljabr.errors import SourceBroken, UsageError
from aljabr.linkage import ColumnReading, FileLinks
from aljabr.linkage.scorers import scorer_named
from aljabr.relations import Database
from aljabr.runs.manifest import MANIFEST, read_manifest

SETTINGS = "link.json"

_KEPT_PAIRS = """
INSERT INTO pair_scores
SELECT least(left_record, right_record), greatest(left_record, right_record), match_weight, probability, explanation
FROM _scored ORDER BY 1, 2
"""
_KEPT_RECORDS = """
INSERT INTO linked_records
SELECT c.record, c.source, c.row, c.person_id, f.fields
FROM _clusters AS c JOIN _fields AS f ON f.source = c.source AND f.row = c.row ORDER BY 1
"""

# What a run knows of a mention, in the order a reviewer reads it.
_RUN_RECORDS = """
CREATE OR REPLACE TABLE review_records AS
WITH items AS (
  SELECT claim_id, string_agg(DISTINCT harm, ', ' ORDER BY harm) AS harm, string_agg(DISTINCT incident, ', ' ORDER BY incident)
    AS incident, string_agg(DISTINCT property_ref, ', ' ORDER BY property_ref) AS property
  FROM claim_items GROUP BY claim_id
)
SELECT p.person_record_id AS record_id, m.person_id, s.source, s.row, CAST(to_json([
    {'column': 'full_name', 'meaning': 'full_name', 'value': p.full_name}, {'column': 'sex', 'meaning': 'sex_code', 'value': p.sex},
    {'column': 'born', 'meaning': 'born', 'value': p.born}, {'column': 'id_number', 'meaning': 'id_number', 'value': p.id_number},
    {'column': 'phone', 'meaning': 'phone', 'value': p.phone}, {'column': 'place', 'meaning': 'place_code', 'value': p.place},
    {'column': 'household', 'meaning': 'household', 'value': p.household}, {'column': 'role', 'meaning': 'role', 'value': p.role},
    {'column': 'harm', 'meaning': 'harm', 'value': i.harm}, {'column': 'incident', 'meaning': 'incident', 'value': i.incident},
    {'column': 'property', 'meaning': 'property', 'value': i.property},
    {'column': 'reference', 'meaning': 'reference', 'value': s.reference}
  ]) AS VARCHAR) AS fields
FROM person_records AS p JOIN person_members AS m ON m.person_record_id = p.person_record_id
JOIN source_records AS s ON s.record_id = p.record_id
LEFT JOIN claims AS c ON c.record_id = p.record_id LEFT JOIN items AS i ON i.claim_id = c.claim_id
ORDER BY record_id
"""


@dataclass(frozen=True, kw_only=True)
class Weighing:
    """How pairs were weighed.

    Parameters
    ----------
    kind : str
        ``link`` or ``run``: which job left the output.
    link_weight : float
        Match weight in bits from which a pair is linked.
    comparisons : tuple of (name, ((label, weight in bits), ...))
        What was compared, and what each level of agreement weighs before a value's frequency is taken into account.
    title : str
        The scorer's name, or ``learnt`` or ``starting`` for weights from the records or before them.
    """

    kind: str
    link_weight: float
    comparisons: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    title: str


def keep_linkage(db: Database, out: Path, links: FileLinks, *, tables: Sequence[tuple[str, str]], threshold: float) -> None:
    """Write the compared pairs, the rows as they were given, and the weights into ``OUT/private``.

    Parameters
    ----------
    db : Database
        Holds the tables.
    out : Path
        The folder ``link`` writes.
    links : FileLinks
        What was found.
    tables : sequence of (source name, table name)
        The tables that were linked.
    threshold : float
        Probability from which pairs were linked.
    """
    db.load("_scored", links.scored)
    db.load("_clusters", links.clusters)
    fields = [_fields(source, table, [r for r in links.columns if r.source == source]) for source, table in tables]
    union: exp.Expr = fields[0]
    for select in fields[1:]:
        union = exp.union(union, select, distinct=False)
    db.execute(f"CREATE OR REPLACE TABLE _fields AS {union.sql(dialect='duckdb')}")
    for name, sql in (("pair_scores", _KEPT_PAIRS), ("linked_records", _KEPT_RECORDS)):
        db.create(name)
        db.execute(sql)
        db.write(name, out / "private" / "relations")
    content = {
        "link_weight": round(log2(threshold / (1 - threshold)), 6),
        "trained": links.trained,
        "scorer": links.scorer,
        "comparisons": [_levels(comparison) for comparison in links.settings["comparisons"]],
    }
    (out / "private" / SETTINGS).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def open_linkage(db: Database, out: Path) -> Weighing:
    """Fill ``review_pairs`` and ``review_records`` from what ``link`` or ``run`` left in a folder.

    Raises
    ------
    UsageError
        When neither job wrote the folder.
    SourceBroken
        When a file of it is missing or cannot be read.
    """
    relations = out / "private" / "relations"
    if (out / "private" / SETTINGS).is_file():
        for name in ("pair_scores", "linked_records"):
            db.read(name, relations)
        db.execute("ALTER TABLE linked_records RENAME TO review_records")
        weighing = _link_weighing(out / "private" / SETTINGS)
    elif (out / MANIFEST).is_file():
        for name in ("pair_scores", "person_records", "person_members", "source_records", "claims", "claim_items"):
            db.read(name, relations)
        db.execute(_RUN_RECORDS)
        weighing = _run_weighing(str(read_manifest(out)["checks"].get("link", {}).get("scorer", "person_v1")))
    else:
        raise UsageError(f"{out} was written by neither link nor run.", "Name the folder given as --out to one of them.")
    db.execute("ALTER TABLE pair_scores RENAME TO review_pairs")
    return weighing


def _link_weighing(path: Path) -> Weighing:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        comparisons = tuple(
            (name, tuple((str(label), float(weight)) for label, weight in told)) for name, told in content["comparisons"]
        )
        title = str(content["scorer"])
        if title == "learnt" and not content["trained"]:
            title = "starting"
        return Weighing(kind="link", link_weight=float(content["link_weight"]), comparisons=comparisons, title=title)
    except (ValueError, KeyError, TypeError) as error:
        raise SourceBroken(f"{path} cannot be read: {error}.", "Link the files again.") from error


def _run_weighing(name: str) -> Weighing:
    scorer = scorer_named(name)
    comparisons = tuple((c.name, tuple((level.label, level.weight) for level in c.levels)) for c in scorer.comparisons)
    return Weighing(kind="run", link_weight=scorer.link_weight, comparisons=comparisons, title=scorer.name)


def _levels(comparison: dict[str, Any]) -> tuple[str, list[tuple[str, float]]]:
    told = [level for level in comparison["comparison_levels"] if not level.get("is_null_level")]
    weights = [(str(level["label_for_charts"]), round(log2(level["m_probability"] / level["u_probability"]), 3)) for level in told]
    return str(comparison["output_column_name"]), weights


def _fields(source: str, table: str, readings: Sequence[ColumnReading]) -> exp.Select:
    """Return a query for one row per record with all its values as given, in the order of the columns."""
    told = exp.Array(expressions=[_field(reading) for reading in readings])
    return exp.select(
        exp.Literal.string(source).as_("source"),
        exp.cast(exp.column("row"), "BIGINT").as_("row"),
        exp.cast(exp.func("to_json", told), "TEXT").as_("fields"),
    ).from_(exp.to_identifier(table, quoted=True))


def _field(reading: ColumnReading) -> exp.Expr:
    values = {
        "column": exp.Literal.string(reading.column.strip()),
        "meaning": exp.Literal.string(reading.meaning),
        "value": exp.column(reading.column, quoted=True),
    }
    return exp.func(
        "struct_pack", *(exp.PropertyEQ(this=exp.to_identifier(name), expression=value) for name, value in values.items())
    )
