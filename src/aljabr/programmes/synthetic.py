"""Refuses real claims under a programme that takes invented ones only.

Programmes about survivors, captives and graves say ``synthetic_only: true`` until sealing protects such claims. Every use case that
reads claims or facts asks here first, before it opens a file.
"""

from __future__ import annotations

from aljabr.errors import SyntheticOnly
from aljabr.programmes.records import Programme


def refuse_real_claims(programme: Programme, *, synthetic: bool) -> None:
    """Do nothing when the programme takes real claims, or the caller declares that every claim is invented.

    Raises
    ------
    SyntheticOnly
        Otherwise.
    """
    if programme.synthetic_only and not synthetic:
        raise SyntheticOnly(
            f"{programme.key} takes invented claims only until such claims can be sealed, and these are not declared so.",
            "Give --synthetic when every claim is invented; keep real claims out of this version.",
            programme=programme.key,
        )
