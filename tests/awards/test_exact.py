"""The unrounded rules against published tables and the axioms they are known by."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.awards import exact_shares
from aljabr.errors import AljabrError

PRO, CEA, CEL, TALMUD = "proportional", "constrained_equal_awards", "constrained_equal_losses", "talmud"
THREE = (100, 200, 300)

# Claims (100, 200, 300): the tables of ClaimsProblems 1.0.0, with thirds written out.
TABLE = [
    (100, PRO, (F(50, 3), F(100, 3), 50)),
    (100, CEA, (F(100, 3),) * 3),
    (100, TALMUD, (F(100, 3),) * 3),
    (100, CEL, (0, 0, 100)),
    (200, PRO, (F(100, 3), F(200, 3), 100)),
    (200, CEA, (F(200, 3),) * 3),
    (200, CEL, (0, 50, 150)),
    (200, TALMUD, (50, 75, 75)),
    (300, PRO, (50, 100, 150)),
    (300, TALMUD, (50, 100, 150)),
    (300, CEA, (100, 100, 100)),
    (300, CEL, (0, 100, 200)),
    (400, CEA, (100, 150, 150)),
    (400, CEL, (F(100, 3), F(400, 3), F(700, 3))),
    (400, TALMUD, (50, 125, 225)),
    (500, PRO, (F(250, 3), F(500, 3), 250)),
    (500, CEA, (100, 200, 200)),
    (500, CEL, (F(200, 3), F(500, 3), F(800, 3))),
    (500, TALMUD, (F(200, 3), F(500, 3), F(800, 3))),
]

# The four heirs of Abraham ibn Ezra: claims 30, 40, 60, 120 on an estate of 120.
IBN_EZRA = [
    (PRO, (F(144, 10), F(192, 10), F(288, 10), F(576, 10))),
    (CEA, (30, 30, 30, 30)),
    (CEL, (0, F(20, 3), F(80, 3), F(260, 3))),
    (TALMUD, (15, 20, 30, 55)),
]

problems = st.lists(st.integers(0, 1000), min_size=1, max_size=8).flatmap(
    lambda claims: st.tuples(st.just(tuple(claims)), st.integers(0, sum(claims)))
)
rules = st.sampled_from([PRO, CEA, CEL, TALMUD])


@pytest.mark.parametrize(("estate", "rule", "due"), TABLE)
def test_three_creditors_get_what_the_published_table_says(estate: int, rule: str, due: tuple[F, ...]) -> None:
    assert exact_shares(THREE, estate, rule=rule) == due


@pytest.mark.parametrize(("rule", "due"), IBN_EZRA)
def test_the_heirs_of_ibn_ezra_get_what_the_published_table_says(rule: str, due: tuple[F, ...]) -> None:
    assert exact_shares((30, 40, 60, 120), 120, rule=rule) == due


def test_the_contested_garment_is_divided_three_quarters_to_one() -> None:
    assert exact_shares((100, 50), 100, rule=TALMUD) == (75, 25)


@settings(deadline=None, max_examples=200)
@given(problem=problems, rule=rules)
def test_everything_is_handed_out_and_nobody_gets_more_than_the_claim(problem: tuple[tuple[int, ...], int], rule: str) -> None:
    claims, estate = problem
    shares = exact_shares(claims, estate, rule=rule)
    assert sum(shares) == estate
    assert all(0 <= share <= claim for share, claim in zip(shares, claims, strict=True))


@settings(deadline=None, max_examples=200)
@given(problem=problems, rule=rules)
def test_a_larger_claim_never_gets_less_nor_loses_less(problem: tuple[tuple[int, ...], int], rule: str) -> None:
    claims, estate = problem
    ordered = sorted(zip(claims, exact_shares(claims, estate, rule=rule), strict=True))
    for (claim, share), (larger, more) in pairwise(ordered):
        assert share <= more and claim - share <= larger - more
        assert claim < larger or share == more


@settings(deadline=None, max_examples=200)
@given(problem=problems, rule=rules, extra=st.integers(0, 500))
def test_nobody_loses_when_the_fund_grows(problem: tuple[tuple[int, ...], int], rule: str, extra: int) -> None:
    claims, estate = problem
    before, after = (exact_shares(claims, money, rule=rule) for money in (estate, estate + extra))
    assert all(less <= more for less, more in zip(before, after, strict=True))


@settings(deadline=None, max_examples=200)
@given(problem=problems, rule=st.sampled_from([PRO, CEA, CEL]), part=st.fractions(0, 1))
def test_paying_in_two_rounds_comes_to_the_same_as_paying_at_once(problem: tuple[tuple[int, ...], int], rule: str, part: F) -> None:
    claims, estate = problem
    first = exact_shares(claims, estate * part, rule=rule)
    left = tuple(claim - share for claim, share in zip(claims, first, strict=True))
    second = exact_shares(left, estate - estate * part, rule=rule)
    assert tuple(a + b for a, b in zip(first, second, strict=True)) == exact_shares(claims, estate, rule=rule)


def test_with_the_talmud_rule_the_result_depends_on_the_rounds() -> None:
    first = exact_shares(THREE, 200, rule=TALMUD)
    second = exact_shares([c - s for c, s in zip(THREE, first, strict=True)], 200, rule=TALMUD)
    assert [a + b for a, b in zip(first, second, strict=True)] != list(exact_shares(THREE, 400, rule=TALMUD))


@pytest.mark.parametrize(("claims", "estate", "rule"), [((-1,), 0, PRO), ((1,), -1, PRO), ((1,), 1, "shapley")])
def test_what_makes_no_sense_is_refused(claims: tuple[int, ...], estate: int, rule: str) -> None:
    with pytest.raises(AljabrError):
        exact_shares(claims, estate, rule=rule)
