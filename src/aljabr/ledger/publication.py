"""Writes the public record of a run and checks it with nothing but its files.

``leaves`` has one canonical JSON object a line, in ascending order of bytes, so that the order tells nothing; line n is leaf n. A
leaf is the commitment to a determination or the digest of a public file. ``tiles/L/N`` holds the hashes of the tree in the layout
of C2SP tlog-tiles (256 hashes of 32 raw bytes to a tile; a last, partial tile is ``N.p/WIDTH``), so that any proof is read from a
few small files. ``verifier`` is the public key, ``checkpoint`` the signed root; it is written last, and a record without it is
unfinished.

That the record is whole does not say whose it is: whoever holds the run key can write another. Compare the verifier key, and the
checkpoint, with those that were witnessed elsewhere.

References
----------
C2SP tlog-tiles; RFC 6962 section 2.1.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from aljabr.canonical import canonical_bytes
from aljabr.errors import AljabrError, CheckFailed
from aljabr.ledger.merkle import MerkleTree, leaf_hash
from aljabr.ledger.notes import Checkpoint, sign_checkpoint, verifier_key, verify_checkpoint
from aljabr.outside import MEBI, list_files, read_regular, shown

CHECKPOINT, LEAVES, TILES, VERIFIER = "checkpoint", "leaves", "tiles", "verifier"
_KEYS_BY_KIND = {"determination": {"kind", "commitment"}, "file": {"kind", "path", "sha256"}}
_COMMITMENT_LEAF = re.compile(rb'\{"commitment":"[0-9a-f]{64}","kind":"determination"\}')
_HEX = re.compile(r"[0-9a-f]{64}")
_TILE_BITS = 8
_WIDTH = 1 << _TILE_BITS
# What a record may take up: a log of two million leaves has 180 MB of them.
MAX_NOTE, MAX_LEAVES = 64 * 1024, 512 * MEBI


def publish_ledger(folder: Path, leaves: Iterable[Mapping[str, object]], *, origin: str, run_key: bytes) -> int:
    """Write checkpoint, leaves, tiles and verifier key into ``folder``, in place of earlier ones.

    Parameters
    ----------
    folder : Path
        The public folder; other files in it are left alone.
    leaves : iterable of mapping
        ``{"kind": "determination", "commitment": …}`` or ``{"kind": "file", "path": …, "sha256": …}``, in any order.
    origin : str
        Name of the log, such as ``aljabr/IQ-LAW20``: no spaces, no plus sign.
    run_key : bytes
        At least 32 secret bytes, from which the signing key derives.

    Returns
    -------
    int
        Number of leaves.

    Raises
    ------
    CheckFailed
        When a leaf is of neither form, or two are equal.
    """
    content = b"".join(line + b"\n" for line in sorted(canonical_bytes(dict(leaf)) for leaf in leaves))
    tree = tree_of(read_leaves(content))
    verifier = verifier_key(origin, run_key=run_key)
    checkpoint = sign_checkpoint(Checkpoint(origin=origin, size=tree.size, root=tree.root()), run_key=run_key)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / CHECKPOINT).unlink(missing_ok=True)
    _write_tiles(folder / TILES, tree)
    (folder / LEAVES).write_bytes(content)
    (folder / VERIFIER).write_bytes(f"{verifier}\n".encode())
    (folder / CHECKPOINT).write_bytes(checkpoint.encode())
    return tree.size


def verify_public(folder: Path, *, verifier: str | None = None) -> list[str]:
    """Return what speaks against a published record; nothing when it holds.

    Parameters
    ----------
    folder : Path
        The public folder.
    verifier : str, optional
        The verifier key one knows from elsewhere; the folder's own alone cannot show that the whole record was forged.

    Returns
    -------
    list of str
        One sentence for every problem. Whether files that are leaves are there and unchanged is for ``runs`` to look at.
    """
    try:
        note, own = read_text(folder / CHECKPOINT), read_verifier(folder)
        lines = read_leaves(read_bytes(folder / LEAVES, limit=MAX_LEAVES))
        checkpoint = verify_checkpoint(note, verifier=own)
    except CheckFailed as failed:
        return [failed.what]
    problems = ["The verifier key is not the one you know."] if verifier is not None and verifier != own else []
    tree = tree_of(lines)
    if checkpoint.size != tree.size:
        problems.append(f"The checkpoint is for {checkpoint.size} leaves, {tree.size} are listed.")
    elif checkpoint.root != tree.root():
        problems.append("The root of the listed leaves is not the checkpoint's.")
    return problems + _tile_problems(folder / TILES, tiles(tree))


def read_verifier(folder: Path) -> str:
    """Return the verifier key of a public folder.

    Raises
    ------
    CheckFailed
        When the file is missing or not one line.
    """
    text = read_text(folder / VERIFIER)
    if not text.endswith("\n"):
        raise CheckFailed(f"{VERIFIER} is not one line.", "Fetch it again.")
    return text[:-1]


def read_text(path: Path) -> str:
    """Return a file's text.

    Raises
    ------
    CheckFailed
        When it is missing or not UTF-8.
    """
    try:
        return read_bytes(path).decode("utf-8")
    except UnicodeDecodeError as error:
        raise CheckFailed(f"{path.name} is not UTF-8 text.", "Fetch it again.") from error


def read_bytes(path: Path, *, limit: int = MAX_NOTE) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    CheckFailed
        When it is missing, cannot be read, is not a file or has more than ``limit`` bytes.
    """
    return read_regular(path, limit=limit)


