"""Links arbitrary tables whose columns nobody has described.

Order of steps: give every row its record id, read what each column means, then one of two ways. Where names are written in a chain
(a full name, a father's name, names in Arabic script), the rows become mentions and a frozen scorer weighs them, so that small
lists are weighed like large ones. Otherwise the columns of one meaning are brought to one form and the parameters are learnt from
the records. Both propose pairs, score them, cluster under what people judged, and hand back pairs and clusters. Rows of one source
may be linked to each other, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

import pyarrow as pa

from aljabr.errors import UsageError
from aljabr.linkage import models, training
from aljabr.linkage.blocking import HotBlocks, propose_pairs
from aljabr.linkage.clusters import cluster
from aljabr.linkage.features import derive_records
from aljabr.linkage.forms import bring_to_form
from aljabr.linkage.frequencies import weigh_values
from aljabr.linkage.lists import names_in_chains, take_lists
from aljabr.linkage.proposals import opposed, score_mentions
from aljabr.linkage.recognition import ColumnReading, read_columns
from aljabr.linkage.rivals import weigh_rivals
from aljabr.linkage.rows import identify_rows
from aljabr.linkage.scorers import scorer_named
from aljabr.linkage.scoring import Settings, score_pairs
from aljabr.linkage.standing import Standing, read_standing
from aljabr.relations import Database

LINK_PROBABILITY = 0.8
LIKELIER_THAN_NOT = 0.5
LEARNT = "learnt"
LISTS_SCORER = "person_v3"
# The year ages are told as of when the lists say nothing: any year does, as long as it is one.
AGE_YEAR = 2000
_BLOCK_BOUND = 200
# So few records are all compared with one another; no rule of blocking can then miss a pair.
_ALL_PAIRS_RECORDS = 2000
_ALL_PAIRS = """
CREATE OR REPLACE TEMP TABLE linkage_pairs AS
SELECT a.n AS join_key_l, b.n AS join_key_r, 'all pairs' AS match_key
FROM linkage_records AS a JOIN linkage_records AS b ON a.n < b.n
"""
_SCRATCH = ("rows", "records", "pairs", "scored", "links", "judged", "contradictions", "members", "doubts", "stated", "unread")

_LINKS = (
    "CREATE OR REPLACE TEMP TABLE linkage_links AS SELECT n_l, n_r, match_weight FROM linkage_scored WHERE match_weight >= $bar"
)
# Compared records of one component whose own evidence speaks strongly against: a chain of likenesses does not join them.
_OPPOSED_BITS = -8.0
_LEARNT_OPPOSED = f"""
CREATE OR REPLACE TEMP TABLE linkage_contradictions AS
SELECT p.join_key_l AS n_l, p.join_key_r AS n_r FROM linkage_pairs AS p
JOIN linkage_members AS a ON a.n = p.join_key_l JOIN linkage_members AS b ON b.n = p.join_key_r AND b.root = a.root
LEFT JOIN linkage_scored AS s ON s.n_l = p.join_key_l AND s.n_r = p.join_key_r
WHERE coalesce(s.match_weight, -1000) < {_OPPOSED_BITS}
"""
_PAIRS = """
SELECT a.source AS left_source, a.row AS left_row, b.source AS right_source, b.row AS right_row,
  CASE WHEN j.verdict = 'positive' THEN 1.0 ELSE s.probability END AS probability
FROM linkage_links AS k LEFT JOIN linkage_scored AS s ON s.n_l = k.n_l AND s.n_r = k.n_r
LEFT JOIN linkage_judged AS j ON j.n_l = k.n_l AND j.n_r = k.n_r
JOIN linkage_rows AS a ON a.n = k.n_l JOIN linkage_rows AS b ON b.n = k.n_r
JOIN linkage_members AS m ON m.n = k.n_l JOIN linkage_members AS o ON o.n = k.n_r AND o.root = m.root
ORDER BY k.n_l, k.n_r
"""
_SCORED = """
SELECT a.record AS left_record, b.record AS right_record, a.source AS left_source, a.row AS left_row, b.source AS right_source,
  b.row AS right_row, s.match_weight, s.probability, s.explanation
