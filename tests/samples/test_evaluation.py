"""The comparison with the truth, on a case small enough to count by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from aljabr.errors import SourceBroken
from aljabr.relations import Database
from aljabr.samples import score_against_truth
from aljabr.samples.evaluation import Score

TRUTH = {
    "persons.csv": "source,row,role,person\na,1,claimant,p1\na,2,claimant,p1\na,3,claimant,p2\n"
    "b,1,claimant,p1\nb,1,victim,p9\nb,2,claimant,p2\n",
    "overlaps.csv": "source,row,other_source,other_row,kind\na,2,a,1,same_person\nb,1,a,1,same_person\nb,2,a,3,two_heads\n",
    "quarantine.csv": "source,row,reason\nb,2,value.missing\n",
}


@pytest.fixture
def truth(tmp_path: Path) -> Path:
    for name, text in TRUTH.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def run(db: Database) -> Database:
    """Rows a1 a2 a3 b1 accepted, b2 quarantined; a1, a2 and (wrongly) a3 are one cluster; b1 stands alone."""
    for name in ("source_records", "person_records", "person_members", "claims", "claim_items", "item_overlaps"):
        db.create(name)
    for source, row in (("a", 1), ("a", 2), ("a", 3), ("b", 1), ("b", 2)):
        key, status = f"{source}{row}", "quarantined" if (source, row) == ("b", 2) else "accepted"
        db.execute("INSERT INTO source_records VALUES (?, ?, ?, ?, ?, NULL)", [f"rec_{key}", f"{source}.csv", row, row + 1, status])
        if status == "quarantined":
            continue
        db.execute(
            "INSERT INTO person_records (person_record_id, record_id, role) VALUES (?, ?, 'claimant')", [f"prs_{key}", f"rec_{key}"]
        )
        db.execute("INSERT INTO person_members VALUES (?, ?)", [f"prs_{key}", "per_1" if source == "a" else "per_2"])
        db.execute("INSERT INTO claims (claim_id, record_id) VALUES (?, ?)", [f"clm_{key}", f"rec_{key}"])
        db.execute("INSERT INTO claim_items (item_id, claim_id) VALUES (?, ?)", [f"itm_{key}", f"clm_{key}"])
    db.execute(
        "INSERT INTO item_overlaps VALUES ('itm_a2', 'itm_a1', 'same_person', 1, ''), ('itm_a3', 'itm_a1', 'two_heads', 1, '')"
    )
    return db


def test_pairs_of_people_are_counted_over_mentions_that_had_to_be_accepted(run: Database, truth: Path) -> None:
    # True pairs: a1-a2, a1-b1, a2-b1 (p1); p2's second mention is in a row to be quarantined.
    # Found: a1-a2, a1-a3, a2-a3. Right: a1-a2.
    scores = score_against_truth(run, truth)
    assert scores.persons == Score(found=3, true=3, right=1)


def test_overlaps_are_compared_as_unordered_pairs_with_their_kind(run: Database, truth: Path) -> None:
    scores = score_against_truth(run, truth)
    assert scores.overlaps["same_person"] == Score(found=1, true=2, right=1)
    assert scores.overlaps["two_heads"] == Score(found=1, true=0, right=0)
    assert scores.overlaps["relatives"].precision is None
    assert scores.any_overlap == Score(found=2, true=2, right=1)


def test_quarantine_is_compared_by_row(run: Database, truth: Path) -> None:
    scores = score_against_truth(run, truth)
    assert scores.quarantine == Score(found=1, true=1, right=1)
    assert scores.to_dict()["quarantine"] == {"found": 1, "true": 1, "right": 1, "precision": 1.0, "recall": 1.0}
    assert len(scores.lines()) == 7


def test_the_comparison_leaves_no_table_behind(run: Database, truth: Path) -> None:
    before = run.rows("SHOW TABLES")
    score_against_truth(run, truth)
    assert run.rows("SHOW TABLES") == before


def test_an_empty_truth_can_be_compared_too(run: Database, truth: Path) -> None:
    (truth / "overlaps.csv").write_text("source,row,other_source,other_row,kind\n", encoding="utf-8")
    assert score_against_truth(run, truth).any_overlap == Score(found=2, true=0, right=0)


def test_a_missing_truth_is_named(run: Database, tmp_path: Path) -> None:
    with pytest.raises(SourceBroken, match=r"persons\.csv"):
        score_against_truth(run, tmp_path / "nowhere")
