"""Determinations with their facts, of every type and with hostile text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from aljabr.programmes.records import CurrencySpec, Programme
from aljabr.relations import Database

KEY = bytes(range(32))
FACTS = {
    "cause": "TEXT",
    "disability_percent": "DECIMAL(38,6)",
    "assessed_minor": "BIGINT",
    "resident": "BOOLEAN",
    "filed_on": "DATE",
}


def make_programme() -> Programme:
    return Programme(
        key="XX-TEST",
        folder=Path(),
        hash="ab" * 32,
        title={"en": "Test"},
        issuer={"en": "Nobody"},
        currency=CurrencySpec(code="IQD", exponent=3),
        languages=("en",),
        stages=("publish",),
        instruments=(),
        harms=(),
        facts=(),
        determination={},
        sign_off={},
        tables=(),
        mappings=(),
    )


@pytest.fixture
def determined(db: Database) -> Callable[..., Database]:
    """Return a function that fills determinations and facts, one for each text, which stands in ground, cause and letter."""

    def fill(texts: Sequence[str | None], *, amount: int | None = 5_000_000_000) -> Database:
        db.create("determinations")
        db.create("facts", FACTS)
        for number, text in enumerate(texts):
            item = f"itm_{number}"
            db.execute(
                "INSERT INTO determinations BY NAME SELECT ? AS determination_id, ? AS item_id, 'granted' AS outcome, ? AS ground, "
                "? AS amount_minor, false AS unsigned, ? AS letter_text",
                [f"det_{number}", item, text, amount, text],
            )
            db.execute(
                "INSERT INTO facts BY NAME SELECT ? AS item_id, ? AS claim_id, ? AS cause, 62.5 AS disability_percent, "
                "true AS resident, DATE '2014-06-10' AS filed_on",
                [item, f"clm_{number}", text],
            )
        return db

    return fill
