"""Small intakes of invented people for the tests of linkage."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from aljabr.programmes.records import CurrencySpec, Harm, Programme, Reference
from aljabr.relations import Database


def _id(prefix: str, *parts: object) -> str:
    return f"{prefix}_{hashlib.sha256(':'.join(map(str, parts)).encode()).hexdigest()[:20]}"


@dataclass(frozen=True, kw_only=True)
class Mention:
    """One mention of an invented person."""

    name: str | None
    born: str | None = None
    sex: str | None = None
    id_number: str | None = None
    phone: str | None = None
    household: str | None = None
    place: str | None = "IQG15Q05"


@dataclass(frozen=True, kw_only=True)
class Filing:
    """One claim with one item."""

    claimant: Mention
    victim: Mention | None = None
    harm: str = "property"
    kind: str | None = None
    incident_on: date | None = None
    place: str | None = "IQG15Q05"
    property_ref: str | None = None
    filed_on: date = field(default=date(2020, 1, 1))


@dataclass(frozen=True, kw_only=True)
class Intake:
    """The ids given to filings, in order."""

    claimants: list[str]
    victims: list[str | None]
    items: list[str]


def _born(text: str | None) -> tuple[date | None, date | None]:
    if text is None:
        return None, None
    if len(text) == 4:
        return date(int(text), 1, 1), date(int(text), 12, 31)
    return date.fromisoformat(text), date.fromisoformat(text)


_MENTION = "INSERT INTO person_records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)"


@pytest.fixture
def take_in(db: Database) -> Callable[[Sequence[Filing]], Intake]:
    """Return a function that fills the relations of intake with filings and returns their ids."""

    def mention(record_id: str, role: str, person: Mention) -> str:
        key = _id("prs", record_id, role)
        row = (record_id, role, person.name, person.sex, person.born, *_born(person.born))
        db.execute(_MENTION, (key, *row, person.id_number, person.phone, person.household, person.place))
        return key

    def fill(filings: Sequence[Filing]) -> Intake:
        for name in ("person_records", "relationships", "claims"):
            db.create(name)
        db.create("claim_items", {"property_kind": "TEXT"})
        intake = Intake(claimants=[], victims=[], items=[])
        for number, filing in enumerate(filings, 1):
            record_id, claim_id, item_id = (_id(prefix, number) for prefix in ("rec", "clm", "itm"))
            claimant = mention(record_id, "claimant", filing.claimant)
            victim = mention(record_id, "victim", filing.victim) if filing.victim else None
            claim = (claim_id, record_id, "test.csv", str(number), claimant, filing.filed_on, "ar", None)
            db.execute("INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?)", claim)
            item = (item_id, claim_id, filing.harm, victim, None, filing.incident_on, filing.incident_on, filing.place)
            db.execute(
                "INSERT INTO claim_items VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*item, filing.property_ref, 0, filing.kind)
            )
            intake.claimants.append(claimant)
            intake.victims.append(victim)
            intake.items.append(item_id)
        return intake

    return fill


@pytest.fixture
def programme() -> Programme:
    """Return a programme of another world with one harm of each sort."""
    law = Reference(instrument="invented")
    harms = (
        Harm(code="death", label={"en": "death"}, reference=law, victim_is_other=True),
        Harm(code="missing", label={"en": "missing"}, reference=law, victim_is_other=True),
        Harm(code="property", label={"en": "property"}, reference=law, decided_on_value=True),
        Harm(code="injury", label={"en": "injury"}, reference=law),
        Harm(code="disability", label={"en": "disability"}, reference=law),
    )
    return Programme(
        key="XX-TEST",
        folder=Path(),
        hash="0",
        title={"en": "Test"},
        issuer={"en": "Test"},
        currency=CurrencySpec(code="IQD", exponent=3),
        languages=("en",),
        stages=("intake", "link"),
        instruments=(),
        harms=harms,
        facts=(),
        determination={},
        sign_off={},
        tables=(),
        mappings=(),
    )
