"""Canonical bytes, Merkle tree, checkpoints, openings: a public record that anyone checks with the files alone.

Without the rest of Aljabr: ``publish_ledger`` writes, ``verify_public`` and ``verify_opening`` need only what was published.
"""

from aljabr.ledger.commitments import commit_determinations, recommit
from aljabr.ledger.merkle import verify_consistency, verify_inclusion
from aljabr.ledger.notes import sign_bytes, verify_bytes
from aljabr.ledger.openings import opening, verify_opening
from aljabr.ledger.publication import publish_ledger, verify_public

__all__ = [
    "commit_determinations",
    "opening",
    "publish_ledger",
    "recommit",
    "sign_bytes",
    "verify_bytes",
    "verify_consistency",
    "verify_inclusion",
    "verify_opening",
    "verify_public",
]
