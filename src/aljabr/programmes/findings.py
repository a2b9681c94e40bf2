"""What a check of a programme finds, one thing at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from aljabr.feel.types import Value

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
    example : dict of str to Value
        Facts and outputs of earlier tables that show it, in the order in which they are told; empty when none are needed.
    facts : dict of str to Value
        The whole counter-example, to decide it again.
    """

    severity: Severity
    where: str
    what: str
    way_out: str = ""
    example: Mapping[str, Value] = field(default_factory=dict)
    facts: Mapping[str, Value] = field(default_factory=dict)


Shown = Mapping[str, Value] | None


def error(where: str, what: str, way_out: str, *, example: Shown = None, facts: Shown = None) -> Finding:
    """Return a finding that must be mended."""
    return Finding(severity="error", where=where, what=what, way_out=way_out, example=example or {}, facts=facts or {})


def still_open(where: str, what: str, way_out: str) -> Finding:
    """Return a finding that waits for a lawyer or a source."""
    return Finding(severity="open", where=where, what=what, way_out=way_out)


def note(where: str, what: str, way_out: str = "", *, example: Shown = None, facts: Shown = None) -> Finding:
    """Return a finding worth knowing."""
    return Finding(severity="note", where=where, what=what, way_out=way_out, example=example or {}, facts=facts or {})
