"""Reads JSON lines: one flat object a line, or one level nested, as text under dotted names.

Numbers keep the text they were written with. Lists of plain values are joined with ``;``. Lines without any character are not rows.
A line that is no such object, or that names one key twice, is refused alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, NoReturn

from aljabr.errors import SourceBroken
from aljabr.formats.batches import BadRow, GoodRow, shown, whole
from aljabr.formats.headers import check_headers, tidy_header
from aljabr.formats.lines import PhysicalLines
from aljabr.formats.survey import Survey, error_handler, stray

MAX_TEXT = 131_072
LIST_SEPARATOR = ";"
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")


def read_header(path: Path, found: Survey) -> tuple[str, ...]:
    """Return every name used in the file, in the order of first use.

    Raises
    ------
    SourceBroken
        When no line can be read.
    """
    names: dict[str, None] = {}
    for _, _, row in _objects(path, found):
        if not isinstance(row, _Refused):
            names.update(dict.fromkeys(row))
    if not names:
        raise SourceBroken(f"No line of {path.name} is a JSON object.", "Write one object per line.")
    return check_headers(list(names), path.name)


def read_rows(path: Path, found: Survey, headers: tuple[str, ...]) -> Iterator[GoodRow | BadRow]:
    """Yield every line as a row; a name that a line leaves out is empty."""
    for number, line, row in _objects(path, found):
        if isinstance(row, _Refused):
            yield _refused(row, number, line)
        else:
            yield GoodRow(row=number, line=line, cells=[row.get(name, "") for name in headers])


def read_line(text: str, *, row: int, line: int, found: Survey, headers: tuple[str, ...]) -> GoodRow | BadRow:
    """Read one object typed by a person in place of a line that could not be read; it may name no key that the file has not."""
    try:
        values = _flat(text, found)
        unknown = [name for name in values if name not in headers]
        if unknown:
            raise _Refused("row.not_json", f"No other line has the key {shown(unknown[0])!r}.")
    except _Refused as refused:
        refused.text = text
        return _refused(refused, row, line)
    return GoodRow(row=row, line=line, cells=[values.get(name, "") for name in headers])


class _Refused(Exception):
    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code, self.reason, self.text = code, reason, ""


def _refused(bad: _Refused, row: int, line: int) -> BadRow:
    return BadRow(row=row, line=line, code=bad.code, reason=bad.reason, text=shown(bad.text), original=whole(bad.text))


def _objects(path: Path, found: Survey) -> Iterator[tuple[int, int, dict[str, str] | _Refused]]:
    number = 0
    with path.open(encoding=found.encoding, errors=error_handler(found.encoding), newline="") as stream:
        lines = PhysicalLines(stream)
        for text in lines:
            cut = bool(lines.overlong) and lines.cut()
            lines.accept()
            if not text.strip("\ufeff \t\r\n"):
                continue
            number += 1
            try:
                if cut:
                    raise _Refused("row.too_long", "The line is longer than a reader accepts.")
                yield number, lines.line, _flat(text.removeprefix("\ufeff"), found)
            except _Refused as refused:
                refused.text = text
                yield number, lines.line, refused


def _flat(text: str, found: Survey) -> dict[str, str]:
    if found.damaged and (code := stray(text, found.encoding)):
        raise _Refused(code, "The line holds a NUL character." if code == "row.nul" else f"Bytes are not {found.encoding}.")
    try:
        value = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse_constant, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        raise _Refused("row.not_json", f"The line is not JSON: {error}.") from error
    if not isinstance(value, dict):
        raise _Refused("row.not_json", "The line is JSON, but not an object.")
    row: dict[str, str] = {}
    for key, inner in value.items():
        pairs = ((f"{key}.{name}", part) for name, part in inner.items()) if isinstance(inner, dict) else [(key, inner)]
        for given, part in pairs:
            name = _column(given)
            if name in row:
                raise _Refused("row.twice", f"The object names {name!r} twice.")
            row[name] = _plain(part, name)
    return row


def _plain(value: Any, name: str) -> str:
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            raise _Refused("row.too_long", f"The field {name!r} is longer than {MAX_TEXT:,} characters.")
        if _NOT_TEXT.search(value):
            raise _Refused("row.undecodable", f"The field {name!r} holds characters that are not text.")
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(part, str | bool | None) and LIST_SEPARATOR not in str(part) for part in value):
        return LIST_SEPARATOR.join(_plain(part, name) for part in value)
    raise _Refused("row.nested", f"The field {name!r} nests deeper than one level.")


@lru_cache(maxsize=4096)
def _column(key: str) -> str:
    name = tidy_header(key)
    if not name or not name.isprintable():
        raise _Refused("row.not_json", f"The key {shown(key)!r} cannot name a column.")
    return name


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    named = dict(pairs)
    if len(named) != len(pairs):
        raise _Refused("row.twice", "An object names one key twice.")
    return named


def _refuse_constant(text: str) -> NoReturn:
    raise _Refused("row.not_json", f"{text} is not JSON.")
