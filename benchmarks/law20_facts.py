"""Seeded facts for IQ-LAW20 in any number, with governorate, sex and age beside them: what the benchmark of simulations reads.

Everything is drawn from a hash of the row's number; nobody is meant. Two items in three stand alone, the others share a claim.
"""

from __future__ import annotations

from pathlib import Path

from aljabr.relations import Database

GOVERNORATES = ("Ninewa", "Anbar", "Salah al-Din", "Kirkuk", "Diyala", "Baghdad", "Duhok")
HARMS = ("death", "missing", "disability", "injury", "property", "property", "property", "employment_study")
KIN = ("spouse", "son", "daughter", "father", "mother", "brother")
CAUSES = ("terrorist_act", "military_operation", "military_mistake", "unknown")
PROPERTY = ("house", "shop", "vehicle", "farmland", "contents")
EXHIBITS = (
    "identity_document",
    "residence_card",
    "death_certificate",
    "court_missing_order",
    "medical_committee_report",
    "medical_report",
    "title_deed",
    "tenancy_proof",
    "damage_photos",
    "mukhtar_statement",
    "ngo_statement",
    "two_witnesses",
    "satellite_image",
    "police_report",
    "study_or_work_record",
)


def write_facts(path: Path, items: int) -> None:
    """Write that many rows as Parquet."""
    with Database() as db:
        lay_out(db, items)
        db.connection.execute(f"COPY (SELECT * FROM facts ORDER BY item_id) TO '{path}' (FORMAT parquet)")


def lay_out(db: Database, items: int) -> None:
    """Fill ``facts`` with that many rows."""
    other = "harm IN ('death', 'missing')"
    columns = {
        "relation": f"CASE WHEN {other} THEN {_choice(KIN, 2)} ELSE 'self' END",
        "filed_on": f"DATE '2018-01-01' + ({_draw(3)} % 2400)::INTEGER",
        "decided_on": "DATE '2024-12-31'",
        "incident_earliest_on": f"DATE '2014-06-01' + ({_draw(4)} % 1300)::INTEGER",
        "overlap": f"CASE WHEN {_draw(5)} % 40 = 0 THEN 'same_person' WHEN {_draw(5)} % 40 = 1 THEN 'relatives' ELSE 'none' END",
        "cause": _choice(CAUSES, 6),
        "claimant_kind": "'natural'",
        "disability_percent": f"CASE WHEN harm = 'disability' THEN ({_draw(7)} % 101)::DECIMAL(38, 6) END",
        "property_kind": f"CASE WHEN harm = 'property' THEN {_choice(PROPERTY, 8)} END",
        "assessed_minor": f"CASE WHEN harm = 'property' AND {_draw(9)} % 12 > 0 THEN ({_draw(9)} % 90 + 1) * 1000000000 END",
        "individual_exclusion": "false",
        "resident": f"{_draw(10)} % 9 > 0",
        **{f"has_{kind}": f"{_draw(20 + place)} % 10 > {1 if place < 2 else 3}" for place, kind in enumerate(EXHIBITS)},
        "governorate": _choice(GOVERNORATES, 11, of="claim"),
        "sex": f"CASE WHEN {_draw(12, of='claim')} % 5 < 2 THEN 'female' ELSE 'male' END",
        "age": f"(18 + {_draw(13, of='claim')} % 70)::BIGINT",
    }
    spelled = ", ".join(f"{sql} AS {name}" for name, sql in columns.items())
    db.execute(
        f"CREATE OR REPLACE TABLE facts AS SELECT *, incident_earliest_on AS incident_latest_on FROM ("
        f"SELECT 'itm_' || lpad(i::TEXT, 9, '0') AS item_id, 'clm_' || lpad(claim::TEXT, 9, '0') AS claim_id, harm, {spelled} "
        f"FROM (SELECT i, i - i % 3 // 2 AS claim, {_choice(HARMS, 1)} AS harm FROM range({items}) t(i)))"
    )


def _draw(seed: int, *, of: str = "i") -> str:
    return f"((hash({of} * 61 + {seed}) >> 2)::BIGINT)"


def _choice(values: tuple[str, ...], seed: int, *, of: str = "i") -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"([{listed}])[{_draw(seed, of=of)} % {len(values)} + 1]"
