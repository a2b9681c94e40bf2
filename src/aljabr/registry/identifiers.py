"""Typed-prefix identifiers of what the registry makes itself; the engine's own pass through unchanged."""

from __future__ import annotations

import secrets

PREFIXES = {
    "claim": "clm",
    "item": "itm",
    "person": "per",
    "exhibit": "exh",
    "decision": "dec",
    "proposal": "prp",
    "appeal": "app",
    "request": "req",
    "letter": "let",
    "run": "run",
    "export": "exp",
}


def new_id(kind: str) -> str:
    """Return a new identifier of that kind, e.g. ``clm_0f3a…`` (96 random bits)."""
    return f"{PREFIXES[kind]}_{secrets.token_hex(12)}"
