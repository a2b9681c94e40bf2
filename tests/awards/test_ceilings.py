"""Items of one claimant or household together come to no more than the programme's ceilings; what is below is not touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.awards.conftest import AS_OF, make_fund, make_programme

from aljabr.awards import make_awards
from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Amount, Ceiling, Programme
from aljabr.relations import Database

World = Callable[..., Database]
MOST = 1_000


def capped(per: str, *, from_on: str = "2000-01-01") -> Programme:
    law = {"instrument": "law", "article": "1"}
    values = [{"from_on": from_on, "value": MOST, "reference": law}]
    most = {"key": "most_minor", "unit": "minor", "selects_by": "decided_on", "values": values}
    ceiling = {"key": "cap", "label": {"en": "cap"}, "harms": ["loss"], "per": per, "amount": "most_minor", "reference": law}
    changes = {"ceilings": (Ceiling.model_validate(ceiling),), "amounts": (Amount.model_validate(most),)}
    return make_programme(1).model_copy(update=changes)


def entitled(db: Database) -> dict[str, int]:
    return dict(db.rows("SELECT determination_id, entitled_minor FROM awards ORDER BY 1"))


@pytest.fixture
def losses(world: World) -> Callable[..., Database]:
    """Return a function that fills the database with losses of (person, amount, household or None)."""

    def fill(rows: list[tuple[str, int, str | None]]) -> Database:
        db = world([(person, amount, "one") for person, amount, _ in rows])
        db.execute("UPDATE determinations SET harm = 'loss'")
        db.execute("UPDATE claims SET source = 'list'")
        for number, (_, _, household) in enumerate(rows):
            db.execute("UPDATE person_records SET household = ? WHERE person_record_id = ?", [household, f"prs_{number}"])
        return db

    return fill


def test_a_claimants_items_are_lowered_in_proportion_and_others_are_not(losses: Callable[..., Database]) -> None:
    db = losses([("per_a", 900, None), ("per_a", 600, None), ("per_b", 1_000, None)])
    summary = make_awards(db, capped("claimant"), make_fund(10_000), as_of=AS_OF)
    assert entitled(db) == {"det_0": 600, "det_1": 400, "det_2": 1_000}
    assert (summary.entitled_minor, summary.capped_minor) == (2_000, 500)


def test_a_household_is_capped_as_one_and_a_number_of_another_source_is_another_household(losses: Callable[..., Database]) -> None:
    db = losses([("per_a", 800, "7"), ("per_b", 800, "7"), ("per_c", 800, "7"), ("per_d", 800, None)])
    db.execute("UPDATE claims SET source = 'other' WHERE claim_id = 'clm_2'")
    make_awards(db, capped("household"), make_fund(10_000), as_of=AS_OF)
    assert entitled(db) == {"det_0": 500, "det_1": 500, "det_2": 800, "det_3": 800}


def test_harms_a_ceiling_does_not_name_are_not_capped(losses: Callable[..., Database]) -> None:
    db = losses([("per_a", 5_000, None)])
    db.execute("UPDATE determinations SET harm = 'other'")
    make_awards(db, capped("claimant"), make_fund(10_000), as_of=AS_OF)
    assert entitled(db) == {"det_0": 5_000}


@given(amounts=st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3_000)), min_size=1, max_size=8))
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_each_holder_comes_to_the_smaller_of_sum_and_ceiling(
    losses: Callable[..., Database], amounts: list[tuple[str, int]]
) -> None:
    db = losses([(f"per_{person}", amount, None) for person, amount in amounts])
    summary = make_awards(db, capped("claimant"), make_fund(100_000), as_of=AS_OF)
    sums = {person: sum(amount for other, amount in amounts if other == person) for person, _ in amounts}
    found = dict(db.rows("SELECT person_id, sum(entitled_minor) FROM awards GROUP BY person_id"))
    assert found == {f"per_{person}": min(total, MOST) for person, total in sums.items()}
    assert summary.capped_minor == sum(max(total - MOST, 0) for total in sums.values())


def test_a_ceiling_without_a_value_on_the_day_is_refused_not_guessed(losses: Callable[..., Database]) -> None:
    with pytest.raises(ProgrammeBroken, match="has no value on 2024-01-31"):
        make_awards(losses([("per_a", 1, None)]), capped("claimant", from_on=str(date(2024, 2, 1))), make_fund(10), as_of=AS_OF)
