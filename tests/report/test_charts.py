"""Bars keep their proportions in either direction."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.report.charts import Part, Row, draw

amounts = st.lists(st.lists(st.integers(0, 10**15), min_size=1, max_size=4), min_size=1, max_size=6)


def bars(stated: list[list[int]]) -> list[Row]:
    return [Row(label="a", value="b", parts=tuple(Part(amount=amount, kind="k") for amount in row)) for row in stated]


def test_the_longest_bar_fills_the_width_and_others_are_to_scale() -> None:
    chart = draw(bars([[30, 10], [20]]), rtl=False)
    assert [(mark.x, mark.width) for row in chart.rows for mark in row.marks] == [("0", "75"), ("75", "25"), ("0", "50")]


def test_a_right_to_left_chart_grows_from_the_right() -> None:
    chart = draw(bars([[30, 10], [20]]), rtl=True)
    assert [(mark.x, mark.width) for row in chart.rows for mark in row.marks] == [("25", "75"), ("0", "25"), ("50", "50")]


def test_a_chart_of_nothing_is_empty() -> None:
    assert draw([], rtl=True).height == 2
    assert draw(bars([[0, 0]]), rtl=False).rows[0].marks == ()


@given(amounts)
@settings(deadline=None, max_examples=60)
def test_every_mark_lies_within_the_width_and_mirrors_exactly(stated: list[list[int]]) -> None:
    left, right = (draw(bars(stated), rtl=rtl) for rtl in (False, True))
    for ours, theirs in zip(left.rows, right.rows, strict=True):
        for mark, mirrored in zip(ours.marks, theirs.marks, strict=True):
            assert float(mark.x) >= 0 and float(mark.x) + float(mark.width) <= 100.21
            assert abs(float(mark.x) + float(mirrored.x) + float(mark.width) - 100) <= 0.21  # the thinnest mark is 0.2 wide
