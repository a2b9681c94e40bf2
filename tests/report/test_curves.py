"""A line chart in percent and pixels, with gaps for what is withheld."""

from __future__ import annotations

from decimal import Decimal

from aljabr.report.curves import draw_curves

STEPS = [Decimal(40), Decimal(50), Decimal(60)]


def test_a_withheld_point_is_a_gap():
    drawn = draw_curves(STEPS, {"s0": [100, None, 300], "s1": [0, 10, 20]}, now=None)
    assert [segment.kind for segment in drawn.segments] == ["s1", "s1"]
    assert [dot.text for dot in drawn.dots if dot.kind == "s0"] == ["40: 100", "60: 300"]


def test_values_close_together_do_not_begin_at_nothing():
    drawn = draw_curves(STEPS, {"s0": [1_000, 1_010, 1_040]}, now=None)
    assert [tick.label for tick in drawn.up] == ["1,000", "1,010", "1,020", "1,030", "1,040"]


def test_the_place_of_now_is_marked_only_inside():
    assert draw_curves(STEPS, {"s0": [1, 2, 3]}, now=Decimal(45)).now == "25"
    assert draw_curves(STEPS, {"s0": [1, 2, 3]}, now=Decimal(70)).now is None


def test_one_step_and_nothing_known_can_be_drawn():
    drawn = draw_curves([Decimal(5)], {"s0": [None]}, now=Decimal(5))
    assert drawn.dots == () and [tick.at for tick in drawn.across] == ["50"]


def test_a_number_that_hardly_moves_looks_like_one():
    assert draw_curves(STEPS, {"s0": [1_000, 1_000, 1_001]}, now=None).up[0].label == "0"
