"""Finds, for a file, the one mapping of a programme that fits it, opened the way that mapping wants it opened.

Mappings may fix encoding, delimiter or sheet, on which the header depends; so each distinct wish is tried before the header is
compared. A mapping that was named is opened as it wants and must fit all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats.mappings import choose_mapping, header_spellings
from aljabr.formats.sources import Source, open_source
from aljabr.programmes.records import Mapping


def match_source(path: Path, mappings: Sequence[Mapping], *, named: str = "") -> tuple[Source, Mapping]:
    """Return a file opened as its mapping wants, and the mapping.

    Parameters
    ----------
    path : Path
    mappings : sequence of Mapping
        All of the programme's.
    named : str
        Key of the mapping to use, from ``--source NAME=FILE``; the header decides when empty.

    Raises
    ------
    MappingBroken
        When no mapping is called ``named``, or none or more than one fits.
    SourceBroken
        When the file as a whole cannot be read.
    """
    if named:
        chosen = [mapping for mapping in mappings if mapping.key == named]
        if not chosen:
            known = ", ".join(mapping.key for mapping in mappings) or "none"
            raise MappingBroken(f"The programme has no mapping {named!r}.", f"Its mappings are {known}.")
        source = open_source(path, encoding=chosen[0].encoding, delimiter=chosen[0].delimiter, sheet=chosen[0].sheet)
        mapping = choose_mapping(source.headers, chosen, source=path.name, kind=source.kind)
        return source.read_as(header_spellings(source.headers, mapping)), mapping
    try:
        plain = open_source(path)
    except SourceBroken as broken:
        # What is not read without its encoding may be read with the one that a mapping states.
        return _as_stated(path, mappings, broken)
    of_kind = [mapping for mapping in mappings if mapping.kind == plain.kind]
    fitting = [pair for pair in (_fitting(path, plain, mapping) for mapping in of_kind) if pair]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        keys = ", ".join(mapping.key for _, mapping in fitting)
        raise MappingBroken(f"The header of {path.name} fits the mappings {keys}.", f"Choose one with --source NAME={path.name}.")
    meant = choose_mapping(plain.headers, mappings, source=path.name, kind=plain.kind)
    raise MappingBroken(
        f"The mapping {meant.key} fits {path.name}, but not with the encoding, delimiter or sheet it states.",
        "Mend the mapping, or save the file as the mapping says.",
    )


def _fitting(path: Path, plain: Source, mapping: Mapping) -> tuple[Source, Mapping] | None:
    wishes = bool(mapping.encoding or mapping.delimiter or mapping.sheet)
    try:
        source = open_source(path, encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet) if wishes else plain
        choose_mapping(source.headers, [mapping], source=path.name, kind=source.kind)
        return source.read_as(header_spellings(source.headers, mapping)), mapping
    except (MappingBroken, SourceBroken):
        return None


def _as_stated(path: Path, mappings: Sequence[Mapping], broken: SourceBroken) -> tuple[Source, Mapping]:
    stated = [mapping for mapping in mappings if mapping.encoding and mapping.kind != "xlsx"]
    fitting = []
    for mapping in stated:
        try:
            source = open_source(path, encoding=mapping.encoding, delimiter=mapping.delimiter)
            choose_mapping(source.headers, [mapping], source=path.name, kind=source.kind)
        except (MappingBroken, SourceBroken):
            continue
        fitting.append((source.read_as(header_spellings(source.headers, mapping)), mapping))
    if len(fitting) != 1:
        raise broken
    return fitting[0]
