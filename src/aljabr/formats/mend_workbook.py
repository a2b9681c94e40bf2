"""Writes the workbook in which an office mends what a run set aside: how to, values to mend, unknown codes, corrections so far.

Every cell is text, so that no spreadsheet eats a leading zero or runs a formula; yellow columns are to be filled in, grey ones are
not. The same rows give the same bytes: the dates inside are ``as_of``. The list to choose a correction from is found through the
column ``list`` of the same row, so that it stays right when the rows are sorted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import xlsxwriter
import yaml

from aljabr.formats.corrections import HEADINGS
from aljabr.formats.headers import column_letters

MAX_CELL = 32_767
_BEFORE = (
    "file", "sheet", "line", "letter", "column", "value", "reason", "reason_en", "effect", "suggestion", "correction", "note",
    "earlier",
)  # fmt: skip
_AFTER = ("sha256", "ordinal", "list")
_TYPED = ("correction", "note")
_WIDTHS = {
    "file": 18, "sheet": 12, "line": 8, "letter": 8, "column": 20, "value": 24, "reason": 34, "reason_en": 34, "effect": 20,
    "suggestion": 20, "correction": 24, "note": 20, "earlier": 16, "sha256": 8, "ordinal": 8, "list": 8,
}  # fmt: skip
_CODES = {
    "column": 24, "value": 30, "rows": 10, "suggestion": 24, "code": 24, "correction": 24, "line_for_mapping": 60, "file": 18,
    "sheet": 12, "sha256": 8, "list": 8,
}  # fmt: skip
_CODE_TITLES = {"code": "رمز البرنامج / code", "line_for_mapping": "سطر ملف المطابقة / line for the mapping"}
_GUIDE_WIDTH = 120
Row = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class MendBook:
    """What one workbook holds.

    Parameters
    ----------
    values, applied : sequence of mappings
        Keys of ``HEADINGS`` to text: what is to be mended, and the corrections that were applied.
    originals : sequence of sequences of str
        For each of ``values`` the cells of its row.
    headers : sequence of str
        What the cells of a row are called.
    codes : sequence of mappings
        Keys of ``HEADINGS``, ``code`` and ``line_for_mapping`` to text: spellings that are not known.
    lists : mapping of str to sequence of str
        Name of a list to what may be chosen.
    """

    values: Sequence[Row]
    originals: Sequence[Sequence[str]]
    headers: Sequence[str]
    codes: Sequence[Row] = ()
    applied: Sequence[Row] = ()
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)


@cache
def mend_words() -> dict[str, Any]:
    """Return the fixed words of the workbook."""
    loaded: dict[str, Any] = yaml.safe_load(files("aljabr.formats").joinpath("mend_words.yaml").read_text(encoding="utf-8"))
    return loaded


def write_mend_workbook(path: Path, content: MendBook, *, as_of: date) -> None:
    """Write one workbook for mending; overwritten when it exists."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC), "author": "", "title": "Mend"})
        writer = _Writer(book)
        writer.guide()
        columns = [*_BEFORE, *(f"\0{place}" for place in range(len(content.headers))), *_AFTER]
        titles = [*map(_title, _BEFORE), *content.headers, *map(_title, _AFTER)]
        rows = (
            [*(row.get(name, "") for name in _BEFORE), *cells, *(row.get(name, "") for name in _AFTER)]
            for row, cells in zip(content.values, content.originals, strict=True)
        )
        writer.table("values", columns, titles, rows, rows_in_all=len(content.values))
        writer.codes(content.codes)
        if content.applied:
            columns = [*_BEFORE, *_AFTER]
            rows = ([row.get(name, "") for name in columns] for row in content.applied)
            writer.table("applied", columns, list(map(_title, columns)), rows, rows_in_all=len(content.applied))
        writer.lists(content.lists)


def _title(name: str) -> str:
    return " / ".join(HEADINGS[name])


