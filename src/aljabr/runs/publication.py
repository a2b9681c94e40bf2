"""Writes the public part of a run.

Public: the programme (the law is public), aggregates with small cells suppressed, one salted commitment for each determination,
and the signed tree over all of it. Every public file is itself a leaf, so that one too many is found without the manifest.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from aljabr.ledger import commit_determinations, publish_ledger
from aljabr.programmes.records import Programme
from aljabr.relations import Database, file_digest
from aljabr.report import public_aggregates
from aljabr.runs.tables import write_table

LEDGER_FILES = frozenset({"checkpoint", "verifier", "leaves"})


def publish(db: Database, programme: Programme, folder: Path, *, key: bytes) -> dict[str, Any]:
    """Write the public folder and fill ``commitments``; return the size of the tree."""
    folder.mkdir(parents=True)
    write_aggregates(db, programme, folder / "aggregates")
    copy_programme(programme, folder / "programme")
    commit_determinations(db, programme, run_key=key)
    commitments = [row[0] for row in db.rows("SELECT commitment FROM commitments ORDER BY commitment")]
    size = publish_ledger(folder, [*map(commitment_leaf, commitments), *file_leaves(folder)], run_key=key, origin=origin(programme))
    return {"leaves": size}


def origin(programme: Programme) -> str:
    """Return the name of this log: what a witness signs for."""
    return f"aljabr/{programme.key}"


def commitment_leaf(commitment: str) -> dict[str, Any]:
    """Return the leaf that stands for one determination."""
    return {"commitment": commitment, "kind": "determination"}


def file_leaves(folder: Path) -> list[dict[str, Any]]:
    """Return one leaf for every file of the public folder that is not the tree itself, by path."""
    return [{"kind": "file", "path": name, "sha256": file_digest(folder / name)} for name in public_files(folder)]


def public_files(folder: Path) -> list[str]:
    """Return the paths of all files in a public folder except the tree's own, in order."""
    names = (path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_symlink() or not path.is_dir())
    return [name for name in names if not is_of_the_tree(name)]


def is_of_the_tree(name: str) -> bool:
    """Return whether a path in a public folder belongs to the tree itself and not to what the tree holds."""
    return name.split("/")[0] in {*LEDGER_FILES, "tiles"}


def write_aggregates(db: Database, programme: Programme, folder: Path) -> None:
    """Write one CSV for every public aggregate."""
    folder.mkdir(parents=True)
    for name, table in sorted(public_aggregates(db, programme).items()):
        write_table(folder / f"{name}.csv", table)


def copy_programme(programme: Programme, folder: Path) -> None:
    """Copy the programme's files as they were read."""
    shutil.copytree(programme.folder, folder, ignore=shutil.ignore_patterns(".*", "__pycache__"), copy_function=shutil.copyfile)
