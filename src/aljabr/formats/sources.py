"""A source file as it is found: what it is, how it is read, and its rows batch by batch.

Order: kind by content and name; hash and encoding in one pass; dialect; header. Nothing is interpreted here: every cell is text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from python_calamine import CalamineSheet

from aljabr.errors import SourceBroken, UsageError
from aljabr.formats import delimited, json_lines, workbooks
from aljabr.formats.batches import BadRow, Batch, GoodRow, in_batches
from aljabr.formats.delimited import Dialect
from aljabr.formats.headers import column_letters, tidy_header
from aljabr.formats.survey import Survey, survey
from aljabr.relations import file_digest

JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})


@dataclass(frozen=True, kw_only=True)
class Source:
    """One file, or one sheet of a workbook, ready to be read.

    Parameters
    ----------
    path : Path
    name : str
        The file's name, by which issues and manifests call it.
    sha256 : str
        Of the file's bytes, in hexadecimal.
    kind : str
        ``csv``, ``xlsx`` or ``jsonl``.
    encoding : str
        As sniffed or as a mapping fixed it; empty for workbooks.
    dialect : str
        How cells are told apart, in words; for a workbook its sheet.
    headers : tuple of str
        Column names in order, composed and single-spaced.
    rows : int or None
        Rows without the header; None until the file has been read to its end.
    spellings : mapping of str to str
        Column as the mapping spells it → as this file does, where the two differ and fold alike.
    """

    path: Path
    name: str
    sha256: str
    kind: str
    encoding: str
    dialect: str
    headers: tuple[str, ...]
    rows: int | None = None
    spellings: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: Survey | None = field(default=None, repr=False)
    cells: Dialect | None = field(default=None, repr=False)
    grid: CalamineSheet | None = field(default=None, repr=False, compare=False)

    def batches(self) -> Iterator[Batch]:
        """Yield the rows from the first to the last; grain one row of the file, each in exactly one batch.

        Yields
        ------
        Batch
            ``rows`` with ``row``, ``line`` and one text column per header, and ``bad``, the rows that could not be read.
        """
        if self.grid is not None:
            return in_batches(self.headers, workbooks.read_rows(self.grid, len(self.headers)))
        assert self.text is not None
        if self.kind == "jsonl":
            return in_batches(self.headers, json_lines.read_rows(self.path, self.text, self.headers))
        assert self.cells is not None
        return in_batches(self.headers, delimited.read_rows(self.path, self.text, self.cells))

    def sheet(self) -> str:
        """Return the name of the sheet; empty when this is not a workbook."""
        if self.kind != "xlsx":
            return ""
        named = self.name.removeprefix(self.path.name)
        return named[1:] if named.startswith("#") else self.dialect.partition(" ")[2]

    def read_again(self, text: str, *, row: int, line: int, cut: bool = False) -> GoodRow | BadRow:
        """Return a row as a person typed it in place of one that could not be read, in the form of ``BadRow.original``.

        With ``cut``, what stands in columns without a name is left out.
        """
        if self.kind == "jsonl":
            assert self.text is not None
            return json_lines.read_line(text, row=row, line=line, found=self.text, headers=self.headers)
        delimiter = self.cells.delimiter if self.cells is not None else workbooks.DELIMITER
        return delimited.read_line(text, row=row, line=line, delimiter=delimiter, columns=len(self.headers), cut=cut)

    def position(self, column: str) -> int:
        """Return the position of a column as a mapping spells it; -1 when this file has none of that name."""
        name = tidy_header(column)
        name = self.spellings.get(name, name)
        return self.headers.index(name) if name in self.headers else -1

    def cell(self, column: int) -> str:
        """Return how a spreadsheet calls the column at that position (``A``, ``AB``), or its name when the file has no cells."""
        if self.kind == "jsonl":
            return self.headers[column]
        first = self.grid.start[1] if self.grid is not None and self.grid.start else 0
        return column_letters(first + column)

    def read_as(self, spellings: Mapping[str, str]) -> Source:
        """Return this source with its columns found under the mapping's spellings."""
        return replace(self, spellings=dict(spellings)) if spellings else self

    def counted(self, rows: int) -> Source:
        """Return this source with the number of its rows."""
        return replace(self, rows=rows)


def open_source(path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Source:
    """Look at a file and return how it will be read.

    Parameters
    ----------
    path : Path
        A CSV (also of ODK and Kobo), XLSX or JSON-lines file.
    encoding, delimiter, sheet : str
        Fix what is sniffed otherwise; a workbook's first visible sheet with content is taken when no sheet is named.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceBroken
        When the file as a whole cannot be read.
    MappingBroken
        When encoding, delimiter or sheet cannot be used.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}.", "Check the path; relative paths start from the current folder.")
    try:
        kind = _kind(path)
        if kind == "xlsx":
            return _workbook(path, sheet)
        found = survey(path, encoding=encoding)
    except OSError as error:
        raise SourceBroken(f"{path} cannot be read: {error}.", "Check its permissions.") from error
    if kind == "jsonl":
        headers, cells, said = json_lines.read_header(path, found), None, "one JSON object per line"
    else:
        cells = delimited.sniff(path, found, delimiter=delimiter)
        headers, said = delimited.read_header(path, found, cells), cells.said()
    return Source(
        path=path,
        name=path.name,
        sha256=found.sha256,
        kind=kind,
        encoding=found.encoding,
        dialect=said,
        headers=headers,
        text=found,
        cells=cells,
    )


def _kind(path: Path) -> str:
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")) or path.suffix.lower() in {".xlsx", ".xlsm", ".xls"}:
        return "xlsx"
    return "jsonl" if path.suffix.lower() in JSON_SUFFIXES else "csv"


def _workbook(path: Path, sheet: str) -> Source:
    grid = workbooks.open_sheet(path, sheet)
    return Source(
        path=path,
        name=path.name,
        sha256=file_digest(path),
        kind="xlsx",
        encoding="",
        dialect=f"sheet {grid.name}",
        headers=workbooks.read_header(grid, path.name),
        grid=grid,
    )
