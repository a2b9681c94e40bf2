"""Assembles the whole output of a run out of what its stages left: ``private``, ``public``, ``report.html``."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from aljabr import __version__
from aljabr.runs.stages import Stage

# Folders of a stage that become folders of ``private``.
PARTS = ("payments", "letters", "determinations", "mend")


def assemble(work: Path, building: Path, *, stages: Iterable[Stage]) -> None:
    """Copy what the stages wrote to where a reader looks for it: ``private``, ``public``, ``report.html``."""
    relations = building / "private" / "relations"
    relations.mkdir(parents=True)
    for stage in stages:
        folder = work / "stages" / stage.name
        for name in stage.writes:
            shutil.copyfile(folder / f"{name}.parquet", relations / f"{name}.parquet")
        for part in PARTS:
            if (folder / part).exists():
                shutil.copytree(folder / part, building / "private" / part, copy_function=shutil.copyfile)
        if (folder / "public").exists():
            shutil.copytree(folder / "public", building / "public", copy_function=shutil.copyfile)
        if (folder / "report.html").exists():
            shutil.copyfile(folder / "report.html", building / "report.html")


def versions() -> dict[str, str]:
    """Return the versions that decide the output."""
    return {"aljabr": __version__, **{name: version(name) for name in ("duckdb", "pyarrow", "splink", "sqlglot", "typst")}}
