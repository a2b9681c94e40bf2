"""Measures of a grouping, held against numbers worked by hand."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import UsageError
from aljabr.linkage import evaluate_pairs

# Truth {a b c} {d e} {f} {g}, predicted {a b} {c d e} {f g}.
TRUTH = {"a": 1, "b": 1, "c": 1, "d": 2, "e": 2, "f": 3, "g": 4}
PREDICTED = {"a": 1, "b": 1, "c": 2, "d": 2, "e": 2, "f": 3, "g": 3}


def test_pairwise_measures_match_the_worked_example() -> None:
    scores = evaluate_pairs(PREDICTED, TRUTH)
    # Predicted pairs ab, cd, ce, de, fg; true pairs ab, ac, bc, de; shared ab, de.
    assert (scores.predicted_pairs, scores.true_pairs, scores.shared_pairs) == (5, 4, 2)
    assert scores.precision == pytest.approx(0.4)
    assert scores.recall == pytest.approx(0.5)
    assert scores.f1 == pytest.approx(0.444444, abs=5e-7)


def test_b_cubed_is_weighted_by_records() -> None:
    scores = evaluate_pairs(PREDICTED, TRUTH)
    # Precision (1 + 1 + 1/3 + 2/3 + 2/3 + 1/2 + 1/2) / 7, recall (2/3 + 2/3 + 1/3 + 1 + 1 + 1 + 1) / 7 - here 14/3 / 7, 17/3 / 7.
    assert scores.bcubed_precision == pytest.approx(0.666667, abs=5e-7)
    assert scores.bcubed_recall == pytest.approx(0.809524, abs=5e-7)
    assert scores.exact_clusters == 0


def test_the_truth_agrees_with_itself_whatever_its_labels() -> None:
    scores = evaluate_pairs({record: f"x{cluster}" for record, cluster in TRUTH.items()}, TRUTH)
    assert (scores.precision, scores.recall, scores.bcubed_f1) == (1.0, 1.0, 1.0)
    assert scores.exact_clusters == scores.predicted_clusters == scores.true_clusters == 4


def test_singletons_assert_nothing_wrong_and_find_nothing() -> None:
    scores = evaluate_pairs({record: record for record in TRUTH}, TRUTH)
    assert (scores.precision, scores.recall, scores.f1) == (1.0, 0.0, 0.0)


def test_groupings_of_different_records_are_refused() -> None:
    with pytest.raises(UsageError, match="do not cover the same records"):
        evaluate_pairs({"a": 1}, {"b": 1})


def test_scores_are_told_to_people_and_machines() -> None:
    scores = evaluate_pairs(PREDICTED, TRUTH)
    assert scores.to_dict()["f1"] == 0.444444
    assert "precision 0.4000, recall 0.5000" in scores.text()


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=12))
def test_swapping_the_sides_swaps_precision_and_recall(pairs: list[tuple[int, int]]) -> None:
    one = {str(record): left for record, (left, _) in enumerate(pairs)}
    other = {str(record): right for record, (_, right) in enumerate(pairs)}
    forth, back = evaluate_pairs(one, other), evaluate_pairs(other, one)
    assert (forth.precision, forth.bcubed_recall) == (back.recall, pytest.approx(back.bcubed_precision))
