"""Checks and shows a programme, for people and for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aljabr.formats import TARGETS
from aljabr.programmes import Finding, check, describe, load_programme
from aljabr.rules import recompute


@dataclass(frozen=True, kw_only=True)
class ProgrammeCheck:
    """What a check of a programme found; only findings of severity ``error`` fail it."""

    programme: str
    hash: str
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that must be mended."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    def to_dict(self) -> dict[str, Any]:
        """Return the findings for machines."""
        return {
            "programme": self.programme,
            "hash": self.hash,
            "errors": len(self.errors),
            "findings": [{"severity": f.severity, "where": f.where, "what": f.what, "way_out": f.way_out} for f in self.findings],
        }

    def lines(self) -> list[str]:
        """Return the findings for people: errors first, then what is open, then notes."""
        marks = {"error": "✗", "open": "○", "note": "·"}
        ordered = sorted(self.findings, key=lambda finding: list(marks).index(finding.severity))
        listed = [f"{marks[f.severity]} {f.where}: {f.what} {f.way_out}".rstrip() for f in ordered]
        open_ones = sum(f.severity == "open" for f in self.findings)
        return [*listed, f"{self.programme}: {len(self.errors)} errors, {open_ones} open, hash {self.hash[:16]}"]


@dataclass(frozen=True, kw_only=True)
class ProgrammePage:
    """What a programme says, as nested headings."""

    content: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Return the programme for machines."""
        return self.content

    def lines(self) -> list[str]:
        """Return the programme as an indented outline."""
        return list(_outline(self.content, 0))


def check_programme(name: str) -> ProgrammeCheck:
    """Check a programme with the reference interpreter at hand.

    Raises
    ------
    ProgrammeBroken
        When the programme cannot even be read.
    """
    programme = load_programme(name)
    findings = tuple(check(programme, recompute=recompute, targets=TARGETS))
    return ProgrammeCheck(programme=programme.key, hash=programme.hash, findings=findings)


def show_programme(name: str) -> ProgrammePage:
    """Return what a programme says."""
    return ProgrammePage(content=describe(load_programme(name)))


def _outline(value: Any, depth: int) -> list[str]:
    indent = "  " * depth
    if isinstance(value, dict):
        lines = []
        for key, inner in value.items():
            if isinstance(inner, dict | list) and inner:
                lines += [f"{indent}{key}:", *_outline(inner, depth + 1)]
            elif inner not in ("", None, [], {}):
                lines.append(f"{indent}{key}: {inner}")
        return lines
    if isinstance(value, list):
        return [
            line for item in value for line in (_outline(item, depth) if isinstance(item, dict | list) else [f"{indent}- {item}"])
        ]
    return [f"{indent}{value}"]
