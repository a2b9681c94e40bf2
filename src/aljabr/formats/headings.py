"""Where a table's header may stand when it is not in the first line: below a title, over two lines, or where a mapping says.

Candidates are the first lines with content, each alone and together with the line below it, as merged cells above names make them.
Which of them is the header, a mapping decides by fitting.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from aljabr.errors import SourceBroken
from aljabr.formats.batches import shown
from aljabr.formats.sources import Source

DEPTH = 30
_LIKE_THE_WIDEST = 0.8
_WORDED = 0.9


def headings(source: Source) -> Iterator[Source]:
    """Yield the source under each line that may be its header, first those that are one line."""
    lines = source.first_lines(DEPTH)
    above: list[str] = []
    for line, cells in lines:
        if found := _under(source, line, (), above):
            yield found
        above.append(_text(cells))
    for place, ((line, upper), (below, lower)) in enumerate(pairwise(lines)):
        if below == line + 1:
            for names in _joined(upper, lower):
                if found := _under(source, below, names, above[:place]):
                    said = f"The header goes over two lines, {line} and {below}."
                    yield replace(found, said=(*found.said, said))


def likeliest_heading(source: Source) -> Source:
    """Return the source under the first line that looks like a header: nearly as wide as any, and of words; else as it was."""
    lines = source.first_lines(DEPTH)
    widest = max((_filled(cells) for _, cells in lines), default=0)
    above: list[str] = []
    for line, cells in lines:
        wide = _filled(cells) >= max(_LIKE_THE_WIDEST * widest, 1)
        if wide and _worded(cells) and (found := _under(source, line, (), above)):
            return found
        above.append(_text(cells))
    return source


def heading_at(source: Source, line: int) -> Source:
    """Return the source with the header on that line.

    Raises
    ------
    SourceBroken
        When that line cannot be a header.
    """
    above = [_text(cells) for number, cells in source.first_lines(line) if number < line]
    return source.under(line, above=above)


def _filled(cells: Sequence[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _worded(cells: Sequence[str]) -> bool:
    return sum(1 for cell in cells if any(map(str.isalpha, cell))) >= _WORDED * _filled(cells)


def _under(source: Source, line: int, names: Sequence[str], above: Sequence[str]) -> Source | None:
    try:
        return source.under(line, names, above=above)
    except SourceBroken:
        return None


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[list[str]]:
    """Return the names that two lines make together; the upper one's go on to the right as far as the lower one has names."""
    width = max(len(upper), len(lower))
    over = [*upper, *[""] * (width - len(upper))]
    under = [*lower, *[""] * (width - len(lower))]
    group, groups = "", []
    for high, low in zip(over, under, strict=True):
        group = high if high.strip() else group if low.strip() else ""
        groups.append(group)
    alone = [low if low.strip() else high for high, low in zip(over, under, strict=True)]
    between = (" ", " / ", " - ", "/", ": ")
    both = [
        [f"{high}{mark}{low}" if high.strip() and low.strip() else high or low for high, low in zip(groups, under, strict=True)]
        for mark in between
    ]
    return [alone, *both]


def _text(cells: Sequence[str]) -> str:
    return shown(" ".join(" ".join(cell.split()) for cell in cells if cell.strip()))
