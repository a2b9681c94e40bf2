"""Puts what was computed in place: by one writer at a time, and whole or not at all.

A folder is written beside its place and moved there in one step; a file likewise. Whoever writes holds a lock that the system takes
away when the process ends, however it ends, so that a killed run is no obstacle to the next.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aljabr.errors import UsageError
from aljabr.outside import shown
from aljabr.placing import finished_file

LOCK = "lock"
_scratch: set[Path] = set()


def check_place(out: Path) -> None:
    """Refuse a place where no folder can be put, before anything is computed.

    Raises
    ------
    UsageError
        When it is a file, a link that leads nowhere, or has no name of its own.
    """
    if not out.name or out.name == "..":
        raise UsageError(f"{out} is no name for a folder of its own.", "Choose another --out.")
    if out.is_symlink() and not out.exists():
        raise UsageError(f"{shown(str(out))} is a link that leads nowhere.", "Choose another --out, or remove it.")
    if out.exists() and not out.is_dir():
        raise UsageError(f"{shown(str(out))} is a file.", "Choose another --out, or remove it.")


@contextmanager
def one_run(work: Path, out: Path) -> Iterator[None]:
    """Hold the lock of a run's working folder, made when missing, while the run writes ``out``.

    Raises
    ------
    UsageError
        When another run holds it.
    """
    if work.exists() and not work.is_dir():
        raise UsageError(f"{shown(str(work))} is a file; a run keeps its work there.", "Choose another --out, or remove it.")
    work.mkdir(exist_ok=True)
    with _held(_lock_file(work / LOCK), out):
        yield


@contextmanager
def finished_folder(out: Path) -> Iterator[Path]:
    """Give a folder to write in, and put what was written into ``out`` at the end: all of it, or nothing when something fails.

    A folder that is there already keeps its other files; those written anew are replaced one by one, each in one step.

    Raises
    ------
    UsageError
        When ``out`` cannot be a folder, or somebody else is writing it.
    """
    check_place(out)
    out = out.resolve() if out.is_symlink() else out
    out.parent.mkdir(parents=True, exist_ok=True)
    building = out.with_name(f".{out.name}.unfinished")
    with suppress(FileExistsError):
        building.mkdir()
    with _held(_lock_folder(building, out), out):
        _empty(building)
        try:
            yield building
            _move_in(building, out)
        finally:
            shutil.rmtree(building, ignore_errors=True)


def write_finished(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    with finished_file(path) as unfinished:
        unfinished.write_text(text, encoding="utf-8")


@contextmanager
def scratch_folder(prefix: str) -> Iterator[Path]:
    """Give a folder for private work that is gone afterwards, also when the command is stopped."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    _scratch.add(folder)
    try:
        yield folder
    finally:
        _scratch.discard(folder)
        shutil.rmtree(folder, ignore_errors=True)


def clear_scratch() -> None:
    """Remove the scratch folders in use: for whoever is about to leave at once."""
    for folder in tuple(_scratch):
        shutil.rmtree(folder, ignore_errors=True)


def _lock_file(path: Path) -> int:
    """Open a lock file; on a disk that has become read-only, for reading."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError:
        if path.is_file():
            return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        raise


def _lock_folder(folder: Path, out: Path) -> int:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW)
    if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
        raise UsageError(f"{folder} is in the way of {out}.", "Remove it.")
    return descriptor


@contextmanager
def _held(descriptor: int, out: Path) -> Iterator[None]:
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise UsageError(
                f"Another command is writing {shown(str(out))} at this moment.", "Wait until it has ended, or choose another --out."
            ) from None
        yield
    finally:
        os.close(descriptor)


def _empty(folder: Path) -> None:
    for entry in folder.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()


def _move_in(building: Path, out: Path) -> None:
    if not out.exists() or not any(out.iterdir()):
        if out.exists():
            out.rmdir()
        building.replace(out)
        return
    for path in sorted(building.rglob("*")):
        place = out / path.relative_to(building)
        if path.is_dir():
            place.mkdir(exist_ok=True)
        else:
            path.replace(place)
