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
from pathlib import Path
from typing import Any

from aljabr.errors import UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.runs.assembly import assemble, versions
from aljabr.runs.manifest import MANIFEST, write_manifest
from aljabr.runs.request import RunRequest, new_request, resume_or_save, run_key
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


def run_job(
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
        Where the output goes. ``out`` + ``.work`` keeps what a killed run needs; the run key stays there.
    overrides : mapping of str to Path, optional
        Mapping key to file, for files whose header fits no mapping or more than one.
    as_of : date, optional
        The date of the determinations; today (UTC) otherwise, kept when the run is resumed.
    fund : str
        Key of the fund to allocate.
    letters : tuple of str
        Claim references whose letters are rendered; one of each kind when empty.
    key_file : Path, optional
        Holds the secret from which the run key is derived.
    synthetic : bool
        Declares that every claim is invented; a programme that is ``synthetic_only`` takes no others.
    progress : callable
        Called with stage, stages done, stages in all.

    Returns
    -------
    RunResult

    Raises
    ------
    SyntheticOnly, UsageError
        When claims that must be invented are not declared so; on a wrong path, programme or fund, or another run's ``out``.
    SourceBroken, MappingBroken
        When a file cannot be read as a whole, or no mapping fits it.
    """
    law = load_programme(programme)
    asked = new_request(law, files, overrides=overrides or {}, as_of=as_of, fund=fund, letters=letters, synthetic=synthetic)
    check_place(out)
    work = out.with_name(out.name + ".work")
    _refuse_foreign(out, work)
    with one_run(work, out):
        request = resume_or_save(asked, work, as_of_given=as_of is not None)
        paths = {path.name: path for path in (*files, *(overrides or {}).values())}
        return _carry_out(law, request, work, out, paths=paths, key_file=key_file, progress=progress)


def _carry_out(
    law: Programme, request: RunRequest, work: Path, out: Path, *, paths: dict[str, Path], key_file: Path | None, progress: Progress
) -> RunResult:
    """Do what a request still lacks; nothing when its output is there."""
    if (out / MANIFEST).exists():
        return RunResult(out=out, manifest=json.loads((out / MANIFEST).read_bytes()))
    context = _Job(programme=law, request=request, work=work, paths=paths, key=run_key(request, work, key_file=key_file))
    seconds = _run_stages(context, progress)
    return RunResult(out=out, manifest=_finish(context, out), seconds=seconds)


@dataclass(frozen=True, kw_only=True)
class _Job:
    programme: Programme
    request: RunRequest
    work: Path
    paths: dict[str, Path]
    key: bytes

    def stages(self) -> list[Stage]:
        return [stage for stage in STAGES if stage.name in self.programme.stages]


def _run_stages(job: _Job, progress: Progress) -> dict[str, float]:
    stages, seconds = job.stages(), {}
    for position, stage in enumerate(stages):
        progress(stage.name, position, len(stages))
        started = time.perf_counter()
        if not (job.work / "stages" / stage.name / "done.json").exists():
            run_stage(stage, job.programme, job.request, job.work, paths=job.paths, key=job.key)
            seconds[stage.name] = time.perf_counter() - started
        else:
            seconds[stage.name] = 0.0
    progress("done", len(stages), len(stages))
    return seconds


def run_stage(
    stage: Stage, programme: Programme, request: RunRequest, work: Path, *, paths: dict[str, Path], key: bytes
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
        context = StageContext(db=db, programme=programme, request=request, folder=building, work=work, paths=paths, key=key)
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
    if job.request.synthetic:
        content["synthetic"] = True
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
