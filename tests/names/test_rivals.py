"""The ways compared: shares, costs and thresholds on sets so small that they can be checked by hand."""

from __future__ import annotations

import pytest

from aljabr.names.rivals import (
    WAYS,
    false_meets,
    in_ascii,
    joined,
    kept_apart,
    kept_apart_across,
    meeting_by,
    rigour_keys,
    share_met,
    similar_from,
    threshold_keeping_apart,
)


def test_shares_are_weighted_or_distinct():
    pairs = [("أحمد", "احمد", 3), ("علي", "حسن", 1)]
    meets = meeting_by(WAYS["plain folding"])
    assert share_met(pairs, meets) == 0.75
    assert share_met(pairs, meets, distinct=True) == 0.5
    assert share_met([], meets) == 0.0


def test_the_ways_differ_where_they_should():
    met = {name: meeting_by(keys)("عبدالسلام", "عبد السالم") for name, keys in WAYS.items()}
    assert met == {"plain folding": False, "folding without alef": True, "published key": True, "meeting keys": True}
    assert meeting_by(WAYS["meeting keys"])("Orhan", "اورخان") and not meeting_by(WAYS["published key"])("Orhan", "اورخان")


def test_pairs_kept_apart_are_counted_over_pairs():
    # Four names, six pairs; محمد and محمود share a key.
    assert kept_apart(["محمد", "محمود", "علي", "حسن", "علي"], WAYS["published key"]) == pytest.approx(5 / 6, abs=1e-6)
    # Two by two; only محمد and Mahmoud share one.
    assert kept_apart_across(["محمد", "علي"], ["Mahmoud", "Hassan"], WAYS["published key"]) == 0.75


def test_false_meets_are_weighed_by_bearers_and_pass_over_spellings_of_one_name():
    # Chance of two different names: 1 - (0.5² + 0.25² + 0.25²) = 0.625; of محمد and محمود: 2 · 0.5 · 0.25 = 0.25.
    counts = {"محمد": 2, "محمود": 1, "أحلام": 1}
    assert false_meets(counts, WAYS["published key"]) == pytest.approx(0.25 / 0.625)
    assert false_meets({"أحمد": 1, "احمد": 1}, WAYS["published key"]) == 0.0


def test_the_threshold_keeps_the_share_apart():
    tokens = ["abcd", "abce", "wxyz"]
    threshold = threshold_keeping_apart(tokens, tokens, 1.0)
    assert not any(similar_from(threshold, joined)(a, b) for a in tokens for b in tokens if a != b)
    assert similar_from(0.8, joined)("abcd", "abce")
    assert in_ascii("محمد") == "mhmd"


def test_rigour_is_compared_where_it_is_installed():
    pytest.importorskip("rigour")
    keys = rigour_keys()
    assert keys is not None
    assert meeting_by(keys)("Mohammed", "Mohammed") and list(keys("")) == []
