"""No public cell points at a person, alone or by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.report import public_aggregates
from aljabr.report.aggregates import _suppressed


def outcomes(db: Database, programme: Programme) -> dict[tuple[str, str], dict[str, str]]:
    return {(row["harm"], row["outcome"]): row for row in public_aggregates(db, programme)["outcomes"].to_pylist()}


def test_large_cells_are_published_with_their_money(run: Database, programme: Programme) -> None:
    row = outcomes(run, programme)["death", "granted"]
    assert (row["items"], row["entitled_minor"], row["awarded_minor"]) == ("52", "260000000000", "260000000000")
    assert set(public_aggregates(run, programme)) == {"intake", "issues", "outcomes", "overlaps", "instalments"}


def test_a_small_cell_loses_its_money_and_takes_the_next_smallest_with_it(run: Database, programme: Programme) -> None:
    run.execute("DELETE FROM determinations WHERE outcome = 'denied' AND determination_id > 'det_088'")  # leaves 3
    found = outcomes(run, programme)
    assert (found["property", "denied"]["items"], found["property", "denied"]["entitled_minor"]) == ("<5", "")
    # The six held items are one person's (next test): 3 + 1 people are still fewer than five, so the 14 incomplete go too.
    assert {key for key, row in found.items() if row["items"] == "withheld"} == {("property", "held"), ("death", "incomplete")}


def test_many_items_of_few_people_are_withheld(run: Database, programme: Programme) -> None:
    # Mentions 100 to 114 are one person: the six held items are all theirs.
    assert outcomes(run, programme)["property", "held"]["items"] == "withheld"


def test_nothing_but_text_and_no_person_is_published(run: Database, programme: Programme) -> None:
    for table in public_aggregates(run, programme).values():
        assert {str(field.type) for field in table.schema} == {"string"}
        assert not set(table.column_names) & {"people", "person_id", "claim_id", "reference"}


def test_a_programme_without_payments_publishes_none(db: Database, programme: Programme) -> None:
    short = programme.model_copy(update={"stages": ("intake", "assess", "publish")})
    assert set(public_aggregates(db, short)) == {"intake", "issues", "outcomes"}


@given(st.lists(st.integers(0, 40), max_size=8))
@settings(deadline=None, max_examples=100)
def test_what_is_hidden_can_never_be_worked_out_from_a_total(counts: list[int]) -> None:
    table = _suppressed(["cell", "items", "money"], [(str(number), count, 7) for number, count in enumerate(counts)], count=1)
    shown = table.to_pylist()
    hidden = [counts[number] for number, row in enumerate(shown) if row["items"] in ("<5", "withheld")]
    assert not any(row["items"] in {"1", "2", "3", "4"} for row in shown)
    assert all((row["money"] == "") == (row["items"] in ("<5", "withheld")) for row in shown)
    positive = [count for count in counts if count]
    if hidden and hidden != positive:
        assert len(hidden) >= 2 and sum(hidden) >= 5


@pytest.mark.parametrize(
    "counts,expected", [([9, 3, 6], ["9", "<5", "withheld"]), ([2, 2, 30], ["<5", "<5", "withheld"]), ([5, 0], ["5", "0"])]
)
def test_suppression_by_example(counts: list[int], expected: list[str]) -> None:
    table = _suppressed(["cell", "items"], [(str(number), count) for number, count in enumerate(counts)], count=1)
    assert table.column("items").to_pylist() == expected
