"""What the report on a linkage shows, as records: counts, scores, weights, what another threshold would do, clusters as graphs.

``collect_linkage`` reads it from ``review_pairs`` and ``review_records``; nothing here renders or writes.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass

from aljabr.relations import Database
from aljabr.report.pair_differences import NAME_MEANINGS

DOUBTFUL_BITS = 3.0
DOUBTFUL_SHOWN = 40
CLUSTERS_SHOWN = 9
MOST_NODES = 40
_THRESHOLDS = tuple(range(-4, 13))

_HISTOGRAM = """
SELECT CAST(floor(match_weight) AS INTEGER) AS bits, count(*) FROM (
  SELECT greatest(-10.0, least(39.0, match_weight)) AS match_weight FROM review_pairs) GROUP BY bits ORDER BY bits
"""
_CURVE = """
SELECT count(*), coalesce(sum(round(probability * 1000000)), 0)::BIGINT,
  coalesce(sum(round((1 - probability) * 1000000)), 0)::BIGINT,
  (SELECT coalesce(sum(round(probability * 1000000)), 0)::BIGINT FROM review_pairs WHERE match_weight < $bar)
FROM review_pairs WHERE match_weight >= $bar
"""
_DOUBTFUL = """
SELECT p.left_id, p.right_id, a.fields, b.fields, a.source, a.row, b.source, b.row, p.match_weight, p.probability,
  a.person_id = b.person_id
FROM review_pairs AS p JOIN review_records AS a ON a.record_id = p.left_id JOIN review_records AS b ON b.record_id = p.right_id
ORDER BY abs(p.match_weight - ?), p.left_id, p.right_id LIMIT ?
"""
_SOURCES = """
SELECT least(a.source, b.source) AS one, greatest(a.source, b.source) AS other, count(*)
FROM review_pairs AS p JOIN review_records AS a ON a.record_id = p.left_id JOIN review_records AS b ON b.record_id = p.right_id
WHERE p.match_weight >= ? GROUP BY one, other ORDER BY count(*) DESC, one, other
"""
_CLUSTERS = """
SELECT person_id, count(*) FROM review_records GROUP BY person_id HAVING count(*) > 2 ORDER BY count(*) DESC, person_id LIMIT ?
"""
_NODES = "SELECT record_id, source, row, fields FROM review_records WHERE person_id = ? ORDER BY record_id LIMIT ?"
_EDGES = """
SELECT p.left_id, p.right_id, p.match_weight FROM review_pairs AS p
JOIN review_records AS a ON a.record_id = p.left_id JOIN review_records AS b ON b.record_id = p.right_id
WHERE a.person_id = ? AND b.person_id = ? ORDER BY 1, 2
"""


@dataclass(frozen=True, kw_only=True)
class ThresholdPoint:
    """What a threshold would link: pairs, and by the scorer's own probabilities the right, wrong and missed ones, in millionths."""

    bits: float
    pairs: int
    right_micro: int
    wrong_micro: int
    missed_micro: int
    used: bool


@dataclass(frozen=True, kw_only=True)
class DoubtfulPair:
    """One pair near the threshold: both names, where they stand, the score, and whether they stand in one cluster now."""

    left_name: str
    right_name: str
    left_at: str
    right_at: str
    match_weight: float
    probability: float
    together: bool
    verdict: str


@dataclass(frozen=True, kw_only=True)
class ClusterGraph:
    """One cluster: its records (label, source) and the compared pairs between them (places of both, whether at the threshold)."""

    person_id: str
    size: int
    nodes: tuple[tuple[str, str], ...]
    edges: tuple[tuple[int, int, bool], ...]


@dataclass(frozen=True, kw_only=True)
class LinkageFigures:
    """Everything the page shows."""

    title: str
    link_weight: float
    records: int
    pairs: int
    linked: int
    persons: int
    doubtful_pairs: int
    judged: tuple[tuple[str, int], ...]
    comparisons: tuple[tuple[str, tuple[tuple[str, float], ...]], ...]
    histogram: tuple[tuple[int, int], ...]
    curve: tuple[ThresholdPoint, ...]
    doubtful: tuple[DoubtfulPair, ...]
    clusters: tuple[ClusterGraph, ...]
    sources: tuple[tuple[str, str, int], ...]


