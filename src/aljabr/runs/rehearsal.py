"""Rehearses a run: reads the files, matches them to mappings and takes them in, and writes nothing.

Every file is looked at, also after one that cannot be read, so that all that has to be mended is told at once. Nothing is linked or
determined, and neither ``OUT`` nor ``OUT.work`` is made.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.errors import AljabrError, MappingBroken, SourceBroken
from aljabr.programmes import load_programme
from aljabr.programmes.records import Programme
from aljabr.relations import Database, file_digest
from aljabr.runs.intake import SourceSummary, take_in
from aljabr.runs.mending import Mending, mend_files, mending_of
from aljabr.runs.request import new_request

Told = Callable[[str, int], None]

_ISSUES = """
SELECT severity, code, coalesce(source, '') AS source, coalesce(column_name, '') AS "column", count(*) AS "values",
       count(DISTINCT record_id) AS rows, coalesce(arg_min(reason, (row, issue_id)), '') AS reason,
       arg_min(line, (row, issue_id)) AS first_line, coalesce(arg_min(cell, (row, issue_id)), '') AS first_cell
FROM issues GROUP BY ALL ORDER BY severity DESC, rows DESC, code, source, "column"
"""
_SHOWN = 30


@dataclass(frozen=True, kw_only=True)
class Rehearsal:
    """What a run would take in.

    Parameters
    ----------
    programme : str
        The programme's key.
    sources : tuple of SourceSummary
        Every source that was read, with the mapping it fits.
    issues : tuple of dict
        Values refused or doubted, by severity, reason, source and column, with the first place.
    broken : tuple of (file name, error)
        Files that stop a run.
    funds : tuple of str
        The funds to choose from where none was named and a run needs one.
    mend : tuple of dict
        What became of each file of corrections, as in the manifest; none is applied while a file stops a run.
    """

    programme: str
    sources: tuple[SourceSummary, ...]
    issues: tuple[dict[str, Any], ...]
    broken: tuple[tuple[str, AljabrError], ...]
    funds: tuple[str, ...]
    mend: tuple[dict[str, Any], ...] = ()

    @property
    def rows(self) -> int:
        """Rows read in all."""
        return sum(source.rows for source in self.sources)

    @property
    def accepted(self) -> int:
        """Rows that a run would take."""
        return sum(source.accepted for source in self.sources)

    @property
    def exit_status(self) -> int:
        """0, or that of the first file that stops a run."""
        return self.broken[0][1].exit_status if self.broken else 0

    def to_dict(self) -> dict[str, Any]:
        """Return the rehearsal for machines."""
        return {
            "dry_run": True,
            "programme": self.programme,
            "rows": self.rows,
            "accepted": self.accepted,
            "quarantined": self.rows - self.accepted,
            "sources": [source.manifest_entry() for source in self.sources],
            "issues": list(self.issues),
            "broken": [
                {"file": name, "code": error.code, "what": error.what, "way_out": error.way_out} for name, error in self.broken
            ],
            "funds_to_choose_from": list(self.funds),
            **({"mend": list(self.mend)} if self.mend else {}),
        }

    def lines(self) -> list[str]:
        """Return the rehearsal for people."""
        lines = ["", f"{self.programme}, a rehearsal: nothing was written"]
        for source in self.sources:
            read = f"{source.rows:,} rows = {source.accepted:,} taken + {source.rows - source.accepted:,} set aside"
            how = ", ".join(part for part in (source.kind, source.encoding, source.dialect) if part)
            lines.append(f"  {source.name}: mapping {source.mapping} ({how}): {read}")
        lines += [
            f"  {entry['name']}: corrections {entry['corrections']:,} = {entry['applied']:,} applied + {entry['unused']:,} not used"
            for entry in self.mend
        ]
        lines += [f"    not used: {said}" for entry in self.mend for said in entry["unused_at"][:10]]
        lines += [f"  ✗ {name}: {error.what} {error.way_out}" for name, error in self.broken]
        for severity, title in (("quarantine", "rows set aside"), ("doubt", "values in doubt, left out of rows that are taken")):
            lines += _issue_lines(title, [issue for issue in self.issues if issue["severity"] == severity])
        if self.funds:
            lines.append(f"  A run needs a fund: --fund {' | '.join(self.funds)}")
        verdict = "A run would stop at the files marked ✗." if self.broken else "A run can go on from here: leave out --dry-run."
        return [*lines, "", f"  {verdict}"]


def rehearse(
    programme: str,
    files: tuple[Path, ...],
    *,
    overrides: Mapping[str, Path] | None = None,
    fund: str = "",
    synthetic: bool = False,
    mend: tuple[Path, ...] = (),
    progress: Told = lambda _source, _rows: None,
) -> Rehearsal:
    """Take files in without writing anything.

    Parameters
    ----------
    programme : str
        A shipped programme's name, or the path of a programme folder.
    files : tuple of Path
        Intake files.
    overrides : mapping of str to Path, optional
        Mapping key to file.
    fund : str
        Checked when it is given.
    synthetic : bool
        Declares that every claim is invented.
    mend : tuple of Path
        Files of corrections, applied as a run does.
    progress : callable
        Called with a source's name and its rows read so far.

    Raises
    ------
    SyntheticOnly, UsageError
        As a run does: on real claims where they may not be, a wrong path, programme or fund, a file given twice.
    """
    law = load_programme(programme)
    funds = tuple(entry.key for entry in law.funds) if "award" in law.stages and not fund else ()
    named = fund or (funds[0] if funds else "")
    mend = mend_files(mend)
    new_request(law, files, overrides=overrides or {}, as_of=None, fund=named, letters=(), synthetic=synthetic, mend=mend)
    mending = mending_of({path: file_digest(path) for path in mend})
    with tempfile.TemporaryDirectory(prefix="aljabr-rehearsal-") as spill, Database(spill=Path(spill)) as db:
        sources, broken = _taken(db, law, files, overrides or {}, mending, progress)
        issues = tuple(db.dicts(_ISSUES)) if sources else ()
    entries = tuple(mending.entries()) if mend and not broken else ()
    return Rehearsal(programme=law.key, sources=sources, issues=issues, broken=broken, funds=funds, mend=entries)


def _taken(
    db: Database, law: Programme, files: tuple[Path, ...], overrides: Mapping[str, Path], mending: Mending, progress: Told
) -> tuple[tuple[SourceSummary, ...], tuple[tuple[str, AljabrError], ...]]:
    """Take in what can be: all together, or, where a file stops that, those that can be read alone, as they are."""
    try:
        return tuple(take_in(db, law, files, overrides=overrides, mending=mending, progress=progress)), ()
    except (SourceBroken, MappingBroken):
        whole, broken = _sorted_out(db, law, files, overrides)
    left = {key: path for key, path in overrides.items() if path in whole}
    paths = tuple(path for path in files if path in whole)
    return (tuple(take_in(db, law, paths, overrides=left, progress=progress)) if whole else ()), broken


def _sorted_out(
    db: Database, law: Programme, files: tuple[Path, ...], overrides: Mapping[str, Path]
) -> tuple[list[Path], tuple[tuple[str, AljabrError], ...]]:
    whole, broken = [], []
    names = {path.resolve(): key for key, path in overrides.items()}
    for path in dict.fromkeys((*files, *overrides.values())):
        key = names.get(path.resolve())
        try:
            take_in(db, law, () if key else (path,), overrides={key: path} if key else {})
            whole.append(path)
        except (SourceBroken, MappingBroken) as error:
            broken.append((path.name, error))
    return whole, tuple(broken)


def _issue_lines(title: str, issues: list[dict[str, Any]]) -> list[str]:
    if not issues:
        return []
    lines = [f"  {title}:"]
    for issue in issues[:_SHOWN]:
        place = f"{issue['source']}" + (f", {issue['column']}" if issue["column"] else "")
        first = f"; first in line {issue['first_line']}" if issue["first_line"] is not None else ""
        lines.append(f"    {issue['rows']:>7,}  {issue['code']}  {place}{first}: {issue['reason']}")
    return lines + ([f"    … and {len(issues) - _SHOWN} more kinds"] if len(issues) > _SHOWN else [])