FROM linkage_scored AS s JOIN linkage_rows AS a ON a.n = s.n_l JOIN linkage_rows AS b ON b.n = s.n_r
ORDER BY s.n_l, s.n_r
"""
_CLUSTERS = """
SELECT r.source, r.row, first.source || ':' || first.row AS person, r.record, 'per_' || substr(first.record, 5) AS person_id
FROM linkage_rows AS r JOIN linkage_members AS m ON m.n = r.n JOIN linkage_rows AS first ON first.n = m.root
ORDER BY r.n
"""
_DOUBTS = """
SELECT r.source, r.row, d.column_name, d.value, d.code FROM linkage_doubts AS d JOIN linkage_rows AS r ON r.record = d.record
ORDER BY r.n, d.column_name, d.code
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
        ``source, row, person, record, person_id``: one row per input row; ``person`` is the cluster's first row as ``source:row``,
        ``record`` the row's id, which a re-run makes again, and ``person_id`` the cluster's.
    scored : pyarrow.Table
        ``left_record, right_record, left_source, left_row, right_source, right_row, match_weight, probability, explanation``: one
        row per compared pair that reached the review threshold.
    doubts : pyarrow.Table
        ``source, row, column_name, value, code``: one row per value that was not compared because it tells nobody apart.
    settings : dict
        Splink settings the pairs were scored with.
    scorer : str
        The frozen scorer's name, or ``learnt``.
    columns : tuple of ColumnReading
        How each column was understood, and how surely.
    records, candidate_pairs, persons, refused_links : int
        Sizes of the job; links refused because they would have put contradicting records together.
    trained : bool
        Whether the parameters were learnt from these records; false for small tables and for a frozen scorer.
    judged : Standing
        What people judged and what of it stands.
    hot_blocks : HotBlocks
        Blocks too large to compare within, and what of recall that lost.
    threshold : float
        Pairs of that probability and above were linked.
    """

    pairs: pa.Table
    clusters: pa.Table
    scored: pa.Table
    doubts: pa.Table
    settings: Settings
    scorer: str
    columns: tuple[ColumnReading, ...]
    records: int
    candidate_pairs: int
    persons: int
    refused_links: int
    trained: bool
    judged: Standing
    hot_blocks: HotBlocks
    threshold: float


@dataclass(frozen=True, kw_only=True)
class _Weighed:
    """How the pairs of one job were weighed."""

    scorer: str
    settings: Settings
    trained: bool
    hot_blocks: HotBlocks
    contradictions: str
    rivalled: bool = False


def link_tables(
    db: Database, tables: Sequence[tuple[str, str]], *, seed: int = 1, threshold: float | None = None, scorer: str = ""
) -> FileLinks:
    """Link the rows of the given tables, within and across them.

    Parameters
    ----------
    db : Database
        Holds the tables; ``judgements`` if any were made.
    tables : sequence of (source name, table name)
        Each table has text columns and ``row`` (1-based, without the header).
    seed : int
        For the pairs the non-matching frequencies are learnt from.
    threshold : float, optional
        Pairs at or above it are linked. Otherwise ``LINK_PROBABILITY``, and ``LIKELIER_THAN_NOT`` where lists are so large that
        what they share could be estimated and every rival was counted: there a probability is as often right as it says.
    scorer : str
        A frozen scorer's name, or ``learnt``; chosen by what the columns hold when empty.

    Returns
    -------
    FileLinks
        The linked pairs, the clusters and what was understood.

    Raises
    ------
    UsageError
        When fewer than two columns mean anything that tells people apart, or there is no such scorer.
    """
    readings = tuple(reading for source, table in tables for reading in read_columns(db, source, table))
    records = identify_rows(db, tables)
    if (scorer or (LISTS_SCORER if _chained(db, tables, readings) else LEARNT)) == LEARNT:
        weighed = _weigh_learnt(db, tables, readings, seed=seed)
    else:
        weighed = _weigh_lists(db, tables, readings, scorer=scorer or LISTS_SCORER)
    bar = threshold or (LIKELIER_THAN_NOT if weighed.rivalled else LINK_PROBABILITY)
    db.connection.execute(_LINKS, {"bar": log2(bar / (1 - bar))})
    judged = read_standing(db, records="linkage_rows")
    refused = cluster(db, contradictions=weighed.contradictions)
    links = FileLinks(
        pairs=db.arrow(_PAIRS),
        clusters=db.arrow(_CLUSTERS),
        scored=db.arrow(_SCORED),
        doubts=db.arrow(_DOUBTS),
        settings=weighed.settings,
        scorer=weighed.scorer,
        columns=readings,
        records=records,
        candidate_pairs=int(db.value("SELECT count(*) FROM linkage_pairs")),
        persons=int(db.value("SELECT count(DISTINCT root) FROM linkage_members")),
        refused_links=refused,
        trained=weighed.trained,
        judged=judged,
        hot_blocks=weighed.hot_blocks,
        threshold=bar,
    )
    for table in _SCRATCH:
        db.execute(f"DROP TABLE IF EXISTS linkage_{table}")
    return links


def _chained(db: Database, tables: Sequence[tuple[str, str]], readings: Sequence[ColumnReading]) -> bool:
    """Say whether names are written in a chain: a father's name told, Arabic script, full names of three words or more."""
    named = {"full_name", "given_name", "surname", "father_name"}
    for source, table in tables:
        found = {r.meaning: r.column for r in readings if r.source == source and r.meaning in named}
        if "father_name" in found:
            return True
        for meaning, column in found.items():
            if names_in_chains(db, table, column, whole=meaning == "full_name"):
                return True
    return False


