"""A source file as it is found: what it is, how it is read, and its rows batch by batch.

Order: kind by content; hash and encoding in one pass; dialect; header. Nothing is interpreted here: every cell is text. A workbook
is as many sources as it has sheets that are read.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from aljabr.errors import SourceBroken
from aljabr.formats import delimited, json_lines, workbooks
from aljabr.formats.batches import BadRow, Batch, GoodRow, in_batches
from aljabr.formats.delimited import Dialect
from aljabr.formats.headers import check_headers, column_letters, tidy_header
from aljabr.formats.recognition import misnamed, recognise
from aljabr.formats.survey import Survey, survey
from aljabr.formats.workbooks import Book, Grid
from aljabr.outside import check_given_file
from aljabr.relations import file_digest


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
    header_line : int
        Line of the file, or row of the sheet, on which the header stands; 0 when it is the first that holds anything.
    passed_over : tuple of str
        What stands above the header, line by line.
    sheet : str
        The sheet's name, in a workbook of which more than one sheet is read.
    further : bool
        Whether another sheet of the workbook is read before this one, so that rows are told apart by the sheet's name too.
    said : tuple of str
        What a reader should know of how the file was read, one sentence each.
    unread : tuple of str
        Sheets of the workbook that are not read, each with the reason; on the first source of a file.
    rows : int or None
        Rows without the header and blank ones; None until the file has been read to its end.
    blank : int
        Rows without a value, which are no rows in.
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
    header_line: int = 0
    passed_over: tuple[str, ...] = ()
    sheet: str = ""
    further: bool = False
    said: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    rows: int | None = None
    blank: int = 0
    spellings: Mapping[str, str] = field(default_factory=dict, repr=False)
    text: Survey | None = field(default=None, repr=False)
    cells: Dialect | None = field(default=None, repr=False)
    grid: Grid | None = field(default=None, repr=False, compare=False)

    @property
    def identity(self) -> str:
        """What identifiers of rows are hashed from: the file's SHA-256, with the sheet's name when it is a further one."""
        return f"{self.sha256}#{self.sheet}" if self.further else self.sha256

    def batches(self) -> Iterator[Batch]:
        """Yield the rows from the first to the last; grain one row of the file, each in exactly one batch.

        Yields
        ------
        Batch
            ``rows`` with ``row``, ``line`` and one text column per header, and ``bad``, the rows that could not be read.
        """
        columns = len(self.headers)
        if self.grid is not None:
            return in_batches(self.headers, workbooks.read_rows(self.grid, columns, header_line=self.header_line))
        assert self.text is not None
        if self.kind == "jsonl":
            return in_batches(self.headers, json_lines.read_rows(self.path, self.text, self.headers))
        assert self.cells is not None
        return in_batches(self.headers, delimited.read_rows(self.path, self.text, self.cells, columns=columns))

    def sheet_name(self) -> str:
        """Return the name of the sheet; empty when this is not a workbook."""
        return self.grid.name if self.grid is not None else ""

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
        return column_letters((self.grid.first_column if self.grid is not None else 0) + column)

    def read_as(self, spellings: Mapping[str, str]) -> Source:
        """Return this source with its columns found under the mapping's spellings."""
        return replace(self, spellings=dict(spellings)) if spellings else self

    def counted(self, rows: int, *, blank: int = 0) -> Source:
        """Return this source with the number of its rows."""
        return replace(self, rows=rows, blank=blank)

    def first_lines(self, count: int) -> list[tuple[int, list[str]]]:
        """Return the first lines of the file that hold anything, each with its number and cells; none for JSON lines."""
        lines: Iterable[tuple[int, list[str]]]
        if self.grid is not None:
            lines = itertools.islice(self.grid.rows(), count)
        elif self.text is not None and self.cells is not None:
            dialect = self.cells
            read = enumerate(delimited.first_lines(self.path, self.text, count), start=1)
            lines = ((line, delimited.cells_of(text, dialect)) for line, text in read)
        else:
            return []
        return [(line, cells) for line, cells in lines if any(cell.strip() for cell in cells)]

    def under(self, line: int, names: Sequence[str] = (), *, above: Sequence[str] = ()) -> Source:
        """Return this source read with the header on that line, or with these names when it goes over two.

        Raises
        ------
        SourceBroken
            When that line cannot be a header.
        """
        cells, said = self.cells, self.dialect
        if self.grid is not None:
            names = names or next((texts for number, texts in self.grid.rows() if number == line), [])
        elif self.text is not None and cells is not None:
            cells = delimited.sniff(self.path, self.text, delimiter=cells.delimiter if cells.fixed else "", skipped=line - 1)
            names, said = names or delimited.read_header(self.path, self.text, cells), cells.said()
        headers = check_headers(names, self.name)
        return replace(self, headers=headers, header_line=line, passed_over=tuple(above), cells=cells, dialect=said)


