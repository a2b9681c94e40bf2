"""Intervals by drawing persons again, and thresholds chosen by folds."""

from __future__ import annotations

import pytest

from aljabr.linkage.evaluation import evaluate_pairs
from aljabr.linkage.intervals import cluster_intervals, tuned_by_folds

TRUE = {f"{side}{person}": str(person) for person in range(200) for side in "ab"}
HALF = {record: person if int(person) % 2 else record for record, person in TRUE.items()}


def test_an_interval_holds_the_measure_and_is_the_same_every_time() -> None:
    scores, told = evaluate_pairs(HALF, TRUE), cluster_intervals(HALF, TRUE)
    assert told.recall[0] < scores.recall < told.recall[1]
    assert told.precision == (1.0, 1.0)
    assert told == cluster_intervals(HALF, TRUE)


def test_the_number_of_clusters_is_off_by_what_was_left_apart() -> None:
    low, high = cluster_intervals(HALF, TRUE).cluster_count_error
    assert low < 300 / 200 - 1 < high  # 100 persons are left as two clusters each


def test_a_perfect_grouping_has_no_width() -> None:
    assert cluster_intervals(TRUE, TRUE).f1 == (1.0, 1.0)


def test_a_threshold_is_chosen_without_the_persons_it_is_judged_on() -> None:
    scored = [(f"a{person}", f"b{person}", 5.0) for person in range(200)]
    scored += [(f"a{person}", f"b{person + 1}", 1.0) for person in range(199)]
    tuned = tuned_by_folds(scored, TRUE, thresholds=(0.0, 2.0, 8.0))
    assert tuned.thresholds == (2.0,) * 5
    assert tuned.f1 == pytest.approx(1.0)
