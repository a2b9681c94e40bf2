"""Compares two versions of a programme, for people and for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from aljabr.programmes import Programme, load_programme
from aljabr.programmes.comparing import Change, compare

MARKS = {"added": "+", "removed": "−", "changed": "~"}


@dataclass(frozen=True, kw_only=True)
class ProgrammeDiff:
    """What differs between two versions of a programme, in the order in which a lawyer reads it."""

    old: Programme
    new: Programme
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the differences for machines."""
        named = {"old": self.old, "new": self.new}
        return {
            **{name: {"programme": one.key, "hash": one.hash} for name, one in named.items()},
            "changes": [asdict(change) for change in self.changes],
        }

    def lines(self) -> list[str]:
        """Return the differences for people, part by part."""
        lines: list[str] = []
        part = ""
        for change in self.changes:
            if change.part != part:
                part = change.part
                lines += ["", part.replace("_", "-")] if lines else [part.replace("_", "-")]
            lines += _lines(change)
        told = f"{len(self.changes)} differences" if self.changes else "no difference"
        return [*lines, "", f"{self.old.key} {self.old.hash[:16]} → {self.new.key} {self.new.hash[:16]}: {told}"]


def diff_programmes(old: str, new: str) -> ProgrammeDiff:
    """Compare two programmes, each a shipped name or a folder.

    Raises
    ------
    UsageError
        When there is no such programme.
    ProgrammeBroken
        When one of them cannot be read.
    """
    one, other = load_programme(old), load_programme(new)
    return ProgrammeDiff(old=one, new=other, changes=compare(one, other))


def _lines(change: Change) -> list[str]:
    head = f"  {MARKS[change.kind]} {change.where}"
    if change.kind != "changed" and "\n" not in change.was + change.now:
        lines = [f"{head}: {change.now or change.was}"]
    else:
        lines = [head]
        for said, text in (("was", change.was), ("now", change.now)):
            first, *more = (text or "—").splitlines()
            lines += [f"      {said}: {first}", *(f"           {line}" for line in more)]
    return lines + ([f"      ! {change.remark}"] if change.remark else [])
