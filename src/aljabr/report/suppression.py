"""Withholds small cells of a table whose margins are published, so that none can be worked out from the others.

Primary: a count of persons above nothing and under the threshold. Complementary: in every row and every column either nothing is
withheld, or at least two cells that come to the threshold together; the smallest others are withheld until that holds. Where a
total is itself withheld, so is a cell of its row or column, or adding up would give the total back. Every withheld cell looks the
same, because a mark that said which were small would bound them. Not covered: what an attacker knows of single persons already, and
bounds that follow from several tables of one run.

References
----------
Hundepool et al., Statistical Disclosure Control (2012), ch. 4: primary and secondary cell suppression.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

Counts = Mapping[str, Sequence[int]]
Cell = tuple[str, int]
THRESHOLD = 10


def withheld_cells(
    counts: Counts, *, threshold: int, hidden_totals: Collection[int] = (), hidden_rows: Collection[str] = ()
) -> frozenset[Cell]:
    """Return the cells to withhold.

    Parameters
    ----------
    counts : mapping of str to sequence of int
        Row name → persons in each column. The sum of every row and of every column is published.
    threshold : int
        The smallest count shown; 1 withholds nothing.
    hidden_totals : collection of int
        Columns whose sum is withheld.
    hidden_rows : collection of str
        Rows whose sum is withheld.

    Returns
    -------
    frozenset of (row, column place)

    Examples
    --------
    >>> sorted(withheld_cells({"a": [500, 3], "b": [40, 60]}, threshold=10))
    [('a', 0), ('a', 1), ('b', 0), ('b', 1)]
    """
    hidden = {(row, place) for row, cells in counts.items() for place, count in enumerate(cells) if 0 < count < threshold}
    lines = list(_lines(counts, hidden_totals, hidden_rows))
    changed = True
    while changed:
        changed = False
        for line, total_hidden in lines:
            further = _further(line, counts, hidden, threshold=threshold, total_hidden=total_hidden)
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


def _lines(counts: Counts, hidden_totals: Collection[int], hidden_rows: Collection[str]) -> Iterator[tuple[list[Cell], bool]]:
    """Every row, then every column, each with whether its total is withheld."""
    for row, cells in counts.items():
        yield [(row, place) for place in range(len(cells))], row in hidden_rows
    for place in range(max((len(cells) for cells in counts.values()), default=0)):
        yield [(row, place) for row in counts], place in hidden_totals


def _further(line: list[Cell], counts: Counts, hidden: set[Cell], *, threshold: int, total_hidden: bool) -> Cell | None:
    """The next cell of a line to withhold, None when the line protects what is withheld in it."""
    inside = [cell for cell in line if cell in hidden]
    enough = len(inside) > 1 and sum(counts[row][place] for row, place in inside) >= threshold
    if enough or (bool(inside) == total_hidden):
        return None
    shown = [cell for cell in line if cell not in hidden]
    # The smallest that is not nothing first; nothing at all only when there is no other.
    return min(shown, key=lambda cell: (counts[cell[0]][cell[1]] == 0, counts[cell[0]][cell[1]], cell), default=None)
