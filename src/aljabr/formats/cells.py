"""The second look at a sheet's cells: number formats, errors, formulas without a value, hidden rows, which the first reader skips.

Order: styles give the looks worth a visit; a sheet in which none of the marks stands is never parsed; of the others, each row is
asked once, in C, for the cells that matter. The archive was proved harmless before.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from lxml import etree

from aljabr.errors import SourceBroken
from aljabr.formats.number_formats import BUILT_IN, Look, look_of

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_HIDDEN = tuple(f"hidden={quote}{said}{quote}".encode() for quote in "\"'" for said in ("1", "true"))
# A sheet in UTF-16 holds none of them as they stand here, so its first bracket is a mark.
_ALWAYS = (b't="e"', b"t='e'", b"<f>", b"<f ", b"<f/", b":f>", b":f ", *_HIDDEN, b"<\x00")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """What one cell needs: a look, or the text that stands for its lacking value (``#N/A``, ``=A1+B1``)."""

    column: int
    look: Look | None = None
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class SecondLook:
    """The cells of a sheet that need one, by row of the sheet; rows and columns that are hidden (columns as first and last)."""

    cells: Mapping[int, Sequence[Cell]] = field(default_factory=dict)
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True, kw_only=True)
class Styles:
    """The looks of a workbook by style number, the part of each sheet, and whether its formulas were never calculated."""

    looks: Mapping[str, Look]
    parts: Mapping[str, str]
    uncalculated: bool = False

    def marks(self) -> tuple[bytes, ...]:
        """Return the bytes that make a sheet worth a second look."""
        styled = (spelled.encode() for number in self.looks for spelled in (f's="{number}"', f"s='{number}'"))
        bare = (b"<sheetData",) if "0" in self.looks else ()
        return (*_ALWAYS, *styled, *bare)


def read_styles(archive: zipfile.ZipFile) -> Styles:
    """Return what the styles of a workbook show, and which part each sheet is.

    Raises
    ------
    SourceBroken
        When the workbook's own parts are not XML.
    """
    names = set(archive.namelist())
    try:
        book = _workbook_part(archive, names)
        if book not in names:
            return Styles(looks={}, parts={})
        targets = {str(link.get("Id")): link for link in _root(archive, _links_of(book), names)}
        parts = {}
        content = _root(archive, book, names)
        for sheet in content.iter("{*}sheet"):
            link = targets.get(str(sheet.get(_RELATION) or sheet.get(_STRICT) or ""))
            if link is not None:
                parts[str(sheet.get("name"))] = _target(book, str(link.get("Target")))
        styles = [_target(book, str(link.get("Target"))) for link in targets.values() if str(link.get("Type")).endswith("/styles")]
        looks = _looks(_root(archive, styles[0], names)) if styles else {}
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise SourceBroken(f"{archive.filename} is not a readable workbook: {error}.", "Save it again as .xlsx.") from error
    asked = any(entry.get("fullCalcOnLoad") in {"1", "true"} for entry in content.iter("{*}calcPr"))
    return Styles(looks=looks, parts=parts, uncalculated=asked)


def second_look(path: Path, part: str, styles: Styles) -> SecondLook:
    """Return what of a sheet needs one.

    Where nobody has calculated the workbook since a program wrote it, the 0 of a formula is what the program put there and no
    result.

    Raises
    ------
    SourceBroken
        When the part is not XML.
    """
    cells: dict[int, list[Cell]] = {}
    hidden: list[int] = []
    columns: list[tuple[int, int]] = []
    try:
        with zipfile.ZipFile(path) as archive, archive.open(part) as stream:
            line = 0
            for row, wanted in _rows(stream, styles, columns):
                line = int(row.get("r") or line + 1)
                if row.get("hidden") in {"1", "true"}:
                    hidden.append(line)
                found = [cell for element in wanted if (cell := _cell(element, styles))]
                if found:
                    cells[line] = found
    except (etree.XMLSyntaxError, KeyError, ValueError) as error:
        raise SourceBroken(f"{path.name} is not a readable workbook: {error}.", "Save it again as .xlsx.") from error
    return SecondLook(cells=cells, hidden_rows=hidden, hidden_columns=columns)


def _rows(stream: object, styles: Styles, columns: list[tuple[int, int]]) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    styled = "".join(f" or @s='{number}'" for number in styles.looks) + (" or not(@s)" if "0" in styles.looks else "")
    ask: etree.XPath | None = None
    events = etree.iterparse(
        stream, events=("end",), tag=("{*}row", "{*}col"), resolve_entities=False, no_network=True, huge_tree=True
    )
    for _, element in events:
        space, _, name = element.tag[1:].partition("}") if element.tag[0] == "{" else ("", "", element.tag)
        if name == "col":
            if element.get("hidden") in {"1", "true"}:
                columns.append((int(element.get("min", "1")) - 1, int(element.get("max", "1")) - 1))
            continue
        if ask is None:
            prefix = "x:" if space else ""
            lacking = f"{prefix}f and ({prefix}v = '0' or not(string({prefix}v)))"
            wanted = f"{prefix}c[@t='e' or ({lacking}){styled}]"
            ask = etree.XPath(wanted, namespaces={"x": space} if space else None)
        yield element, cast(list[etree._Element], ask(element))
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def _cell(element: etree._Element, styles: Styles) -> Cell | None:
    column, kind = _column(element), element.get("t")
    value, formula = element.find("{*}v"), element.find("{*}f")
    text = value.text or "" if value is not None else ""
    if kind == "e":
        return Cell(column=column, text=text or "#N/A")
    # A formula whose result is an empty text has a value: it is written as t="str".
    if formula is not None and not (text or kind == "inlineStr" or (kind == "str" and value is not None)):
        return Cell(column=column, text=f"={formula.text or ''}")
    if formula is not None and text == "0" and styles.uncalculated:
        return Cell(column=column, text=f"={formula.text or ''}")
    look = styles.looks.get(element.get("s") or "0")
    if look is None or not text or kind not in {None, "n", "d"}:
        return None
    return Cell(column=column, look=look)


def _column(element: etree._Element) -> int:
    """Return the position of a cell, which may leave its address out and stand after the one before."""
    after = 0
    while not element.get("r"):
        before = element.getprevious()
        if before is None:
            return after
        element, after = before, after + 1
    letters = str(element.get("r")).rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1 + after


def _looks(styles: etree._Element) -> dict[str, Look]:
    codes = {int(entry.get("numFmtId", "0")): str(entry.get("formatCode")) for entry in styles.iterfind("{*}numFmts/{*}numFmt")}
    looks = {}
    for number, style in enumerate(styles.iterfind("{*}cellXfs/{*}xf")):
        kind = int(style.get("numFmtId") or 0)
        if look := look_of(codes.get(kind) or BUILT_IN.get(kind, "General")):
            looks[str(number)] = look
    return looks


def _workbook_part(archive: zipfile.ZipFile, names: set[str]) -> str:
    if "_rels/.rels" in names:
        for link in _root(archive, "_rels/.rels", names):
            if str(link.get("Type")).endswith("/officeDocument"):
                return _target("", str(link.get("Target")))
    return "xl/workbook.xml"


def _links_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _target(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(posixpath.dirname(part), target))


def _root(archive: zipfile.ZipFile, part: str, names: set[str]) -> etree._Element:
    if part not in names:
        return etree.Element("none")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
    return etree.fromstring(archive.read(part), parser)
