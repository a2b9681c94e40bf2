"""Writes the draft of a mapping for a file that no mapping knows; a person finishes it.

Order: the file is read as text; every column is guessed; what is taken becomes a line with its evidence as a comment, what is not
becomes ``ignore`` with what it looks like; spellings of codes get the code they are known or nearest by. What a person must still
settle is listed first, as OPEN. The draft loads as it stands when nothing is open.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.errors import MappingBroken
from aljabr.formats import choose_mapping
from aljabr.formats.undescribed import open_undescribed
from aljabr.programmes import load_programme
from aljabr.programmes.records import Field_, Programme
from aljabr.runs.column_guesses import SURE, Guess, ambiguous_order, columns_of, guess_columns, spellings
from aljabr.runs.intake_values import CORE_REQUIRED
from aljabr.runs.tables import whole_rows_of

_NEEDED = {
    "item.harm": "no column says what the harm is: map one, or state one harm for all rows under constants",
    "claimant.full_name": "no column was found for the claimant's name",
    "filed_on": "no column was found for the day of filing; deadlines cannot be judged without it",
    "item.incident_on": "no column was found for the day of the incident",
}
_REQUIRED = frozenset({"reference", "filed_on", "item.incident_on", *CORE_REQUIRED})
_MOSTLY_FILLED = 0.95
_SHOWN_CODES = 60
_LONGEST_SPELLING = 60
_SORANI = re.compile("[ێۆڕڵە]")
_ARABIC = re.compile(r"[\u0620-\u064a]")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NOT_KEY = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, kw_only=True)
class MappingDraft:
    """The draft as text, what is open in it, and the guess for every column; ``fitting`` names a mapping that fits already."""

    text: str
    open_points: tuple[str, ...]
    guesses: tuple[Guess, ...]
    fitting: str

    def to_dict(self) -> dict[str, Any]:
        """Return the draft for machines."""
        columns = [
            {
                "column": guess.column.name,
                "to": guess.taken.to if guess.taken else None,
                "as": guess.taken.as_ if guess.taken else None,
                "sureness": guess.sureness,
                "why": guess.why,
            }
            for guess in self.guesses
        ]
        return {"fits_already": self.fitting or None, "open": list(self.open_points), "columns": columns, "mapping": self.text}

    def lines(self) -> list[str]:
        """Return the draft for people."""
        return self.text.splitlines()


def suggest_mapping(path: Path, programme: str, *, sheet: str = "") -> MappingDraft:
    """Draft a mapping for a file.

    Parameters
    ----------
    path : Path
        CSV, XLSX or JSON lines.
    programme : str
        A shipped programme's name or a folder: its harms, facts, codes and mappings are what columns are compared with.
    sheet : str
        Of a workbook; its first sheet with a table when empty.

    Raises
    ------
    UsageError, SourceBroken
        When there is no such file or programme, or the file has no whole row.
    """
    law = load_programme(programme)
    opened = open_undescribed(path, sheet)
    source, others = opened.source, opened.others
    table, _ = whole_rows_of(source)
    guesses = tuple(guess_columns(law, columns_of(table)))
    points: list[str] = [f"the sheet {other!r} holds a table too: draft its mapping with --sheet {other!r}" for other in others]
    body = [*_columns(guesses, points), *_ignored(guesses, points), *_codes(guesses, points), *_constants(guesses, points)]
    fitting = _fitting(law, source.headers, source.kind)
    head = [
        f"# Draft of a mapping for {path.name}, made from its header and values against {law.key}. Check every line.",
        "# A mapping is published with the programme: leave nobody's name in it.",
        *([f"# The mapping {fitting} of the programme fits this file already: with both, no run can choose."] if fitting else []),
        *(f"# OPEN: {point}" for point in points),
        f"key: {_key(path, law, opened.sheet if others else 0)}",
        f"kind: {source.kind}",
        *([f"sheet: {_quoted(source.sheet_name())}"] if others else []),
        *(f"# Above the header on line {source.header_line}: {_one_line(line)}" for line in source.passed_over),
    ]
    text = "\n".join([*head, *body]) + "\n"
    return MappingDraft(text=text, open_points=tuple(points), guesses=guesses, fitting=fitting)


def _columns(guesses: Sequence[Guess], points: list[str]) -> list[str]:
    lines = ["columns:"]
    for guess in guesses:
        if guess.taken is None:
            continue
        unsure = guess.sureness < SURE * 0.8
        lines.append(
            f"  {_quoted(guess.column.name)}: {{{_said(guess)}}}  # {'NOT SURE: ' if unsure else ''}{_one_line(guess.why)}"
        )
        if unsure:
            points.append(f"column {guess.column.name!r} is taken for {guess.taken.to}, which is not sure")
        if guess.taken.as_ == "date" and guess.taken.calendar == "gregorian" and ambiguous_order(guess.column, guess.taken):
            points.append(f"column {guess.column.name!r}: no date tells the day from the month; order is {guess.taken.order}")
    taken = {guess.taken.to for guess in guesses if guess.taken}
    points += [point for target, point in _NEEDED.items() if target not in taken]
    return lines if len(lines) > 1 else ["columns: {}"]


def _said(guess: Guess) -> str:
    taken, column = guess.taken, guess.column
    assert taken is not None
    parts = [f"to: {taken.to}", f"as: {taken.as_}"]
    if guess.codes is not None and taken.as_ in {"code", "codes", "place"}:
        parts.append(f"codes: {_list_name(taken)}")
    if taken.as_ == "date" and (taken.order != "dmy" or taken.calendar != "gregorian"):
        parts.append(f"order: {taken.order}" if taken.calendar == "gregorian" else "calendar: hijri")
    if taken.as_ == "codes":
        parts.append(f"separator: {_quoted(taken.separator)}")
    if taken.to in CORE_REQUIRED or (taken.to in _REQUIRED and column.filled() >= _MOSTLY_FILLED * column.rows):
        parts.append("required: true")
    return ", ".join(parts)


def _ignored(guesses: Sequence[Guess], points: list[str]) -> list[str]:
    ignored = [guess for guess in guesses if guess.taken is None]
    points += [f"column {guess.column.name!r} is ignored: {guess.why}" for guess in ignored if guess.column.values]
    return (
        ["ignore:", *(f"  {_quoted(guess.column.name)}: {_quoted(_one_line(guess.why))}" for guess in ignored)] if ignored else []
    )


def _codes(guesses: Sequence[Guess], points: list[str]) -> list[str]:
    lines: list[str] = []
    written: set[str] = set()
    for guess in guesses:
        if guess.taken is None or guess.codes is None or guess.taken.as_ not in {"code", "codes", "place"}:
            continue
        name = _list_name(guess.taken)
        if name in written:
            continue
        written.add(name)
        same = [one for one in guesses if one.taken and one.codes and _list_name(one.taken) == name]
        lines += [f"  {name}:", *_code_lines(same, points)]
    return ["codes:", *lines] if lines else []


def _code_lines(guesses: Sequence[Guess], points: list[str]) -> list[str]:
    lines, unknown, folded = [], 0, set()
    codes = guesses[0].codes
    assert codes is not None
    counted: dict[str, int] = {}
    for guess in guesses:
        for spelling, rows in spellings(codes, guess.column.values).items():
            counted[spelling] = counted.get(spelling, 0) + rows
    for spelling, rows in sorted(counted.items(), key=lambda pair: (-pair[1], pair[0])):
        answer, code = codes.nearest(spelling)
        known = codes.same(spelling) or not codes.unknown(spelling)
        if known and code:
            key = spelling.casefold()
            lines += [] if key in folded else [f"    {_quoted(spelling)}: {_plain(code)}  # rows: {rows}"]
            folded.add(key)
        elif unknown < _SHOWN_CODES and len(spelling) <= _LONGEST_SPELLING:
            unknown += 1
            meant = f"{_plain(code)}  # NOT SURE, near {_quoted(answer)}; rows: {rows}" if code else f"?  # rows: {rows}"
            lines.append(f"    # {_quoted(spelling)}: {meant}")
        else:
            unknown += 1
    if unknown:
        name = _list_name(guesses[0].taken) if guesses[0].taken else ""
        lines.insert(0, f"    # The programme's codes: {', '.join(sorted({code for code in codes.answers.values() if code}))}")
        points.append(f"codes, {name}: {unknown} spellings need a code; rows with them are set aside or doubted until then")
    if not folded:
        code = next(filter(None, codes.answers.values()))
        lines.append(
            f"    {_quoted(code)}: {_plain(code)}  # a list must not be empty; take it away when the first spelling stands above"
        )
    return lines


def _constants(guesses: Sequence[Guess], points: list[str]) -> list[str]:
    taken = {guess.taken.to for guess in guesses if guess.taken}
    lines = []
    if "language" not in taken:
        headers = " ".join(guess.column.name for guess in guesses)
        language = "ckb" if _SORANI.search(headers) else "ar" if _ARABIC.search(headers) else "en"
        lines.append(
            f"  language: {language}  # NOT SURE: by the script of the header; the language of letters: ar, ckb, kmr or en"
        )
    if "item.harm" not in taken:
        lines.append("  # item.harm: ?  # OPEN: one harm for all rows, if it is so")
    return ["constants:", *lines] if lines else []


def _list_name(taken: Field_) -> str:
    if taken.to == "exhibits":
        return "evidence"
    name = taken.to.rpartition(".")[2]
    return "district" if name == "place" else name


def _fitting(programme: Programme, headers: Sequence[str], kind: str) -> str:
    try:
        return choose_mapping(headers, programme.mappings, kind=kind).key
    except MappingBroken:
        return ""


def _key(path: Path, programme: Programme, sheet: int) -> str:
    key = _NOT_KEY.sub("_", path.stem.casefold()).strip("_") or "office"
    key = key if key[0].isalpha() else f"office_{key}"
    key = f"{key}_sheet_{sheet}" if sheet else key
    used = {mapping.key for mapping in programme.mappings}
    return key if key not in used else f"{key}_2"


def _plain(code: str) -> str:
    """Return a code as YAML takes it for text."""
    return code if _PLAIN.fullmatch(code) and code not in {"true", "false", "null"} else _quoted(code)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
