"""Reads the corrections that people typed into the workbooks a run writes for what it set aside, or CSV saved from them.

Order: every sheet that has a column of corrections is read; columns are known by their Arabic or English name, wherever they stand;
rows may be sorted, deleted, filtered or added. A row without a correction says nothing. Nothing is applied here.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from aljabr.errors import SourceBroken, UsageError
from aljabr.formats import delimited, workbooks
from aljabr.formats.archives import prove_harmless
from aljabr.formats.headers import tidy_header
from aljabr.formats.survey import error_handler, survey
from aljabr.names import fold
from aljabr.outside import check_given_file

# What the columns of a workbook for mending are called: all that stands in a heading, told apart by " / ", is compared.
HEADINGS: dict[str, tuple[str, ...]] = {
    "file": ("الملف", "file"),
    "sheet": ("الورقة", "sheet"),
    "line": ("السطر", "row"),
    "letter": ("حرف العمود", "letter"),
    "column": ("العمود", "column"),
    "value": ("القيمة كما وردت", "value"),
    "effect": ("الأثر", "effect"),
    "reason": ("السبب", "reason in Arabic"),
    "reason_en": ("السبب بالإنجليزية", "reason"),
    "rows": ("عدد الأسطر", "rows"),
    "suggestion": ("المقترح", "suggestion"),
    "correction": ("التصحيح", "correction"),
    "note": ("سبب الاستبعاد", "note"),
    "earlier": ("تصحيح سابق", "earlier correction"),
    "sha256": ("بصمة الملف", "sha256"),
    "ordinal": ("رقم السجل", "record"),
    "list": ("القائمة", "list"),
}
EMPTY, DROP = "—", "drop"
_EMPTY_WORDS = frozenset({"-", "--", "–", "—", "―", "ـ", "−", "(empty)", "(فارغ)", "(بەتاڵ)", "(vala)"})
_DROP_WORDS = frozenset({"drop", "استبعاد السطر", "لابردنی ڕیز", "rêzê derxe"})
_HEADING_ROWS = 30
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_LEADS = ("=", "+", "-", "@")


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One correction as a person typed it.

    Parameters
    ----------
    path : Path
        The file it was typed into.
    spot : str
        Where it stands there, in words: sheet and row.
    file, sheet, sha256 : str
        The source it is for; ``sha256`` is empty when a person added the row by hand.
    row, line : int or None
        The row of the source without the header, and as a spreadsheet counts it; one of them is there.
    column, letter : str
        The cell; both empty for a whole row.
    text : str
        What is to be read instead; empty for no value.
    drop : bool
        Whether the whole row is to be set aside; ``note`` then says why.
    found, earlier, note : str
        What the workbook says stands in the cell, and what an earlier correction put there.
    everywhere : bool
        Whether every cell of the column that says ``found``, or lists it, is meant; then there is no row and no line.
    """

    path: Path
    spot: str
    file: str
    sheet: str
    sha256: str
    row: int | None
    line: int | None
    column: str
    letter: str
    text: str
    drop: bool
    found: str
    earlier: str
    note: str
    everywhere: bool = False

    def place(self) -> str:
        """Return where the correction stands, for a message."""
        return f"{self.path}, {self.spot}"

    def says(self) -> str:
        """Return the correction as the person would type it again."""
        return DROP if self.drop else self.text or EMPTY


def read_corrections(path: Path) -> tuple[Correction, ...]:
    """Return the corrections of one workbook or CSV file, in its order.

    Raises
    ------
    UsageError
        When there is no such file, it has no column of corrections, or a row does not say what it corrects.
    SourceBroken
        When it cannot be read.
    """
    found: list[Correction] = []
    seen = False
    for sheet, rows in _sheets(path):
        heading: dict[str, int] = {}
        for number, cells in enumerate(rows, start=1):
            if not heading:
                heading = _heading(cells)
                seen = seen or bool(heading)
                if number >= _HEADING_ROWS and not heading:
                    break
            elif correction := _correction(path, sheet, number, {name: _cell(cells, at) for name, at in heading.items()}):
                found.append(correction)
    if not seen:
        wanted = "a column called correction beside the columns sha256 and record, or file and row"
        raise UsageError(f"{path} has no sheet with {wanted}.", "Name a workbook of OUT/private/mend, or CSV saved from it.")
    return tuple(found)


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[list[str]]]]:
    check_given_file(path)
    with path.open("rb") as stream:
        packed = stream.read(4) in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
    if not packed:
        yield "", _csv_rows(path)
        return
    prove_harmless(path, marks=lambda _: ())
    try:
        with CalamineWorkbook.from_path(path) as book:
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).iter_rows()
                yield name, ([workbooks.cell_text(cell) for cell in cells] for cells in rows)
    except CalamineError as error:
        raise SourceBroken(f"{path.name} is not a readable workbook: {error}.", "Save it again as .xlsx.") from error


