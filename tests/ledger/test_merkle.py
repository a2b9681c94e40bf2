"""The Merkle tree against the vectors of RFC 6962/9162 implementations, and against itself."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import AljabrError
from aljabr.ledger.merkle import (
    EMPTY_ROOT,
    MerkleTree,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)

# Leaves and roots of the reference tree of Certificate Transparency (RFC 6962 implementations, `testdata`).
LEAVES_HEX = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
LEAVES = [bytes.fromhex(text) for text in LEAVES_HEX]
ROOT_OF_8 = "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"


def _vectors(folder: Path, kind: str) -> Iterator[dict[str, object]]:
    for path in sorted((folder / "testdata" / kind).rglob("*.json")):
        vector = json.loads(path.read_bytes())
        yield {name: base64.b64decode(vector[name] or "") for name in ("root", "leafHash", "root1", "root2") if name in vector} | {
            "name": str(path),
            "wanted": not vector["wantErr"],
            "proof": [base64.b64decode(node) for node in vector["proof"] or ()],
            **{name: vector[name] for name in ("leafIdx", "treeSize", "size1", "size2", "start", "end", "size") if name in vector},
        }


def _answer(kind: str, v: dict[str, object]) -> bool:
    if kind == "inclusion":
        return verify_inclusion(v["leafHash"], v["leafIdx"], v["treeSize"], proof=v["proof"], root=v["root"])
    if kind == "consistency":
        return verify_consistency(v["size1"], v["size2"], proof=v["proof"], old_root=v["root1"], new_root=v["root2"])
    span = (v["start"], v["end"])
    if kind == "subtreeinclusion":
        return verify_subtree_inclusion(v["leafHash"], v["leafIdx"], span, proof=v["proof"], root=v["root"])
    return verify_subtree_consistency(span, v["size"], proof=v["proof"], subtree_root=v["root1"], root=v["root2"])


@pytest.mark.parametrize(
    ("kind", "count"), [("inclusion", 98), ("consistency", 98), ("subtreeinclusion", 204), ("subtreeconsistency", 118)]
)
def test_every_vector_gets_the_answer_its_file_wants(test_data: Callable[[str], Path], kind: str, count: int) -> None:
    vectors = list(_vectors(test_data("merkle"), kind))
    assert len(vectors) == count
    assert [v["name"] for v in vectors if _answer(kind, v) != v["wanted"]] == []


def test_the_reference_tree_has_the_reference_root() -> None:
    tree = MerkleTree([leaf_hash(leaf) for leaf in LEAVES])
    assert tree.root().hex() == ROOT_OF_8
    assert tree.root(1) == leaf_hash(b"")
    assert tree.root(3) == node_hash(node_hash(leaf_hash(LEAVES[0]), leaf_hash(LEAVES[1])), leaf_hash(LEAVES[2]))


def test_the_empty_tree_has_the_hash_of_nothing_as_root() -> None:
    assert MerkleTree([]).root() == EMPTY_ROOT == hashlib.sha256(b"").digest()


def _tree(size: int) -> MerkleTree:
    return MerkleTree([leaf_hash(str(n).encode()) for n in range(size)])


@pytest.mark.parametrize("size", range(1, 34))
def test_every_leaf_of_every_small_tree_is_proved_and_no_other(size: int) -> None:
    tree = _tree(size)
    for index, leaf in enumerate(tree.levels[0]):
        proof = tree.inclusion_proof(index)
        assert verify_inclusion(leaf, index, size, proof=proof, root=tree.root())
        other = (index + 1) % size
        assert size == 1 or not verify_inclusion(leaf, other, size, proof=proof, root=tree.root())


@pytest.mark.parametrize("new", range(1, 34))
def test_every_earlier_size_is_proved_to_be_the_beginning(new: int) -> None:
    tree = _tree(33)
    for old in range(1, new + 1):
        proof = tree.consistency_proof(old, new)
        assert verify_consistency(old, new, proof=proof, old_root=tree.root(old), new_root=tree.root(new))
        assert not verify_consistency(old, new, proof=proof, old_root=tree.root(old), new_root=EMPTY_ROOT)


def test_the_empty_log_proves_nothing_about_a_later_one() -> None:
    assert not verify_consistency(0, 5, proof=[], old_root=EMPTY_ROOT, new_root=_tree(5).root())
    assert verify_consistency(0, 0, proof=[], old_root=EMPTY_ROOT, new_root=EMPTY_ROOT)


@settings(deadline=None, max_examples=60)
@given(size=st.integers(1, 700), data=st.data())
def test_a_rewritten_history_is_never_consistent(size: int, data: st.DataObject) -> None:
    old, changed = data.draw(st.integers(1, size)), data.draw(st.integers(0, size - 1))
    tree = _tree(size)
    leaves = list(tree.levels[0])
    leaves[changed] = leaf_hash(b"rewritten")
    forged = MerkleTree(leaves)
    proof = forged.consistency_proof(old)
    holds = verify_consistency(old, size, proof=proof, old_root=tree.root(old), new_root=forged.root())
    assert holds == (changed >= old)


@settings(deadline=None, max_examples=60)
@given(size=st.integers(2, 700), data=st.data())
def test_a_flipped_bit_in_a_proof_is_refused(size: int, data: st.DataObject) -> None:
    tree = _tree(size)
    index = data.draw(st.integers(0, size - 1))
    proof = tree.inclusion_proof(index)
    place, bit = data.draw(st.integers(0, len(proof) - 1)), data.draw(st.integers(0, 255))
    proof[place] = (int.from_bytes(proof[place]) ^ (1 << bit)).to_bytes(32)
    assert not verify_inclusion(tree.levels[0][index], index, size, proof=proof, root=tree.root())


@pytest.mark.parametrize("ask", [lambda t: t.root(9), lambda t: t.inclusion_proof(8), lambda t: t.consistency_proof(0)])
def test_a_question_outside_the_tree_is_refused(ask: Callable[[MerkleTree], object]) -> None:
    with pytest.raises(AljabrError, match=r"leaves|leaf"):
        ask(_tree(8))
