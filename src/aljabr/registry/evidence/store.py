"""Keeps files under the SHA-256 of their bytes; what comes in is looked at, what goes out is hashed again.

Steps of ``keep``: the stream is copied to a temporary file of the store while it is hashed and counted; beyond the limit it is
refused; its kind is told from its bytes, never from its name; it is made durable and moved to its place. A file that could harm
who opens it goes to the quarantine, from which nothing is ever served. Nothing is overwritten.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from aljabr.errors import AljabrError
from aljabr.registry.evidence.kinds import look_at
from aljabr.registry.viewers import Conflict

CHUNK = 1 << 20


class EvidenceChanged(AljabrError):
    """A stored file is gone or its bytes are not those taken in: restore it from the backup and find out who changed it."""

    code = "registry.evidence_changed"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A file in the store; ``hostile`` says why it is in quarantine (empty when it is not)."""

    sha256: str
    size_bytes: int
    content_type: str
    hostile: str


def keep(chunks: Iterable[bytes], *, limit_bytes: int | None = None) -> Kept:
    """Take a file in.

    Raises
    ------
    Conflict
        When it is empty or larger than the limit.
    """
    limit = limit_bytes or settings.EVIDENCE_LIMIT_BYTES
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(dir=root, prefix="incoming-", delete=False) as file:
        path = Path(file.name)
        try:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise Conflict("The file is too large.", f"Send it in parts of at most {limit // 1_000_000} MB.")
                digest.update(chunk)
                file.write(chunk)
            if not size:
                raise Conflict("The file is empty.", "Choose it again.")
            file.flush()
            os.fsync(file.fileno())
            content_type, hostile = look_at(path)
            _place(path, _where(digest.hexdigest(), hostile=bool(hostile)))
        finally:
            path.unlink(missing_ok=True)
    return Kept(sha256=digest.hexdigest(), size_bytes=size, content_type=content_type, hostile=hostile)


def read(sha256: str) -> bytes:
    """Return the bytes of a file, hashed again at this reading.

    Raises
    ------
    EvidenceChanged
        When the file is gone or its hash is another.
    """
    try:
        content = _where(sha256, hostile=False).read_bytes()
    except FileNotFoundError:
        raise EvidenceChanged(f"The file {sha256} is not in the store.", "Restore it from the backup.") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise EvidenceChanged(f"The file {sha256} was changed.", "Restore it from the backup; its exhibit is not to be used.")
    return content


def _where(sha256: str, *, hostile: bool) -> Path:
    return Path(settings.MEDIA_ROOT) / ("quarantine" if hostile else "kept") / sha256[:2] / sha256


def _place(path: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if not place.exists():
        path.chmod(0o440)
        path.replace(place)
        folder = os.open(place.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
