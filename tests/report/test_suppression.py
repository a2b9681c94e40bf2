"""No small cell can be worked out from the others of its row or its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.report.simulation_cells import breakdown, outcome_counts, total_effect, transition_figures
from aljabr.report.suppression import withheld_cells, withheld_steps

THRESHOLD = 10
tables = st.integers(1, 5).flatmap(
    lambda columns: st.dictionaries(
        st.text("abcdefgh", min_size=1, max_size=2), st.lists(st.integers(0, 40), min_size=columns, max_size=columns), max_size=6
    )
)


def _lines(counts):
    rows = [[(row, place) for place in range(len(cells))] for row, cells in counts.items()]
    width = max((len(cells) for cells in counts.values()), default=0)
    return rows + [[(row, place) for row in counts] for place in range(width)]


@given(tables)
def test_every_small_count_is_withheld_and_no_line_gives_it_away(counts):
    hidden = withheld_cells(counts, threshold=THRESHOLD)
    assert {(row, place) for row, cells in counts.items() for place, n in enumerate(cells) if 0 < n < THRESHOLD} <= hidden
    for line in _lines(counts):
        inside = [cell for cell in line if cell in hidden]
        everything = len(inside) == len(line)
        assert not inside or everything or (len(inside) > 1 and sum(counts[row][place] for row, place in inside) >= THRESHOLD)


@given(tables)
def test_a_table_without_small_counts_is_shown_whole(counts):
    large = {row: [n * THRESHOLD for n in cells] for row, cells in counts.items()}
    assert withheld_cells(large, threshold=THRESHOLD) == frozenset()


@given(tables, st.data())
def test_a_withheld_total_is_not_given_back_by_its_column(counts, data):
    width = max((len(cells) for cells in counts.values()), default=0)
    totals = data.draw(st.sets(st.integers(0, max(width - 1, 0))))
    hidden = withheld_cells(counts, threshold=THRESHOLD, hidden_totals=totals)
    for place in totals if width else ():
        assert any((row, place) in hidden for row in counts)


def test_the_order_of_rows_changes_nothing():
    counts = {"a": [3, 400, 20], "b": [50, 60, 70], "c": [15, 15, 0]}
    assert withheld_cells(counts, threshold=10) == withheld_cells(dict(reversed(counts.items())), threshold=10)


def test_steps_that_few_persons_tell_apart_are_withheld():
    assert withheld_steps([500, 500, 505, 520], threshold=10) == {2}


# 3 women lose; 200 men and 40 women gain. Without a second withheld cell in the row, 3 could be subtracted.
EFFECTS = [
    ("women", "gain", 40, 400, 480),
    ("women", "lose", 3, 30, 15),
    ("women", "unchanged", 157, 1_000, 1_000),
    ("men", "gain", 200, 2_000, 2_400),
    ("men", "unchanged", 100, 900, 900),
]


def test_the_money_of_a_group_with_withheld_counts_is_withheld_too():
    total = total_effect([("", way, n, before, after) for _, way, n, before, after in EFFECTS], threshold=10)
    assert (total.lose, total.persons) == (None, 500)
    rows = {row.group: row for row in breakdown("sex", EFFECTS, total=total, threshold=10).rows}
    assert rows["women"].lose is None and rows["women"].after_minor is None and rows["women"].change_minor is None
    # The total of those who lose is withheld as well, so that the men's 0 gives nothing away.
    assert rows["women"].gain is None and (rows["men"].lose, rows["men"].change_minor) == (0, 400)


def test_everything_is_shown_when_nothing_is_withheld():
    total = total_effect([("", way, n, before, after) for _, way, n, before, after in EFFECTS], threshold=1)
    assert (total.gain, total.lose, total.unchanged, total.change_minor) == (240, 3, 257, 465)


def test_a_small_group_is_withheld_as_a_whole_with_a_second_one():
    effects = [("a", "gain", 4, 4, 8), ("b", "gain", 300, 300, 600), ("c", "gain", 50, 50, 100)]
    total = total_effect([("", "gain", 354, 354, 708)], threshold=10)
    rows = {row.group: row.persons for row in breakdown("place", effects, total=total, threshold=10).rows}
    assert rows == {"a": None, "b": 300, "c": None}


@pytest.mark.parametrize(("persons", "shown"), [(60, 60), (4, None)], ids=["many persons", "60 items of 4 persons"])
def test_many_items_of_few_persons_are_few(persons, shown):
    moves = [("denied", "granted", 60, persons, 0, 600), ("granted", "granted", 400, 300, 1, 1), ("denied", "denied", 90, 80, 0, 0)]
    before, after = (outcome_counts(moves, after=side, threshold=10) for side in (False, True))
    figures = transition_figures(moves, before=before, after=after, threshold=10)
    assert next(f.items for f in figures if (f.before, f.after) == ("denied", "granted")) == shown
