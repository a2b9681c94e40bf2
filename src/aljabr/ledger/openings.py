"""Opens one sealed determination for the person it concerns, and checks an opening against the public record.

An opening is one JSON object: the sealed content (determination, facts, programme hash) under ``opening``, its salt, and the proof
that its commitment is in the public log. Whether the law gives that determination on those facts is recomputed above, by ``runs``.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from aljabr.errors import AljabrError, CheckFailed
from aljabr.ledger.commitments import commitment, leaf_bytes, sealed_content
from aljabr.ledger.merkle import MerkleTree, leaf_hash, verify_inclusion
from aljabr.ledger.notes import decode_base64, verify_checkpoint
from aljabr.ledger.publication import CHECKPOINT, LEAVES, MAX_LEAVES, read_bytes, read_leaves, read_text, read_verifier, tree_of
from aljabr.programmes.records import Programme
from aljabr.relations import Database

_KEYS = frozenset({"opening", "salt", "commitment", "leaf_index", "inclusion_proof", "checkpoint"})
_CONTENT_KEYS = frozenset({"determination", "facts", "programme_hash"})
_HEX = re.compile(r"[0-9a-f]{64}")
_PROOF_LIMIT = 64


def opening(db: Database, programme: Programme, determination_id: str, *, public: Path) -> dict[str, Any]:
    """Return what the person concerned receives, to check the public record with.

    Parameters
    ----------
    db : Database
        With ``determinations``, ``facts`` and ``commitments``.
    programme : Programme
        Under which it was determined.
    determination_id : str
        Which determination.
    public : Path
        Folder that ``publish_ledger`` wrote.

    Returns
    -------
    dict
        ``opening`` (with ``determination``, ``facts``, ``programme_hash``), ``salt`` and ``commitment`` (hexadecimal),
        ``leaf_index`` (from 0), ``inclusion_proof`` (base64, lowest first), ``checkpoint`` (the signed note). It is private: give
        it to the person concerned and nobody else.

    Raises
    ------
    AljabrError
        When there is no such determination.
    CheckFailed
        When the folder does not list its commitment.
    """
    content = json.loads(sealed_content(db, programme, determination_id))
    found = db.rows("SELECT salt_hex, commitment FROM commitments WHERE determination_id = ?", [determination_id])
    if not found:
        raise AljabrError(f"{determination_id} has no commitment.", "Publish the determinations first.")
    salt, sealed = found[0]
    places, tree = _published(read_bytes(public / LEAVES, limit=MAX_LEAVES))
    index = places.get(leaf_bytes(sealed))
    if index is None:
        raise CheckFailed(f"The public record does not list the commitment of {determination_id}.", "Name the folder of this run.")
    proof = [base64.b64encode(node).decode() for node in tree.inclusion_proof(index)]
    located = {"leaf_index": index, "inclusion_proof": proof, "checkpoint": read_text(public / CHECKPOINT)}
    return {"opening": content, "salt": salt, "commitment": sealed, **located}


def verify_opening(public: Path, opening: Mapping[str, Any]) -> list[str]:
    """Return what speaks against an opening, given the public record; nothing when it holds.

    Parameters
    ----------
    public : Path
        The public folder, or only ``checkpoint``, ``leaves`` and ``verifier`` of it.
    opening : mapping
        As ``opening`` gives it, read from JSON.

    Returns
    -------
    list of str
        One sentence for every problem: form, then commitment, checkpoint, inclusion, place in the list.
    """
    if why := _form_problem(opening):
        return [why]
    steps = (_commitment_problem, _checkpoint_problem, _inclusion_problem, _list_problem)
    return [why for step in steps if (why := _reason(step, public, opening))]


def _reason(step: Callable[[Path, Mapping[str, Any]], str], public: Path, opening: Mapping[str, Any]) -> str:
    try:
        return step(public, opening)
    except AljabrError as failed:
        return failed.what
    except (ValueError, RecursionError):  # half a surrogate pair, or objects nested without end
        return "The opening has no canonical form."


def _form_problem(opening: object) -> str:
    if not isinstance(opening, Mapping) or opening.keys() != _KEYS:
        return f"The opening's keys are not {', '.join(sorted(_KEYS))}."
    content = opening["opening"]
    if not isinstance(content, Mapping) or content.keys() != _CONTENT_KEYS:
        return f"The keys of its content are not {', '.join(sorted(_CONTENT_KEYS))}."
    if not all(isinstance(content[name], Mapping) for name in ("determination", "facts")):
        return "Its determination and facts are not objects."
    if not all(isinstance(opening[name], str) and _HEX.fullmatch(opening[name]) for name in ("salt", "commitment")):
        return "Its salt and commitment are not 64 small hexadecimal digits."
    index, proof = opening["leaf_index"], opening["inclusion_proof"]
    if not isinstance(index, int) or isinstance(index, bool) or not isinstance(opening["checkpoint"], str):
        return "Its leaf index is not a whole number, or its checkpoint not text."
    if not isinstance(proof, list) or len(proof) > _PROOF_LIMIT or not all(isinstance(node, str) for node in proof):
        return f"Its inclusion proof is not a list of at most {_PROOF_LIMIT} texts."
    return ""


def _commitment_problem(_public: Path, opening: Mapping[str, Any]) -> str:
    made = commitment(opening["opening"], bytes.fromhex(opening["salt"]))
    return "" if made == opening["commitment"] else "Content and salt do not give the commitment: something in it was changed."


def _checkpoint_problem(public: Path, opening: Mapping[str, Any]) -> str:
    verify_checkpoint(opening["checkpoint"], verifier=read_verifier(public))
    same = read_text(public / CHECKPOINT) == opening["checkpoint"]
    return "" if same else "The public record has another checkpoint than this opening."


def _inclusion_problem(public: Path, opening: Mapping[str, Any]) -> str:
    checkpoint = verify_checkpoint(opening["checkpoint"], verifier=read_verifier(public))
    proof = [decode_base64(node, size=32) for node in opening["inclusion_proof"]]
    leaf = leaf_hash(leaf_bytes(opening["commitment"]))
    holds = verify_inclusion(leaf, opening["leaf_index"], checkpoint.size, proof=proof, root=checkpoint.root)
    return "" if holds else "The proof does not lead from this commitment to the checkpoint's root."


def _list_problem(public: Path, opening: Mapping[str, Any]) -> str:
    places, _tree = _published(read_bytes(public / LEAVES, limit=MAX_LEAVES))
    listed = places.get(leaf_bytes(opening["commitment"])) == opening["leaf_index"]
    return "" if listed else f"The public {LEAVES} do not list this commitment at its place."


@lru_cache(maxsize=1)
def _published(content: bytes) -> tuple[dict[bytes, int], MerkleTree]:
    """Return the place of every leaf and the tree; kept, because whoever opens one determination opens many."""
    lines = read_leaves(content)
    return {line: place for place, line in enumerate(lines)}, tree_of(lines)
