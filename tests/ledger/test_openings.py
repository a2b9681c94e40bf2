"""Openings: the person concerned checks the own file against the public record; a changed value is found and named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.conftest import KEY, make_programme

from aljabr.errors import AljabrError, CheckFailed
from aljabr.ledger import commit_determinations, opening, publish_ledger, verify_opening
from aljabr.relations import Database

World = Callable[..., Database]
OTHER = {"kind": "determination", "commitment": "ab" * 32}


@pytest.fixture
def published(determined: World, tmp_path: Path) -> tuple[Database, Path]:
    db = determined(["fire", "شظية", "\x0b", None, "flood"])
    commit_determinations(db, make_programme(), run_key=KEY)
    leaves = db.dicts("SELECT commitment, 'determination' AS kind FROM commitments")
    publish_ledger(tmp_path, leaves, origin="aljabr/XX-TEST", run_key=KEY)
    return db, tmp_path


def _opened(published: tuple[Database, Path], name: str = "det_1") -> dict[str, Any]:
    db, folder = published
    return json.loads(json.dumps(opening(db, make_programme(), name, public=folder)))


SAID = {
    "Content and salt do not give the commitment: something in it was changed.": "commitment",
    "The public record has another checkpoint than this opening.": "checkpoint",
    "The checkpoint is not three lines, an empty line and one signature.": "malformed",
    "The proof does not lead from this commitment to the checkpoint's root.": "inclusion",
    "'AA==' is not the canonical base64 of 32 bytes.": "inclusion",
    "The public leaves do not list this commitment at its place.": "listed",
}


def _failed(folder: Path, given: dict[str, Any]) -> list[str]:
    return [SAID.get(problem, "other") for problem in verify_opening(folder, given)]


@pytest.mark.parametrize("name", [f"det_{n}" for n in range(5)])
def test_every_opening_holds(published: tuple[Database, Path], name: str) -> None:
    assert verify_opening(published[1], _opened(published, name)) == []


@pytest.mark.parametrize(
    ("change", "failed"),
    [
        (lambda o: o["opening"]["determination"].update(amount_minor=1), ["commitment"]),
        (lambda o: o["opening"]["facts"].update(resident=False), ["commitment"]),
        (lambda o: o["opening"]["facts"].update(added=1), ["commitment"]),
        (lambda o: o["opening"]["facts"].update(disability_percent=62.5), ["other"]),
        (lambda o: o["opening"].update(programme_hash="cd" * 32), ["commitment"]),
        (lambda o: o.update(salt="0" * 64), ["commitment"]),
        (lambda o: o.update(commitment="0" * 64), ["commitment", "inclusion", "listed"]),
        (lambda o: o.update(leaf_index=(o["leaf_index"] + 1) % 4), ["inclusion", "listed"]),
        (lambda o: o.update(leaf_index=-1), ["inclusion", "listed"]),
        (lambda o: o["inclusion_proof"].pop(), ["inclusion"]),
        (lambda o: o["inclusion_proof"].append("AA=="), ["inclusion"]),
        (lambda o: o.update(checkpoint=o["checkpoint"] + "\n"), ["malformed", "malformed"]),
        (lambda o: o.update(note="hello"), ["other"]),
        (lambda o: o.pop("salt"), ["other"]),
        (lambda o: o.update(salt="zz"), ["other"]),
        (lambda o: o.update(leaf_index="1"), ["other"]),
        (lambda o: o.update(inclusion_proof=[1]), ["other"]),
        (lambda o: o.update(checkpoint=None), ["other"]),
        (lambda o: o.update(opening=[]), ["other"]),
        (lambda o: o["opening"].update(facts=None), ["other"]),
        (lambda o: o["opening"].pop("facts"), ["other"]),
    ],
)
def test_a_changed_opening_fails_where_it_was_changed(
    published: tuple[Database, Path], change: Callable[[dict[str, Any]], object], failed: list[str]
) -> None:
    given_ = copy.deepcopy(_opened(published))
    change(given_)
    assert _failed(published[1], given_) == failed


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), flip=st.integers(1, 255))
def test_no_byte_of_an_opening_can_change_unseen(published: tuple[Database, Path], place: int, flip: int) -> None:
    good = _opened(published)
    content = bytearray(json.dumps(good, ensure_ascii=False).encode())
    content[place % len(content)] ^= flip
    try:
        changed = json.loads(content)
    except ValueError:
        return
    assert changed == good or _failed(published[1], changed)


@pytest.mark.parametrize("text", ['"\\ud800"', "[" * 900 + "]" * 900, "NaN", "9007199254740992"])
def test_an_opening_without_canonical_form_is_a_problem_not_a_crash(published: tuple[Database, Path], text: str) -> None:
    given_ = _opened(published)
    given_["opening"]["facts"]["cause"] = json.loads(text)
    assert len(verify_opening(published[1], given_)) == 1


def test_an_opening_of_another_record_fails(published: tuple[Database, Path], tmp_path: Path) -> None:
    publish_ledger(tmp_path / "other", [OTHER], origin="aljabr/XX-TEST", run_key=KEY)
    assert _failed(tmp_path / "other", _opened(published)) == ["checkpoint", "listed"]


def test_an_unpublished_determination_has_no_opening(published: tuple[Database, Path]) -> None:
    db, folder = published
    publish_ledger(folder, [OTHER], origin="aljabr/XX-TEST", run_key=KEY)
    with pytest.raises(CheckFailed, match="does not list"):
        opening(db, make_programme(), "det_0", public=folder)
    db.execute("DELETE FROM commitments")
    with pytest.raises(AljabrError, match="has no commitment"):
        opening(db, make_programme(), "det_0", public=folder)


def test_the_public_record_says_nothing_about_anybody(published: tuple[Database, Path]) -> None:
    public = b"".join(path.read_bytes() for path in published[1].rglob("*") if path.is_file())
    given_ = _opened(published)
    assert given_["salt"].encode() not in public and bytes.fromhex(given_["salt"]) not in public
    assert b"det_" not in public and b"granted" not in public