def _weigh_lists(db: Database, tables: Sequence[tuple[str, str]], readings: Sequence[ColumnReading], *, scorer: str) -> _Weighed:
    chosen = scorer_named(scorer)
    meanings = take_lists(db, tables, readings, year=AGE_YEAR)
    if not {"full_name", "given_name", "id_number"} & set(meanings):
        raise UsageError(
            f"No column of these files names people (understood: {', '.join(meanings) or 'none'}).",
            "Name a column for what it holds, for example full_name or الاسم الكامل.",
        )
    derive_records(db, features=chosen.features)
    db.execute("INSERT INTO linkage_doubts FROM linkage_unread")
    count = int(db.value("SELECT count(*) FROM linkage_records"))
    hot = score_mentions(db, chosen, count, relations=False, readings=True)
    rivalled = weigh_rivals(db, prior=chosen.prior(count), least=chosen.review_weight)
    db.execute("CREATE OR REPLACE TEMP TABLE linkage_stated (n_l INTEGER, n_r INTEGER)")
    return _Weighed(
        scorer=chosen.name,
        settings=chosen.settings(count),
        trained=False,
        hot_blocks=hot,
        contradictions=opposed(chosen),
        rivalled=rivalled,
    )


def _weigh_learnt(db: Database, tables: Sequence[tuple[str, str]], readings: Sequence[ColumnReading], *, seed: int) -> _Weighed:
    columns = bring_to_form(db, tables, readings)
    told = models.compared(columns)
    if len(told) < 2:
        raise UsageError(
            f"Only {len(told)} column of these files can be compared ({', '.join(told) or 'none'}).",
            "Name columns for what they hold, for example given_name, surname, date_of_birth, id_number, phone.",
        )
    start = _settings(told)
    settings = training.train(db, start, records="linkage_records", seed=seed)
    if int(db.value("SELECT count(*) FROM linkage_records")) <= _ALL_PAIRS_RECORDS:
        db.execute(_ALL_PAIRS)
        hot = HotBlocks(blocks={})
    else:
        hot = propose_pairs(db, records="linkage_records", rules=models.blocking(columns), bound=_BLOCK_BOUND)
    tables_of = {
        column: weigh_values(db, records="linkage_records", column=column, typical=base, base=base)
        for column, base in ((column, _base(settings, column)) for column in models.frequency_columns(told))
    }
    score_pairs(db, settings, records="linkage_records", frequencies=tables_of, threshold_weight=-10.0)
    for table in tables_of.values():
        db.execute(f"DROP TABLE {table}")
    db.execute("CREATE OR REPLACE TEMP TABLE linkage_doubts (record TEXT, code TEXT, column_name TEXT, value TEXT)")
    trained = settings["comparisons"] != start["comparisons"]
    return _Weighed(scorer=LEARNT, settings=settings, trained=trained, hot_blocks=hot, contradictions=_LEARNT_OPPOSED)


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
