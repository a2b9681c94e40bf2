"""From links to clusters: connected components, parted again where two of their members contradict each other.

Components are found set-wise; only the few that hold a contradiction are rebuilt link by link, strongest first, refusing every
link that would put contradicting records together. What people judged comes before every score: a positive judgement is the
strongest link and does away with the contradiction of its own pair, a negative one is a contradiction no score can outweigh, an
unsure one takes away its pair's link. The result does not depend on the order of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from aljabr.linkage.scoring import silence_splink
from aljabr.relations import Database

MEMBERS = "linkage_members"
JUDGED_WEIGHT = 1_000_000.0
CROWD_RECORDS = 100
CROWD_WEIGHTS = (8.0, 14.0, 22.0)

# A judged pair is linked by its judgement or not at all.
_JUDGED_LINKS = """
DELETE FROM linkage_links WHERE (n_l, n_r) IN (SELECT (n_l, n_r) FROM linkage_judged);
INSERT INTO linkage_links SELECT n_l, n_r, $weight FROM linkage_judged WHERE verdict = 'positive';
"""

_JUDGED_CONTRADICTIONS = """
DELETE FROM linkage_contradictions WHERE (n_l, n_r) IN (SELECT (n_l, n_r) FROM linkage_judged);
INSERT INTO linkage_contradictions SELECT n_l, n_r FROM linkage_judged WHERE verdict = 'negative';
"""

_TROUBLED = """
SELECT DISTINCT l.root FROM linkage_contradictions AS c
JOIN linkage_members AS l ON l.n = c.n_l JOIN linkage_members AS r ON r.n = c.n_r AND r.root = l.root
"""


def connect(db: Database, *, records: str, links: str) -> None:
    """Fill the temporary table ``linkage_members`` (n, root): every record with the smallest record it is connected to.

    Parameters
    ----------
    db : Database
        Holds ``records`` (``n``) and ``links`` (``n_l``, ``n_r``).
    records, links : str
        Table names.
    """
    from splink import DuckDBAPI  # loaded here: the command line must start without it
    from splink.clustering import cluster_pairwise_predictions_at_threshold

    silence_splink()
    api: Any = DuckDBAPI(connection=db.connection)
    nodes, edges = api.register(records), api.register(links)
    found = cluster_pairwise_predictions_at_threshold(nodes, edges, api, "n", "n_l", "n_r")
    db.execute(f"CREATE OR REPLACE TEMP TABLE linkage_found AS SELECT n, cluster_id FROM {found.physical_name}")
    api.delete_tables_created_by_splink_from_db()
    db.execute(
        "CREATE OR REPLACE TEMP TABLE linkage_members AS SELECT n, min(n) OVER (PARTITION BY cluster_id) AS root FROM linkage_found"
    )
    db.execute("DROP TABLE linkage_found")


def cluster(db: Database, *, contradictions: str) -> int:
    """Fill ``linkage_members`` from ``linkage_links`` and what was judged, and return how many links were refused.

    Parameters
    ----------
    db : Database
        Holds ``linkage_records``, ``linkage_links`` (n_l, n_r, match_weight) and ``linkage_judged``; the links are changed to what
        people judged.
    contradictions : str
        SQL that fills ``linkage_contradictions`` (n_l, n_r) from ``linkage_members``: pairs that cannot be one person.
    """
    for statement in _JUDGED_LINKS.split(";\n")[:-1]:
        db.connection.execute(statement, {"weight": JUDGED_WEIGHT} if "$weight" in statement else {})
    connect(db, records="linkage_records", links="linkage_links")
    weak = _part_crowds(db)
    db.execute(contradictions)
    db.execute(_JUDGED_CONTRADICTIONS)
    return weak + part_contradictions(db, links="linkage_links")


def _part_crowds(db: Database) -> int:
    """Drop the weaker links of components no person fills, step by step, and return how many were dropped.

    So many mentions of one person do not occur; what joins them is a value many share. Only strong links may stay there.
    """
    dropped = 0
    for bar in CROWD_WEIGHTS:
        crowds = f"SELECT root FROM linkage_members GROUP BY root HAVING count(*) > {CROWD_RECORDS}"
        crowded = f"n_l IN (SELECT n FROM linkage_members WHERE root IN ({crowds})) AND match_weight < {bar}"
        weak = int(db.value(f"SELECT count(*) FROM linkage_links WHERE {crowded}"))
        if not weak:
            continue
        dropped += weak
        db.execute(f"DELETE FROM linkage_links WHERE {crowded}")
        connect(db, records="linkage_records", links="linkage_links")
    return dropped


def part_contradictions(db: Database, *, links: str) -> int:
    """Part the components of ``linkage_members`` in which two records of ``linkage_contradictions`` (n_l, n_r) stand together.

    Parameters
    ----------
    db : Database
        Holds the three tables; ``links`` also carries ``match_weight``.
    links : str
        Table of links.

    Returns
    -------
    int
        Links refused.
    """
    db.execute(f"CREATE OR REPLACE TEMP TABLE linkage_troubled AS {_TROUBLED}")
    weighed = db.rows(
        f"SELECT k.n_l, k.n_r FROM {links} AS k JOIN linkage_members AS m ON m.n = k.n_l "
        "WHERE m.root IN (FROM linkage_troubled) ORDER BY k.match_weight DESC, k.n_l, k.n_r"
    )
    apart = db.rows(
        "SELECT c.n_l, c.n_r FROM linkage_contradictions AS c JOIN linkage_members AS m ON m.n = c.n_l "
        "WHERE m.root IN (FROM linkage_troubled)"
    )
    roots, refused = _grow(weighed, apart)
    db.load_rows("linkage_parted", {"n": "BIGINT", "root": "BIGINT"}, sorted(roots.items()))
    db.execute("UPDATE linkage_members SET root = p.root FROM linkage_parted AS p WHERE p.n = linkage_members.n")
    db.execute("DROP TABLE linkage_parted; DROP TABLE linkage_troubled")
    return refused


def _grow(links: Iterable[tuple[int, int]], apart: Iterable[tuple[int, int]]) -> tuple[dict[int, int], int]:
    """Return the root of every linked record and how many links were refused."""
    forbidden: defaultdict[int, set[int]] = defaultdict(set)
    for left, right in apart:
        forbidden[left].add(right)
        forbidden[right].add(left)
    cluster_of: dict[int, int] = {}
    members: dict[int, set[int]] = {}
    refused = 0
    for left, right in links:
        for record in (left, right):
            if record not in cluster_of:
                cluster_of[record], members[record] = record, {record}
        a, b = sorted((cluster_of[left], cluster_of[right]))
        if a == b:
            continue
        if any(forbidden[record] & members[b] for record in members[a]):
            refused += 1
            continue
        for record in members[b]:
            cluster_of[record] = a
        members[a] |= members.pop(b)
    return cluster_of, refused