class _Writer:
    """Writes the sheets of one workbook in their order."""

    def __init__(self, book: Any) -> None:
        self._book = book
        grey = {"num_format": "@", "bg_color": "#EDEDED", "font_color": "#404040"}
        yellow = {"num_format": "@", "bg_color": "#FFF2B3", "border": 1, "border_color": "#C9A800"}
        self._plain = book.add_format({"num_format": "@"})
        self._given = book.add_format(grey)
        self._typed = book.add_format(yellow)
        self._guarded = book.add_format({**grey, "quote_prefix": True})
        self._heading = book.add_format({"num_format": "@", "bold": True, "bg_color": "#404040", "font_color": "#FFFFFF"})
        self._typed_heading = book.add_format({"num_format": "@", "bold": True, "bg_color": "#C9A800", "font_color": "#000000"})
        self._wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def guide(self) -> None:
        """Write how the workbook is used, in every language."""
        sheet = self._sheet("guide")
        sheet.set_column(0, 0, _GUIDE_WIDTH)
        line = 0
        for lines in mend_words()["guide"].values():
            for text in lines:
                sheet.write_string(line, 0, text, self._wrapped)
                line += 1
            line += 1

    def table(
        self,
        name: str,
        columns: Sequence[str],
        titles: Sequence[str],
        rows: Iterable[Sequence[str]],
        *,
        rows_in_all: int,
        widths: Mapping[str, int] = _WIDTHS,
    ) -> None:
        """Write rows with columns to type into; the heading stays in sight."""
        sheet = self._sheet(name)
        sheet.freeze_panes(1, 0)
        typed = {place for place, column in enumerate(columns) if column in _TYPED}
        for place, column in enumerate(columns):
            sheet.set_column(place, place, widths.get(column, 18), self._typed if place in typed else self._given)
        sheet.autofilter(0, 0, max(rows_in_all, 1), len(columns) - 1)
        if rows_in_all:
            self._choices(sheet, columns, rows_in_all)
        for place, title in enumerate(titles):
            sheet.write_string(0, place, _cut(title), self._typed_heading if place in typed else self._heading)
        for line, row in enumerate(rows, start=1):
            for place, text in enumerate(row):
                if place in typed:
                    sheet.write_string(line, place, _cut(text), self._typed) if text else sheet.write_blank(
                        line, place, None, self._typed
                    )
                elif text:
                    sheet.write_string(line, place, _cut(text), self._guarded if text[0] in "=+-@" else self._given)

    def codes(self, rows: Sequence[Row]) -> None:
        """Write the spellings that the mapping does not know; what is typed here is read in every row that has one."""
        titles = [_CODE_TITLES.get(name) or _title(name) for name in _CODES]
        cells = ([row.get(name, "") for name in _CODES] for row in rows)
        self.table("codes", list(_CODES), titles, cells, rows_in_all=len(rows), widths=_CODES)

    def lists(self, lists: Mapping[str, Sequence[str]]) -> None:
        """Write what may be chosen, one list a column, on a hidden sheet, and name each range."""
        sheet = self._sheet("lists")
        sheet.hide()
        for place, (name, choices) in enumerate(lists.items()):
            column = column_letters(place)
            self._book.define_name(name, f"=lists!${column}$1:${column}${max(len(choices), 1)}")
        for line in range(max(map(len, lists.values()), default=0)):
            for place, choices in enumerate(lists.values()):
                if line < len(choices):
                    sheet.write_string(line, place, _cut(choices[line]), self._plain)

    def _choices(self, sheet: Any, columns: Sequence[str], rows: int) -> None:
        place = columns.index("correction")
        source = f"=INDIRECT(${column_letters(columns.index('list'))}2)"
        rule = {"validate": "list", "source": source, "show_error": False, "ignore_blank": True}
        sheet.data_validation(1, place, rows, place, rule)

    def _sheet(self, name: str) -> Any:
        sheet = self._book.add_worksheet(mend_words()["sheets"][name])
        sheet.right_to_left()
        return sheet


def _cut(text: str) -> str:
    return text if len(text) <= MAX_CELL else text[: MAX_CELL - 1] + "…"
