"""Linkage on a generated intake whose truth is known. The scorer was fitted on other seeds (see its file)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aljabr.linkage import find_overlaps, link_persons
from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.runs.intake import take_in
from aljabr.samples import score_against_truth, write_sample
from tests.conftest import ROOT

CLAIMS = 2000


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Database, Path]]:
    """Return a linked sample and the folder of its truth."""
    folder, truth = tmp_path_factory.mktemp("sample"), tmp_path_factory.mktemp("truth")
    programme = load_programme(ROOT / "programmes" / "IQ-LAW20")
    summary = write_sample(folder, claims=CLAIMS, level="usual", seed=404, truth_folder=truth)
    with Database() as db:
        take_in(db, programme, summary.files)
        link_persons(db)
        find_overlaps(db, programme)
        yield db, truth


def test_persons_are_found_with_f1_above_95_percent(linked: tuple[Database, Path]) -> None:
    persons = score_against_truth(*linked).persons
    assert 2 * persons.right / (persons.found + persons.true) >= 0.95
    assert persons.right / persons.found >= 0.98


def test_nine_of_ten_planted_overlaps_are_found_and_nine_of_ten_found_are_planted(linked: tuple[Database, Path]) -> None:
    overlaps = score_against_truth(*linked).any_overlap
    assert overlaps.right / overlaps.true >= 0.9
    assert overlaps.right / overlaps.found >= 0.9


def test_every_mention_is_in_exactly_one_person(linked: tuple[Database, Path]) -> None:
    db, _ = linked
    mentions = db.value("SELECT count(*) FROM person_records")
    assert db.rows("SELECT count(*), count(DISTINCT person_record_id) FROM person_members") == [(mentions, mentions)]
    assert db.value("SELECT sum(mentions) FROM persons") == mentions


def test_an_overlap_points_from_the_later_item_to_the_earlier(linked: tuple[Database, Path]) -> None:
    db, _ = linked
    filed = "(SELECT c.filed_on FROM claim_items AS i JOIN claims AS c ON c.claim_id = i.claim_id WHERE i.item_id = o.{})"
    wrong = f"({filed.format('item_id')}, o.item_id) <= ({filed.format('other_item_id')}, o.other_item_id)"
    assert db.value(f"SELECT count(*) FROM item_overlaps AS o WHERE {wrong}") == 0


def test_linkage_leaves_nothing_behind_but_its_relations(linked: tuple[Database, Path]) -> None:
    db, _ = linked
    left = db.rows("SELECT table_name FROM duckdb_tables() WHERE table_name SIMILAR TO '(linkage_|overlap_|__splink).*' ORDER BY 1")
    assert left == []
