"""A small programme and a world of determinations to award."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from aljabr.programmes.records import CurrencySpec, Fund, Programme, Tier
from aljabr.relations import Database

AS_OF = date(2024, 1, 31)


def make_programme(unit: int = 250_000) -> Programme:
    return Programme(
        key="XX-TEST",
        folder=Path(),
        hash="0" * 64,
        title={"en": "Test"},
        issuer={"en": "Nobody"},
        currency=CurrencySpec(code="IQD", exponent=3, payable_unit_minor=unit),
        languages=("en",),
        stages=("award", "pay"),
        instruments=(),
        harms=(),
        facts=(),
        determination={},
        sign_off={},
        tables=(),
        mappings=(),
    )


def make_fund(available: int, **changes: object) -> Fund:
    tiers = (Tier(key="all", pays=("one", "two"), rule="proportional"),)
    return Fund.model_validate({"key": "demo", "available_minor": available, "currency": "IQD", "tiers": tiers, **changes})


@pytest.fixture
def world(db: Database) -> Callable[[Sequence[tuple[str, int, str]]], Database]:
    """Return a function that fills the database with one granted determination for each (person, amount_minor, tier)."""

    def fill(granted: Sequence[tuple[str, int, str]], *, outcome: str = "granted", account: str | None = None) -> Database:
        for name in ("determinations", "claims", "person_members", "person_records"):
            db.create(name)
        for number, (person, amount, tier) in enumerate(granted):
            db.execute(
                "INSERT INTO determinations BY NAME SELECT ? AS determination_id, ? AS item_id, ? AS claim_id, ? AS outcome, "
                "? AS amount_minor, 'IQD' AS currency, ? AS tier",
                [f"det_{number}", f"itm_{number}", f"clm_{number}", outcome, amount, tier],
            )
            db.execute(
                "INSERT INTO claims BY NAME SELECT ? AS claim_id, ? AS claimant_person_record_id, ? AS account",
                [f"clm_{number}", f"prs_{number}", account],
            )
            db.execute("INSERT INTO person_members VALUES (?, ?)", [f"prs_{number}", person])
            db.execute(
                "INSERT INTO person_records BY NAME SELECT ? AS person_record_id, ? AS full_name",
                [f"prs_{number}", f"Invented Person {number}"],
            )
        return db

    return fill
