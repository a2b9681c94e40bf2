"""The public record: standard layout, the same bytes again, and no byte of it can change unseen."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aljabr.errors import CheckFailed
from aljabr.ledger import publish_ledger, verify_public
from aljabr.ledger.merkle import MerkleTree, leaf_hash
from aljabr.ledger.publication import read_verifier, tiles

KEY = bytes(range(32))
ORIGIN = "aljabr/XX-TEST"
Leaf = dict[str, object]


def _leaves(count: int) -> list[Leaf]:
    """Return commitments, but for the last leaf, which is a file's."""
    sealed = [{"kind": "determination", "commitment": hashlib.sha256(str(n).encode()).hexdigest()} for n in range(count - 1)]
    return sealed + [{"kind": "file", "path": "aggregates/اعداد.csv", "sha256": "ab" * 32}] * (count > 0)


def _publish(folder: Path, count: int) -> Path:
    assert publish_ledger(folder, _leaves(count), origin=ORIGIN, run_key=KEY) == count
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("count", [0, 1, 2, 255, 256, 257, 300])
def test_what_was_published_holds(tmp_path: Path, count: int) -> None:
    assert verify_public(_publish(tmp_path, count)) == []
    assert (tmp_path / "checkpoint").read_text(encoding="utf-8").split("\n")[:2] == [ORIGIN, str(count)]


def test_tiles_are_laid_out_as_the_standard_says() -> None:
    # C2SP tlog-tiles: a tree of 70,000 has 273 full tiles and one of width 112, then one full and one of 17, then one of 1.
    found = tiles(MerkleTree([leaf_hash(str(n).encode()) for n in range(70_000)]))
    assert sum(name.startswith("0/") for name in found) == 274
    assert len(found["0/273.p/112"]) == 112 * 32 and len(found["0/000"]) == 8192
    assert sorted(name for name in found if not name.startswith("0/")) == ["1/000", "1/001.p/17", "2/000.p/1"]


def test_a_tree_of_256_has_a_full_tile_and_one_above() -> None:
    tree = MerkleTree([leaf_hash(str(n).encode()) for n in range(256)])
    assert tiles(tree).keys() == {"0/000", "1/000.p/1"}
    assert tiles(tree)["1/000.p/1"] == tree.root()


def test_the_order_of_the_leaves_tells_nothing(tmp_path: Path) -> None:
    shuffled = _leaves(50)
    random.Random(3).shuffle(shuffled)
    publish_ledger(tmp_path / "b", shuffled, origin=ORIGIN, run_key=KEY)
    assert _files(_publish(tmp_path / "a", 50)) == _files(tmp_path / "b")


def test_publishing_again_leaves_nothing_of_the_earlier_record(tmp_path: Path) -> None:
    _publish(tmp_path, 300)
    _publish(tmp_path, 3)
    assert verify_public(tmp_path) == []
    assert _files(tmp_path).keys() == {"checkpoint", "leaves", "tiles/0/000.p/3", "verifier"}


def test_no_byte_of_a_small_record_can_change_unseen(tmp_path: Path) -> None:
    for name, content in _files(_publish(tmp_path, 3)).items():
        for place in range(len(content)):
            changed = bytes([content[place] ^ (1 << place % 8)])
            (tmp_path / name).write_bytes(content[:place] + changed + content[place + 1 :])
            assert verify_public(tmp_path) != [], (name, place)
        (tmp_path / name).write_bytes(content)
    assert verify_public(tmp_path) == []


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_change_of_any_published_file_goes_unseen(tmp_path: Path, data: st.DataObject) -> None:
    folder = tmp_path / "public"
    files = _files(_publish(folder, 260))
    name = data.draw(st.sampled_from(sorted(files)))
    content = files[name]
    start = data.draw(st.integers(0, len(content)))
    end = data.draw(st.integers(start, min(len(content), start + 40)))
    changed = content[:start] + data.draw(st.binary(max_size=40)) + content[end:]
    (folder / name).write_bytes(changed)
    assert (verify_public(folder) == []) == (changed == content)


@pytest.mark.parametrize("name", ["checkpoint", "leaves", "verifier", "tiles/0/000", "tiles/1/000.p/1"])
def test_a_missing_file_is_a_problem(tmp_path: Path, name: str) -> None:
    (_publish(tmp_path, 300) / name).unlink()
    assert len(verify_public(tmp_path)) == 1


def test_a_file_too_many_among_the_tiles_is_a_problem(tmp_path: Path) -> None:
    (_publish(tmp_path, 3) / "tiles" / "0" / "001").write_bytes(b"")
    assert verify_public(tmp_path) == ["The tile 0/001 does not belong to the checkpoint."]


def test_a_record_signed_whole_by_somebody_else_is_seen_by_who_knows_the_key(tmp_path: Path) -> None:
    known = read_verifier(_publish(tmp_path / "real", 3))
    publish_ledger(tmp_path / "forged", _leaves(4), origin=ORIGIN, run_key=bytes(32))
    assert verify_public(tmp_path / "forged") == []
    assert verify_public(tmp_path / "forged", verifier=known) == ["The verifier key is not the one you know."]


def test_a_checkpoint_of_another_size_is_a_problem(tmp_path: Path) -> None:
    _publish(tmp_path / "other", 5)
    (_publish(tmp_path, 3) / "checkpoint").write_bytes((tmp_path / "other" / "checkpoint").read_bytes())
    assert "The checkpoint is for 5 leaves, 3 are listed." in verify_public(tmp_path)


@pytest.mark.parametrize(
    "leaf",
    [
        {"kind": "determination", "commitment": "xyz"},
        {"kind": "determination", "commitment": "AB" * 32},
        {"kind": "determination", "commitment": "ab" * 32, "name": "somebody"},
        {"kind": "determination", "commitment": None},
        {"kind": "gossip", "commitment": "ab" * 32},
        {"kind": "file", "path": "report.html"},
        {"kind": "file", "path": "report.html", "sha256": "short"},
        {"kind": ["file"], "path": "x", "sha256": "ab" * 32},
        {},
    ],
)
def test_a_leaf_of_unknown_form_is_never_published(tmp_path: Path, leaf: Leaf) -> None:
    with pytest.raises(CheckFailed, match="not a leaf"):
        publish_ledger(tmp_path, [*_leaves(3), leaf], origin=ORIGIN, run_key=KEY)
    assert not (tmp_path / "checkpoint").exists()


def test_a_leaf_is_published_once(tmp_path: Path) -> None:
    with pytest.raises(CheckFailed, match="do not ascend"):
        publish_ledger(tmp_path, _leaves(3) * 2, origin=ORIGIN, run_key=KEY)


@pytest.mark.parametrize(
    "content", [b"{}", b"\n", b"[1]\n", b"1e5\n", b"[" * 100_000 + b"\n", b'{"kind":"file","kind":"file"}\n', b"\xff\n"]
)
def test_a_list_of_anything_else_is_a_problem_not_a_crash(tmp_path: Path, content: bytes) -> None:
    (_publish(tmp_path, 3) / "leaves").write_bytes(content)
    assert len(verify_public(tmp_path)) == 1