def _csv_rows(path: Path) -> Iterator[list[str]]:
    found = survey(path)
    dialect = delimited.sniff(path, found)
    try:
        with path.open(encoding=found.encoding, errors=error_handler(found.encoding), newline="") as stream:
            for _ in range(dialect.skipped):
                stream.readline()
            yield from csv.reader(stream, delimiter=dialect.delimiter)
    except csv.Error as error:
        raise SourceBroken(f"{path.name} is not readable CSV: {error}.", "Save it again, or give the workbook itself.") from error


def _heading(cells: Sequence[str]) -> dict[str, int]:
    """Return where each known column stands; empty when this row is not the heading of a sheet for mending."""
    names = {fold(word): name for name, words in HEADINGS.items() for word in words}
    places: dict[str, int] = {}
    for position, cell in enumerate(cells):
        known = {names[part] for part in map(fold, tidy_header(cell).split("/")) if part in names}
        if len(known) == 1:
            places.setdefault(known.pop(), position)
    told = any(wanted <= places.keys() for wanted in ({"sha256", "ordinal"}, {"file", "line"}, {"file", "rows", "column", "value"}))
    return places if told and "correction" in places else {}


def _cell(cells: Sequence[str], position: int) -> str:
    text = cells[position].strip() if position < len(cells) else ""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_LEADS) else text


def _correction(path: Path, sheet: str, number: int, cells: dict[str, str]) -> Correction | None:
    typed = cells.get("correction", "") or cells.get("earlier", "")
    if not typed:
        return None
    spot = f"sheet {sheet}, row {number}" if sheet else f"row {number}"
    place = f"{path}, {spot}"
    correction = Correction(
        path=path,
        spot=spot,
        file=cells.get("file", ""),
        sheet=cells.get("sheet", ""),
        sha256=cells.get("sha256", "").lower(),
        row=_whole(cells.get("ordinal", ""), place),
        line=_whole(cells.get("line", ""), place),
        column=tidy_header(cells.get("column", "")),
        letter=cells.get("letter", "").upper(),
        text="" if typed.casefold() in _EMPTY_WORDS else typed,
        drop=typed.casefold() in _DROP_WORDS,
        found=cells.get("value", ""),
        earlier=EMPTY if cells.get("earlier", "") in _EMPTY_WORDS else cells.get("earlier", ""),
        note=cells.get("note", ""),
        everywhere="rows" in cells,
    )
    _check(correction)
    return correction


def _check(correction: Correction) -> None:
    if _NOT_TEXT.search(correction.text):
        raise UsageError(f"{correction.place()} holds characters that are not text.", "Type it again.")
    if correction.everywhere:
        if correction.drop or not correction.found or not correction.column:
            what = f"{correction.place()} does not say which spelling of which column is to be read otherwise."
            raise UsageError(what, "Keep column and value as they were written; set rows aside one by one.")
        return
    if not (correction.sha256 or correction.file) or (correction.row is None and correction.line is None):
        what = f"{correction.place()} holds a correction, but does not say of which file and row."
        raise UsageError(what, "Fill in file and row, or delete the correction.")
    if correction.drop and not correction.note:
        what = f"{correction.place()} sets a row aside and gives no reason."
        raise UsageError(what, f"Write the reason into the column {' / '.join(HEADINGS['note'])}.")


def _whole(text: str, place: str) -> int | None:
    plain = fold(text).removesuffix(".0").replace(",", "")
    if not plain:
        return None
    if not plain.isdecimal() or len(plain) > 12:
        raise UsageError(
            f"{place} says row {text[:40]!r}, which is not a number.", "Take the number from the workbook that a run wrote."
        )
    return int(plain)
