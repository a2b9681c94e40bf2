"""Clusters out of links, and how contradictions part them."""

from __future__ import annotations

from itertools import permutations

from aljabr.linkage.clusters import connect, part_contradictions
from aljabr.relations import Database


def _prepare(db: Database, links: list[tuple[int, int, float]], apart: list[tuple[int, int]]) -> None:
    db.load_rows("nodes", {"n": "BIGINT"}, [(n,) for n in range(6)])
    db.load_rows("links", {"n_l": "BIGINT", "n_r": "BIGINT", "match_weight": "DOUBLE"}, links)
    db.load_rows("linkage_contradictions", {"n_l": "BIGINT", "n_r": "BIGINT"}, apart)
    connect(db, records="nodes", links="links")


def _roots(db: Database) -> dict[int, int]:
    return dict(db.rows("SELECT n, root FROM linkage_members ORDER BY n"))


def test_linked_records_share_the_smallest_of_them_as_root(db: Database) -> None:
    _prepare(db, [(4, 5, 3.0), (1, 4, 9.0)], [])
    assert _roots(db) == {0: 0, 1: 1, 2: 2, 3: 3, 4: 1, 5: 1}


def test_a_contradiction_parts_a_cluster_at_its_weakest_link(db: Database) -> None:
    _prepare(db, [(0, 1, 9.0), (1, 2, 4.0), (2, 3, 8.0)], [(0, 3)])
    assert part_contradictions(db, links="links") == 1
    assert _roots(db) == {0: 0, 1: 0, 2: 2, 3: 2, 4: 4, 5: 5}


def test_the_order_of_links_does_not_matter(db: Database) -> None:
    found = set()
    for links in permutations([(0, 1, 5.0), (1, 2, 5.0), (2, 3, 5.0)]):
        _prepare(db, list(links), [(0, 3)])
        part_contradictions(db, links="links")
        found.add(tuple(_roots(db).items()))
    assert len(found) == 1


def test_clusters_without_contradiction_are_left_alone(db: Database) -> None:
    _prepare(db, [(0, 1, 5.0), (2, 3, 5.0)], [(0, 2)])
    assert part_contradictions(db, links="links") == 0
    assert _roots(db) == {0: 0, 1: 0, 2: 2, 3: 2, 4: 4, 5: 5}
