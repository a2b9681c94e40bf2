"""What linking again changed: reads two outputs of ``link`` or ``run`` and writes ``changes.csv`` for whoever tells the people."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.errors import UsageError
from aljabr.linkage.changes import Changes, changed_pairs
from aljabr.relations import Database
from aljabr.runs.tables import write_table

_RELATIONS = {"linked_records": ("record_id", "person_id"), "person_members": ("person_record_id", "person_id")}


@dataclass(frozen=True, kw_only=True)
class LinkageChanges:
    """The changes between two outputs, and the file they were written to."""

    path: Path
    changes: Changes

    def to_dict(self) -> dict[str, Any]:
        """Return the counts for machines."""
        return {"changes": str(self.path), **{name: getattr(self.changes, name) for name in ("matched", "parted", "gone")}}

    def lines(self) -> list[str]:
        """Return the counts for people."""
        c = self.changes
        return [f"{c.matched:,} pairs newly matched, {c.parted:,} newly parted, {c.gone:,} records gone: {self.path}"]


def compare_linkages(before: Path, after: Path, *, out: Path) -> LinkageChanges:
    """Compare two outputs and write ``change, left_record, right_record, with_new_record``.

    Parameters
    ----------
    before, after : Path
        Folders that ``link`` or ``run`` wrote, both the same job's.
    out : Path
        The CSV file to write.

    Raises
    ------
    UsageError
        When a folder holds no linkage.
    """
    with Database() as db:
        for name, folder in (("before", before), ("after", after)):
            _read(db, name, folder)
        changes = changed_pairs(db, before="side_before", after="side_after")
    out.parent.mkdir(parents=True, exist_ok=True)
    write_table(out, changes.pairs)
    return LinkageChanges(path=out, changes=changes)


def _read(db: Database, side: str, folder: Path) -> None:
    relations = folder / "private" / "relations"
    for name, (record, person) in _RELATIONS.items():
        if (relations / f"{name}.parquet").is_file():
            db.read(name, relations)
            db.execute(f"CREATE TABLE side_{side} AS SELECT {record} AS record, {person} AS person FROM {name}")
            return
    raise UsageError(f"{folder} holds no linkage.", "Name a folder that link or run wrote.")
