"""The set-based assessment and the recomputation of one item give the same determination, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aljabr.errors import UsageError
from aljabr.programmes import Programme
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess, recompute
from tests.rules.conftest import COLUMNS, USUAL
from tests.rules.forms import HARMS

DAYS = st.sampled_from(
    [date(2009, 12, 27), date(2009, 12, 28), date(2014, 6, 10), date(2016, 1, 24), date(2016, 1, 25), date(2020, 1, 1)]
)
SPANS = st.sampled_from(
    [
        ("2014-06-10", "2014-06-10"),
        ("2016-01-01", "2016-01-31"),
        ("2016-01-25", "2016-12-31"),
        ("2009-01-01", "2009-12-31"),
        (None, None),
    ]
)
ROWS = st.fixed_dictionaries(
    {
        "harm": st.sampled_from(HARMS),
        "relation": st.none() | st.sampled_from(["self", "spouse", "son"]),
        "filed_on": st.none() | DAYS,
        "span": SPANS,
        "overlap": st.sampled_from(["none", "none", "relatives", "two_heads"]),
        "cause": st.none() | st.sampled_from(["terrorist_act", "military_operation", "unknown"]),
        "disability_percent": st.none()
        | st.sampled_from(["0", "9.999999", "10", "50.5", "74.999999", "75", "100", "100.000001", "-1"]),
        "assessed_minor": st.none() | st.sampled_from([0, 30_000_000_000, 30_000_000_001, 50_000_000_002, 2**62]),
        "resident": st.none() | st.booleans(),
        "remark": st.none() | st.sampled_from(["", "الى جانب", "abcd", "straße"]),
        "has_death_certificate": st.booleans(),
        "has_two_witnesses": st.booleans(),
    }
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(rows=st.lists(ROWS, min_size=40, max_size=40))
def test_assess_and_recompute_agree_on_every_field(walk: Programme, rows: list[dict[str, Any]]) -> None:
    with Database() as db:
        db.execute(f"CREATE TABLE facts ({', '.join(f'{name} {kind}' for name, kind in COLUMNS.items())})")
        for number, row in enumerate(rows):
            earliest, latest = row["span"]
            full = {**USUAL, **row, "item_id": f"itm_{number}", "incident_earliest_on": earliest, "incident_latest_on": latest}
            db.execute(f"INSERT INTO facts VALUES ({', '.join('?' for _ in COLUMNS)})", [full[name] for name in COLUMNS])
        known = {row["item_id"]: row for row in db.dicts("SELECT * FROM facts")}
        amount_inputs(db, walk)
        assess(db, walk)
        for found in db.dicts("SELECT * EXCLUDE (language, letter_text) FROM determinations"):
            assert recompute(walk, known[found["item_id"]]) == found


def test_facts_may_be_text_as_in_an_opening(walk: Programme) -> None:
    opened = {**USUAL, "harm": "disability", "disability_percent": "50", "filed_on": "2019-05-01"}
    assert recompute(walk, opened)["amount_minor"] == 1_875_000_000


def test_a_partial_incident_date_stands_for_its_days(walk: Programme) -> None:
    facts = {name: value for name, value in USUAL.items() if not name.startswith("incident")}
    assert recompute(walk, {**facts, "incident_on": "2016-02"})["amount_minor"] == 5_000_000_000
    assert recompute(walk, {**facts, "incident_on": "2016"})["missing_facts"] == '["grant_minor"]'


def test_an_exhibit_that_is_not_named_is_not_there(walk: Programme) -> None:
    facts = {name: value for name, value in USUAL.items() if not name.startswith("has_")}
    found = recompute(walk, facts)
    assert (found["outcome"], found["ground"], found["missing_facts"]) == ("incomplete", "evidence", "[]")


def test_a_given_amount_is_chosen_again_by_the_dates(walk: Programme) -> None:
    assert recompute(walk, {**USUAL, "grant_minor": 1})["amount_minor"] == 3_750_000_000


@pytest.mark.parametrize(
    ("wrong", "what"),
    [({"resdent": True}, "no fact resdent"), ({"resident": "yes"}, "not a boolean"), ({"filed_on": "May"}, "not a date")],
)
def test_a_fact_the_programme_does_not_know_is_refused(walk: Programme, wrong: dict[str, Any], what: str) -> None:
    with pytest.raises(UsageError, match=what):
        recompute(walk, {**USUAL, **wrong})
