"""The nastiest sample through the real intake: nothing lost, exactly the planted rows quarantined, every spelling understood."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.runs.intake import take_in
from aljabr.samples import score_against_truth

from .conftest import CLAIMS, Written

PROGRAMME = Path(__file__).resolve().parents[2] / "programmes" / "IQ-LAW20"


@pytest.fixture(scope="module")
def taken(nasty: Written) -> Iterator[Database]:
    with Database() as db:
        take_in(db, load_programme(PROGRAMME), nasty.summary.files)
        yield db


def test_every_row_is_accounted_for(taken: Database) -> None:
    assert taken.value("SELECT count(*) FROM source_records") == CLAIMS
    assert taken.value("SELECT count(*) FROM claims") == taken.value(
        "SELECT count(*) FROM source_records WHERE status = 'accepted'"
    )


def test_exactly_the_planted_rows_are_quarantined_for_the_planted_reason(taken: Database, nasty: Written) -> None:
    planted = {(row["source"], int(row["row"]), row["reason"]) for row in nasty.truth("quarantine")}
    found = {
        (source.rsplit(".", 1)[0], row, code)
        for source, row, code in taken.rows("SELECT source, row, code FROM issues WHERE severity = 'quarantine'")
    }
    assert found == planted


def test_every_word_of_every_source_is_understood(taken: Database) -> None:
    doubted = "SELECT column_name, value FROM issues WHERE severity = 'doubt' AND code IN ('value.unknown', 'boolean.unreadable')"
    assert taken.rows(doubted) == []
    assert taken.value("SELECT count(*) FROM claim_items WHERE place IS NULL OR incident_earliest_on IS NULL") == 0


def test_a_third_of_the_properties_comes_without_proof_of_tenure(taken: Database) -> None:
    share = taken.value("""
        SELECT avg(CAST(NOT EXISTS (SELECT 1 FROM exhibits e WHERE e.item_id = i.item_id
            AND e.kind IN ('title_deed', 'tenancy_proof')) AS INTEGER))
        FROM claim_items i JOIN claims c USING (claim_id) WHERE harm = 'property' AND source = 'committee.xlsx'
    """)
    assert 0.28 < share < 0.42  # more than 33 % of surveyed East Mosul households had none; (1 - 0.54) * (1 - 0.26) = 0.34


def test_the_truth_finds_the_quarantine_complete(taken: Database, nasty: Written) -> None:
    for name in ("person_members", "item_overlaps"):
        taken.create(name)
    scores = score_against_truth(taken, nasty.truth_folder)
    assert scores.quarantine.precision == scores.quarantine.recall == 1.0
    assert scores.persons.found == 0 and scores.persons.true > 0
