"""What a check of a programme finds, one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from aljabr.feel.types import Value

Severity = Literal["error", "open", "note"]
# Where a finding lies → the part of the programme it is shown under; the first that fits.
PARTS = (
    ("tables", "tables"),
    ("amounts", "sources"),
    ("programme.yaml, instrument", "sources"),
    ("programme.yaml, harm", "sources"),
    ("programme.yaml, sign_off", "sign_off"),
    ("programme.yaml, body", "bodies"),
    ("programme.yaml, deadline", "procedure"),
    ("procedure.yaml", "procedure"),
    ("programme.yaml, fact", "facts"),
    ("programme.yaml, published_fact", "facts"),
    ("intake", "intake"),
    ("letters", "letters"),
    ("programme.yaml, labels", "letters"),
    ("funds", "funds"),
    ("cases", "cases"),
    ("", "programme"),
)


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

    @property
    def part(self) -> str:
        """The part of the programme it is shown under: one of those in ``PARTS``."""
        return next(part for start, part in PARTS if self.where.startswith(start))


def by_part(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Return findings by part of the programme, parts with something to mend first; in each errors, what is open, notes."""
    ranks: tuple[Severity, ...] = ("error", "open", "note")
    order = list(dict.fromkeys(part for _, part in PARTS))
    grouped: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: ranks.index(finding.severity)):
        grouped.setdefault(finding.part, []).append(finding)
    return dict(sorted(grouped.items(), key=lambda item: (item[1][0].severity != "error", order.index(item[0]))))


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
