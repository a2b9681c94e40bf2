"""Reads XLSX: first proves the archive harmless, then yields every row as canonical text.

Refused as a whole: password protection and the old .xls, macros, document type definitions, archives that unpack to far more than
they weigh, sheets that claim an absurd area. Formulas give their stored values. Merged cells give their value in the first cell.
Dates become ``2016-05-03``, whole numbers lose ``.0``, truth values become ``true`` and ``false``.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats.batches import BadRow, GoodRow, joined, shown, whole
from aljabr.formats.headers import check_headers

MAX_UNPACKED = 1 << 30
MAX_RATIO = 100
MAX_PARTS = 5_000
MAX_CELLS = 30_000_000
MAX_TEXT = 131_072
# Between the cells of a row that a person types in place of one that could not be read.
DELIMITER = "|"
_RATIO_FROM = 20 << 20
_CHUNK = 1 << 20
_OVERLAP = 64
# "<!D" also in UTF-16 of either order; no DTD can begin otherwise.
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY", b"<\x00!\x00D")
_WIDE = re.compile(rb"r\s*=\s*[\"']([A-Z]{2,3})[0-9]")
_TALL = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}([0-9]{6,7})[\"']")
_ANY_ROW = re.compile(rb"r\s*=\s*[\"'][A-Z]{0,3}([0-9]{1,7})[\"']")
_NARROW, _LOW = 26, 99_999


def open_sheet(path: Path, name: str = "") -> CalamineSheet:
    """Return a sheet of a workbook, after the archive was proved harmless: the named one, or the first visible one with content.

    Raises
    ------
    SourceBroken
        When the file is no readable workbook, one of the things this module refuses, or empty.
    MappingBroken
        When the workbook has no such sheet.
    """
    _prove_harmless(path)
    try:
        with CalamineWorkbook.from_path(path) as book:
            if name and name not in book.sheet_names:
                known = ", ".join(map(repr, book.sheet_names))
                raise MappingBroken(f"{path.name} has no sheet {name!r}.", f"Its sheets are {known}.")
            for candidate in [name] if name else _visible(book):
                sheet = book.get_sheet_by_name(candidate)
                if sheet.start is not None:
                    return sheet
    except (CalamineError, OSError) as error:
        raise SourceBroken(f"{path.name} is not a readable workbook: {error}.", "Save it again as .xlsx.") from error
    raise SourceBroken(f"{path.name} has no visible sheet with content.", "Export it again, with its header.")


def read_header(sheet: CalamineSheet, source: str) -> tuple[str, ...]:
    """Return the header of a sheet: its first row with a value.

    Raises
    ------
    SourceBroken
        When there is none, or it cannot be used.
    """
    for cells in _texts(sheet):
        if any(cells):
            return check_headers(cells, source)
    raise SourceBroken(f"The sheet {sheet.name!r} of {source} is empty.", "Export it again, with its header.")


def read_rows(sheet: CalamineSheet, columns: int) -> Iterator[GoodRow | BadRow]:
    """Yield every row after the header down to the last one with a value; ``line`` is the row of the sheet."""
    row, blank, begun = 0, [], False
    for line, cells in enumerate(_texts(sheet), start=1):
        if not any(cells):
            blank += [line] if begun else []
        elif not begun:
            begun = True
        else:
            for row, empty in enumerate(blank, start=row + 1):  # noqa: B020
                yield BadRow(row=row, line=empty, code="row.blank", reason="No cell of the row holds a value.", text="")
            blank.clear()
            row += 1
            yield _checked(cells, columns, row=row, line=line)


def cell_text(value: object) -> str:
    """Return a cell's value as canonical text.

    Examples
    --------
    >>> cell_text(5.0), cell_text(168.89), cell_text(1e21), cell_text(datetime(2016, 5, 3))
    ('5', '168.89', '1000000000000000000000', '2016-05-03')
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return format(Decimal(repr(value)), "f")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _checked(cells: Sequence[str], columns: int, *, row: int, line: int) -> GoodRow | BadRow:
    def refused(code: str, reason: str, cell: str) -> BadRow:
        original = whole(joined(cells, DELIMITER))
        return BadRow(row=row, line=line, code=code, reason=reason, text=shown(cell), original=original)

    if any(cells[columns:]):
        return refused("row.unnamed", "A value stands in a column without a name.", next(filter(None, cells[columns:])))
    for cell in cells:
        if len(cell) > MAX_TEXT:
            return refused("row.too_long", f"A field is longer than {MAX_TEXT:,} characters.", cell)
        if "\x00" in cell:
            return refused("row.nul", "The row holds a NUL character.", cell)
    return GoodRow(row=row, line=line, cells=cells[:columns])


def _texts(sheet: CalamineSheet) -> Iterator[list[str]]:
    for cells in sheet.iter_rows():
        yield [cell if type(cell) is str else cell_text(cell) for cell in cells]


def _visible(book: CalamineWorkbook) -> list[str]:
    worksheet, visible = SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ == worksheet and sheet.visible == visible]


def _prove_harmless(path: Path) -> None:
    with path.open("rb") as stream:
        mark = stream.read(4)
    if mark == b"\xd0\xcf\x11\xe0":
        raise SourceBroken(f"{path.name} is protected by a password or an old .xls.", "Save it as .xlsx without a password.")
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            _check_directory(path, parts)
            for part in parts:
                _check_part(path, archive, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise SourceBroken(f"{path.name} is a broken archive: {error}.", "Export the workbook again.") from error


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


def _check_part(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    markup = part.filename.lower().endswith((".xml", ".rels", ".vml"))
    sheet = "worksheets/" in part.filename.lower()
    columns, rows = _NARROW, _LOW
    for text in _chunks(archive, part):
        if markup and any(mark in text for mark in _DECLARATIONS):
            raise SourceBroken(f"{part.filename} in {path.name} declares a document type.", "No honest workbook does.")
        if sheet:
            columns = max(columns, max(map(_column_number, set(_WIDE.findall(text))), default=0))
            rows = max(rows, max(map(int, set(_TALL.findall(text))), default=0))
    if columns * rows > MAX_CELLS and rows == _LOW:
        rows = max((int(row) for text in _chunks(archive, part) for row in set(_ANY_ROW.findall(text))), default=1)
    if columns * rows > MAX_CELLS:
        claimed = f"{columns:,} columns by {rows:,} rows"
        raise SourceBroken(f"{part.filename} in {path.name} claims {claimed}.", "Delete what is beyond the table.")


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
