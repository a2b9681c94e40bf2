"""Functions of lists, and of many values: DMN 1.5, clause 10.3.4.4 with the clause's own examples."""

from __future__ import annotations

import pytest

from tests.feel.dynamic.asking import answer, pairs

CLAUSE = pairs("""
    list contains([1, 2, 3], 2) => true
    list contains([1, null], null) => true
    count([null]) => 1
    count(null) => null
    count(1, null) => 2
    count([1, 2, 3]) => 3
    count([]) => 0
    min([1, 2, 3]) => 1
    min(1) => 1
    max(1, 2, 3) => 3
    max([]) => null
    max("a", "b") => b
    sum([1, 2, 3]) => 6
    sum([]) => null
    sum([@"P1D", @"P2D"]) => P3D
    mean([1, 2, 3]) => 2
    mean(1) => 1
    mean([]) => null
    all([false, null, true]) => false
    all(true) => true
    all([]) => true
    all([true, null]) => null
    all(0) => null
    any([false, null, true]) => true
    any([]) => false
    any([false, null]) => null
    sublist([4, 5, 6], 1, 2) => [4, 5]
    sublist([4, 5, 6], -2) => [5, 6]
    append([1], 2, 3) => [1, 2, 3]
    concatenate([1, 2], [3]) => [1, 2, 3]
    insert before([1, 3], 1, 2) => [2, 1, 3]
    insert before([1, 3], -1, 2) => [1, 2, 3]
    remove([1, 2, 3], 2) => [1, 3]
    list replace([2, 4, 7, 8], 3, 6) => [2, 4, 6, 8]
    list replace([2, 4, 7, 8], function(item, newItem) item < newItem, 5) => [5, 5, 7, 8]
    reverse([1, 2, 3]) => [3, 2, 1]
    index of([1, 2, 3, 2], 2) => [2, 4]
    index of([1], 2) => []
    union([1, 2], [2, 3]) => [1, 2, 3]
    distinct values([1, 2, 3, 2, 1]) => [1, 2, 3]
    distinct values([1, "1", null, null]) => [1, "1", null]
    flatten([[1, 2], [[3]], 4]) => [1, 2, 3, 4]
    product([2, 3, 4]) => 24
    product(2, 3, 4) => 24
    median(8, 2, 5, 3, 4) => 4
    median([6, 1, 2, 3]) => 2.5
    median([]) => null
    stddev([47]) => null
    mode(6, 3, 9, 6, 6) => [6]
    mode([6, 1, 9, 6, 1]) => [1, 6]
    mode([]) => []
    sort([3, 1, 4, 5, 2], function(x, y) x < y) => [1, 2, 3, 4, 5]
    sort(list: [2, 1], precedes: function(x, y) x < y) => [1, 2]
""")
NULLS = pairs("""
    count() => null
    min() => null
    min(1, "a") => null
    min([1, null]) => null
    sum("a", "b") => null
    product([]) => null
    sublist([1, 2], 0) => null
    sublist([1, 2], 3) => null
    sublist([1, 2], 1, 3) => null
    insert before([1], 0, 2) => null
    remove([1], 2) => null
    list replace([1, 2], 2.5, 4) => null
    list replace([1, 2], function(item) true, 4) => null
    list replace([1, 2], function(item, newItem) 1, 4) => null
    sort([1, 2], 3) => null
    sort([1, 2], function(x, y) 1) => null
    mode([1, "a"]) => null
    reverse(null) => null
""")


@pytest.mark.parametrize(("text", "expected"), [*CLAUSE, *NULLS], ids=lambda part: part)
def test_lists_answer_as_the_clause_says(text: str, expected: str) -> None:
    assert answer(text) == expected


def test_the_standard_deviation_is_that_of_a_sample() -> None:
    # (2, 4, 7, 5): mean 4.5, squares 6.25 + 0.25 + 6.25 + 0.25 = 13, over 3, root 2.0816659994661327352822…
    assert answer("stddev(2, 4, 7, 5)").startswith("2.08166599946613273528229")
    assert answer("stddev([1, null])") == "null"


def test_an_item_is_taken_as_a_list_and_a_list_of_one_as_its_item() -> None:
    assert answer("list replace(1, 1, 5)") == "[5]"
    assert answer("abs([-3])") == "3"
    assert answer("abs([-3, 4])") == "null"


# DMN 1.5, table 59 ("list [ e ]": a whole number is a place, from the end when negative) and table 76 (a place in a list).
NO_PLACE = pairs("""
    [1, 2, 3][1.5] => null
    [1, 2, 3][-1.5] => null
    [1, 2, 3][0.5] => null
    [1, 2, 3][0] => null
    [1, 2, 3][-0.0] => null
    [1, 2, 3][4] => null
    [1, 2, 3][-4] => null
    [1, 2, 3][1E30] => null
    [][1.5] => null
    [1, 2, 3][2.0] => 2
    [1, 2, 3][-2.00] => 2
    sublist([1, 2, 3], 1.5) => null
    sublist([1, 2, 3], -1.5) => null
    sublist([1, 2, 3], 1, 1.5) => null
    sublist([1, 2, 3], 1, 0.5) => null
    sublist([1, 2, 3], 1, -1) => null
    sublist([1, 2, 3], 1E30) => null
    sublist([1, 2, 3], 1, 1E6144) => null
    sublist([1, 2, 3], 2.0, 1.0) => [2]
    insert before([1, 2], 1.5, 9) => null
    insert before([1, 2], -1.5, 9) => null
    remove([1, 2], 1.5) => null
    remove([1, 2], -1.5) => null
    list replace([1, 2], -1.5, 9) => null
""")


@pytest.mark.parametrize(("text", "expected"), NO_PLACE, ids=lambda part: part)
def test_a_position_that_is_not_a_whole_number_is_no_place(text: str, expected: str) -> None:
    assert answer(text) == expected
