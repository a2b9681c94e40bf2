"""What a check of a programme finds, one thing at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "open", "note"]


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing a check found.

    Parameters
    ----------
    severity : str
        ``error`` (must be mended), ``open`` (somebody has to sign or verify it; results say so) or ``note`` (worth knowing).
    where : str
        File or part of the programme.
    what : str
        What is the matter, in one sentence.
    way_out : str
        What to do about it; empty when there is nothing to do.
    """

    severity: Severity
    where: str
    what: str
    way_out: str = ""


def error(where: str, what: str, way_out: str) -> Finding:
    """Return a finding that must be mended."""
    return Finding(severity="error", where=where, what=what, way_out=way_out)


def still_open(where: str, what: str, way_out: str) -> Finding:
    """Return a finding that waits for a lawyer or a source."""
    return Finding(severity="open", where=where, what=what, way_out=way_out)


def note(where: str, what: str, way_out: str = "") -> Finding:
    """Return a finding worth knowing."""
    return Finding(severity="note", where=where, what=what, way_out=way_out)
