"""The Merkle tree of RFC 6962: hashes, root, inclusion and consistency proofs, and their verification.

It knows bytes only: what a leaf says is ``commitments``' business, and who signed a root is ``notes``'. Subtree proofs (of a range
that starts where a complete subtree of its size could start) are the general form; a tree is the subtree that starts at 0.

References
----------
RFC 6962 section 2.1; RFC 9162 section 2.1; Merkle Tree Certificates (IETF draft), sections on subtrees.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from aljabr.errors import AljabrError

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256().digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Return the hash of a leaf, kept apart from node hashes by its first byte."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class MerkleTree:
    """An append-only tree over leaf hashes that answers for every size it has had.

    Parameters
    ----------
    leaf_hashes : sequence of bytes
        One 32-byte leaf hash for every leaf, in order.
    """

    def __init__(self, leaf_hashes: Sequence[bytes]) -> None:
        self.levels: list[list[bytes]] = [list(leaf_hashes)]
        while len(below := self.levels[-1]) > 1:
            pairs = zip(below[0::2], below[1::2], strict=False)
            self.levels.append([hashlib.sha256(b"\x01" + left + right).digest() for left, right in pairs])

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self.levels[0])

    def root(self, size: int | None = None) -> bytes:
        """Return the root over the first ``size`` leaves (all when None).

        Raises
        ------
        AljabrError
            When the tree has fewer leaves.
        """
        size = self._within(size)
        return self._range(0, size) if size else EMPTY_ROOT

    def inclusion_proof(self, index: int, size: int | None = None) -> list[bytes]:
        """Return the hashes that lead from leaf ``index`` to the root over ``size`` leaves, lowest first.

        Raises
        ------
        AljabrError
            When there is no such leaf in a tree of that size.
        """
        start, end, proof = 0, self._within(size), list[bytes]()
        if not 0 <= index < end:
            raise AljabrError(f"There is no leaf {index} among {end}.", "Give an index from 0 below the size.")
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                proof.append(self._range(middle, end))
                end = middle
            else:
                proof.append(self._range(start, middle))
                start = middle
        return proof[::-1]

    def consistency_proof(self, old: int, new: int | None = None) -> list[bytes]:
        """Return the hashes that show the tree of ``old`` leaves to be the beginning of the tree of ``new`` leaves.

        Raises
        ------
        AljabrError
            When ``old`` is 0 or more than ``new``.
        """
        new = self._within(new)
        if not 0 < old <= new:
            raise AljabrError(f"A tree of {old} leaves is not the beginning of one of {new}.", "Give 0 < old <= new.")
        start, end, proof, whole = 0, new, list[bytes](), True
        while end != old:
            middle = start + _split(end - start)
            if old <= middle:
                proof.append(self._range(middle, end))
                end = middle
            else:
                proof.append(self._range(start, middle))
                start, whole = middle, False
        return (proof if whole else [*proof, self._range(start, end)])[::-1]

    def _within(self, size: int | None) -> int:
        if size is not None and not 0 <= size <= self.size:
            raise AljabrError(f"The tree has {self.size} leaves, not {size}.", "Give a size it has had.")
        return self.size if size is None else size

    def _range(self, start: int, end: int) -> bytes:
        width = end - start
        if width & (width - 1) == 0:
            level = width.bit_length() - 1
            return self.levels[level][start >> level]
        middle = start + _split(width)
        return node_hash(self._range(start, middle), self._range(middle, end))


def verify_inclusion(leaf: bytes, index: int, size: int, *, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether the proof leads from a leaf hash to the root.

    Parameters
    ----------
    leaf : bytes
        Hash of the leaf.
    index, size : int
        Position of the leaf, and number of leaves under the root.
    proof : sequence of bytes
        Sibling hashes, lowest first.
    root : bytes
        The root it must lead to.

    Returns
    -------
    bool

    References
    ----------
    RFC 9162 section 2.1.3.2.
    """
    if not 0 <= index < size or not _all_hashes((leaf, root, *proof)):
        return False
    position, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            while position and not position & 1:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    return last == 0 and hmac.compare_digest(found, root)


def verify_subtree_inclusion(leaf: bytes, index: int, span: tuple[int, int], *, proof: Sequence[bytes], root: bytes) -> bool:
    """Return whether the proof leads from leaf ``index`` of the whole tree to the root of the subtree ``span`` (half-open)."""
    start, end = span
    return _is_subtree(start, end) and verify_inclusion(leaf, index - start, end - start, proof=proof, root=root)


def verify_consistency(old: int, new: int, *, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Return whether the tree of ``old`` leaves is the beginning of the tree of ``new`` leaves.

    Parameters
    ----------
    old, new : int
        Sizes; nothing can be proved of the empty tree, so ``old`` 0 holds only with ``new`` 0.
    proof : sequence of bytes
        Hashes as ``MerkleTree.consistency_proof`` gives them.
    old_root, new_root : bytes
        The two roots.

    Returns
    -------
    bool

    References
    ----------
    RFC 9162 section 2.1.4.2.
    """
    if old == 0 < new or (old == new and old_root != new_root):
        return False
    return verify_subtree_consistency((0, old), new, proof=proof, subtree_root=old_root, root=new_root)


def verify_subtree_consistency(
    span: tuple[int, int], size: int, *, proof: Sequence[bytes], subtree_root: bytes, root: bytes
) -> bool:
    """Return whether the subtree ``span`` (half-open) with that root is part of the tree of ``size`` leaves."""
    start, end = span
    if not _is_subtree(start, end) or end > size or not _all_hashes(proof):
        return False
    if start == end:
        return not proof and hmac.compare_digest(subtree_root, EMPTY_ROOT)
    first, last, top = start, end - 1, size - 1
    while first != last if last == top else last & 1 and first != last:
        first, last, top = first >> 1, last >> 1, top >> 1
    if first != last and not proof:
        return False
    seed, rest = (subtree_root, proof) if first == last else (proof[0], proof[1:])
    return _climb((first, last, top), seed, rest, expected=(subtree_root, root))


def _climb(position: tuple[int, int, int], seed: bytes, proof: Sequence[bytes], *, expected: tuple[bytes, bytes]) -> bool:
    first, last, top = position
    old = new = seed
    for sibling in proof:
        if top == 0:
            return False
        if last & 1 or last == top:
            old = node_hash(sibling, old) if first < last else old
            new = node_hash(sibling, new)
            while not last & 1:
                first, last, top = first >> 1, last >> 1, top >> 1
        else:
            new = node_hash(new, sibling)
        first, last, top = first >> 1, last >> 1, top >> 1
    return top == 0 and hmac.compare_digest(old, expected[0]) and hmac.compare_digest(new, expected[1])


def _is_subtree(start: int, end: int) -> bool:
    if not 0 <= start <= end:
        return False
    return start == end or start % (1 << (end - start - 1).bit_length()) == 0


def _all_hashes(values: Sequence[bytes]) -> bool:
    return all(len(value) == HASH_BYTES for value in values)


def _split(width: int) -> int:
    return 1 << (width - 1).bit_length() - 1
