"""Reads CSV: sniffs the delimiter, then yields every row as text or as refused with its reason; no row swallows another.

A quoted field may go on over several lines only when the record then has exactly the header's columns and no line inside it looks
like a row of its own. Otherwise the first line alone is refused and reading goes on with the next physical line: a forgotten
quotation mark costs one row, never two thousand. Lines without any character are not rows.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats.batches import BadRow, GoodRow, joined, shown, whole
from aljabr.formats.headers import check_headers
from aljabr.formats.lines import PhysicalLines, RecordTooLong
from aljabr.formats.survey import Survey, error_handler, stray

DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar", "؛": "Arabic semicolon", "،": "Arabic comma"}
_SNIFFED_RECORDS = 50
# Excel takes the separator from such a first line, a tab too; saved again, the line may be quoted or padded with separators.
_STATED = re.compile(r"\s*\"?sep=(.)\"?\1*[\r\n]*$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Dialect:
    """How the cells of a text file are told apart; ``skipped`` counts lines before the header (Excel's ``sep=;``, a title),
    ``fixed`` is True when the delimiter was stated and not sniffed.
    """

    delimiter: str
    newline: str
    skipped: int = 0
    fixed: bool = False

    def said(self) -> str:
        """Return the dialect in words for a manifest."""
        return f"delimiter {DELIMITERS.get(self.delimiter, self.delimiter)}, quote double, lines {self.newline}"


def sniff(path: Path, found: Survey, *, delimiter: str = "", skipped: int = 0) -> Dialect:
    """Return the dialect under which the first records agree best on a number of columns.

    Parameters
    ----------
    delimiter : str
        Fixes the delimiter instead of sniffing it.
    skipped : int
        Lines above the header.

    Raises
    ------
    MappingBroken
        When the fixed delimiter is not one character.
    """
    if len(delimiter) > 1 or delimiter in ('"', "\n", "\r"):
        raise MappingBroken(f"The delimiter {delimiter!r} is not one character.", 'Use , ; | or "\\t".')
    with _opened(path, found) as stream:
        sample = [line for line in (stream.readline(10_000) for _ in range(skipped + _SNIFFED_RECORDS)) if line][skipped:] or [""]
    newline = "CRLF" if sample[0].endswith("\r\n") else "CR" if sample[0].endswith("\r") else "LF"
    sample[0] = sample[0].removeprefix("\ufeff")
    if not skipped and (stated := _STATED.match(sample[0])):
        return Dialect(delimiter=delimiter or stated[1], newline=newline, skipped=1, fixed=True)
    chosen = delimiter or max(DELIMITERS, key=lambda candidate: _agreement(sample, candidate))
    return Dialect(delimiter=chosen, newline=newline, skipped=skipped, fixed=bool(delimiter))


def first_lines(path: Path, found: Survey, count: int) -> list[str]:
    """Return the first physical lines of the file, with their ends."""
    with _opened(path, found) as stream:
        lines = [line for line in (stream.readline(10_000) for _ in range(count)) if line]
    return [lines[0].removeprefix("\ufeff"), *lines[1:]] if lines else []


def cells_of(line: str, dialect: Dialect) -> list[str]:
    """Return the cells of a line, under the delimiter that makes most of them; none when it cannot be read alone."""
    try:
        tried = [dialect.delimiter] if dialect.fixed else DELIMITERS
        return max((next(csv.reader([line], delimiter=delimiter, strict=True), []) for delimiter in tried), key=len)
    except csv.Error:
        return []


def read_header(path: Path, found: Survey, dialect: Dialect) -> tuple[str, ...]:
    """Return the header of a CSV file.

    Raises
    ------
    SourceBroken
        When it cannot be read, names a column twice or holds too many columns.
    """
    with _opened(path, found) as stream:
        return check_headers(_header_cells(PhysicalLines(stream), dialect, path.name), path.name)


def read_rows(path: Path, found: Survey, dialect: Dialect, *, columns: int) -> Iterator[GoodRow | BadRow]:
    """Yield every row after the header in the order of the file; ``columns`` is how many of the header's have a name."""
    with _opened(path, found) as stream:
        lines = PhysicalLines(stream)
        width = max(len(_header_cells(lines, dialect, path.name)), columns)
        shape = _Shape(delimiter=dialect.delimiter, columns=columns, width=width)
        row = 0
        for line, cells in _records(lines, shape):
            if cells == []:
                continue
            row += 1
            if isinstance(cells, _Refused):
                yield cells.at(row, line)
            else:
                problem = shape.problem(cells) or (found.damaged and _stray_cell(cells, found.encoding, dialect.delimiter))
                yield problem.at(row, line) if problem else GoodRow(row=row, line=line, cells=cells[: shape.columns])


def read_line(text: str, *, row: int, line: int, delimiter: str, columns: int, cut: bool) -> GoodRow | BadRow:
    """Read one row typed by a person in place of one that could not be read: cells told apart as in the file."""
    shape = _Shape(delimiter=delimiter, columns=columns, width=columns)
    try:
        records = [cells for cells in csv.reader([text], delimiter=delimiter, strict=True) if cells]
    except csv.Error as error:
        return _Refused(code="row.quote", reason=_reason(error), text=text).at(row, line)
    cells = records[0] if records else []
    if cut or not any(cells[columns:]):
        del cells[columns:]
    problem = shape.problem(cells)
    return problem.at(row, line) if problem else GoodRow(row=row, line=line, cells=cells)


@dataclass(frozen=True, kw_only=True)
class _Refused:
    code: str
    reason: str
    text: str
    original: str = ""

    def at(self, row: int, line: int) -> BadRow:
        original = whole(self.original or self.text)
        return BadRow(row=row, line=line, code=self.code, reason=self.reason, text=shown(self.text), original=original)


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """What a row must look like: ``width`` cells, of which those after ``columns`` have no name and must be empty."""

    delimiter: str
    columns: int
    width: int

    def problem(self, cells: list[str]) -> _Refused | None:
        """Return why these cells do not fit the header; None when they do."""
        count = len(cells)
        if count == self.width and (count == self.columns or not any(cells[self.columns :])):
            return None if any(cells) else _Refused(code="row.blank", reason="No cell of the row holds a value.", text="")
        code, reason = "row.unnamed", "A value stands in a column without a name."
        if count != self.width:
            code = "row.short" if count < self.width else "row.long"
            reason = f"The row has {count} cells, the header {self.columns}."
        return _Refused(code=code, reason=reason, text=self.delimiter.join(cells), original=joined(cells, self.delimiter))

    def swallows(self, cells: list[str]) -> bool:
        """Whether a record over several lines has the wrong length, or holds a line that looks like a row of its own."""
        if len(cells) != self.width:
            return True
        inner = (line for cell in cells for line in cell.splitlines()[1:])
        return self.width > 2 and any(line.count(self.delimiter) >= self.width - 1 for line in inner)


def _records(lines: PhysicalLines, shape: _Shape) -> Iterator[tuple[int, list[str] | _Refused]]:
    delimiter, taken = shape.delimiter, lines.taken
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.line + 1
        refused = ""
        try:
            cells = next(reader)
        except StopIteration:
            return
        except RecordTooLong:
            refused = "A quotation mark is opened here and not closed."
        except csv.Error as error:
            refused = _reason(error)
        if lines.overlong and lines.cut():
            refused = "The line is longer than a reader accepts."
        elif not refused and len(taken) > 1 and shape.swallows(cells):
            refused = "A quotation mark opened here runs on into the lines that follow."
        if refused:
            code = "row.too_long" if "longer" in refused else "row.quote"
            yield start, _Refused(code=code, reason=refused, text=lines.refuse_first())
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
        else:
            lines.accept()
            yield start, cells


def _reason(error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"A field is longer than {csv.field_size_limit():,} characters."
    if "end of data" in str(error):
        return "A quotation mark is opened here and not closed."
    return "A quotation mark stands inside a quoted field."


def _stray_cell(cells: list[str], encoding: str, delimiter: str) -> _Refused | None:
    for cell in cells:
        if code := stray(cell, encoding):
            reason = "The line holds a NUL character." if code == "row.nul" else f"Bytes of the line are not text in {encoding}."
            return _Refused(code=code, reason=reason, text=cell, original=joined(cells, delimiter))
    return None


def _header_cells(lines: PhysicalLines, dialect: Dialect, name: str) -> list[str]:
    for _ in range(dialect.skipped):
        next(lines)
        lines.accept()
    unbounded = csv.reader(lines, delimiter=dialect.delimiter, strict=True)
    try:
        cells = next(record for record in unbounded if any(cell.strip() for cell in record))
    except StopIteration:
        raise SourceBroken(f"{name} has no header.", "Export it again with the column names in its first line.") from None
    except (csv.Error, RecordTooLong) as error:
        raise SourceBroken(f"The header of {name} cannot be read: {error}.", "Mend its first line.") from error
    if lines.cut():
        raise SourceBroken(f"The header of {name} is longer than a reader accepts.", "Check that this is a table.")
    lines.accept()
    return cells


def _opened(path: Path, found: Survey) -> TextIO:
    return path.open(encoding=found.encoding, errors=error_handler(found.encoding), newline="")


def _agreement(sample: list[str], delimiter: str) -> tuple[bool, float]:
    counts: list[int] = []
    try:
        counts.extend(len(cells) for cells in csv.reader(sample, delimiter=delimiter) if cells)
    except csv.Error:
        return False, 0.0
    header = counts[0] if counts else 0
    return header > 1, header * Counter(counts)[header] / max(len(counts), 1)
