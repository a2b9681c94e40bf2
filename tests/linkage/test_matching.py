"""One new record against a register: the same features and the same scores as in a batch."""

from __future__ import annotations

import json

import pytest

from aljabr.errors import SourceBroken
from aljabr.linkage import link_persons
from aljabr.linkage.features import TAKEN, derive_records
from aljabr.linkage.matching import RegisterIndex, build_index
from aljabr.linkage.mentions import take_mentions
from aljabr.linkage.one_mention import read_mention
from aljabr.names import skeleton
from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.runs.intake import take_in
from aljabr.samples import write_sample
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    """A register of claimants, one mention a record, so that nobody stands beside them; and its index."""
    folder = tmp_path_factory.mktemp("register")
    summary = write_sample(folder / "sample", claims=1_200, level="nasty", seed=404, truth_folder=folder / "truth")
    with Database() as db:
        take_in(db, load_programme(ROOT / "programmes" / "IQ-LAW20"), summary.files)
        db.execute("DELETE FROM person_records WHERE role <> 'claimant'")
        db.execute("DELETE FROM relationships")
        take_mentions(db)
        db.execute("CREATE TABLE kept AS FROM linkage_taken")
        build_index(db, folder / "index")
        link_persons(db, scorer="person_v3")
        db.execute("CREATE TEMP TABLE linkage_taken AS FROM kept")
        derive_records(db, features=3)
        yield db, RegisterIndex(folder / "index")


def taken(db):
    return db.dicts(f"SELECT {', '.join(TAKEN)} FROM kept ORDER BY record")


def test_a_mention_alone_has_the_features_it_has_among_all(register):
    db, index = register
    columns = [column for column in db.columns("linkage_records") if column not in {"n"}]
    rows = db.dicts(f"SELECT {', '.join(columns)} FROM linkage_records ORDER BY record")
    for given, row in zip(taken(db), rows, strict=True):
        alone = read_mention(given, index.surroundings)
        assert {column: alone[column] for column in columns} == row


def test_every_pair_the_batch_kept_is_found_with_the_same_score_and_reasons(register):
    db, index = register
    batch = {
        (left, right): (weight, probability, [tuple(part.values()) for part in json.loads(explanation)])
        for left, right, weight, probability, explanation in db.rows("FROM pair_scores")
    }
    assert len(batch) > 150
    given = {row["record"]: row for row in taken(db)}
    missing = dict(batch)
    for record in sorted({left for left, _ in batch}):
        for candidate in index.match(given[record], limit=1000):
            pair = (min(record, candidate.record), max(record, candidate.record))
            if pair in batch:
                told = (candidate.match_weight, candidate.probability, list(candidate.explanation))
                assert told == batch[pair]
                missing.pop(pair, None)
    assert missing == {}


def test_a_new_record_in_another_script_finds_its_person(register):
    db, index = register
    known = db.dicts(
        f"SELECT {', '.join(TAKEN)} FROM kept WHERE full_name LIKE 'محمد %' AND born_earliest_on = born_latest_on "
        "AND phone IS NOT NULL ORDER BY record LIMIT 1"
    )[0]
    new = {**known, "record": None, "together": None, "full_name": f"Mohammed {skeleton(known['full_name'].split()[1])}"}
    found = index.match(new, limit=3)
    assert (found[0].record, found[0].probability > 0.99) == (known["record"], True)


def test_a_name_that_nobody_bears_finds_nobody(register):
    assert [found for found in register[1].match({"full_name": "لا أحد بهذا الاسم هنا"}) if found.probability > 0.5] == []


def test_a_record_without_anything_to_go_by_proposes_nobody(register):
    assert register[1].match({}) == []


def test_a_folder_that_holds_no_index_is_told(tmp_path):
    with pytest.raises(SourceBroken, match="no index"):
        RegisterIndex(tmp_path)
