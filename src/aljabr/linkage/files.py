"""Links arbitrary tables whose columns nobody has described.

Order of steps: read what each column means, bring the columns of one meaning to one form, learn the parameters from the records,
propose pairs, score them, cluster, and hand back pairs and clusters. Rows of one source may be linked to each other, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from aljabr.errors import UsageError
from aljabr.linkage import models, training
from aljabr.linkage.blocking import propose_pairs
from aljabr.linkage.clusters import connect
from aljabr.linkage.forms import bring_to_form
from aljabr.linkage.frequencies import weigh_values
from aljabr.linkage.recognition import ColumnReading, read_columns
from aljabr.linkage.scoring import Settings, score_pairs
from aljabr.relations import Database

LINK_PROBABILITY = 0.8
_BLOCK_BOUND = 200
_SCRATCH = ("records", "pairs", "scored", "links", "members")

_PAIRS = """
SELECT a.source AS left_source, a.row AS left_row, b.source AS right_source, b.row AS right_row, s.probability
FROM linkage_links AS s JOIN linkage_records AS a ON a.n = s.n_l JOIN linkage_records AS b ON b.n = s.n_r
ORDER BY s.n_l, s.n_r
"""

_SCORED = """
SELECT a.source AS left_source, a.row AS left_row, b.source AS right_source, b.row AS right_row,
  s.match_weight, s.probability, s.explanation
FROM linkage_scored AS s JOIN linkage_records AS a ON a.n = s.n_l JOIN linkage_records AS b ON b.n = s.n_r
ORDER BY s.n_l, s.n_r
"""

_CLUSTERS = """
SELECT r.source, r.row, first.source || ':' || first.row AS person
FROM linkage_records AS r JOIN linkage_members AS m ON m.n = r.n JOIN linkage_records AS first ON first.n = m.root
ORDER BY r.n
"""


@dataclass(frozen=True, kw_only=True)
class FileLinks:
    """What was found in the given tables.

    Parameters
    ----------
    pairs : pyarrow.Table
        ``left_source, left_row, right_source, right_row, probability``: one row per linked pair, in that order; rows are
        1-based without the header.
    clusters : pyarrow.Table
        ``source, row, person``: one row per input row; ``person`` is the cluster's first row as ``source:row``.
    scored : pyarrow.Table
        ``left_source, left_row, right_source, right_row, match_weight, probability, explanation``: one row per compared pair that
        reached the review threshold.
    settings : dict
        Splink settings the pairs were scored with.
    columns : tuple of ColumnReading
        How each column was understood, and how surely.
    records, candidate_pairs, persons : int
        Sizes of the job.
    trained : bool
        Whether the parameters were learnt from these records; false for small tables.
    hot_blocks : dict of str to int
        Per blocking rule, blocks too large to compare within.
    """

    pairs: pa.Table
    clusters: pa.Table
    scored: pa.Table
    settings: Settings
    columns: tuple[ColumnReading, ...]
    records: int
    candidate_pairs: int
    persons: int
    trained: bool
    hot_blocks: dict[str, int]


def link_tables(
    db: Database, tables: Sequence[tuple[str, str]], *, seed: int = 1, threshold: float = LINK_PROBABILITY
) -> FileLinks:
    """Link the rows of the given tables, within and across them.

    Parameters
    ----------
    db : Database
        Holds the tables.
    tables : sequence of (source name, table name)
        Each table has text columns and ``row`` (1-based, without the header).
    seed : int
        For the pairs the non-matching frequencies are learnt from.
    threshold : float
        Pairs at or above it are linked.

    Returns
    -------
    FileLinks
        The linked pairs, the clusters and what was understood.

    Raises
    ------
    UsageError
        When fewer than two columns mean anything that tells people apart.
    """
    readings = tuple(reading for source, table in tables for reading in read_columns(db, source, table))
    columns = bring_to_form(db, tables, readings)
    told = tuple(column for column in columns if column in models.LEVELS or column in {"address", "locality"})
    if len(told) < 2:
        raise UsageError(
            f"Only {len(told)} column of these files can be compared ({', '.join(told) or 'none'}).",
            "Name columns for what they hold, for example given_name, surname, date_of_birth, id_number, phone.",
        )
    start = _settings(told)
    settings = training.train(db, start, records="linkage_records", seed=seed)
    rules = {name: rule for name, rule in models.BLOCKING.items() if set(columns) >= set(rule)}
    hot = propose_pairs(db, records="linkage_records", rules=rules, bound=_BLOCK_BOUND)
    tables_of = {
        column: weigh_values(db, records="linkage_records", column=column, typical=base, base=base)
        for column, base in ((column, _base(settings, column)) for column in models.frequency_columns(told))
    }
    score_pairs(db, settings, records="linkage_records", frequencies=tables_of, threshold_weight=-10.0)
    for table in tables_of.values():
        db.execute(f"DROP TABLE {table}")
    db.connection.execute(
        "CREATE OR REPLACE TEMP TABLE linkage_links AS SELECT * FROM linkage_scored WHERE probability >= $bar", {"bar": threshold}
    )
    connect(db, records="linkage_records", links="linkage_links")
    links = FileLinks(
        pairs=db.arrow(_PAIRS),
        clusters=db.arrow(_CLUSTERS),
        scored=db.arrow(_SCORED),
        settings=settings,
        columns=readings,
        records=int(db.value("SELECT count(*) FROM linkage_records")),
        candidate_pairs=int(db.value("SELECT count(*) FROM linkage_pairs")),
        persons=int(db.value("SELECT count(DISTINCT root) FROM linkage_members")),
        trained=settings["comparisons"] != start["comparisons"],
        hot_blocks=hot,
    )
    for table in _SCRATCH:
        db.execute(f"DROP TABLE linkage_{table}")
    return links


def _settings(columns: tuple[str, ...]) -> Settings:
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "n",
        "probability_two_random_records_match": 0.0001,
        "retain_matching_columns": True,
        "retain_intermediate_calculation_columns": True,
        "comparisons": models.comparisons(columns),
        "blocking_rules_to_generate_predictions": [],
    }


def _base(settings: Settings, column: str) -> float:
    """Return the chance that two different persons agree on a column, as the settings have it."""
    for comparison in settings["comparisons"]:
        if comparison["output_column_name"] == column:
            return float(
                next(level["u_probability"] for level in comparison["comparison_levels"] if "tf_adjustment_column" in level)
            )
    return 0.01
