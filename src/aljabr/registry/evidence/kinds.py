"""Tells the kind of a file from its bytes, and whether it could harm who opens it.

Only kinds a claim needs are taken: PDF, images, video of a phone, plain text. Programs, pages with script, archives (and office
files, which are archives), PDFs that run something or carry files, images that are archives at the same time or unpack to more
than 100 million points, and whatever is none of the known kinds go to quarantine.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from pathlib import Path

MOST_POINTS = 100_000_000
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"L\x00\x00\x00\x01\x14\x02\x00")
_ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\xd0\xcf\x11\xe0")
_MARKUP = re.compile(rb"<\s*(script|html|svg|iframe|object|embed|\?xml|!doctype)|javascript:", re.IGNORECASE)
_SCRIPT = re.compile(rb"<\s*(script|html|iframe)", re.IGNORECASE)
# Long names only: three letters would be found by chance in the compressed pages of many honest scans.
_PDF_ACTS = re.compile(rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia|SubmitForm|ImportData)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OVERLAP = 256


def look_at(path: Path) -> tuple[str, str]:
    """Return the kind of a file and why it is hostile (empty when it is not).

    Parameters
    ----------
    path : Path
        The file; it is read in pieces.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    kind = _kind(head)
    return (kind or "application/octet-stream", _hostile(path, head, kind))


def _kind(head: bytes) -> str:
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:12] in (b"heic", b"heix", b"mif1") else "video/mp4"
    return "text/plain" if _is_text(head) else ""


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 4:
            return False
        text = head[: error.start].decode("utf-8-sig")
    return all(character.isprintable() or character in "\n\r\t\u200c\u200d\u200e\u200f" for character in text)


def _hostile(path: Path, head: bytes, kind: str) -> str:
    if head.startswith(_PROGRAMS):
        return "program"
    if head.startswith(_ARCHIVES):
        return "archive"
    if not kind:
        return "unknown kind"
    if kind == "image/png" and _points(head) > MOST_POINTS:
        return "image too large when unpacked"
    for piece in _pieces(path):
        if kind == "application/pdf" and _PDF_ACTS.search(_ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), piece)):
            return "PDF that acts"
        if kind != "application/pdf" and (_MARKUP if kind == "text/plain" else _SCRIPT).search(piece):
            return "page with script"
    return "archive inside another kind" if b"PK\x05\x06" in _tail(path) else ""


def _points(head: bytes) -> int:
    if len(head) < 24:
        return 0
    width, height = struct.unpack(">II", head[16:24])
    return int(width * height)


def _tail(path: Path) -> bytes:
    """The last bytes, where an archive keeps its directory."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 66_000))
        return file.read()


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        kept = b""
        while piece := file.read(1 << 20):
            yield kept + piece
            kept = piece[-_OVERLAP:]
