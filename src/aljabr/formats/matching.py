"""Finds, for a file, the mappings of a programme that fit it, sheet by sheet, opened the way each mapping wants it opened.

Mappings may fix encoding, delimiter, sheet or header row, on which the header depends; so each distinct wish is tried before the
header is compared. The header is the first line with content, or the line a mapping knows below a title. Every sheet of a workbook
that fits is read; one that holds a table nobody knows stops the run, and whatever else is not read is named.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats.headers import tidy_header
from aljabr.formats.headings import heading_at, headings
from aljabr.formats.mappings import choose_mapping, header_spellings
from aljabr.formats.recognition import recognise
from aljabr.formats.sources import Source, open_sheets, sheet_source, text_source
from aljabr.formats.workbooks import Book, Grid, choose_grid
from aljabr.programmes.records import Mapping
from aljabr.relations import file_digest

Pair = tuple[Source, Mapping]
_JUDGED_BY = {
    "filed_on": "the day of filing: no deadline of filing is judged",
    "item.incident_on": "the day of the incident: which law was in force is not known",
}
_TABLE_WIDTH, _TABLE_LINES, _SEEN_LINES = 3, 2, 60


def match_sources(path: Path, mappings: Sequence[Mapping], *, named: Sequence[tuple[str, str]] = ()) -> list[Pair]:
    """Return a file, or the sheets of a workbook, each opened as its mapping wants, with the mapping.

    Parameters
    ----------
    path : Path
    mappings : sequence of Mapping
        All of the programme's.
    named : sequence of (str, str)
        Mapping and sheet, from ``--source NAME=FILE#SHEET``; the sheet is empty when all are meant. The header decides when there
        is none.

    Returns
    -------
    list of (Source, Mapping)
        In the order of the workbook. The first source says which sheets are not read.

    Raises
    ------
    MappingBroken
        When no mapping is called so, none or more than one fits, or a further sheet holds a table that none fits.
    SourceBroken
        When the file as a whole cannot be read.
    """
    for key, _ in named:
        if key not in {mapping.key for mapping in mappings}:
            known = ", ".join(mapping.key for mapping in mappings) or "none"
            raise MappingBroken(f"The programme has no mapping {key!r}.", f"Its mappings are {known}.")
    book = open_sheets(path)
    if book is not None:
        return _sheets(path, book, mappings, named)
    if any(sheet for _, sheet in named):
        raise MappingBroken(f"{path.name} is no workbook and has no sheets.", f"Write --source {named[0][0]}={path.name}.")
    chosen = [mapping for mapping in mappings if not named or mapping.key == named[0][0]]
    kind = recognise(path)
    try:
        plain = text_source(path, kind, headed=False)
    except SourceBroken as broken:
        # What is not read without its encoding may be read with the one that a mapping states.
        return [_as_stated(path, kind, chosen, broken)]

    def opened(mapping: Mapping) -> Source:
        if not (mapping.encoding or mapping.delimiter):
            return plain
        return text_source(path, plain.kind, encoding=mapping.encoding, delimiter=mapping.delimiter, headed=False)

    if pair := _pair(opened, chosen, name=path.name):
        return [pair]
    likeliest = _likeliest(plain, chosen)
    if not likeliest.headers:
        text_source(path, plain.kind)
    raise _unfit_wish(path, choose_mapping(likeliest.headers, chosen, source=path.name, kind=plain.kind))


def _as_stated(path: Path, kind: str, mappings: Sequence[Mapping], broken: SourceBroken) -> Pair:
    def opened(mapping: Mapping) -> Source:
        return text_source(path, kind, encoding=mapping.encoding, delimiter=mapping.delimiter, headed=False)

    pair = _pair(opened, [mapping for mapping in mappings if mapping.encoding], name=path.name)
    if pair is None:
        raise broken
    return pair


def _sheets(path: Path, book: Book, mappings: Sequence[Mapping], named: Sequence[tuple[str, str]]) -> list[Pair]:
    sheets = {sheet: key for key, sheet in named if sheet}
    only = [choose_grid(book, path.name, sheet) for sheet in sheets]
    keys = {key for key, _ in named}
    digest = file_digest(path)
    pairs: list[Pair] = []
    unfit: list[Grid] = []
    for grid in only or [grid for grid in book.grids if grid.visible or any(mapping.sheet == grid.name for mapping in mappings)]:
        wanted = {sheets[grid.name]} if grid.name in sheets else keys
        candidates = [
            mapping for mapping in mappings
            if (not wanted or mapping.key in wanted) and (mapping.sheet in {"", grid.name} or grid.name in sheets)
            and (grid.name in sheets or not _ignored(grid, [mapping]))
        ]  # fmt: skip
        plain = sheet_source(path, grid, sha256=digest, headed=False)
        if pair := _pair(partial(_as_it_is, plain), candidates, name=_called(path, grid)):
            pairs.append(pair)
        else:
            unfit.append(grid)
    if not pairs:
        raise _nothing_fits(path, book, [m for m in mappings if not keys or m.key in keys], sheets, digest)
    if len(pairs) > 1:
        pairs = [pair for pair in pairs if _has_rows(pair[0])] or pairs[:1]
    read = {pair[0].grid.name for pair in pairs if pair[0].grid is not None}
    unread = _unread(path, book, pairs, unfit, read=read, named=bool(sheets), mappings=mappings)
    return _told_apart(path, pairs, unread)


def _as_it_is(source: Source, _: Mapping) -> Source:
    return source


def _told_apart(path: Path, pairs: Sequence[Pair], unread: Sequence[str]) -> list[Pair]:
    several, done = len(pairs) > 1, []
    for place, (source, mapping) in enumerate(pairs):
        sheet = source.grid.name if several and source.grid is not None else ""
        name = f"{path.name}#{sheet}" if several else path.name
        told = replace(source, name=name, sheet=sheet, further=place > 0, unread=tuple(unread) if place == 0 else ())
        done.append((told, mapping))
    return done


def _unread(
    path: Path,
    book: Book,
    pairs: Sequence[Pair],
    unfit: Sequence[Grid],
    *,
    read: set[str],
    named: bool,
    mappings: Sequence[Mapping],
) -> list[str]:
    """Return why each sheet that is not read is not.

    Raises
    ------
    MappingBroken
        When one holds a table that no mapping knows, and nothing says that it is not meant.
    """
    chosen = [mapping for _, mapping in pairs]
    stated = named or any(mapping.sheet for mapping in chosen)
    said = []
    for grid in book.grids:
        if grid.name in read:
            continue
        if reason := _ignored(grid, chosen):
            why = f"the mapping ignores it: {reason}"
        elif not grid.visible:
            why = "it is hidden"
        elif grid not in unfit:
            why = "another sheet was named" if named else "it has a header and no row"
        elif not holds_table(grid):
            why = "it holds no table"
        elif stated:
            why = "the mapping states another sheet"
        else:
            raise _unknown_sheet(path, grid, chosen[0], mappings)
        said.append(f"{grid.name}: {why}")
    said += [f"{name}: it is empty" for name in book.empty]
    return said + [f"{name}: it is a chart or a dialogue" for name in book.charts]


def _unknown_sheet(path: Path, grid: Grid, chosen: Mapping, mappings: Sequence[Mapping]) -> MappingBroken:
    source = _likeliest(sheet_source(path, grid, sha256="-", headed=False), mappings)
    try:
        choose_mapping(source.headers, mappings, source=_called(path, grid), kind="xlsx")
        why = f"No mapping fits the sheet {grid.name!r} of {path.name}."
    except MappingBroken as error:
        why = error.what
    return MappingBroken(
        f"{path.name} has another sheet with a table, {grid.name!r}, that would not be read. {why}",
        f"Mend the mapping or the sheet; or name it under ignore_sheets of the mapping {chosen.key}, with the reason; or read one "
        f"sheet alone: --source {chosen.key}={path.name}#SHEET.",
    )


def _pair(opened: Callable[[Mapping], Source], mappings: Sequence[Mapping], *, name: str) -> Pair | None:
    """Return the source under the one mapping that fits its first line, else a later one; None when none does."""
    for search in (False, True):
        fitting = [pair for mapping in mappings if (pair := _fitting(opened, mapping, search=search))]
        fitting = [pair for pair in fitting if pair[1].kind == pair[0].kind] or fitting
        if len(fitting) > 1:
            keys = ", ".join(mapping.key for _, mapping in fitting)
            raise MappingBroken(f"The header of {name} fits the mappings {keys}.", f"Choose one with --source NAME={name}.")
        if fitting:
            return fitting[0]
    return None


def _fitting(opened: Callable[[Mapping], Source], mapping: Mapping, *, search: bool) -> Pair | None:
    try:
        source = opened(mapping)
        if mapping.header_row and source.kind != "jsonl":
            candidates = [] if search else [heading_at(source, mapping.header_row)]
        else:
            candidates = headings(source) if search else [source]  # type: ignore[assignment]
    except (MappingBroken, SourceBroken):
        return None
    for candidate in candidates:
        try:
            chosen = choose_mapping(candidate.headers, [mapping], source=candidate.name, kind=candidate.kind)
            source = replace(candidate, said=(*candidate.said, *_lacks(chosen)))
            return source.read_as(header_spellings(candidate.headers, chosen)), chosen
        except MappingBroken:
            continue
    return None


def _lacks(mapping: Mapping) -> list[str]:
    """Return what a reader should know that no column gives, so that a draft is not run for a finished mapping."""
    given = {field.to for field in mapping.columns.values()} | set(mapping.constants)
    return [f"The mapping {mapping.key} has no column for {what}." for target, what in _JUDGED_BY.items() if target not in given]


def _likeliest(source: Source, mappings: Sequence[Mapping]) -> Source:
    """Return the source under the line that shares most names with the mappings: the header that was probably meant."""
    known = {tidy_header(name) for mapping in mappings for name in (*mapping.columns, *mapping.ignore)}
    shared = [(len(known & {tidy_header(name) for name in one.headers}), one) for one in (source, *headings(source))]
    most = max(count for count, _ in shared)
    return next(one for count, one in shared if count == most)


def _nothing_fits(path: Path, book: Book, mappings: Sequence[Mapping], sheets: dict[str, str], digest: str) -> Exception:
    grid = choose_grid(book, path.name, next(iter(sheets), ""))
    wished = [mapping.sheet for mapping in mappings if mapping.sheet]
    if len(mappings) == 1 and wished and not sheets:
        grid = choose_grid(book, path.name, wished[0])
    plain = sheet_source(path, grid, sha256=digest, headed=False)
    source = _likeliest(plain, mappings)
    if not source.headers:
        sheet_source(path, grid, sha256=digest)
    try:
        return _unfit_wish(path, choose_mapping(source.headers, mappings, source=path.name, kind="xlsx"))
    except MappingBroken as error:
        return error


def _unfit_wish(path: Path, mapping: Mapping) -> MappingBroken:
    return MappingBroken(
        f"The mapping {mapping.key} fits {path.name}, but not with the encoding, delimiter, sheet or header row it states.",
        "Mend the mapping, or save the file as the mapping says.",
    )


def _ignored(grid: Grid, mappings: Sequence[Mapping]) -> str:
    """Return why a mapping ignores the sheet; empty when none does."""
    name = tidy_header(grid.name)
    for mapping in mappings:
        for pattern, reason in mapping.ignore_sheets.items():
            if fnmatchcase(name, tidy_header(pattern)):
                return reason or "no reason is stated"
    return ""


def holds_table(grid: Grid) -> bool:
    """Whether several lines of a sheet have several cells: notes and titles do not."""
    wide = 0
    for line, cells in grid.rows():
        wide += sum(1 for cell in cells if cell.strip()) >= _TABLE_WIDTH
        if wide >= _TABLE_LINES or line > _SEEN_LINES:
            break
    return wide >= _TABLE_LINES


def _has_rows(source: Source) -> bool:
    return any(batch.rows.num_rows or batch.bad for batch in source.batches())


def _called(path: Path, grid: Grid) -> str:
    return f"{path.name}#{grid.name}"
