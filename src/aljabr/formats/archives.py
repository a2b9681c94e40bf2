"""Proves the archive of a workbook harmless before anything opens it, and notes which of its sheets need a second look.

Refused as a whole: what is no archive, macros, document type definitions, archives that unpack to far more than they weigh, sheets
that claim an absurd area. The one pass over every part also looks for marks (a style, an error, a formula): a sheet without any
is never parsed twice.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from aljabr.errors import SourceBroken

MAX_UNPACKED = 1 << 30
MAX_RATIO = 100
MAX_PARTS = 5_000
MAX_CELLS = 30_000_000
_RATIO_FROM = 20 << 20
_CHUNK = 1 << 20
_OVERLAP = 64
# "<!D" also in UTF-16 of either order; no DTD can begin otherwise.
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\x00!\x00D")
_WIDE = re.compile(rb"r\s*=\s*[\"']([A-Z]{2,3})[0-9]")
_TALL = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}([0-9]{6,7})[\"']")
_ANY_ROW = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}([0-9]{1,7})[\"']")
_NARROW, _LOW = 26, 99_999


def prove_harmless(path: Path, *, marks: Callable[[zipfile.ZipFile], Sequence[bytes]]) -> frozenset[str]:
    """Refuse an archive that lies or carries what no honest workbook carries.

    Parameters
    ----------
    path : Path
    marks : callable
        From the archive, its directory checked, to the bytes that make a sheet worth a second look.

    Returns
    -------
    frozenset of str
        The sheets' parts in which one of the marks stands.

    Raises
    ------
    SourceBroken
        When the archive is broken or refused.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_directory(path, parts)
            sought = tuple(marks(archive))
            return frozenset(part.filename for part in parts if _check_part(path, archive, part, sought))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise SourceBroken(f"{path.name} is cut short or damaged.", "Export the workbook again, or copy it again.") from error


def _check_directory(path: Path, parts: Sequence[zipfile.ZipInfo]) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise SourceBroken(f"{path.name} unpacks to {unpacked:,} bytes in {len(parts):,} parts.", "Split it, or export it as CSV.")
    for part in parts:
        if part.flag_bits & 1:
            raise SourceBroken(f"{path.name} is encrypted.", "Save it again without a password.")
        if part.file_size > _RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            raise SourceBroken(f"{part.filename} in {path.name} unpacks to {part.file_size:,} bytes.", "No honest workbook does.")
        if part.filename.lower().endswith("vbaproject.bin"):
            raise SourceBroken(f"{path.name} carries macros.", "Save it as .xlsx.")


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, marks: Sequence[bytes]) -> bool:
    """Check one part to its last byte; say whether it is a sheet that holds a mark."""
    markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    sheet = "worksheets/" in part.filename.lower()
    columns, rows, marked = _NARROW, _LOW, False
    for text in _chunks(archive, part):
        if markup and any(mark in text for mark in _DECLARATIONS):
            raise SourceBroken(f"{part.filename} in {path.name} declares a document type.", "No honest workbook does.")
        if sheet:
            marked = marked or any(mark in text for mark in marks)
            columns = max(columns, max(map(_column_number, set(_WIDE.findall(text))), default=0))
            rows = max(rows, max(map(int, set(_TALL.findall(text))), default=0))
    if columns * rows > MAX_CELLS and rows == _LOW:
        rows = max((int(row) for text in _chunks(archive, part) for row in set(_ANY_ROW.findall(text))), default=1)
    if columns * rows > MAX_CELLS:
        claimed = f"{columns:,} columns by {rows:,} rows"
        raise SourceBroken(f"{part.filename} in {path.name} claims {claimed}.", "Delete what is beyond the table.")
    return marked


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part piece by piece, each with the end of the one before; what the directory states is proved by its checksum."""
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield tail + chunk
            tail = chunk[-_OVERLAP:]


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
