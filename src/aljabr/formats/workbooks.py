"""Reads XLSX: proves the archive harmless, then yields every row of a sheet as canonical text, as precise as its cells show it.

Formulas give their stored values; errors and formulas without a value give their own text (``#N/A``, ``=A1``), which no reading
takes. Merged cells give their value in the first cell. Dates become ``2016-05-03``, or ``2016`` and ``2016-05`` where the format
shows no more; percentages ``60%``; whole numbers lose ``.0``; truth values become ``true`` and ``false``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats.archives import prove_harmless
from aljabr.formats.batches import BadRow, CellNote, GoodRow, joined, shown, whole
from aljabr.formats.cells import Cell, SecondLook, Styles, read_styles, second_look
from aljabr.formats.headers import column_letters
from aljabr.formats.lacking import TYPED_YEARS
from aljabr.formats.number_formats import SIGNIFICANT, DateLook, date_text

MAX_TEXT = 131_072
# Between the cells of a row that a person types in place of one that could not be read.
DELIMITER = "|"


_FIRST_DAY = datetime(1899, 12, 30)
_CALENDARS = {"hijri": "the Hijri calendar", "another": "a calendar that is not read"}


@dataclass(frozen=True, kw_only=True)
class Grid:
    """One sheet with content; ``visible`` is False when its tab is hidden."""

    sheet: CalamineSheet
    look: SecondLook = field(default_factory=SecondLook)
    visible: bool = True

    @property
    def name(self) -> str:
        """The sheet's name."""
        return str(self.sheet.name)

    @property
    def first_column(self) -> int:
        """Position of the first column with content, from 0."""
        return self.sheet.start[1] if self.sheet.start else 0

    def rows(self, *, notes: list[tuple[int, str, str, bool]] | None = None) -> Iterator[tuple[int, list[str]]]:
        """Yield line and texts of every row; ``notes`` is refilled with (position, code, reason, refused) of the row at hand."""
        cells, line = self.look.cells, 0
        for line, values in enumerate(self.sheet.iter_rows(), start=1):
            texts = [value if type(value) is str else cell_text(value) for value in values]
            if notes:
                notes.clear()
            if line in cells:
                self._look_again(texts, values, cells[line], notes)
            yield line, texts
        for beyond in sorted(number for number in cells if number > line):
            texts = []
            self._look_again(texts, (), cells[beyond], notes)
            yield beyond, texts

    def _look_again(
        self, texts: list[str], values: Sequence[object], cells: Sequence[Cell], notes: list[tuple[int, str, str, bool]] | None
    ) -> None:
        for cell in cells:
            place = cell.column - self.first_column
            if place < 0:
                continue
            texts.extend([""] * (place + 1 - len(texts)))
            if cell.text:
                texts[place] = cell.text
            elif place < len(values):
                texts[place], note = _as_shown(values[place], texts[place], cell)
                if note and notes is not None:
                    notes.append((place, *note))

    def remarks(self) -> list[str]:
        """Return what a reader of the sheet should know of it: rows and columns that are hidden, cells that are merged."""
        said = []
        if rows := self.look.hidden_rows:
            said.append(f"{len(rows):,} hidden rows of the sheet {self.name!r} were read, the first in row {rows[0]}.")
        if columns := self.look.hidden_columns:
            letters = ", ".join(
                column_letters(first) if first == last else f"{column_letters(first)} to {column_letters(last)}"
                for first, last in columns[:5]
            )
            said.append(f"Hidden columns of the sheet {self.name!r} were read: {letters}.")
        return said


@dataclass(frozen=True, kw_only=True)
class Book:
    """A workbook: its sheets with content in order, and the names of those without or that are no tables."""

    grids: tuple[Grid, ...]
    empty: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()


def open_book(path: Path) -> Book:
    """Return the sheets of a workbook, after the archive was proved harmless.

    Raises
    ------
    SourceBroken
        When the file is no readable workbook, or one of the things that are refused.
    """
    found: list[Styles] = []

    def marks(archive: object) -> Sequence[bytes]:
        found.append(read_styles(archive))  # type: ignore[arg-type]
        return found[0].marks()

    marked = prove_harmless(path, marks=marks)
    styles = found[0]
    grids: list[Grid] = []
    empty: list[str] = []
    charts: list[str] = []
    try:
        with CalamineWorkbook.from_path(path) as book:
            for entry in book.sheets_metadata:
                if entry.typ != SheetTypeEnum.WorkSheet:
                    charts.append(entry.name)
                    continue
                sheet = book.get_sheet_by_name(entry.name)
                part = styles.parts.get(entry.name, "")
                look = second_look(path, part, styles) if part in marked else SecondLook()
                if sheet.start is None and not look.cells:
                    empty.append(entry.name)
                else:
                    grids.append(Grid(sheet=sheet, look=look, visible=entry.visible == SheetVisibleEnum.Visible))
    except (CalamineError, OSError) as error:
        raise SourceBroken(f"{path.name} is not a readable workbook: {error}.", "Save it again as .xlsx.") from error
    return Book(grids=tuple(grids), empty=tuple(empty), charts=tuple(charts))


