"""Writes the rows of a source to its file, one at a time: Excel with constant memory, CSV, JSON lines.

The same cells give the same bytes: workbooks carry the sample's date, never today's. Line faults (see ``faults``) are done here,
where the finished line is seen.
"""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import xlsxwriter

from aljabr.samples.sources import Cell, Cells, Layout

_MIDNIGHT = datetime.min.time()


class RowWriter:
    """Writes one source's rows; ``rows`` is how many were written, broken ones among them."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.rows = 0

    def write(self, cells: Cells, fault: str = "") -> None:
        """Write the next row, spoilt in the way ``fault`` names when that is a fault of the line."""
        self.rows += 1
        self._put(cells, fault)

    def _put(self, cells: Cells, fault: str) -> None:
        raise NotImplementedError

    def _close(self) -> None:
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._close()


class WorkbookWriter(RowWriter):
    """A workbook with one sheet; whole numbers and dates are cells of their type."""

    def __init__(self, layout: Layout, path: Path, as_of: date) -> None:
        super().__init__(layout)
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).replace(tzinfo=None)})
        self._sheet = self._book.add_worksheet("السجل")
        self._sheet.right_to_left()
        self._day = self._book.add_format({"num_format": "dd/mm/yyyy"})
        for column, header in enumerate(layout.columns.values()):
            self._sheet.write_string(0, column, header)

    def _put(self, cells: Cells, fault: str) -> None:
        for column, key in enumerate(self.layout.columns):
            value = cells.get(key)
            if isinstance(value, str):
                if value:
                    self._sheet.write_string(self.rows, column, value)
            elif isinstance(value, date):
                self._sheet.write_datetime(self.rows, column, datetime.combine(value, _MIDNIGHT), self._day)
            elif isinstance(value, int):
                self._sheet.write_number(self.rows, column, value)

    def _close(self) -> None:
        self._book.close()


class DelimitedWriter(RowWriter):
    """A CSV file with the line ends of Windows."""

    def __init__(self, layout: Layout, path: Path) -> None:
        super().__init__(layout)
        self._stream = path.open("w", encoding=layout.encoding, newline="")
        self._csv = csv.writer(self._stream, delimiter=layout.delimiter, lineterminator="\r\n")
        self._csv.writerow(layout.columns.values())

    def _put(self, cells: Cells, fault: str) -> None:
        values = [_text(cells.get(key)) for key in self.layout.columns]
        if not fault.startswith("row."):
            self._csv.writerow(values)
            return
        match fault:
            case "row.short":
                values = values[: len(values) // 2]
            case "row.long":
                values = [*values, "", "عمود زائد", "x"]
            case "row.nul":
                values[-1] = f"{values[-1]}\0"
        line = self._line(values)
        if fault == "row.quote":
            line = line.replace(self.layout.delimiter, self.layout.delimiter + '"', 1)
        self._stream.write(line)

    def _close(self) -> None:
        self._stream.close()

    def _line(self, values: list[str]) -> str:
        plain = [value.replace('"', "").replace("\n", " ") for value in values]
        line = io.StringIO()
        csv.writer(line, delimiter=self.layout.delimiter, lineterminator="\r\n").writerow(plain)
        return line.getvalue()


class JsonLinesWriter(RowWriter):
    """One JSON object a line; keys without a value are left out."""

    def __init__(self, layout: Layout, path: Path) -> None:
        super().__init__(layout)
        self._stream = path.open("w", encoding="utf-8", newline="\n")

    def _put(self, cells: Cells, fault: str) -> None:
        row: dict[str, Any] = {
            header: cells[key] for key, header in self.layout.columns.items() if cells.get(key) not in (None, "")
        }
        if fault == "row.nested":
            row["documents"] = [{"kind": "title_deed", "pages": [1, 2]}]
        line = json.dumps(row, ensure_ascii=False)
        if fault == "row.not_json":
            line = line[: len(line) // 2]
        elif fault == "row.twice":
            line = f'{line[:-1]}, "full_name": "x"}}'
        self._stream.write(line + "\n")

    def _close(self) -> None:
        self._stream.close()


def open_writer(layout: Layout, folder: Path, as_of: date) -> RowWriter:
    """Return the writer for a source's file in ``folder``."""
    path = folder / layout.file
    if layout.kind == "xlsx":
        return WorkbookWriter(layout, path, as_of)
    return DelimitedWriter(layout, path) if layout.kind == "csv" else JsonLinesWriter(layout, path)


def _text(value: Cell) -> str:
    return "" if value is None else str(value)
