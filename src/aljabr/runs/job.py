"""Runs the job: one stage after the other, each from files to files, so that a killed run goes on where it stood.

Order: fix the request; for every stage of the programme, read the relations it needs from the stages before, compute in a fresh
database, write to a folder beside, move it into place; at the end move the whole output to ``OUT`` in one step. Nothing carries
over in memory from one stage to the next, so an interrupted run and an uninterrupted one see the same bytes.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from aljabr.errors import UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.records import Programme
from aljabr.relations import Database, file_digest
from aljabr.runs.assembly import assemble, versions
from aljabr.runs.manifest import MANIFEST, write_manifest
from aljabr.runs.mending import mend_files
from aljabr.runs.request import RunRequest, Workbooks, new_request, resume_or_save, run_key, sheet_of
from aljabr.runs.stages import STAGES, Stage, StageContext
from aljabr.runs.writing import check_place, one_run

Progress = Callable[[str, int, int], None]


def _silent(_stage: str, _done: int, _total: int) -> None:
    return None


@dataclass(frozen=True, kw_only=True)
class RunResult:
    """What a run leaves: the folder, the manifest, and seconds by stage (0 for a stage that was already done)."""

    out: Path
    manifest: dict[str, Any]
    seconds: dict[str, float] = field(default_factory=dict)


def run_job(  # noqa: PLR0913 - what a run can be asked, each by its name
    programme: str,
    files: tuple[Path, ...],
    out: Path,
    *,
    overrides: Mapping[str, Path] | None = None,
    as_of: date | None = None,
    fund: str = "",
    letters: tuple[str, ...] = (),
    key_file: Path | None = None,
    synthetic: bool = False,
    mend: tuple[Path, ...] = (),
    workbooks: Workbooks = "auto",
    progress: Progress = _silent,
) -> RunResult:
    """Take intake files to determinations, awards, payments, the public record and the report.

    Parameters
    ----------
    programme : str
        A shipped programme's name, or the path of a programme folder.
    files : tuple of Path
        Intake files; each is matched to a mapping by its header.
    out : Path
        The output. ``out`` + ``.work`` keeps what a killed run needs; the run key stays there.
    overrides : mapping of str to Path, optional
        Mapping key to file, or to ``FILE#SHEET``, for files whose header fits no mapping or more than one.
    as_of : date, optional
        Of the determinations; today in the programme's zone otherwise, kept when the run is resumed.
    fund, letters : str, tuple of str
        Key of the fund to allocate; claim references whose letters are rendered, one of each kind when empty.
    key_file : Path, optional
        Holds the secret from which the run key is derived.
    synthetic, mend : bool, tuple of Path
        Whether every claim is declared to be invented; workbooks of a ``private/mend`` that people filled in, or CSV of them.
    workbooks : {"auto", "all", "none"}
        Whether committees get their determinations as XLSX: up to 50,000 of them, however many there are, or not.
    progress : callable
        Called with the stage and what it is at (``intake: list.csv, 2,000 rows``), stages done, stages in all.

    Raises
    ------
    SyntheticOnly, UsageError
        When claims that must be invented are not declared so; on a wrong path, programme or fund, or another run's ``out``.
    SourceBroken, MappingBroken
        When a file cannot be read as a whole, or no mapping fits it.
    """
    named, mend = overrides or {}, mend_files(mend)
    law = load_programme(programme)
    asked = new_request(
        law, files, overrides=named, as_of=as_of, fund=fund, letters=letters, synthetic=synthetic, mend=mend, workbooks=workbooks
    )
    check_place(out)
    work = out.with_name(out.name + ".work")
    _refuse_foreign(out, work)
    with one_run(work, out):
        request = resume_or_save(asked, work, as_of_given=as_of is not None)
        key = run_key(request, work, key_file=key_file)
        return _perform(_Job(programme=law, request=request, work=work, paths=_paths(files, named, mend), key=key), out, progress)


def _paths(files: tuple[Path, ...], overrides: Mapping[str, Path], mend: tuple[Path, ...]) -> dict[str, Path]:
    """Return where a stage finds the sources by name, and the files of corrections, whose names may be the same, by digest."""
    named = [*overrides.values(), *(sheet_of(path)[0] for path in overrides.values())]
    return {path.name: path for path in (*files, *named)} | {f"mend/{file_digest(path)}": path for path in mend}


@dataclass(frozen=True, kw_only=True)
class _Job:
    programme: Programme
    request: RunRequest
    work: Path
    paths: dict[str, Path]
    key: bytes

    def stages(self) -> list[Stage]:
        return [stage for stage in STAGES if stage.name in self.programme.stages]


def _perform(job: _Job, out: Path, progress: Progress) -> RunResult:
    """Do what a request still lacks; nothing when its output is there."""
    if (out / MANIFEST).exists():
        return RunResult(out=out, manifest=json.loads((out / MANIFEST).read_bytes()))
    seconds = _run_stages(job, progress)
    return RunResult(out=out, manifest=_finish(job, out), seconds=seconds)


def _run_stages(job: _Job, progress: Progress) -> dict[str, float]:
    stages, seconds = job.stages(), {}
    for position, stage in enumerate(stages):
        progress(stage.name, position, len(stages))
        started = time.perf_counter()
        if not (job.work / "stages" / stage.name / "done.json").exists():
            tell = partial(_tell, progress, stage.name, position, len(stages))
            done = run_stage(stage, job.programme, job.request, job.work, paths=job.paths, key=job.key, tell=tell)
            seconds[stage.name] = time.perf_counter() - started
            tell(f"{_counted(done)}.")
        else:
            seconds[stage.name] = 0.0
    progress("done", len(stages), len(stages))
    return seconds


def _tell(progress: Progress, stage: str, position: int, stages: int, text: str) -> None:
    progress(f"{stage}: {text}", position, stages)


def _counted(done: dict[str, Any]) -> str:
    """Return what a stage wrote, as rows of its relations."""
    counts = [f"{name.replace('_', ' ')} {entry['rows']:,}" for name, entry in done["relations"].items()]
    return ", ".join(counts) or "written"


def run_stage(
    stage: Stage,
    programme: Programme,
    request: RunRequest,
    work: Path,
    *,
    paths: dict[str, Path],
    key: bytes,
    tell: Callable[[str], None] = lambda _text: None,
) -> dict[str, Any]:
    """Run one stage from the folders of the stages before it, and put its own folder in place in one step.

    Returns
    -------
    dict
        What the stage says of itself, also kept in ``done.json``: row counts and digests of its relations, notes.
    """
    final = work / "stages" / stage.name
    building = work / "stages" / f".{stage.name}.{os.getpid()}"
    for leftover in (work / "stages").glob(f".{stage.name}.*"):
        shutil.rmtree(leftover)
    shutil.rmtree(work / "spill", ignore_errors=True)  # left by a run that was killed
    building.mkdir(parents=True)
    with _removed_unless_finished(building), Database(spill=work / "spill") as db:
        context = StageContext(
            db=db, programme=programme, request=request, folder=building, work=work, paths=paths, key=key, tell=tell
        )
        context.read_inputs(stage)
        notes = stage.run(context) or {}
        relations = {}
        for name in stage.writes:
            db.write(name, building)
            relations[name] = {"rows": db.value(f'SELECT count(*) FROM "{name}"'), "digest": db.digest(name)}
        done = {"relations": relations, "notes": notes}
        (building / "done.json").write_text(json.dumps(done, ensure_ascii=False, sort_keys=True), encoding="utf-8")
        if final.exists():
            shutil.rmtree(final)
        building.replace(final)
    return done


@contextmanager
def _removed_unless_finished(building: Path) -> Iterator[None]:
    """Leave nothing half-written: on a full disk it would be in the way of what is needed to go on."""
    try:
        yield
    finally:
        shutil.rmtree(building, ignore_errors=True)


def stage_notes(work: Path, stages: list[Stage]) -> dict[str, Any]:
    """Return what every finished stage said of itself, by stage."""
    return {stage.name: json.loads((work / "stages" / stage.name / "done.json").read_text(encoding="utf-8")) for stage in stages}


def _finish(job: _Job, out: Path) -> dict[str, Any]:
    done = stage_notes(job.work, job.stages())
    building = job.work / "assembling"
    if building.exists():
        shutil.rmtree(building)
    with _removed_unless_finished(building):
        assemble(job.work, building, stages=job.stages())
        return _put_in_place(job, building, done, out)


def _put_in_place(job: _Job, building: Path, done: dict[str, Any], out: Path) -> dict[str, Any]:
    content = {
        "aljabr": versions()["aljabr"],
        "versions": versions(),
        "programme": {"key": job.programme.key, "hash": job.programme.hash},
        "as_of": job.request.as_of.isoformat(),
        "fund": job.request.fund,
        "letters": list(job.request.letters),
        "inputs": done["intake"]["notes"]["sources"],
        "checks": {name: stage["notes"] for name, stage in done.items() if name != "intake"},
        "stages": {name: stage["relations"] for name, stage in done.items()},
    }
    content |= job.request.asked()
    if job.request.mend:
        content["mend"] = done["intake"]["notes"]["mend"]
    write_manifest(building, content, run_key=job.key)
    building.replace(out)
    return json.loads((out / MANIFEST).read_bytes())  # type: ignore[no-any-return]


def _refuse_foreign(out: Path, work: Path) -> None:
    if out.exists() and not (out.is_dir() and not any(out.iterdir())) and not (work / "request.json").exists():
        raise UsageError(f"{out} already exists and no run made it.", "Choose another --out, or remove it.")
    if not out.parent.is_dir():
        raise UsageError(f"The folder {out.parent} does not exist.", "Create it, or choose another --out.")
    if out.is_symlink() and not (out / MANIFEST).exists():
        raise UsageError(f"{out} is a link.", "Name the folder itself: it is put in place in one step.")
    if out.is_dir() and not (out / MANIFEST).exists():
        if any(out.iterdir()):
            raise UsageError(f"{out} holds files that no run made.", "Choose another --out, or remove them.")
        out.rmdir()