def choose_grid(book: Book, source: str, name: str = "") -> Grid:
    """Return the named sheet, or the first visible one with content.

    Raises
    ------
    SourceBroken
        When no visible sheet has content.
    MappingBroken
        When the workbook has no such sheet.
    """
    names = [grid.name for grid in book.grids] + list(book.empty) + list(book.charts)
    if name and name not in names:
        raise MappingBroken(f"{source} has no sheet {name!r}.", f"Its sheets are {', '.join(map(repr, names))}.")
    for grid in book.grids:
        if grid.name == name or (not name and grid.visible):
            return grid
    what = f"The sheet {name!r} of {source} is empty." if name else f"{source} has no visible sheet with content."
    raise SourceBroken(what, "Export it again, with its header.")


def read_rows(grid: Grid, columns: int, *, header_line: int) -> Iterator[GoodRow | BadRow | CellNote]:
    """Yield every row below the header down to the last one with a value; ``line`` is the row of the sheet."""
    row, blank = 0, 0
    notes: list[tuple[int, str, str, bool]] = []
    merged = _merged_below(grid)
    for line, cells in grid.rows(notes=notes):
        if line <= header_line:
            continue
        if not any(cells):
            blank += 1
            continue
        for empty in range(line - blank, line):
            row += 1
            yield BadRow(row=row, line=empty, code="row.blank", reason="No cell of the row holds a value.", text="")
        blank = 0
        row += 1
        for place, code, reason, refused in notes:
            if place < columns:
                yield CellNote(
                    row=row, line=line, column=place, text=shown(cells[place]), code=code, reason=reason, refused=refused
                )
                cells[place] = "" if refused else cells[place]
        for place, area in merged.get(line, ()):
            if place < columns and not cells[place]:
                reason = f"The cell is part of the merged cells {area}; only the first of them holds the value."
                yield CellNote(row=row, line=line, column=place, text="", code="cell.merged", reason=reason)
        yield _checked(cells, columns, row=row, line=line)


def cell_text(value: object) -> str:
    """Return a cell's value as canonical text.

    Examples
    --------
    >>> cell_text(5.0), cell_text(168.89), cell_text(1e21), cell_text(datetime(2016, 5, 3))
    ('5', '168.89', '1000000000000000000000', '2016-05-03')
    >>> cell_text(0.1 + 0.2)
    '0.3'
    """
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case float():
            return format(Decimal(repr(float(f"{value:.{SIGNIFICANT}g}"))), "f")
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value)


def _as_shown(value: object, text: str, cell: Cell) -> tuple[str, tuple[str, str, bool] | None]:
    """Return the text of a cell as its format shows it, and a doubt (code, reason, whether the value is refused)."""
    look = cell.look
    assert look is not None
    if look.date:
        day = _FIRST_DAY + timedelta(days=value) if isinstance(value, float) and 1 <= value < 2_958_466 else value
        return _date_as_shown(day, look.date) if isinstance(day, date) else (text, None)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return text, None
    seen = look.shown(float(value))
    if seen or not value:
        return seen or text, None
    return text, ("cell.hidden", f"The format {look.code!r} hides what the cell holds.", False)


def _date_as_shown(day: date, look: DateLook) -> tuple[str, tuple[str, str, bool] | None]:
    as_stored = cell_text(day)
    plain = day.date() if isinstance(day, datetime) else day
    if look.calendar != "gregorian":
        calendar, partial = _CALENDARS[look.calendar], look.precision != "day"
        rest = "only part of it is shown" if partial else "the day stored in the file was taken"
        return as_stored, ("date.calendar", f"The cell shows {plain} in {calendar}; {rest}.", partial)
    if TYPED_YEARS[0] <= plain <= TYPED_YEARS[1]:
        return as_stored, None
    return date_text(day, look), None


def _merged_below(grid: Grid) -> dict[int, list[tuple[int, str]]]:
    """Return the cells that a merge leaves without a value of their own, by line: position and the merge's address."""
    below: dict[int, list[tuple[int, str]]] = {}
    for (top, left), (bottom, right) in grid.sheet.merged_cell_ranges or ():
        if (bottom - top + 1) * (right - left + 1) > 100_000:
            continue
        area = f"{column_letters(left)}{top + 1}:{column_letters(right)}{bottom + 1}"
        for line in range(top + 1, bottom + 2):
            places = range(left + (line == top + 1), right + 1)
            below.setdefault(line, []).extend((place - grid.first_column, area) for place in places if place >= grid.first_column)
    return below


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
    filled = cells if len(cells) >= columns else [*cells, *([""] * (columns - len(cells)))]
    return GoodRow(row=row, line=line, cells=filled[:columns])
