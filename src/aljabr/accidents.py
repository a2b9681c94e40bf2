"""Tells an accident of the machine (a full disk, a folder that may not be written, no memory) from a fault of ours.

The libraries below report such accidents each in its own class, some only in the text of a message. Whoever stands at the outermost
boundary asks here, and says it in one sentence instead of showing where in the code it happened.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator

from aljabr.errors import MachineFailed
from aljabr.outside import shown

_SAID: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("The disk is full", "Free some space and give the same command again; nothing half-written was left."),
    errno.EDQUOT: ("The disk quota is used up", "Free some space and give the same command again; nothing half-written was left."),
    errno.EFBIG: ("A file would be larger than this system allows", "Raise the limit (ulimit -f) and give the same command again."),
    errno.EROFS: ("The disk is read-only", "Name a folder on a disk that can be written."),
    errno.EACCES: ("Permission was denied", "Check who may read and write it."),
    errno.EPERM: ("Permission was denied", "Check who may read and write it."),
    errno.EIO: ("The disk cannot be read or written", "Check the disk before you go on."),
    errno.EMFILE: ("Too many files are open", "Raise the limit (ulimit -n) and give the same command again."),
    errno.ENOMEM: ("There is not enough memory", "Close other programs, or take a machine with more memory."),
    errno.ENAMETOOLONG: ("A path is too long", "Choose a shorter one."),
    errno.ENOENT: ("A file or folder is gone", "Put it back and give the same command again."),
    errno.EISDIR: ("A folder stands where a file is expected", "Move it away."),
    errno.ENOTDIR: ("A file stands where a folder is expected", "Move it away, or name another folder."),
    errno.EEXIST: ("Something of that name is there already", "Move it away, or choose another name."),
    errno.ENOTEMPTY: ("A folder that must be empty is not", "Move it away, or choose another name."),
    errno.ELOOP: ("A link leads to itself", "Name the file or folder itself."),
    errno.ESTALE: ("A network disk was taken away", "Connect it and give the same command again."),
}
# What libraries say of them when they give no number.
_WORDS = (
    (re.compile(r"no space left on device", re.IGNORECASE), errno.ENOSPC),
    (re.compile(r"disk quota exceeded", re.IGNORECASE), errno.EDQUOT),
    (re.compile(r"file too large", re.IGNORECASE), errno.EFBIG),
    (re.compile(r"read-only file system", re.IGNORECASE), errno.EROFS),
    (re.compile(r"permission denied", re.IGNORECASE), errno.EACCES),
    (re.compile(r"input/output error", re.IGNORECASE), errno.EIO),
    (re.compile(r"too many open files", re.IGNORECASE), errno.EMFILE),
    (re.compile(r"max_temp_directory_size|failed to offload data block", re.IGNORECASE), errno.ENOSPC),
    (re.compile(r"^out of memory error|could not allocate|malloc of size|cannot allocate memory", re.IGNORECASE), errno.ENOMEM),
)
# These are the reason even when they were met, and something else was raised, further down.
_GRAVE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO, errno.EMFILE, errno.ENOMEM, errno.ESTALE})
_LIBRARIES = ("duckdb", "_duckdb", "pyarrow", "splink", "xlsxwriter", "typst", "lxml", "sqlglot")


def accident_of(error: BaseException) -> MachineFailed | None:
    """Return what befell the machine, said in one sentence, if that is why an error was raised; None when it is not.

    Examples
    --------
    >>> print(accident_of(OSError(28, "No space left on device", "out/x")))
    The disk is full: out/x. Free some space and give the same command again; nothing half-written was left.
    >>> accident_of(KeyError("x")) is None
    True
    """
    for one in _chain(error):
        number = _number_of(one)
        if number is not None and (one is error or number in _GRAVE):
            otherwise = f"The machine refused: {getattr(one, 'strerror', '') or number}"
            what, way_out = _SAID.get(number, (otherwise, "Mend it and try again."))
            named = getattr(one, "filename2", None) or getattr(one, "filename", None)
            where = f": {shown(str(named))}" if named is not None and not isinstance(named, int) else ""
            return MachineFailed(f"{what}{where}.", way_out, errno=number)
    return None


def _number_of(error: BaseException) -> int | None:
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    if isinstance(error, MemoryError):
        return errno.ENOMEM
    if isinstance(error, OSError) or type(error).__module__.split(".")[0] in _LIBRARIES:
        return next((number for pattern, number in _WORDS if pattern.search(str(error))), None)
    return None


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and what it was raised from, nearest first."""
    seen: set[int] = set()
    one: BaseException | None = error
    while one is not None and id(one) not in seen:
        seen.add(id(one))
        yield one
        one = one.__cause__ or one.__context__
