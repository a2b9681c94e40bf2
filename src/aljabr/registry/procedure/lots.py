"""Draws a reviewer by lot, so that anybody can draw again: the officer with the smallest SHA-256(seed | lot key | officer).

The seed is the root of the checkpoint published first after filing, which nobody knew when the claim was filed. The lot key
names the claimant and the harm without telling them, so that withdrawing and filing again draws the same officer.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable

from django.conf import settings


def lot_key(identity: str, harm: str) -> str:
    """Return the key of a lot: an HMAC of who claims and for what."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{identity}\x1f{harm}".encode(), hashlib.sha256).hexdigest()


def draw(seed: str, key: str, eligible: Iterable[int]) -> int:
    """Return the officer the lot falls on.

    Parameters
    ----------
    seed : str
        Root of the checkpoint, hexadecimal.
    key : str
        The lot's key.
    eligible : iterable of int
        Ids of the officers who may be drawn; their order does not matter.

    Raises
    ------
    ValueError
        When nobody is eligible.

    Examples
    --------
    >>> draw("00", "a", [3, 1, 2]) == draw("00", "a", [1, 2, 3])
    True
    """
    return min(eligible, key=lambda officer: hashlib.sha256(f"{seed}|{key}|{officer}".encode()).digest())
