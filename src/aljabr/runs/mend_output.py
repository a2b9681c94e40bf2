"""Writes ``private/mend``: for every source with refused or doubtful values, workbooks to mend them, codes to paste.

Order: the issues of a source, one row for every cell; beside each the whole row as it stands in the file and the nearest known
code; the spellings the mapping does not know, with how often they occur; the corrections that were applied, so that the newest
workbook alone says all. Files hold at most ``MAX_ROWS`` rows. What stands in them is as private as the sources.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from aljabr.formats import Source
from aljabr.formats.batches import BadRow
from aljabr.formats.mend_workbook import MendBook, mend_words, write_mend_workbook
from aljabr.programmes.records import Mapping as SourceMapping
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report.wording import say, words
from aljabr.runs.intake_values import Taken, taken_columns
from aljabr.runs.mending import WHOLE_ROW, Mending
from aljabr.runs.suggestions import CodeList, code_list

MAX_ROWS = 50_000
_ISSUES = """
SELECT row, min(line), column_name, coalesce(min(value), ''), list(DISTINCT code || ':' || reason ORDER BY code || ':' || reason),
       max(severity)
FROM issues WHERE source = ? AND code <> 'row.dropped' AND severity <> 'note' GROUP BY row, column_name ORDER BY row, column_name
"""
_UNSAFE = re.compile(r"[^\w .()\-]")
_LONGEST_NAME = 60


def write_mend_books(db: Database, programme: Programme, mending: Mending, folder: Path, *, as_of: date) -> None:
    """Write the workbooks of every source with issues, and ``NAME.codes.yaml`` where codes are not known.

    Parameters
    ----------
    db : Database
        Holds ``issues``.
    programme : Programme
    mending : Mending
        Which kept the rows of the sources, and applied the corrections.
    folder : Path
        Made when there is something to write.
    as_of : date
        The date inside the workbooks.
    """
    used: set[str] = set()
    for source, mapping in mending.pairs:
        name = _file_name(source.name, used)
        desk = _Desk(programme, source, mapping, mending)
        entries = desk.entries(db)
        applied = desk.applied({(entry.row, entry.position) for entry in entries})
        if not entries and not applied:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        codes = desk.codes(entries)
        if codes:
            (folder / f"{name}.codes.yaml").write_text(desk.snippet(codes), encoding="utf-8")
        parts = [entries[start : start + MAX_ROWS] for start in range(0, len(entries), MAX_ROWS)] or [[]]
        for number, part in enumerate(parts, start=1):
            first = number == 1
            book = MendBook(
                values=[entry.cells for entry in part],
                originals=[entry.original for entry in part],
                headers=[f"{source.cell(place)} · {header}" for place, header in enumerate(source.headers)],
                codes=[desk.code_row(code) for code in codes] if first else (),
                applied=applied if first else (),
                lists=desk.lists,
            )
            suffix = f".mend-{number}.xlsx" if len(parts) > 1 else ".mend.xlsx"
            write_mend_workbook(folder / f"{name}{suffix}", book, as_of=as_of)


@dataclass(frozen=True, kw_only=True)
class _Entry:
    """One cell, or one whole row, to mend."""

    row: int
    position: int
    value: str
    unknown: bool
    cells: Mapping[str, str]
    original: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class _UnknownCode:
    """One spelling that the mapping does not know: how many rows have it, the nearest answer and its code, the line to paste."""

    position: int
    listed: str
    spelling: str
    rows: int
    answer: str
    code: str
    line: str


class _Desk:
    """Everything about one source that its workbook needs."""

    def __init__(self, programme: Programme, source: Source, mapping: SourceMapping, mending: Mending) -> None:
        self._source, self._mapping, self._mending = source, mapping, mending
        taken = [one for one in taken_columns(programme, source, mapping) if one.position is not None and one.position >= 0]
        self._taken: dict[int, Taken] = {one.position: one for one in taken if one.position is not None}
        self._codes: dict[int, CodeList] = {}
        self._list_of: dict[int, str] = {}
        self.lists: dict[str, Sequence[str]] = {}
        for position, one in sorted(self._taken.items()):
            found = code_list(programme, one.field, codes=mapping.codes.get(one.field.codes) or {}, allowed=one.allowed)
            if found:
                self._codes[position] = found
            choices = found.choices() if found else mend_words()["choices"].get(one.field.as_, [])
            if choices:
                self._list_of[position] = f"mend_list_{position + 1}"
                self.lists[self._list_of[position]] = choices

    def entries(self, db: Database) -> list[_Entry]:
        """Return one entry for each cell with issues, in the order of the file."""
        found = db.rows(_ISSUES, [self._source.name])
        originals = self._mending.originals(self._source, {row for row, *_ in found})
        return [self._entry(*issue, original=originals[issue[0]]) for issue in found]

    def applied(self, shown: set[tuple[int, int]]) -> list[dict[str, str]]:
        """Return the corrections of this run that no entry shows, as rows that say the same again."""
        corrections = self._mending.applied[self._source.name]
        wanted = {place: one for place, one in corrections.items() if one.drop or place not in shown}
        originals = self._mending.originals(self._source, {row for row, _ in wanted}) if wanted else {}
        rows = []
        for (row, position), correction in sorted(wanted.items()):
            original = originals[row]
            value = original.original if isinstance(original, BadRow) else "" if position == WHOLE_ROW else original[position]
            cells = self._place(row, correction.line, position) | {"value": value, "correction": correction.says()}
            rows.append(cells | {"note": correction.note})
        return rows

    def codes(self, entries: Sequence[_Entry]) -> list[_UnknownCode]:
        """Return the spellings that the mapping does not know, most frequent first within each column."""
        counts: dict[int, Counter[str]] = defaultdict(Counter)
        for entry in entries:
            if entry.unknown and entry.position in self._codes:
                counts[entry.position].update(self._codes[entry.position].unknown(entry.value))
        return [
            self._unknown_code(position, spelling, rows)
            for position, counted in sorted(counts.items())
            for spelling, rows in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
        ]

    def code_row(self, code: _UnknownCode) -> dict[str, str]:
        """Return a spelling as a row of the sheet of codes."""
        place = self._place(0, None, code.position)
        kept = {name: place[name] for name in ("file", "sheet", "column", "sha256", "list")}
        said = {"value": code.spelling, "rows": str(code.rows), "suggestion": code.answer}
        return kept | said | {"code": code.code, "line_for_mapping": code.line}

    def snippet(self, codes: Sequence[_UnknownCode]) -> str:
        """Return lines to paste into the mapping, under ``codes``."""
        lines = [
            f"# {self._source.name}: what the mapping {self._mapping.key} does not know. A person checks each line, takes",
            "# the # away where the code is right, and moves the lines under codes: of the mapping's file in intake/.",
            "codes:",
        ]
        by_list: dict[str, list[_UnknownCode]] = defaultdict(list)
        for code in codes:
            by_list[code.listed].append(code)
        for listed, inside in by_list.items():
            lines += [f"  {listed}:", *(f"    {code.line}" for code in inside)]
        return "\n".join(lines) + "\n"

    def _unknown_code(self, position: int, spelling: str, rows: int) -> _UnknownCode:
        field, known = self._taken[position].field, self._codes[position]
        answer, code = known.nearest(spelling)
        listed = field.codes or field.to.rpartition(".")[2]
        spelled = json.dumps(spelling, ensure_ascii=False)
        some = ", ".join(sorted({one for one in known.answers.values() if one})[:12])
        said = f"{code}  # near {json.dumps(answer, ensure_ascii=False)}" if code else f"?  # one of: {some}"
        if not field.codes:
            said += f"; give the column {json.dumps(self._source.headers[position], ensure_ascii=False)} codes: {listed}"
        line = f"{'' if known.same(spelling) else '# '}{spelled}: {said}; rows: {rows}"
        return _UnknownCode(position=position, listed=listed, spelling=spelling, rows=rows, answer=answer, code=code, line=line)

    def _entry(
        self, row: int, line: int, column: str, value: str, said: list[str], severity: str, *, original: Sequence[str] | BadRow
    ) -> _Entry:
        bad = isinstance(original, BadRow)
        position = WHOLE_ROW if bad or not column else self._source.position(column)
        correction = self._mending.applied[self._source.name].get((row, position))
        cells = [] if isinstance(original, BadRow) else list(original)
        if isinstance(original, BadRow):
            value = correction.text if correction else original.original
        elif position >= 0:
            value = correction.text if correction else cells[position]
        known = self._codes.get(position)
        reasons = [one.split(":", 1) for one in said]
        unknown = any(code == "value.unknown" for code, _ in reasons)
        shown = self._place(row, line, position) | {
            "value": value,
            "reason": "؛ ".join(dict.fromkeys(_arabic(code, reason) for code, reason in reasons)),
            "reason_en": " ".join(dict.fromkeys(reason for _, reason in reasons)),
            "effect": mend_words()["effects"][severity],
            "suggestion": known.mended(value) if known and unknown else "",
            "earlier": correction.says() if correction else "",
        }
        if position < 0 and column and not bad:
            shown["column"] = column
        padded = [*cells, *[""] * (len(self._source.headers) - len(cells))]
        return _Entry(row=row, position=position, value=value, unknown=unknown, cells=shown, original=padded)

    def _place(self, row: int, line: int | None, position: int) -> dict[str, str]:
        named = position >= 0
        return {
            "file": self._source.path.name,
            "sheet": self._source.sheet_name(),
            "line": "" if line is None else str(line),
            "letter": self._source.cell(position) if named else "",
            "column": self._source.headers[position] if named else "",
            "sha256": self._source.sha256,
            "ordinal": str(row),
            "list": self._list_of.get(position, ""),
        }


def _arabic(code: str, reason: str) -> str:
    return say(f"issue_{code}", "ar") if f"issue_{code}" in words() else reason


def _file_name(source: str, used: set[str]) -> str:
    """Return a name that every file system takes, one for each source."""
    plain = _UNSAFE.sub("_", source.replace("#", " ")).strip(" .")[:_LONGEST_NAME] or "source"
    name, number = plain, 1
    while name in used:
        number += 1
        name = f"{plain} {number}"
    used.add(name)
    return name
