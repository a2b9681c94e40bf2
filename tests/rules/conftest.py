"""A programme with every hit policy, and a way to lay out facts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aljabr.programmes import Programme
from aljabr.relations import Database
from tests.rules.forms import WALK, programme

COLUMNS = {
    "item_id": "TEXT",
    "claim_id": "TEXT",
    "harm": "TEXT",
    "relation": "TEXT",
    "filed_on": "DATE",
    "decided_on": "DATE",
    "incident_earliest_on": "DATE",
    "incident_latest_on": "DATE",
    "claimed_minor": "BIGINT",
    "overlap": "TEXT",
    "cause": "TEXT",
    "disability_percent": "DECIMAL(38, 6)",
    "assessed_minor": "BIGINT",
    "resident": "BOOLEAN",
    "remark": "TEXT",
    "has_death_certificate": "BOOLEAN",
    "has_two_witnesses": "BOOLEAN",
}
USUAL: dict[str, Any] = {
    "item_id": "itm_1",
    "claim_id": "clm_1",
    "harm": "death",
    "relation": "spouse",
    "filed_on": date(2019, 5, 1),
    "decided_on": date(2024, 1, 1),
    "incident_earliest_on": date(2014, 6, 10),
    "incident_latest_on": date(2014, 6, 10),
    "claimed_minor": None,
    "overlap": "none",
    "cause": "terrorist_act",
    "disability_percent": "20",
    "assessed_minor": None,
    "resident": True,
    "remark": "",
    "has_death_certificate": True,
    "has_two_witnesses": False,
}


@pytest.fixture(scope="session")
def walk() -> Programme:
    """Return the synthetic programme."""
    return programme(WALK)


@pytest.fixture
def lay_out(db: Database) -> Callable[..., Database]:
    """Return a function that makes ``facts`` of rows, each given by what is unusual in it."""

    def rows(*unusual: dict[str, Any]) -> Database:
        spelled = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
        db.execute(f"CREATE TABLE facts ({spelled})")
        for row in unusual:
            values = [
                str(value) if name == "disability_percent" and value is not None else value
                for name, value in {**USUAL, **row}.items()
            ]
            db.execute(f"INSERT INTO facts VALUES ({', '.join('?' for _ in values)})", values)
        return db

    return rows
