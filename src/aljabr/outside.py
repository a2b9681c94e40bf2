"""What others made: names are shown without doing anything to a terminal, files are read within bounds, folders without links.

Nothing here follows a link below the folder it was given, waits for a pipe, opens a device, or reads more than it was allowed to.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from aljabr.errors import CheckFailed, UsageError

MAX_SHOWN = 200
MAX_DEPTH = 32
MEBI = 1 << 20
# Files that are mostly holes are refused from this size on: a few bytes on disk would take hours to read.
_HOLES_FROM = 16 * MEBI
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\ud800-\udfff\ufeff]")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u2060-\u206f\u3164\ufe00-\ufe0f\uffa0\ufff0-\uffff\U000e0000-\U000e0fff]"
)


def shown(text: str, *, limit: int = MAX_SHOWN) -> str:
    r"""Return a name or text from outside as it may be printed: one line, nothing invisible, cut when it is long.

    Examples
    --------
    >>> shown("a\x1b[2Jb\u2028\u202ec"), shown("تقرير.html"), shown("x" * 9, limit=4)
    ('a\\x1b[2Jb\\u2028\\u202ec', 'تقرير.html', 'xxxx…')
    """
    cut = text if len(text) <= limit else text[:limit] + "…"
    return _INVISIBLE.sub(_escaped, _CONTROLS.sub(_escaped, cut)).replace("\n", "\\n").replace("\t", "\\t")


def plain_line(text: str) -> str:
    r"""Return a line of ours without the control characters that something in it may have brought along; marks of direction stay.

    >>> plain_line("\x1b[31mred\u202e")
    '\\x1b[31mred\\u202e'
    """
    return _CONTROLS.sub(_escaped, text)


def escaped_json(text: str) -> str:
    r"""Return JSON with every control character written as JSON writes it.

    >>> escaped_json('"\x9b\u202e"')
    '"\\u009b\\u202e"'
    """
    return _CONTROLS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    if 0xDC80 <= code <= 0xDCFF:  # a byte of a file's name that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def read_regular(path: Path, *, limit: int) -> bytes:
    """Return the bytes of a regular file.

    Raises
    ------
    CheckFailed
        When it is missing, cannot be read, is a link, a pipe or a device, or has more than ``limit`` bytes.
    """
    with _opened(path, limit) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
        body = stream.read(limit + 1)
    if len(body) > limit:
        raise _too_large(path, limit)
    return body


def digest_regular(path: Path, *, limit: int) -> str:
    """Return the SHA-256 of a regular file, in hexadecimal.

    Raises
    ------
    CheckFailed
        As ``read_regular``, and when most of a large file is holes.
    """
    with _opened(path, limit) as descriptor, os.fdopen(os.dup(descriptor), "rb") as stream:
        found = os.fstat(descriptor)
        if found.st_size > _HOLES_FROM and found.st_blocks * 512 < found.st_size // 4:
            raise CheckFailed(f"{shown(path.name)} is mostly holes.", "No run writes such a file.")
        return hashlib.file_digest(stream, "sha256").hexdigest()


@contextmanager
def _opened(path: Path, limit: int) -> Iterator[int]:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "its name cannot be used"
        why = "it is a link" if path.is_symlink() else reason
        raise CheckFailed(f"{shown(path.name)} cannot be read: {why}.", "Name the folder that a run wrote.") from error
    try:
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise CheckFailed(f"{shown(path.name)} is {kind_of(found.st_mode)}, not a file.", "No run writes such a thing.")
        if found.st_size > limit:
            raise _too_large(path, limit)
        yield descriptor
    finally:
        os.close(descriptor)


def _too_large(path: Path, limit: int) -> CheckFailed:
    return CheckFailed(f"{shown(path.name)} has more than {limit:,} bytes.", "No run writes such a file.")


def check_given_file(path: Path, way_out: str = "Check the path; relative paths start from the current folder.") -> None:
    """Refuse a path given as an input that leads to no regular file; a link to one is as good as the file.

    Parameters
    ----------
    path : Path
    way_out : str
        What to do when nothing is there.

    Raises
    ------
    UsageError
        When it leads nowhere, or to a folder, a pipe or a device.
    """
    name = shown(str(path))
    kind = other_kind(path)
    if kind == kind_of(stat.S_IFDIR):
        raise UsageError(f"{name} is a folder.", "Name the files in it, for example FOLDER/*.csv.")
    if kind:
        raise UsageError(f"{name} is {kind}, not a regular file.", "Save what it gives as a file, and name that.")
    if os.path.lexists(path) and not path.is_file():
        raise UsageError(f"{name} is a link that leads nowhere.", "Name the file itself.")
    if not path.is_file():
        raise UsageError(f"There is no file {name}.", way_out)


def other_kind(path: Path) -> str:
    """Return what lies there when it is no regular file, in words; a link counts as what it leads to.

    Empty for a regular file, and when nothing can be found there.
    """
    with suppress(OSError, ValueError):
        mode = path.stat().st_mode
        return "" if stat.S_ISREG(mode) else kind_of(mode)
    return ""


def kind_of(mode: int) -> str:
    """Return what a file's mode says it is, in words."""
    for test, name in _KINDS:
        if test(mode):
            return name
    return "something unknown"


_KINDS = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISLNK, "a link"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """The regular files below a folder by their path inside it, with ``/``, and what else is there, one sentence each."""

    files: dict[str, Path]
    strange: tuple[str, ...]


def list_files(folder: Path, *, limit: int) -> Listing:
    """List what lies below a folder, without following a link.

    Parameters
    ----------
    folder : Path
        May itself be a link.
    limit : int
        After so many entries it stops, and says so among what is strange.
    """
    files: dict[str, Path] = {}
    strange: list[str] = []
    waiting = [(folder, "", 0)]
    seen = 0
    while waiting:
        place, before, depth = waiting.pop()
        for entry in _entries(place, before, strange):
            seen += 1
            if seen > limit:
                full = f"It holds more than {limit:,} files and folders; not all were looked at"
                return Listing(files=files, strange=(*strange, full))
            name = f"{before}{entry.name}"
            mode = _mode_of(entry)
            if stat.S_ISREG(mode):
                files[name] = Path(entry.path)
            elif not stat.S_ISDIR(mode):
                strange.append(f"{shown(name)} is {kind_of(mode)}, not a file")
            elif depth >= MAX_DEPTH:
                strange.append(f"{shown(name)} lies more than {MAX_DEPTH} folders deep")
            else:
                waiting.append((Path(entry.path), f"{name}/", depth + 1))
    return Listing(files=dict(sorted(files.items())), strange=tuple(sorted(strange)))


def _entries(place: Path, before: str, strange: list[str]) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(place) as entries:
            yield from entries
    except OSError as error:
        strange.append(f"{shown(before) or 'The folder'} cannot be read: {error.strerror}")


def _mode_of(entry: os.DirEntry[str]) -> int:
    with suppress(OSError):
        return entry.stat(follow_symlinks=False).st_mode
    return 0