def collect_linkage(
    db: Database,
    *,
    title: str,
    link_weight: float,
    comparisons: tuple[tuple[str, tuple[tuple[str, float], ...]], ...],
    verdicts: dict[tuple[str, str], str],
) -> LinkageFigures:
    """Read the figures of a linkage.

    Parameters
    ----------
    db : Database
        Holds ``review_pairs`` and ``review_records``.
    title : str
        How the weights came about.
    link_weight : float
        The threshold in bits.
    comparisons : tuple
        What each level of agreement weighs.
    verdicts : dict of pair to str
        What people said of pairs.
    """
    near = (link_weight - DOUBTFUL_BITS, link_weight + DOUBTFUL_BITS)
    return LinkageFigures(
        title=title,
        link_weight=link_weight,
        records=_count(db, "SELECT count(*) FROM review_records"),
        pairs=_count(db, "SELECT count(*) FROM review_pairs"),
        linked=_count(db, "SELECT count(*) FROM review_pairs WHERE match_weight >= ?", link_weight),
        persons=_count(db, "SELECT count(DISTINCT person_id) FROM review_records"),
        doubtful_pairs=_count(db, "SELECT count(*) FROM review_pairs WHERE match_weight BETWEEN ? AND ?", *near),
        judged=tuple(sorted(Counter(verdicts.values()).items())),
        comparisons=comparisons,
        histogram=tuple((int(bits), int(count)) for bits, count in db.rows(_HISTOGRAM)),
        curve=tuple(_point(db, bits, used=bits == link_weight) for bits in sorted({*map(float, _THRESHOLDS), link_weight})),
        doubtful=tuple(_doubtful(row, verdicts) for row in db.rows(_DOUBTFUL, [link_weight, DOUBTFUL_SHOWN])),
        clusters=tuple(_graph(db, person, size, link_weight) for person, size in db.rows(_CLUSTERS, [CLUSTERS_SHOWN])),
        sources=tuple((one, other, int(count)) for one, other, count in db.rows(_SOURCES, [link_weight])),
    )


def name_in(fields: str) -> str:
    """Return what a record is called: its names, else its first value.

    Examples
    --------
    >>> name_in('[{"meaning": "ignored", "value": "7"}, {"meaning": "given_name", "value": "Ali"}]')
    'Ali'
    """
    parts = json.loads(fields)
    names = [part["value"] or "" for part in parts if part["meaning"] in NAME_MEANINGS]
    return " ".join(filter(None, names)) or next((part["value"] for part in parts if part["value"]), "")


def _count(db: Database, sql: str, *values: float) -> int:
    return int(db.value(sql, list(values)))


def _point(db: Database, bits: float, *, used: bool) -> ThresholdPoint:
    pairs, right, wrong, missed = db.connection.execute(_CURVE, {"bar": bits}).fetchall()[0]
    return ThresholdPoint(
        bits=bits, pairs=int(pairs), right_micro=int(right), wrong_micro=int(wrong), missed_micro=int(missed), used=used
    )


def _doubtful(row: tuple[str, ...], verdicts: dict[tuple[str, str], str]) -> DoubtfulPair:
    left, right, left_fields, right_fields, left_source, left_row, right_source, right_row, weight, probability, together = row
    return DoubtfulPair(
        left_name=name_in(left_fields),
        right_name=name_in(right_fields),
        left_at=f"{left_source}:{left_row}",
        right_at=f"{right_source}:{right_row}",
        match_weight=float(weight),
        probability=float(probability),
        together=bool(together),
        verdict=verdicts.get((left, right), ""),
    )


def _graph(db: Database, person: str, size: int, link_weight: float) -> ClusterGraph:
    nodes = db.rows(_NODES, [person, MOST_NODES])
    place = {record: number for number, (record, *_) in enumerate(nodes)}
    edges = [(a, b, weight) for a, b, weight in db.rows(_EDGES, [person, person]) if a in place and b in place]
    return ClusterGraph(
        person_id=person,
        size=size,
        nodes=tuple((name_in(fields), f"{source}:{row}") for _, source, row, fields in nodes),
        edges=tuple((place[a], place[b], weight >= link_weight) for a, b, weight in edges),
    )
