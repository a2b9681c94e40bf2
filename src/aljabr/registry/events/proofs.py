"""Proofs that an event is in the public log, from the leaves alone and in few reads, however long the log.

Complete subtrees of 256 and of 65,536 leaves are kept once they are full; every other range is hashed from those or from at most
256 leaves. The proof is RFC 6962's; ``aljabr.ledger.verify_inclusion`` checks it without the registry.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from aljabr.ledger.merkle import MerkleTree, node_hash
from aljabr.registry.events.models import Checkpoint, TreeNode

WIDTHS = (65_536, 256)


@dataclass(frozen=True, kw_only=True)
class Proof:
    """Where a leaf is, and the hashes that lead from it to the root of a checkpoint, lowest first."""

    leaf: bytes
    index: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint


def prove_inclusion(index: int) -> Proof | None:
    """Return the proof of a leaf under the newest checkpoint; None when no checkpoint covers it yet."""
    checkpoint = Checkpoint.objects.order_by("-size").first()
    if checkpoint is None or not 0 <= index < checkpoint.size:
        return None
    start, end, hashes = 0, checkpoint.size, list[bytes]()
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            hashes.append(_root(middle, end))
            end = middle
        else:
            hashes.append(_root(start, middle))
            start = middle
    (leaf,) = _leaves(index, index + 1)
    return Proof(leaf=leaf, index=index, hashes=tuple(hashes[::-1]), checkpoint=checkpoint)


def place_of(leaf: bytes) -> int | None:
    """Return the place of a leaf hash in the log; None when it has none yet, or there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf_place(%s)", [leaf])
        (found,) = cursor.fetchone()
    return None if found is None else int(found)


def keep_subtrees(before: int, size: int) -> None:
    """Keep the subtrees that a log grown from ``before`` to ``size`` leaves has completed."""
    for width in WIDTHS[::-1]:
        for place in range(before // width, size // width):
            TreeNode.objects.create(width=width, place=place, value=_root(place * width, (place + 1) * width))


def _root(start: int, end: int) -> bytes:
    """Return the root of a subtree that starts where one of its size could start."""
    for width in WIDTHS:
        if (end - start) % width == 0:
            kept = TreeNode.objects.filter(width=width, place__gte=start // width, place__lt=end // width).order_by("place")
            values = [bytes(value) for value in kept.values_list("value", flat=True)]
            if len(values) == (end - start) // width:
                return MerkleTree(values).root()
    if end - start <= WIDTHS[-1]:
        return MerkleTree(_leaves(start, end)).root()
    middle = start + (1 << (end - start - 1).bit_length() - 1)
    return node_hash(_root(start, middle), _root(middle, end))


def _leaves(start: int, end: int) -> list[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT leaf_hash FROM leaf_range(%s, %s)", [start, end])
        return [bytes(row[0]) for row in cursor.fetchall()]
