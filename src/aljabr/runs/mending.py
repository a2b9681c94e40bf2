"""Applies the corrections that people typed to the rows of the sources, before anything is interpreted; identifiers stay.

Order: ``begin`` binds every correction to a source by SHA-256 and sheet; ``batches`` puts them into the cells of a source as it is
read; ``entries`` says what became of them. Two corrections of one cell that differ are an error that names both, unless one of them
says that it replaces the other. What is not used is counted and said. The rows as they were are kept for the next workbooks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from aljabr.errors import UsageError
from aljabr.formats import Source
from aljabr.formats.batches import MAX_ORIGINAL, BadRow, Batch, GoodRow, in_batches, shown
from aljabr.formats.corrections import Correction, read_corrections
from aljabr.names import fold
from aljabr.programmes.records import Mapping as SourceMapping

MAX_KEPT_BYTES = 256 << 20
MAX_SAID = 50
_COMPARED = 1_000
WHOLE_ROW = -1
Pair = tuple[Source, SourceMapping]


@dataclass(kw_only=True)
class Mending:
    """The corrections of one run and what becomes of them; with ``keep``, the rows of the sources as they were.

    Parameters
    ----------
    corrections : sequence of Correction
    digests : mapping of Path to str
        SHA-256 of each file of corrections.
    keep : bool
        Whether ``originals`` will be asked.
    """

    corrections: Sequence[Correction] = ()
    digests: Mapping[Path, str] = field(default_factory=dict)
    keep: bool = False
    pairs: list[Pair] = field(default_factory=list)
    fates: dict[int, str] = field(default_factory=dict)
    applied: dict[str, dict[tuple[int, int], Correction]] = field(default_factory=lambda: defaultdict(dict))
    _bound: dict[str, list[Correction]] = field(default_factory=lambda: defaultdict(list))
    _places: dict[str, dict[tuple[str, int], list[Correction]]] = field(default_factory=dict)
    _everywhere: dict[str, dict[int, dict[str, Correction]]] = field(default_factory=lambda: defaultdict(dict))
    _kept: dict[str, list[Batch] | None] = field(default_factory=dict)

    def begin(self, pairs: Sequence[Pair]) -> None:
        """Bind every correction to one of the sources.

        Raises
        ------
        UsageError
            When a correction is for a source that was not given, or that has changed since; when two contradict one another.
        """
        self.pairs = list(pairs)
        for correction in self.corrections:
            self._bound[_source_of(correction, [source for source, _ in pairs]).name].append(correction)
        for source, mapping in pairs:
            places: dict[tuple[str, int], list[Correction]] = defaultdict(list)
            for correction in self._bound[source.name]:
                if correction.everywhere:
                    self._bind_everywhere(source, mapping, correction)
                else:
                    places[("line", correction.line or 0) if correction.row is None else ("row", correction.row)].append(correction)
            for corrections in places.values():
                _settle(source, corrections)
            self._places[source.name] = dict(places)

    def _bind_everywhere(self, source: Source, mapping: SourceMapping, correction: Correction) -> None:
        position = _position(source, correction)
        if position is None or position not in {source.position(column) for column in mapping.columns}:
            self.fates[id(correction)] = f"the mapping {mapping.key} takes no column {correction.column!r} of this file"
            return
        listed = self._everywhere[source.name].setdefault(position, {})
        first = listed.setdefault(correction.found, correction)
        _refuse_contradiction([first, correction])
        if first is not correction:
            self.fates[id(correction)] = "another correction says the same"

    def batches(self, source: Source) -> Iterator[Batch]:
        """Yield the rows of a source with its corrections in their cells; as many rows as ``source.batches`` yields."""
        bound = self._bound[source.name]
        kept: list[Batch] = []
        weight, keeping = 0, self.keep
        for batch in source.batches():
            weight += batch.rows.nbytes
            keeping = keeping and weight <= MAX_KEPT_BYTES
            kept.append(batch)
            if not keeping:
                kept.clear()
            yield from self._mended(source, batch) if bound else (batch,)
        self._kept[source.name] = kept if keeping else None
        for correction in bound:
            why = "no cell of the column says this" if correction.everywhere else "the file has no such row"
            self.fates.setdefault(id(correction), why)

    def originals(self, source: Source, rows: set[int]) -> dict[int, Sequence[str] | BadRow]:
        """Return the cells, as they stand in the file, of the rows asked for; a row that could not be read as it was refused."""
        found: dict[int, Sequence[str] | BadRow] = {}
        kept = self._kept.get(source.name)
        for batch in source.batches() if kept is None else kept:
            found |= {bad.row: bad for bad in batch.bad if bad.row in rows}
            wanted = [position for position, row in enumerate(batch.rows.column(0).to_pylist()) if row in rows]
            taken = batch.rows.take(pa.array(wanted, pa.int64()))
            columns = [column.to_pylist() for column in taken.columns]
            found |= {columns[0][at]: [column[at] for column in columns[2:]] for at in range(len(wanted))}
        return found

    def entries(self) -> list[dict[str, Any]]:
        """Return what the manifest says of each file of corrections: name, SHA-256, counts, what was not used and why."""
        said = []
        for path, digest in sorted(self.digests.items(), key=lambda pair: (pair[0].name, pair[1])):
            own = [correction for correction in self.corrections if correction.path == path]
            unused = [correction for correction in own if self.fates[id(correction)]]
            said.append(
                {
                    "name": path.name,
                    "sha256": digest,
                    "corrections": len(own),
                    "applied": len(own) - len(unused),
                    "rows_set_aside": sum(correction.drop and not self.fates[id(correction)] for correction in own),
                    "unused": len(unused),
                    "unused_at": [f"{one.spot}: {self.fates[id(one)]}" for one in unused[:MAX_SAID]],
                }
            )
        return said

    def _mended(self, source: Source, batch: Batch) -> Iterator[Batch]:
        """Yield a batch with the corrections of its rows; rows typed as a whole come in a batch of their own."""
        places = self._places[source.name]
        changes: dict[int, dict[int, str]] = defaultdict(dict)
        dropped: dict[int, BadRow] = {}
        again: list[GoodRow | BadRow] = []
        for at, (row, line) in enumerate(zip(batch.rows.column(0).to_pylist(), batch.rows.column(1).to_pylist(), strict=True)):
            if corrections := places.get(("row", row), []) + places.get(("line", line), []):
                cells = [str(column[at]) for column in batch.rows.columns[2:]]
                decision = self._decide(source, corrections, cells, row=row)
                if decision.drops:
                    dropped[at] = self._dropped(source, decision, row=row, line=line, text=" ".join(filter(None, cells)))
                for position, text in decision.texts().items():
                    changes[position][at] = text
        self._change_everywhere(source, batch, changes)
        bad: list[BadRow] = []
        for one in batch.bad:
            corrections = places.get(("row", one.row), []) + places.get(("line", one.line), [])
            mended = self._read_again(source, one, corrections) if corrections else one
            if isinstance(mended, BadRow):
                bad.append(mended)
            else:
                again.append(mended)
        rows = _changed(batch.rows, changes)
        if dropped:
            rows = rows.take(pa.array([at for at in range(rows.num_rows) if at not in dropped], pa.int64()))
        corrected = {(batch.rows.column(0)[at].as_py(), position) for position, texts in changes.items() for at in texts}
        gone = {batch.rows.column(0)[at].as_py() for at in dropped}
        notes = tuple(note for note in batch.notes if note.row not in gone and (note.row, note.column) not in corrected)
        yield Batch(rows=rows, bad=(*bad, *dropped.values()), blank=batch.blank, notes=notes)
        if again:
            yield from in_batches(source.headers, again)

    def _change_everywhere(self, source: Source, batch: Batch, changes: dict[int, dict[int, str]]) -> None:
        """Put corrections of a spelling into the cells of its column that no correction of their own has changed."""
        mapping = next(mapping for one, mapping in self.pairs if one.name == source.name)
        for position, listed in self._everywhere[source.name].items():
            taken = next(one for column, one in mapping.columns.items() if source.position(column) == position)
            separator = taken.separator if taken.as_ == "codes" else ""
            rows, lines = batch.rows.column(0), batch.rows.column(1)
            for at, text in enumerate(batch.rows.column(2 + position).to_pylist()):
                said = [part for part in _parts(text, separator) if part in listed]
                if not said or at in changes[position]:
                    continue
                parts = [listed[part].text if part in listed else part for part in _parts(text, separator)]
                changes[position][at] = separator.join(filter(None, parts))
                for part in said:
                    self.fates[id(listed[part])] = ""
                row, line = rows[at].as_py(), lines[at].as_py()
                self.applied[source.name][row, position] = replace(
                    listed[said[0]], text=changes[position][at], row=row, line=line, everywhere=False
                )

    def _decide(self, source: Source, corrections: Sequence[Correction], cells: Sequence[str], *, row: int) -> _Decision:
        """Settle what happens to a row that could be read, and write down the fate of every correction."""
        decision = self._settled(source, corrections)
        mapping = next(mapping for one, mapping in self.pairs if one.name == source.name)
        mapped = {source.position(column) for column in mapping.columns}
        for position, correction in list(decision.cells.items()):
            why = ""
            if position == WHOLE_ROW:
                why = "the row could be read; a correction must name its column"
            elif position not in mapped:
                why = f"the mapping {mapping.key} does not take this column"
            elif correction.text == cells[position]:
                why = "the file says so already"
            if why:
                self.fates[id(decision.cells.pop(position))] = why
                continue
            _check_found(correction, cells[position])
            self.applied[source.name][row, position] = correction
        return decision

    def _read_again(self, source: Source, bad: BadRow, corrections: Sequence[Correction]) -> GoodRow | BadRow:
        decision = self._settled(source, corrections)
        if decision.drops:
            return self._dropped(source, decision, row=bad.row, line=bad.line, text=bad.text)
        typed = decision.cells.pop(WHOLE_ROW, None)
        for lost in decision.cells.values():
            self.fates[id(lost)] = "the row cannot be read; its correction is the whole row"
        if typed is None:
            return bad
        _check_found(typed, bad.original)
        cut = not typed.text and bad.code == "row.unnamed" and len(bad.original) < MAX_ORIGINAL
        if not typed.text and not cut:
            self.fates[id(typed)] = "a whole row cannot be left empty; set it aside instead"
            return bad
        self.applied[source.name][bad.row, WHOLE_ROW] = typed
        return source.read_again(typed.text or bad.original, row=bad.row, line=bad.line, cut=cut)

    def _dropped(self, source: Source, decision: _Decision, *, row: int, line: int, text: str) -> BadRow:
        self.applied[source.name][row, WHOLE_ROW] = decision.drops[0]
        why = "; ".join(dict.fromkeys(" ".join(one.note.split()) for one in decision.drops))
        return BadRow(row=row, line=line, code="row.dropped", reason=f"A person set the row aside: {why}", text=shown(text))

    def _settled(self, source: Source, corrections: Sequence[Correction]) -> _Decision:
        decision = _settle(source, corrections)
        for correction in corrections:
            self.fates[id(correction)] = decision.lost.get(id(correction), "")
        return decision


def mend_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Return the files of corrections among these paths; a folder stands for the workbooks and CSV files in it."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(one for one in path.iterdir() if one.suffix.lower() in {".xlsx", ".csv"}) if path.is_dir() else [path]
        if not inside:
            raise UsageError(f"{path} holds no workbook and no CSV file.", "Name the folder private/mend of a run, or files of it.")
        found += [one for one in inside if not one.name.startswith("~$")]
    return tuple(found)


def mending_of(digests: Mapping[Path, str]) -> Mending:
    """Read the files of corrections of a run, given with their SHA-256; the rows of the sources are kept for the next workbooks."""
    corrections = [one for path in sorted(digests, key=lambda path: digests[path]) for one in read_corrections(path)]
    return Mending(corrections=corrections, digests=digests, keep=True)


@dataclass(kw_only=True)
class _Decision:
    """What happens to one row: set aside, or these cells corrected; ``lost`` says of the others why they are not used."""

    drops: list[Correction] = field(default_factory=list)
    cells: dict[int, Correction] = field(default_factory=dict)
    lost: dict[int, str] = field(default_factory=dict)

    def texts(self) -> dict[int, str]:
        return {} if self.drops else {position: correction.text for position, correction in self.cells.items()}


def _settle(source: Source, corrections: Sequence[Correction]) -> _Decision:
    """Decide between the corrections of one row; what one of them says to replace does not count."""
    decision = _Decision()
    cells: dict[int, list[Correction]] = defaultdict(list)
    for correction in corrections:
        position = WHOLE_ROW if correction.drop else _position(source, correction)
        if position is None:
            decision.lost[id(correction)] = f"the file has no column {correction.column or correction.letter!r}"
        else:
            cells[position].append(correction)
    for position, group in cells.items():
        replaced = {one.earlier for one in group if one.earlier != one.says()}
        standing = [one for one in group if one.says() not in replaced] or group
        _refuse_contradiction(standing)
        decision.lost |= {id(one): "another correction replaces it" for one in group if one not in standing}
        decision.cells[position] = standing[0]
        if standing[0].drop:
            decision.drops = standing
            del decision.cells[position]
    if decision.drops and decision.cells:
        _refuse_contradiction([decision.drops[0], next(iter(decision.cells.values()))])
    return decision


def _refuse_contradiction(corrections: Sequence[Correction]) -> None:
    other = next((one for one in corrections if one.says() != corrections[0].says()), None)
    if other is not None:
        first = corrections[0]
        raise UsageError(
            f"{first.place()} says {first.says()[:80]!r}, but {other.place()} says {other.says()[:80]!r} of the same cell or row.",
            "Keep one of them.",
        )


def _source_of(correction: Correction, sources: Sequence[Source]) -> Source:
    """Return the source a correction is for: by SHA-256, or by name when a person typed the row; then by sheet."""
    named = [one for one in sources if correction.file in {one.name, one.path.name}]
    same = [one for one in sources if one.sha256 == correction.sha256] if correction.sha256 else named
    fitting = [one for one in same if not correction.sheet or fold(one.sheet_name()) == fold(correction.sheet)]
    if len(fitting) == 1:
        return fitting[0]
    asked = f"{correction.file}{f', sheet {correction.sheet}' if correction.sheet else ''}"
    if same:
        what = f"{correction.place()} is for {asked}, which is not one sheet that this run reads."
        raise UsageError(what, "Write the sheet's name as the run does, or delete the correction.")
    if named and correction.sha256:
        raise UsageError(
            f"{correction.place()} was made for another version of {asked}: SHA-256 {correction.sha256[:12]}…, "
            f"and the file given has {named[0].sha256[:12]}….",
            "Give the file that was corrected, or run without --mend and fill in the new workbook.",
        )
    what = f"{correction.place()} is for {asked or correction.sha256[:12]}, and no such file was given."
    raise UsageError(what, "Give that file too, or delete its corrections.")


def _position(source: Source, correction: Correction) -> int | None:
    if not correction.column and not correction.letter:
        return WHOLE_ROW
    position = source.position(correction.column) if correction.column else -1
    if position >= 0:
        return position
    letters = [source.cell(place).upper() for place in range(len(source.headers))]
    return letters.index(correction.letter) if not correction.column and correction.letter in letters else None


def _check_found(correction: Correction, cell: str) -> None:
    """Refuse a correction whose row says that something else stands in its cell: its columns were surely sorted apart."""
    seen = _plain(correction.found)
    if seen and seen not in {_plain(cell), _plain(correction.earlier)}:
        raise UsageError(
            f"{correction.place()} says that {correction.found[:60]!r} stands in the cell, but {cell[:60]!r} stands there.",
            "Sort all columns together, or empty the column value if the correction is meant for this cell.",
        )


def _parts(text: str, separator: str) -> list[str]:
    return [part.strip() for part in (text.split(separator) if separator else [text])]


def _plain(text: str) -> str:
    """Return what survives a spreadsheet: letters and digits, without leading zeros."""
    return "".join(filter(str.isalnum, fold(text[:_COMPARED]))).lstrip("0")


def _changed(rows: pa.RecordBatch, changes: Mapping[int, Mapping[int, str]]) -> pa.RecordBatch:
    arrays = list(rows.columns)
    for position, texts in changes.items():
        values = arrays[2 + position].to_pylist()
        for at, text in texts.items():
            values[at] = text
        arrays[2 + position] = pa.array(values, pa.string())
    return pa.RecordBatch.from_arrays(arrays, names=rows.schema.names)
