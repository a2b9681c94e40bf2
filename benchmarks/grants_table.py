"""The table the benchmark of decision tables evaluates: 20 rules, 6 inputs, hit policy FIRST, with seeded facts for it.

Invented, in the manner of a compensation law: harm, relation, percentages, a document, the year of filing. Every twentieth value of
a fact is not known. The facts come from a hash of the row's number, so that a row is the same whatever the number of rows.
"""

from __future__ import annotations

from aljabr.feel import Chain, check_chain, named_type
from aljabr.programmes.records import DecisionTable
from aljabr.relations import Database

INPUTS = {
    "harm": "string",
    "relation": "string",
    "disability_percent": "number",
    "damage_percent": "number",
    "has_document": "boolean",
    "filed_year": "number",
}
HARMS = ("death", "missing", "disability", "injury", "property", "employment")
RELATIONS = ("self", "spouse", "son", "daughter", "father", "mother", "other")
KIN = '"spouse","son","daughter","father","mother"'

# harm, relation, disability, damage, document, year; outcome, amount in minor units.
RULES = (
    ("-", "-", "-", "-", "-", "< 2009", "denied", 0),
    ("-", "-", "-", "-", "-", "> 2024", "held", 0),
    ('"death"', KIN, "-", "-", "true", "< 2016", "granted", 3_750_000),
    ('"death"', KIN, "-", "-", "true", ">= 2016", "granted", 5_000_000),
    ('"death"', '"other"', "-", "-", "-", "-", "denied", 0),
    ('"missing"', KIN, "-", "-", "true", "-", "granted", 5_000_000),
    ('"missing"', '"other"', "-", "-", "-", "-", "denied", 0),
    ('"disability"', '"self"', ">= 75", "-", "true", "-", "granted", 5_000_000),
    ('"disability"', '"self"', "[50..75)", "-", "true", "-", "granted", 4_500_000),
    ('"disability"', '"self"', "[1..50)", "-", "true", "-", "granted", 3_000_000),
    ('"disability"', '"self"', "0", "-", "-", "-", "denied", 0),
    ('"injury"', '"self"', "-", "-", "true", ">= 2016", "granted", 2_500_000),
    ('"injury"', '"self"', "-", "-", "true", "< 2016", "granted", 1_750_000),
    ('"property"', '"self","spouse"', "-", ">= 80", "true", "-", "granted", 8_000_000),
    ('"property"', '"self","spouse"', "-", "[40..80)", "true", "-", "granted", 4_000_000),
    ('"property"', '"self","spouse"', "-", "[10..40)", "true", "-", "granted", 1_500_000),
    ('"property"', '"self","spouse"', "-", "< 10", "-", "-", "denied", 0),
    ('"employment"', '"self"', "-", "-", "true", "-", "granted", 1_000_000),
    ("-", "-", "-", "-", "false", "-", "incomplete", 0),
    ("-", "-", "-", "-", "-", "-", "held", 0),
)


def chain() -> Chain:
    """Return the table, typed."""
    table = {
        "file": "grants.dmn",
        "id": "grants",
        "name": "Grants",
        "hit_policy": "FIRST",
        "inputs": [{"expression": name} for name in INPUTS],
        "outputs": [{"name": "outcome"}, {"name": "amount_minor"}],
        "rules": [
            {"id": rule_id(place), "inputs": tuple(rule[:6]), "outputs": (f'"{rule[6]}"', str(rule[7]))}
            for place, rule in enumerate(RULES)
        ],
    }
    types = {name: named_type(kind, name=name, values=()) for name, kind in INPUTS.items()}
    return check_chain([DecisionTable.model_validate(table)], {name: kind for name, kind in types.items() if kind})


def rule_id(place: int) -> str:
    """Return the id of a rule by its place."""
    return f"g{place + 1:02}"


def lay_out_facts(db: Database, items: int) -> None:
    """Fill ``facts`` with that many rows."""
    draws = {
        "harm": _choice(HARMS, 1),
        "relation": _choice(RELATIONS, 2),
        "disability_percent": _number(0, 101, 3),
        "damage_percent": _number(0, 101, 4),
        "has_document": _known("h % 10 < 8", 5),
        "filed_year": _number(2008, 18, 6),
    }
    columns = ", ".join(f"{sql} AS {name}" for name, sql in draws.items())
    db.execute(
        f"CREATE OR REPLACE TABLE facts AS SELECT 'itm_' || lpad(i::TEXT, 9, '0') AS item_id, {columns} FROM range({items}) t(i)"
    )


def _choice(values: tuple[str, ...], seed: int) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return _known(f"([{listed}])[h % {len(values)} + 1]", seed)


def _number(first: int, count: int, seed: int) -> str:
    return _known(f"({first} + h % {count})::BIGINT", seed)


def _known(sql: str, seed: int) -> str:
    """The value drawn from a row's hash; every twentieth is not known."""
    draw = f"(hash(i * 31 + {seed}) >> 2)::BIGINT"
    return f"CASE WHEN {draw} // 7919 % 20 > 0 THEN {sql.replace('h %', f'{draw} %')} END"