def open_source(path: Path, *, encoding: str = "", delimiter: str = "", sheet: str = "", header_row: int = 0) -> Source:
    """Look at a file and return how it will be read: with one sheet, and a header in its first line with content.

    Parameters
    ----------
    path : Path
        A CSV (also of ODK and Kobo), XLSX or JSON-lines file.
    encoding, delimiter, sheet : str
        Fix what is sniffed otherwise; a workbook's first visible sheet with content is taken when no sheet is named.
    header_row : int
        The line, or row of the sheet, on which the header stands; found when 0.

    Raises
    ------
    UsageError
        When there is no such file.
    SourceBroken
        When the file as a whole cannot be read.
    MappingBroken
        When encoding, delimiter or sheet cannot be used.
    """
    check_given_file(path)
    try:
        kind = recognise(path)
        if kind == "xlsx":
            return sheet_source(path, workbooks.choose_grid(workbooks.open_book(path), path.name, sheet), header_row=header_row)
        return text_source(path, kind, encoding=encoding, delimiter=delimiter, header_row=header_row)
    except OSError as error:
        raise SourceBroken(f"{path} cannot be read: {error}.", "Check its permissions.") from error


def open_sheets(path: Path) -> Book | None:
    """Return the sheets of a workbook; None when the file is none.

    Raises
    ------
    UsageError, SourceBroken
        When there is no such file, or it cannot be read.
    """
    check_given_file(path)
    try:
        return workbooks.open_book(path) if recognise(path) == "xlsx" else None
    except OSError as error:
        raise SourceBroken(f"{path} cannot be read: {error}.", "Check its permissions.") from error


def sheet_source(path: Path, grid: Grid, *, header_row: int = 0, sha256: str = "", headed: bool = True) -> Source:
    """Return one sheet of a workbook as a source; when not ``headed``, without headers where its first row cannot be one.

    Raises
    ------
    SourceBroken
        When there is no header, or it cannot be used.
    """
    said = [sentence for sentence in (misnamed(path, "xlsx"), *grid.remarks()) if sentence]
    source = Source(
        path=path,
        name=path.name,
        sha256=sha256 or file_digest(path),
        kind="xlsx",
        encoding="",
        dialect=f"sheet {grid.name}",
        headers=(),
        said=tuple(said),
        grid=grid,
    )
    first = header_row or next((line for line, cells in grid.rows() if any(cells)), 0)
    if not first:
        raise SourceBroken(f"The sheet {grid.name!r} of {path.name} is empty.", "Export it again, with its header.")
    try:
        return source.under(first)
    except SourceBroken:
        if headed:
            raise
        return source


def text_source(
    path: Path, kind: str, *, encoding: str = "", delimiter: str = "", header_row: int = 0, headed: bool = True
) -> Source:
    """Return a text file as a source; when not ``headed``, without headers where its first line cannot be one."""
    found = survey(path, encoding=encoding)
    if kind == "jsonl":
        headers, cells, said = json_lines.read_header(path, found), None, "one JSON object per line"
    else:
        cells = delimited.sniff(path, found, delimiter=delimiter, skipped=max(header_row - 1, 0))
        said = cells.said()
        try:
            headers = delimited.read_header(path, found, cells)
        except SourceBroken:
            if headed:
                raise
            headers = ()
    name = misnamed(path, kind)
    return Source(
        path=path,
        name=path.name,
        sha256=found.sha256,
        kind=kind,
        encoding=found.encoding,
        dialect=said,
        headers=headers,
        header_line=header_row,
        said=(name,) if name else (),
        text=found,
        cells=cells,
    )
