"""Dated amounts: for all items at once, the same value as for one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.errors import ProgrammeBroken
from aljabr.programmes import Programme, amounts_for
from aljabr.relations import Database
from aljabr.rules import amount_inputs
from tests.rules.forms import WALK, dated, programme

DAYS = st.dates(date(2009, 12, 20), date(2010, 1, 10)) | st.dates(date(2016, 1, 20), date(2016, 1, 30)) | st.dates(date(2003, 1, 1))


@pytest.mark.parametrize(
    ("earliest", "latest", "grant"),
    [
        ("2009-12-27", "2009-12-27", None),
        ("2009-12-28", "2009-12-28", 3_750_000_000),
        ("2016-01-24", "2016-01-24", 3_750_000_000),
        ("2016-01-24", "2016-01-25", None),
        ("2016-01-25", "2016-12-31", 5_000_000_000),
        (None, None, None),
    ],
)
def test_the_day_an_amendment_begins_is_the_first_of_the_new_value(
    lay_out: Callable[..., Database], walk: Programme, earliest: str | None, latest: str | None, grant: int | None
) -> None:
    db = lay_out({"incident_earliest_on": earliest, "incident_latest_on": latest})
    amount_inputs(db, walk)
    assert db.value("SELECT grant_minor FROM facts") == grant


def test_adding_amounts_twice_changes_nothing(lay_out: Callable[..., Database], walk: Programme) -> None:
    db = lay_out({})
    amount_inputs(db, walk)
    columns = db.columns("facts")
    amount_inputs(db, walk)
    assert db.columns("facts") == columns
    assert columns["grant_minor"] == columns["ceiling_minor"] == "BIGINT"


def test_facts_without_the_date_are_refused(lay_out: Callable[..., Database], walk: Programme) -> None:
    db = lay_out({})
    db.execute("ALTER TABLE facts DROP filed_on")
    with pytest.raises(ProgrammeBroken, match="no date filed_on, by which ceiling_minor is chosen"):
        amount_inputs(db, walk)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(DAYS, st.integers(0, 40), DAYS | st.none()), min_size=10, max_size=40))
def test_one_item_and_all_items_choose_alike(items: list[tuple[date, int, date | None]]) -> None:
    law = programme(
        WALK,
        amounts=(
            dated("x_minor", "incident_on", ("2009-12-28", 1), ("2016-01-25", 2)),
            dated("y_minor", "filed_on", ("2010-01-01", 3)),
        ),
    )
    rows = [(day, min(date.max - timedelta(days=span), day) + timedelta(days=span), filed) for day, span, filed in items]
    with Database() as db:
        db.load_rows("facts", {"incident_earliest_on": "DATE", "incident_latest_on": "DATE", "filed_on": "DATE"}, rows)
        amount_inputs(db, law)
        for row in db.dicts("SELECT * FROM facts"):
            assert {"x_minor": row["x_minor"], "y_minor": row["y_minor"]} == amounts_for(law, row)
