"""Every worked case of a shipped programme comes out of SQL exactly as the reference interpreter decides it."""

from __future__ import annotations

import pytest

from aljabr.programmes import load_programme, shipped_programmes
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess, recompute

ENGINE = {
    "harm": "TEXT",
    "relation": "TEXT",
    "filed_on": "DATE",
    "decided_on": "DATE",
    "incident_earliest_on": "DATE",
    "incident_latest_on": "DATE",
    "claimed_minor": "BIGINT",
    "overlap": "TEXT",
}
TYPES = {"string": "TEXT", "number": "BIGINT", "boolean": "BOOLEAN", "date": "DATE"}


def load_cases(db: Database, programme: Programme) -> None:
    """One row of facts for each worked case; an exhibit a case does not name was not brought."""
    columns = {**ENGINE, **{fact.name: TYPES[fact.type] for fact in programme.facts if fact.source != "engine"}}
    absent = {fact.name: False for fact in programme.facts if fact.source == "exhibit"}
    rows = [(case.key, case.key, *({**absent, **case.facts}.get(name) for name in columns)) for case in programme.cases]
    db.load_rows("facts", {"item_id": "TEXT", "claim_id": "TEXT", **columns}, rows)


@pytest.mark.parametrize("name", shipped_programmes())
def test_sql_decides_every_worked_case_as_the_interpreter_does(db: Database, name: str) -> None:
    programme = load_programme(name)
    load_cases(db, programme)
    amount_inputs(db, programme)
    assess(db, programme)
    found = {str(row["item_id"]): row for row in db.dicts("SELECT * FROM determinations")}
    for case in programme.cases:
        expected = recompute(programme, {**case.facts, "item_id": case.key, "claim_id": case.key})
        assert {key: found[case.key][key] for key in expected} == expected, case.key


def test_what_the_tables_ask_for_is_among_the_missing(db: Database) -> None:
    programme = load_programme("IQ-LAW20")
    load_cases(db, programme)
    amount_inputs(db, programme)
    assess(db, programme)
    missing = dict(db.rows("SELECT item_id, missing_facts FROM determinations"))
    assert missing["house-without-any-paper"] == '["damage_proof","has_identity_document","has_residence_card","tenure_proof"]'
    assert missing["disability-without-percentage"] == '["disability_percent"]'
    assert missing["death-of-a-child"] == "[]"