def read_leaves(content: bytes) -> list[bytes]:
    """Return the leaves of a list of them.

    Raises
    ------
    CheckFailed
        When a line is not a leaf in canonical form, or the lines do not ascend.
    """
    lines = content.split(b"\n")
    if lines.pop():
        raise CheckFailed(f"The last line of {LEAVES} has no end.", "Fetch it again.")
    for number, line in enumerate(lines, start=1):
        if not _COMMITMENT_LEAF.fullmatch(line) and not _is_leaf(line):
            raise CheckFailed(f"Line {number} of {LEAVES} is not a leaf in canonical form.", "Fetch it again.")
    if any(before >= after for before, after in pairwise(lines)):
        raise CheckFailed(f"The lines of {LEAVES} do not ascend.", "Every leaf stands there once, in order.")
    return lines


def tree_of(leaves: Sequence[bytes]) -> MerkleTree:
    """Return the tree over leaves in their published order."""
    return MerkleTree([leaf_hash(leaf) for leaf in leaves])


def tiles(tree: MerkleTree) -> dict[str, bytes]:
    """Return every tile of a tree by its path below ``tiles``."""
    found: dict[str, bytes] = {}
    for level, hashes in enumerate(tree.levels[::_TILE_BITS]):
        for start in range(0, len(hashes), _WIDTH):
            tile = hashes[start : start + _WIDTH]
            found[_tile_path(level, start // _WIDTH, len(tile))] = b"".join(tile)
    return found


def _is_leaf(line: bytes) -> bool:
    try:
        leaf = json.loads(line)
        canonical = canonical_bytes(leaf)
    except (ValueError, RecursionError, AljabrError):
        return False
    if canonical != line or not isinstance(leaf, dict) or not all(isinstance(value, str) for value in leaf.values()):
        return False
    return leaf.keys() == _KEYS_BY_KIND.get(leaf.get("kind", "")) and bool(_HEX.fullmatch(leaf.get("sha256", "")))


def _tile_path(level: int, index: int, width: int) -> str:
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[place : place + 3] for place in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    return f"{level}/{path}" if width == _WIDTH else f"{level}/{path}.p/{width}"


def _write_tiles(folder: Path, tree: MerkleTree) -> None:
    if folder.exists():
        shutil.rmtree(folder)
    for name, content in tiles(tree).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _tile_problems(folder: Path, wanted: dict[str, bytes]) -> list[str]:
    if not os.path.lexists(folder) and not wanted:
        return []
    listing = list_files(folder, limit=3 * len(wanted) + 100)
    present = listing.files
    problems = [f"In {TILES}: {strange}." for strange in listing.strange]
    problems += [f"The tile {name} is missing." for name in sorted(wanted.keys() - present.keys())]
    problems += [f"The tile {shown(name)} does not belong to the checkpoint." for name in sorted(present.keys() - wanted.keys())]
    changed = (name for name in sorted(wanted.keys() & present.keys()) if not _same_tile(present[name], wanted[name]))
    return problems + [f"The tile {name} is not what the leaves give." for name in changed]


def _same_tile(path: Path, wanted: bytes) -> bool:
    try:
        return read_regular(path, limit=len(wanted)) == wanted
    except CheckFailed:
        return False
