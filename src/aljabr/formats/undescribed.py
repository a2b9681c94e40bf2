"""A file that no mapping knows yet, opened for its mapping to be drafted: which sheet, and which line is the header."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aljabr.formats.headings import likeliest_heading
from aljabr.formats.matching import holds_table
from aljabr.formats.sources import Source, open_sheets, open_source, sheet_source
from aljabr.formats.workbooks import choose_grid


@dataclass(frozen=True, kw_only=True)
class Undescribed:
    """The source to draft for, the place of its sheet among those with a table, and the names of the others."""

    source: Source
    sheet: int = 1
    others: tuple[str, ...] = ()


def open_undescribed(path: Path, sheet: str = "") -> Undescribed:
    """Open a file under the line that looks like its header.

    Parameters
    ----------
    path : Path
        A CSV, XLSX or JSON-lines file.
    sheet : str
        Of a workbook; the first visible one with a table when empty.

    Raises
    ------
    UsageError, SourceBroken, MappingBroken
        When there is no such file or sheet, or it cannot be read.
    """
    book = open_sheets(path)
    if book is None:
        return Undescribed(source=likeliest_heading(open_source(path)))
    tables = [grid.name for grid in book.grids if grid.visible and holds_table(grid)]
    chosen = choose_grid(book, path.name, sheet or (tables or [""])[0])
    source = likeliest_heading(sheet_source(path, chosen, headed=False))
    others = tuple(name for name in tables if name != chosen.name)
    place = tables.index(chosen.name) + 1 if chosen.name in tables else 1
    return Undescribed(source=source if source.headers else sheet_source(path, chosen), sheet=place, others=others)
