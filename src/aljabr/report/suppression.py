"""Withholds small cells of a table whose margins are published, so that none can be worked out from the others.

Primary: a count of persons above nothing and under the threshold. Complementary: in every row and every column whose total is shown,
either nothing is withheld, or at least two cells that come to the threshold together; the smallest others are withheld until that
holds. Every withheld cell looks the same, because a mark that said which were small would bound them. Not covered: what an attacker
knows of single persons already, and bounds that follow from several tables of one run.

References
----------
Hundepool et al., Statistical Disclosure Control (2012), ch. 4: primary and secondary cell suppression.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Counts = Mapping[str, Sequence[int]]
Cell = tuple[str, int]
THRESHOLD = 10


def withheld_cells(counts: Counts, *, threshold: int, columns_add_up: bool = True) -> frozenset[Cell]:
    """Return the cells to withhold.

    Parameters
    ----------
    counts : mapping of str to sequence of int
        Row name → persons in each column. Rows add up to a published total; columns do when ``columns_add_up``.
    threshold : int
        The smallest count shown; 1 withholds nothing.
    columns_add_up : bool
        Whether the sum of a column over all rows is published elsewhere.

    Returns
    -------
    frozenset of (row, column place)

    Examples
    --------
    >>> sorted(withheld_cells({"a": [500, 3], "b": [40, 60]}, threshold=10))
    [('a', 0), ('a', 1), ('b', 0), ('b', 1)]
    """
    hidden = {(row, place) for row, cells in counts.items() for place, count in enumerate(cells) if 0 < count < threshold}
    lines = list(_lines(counts, columns_add_up=columns_add_up))
    changed = bool(hidden)
    while changed:
        changed = False
        for line in lines:
            further = _further(line, counts, hidden, threshold=threshold)
            if further:
                hidden.add(further)
                changed = True
    return frozenset(hidden)


def withheld_steps(counts: Sequence[int], *, threshold: int) -> frozenset[int]:
    """Return the places of a series to withhold: a count that is small, or differs from the one shown before it by a few persons.

    Examples
    --------
    >>> sorted(withheld_steps([100, 104, 120, 3], threshold=10))
    [1, 3]
    """
    hidden: set[int] = set()
    shown: int | None = None
    for place, count in enumerate(counts):
        if 0 < count < threshold or (shown is not None and 0 < abs(count - shown) < threshold):
            hidden.add(place)
        else:
            shown = count
    return frozenset(hidden)


def _lines(counts: Counts, *, columns_add_up: bool) -> Iterator[list[Cell]]:
    for row, cells in counts.items():
        yield [(row, place) for place in range(len(cells))]
    if columns_add_up:
        for place in range(max((len(cells) for cells in counts.values()), default=0)):
            yield [(row, place) for row in counts]


def _further(line: list[Cell], counts: Counts, hidden: set[Cell], *, threshold: int) -> Cell | None:
    """The next cell of a line to withhold, None when the line protects what is withheld in it."""
    inside = [cell for cell in line if cell in hidden]
    if not inside or (len(inside) > 1 and sum(counts[row][place] for row, place in inside) >= threshold):
        return None
    shown = [cell for cell in line if cell not in hidden]
    # The smallest that is not nothing first; nothing at all only when there is no other.
    return min(shown, key=lambda cell: (counts[cell[0]][cell[1]] == 0, counts[cell[0]][cell[1]], cell), default=None)
