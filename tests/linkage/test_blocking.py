"""Which pairs are proposed for comparison, and which blocks are too hot."""

from __future__ import annotations

from aljabr.linkage.blocking import propose_pairs
from aljabr.relations import Database

COLUMNS = {"n": "BIGINT", "given": "TEXT", "phone": "TEXT"}


def _pairs(db: Database) -> list[tuple[int, int, str]]:
    return db.rows("SELECT join_key_l, join_key_r, match_key FROM linkage_pairs ORDER BY 1, 2")


def test_records_that_share_all_keys_of_a_rule_are_paired_once(db: Database) -> None:
    db.load_rows("records", COLUMNS, [(0, "a", "1"), (1, "a", "1"), (2, "a", "2"), (3, None, "2")])
    hot = propose_pairs(db, records="records", rules={"both": ("given", "phone"), "phone": ("phone",)}, bound=10)
    assert _pairs(db) == [(0, 1, "0"), (2, 3, "1")]
    assert hot.blocks == {}


def test_missing_keys_pair_nobody(db: Database) -> None:
    db.load_rows("records", COLUMNS, [(0, None, None), (1, None, None)])
    propose_pairs(db, records="records", rules={"given": ("given",)}, bound=10)
    assert _pairs(db) == []


def test_a_block_above_the_bound_is_counted_instead_of_compared(db: Database) -> None:
    db.load_rows("records", COLUMNS, [(n, "ali", str(n // 2)) for n in range(6)])
    hot = propose_pairs(db, records="records", rules={"given": ("given",), "phone": ("given", "phone")}, bound=5)
    assert hot.blocks == {"given": 1}
    assert _pairs(db) == [(0, 1, "1"), (2, 3, "1"), (4, 5, "1")]


def test_a_hot_block_is_split_by_further_columns_and_a_sample_of_its_records_shows_what_that_misses(db: Database) -> None:
    db.load_rows("records", COLUMNS, [(n, "ali", str(n // 2)) for n in range(6)])
    hot = propose_pairs(db, records="records", rules={"given": ("given",)}, bound=5, splits=("phone",))
    assert [(left, right) for left, right, _ in _pairs(db)] == [(0, 1), (2, 3), (4, 5)]
    assert (hot.records, hot.anchors) == (6, 6)
    assert db.value("SELECT count(*) FROM linkage_unproposed") == 15 - 3
