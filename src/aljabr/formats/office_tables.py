"""Writes tables that people work with in an office: one XLSX sheet, right to left where its language is, safe to open and to edit.

Every text is a text cell of the text format, so that ``0012`` keeps its zeros and ``=1+1`` stays what somebody wrote, also after
the cell was edited; money is a number with exactly the currency's decimals. Dates inside the workbook are ``as_of``, so that the
same rows give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import xlsxwriter

from aljabr.formats.csv_writer import safe_cell
from aljabr.money import major_units

# What a cell of a workbook may hold, and the most a number of it keeps exactly.
MAX_CELL = 32_767
_EXACT = 2**53
_OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}


@dataclass(frozen=True, kw_only=True)
class OfficeColumn:
    """One column of a table for an office.

    Parameters
    ----------
    heading : str
        What stands above it.
    width : int
        In characters.
    kind : {"text", "count", "money"}
        ``count`` takes whole numbers, ``money`` minor units; None is an empty cell in each.
    """

    heading: str
    width: int
    kind: Literal["text", "count", "money"] = "text"


def write_office_table(
    path: Path,
    columns: Sequence[OfficeColumn],
    rows: Iterable[Sequence[object]],
    *,
    as_of: date,
    title: str,
    rtl: bool = False,
    exponent: int = 0,
    notice: str = "",
) -> int:
    """Write one table as a workbook of one sheet with a frozen header and a filter.

    Parameters
    ----------
    path : Path
        Overwritten when it exists.
    columns : sequence of OfficeColumn
        In the order of the values.
    rows : iterable of sequences
        One value for each column.
    as_of : date
        The date the workbook carries.
    title : str
        The sheet's name (cut to 31 characters) and the workbook's title.
    rtl : bool
        Whether the sheet runs from right to left.
    exponent : int
        Decimal places of the money.
    notice : str
        Printed at the top of every page.

    Returns
    -------
    int
        The number of rows, without the header.
    """
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        made = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC)
        book.set_properties({"created": made, "author": "", "title": title})
        sheet = book.add_worksheet(sheet_name(title))
        formats = _formats(book, exponent)
        if rtl:
            sheet.right_to_left()
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_header("&C" + notice.replace("&", "&&")[:250] if notice else "")
        for position, column in enumerate(columns):
            sheet.set_column(position, position, column.width, formats[column.kind])
            sheet.write_string(0, position, column.heading, formats["head"])
        kinds = [column.kind for column in columns]
        written = 0
        for written, row in enumerate(rows, start=1):
            _write_row(sheet, written, kinds, row, formats=formats, exponent=exponent)
        sheet.autofilter(0, 0, written, len(columns) - 1)
    return written


def sheet_name(title: str) -> str:
    """Return a title as a sheet's name: without the characters it may not have, at most 31 of them.

    Examples
    --------
    >>> sheet_name("Decisions: 1/2")
    'Decisions  1 2'
    """
    name = title.translate(dict.fromkeys(map(ord, "[]:*?/\\"), " "))[:31].strip().strip("'")
    return name or "Table"


def _formats(book: Any, exponent: int) -> dict[str, Any]:
    places = "." + "0" * exponent if exponent else ""
    top = {"valign": "top"}
    return {
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "num_format": "@", **top}),
        "text": book.add_format({"num_format": "@", **top}),
        # A hidden apostrophe: the text stays text when somebody edits the cell.
        "quoted": book.add_format({"num_format": "@", "quote_prefix": True, **top}),
        "count": book.add_format({"num_format": "0", **top}),
        "money": book.add_format({"num_format": f"#,##0{places}", **top}),
    }


def _write_row(
    sheet: Any, line: int, kinds: Sequence[str], row: Sequence[object], *, formats: dict[str, Any], exponent: int
) -> None:
    for position, (kind, value) in enumerate(zip(kinds, row, strict=True)):
        if value is None or value == "":
            continue
        if kind == "text":
            text = _fitting(str(value))
            sheet.write_string(line, position, text, formats["text" if safe_cell(text) == text else "quoted"])
        elif not isinstance(value, int) or abs(value) > _EXACT:
            sheet.write_string(line, position, _exact_text(value, kind, exponent), formats["text"])
        elif kind == "count":
            sheet.write_number(line, position, value, formats["count"])
        else:
            sheet.write_number(line, position, value / 10**exponent, formats["money"])


def _fitting(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"


def _exact_text(value: object, kind: str, exponent: int) -> str:
    return major_units(value, exponent) if kind == "money" and isinstance(value, int) else str(value)
