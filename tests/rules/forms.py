"""Tables and programmes for tests, written down shortly: no programme folder is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from aljabr.programmes.records import Amount, CurrencySpec, DecisionTable, Fact, Harm, Programme, SignOff


def table(
    name: str,
    inputs: Sequence[str],
    outputs: Sequence[str | dict[str, Any]],
    rules: Sequence[Sequence[str]],
    policy: str = "UNIQUE",
    **more: Any,
) -> DecisionTable:
    """A decision table; a rule is its input cells, its output cells and, last, the article it cites (may be empty)."""
    clauses = [output if isinstance(output, dict) else {"name": output} for output in outputs]
    ids = [f"{name[0].lower()}{number}" for number in range(1, len(rules) + 1)]
    return DecisionTable.model_validate(
        {
            "file": f"{name.lower()}.dmn",
            "id": name.lower(),
            "name": name,
            "hit_policy": policy,
            "inputs": [{"expression": expression} for expression in inputs],
            "outputs": clauses,
            "rules": [
                {
                    "id": rule_id,
                    "inputs": tuple(cells[: len(inputs)]),
                    "outputs": tuple(cells[len(inputs) : len(inputs) + len(clauses)]),
                    "annotations": {"article": cells[-1]} if len(cells) > len(inputs) + len(clauses) and cells[-1] else {},
                }
                for rule_id, cells in zip(ids, rules, strict=True)
            ],
            **more,
        }
    )


def dated(key: str, selects_by: str, *values: tuple[str, int]) -> Amount:
    """An amount with the days its values begin."""
    return Amount.model_validate(
        {
            "key": key,
            "unit": "minor",
            "selects_by": selects_by,
            "values": [
                {"from_on": date.fromisoformat(day), "value": value, "reference": {"instrument": "law"}} for day, value in values
            ],
        }
    )


def programme(tables: Sequence[DecisionTable], **more: Any) -> Programme:
    """A programme of an invented country, with the given tables."""
    return Programme.model_validate(
        {
            "key": "XX-TEST",
            "folder": Path("XX-TEST"),
            "hash": "c0ffee",
            "title": {"en": "Test"},
            "issuer": {"en": "Nobody"},
            "currency": CurrencySpec(code="IQD", exponent=3, payable_unit_minor=250000),
            "languages": ("en",),
            "stages": ("assess",),
            "instruments": (),
            "harms": tuple(Harm.model_validate({"code": code, "label": {}, "reference": {"instrument": "law"}}) for code in HARMS),
            "relations": RELATIONS,
            "facts": FACTS,
            "determination": DETERMINATION,
            "sign_off": {item.name: SignOff(state="signed", by="a lawyer") for item in tables},
            "tables": tuple(tables),
            "mappings": (),
            "amounts": AMOUNTS,
            **more,
        }
    )


HARMS = ("death", "disability", "property")
RELATIONS = ("spouse", "son", "daughter")
DETERMINATION = {
    "outcome": "Outcome.outcome",
    "ground": "Outcome.ground",
    "amount_minor": "Entitlement.amount_minor",
    "tier": "Priority.tier",
    "body": "Ratification.body",
}
FACTS = (
    Fact(name="cause", type="string", source="intake", values=("terrorist_act", "military_operation", "unknown")),
    Fact(name="disability_percent", type="number", source="intake"),
    Fact(name="assessed_minor", type="number", source="intake"),
    Fact(name="resident", type="boolean", source="intake"),
    Fact(name="remark", type="string", source="intake"),
    Fact(name="has_death_certificate", type="boolean", source="exhibit", exhibit="death_certificate"),
    Fact(name="has_two_witnesses", type="boolean", source="exhibit", exhibit="two_witnesses"),
)
AMOUNTS = (
    dated("grant_minor", "incident_on", ("2009-12-28", 3_750_000_000), ("2016-01-25", 5_000_000_000)),
    dated("ceiling_minor", "filed_on", ("2003-03-20", 30_000_000_000), ("2020-01-01", 50_000_000_001)),
)

# Every hit policy once: U, F, U, R (list), P, C+SUM, A.
WALK = (
    table(
        "Admissibility",
        ["cause", "resident"],
        ["admissible", "why"],
        [
            ['"terrorist_act","military_operation"', "-", "true", '"covered"', "art. 1"],
            ['"unknown"', "true", "false", '"cause_unknown"', "art. 2"],
            ['"unknown"', "false", "false", '"not_resident"', "art. 3"],
        ],
    ),
    table(
        "Evidence",
        ["harm", "has_death_certificate", "has_two_witnesses"],
        ["met"],
        [
            ['"death"', "true", "-", "true", "art. 9"],
            ['"death"', "-", "true", "true", "art. 10"],
            ['"death"', "-", "-", "false", "art. 9"],
            ['not("death", null)', "-", "-", "true", ""],
        ],
        "FIRST",
    ),
    table(
        "Entitlement",
        ["harm", "disability_percent"],
        [{"name": "amount_minor", "type": "number"}, {"name": "basis"}],
        [
            ['"death"', "-", "grant_minor", '"grant"', "art. 11"],
            ['"disability"', "[75..100]", "grant_minor", '"grant"', "art. 12"],
            ['"disability"', "[0..75)", "decimal(grant_minor * disability_percent / 100, 0)", '"share"', "art. 12"],
            ['"property"', "-", "min(assessed_minor, ceiling_minor)", '"assessed"', "art. 13"],
        ],
    ),
    table(
        "Notes",
        ["remark", "Entitlement.amount_minor"],
        [{"name": "note", "type": "string"}],
        [
            ['starts with(?, "الى")', "-", "remark", ""],
            ["-", "> 30000000000", '"large"', ""],
            ["string length(?) > 3", "-", "upper case(remark)", ""],
        ],
        "RULE ORDER",
        requires=("Entitlement",),
    ),
    table(
        "Priority",
        ["harm", "relation", "has_two_witnesses"],
        [{"name": "tier", "values": ('"first"', '"second"', '"third"')}],
        [
            ["-", '"son","daughter"', "-", '"second"', "art. 20"],
            ['"death"', "-", "-", '"first"', "art. 21"],
            ["-", "-", "-", '"third"', ""],
        ],
        "PRIORITY",
    ),
    table(
        "Points",
        ["disability_percent", "incident_latest_on"],
        [{"name": "points", "default": "-1"}],
        [[">= 50.5", "-", "2.5", ""], ["-", '< date("2014-06-10")', "if resident then 1 else 0.25", ""], ["< 10", "-", "null", ""]],
        "COLLECT",
        aggregation="SUM",
    ),
    table(
        "Ratification",
        ["Points", "filed_on"],
        [{"name": "body", "default": '"committee"'}],
        [
            ["> 2", "-", '"central"', "art. 30"],
            ["-", '>= date("2020-01-01")', 'if Points > 0 then "central" else "regional"', "art. 31"],
        ],
        "ANY",
        requires=("Points",),
    ),
    table(
        "Outcome",
        ["Admissibility.admissible", "Evidence", "Entitlement.amount_minor", "overlap"],
        ["outcome", "ground"],
        [
            ["false", "-", "-", "-", '"denied"', "Admissibility.why", ""],
            ["true", "-", "-", 'not("none", null)', '"held"', '"overlap"', "art. 40"],
            ["true", "false", "-", '"none"', '"incomplete"', '"evidence"', "art. 9"],
            ["true", "true", ">= 0", '"none"', '"granted"', '"entitled"', ""],
        ],
        requires=("Admissibility", "Evidence", "Entitlement", "Notes"),
    ),
)
