"""A phased fund pays round after round; a monthly fund pays every month alike; both account for every unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.awards.conftest import AS_OF, make_fund, make_programme

from aljabr.awards import make_awards
from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Tier
from aljabr.relations import Database

UNIT = 250_000
World = Callable[..., Database]
FIRST = Tier(key="first", pays=("one", "two"), rule="constrained_equal_awards", up_to_minor=10 * UNIT)
SECOND = Tier(key="second", pays=("one",), rule="constrained_equal_awards", up_to_minor=20 * UNIT, due_after_days=100)
REST = Tier(key="rest", pays=("one", "two"), rule="proportional", due_after_days=200)


def instalments(db: Database) -> dict[tuple[str, int], int]:
    rows = db.rows("SELECT person_id, instalment, sum(amount_minor) FROM allocations JOIN awards USING (award_id) GROUP BY ALL")
    return {(person, number): int(paid) // UNIT for person, number, paid in rows}


def test_everybody_receives_the_first_round_before_anybody_receives_more(world: World) -> None:
    db = world([("per_a", 100 * UNIT, "one"), ("per_b", 100 * UNIT, "one"), ("per_c", 4 * UNIT, "two")])
    make_awards(db, make_programme(), make_fund(30 * UNIT, tiers=(FIRST, SECOND, REST), phased=True), as_of=AS_OF)
    # 10 + 10 + 4 units in the first round; the 6 units left are shared in the second.
    assert instalments(db) == {
        ("per_a", 1): 10, ("per_b", 1): 10, ("per_c", 1): 4, ("per_a", 2): 3, ("per_b", 2): 3
    }  # fmt: skip


def test_a_claimants_awards_share_one_limit_and_phases_fall_due_in_their_order(world: World) -> None:
    db = world([("per_a", 8 * UNIT, "one"), ("per_a", 40 * UNIT, "two")])
    summary = make_awards(db, make_programme(), make_fund(100 * UNIT, tiers=(FIRST, SECOND, REST), phased=True), as_of=AS_OF)
    # First 10 of 48; the second pays what is left of award one alone (8 - 2 = 6 units); the rest follows.
    assert instalments(db) == {("per_a", 1): 10, ("per_a", 2): 6, ("per_a", 3): 32}
    assert (summary.awarded_minor, summary.left_minor, summary.unfunded_minor) == (48 * UNIT, 52 * UNIT, 0)
    days = dict(db.rows("SELECT instalment, min(due_on) FROM allocations GROUP BY instalment"))
    assert days == {1: date(2024, 1, 31), 2: date(2024, 5, 10), 3: date(2024, 8, 18)}


@given(
    owed=st.lists(st.tuples(st.sampled_from("abcd"), st.integers(1, 80), st.sampled_from(["one", "two"])), min_size=1, max_size=8),
    fund=st.integers(0, 300),
)
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_unit_is_lost_and_no_limit_passed(world: World, owed: list[tuple[str, int, str]], fund: int) -> None:
    db = world([(f"per_{person}", units * UNIT + 3, tier) for person, units, tier in owed])
    summary = make_awards(db, make_programme(), make_fund(fund * UNIT, tiers=(FIRST, SECOND, REST), phased=True), as_of=AS_OF)
    total = sum(units for _, units, _ in owed)
    assert summary.awarded_minor == min(fund, total) * UNIT
    assert summary.unfunded_minor == max(total - fund, 0) * UNIT
    paid = instalments(db)
    assert all(units <= 10 for (_, number), units in paid.items() if number == 1)
    assert all(units <= 20 for (_, number), units in paid.items() if number == 2)


def test_a_monthly_fund_pays_the_determined_sum_every_month(world: World) -> None:
    db = world([("per_a", 4 * UNIT, "one")])
    summary = make_awards(db, make_programme(), make_fund(100 * UNIT, months=3), as_of=AS_OF)
    rows = db.rows("SELECT due_on, amount_minor FROM allocations ORDER BY instalment")
    assert rows == [(date(2024, 1, 31), 4 * UNIT), (date(2024, 2, 29), 4 * UNIT), (date(2024, 3, 31), 4 * UNIT)]
    assert (summary.entitled_minor, summary.awarded_minor) == (12 * UNIT, 12 * UNIT)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"tiers": (REST, FIRST), "phased": True}, "again in first, after a phase without a limit"),
        ({"tiers": (FIRST, REST)}, "more than one tier"),
        ({"tiers": (FIRST,)}, "without being phased"),
        ({"tiers": (FIRST, REST), "phased": True, "instalments": (50, 50)}, "instalments besides"),
        ({"months": 12, "instalments": (50, 50)}, "instalments besides"),
        ({"tiers": (FIRST, REST), "phased": True, "months": 12}, "months and phases"),
        ({"tiers": (FIRST.model_copy(update={"due_after_days": 9}), REST.model_copy(update={"due_after_days": 8})), "phased": True},
         "later phase before an earlier one"),
        ({"tiers": (FIRST.model_copy(update={"floor_minor": 5}),), "phased": True}, "a floor in the phase"),
    ],
    ids=["after-the-rest", "twice", "limit", "both", "months-and-parts", "months-and-phases", "order", "floor"],
)  # fmt: skip
def test_a_fund_that_contradicts_itself_is_refused(world: World, changes: dict[str, object], says: str) -> None:
    with pytest.raises(ProgrammeBroken, match=says):
        make_awards(world([]), make_programme(), make_fund(10 * UNIT, **changes), as_of=AS_OF)
