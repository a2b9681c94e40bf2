"""What a re-run changed, for those who have to be told."""

from __future__ import annotations

from aljabr.linkage.changes import changed_pairs
from aljabr.relations import Database

COLUMNS = {"record": "TEXT", "person": "TEXT"}


def test_pairs_newly_matched_and_newly_parted_are_listed(db: Database) -> None:
    db.load_rows("before", COLUMNS, [("a", "1"), ("b", "1"), ("c", "2"), ("gone", "1")])
    db.load_rows("after", COLUMNS, [("a", "7"), ("b", "8"), ("c", "8"), ("new", "7")])
    changes = changed_pairs(db, before="before", after="after")
    assert [tuple(row.values()) for row in changes.pairs.to_pylist()] == [
        ("matched", "a", "new", True),
        ("matched", "b", "c", False),
        ("parted", "a", "b", False),
    ]
    assert (changes.matched, changes.parted, changes.gone) == (2, 1, 1)


def test_the_same_grouping_under_other_names_changes_nothing(db: Database) -> None:
    db.load_rows("before", COLUMNS, [("a", "1"), ("b", "1")])
    db.load_rows("after", COLUMNS, [("a", "x"), ("b", "x")])
    assert changed_pairs(db, before="before", after="after").pairs.num_rows == 0
