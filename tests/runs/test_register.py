"""A run's mentions as a register: indexed, and asked for one record given as JSON."""

from __future__ import annotations

import json

import pytest

from aljabr.errors import UsageError
from aljabr.relations import Database
from aljabr.runs.register import index_register, match_record

PEOPLE = [
    ("prs_01", "rec_01", "محمد علي حسن الجبوري", "1980-02-03", "+9647701234567"),
    ("prs_02", "rec_02", "زينب سالم خلف العبيدي", "1990-01-05", "+9647709876543"),
    ("prs_03", "rec_03", "محمد علي حسين الدليمي", "1984-06-09", None),
]


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    with Database() as db:
        for name in ("person_records", "claims", "claim_items"):
            db.create(name)
        for person, record, name, born, phone in PEOPLE:
            db.execute(
                "INSERT INTO person_records "
                "VALUES (?, ?, 'claimant', ?, NULL, ?, ?::DATE, ?::DATE, NULL, ?, NULL, 'IQG15Q09', NULL)",
                [person, record, name, born, born, born, phone],
            )
        for name in ("person_records", "claims", "claim_items"):
            db.write(name, folder / "out" / "private" / "relations")
    assert index_register(folder / "out", folder / "index").records == 3
    return folder / "index"


def test_one_record_given_as_json_finds_its_person_with_the_reasons(register):
    found = match_record(register, '{"full_name": "Mohammed Ali Hassan al-Jubouri", "born": "3/2/1980", "phone": "0770 123 4567"}')
    told = found.to_dict()["candidates"]
    assert told[0]["record"] == "prs_01"
    assert {part["comparison"]: part["level"] for part in told[0]["explanation"]}["contact"] == "same telephone, given by few"
    assert told[0]["match_weight"] > found.link_weight
    assert "People" not in found.lines()[0] and "prs_01" in found.lines()[0]


def test_nobody_near_is_an_answer(register):
    assert match_record(register, '{"full_name": "سارة يوسف"}').lines() == ["Nobody in the register comes near this record."]


@pytest.mark.parametrize(
    "record",
    ["{", "[]", '{"name": "Ali"}', '{"full_name": 7}', '{"born": "soon"}', '{"phone": "12"}'],
    ids=["no JSON", "no object", "unknown name", "no text", "no date", "no telephone"],
)
def test_a_record_that_cannot_be_read_is_told(register, record):
    with pytest.raises(UsageError):
        match_record(register, record)


def test_a_folder_of_another_kind_is_told(tmp_path):
    with pytest.raises(UsageError, match="no mentions"):
        index_register(tmp_path, tmp_path / "index")


def test_the_answer_is_plain_json(register):
    assert json.loads(json.dumps(match_record(register, '{"full_name": "محمد علي"}').to_dict()))["link_weight"] == 3.0
