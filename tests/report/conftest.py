"""An invented programme (``valley.yaml``) and a small invented run, as relations; no name in it belongs to anybody."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from aljabr.programmes.records import Letter, Programme
from aljabr.relations import RELATIONS, Database

HERE = Path(__file__).parent

# Outcome, harm, language of the claim, amount, tier, ground, missing facts, number of claims: 114 in all, 85 granted.
DETERMINATIONS = (
    ("granted", "death", "ar", 5_000_000_000, "first", "met", None, 40),
    ("granted", "death", "ckb", 5_000_000_000, "first", "met", None, 12),
    ("granted", "property", "ar", 18_250_000_500, "second", "met", None, 30),
    ("granted", "property", "kmr", 7_500_000_000, "second", "met", None, 3),
    ("denied", "property", "ar", None, None, "too_late", None, 9),
    ("incomplete", "death", "ckb", None, None, None, '["has_death_certificate","has_mukhtar_statement"]', 14),
    ("held", "property", "en", None, None, "overlap", None, 6),
)

SOURCE_RECORDS = """
INSERT INTO source_records
SELECT 'rec_' || i, CASE WHEN i % 3 = 0 THEN 'office.csv' ELSE 'field.xlsx' END, i, i + 1,
       CASE WHEN i > 114 THEN 'quarantined' ELSE 'accepted' END, 'V-' || i
FROM range(1, 121) t(i)
"""
ISSUES = """
INSERT INTO issues
SELECT 'iss_' || i, 'rec_' || i, 'field.xlsx', i, i + 1, 'D' || (i + 1), 'born', '31/02/1990',
       CASE WHEN i > 118 THEN 'date.unreadable' WHEN i > 114 THEN 'value.unknown' ELSE 'phone.unreadable' END,
       CASE WHEN i > 114 THEN 'quarantine' ELSE 'doubt' END, 'reason'
FROM range(101, 121) t(i)
"""
PERSONS = """
INSERT INTO person_records (person_record_id, record_id, role, full_name)
SELECT 'prs_' || i, 'rec_' || i, 'claimant', 'سارة يوسف كريم ' || i FROM range(1, 115) t(i);
INSERT INTO person_members
SELECT person_record_id, 'per_' || least(CAST(substr(person_record_id, 5) AS INTEGER), 100) FROM person_records
"""
# Each claim of the plan: one claim, one item, one determination.
CASES = """
CREATE TABLE plan_rows AS
SELECT *, row_number() OVER (ORDER BY ordinal, n) AS number FROM plan, range(claims) t(n);
INSERT INTO claims (claim_id, record_id, reference, claimant_person_record_id, language)
SELECT 'clm_' || number, 'rec_' || number, 'V-' || number, 'prs_' || number, language FROM plan_rows;
INSERT INTO claim_items (item_id, claim_id, harm, claimed_minor)
SELECT 'itm_' || number, 'clm_' || number, harm, CASE harm WHEN 'property' THEN 20000000000 END FROM plan_rows;
INSERT INTO facts SELECT item_id, claim_id FROM claim_items;
INSERT INTO determinations (determination_id, item_id, claim_id, harm, outcome, ground, amount_minor, currency, tier, body,
                            legal_basis, missing_facts, unsigned)
SELECT 'det_' || lpad(CAST(number AS TEXT), 3, '0'), 'itm_' || number, 'clm_' || number, harm, outcome, ground, amount, 'IQD', tier,
       'committee', 'Law 9, art. 3 (1)', missing, true
FROM plan_rows;
DROP TABLE plan; DROP TABLE plan_rows
"""
PAYMENTS = """
INSERT INTO item_overlaps (item_id, other_item_id, kind, probability)
SELECT item_id, 'itm_1', 'relatives', 0.9 FROM determinations WHERE outcome = 'held';
INSERT INTO awards
SELECT 'awd_' || determination_id, determination_id, claim_id, 'per_' || claim_id, tier, amount_minor,
       CASE tier WHEN 'first' THEN amount_minor ELSE 2000000000 END, 'IQD'
FROM determinations WHERE outcome = 'granted';
INSERT INTO allocations
SELECT award_id, n, awarded_minor // 2, CASE n WHEN 1 THEN DATE '2025-07-15' ELSE DATE '2026-01-15' END
FROM awards, range(1, 3) t(n);
INSERT INTO payment_orders
SELECT 'pay_' || award_id, claim_id, person_id, 'x', 'cheque', NULL, awarded_minor // 2, 'IQD', 1, DATE '2025-07-15' FROM awards
"""


def read_programme() -> Programme:
    """Return the invented programme; every outcome has a letter in every language."""
    stated = yaml.safe_load((HERE / "valley.yaml").read_text(encoding="utf-8"))
    letters = yaml.safe_load((HERE / "letters.yaml").read_text(encoding="utf-8"))
    stated["letters"] = [
        Letter(
            outcome=outcome, language=language, subject=text["subject"], body=text["missing" if outcome == "incomplete" else "body"]
        )
        for language, text in letters.items()
        for outcome in ("granted", "denied", "incomplete", "held")
    ]
    return Programme(folder=HERE, **stated)


def fill(db: Database) -> Database:
    """Fill a database with a finished run of 120 rows, 6 of them set aside."""
    for name in RELATIONS:
        db.create(name)
    columns = {"ordinal": "BIGINT", "outcome": "TEXT", "harm": "TEXT", "language": "TEXT", "amount": "BIGINT", "tier": "TEXT"}
    plan = [(ordinal, *case) for ordinal, case in enumerate(DETERMINATIONS)]
    db.load_rows("plan", {**columns, "ground": "TEXT", "missing": "TEXT", "claims": "BIGINT"}, plan)
    for sql in (SOURCE_RECORDS, ISSUES, PERSONS, CASES, PAYMENTS):
        for statement in sql.split(";"):
            db.execute(statement)
    return db


@pytest.fixture
def as_of() -> date:
    return date(2025, 6, 30)


@pytest.fixture(scope="session")
def programme() -> Programme:
    return read_programme()


@pytest.fixture
def run(db: Database) -> Database:
    return fill(db)
