"""Two versions of a law on the same items, and how long people would wait under each."""

from __future__ import annotations

import pytest

from aljabr.errors import UsageError
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess
from aljabr.rules.comparison import compare, decide, effects, outcomes, persons_apart, totals, transitions
from aljabr.rules.waiting import waiting
from tests.rules.conftest import COLUMNS


def _standing(db: Database) -> None:
    db.execute("CREATE TABLE _standing AS SELECT row, item_id, claim_id AS person, filed_on, harm AS by_harm FROM facts")


@pytest.fixture
def decided(db: Database) -> Database:
    """Four items of three persons, decided twice: one gains 5, one loses 4 on one item and gains 4 on another, one is as before."""
    db.execute("CREATE TABLE facts (row BIGINT, item_id TEXT, claim_id TEXT, filed_on DATE, harm TEXT)")
    db.execute(
        "INSERT INTO facts SELECT i, 'itm_' || i, 'clm_' || (i // 2), DATE '2020-01-01' + i::INTEGER, 'h' FROM range(1, 5) t(i)"
    )
    _standing(db)
    for name, sums in (("_before", "10, 14, 0, 7"), ("_after", "15, 10, 4, 7")):
        db.execute(
            f"CREATE TABLE {name} AS SELECT unnest([1, 2, 3, 4])::BIGINT AS row, unnest([{sums}])::BIGINT AS entitled_minor, "
            "unnest(['granted', 'granted', 'denied', 'granted']) AS outcome"
        )
    return db


def test_a_gain_and_a_loss_of_one_person_cancel_out(decided: Database) -> None:
    compare(decided, before="_before", after="_after", differing="_items")
    # clm_0 (item 1) 10 → 15; clm_1 (items 2 and 3) 14 → 14; clm_2 (item 4) 7 → 7.
    assert effects(decided, None) == [("", "gain", 1, 10, 15), ("", "unchanged", 2, 21, 21)]
    assert decided.value("SELECT count(*) FROM _items") == 3
    assert persons_apart(decided, "_before", "_after") == 1
    assert totals(decided, "_after") == (3, 36)


def test_transitions_count_items_persons_and_money(decided: Database) -> None:
    decided.execute("UPDATE _after SET outcome = 'granted' WHERE row = 3")
    compare(decided, before="_before", after="_after", differing="_items")
    assert transitions(decided) == [("denied", "granted", 1, 1, 0, 4), ("granted", "granted", 3, 3, 31, 32)]
    assert outcomes(decided, "_before") == [("denied", "denied", 1, 1, 0, 0), ("granted", "granted", 3, 3, 31, 31)]


def test_waiting_is_the_arithmetic_of_one_desk_and_one_purse(decided: Database) -> None:
    # Two items a month, 15 a year. Decided in months 1, 1, 2, 2; needed 10, 24, 24, 31: years 1, 2, -, 3, so months 1, 13, 25.
    found = waiting(decided, "_before", budget_minor=15, capacity=2)
    assert (found.decided_months, found.paid_items, found.owed_minor) == (2, 3, 31)
    assert (found.median_months, found.ninetieth_months, found.last_months, found.first_year_items) == (13, 25, 25, 1)


def test_money_in_plenty_leaves_only_the_desk_to_wait_for(decided: Database) -> None:
    found = waiting(decided, "_before", budget_minor=1_000, capacity=1)
    assert (found.median_months, found.last_months) == (2, 4)


def test_nothing_a_year_is_no_budget(decided: Database) -> None:
    with pytest.raises(UsageError, match="above 0"):
        waiting(decided, "_before", budget_minor=0, capacity=1)


def test_decide_means_what_assess_means(walk, lay_out) -> None:
    harms = ("death", "property", "disability", None)
    rows = [
        {"item_id": f"itm_{n}", "harm": harms[n % 4], "relation": ("spouse", None)[n % 2], "disability_percent": str(n * 7 % 101),
         "assessed_minor": n * 1000, "has_death_certificate": n % 3 > 0}
        for n in range(60)
    ]  # fmt: skip
    db = lay_out(*rows)
    db.execute("CREATE TABLE _copy AS SELECT * FROM facts")
    amount_inputs(db, walk)
    assess(db, walk)
    kept = ", ".join(f'"{name}"' for name in COLUMNS)
    db.execute(f"CREATE OR REPLACE TABLE facts AS SELECT rowid AS row, {kept} FROM _copy")
    decide(db, walk, into="_light")
    differ = db.value(
        "SELECT count(*) FROM _light l JOIN facts USING (row) JOIN determinations d USING (item_id) WHERE l.outcome <> d.outcome "
        "OR l.entitled_minor <> CASE WHEN d.outcome = 'granted' THEN coalesce(d.amount_minor, 0) ELSE 0 END"
    )
    assert (differ, db.value("SELECT count(DISTINCT outcome) > 1 FROM _light")) == (0, True)
