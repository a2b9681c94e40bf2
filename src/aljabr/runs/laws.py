"""Checks and shows a programme, for people and for machines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from aljabr.formats import TARGETS
from aljabr.programmes import Finding, Programme, check, describe, load_programme
from aljabr.programmes.findings import by_part
from aljabr.programmes.regions import spoken
from aljabr.report.check_page import render_check
from aljabr.report.wording import name_label, say, value_text
from aljabr.rules import recompute

MARKS = {"error": "✗", "open": "○", "note": "·"}


@dataclass(frozen=True, kw_only=True)
class ProgrammeCheck:
    """What a check of a programme found; only findings of severity ``error`` fail it."""

    law: Programme
    findings: tuple[Finding, ...]

    @property
    def programme(self) -> str:
        """Return the programme's key."""
        return self.law.key

    @property
    def hash(self) -> str:
        """Return the hash of the programme's content."""
        return self.law.hash

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return the findings that must be mended."""
        return self._of("error")

    def to_dict(self) -> dict[str, Any]:
        """Return the findings for machines; a counter-example has its values as text, null where a fact is missing."""
        return {
            "programme": self.programme,
            "hash": self.hash,
            "errors": len(self.errors),
            "open": len(self._of("open")),
            "notes": len(self._of("note")),
            "findings": [self._told(finding) for finding in self.findings],
        }

    def lines(self) -> list[str]:
        """Return the findings for people, by part of the programme; in each what must be mended first."""
        lines: list[str] = []
        for part, findings in by_part(self.findings).items():
            lines += [say(f"check_part_{part}", "en"), *(line for finding in findings for line in self._lines(finding)), ""]
        counted = f"{len(self.errors)} errors, {len(self._of('open'))} open, {len(self._of('note'))} notes"
        return [*lines, f"{self.programme}: {counted}, hash {self.hash[:16]}"]

    def page(self) -> str:
        """Return the findings as one HTML page in Arabic and English."""
        return render_check(self.law, self.findings)

    def _of(self, severity: str) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == severity)

    def _lines(self, finding: Finding) -> list[str]:
        lines = [f"  {MARKS[finding.severity]} {finding.where}", f"      {finding.what}"]
        if finding.example:
            for name, value in finding.example.items():
                said = value_text(self.law, name, value, "en") or say("check_missing", "en")
                lines.append(f"        {name_label(self.law, name, 'en')}: {said}")
        return lines + ([f"      → {finding.way_out}"] if finding.way_out else [])

    def _told(self, finding: Finding) -> dict[str, Any]:
        told: dict[str, Any] = {"severity": finding.severity, "part": finding.part, "where": finding.where}
        told |= {"what": finding.what, "way_out": finding.way_out}
        for key, shown in (("example", finding.example), ("facts", finding.facts)):
            if shown:
                told[key] = {name: None if value is None else spoken(value) for name, value in shown.items()}
        return told


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
    return ProgrammeCheck(law=programme, findings=findings)


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
