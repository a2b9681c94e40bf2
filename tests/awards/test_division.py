"""Whole units: conserved, within one unit of the exact share, whatever the order of the claims."""

from __future__ import annotations

import hashlib
import random
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.awards import apportion, divide, exact_shares
from aljabr.errors import AljabrError

PRO, CEA = "proportional", "constrained_equal_awards"
people = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.integers(0, 10**6), min_size=1, max_size=12)
small = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=4), st.integers(0, 12), min_size=1, max_size=12)
claims_of = st.one_of(people, small)
rules = st.sampled_from([PRO, CEA])
parts = st.fractions(0, 1)


def _estate(claims: dict[str, int], part: object) -> int:
    return int(sum(claims.values()) * part)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("estate", "rule", "due"),
    [
        (100, PRO, (17, 33, 50)),  # 16.67, 33.33, 50
        (200, PRO, (33, 67, 100)),
        (300, PRO, (50, 100, 150)),
        (500, PRO, (83, 167, 250)),
        (300, CEA, (100, 100, 100)),
        (400, CEA, (100, 150, 150)),
        (500, CEA, (100, 200, 200)),
        (600, CEA, (100, 200, 300)),
        (999, PRO, (100, 200, 300)),
    ],
)
def test_three_creditors_get_the_published_shares_in_whole_units(estate: int, rule: str, due: tuple[int, ...]) -> None:
    assert tuple(divide({"a": 100, "b": 200, "c": 300}, estate, rule=rule).values()) == due


def test_ten_seats_are_apportioned_as_hamilton_did() -> None:
    votes = dict(zip("abcdef", (47000, 16000, 15800, 12000, 6100, 3100), strict=True))
    assert list(apportion(votes, 10).values()) == [5, 2, 1, 1, 1, 0]


def test_a_hundred_over_three_equals_leaves_one_to_the_lot() -> None:
    assert sorted(apportion({"a": 1, "b": 1, "c": 1}, 100).values()) == [33, 33, 34]
    winners = {
        max(shares, key=shares.__getitem__) for n in range(40) if (shares := apportion({"a": 1, "b": 1, "c": 1}, 100, draw=str(n)))
    }
    assert winners == {"a", "b", "c"}


def test_the_lot_goes_to_the_smallest_hash() -> None:
    first = min("ab", key=lambda name: hashlib.sha256(f"demo:{name}".encode()).hexdigest())
    assert divide({"a": 1, "b": 1}, 1, rule=CEA, draw="demo")[first] == 1


@settings(deadline=None, max_examples=300)
@given(claims=claims_of, part=parts, rule=rules, floor=st.integers(0, 2000))
def test_every_unit_is_handed_out_and_nobody_gets_more_than_the_claim(
    claims: dict[str, int], part: object, rule: str, floor: int
) -> None:
    estate = _estate(claims, part)
    shares = divide(claims, estate, rule=rule, floor=floor)
    assert sum(shares.values()) == estate
    assert all(0 <= shares[name] <= claims[name] for name in claims)


@settings(deadline=None, max_examples=300)
@given(claims=claims_of, part=parts, rule=rules)
def test_whole_units_are_within_one_of_the_exact_share(claims: dict[str, int], part: object, rule: str) -> None:
    estate = _estate(claims, part)
    exact = exact_shares(tuple(claims.values()), estate, rule=rule)
    for share, due in zip(divide(claims, estate, rule=rule).values(), exact, strict=True):
        assert abs(share - due) < 1


@settings(deadline=None, max_examples=300)
@given(claims=claims_of, part=parts, rule=rules, floor=st.integers(0, 2000))
def test_equals_differ_by_at_most_one_unit_and_order_is_kept(claims: dict[str, int], part: object, rule: str, floor: int) -> None:
    shares = divide(claims, _estate(claims, part), rule=rule, floor=floor)
    ordered = sorted((claim, shares[name]) for name, claim in claims.items())
    for (claim, share), (larger, more) in pairwise(ordered):
        assert share <= more + 1
        assert claim - share <= larger - more + 1


@settings(deadline=None, max_examples=200)
@given(claims=claims_of, part=parts, rule=rules, seed=st.integers(0, 99), floor=st.integers(0, 5))
def test_the_order_of_the_claims_does_not_matter(claims: dict[str, int], part: object, rule: str, seed: int, floor: int) -> None:
    shuffled = list(claims.items())
    random.Random(seed).shuffle(shuffled)
    estate = _estate(claims, part)
    assert divide(dict(shuffled), estate, rule=rule, floor=floor) == divide(claims, estate, rule=rule, floor=floor)


@settings(deadline=None, max_examples=200)
@given(claims=claims_of, part=parts)
def test_with_equal_awards_nobody_loses_a_unit_when_the_fund_grows_by_one(claims: dict[str, int], part: object) -> None:
    estate = _estate(claims, part)
    before, after = (divide(claims, money, rule=CEA) for money in (estate, estate + 1))
    assert all(before[name] <= after[name] for name in claims)


def test_with_largest_remainders_one_more_unit_can_take_one_away() -> None:
    # The Alabama paradox, documented and accepted: quotas of 10 units 4.286, 4.286, 1.429; of 11 units 4.714, 4.714, 1.571.
    weights = {"a": 6, "b": 6, "c": 2}
    assert apportion(weights, 10)["c"] == 2
    assert apportion(weights, 11)["c"] == 1


@settings(deadline=None, max_examples=200)
@given(claims=claims_of, part=parts, rule=rules, floor=st.integers(1, 2000))
def test_the_floor_comes_before_the_rule(claims: dict[str, int], part: object, rule: str, floor: int) -> None:
    floors = {name: min(claim, floor) for name, claim in claims.items()}
    estate = _estate(claims, part)
    shares = divide(claims, estate, rule=rule, floor=floor)
    if estate >= sum(floors.values()):
        assert all(shares[name] >= floors[name] for name in claims)
    else:
        assert shares == divide(floors, estate, rule=CEA)


def test_amounts_beyond_any_machine_integer_are_still_exact() -> None:
    claims = {"a": 10**40, "b": 2 * 10**40, "c": 7}
    assert sum(divide(claims, 10**40 + 1, rule=PRO).values()) == 10**40 + 1


@pytest.mark.parametrize(("claims", "estate", "floor"), [({"a": -1}, 0, 0), ({"a": 1}, -1, 0), ({"a": 1}, 1, -1)])
def test_negative_amounts_are_refused(claims: dict[str, int], estate: int, floor: int) -> None:
    with pytest.raises(AljabrError, match="negative"):
        divide(claims, estate, rule=PRO, floor=floor)


def test_an_unknown_rule_is_refused() -> None:
    with pytest.raises(AljabrError, match="no rule 'talmud'"):
        divide({"a": 1}, 1, rule="talmud")


def test_nothing_claimed_gives_nothing() -> None:
    assert divide({"a": 0, "b": 0}, 5, rule=PRO) == {"a": 0, "b": 0}
    assert divide({}, 5, rule=CEA) == {}
