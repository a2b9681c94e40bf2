"""A fund over determinations: tiers, floors, claimants with several awards, instalments, and every unit accounted for."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.awards.conftest import AS_OF, make_fund, make_programme

from aljabr.awards import divide, make_awards
from aljabr.errors import CheckFailed, ProgrammeBroken
from aljabr.programmes.records import Tier
from aljabr.relations import Database

UNIT = 250_000
World = Callable[..., Database]


def _awarded(db: Database) -> dict[str, int]:
    return dict(db.rows("SELECT determination_id, awarded_minor FROM awards ORDER BY determination_id"))


def test_a_fund_that_suffices_pays_everybody_but_parts_of_a_unit(world: World) -> None:
    db = world([("per_a", 10 * UNIT + 7, "one"), ("per_b", 3 * UNIT, "two")])
    summary = make_awards(db, make_programme(), make_fund(100 * UNIT, reserve_minor=UNIT), as_of=AS_OF)
    assert _awarded(db) == {"det_0": 10 * UNIT, "det_1": 3 * UNIT}
    assert (summary.awarded_minor, summary.left_minor, summary.reserve_minor) == (13 * UNIT, 86 * UNIT, UNIT)
    assert (summary.residue_minor, summary.unfunded_minor, summary.outside_minor) == (7, 0, 0)


def test_a_short_fund_is_divided_in_proportion(world: World) -> None:
    db = world([("per_a", 100 * UNIT, "one"), ("per_b", 200 * UNIT, "one"), ("per_c", 300 * UNIT, "one")])
    summary = make_awards(db, make_programme(), make_fund(500 * UNIT), as_of=AS_OF)
    assert _awarded(db) == {"det_0": 83 * UNIT, "det_1": 167 * UNIT, "det_2": 250 * UNIT}
    assert summary.unfunded_minor == 100 * UNIT and summary.left_minor == 0


def test_an_earlier_tier_is_paid_before_a_later_one(world: World) -> None:
    tiers = (
        Tier(key="first", pays=("one",), rule="proportional"),
        Tier(key="second", pays=("two",), rule="constrained_equal_awards"),
    )
    db = world([("per_a", 50 * UNIT, "one"), ("per_b", 40 * UNIT, "two"), ("per_c", 5 * UNIT, "two")])
    summary = make_awards(db, make_programme(), make_fund(75 * UNIT, tiers=tiers), as_of=AS_OF)
    assert _awarded(db) == {"det_0": 50 * UNIT, "det_1": 20 * UNIT, "det_2": 5 * UNIT}
    assert summary.tiers == (("first", 50 * UNIT, 50 * UNIT), ("second", 45 * UNIT, 25 * UNIT))


def test_the_floor_is_paid_once_for_each_claimant_not_for_each_item(world: World) -> None:
    tiers = (Tier(key="all", pays=("one",), rule="proportional", floor_minor=10 * UNIT),)
    db = world([("per_a", 10 * UNIT, "one"), ("per_a", 10 * UNIT, "one"), ("per_b", 20 * UNIT, "one")])
    make_awards(db, make_programme(), make_fund(20 * UNIT, tiers=tiers), as_of=AS_OF)
    by_person = dict(db.rows("SELECT person_id, sum(awarded_minor) FROM awards GROUP BY person_id"))
    assert by_person == {"per_a": 10 * UNIT, "per_b": 10 * UNIT}


def test_splitting_a_loss_into_items_wins_nothing(world: World) -> None:
    tiers = (Tier(key="all", pays=("one",), rule="constrained_equal_awards"),)
    db = world([("per_a", 5 * UNIT, "one")] * 4 + [("per_b", 20 * UNIT, "one")])
    make_awards(db, make_programme(), make_fund(16 * UNIT, tiers=tiers), as_of=AS_OF)
    assert _awarded(db) == {"det_0": 2 * UNIT, "det_1": 2 * UNIT, "det_2": 2 * UNIT, "det_3": 2 * UNIT, "det_4": 8 * UNIT}


def test_an_award_in_a_tier_the_fund_does_not_pay_stays_visible(world: World) -> None:
    db = world([("per_a", 9 * UNIT + 1, "three"), ("per_b", UNIT, "one")])
    summary = make_awards(db, make_programme(), make_fund(100 * UNIT), as_of=AS_OF)
    assert _awarded(db) == {"det_0": 0, "det_1": UNIT}
    assert summary.outside_minor == 9 * UNIT + 1 and summary.entitled_minor == 10 * UNIT + 1


def test_only_granted_determinations_with_an_amount_become_awards(world: World) -> None:
    db = world([("per_a", 5 * UNIT, "one")], outcome="held")
    summary = make_awards(db, make_programme(), make_fund(UNIT), as_of=AS_OF)
    assert summary.awards == 0 and summary.left_minor == UNIT
    assert db.value("SELECT count(*) FROM allocations") == 0


def test_a_claimant_without_a_cluster_is_a_person_alone(world: World) -> None:
    db = world([("per_a", UNIT, "one")])
    db.execute("DELETE FROM person_members")
    make_awards(db, make_programme(), make_fund(UNIT), as_of=AS_OF)
    assert db.value("SELECT person_id FROM awards") == "per_0"


def test_instalments_are_whole_units_and_the_last_takes_the_rest(world: World) -> None:
    db = world([("per_a", 7 * UNIT, "one"), ("per_b", UNIT, "one")])
    fund = make_fund(100 * UNIT, instalments=(50, 25, 25), instalment_interval_days=30)
    make_awards(db, make_programme(), fund, as_of=AS_OF)
    paid = db.rows(
        "SELECT entitled_minor, instalment, amount_minor, due_on FROM allocations JOIN awards USING (award_id) ORDER BY 1 DESC, 2"
    )
    assert paid == [
        (7 * UNIT, 1, 3 * UNIT, date(2024, 1, 31)),
        (7 * UNIT, 2, UNIT, date(2024, 3, 1)),
        (7 * UNIT, 3, 3 * UNIT, date(2024, 3, 31)),
        (UNIT, 3, UNIT, date(2024, 3, 31)),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"currency": "USD"}, "is in USD"),
        ({"reserve_minor": 10**9}, "holds back more"),
        ({"instalments": (50, 60)}, "instalments"),
        ({"tiers": [{"key": k, "pays": ["one"], "rule": "proportional"} for k in "ab"]}, "more than one tier"),
        ({"tiers": [{"key": "a", "pays": ["one"], "rule": "proportional", "floor_minor": -1}]}, "negative floor"),
    ],
)
def test_a_fund_that_contradicts_itself_is_refused(world: World, changes: dict[str, object], said: str) -> None:
    with pytest.raises(ProgrammeBroken, match=said):
        make_awards(world([]), make_programme(), make_fund(UNIT, **changes), as_of=AS_OF)


def test_an_item_granted_twice_is_refused(world: World) -> None:
    db = world([("per_a", UNIT, "one"), ("per_a", UNIT, "one")])
    db.execute("UPDATE determinations SET item_id = 'itm_0'")
    with pytest.raises(CheckFailed, match="itm_0 was granted more than once"):
        make_awards(db, make_programme(), make_fund(UNIT), as_of=AS_OF)


def test_a_determination_in_another_currency_is_refused(world: World) -> None:
    db = world([("per_a", UNIT, "one")])
    db.execute("UPDATE determinations SET currency = 'USD'")
    with pytest.raises(CheckFailed, match="not in IQD"):
        make_awards(db, make_programme(), make_fund(UNIT), as_of=AS_OF)


def test_a_determination_without_a_claim_is_refused(world: World) -> None:
    db = world([("per_a", UNIT, "one")])
    db.execute("DELETE FROM claims")
    with pytest.raises(CheckFailed, match="0 have a claimant"):
        make_awards(db, make_programme(), make_fund(UNIT), as_of=AS_OF)


def test_the_manifest_entry_writes_money_as_text(world: World) -> None:
    entry = make_awards(world([("per_a", UNIT, "one")]), make_programme(), make_fund(10**18), as_of=AS_OF).manifest_entry()
    assert entry["available_minor"] == str(10**18) and entry["awards"] == 1
    assert entry["tiers"] == [{"tier": "all", "claimed_minor": str(UNIT), "awarded_minor": str(UNIT)}]


granted_lists = st.lists(
    st.tuples(st.sampled_from(["per_a", "per_b", "per_c", "per_d"]), st.integers(1, 40), st.sampled_from(["one", "two", "three"])),
    max_size=10,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(granted=granted_lists, available=st.integers(0, 200), floor=st.integers(0, 30), seed=st.integers(0, 9), rule=st.booleans())
def test_rows_in_any_order_give_what_the_pure_rules_give(
    world: World, granted: list[tuple[str, int, str]], available: int, floor: int, seed: int, rule: bool
) -> None:
    name = "proportional" if rule else "constrained_equal_awards"
    fund = make_fund(available, tiers=(Tier(key="all", pays=("one", "two"), rule=name, floor_minor=floor),))
    claims: dict[str, int] = {}
    for person, amount, tier in granted:
        if tier != "three":
            claims[person] = claims.get(person, 0) + amount // 3
    db = world(granted)
    db.execute(f"CREATE OR REPLACE TABLE determinations AS SELECT * FROM determinations ORDER BY hash(determination_id, {seed})")
    summary = make_awards(db, make_programme(3), fund, as_of=AS_OF)
    paid = dict(db.rows("SELECT person_id, sum(awarded_minor) FROM awards WHERE tier <> 'three' GROUP BY person_id"))
    assert paid == {
        p: 3 * units for p, units in divide(claims, available // 3, rule=name, floor=floor // 3, draw="demo:all").items()
    }
    assert summary.available_minor == summary.awarded_minor + summary.left_minor + summary.reserve_minor


def test_the_same_awards_come_out_whatever_the_number_of_threads(world: World) -> None:
    pick = random.Random(7)
    granted = [(f"per_{pick.randrange(8000)}", pick.randrange(1, 10**10), pick.choice(["one", "two"])) for _ in range(300)]
    digests = set()
    for threads in (1, 2):
        db = world(granted)
        db.execute(f"SET threads = {threads}")
        make_awards(db, make_programme(), make_fund(4 * 10**11, instalments=(50, 50)), as_of=AS_OF)
        digests.add((db.digest("awards"), db.digest("allocations")))
    assert len(digests) == 1
