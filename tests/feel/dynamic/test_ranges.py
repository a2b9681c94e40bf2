"""Relations between points and ranges: DMN 1.5, clause 10.3.4.10, table 78 with its examples; ranges as values, clause 10.3.2.7."""

from __future__ import annotations

import pytest

from tests.feel.dynamic.asking import answer, pairs

TABLE_78 = pairs("""
    before(1, 10) => true
    before(10, 1) => false
    before(1, [1..10]) => false
    before(1, (1..10]) => true
    before(1, [5..10]) => true
    before([1..10], 10) => false
    before([1..10), 10) => true
    before([1..10], [10..20]) => false
    before([1..10), [10..20]) => true
    before([1..10], (10..20]) => true
    after(10, 5) => true
    after(12, [2..5]) => true
    after([1..5], 10) => false
    after((10..20], 10) => true
    after([11..20], [1..11)) => true
    meets([1..5], [5..10]) => true
    meets([1..5), [5..10]) => false
    met by([5..10], [1..5]) => true
    met by((5..10], [1..5]) => false
    overlaps([1..5], [3..8]) => true
    overlaps([1..8], [3..5]) => true
    overlaps([1..5], (5..8]) => false
    overlaps((5..8], [1..5)) => false
    overlaps before([1..5], [3..8]) => true
    overlaps before([1..5], [6..8]) => false
    overlaps before([1..5], [5..8]) => true
    overlaps before([1..5], (5..8]) => false
    overlaps before([1..5), (1..5]) => true
    overlaps before([1..5], (1..5]) => true
    overlaps before([1..5], [1..5]) => false
    overlaps after([3..8], [1..5]) => true
    overlaps after((1..5], [1..5)) => true
    overlaps after((1..5), [1..5]) => false
    finishes(10, [1..10]) => true
    finishes(10, [1..10)) => false
    finishes([5..10], [1..10]) => true
    finishes([5..10), [1..10]) => false
    finished by([1..10], 10) => true
    finished by([1..10], (5..10]) => true
    includes([1..10], 5) => true
    includes([1..10), 10) => false
    includes([1..10], [4..6]) => true
    includes([1..10), [5..10)) => true
    includes([1..10), [5..10]) => false
    during(5, [1..10]) => true
    during((1..5], [1..10]) => true
    starts(1, [1..10]) => true
    starts((1..5], (1..10]) => true
    starts((1..5], [1..10]) => false
    started by([1..10], 1) => true
    started by((1..10], [1..5]) => false
    coincides(5, 5) => true
    coincides([1..5], [1..5]) => true
    coincides((1..5), [1..5]) => false
""")
VALUES = pairs("""
    range("[18..21)") = [18..21) => true
    range(" [ 1 .. 3 ] ") = [1..3] => true
    range("[2..)") = (>=2) => true
    range("(..2)") = <2 => true
    range("[..2]") => null
    range("[1..") => null
    range("[1+1..3]") => null
    range("[date(\\"1970-01-01\\")..@\\"1970-01-02\\"]") instance of range<date> => true
    [1..10[.end included => false
    (>10).start => 10
    (>10).end => null
    [10..1] => null
    5 in [1..null) => null
    5 in (>=5) => true
    1 in [[2..4], [1..3]] => true
    (< 10) = (null..10) => false
    before(1, "a") => null
    before([1..2]) => null
    includes(null, 5) => null
""")


@pytest.mark.parametrize(("text", "expected"), [*TABLE_78, *VALUES], ids=lambda part: part)
def test_points_and_ranges_relate_as_table_78_says(text: str, expected: str) -> None:
    assert answer(text) == expected
