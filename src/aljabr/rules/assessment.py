"""Determines every item of ``facts`` under a programme: one query over all tables, one lookup of articles, one insert.

The lookup goes by distinct ``rule_hits``, of which there are few, so that SQL and the interpreter cite with the same function.
Neither language nor letters are filled here.
"""

from __future__ import annotations

from aljabr.errors import ProgrammeBroken
from aljabr.programmes import Programme
from aljabr.relations import Database
from aljabr.rules.determination import (
    ASKED,
    MISSING_FACTS,
    NO_RULE,
    RULE_CONFLICT,
    Reading,
    all_missing,
    legal_basis,
    read_programme,
)
from aljabr.rules.plan import CompiledChain, compile_chain

_KEYS = ("item_id", "claim_id", "harm")

# One row per item, as the tables decide it.
_DECIDE = """
CREATE OR REPLACE TEMP TABLE _decided AS
SELECT item_id, claim_id, harm, conflict, rule_hits, missing_facts, {fields}
FROM ({query}) AS chain
"""

# Facts may be missing, tables may contradict themselves or have a gap: none of these is a grant or a denial.
_DETERMINE = """
INSERT INTO determinations
SELECT
    'det_' || substr(sha256(d.item_id || ':' || $hash), 1, 20),
    d.item_id, d.claim_id, d.harm,
    CASE WHEN d.conflict THEN 'held'
         WHEN d.outcome IS NOT NULL THEN d.outcome
         WHEN d.missing_facts <> '[]' THEN 'incomplete'
         ELSE 'held' END,
    CASE WHEN d.conflict THEN $rule_conflict
         WHEN d.outcome IS NOT NULL OR d.ground IS NOT NULL THEN d.ground
         WHEN d.missing_facts <> '[]' THEN $missing
         ELSE $no_rule END,
    d.amount_minor, $currency, d.tier, d.body, b.legal_basis, d.rule_hits, m.all_missing, $unsigned, NULL, NULL
FROM _decided d
JOIN _legal_bases b USING (rule_hits)
JOIN _all_missing m ON m.missing_facts = d.missing_facts AND m.asked IS NOT DISTINCT FROM d.asked
"""


def assess(db: Database, programme: Programme) -> None:
    """Fill ``determinations`` from ``facts``; grain one claim item, key ``determination_id``.

    Parameters
    ----------
    db : Database
        With ``facts``: ``item_id``, ``claim_id``, ``harm``, one column per fact and, after ``amount_inputs``, per amount.
        A null means that the fact is not known.
    programme : Programme
        Its tables decide; ``determination`` says which output is which field.

    Notes
    -----
    ``outcome`` is ``held`` with ground ``rule_conflict`` when rules of a table contradict each other, whatever else was decided;
    without an outcome it is ``incomplete`` when facts are missing, and ``held`` with ground ``no_rule`` when the tables have a gap.
    ``rule_hits`` lists table and rule in the order in which they were decided; a default output is the rule ``default``.
    ``missing_facts`` lists, sorted, the facts and amounts whose absence left a table undecided: see ``aljabr.feel.decisions``.

    Raises
    ------
    ProgrammeBroken
        When the programme cannot decide, or ``facts`` lacks a column it reads.
    """
    reading = read_programme(programme)
    columns = db.columns("facts")
    for key in _KEYS:
        if columns.get(key) != "VARCHAR":
            raise ProgrammeBroken(f"The relation facts has no text column {key}.", "Build facts from claim_items.")
    plan = compile_chain(reading.chain, columns=columns, keys=_KEYS)
    db.execute(_DECIDE.format(fields=_fields(reading, plan), query=plan.sql()))
    hits = [str(row[0]) for row in db.rows("SELECT DISTINCT rule_hits FROM _decided ORDER BY rule_hits")]
    db.load_rows("_legal_bases", {"rule_hits": "TEXT", "legal_basis": "TEXT"}, [(hit, legal_basis(reading, hit)) for hit in hits])
    asked = db.rows("SELECT DISTINCT missing_facts, asked FROM _decided ORDER BY ALL")
    columns = {"missing_facts": "TEXT", "asked": "TEXT", "all_missing": "TEXT"}
    db.load_rows("_all_missing", columns, [(facts, codes, all_missing(facts, codes)) for facts, codes in asked])
    db.create("determinations")
    named = {"hash": programme.hash, "currency": programme.currency.code, "unsigned": reading.unsigned}
    db.execute(_DETERMINE, {**named, "rule_conflict": RULE_CONFLICT, "missing": MISSING_FACTS, "no_rule": NO_RULE})
    db.execute("DROP TABLE _decided")
    db.execute("DROP TABLE _legal_bases")
    db.execute("DROP TABLE _all_missing")


def _fields(reading: Reading, plan: CompiledChain) -> str:
    kinds = {"outcome": "TEXT", "ground": "TEXT", "amount_minor": "BIGINT", "tier": "TEXT", "body": "TEXT", ASKED: "TEXT"}
    sources = {field: plan.columns[reading.variables[field]] if field in reading.variables else "NULL" for field in kinds}
    return ", ".join(f"CAST({sources[field]} AS {kind}) AS {'asked' if field == ASKED else field}" for field, kind in kinds.items())
