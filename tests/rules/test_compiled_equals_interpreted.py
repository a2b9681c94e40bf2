"""The compiled plan and the reference interpreter agree on random tables and random facts, row by row."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aljabr.errors import ExpressionRefused
from aljabr.feel import Chain, check_chain, interpret
from aljabr.relations import Database
from aljabr.rules import compile_chain
from aljabr.rules.listing import list_text
from tests.rules.forms import table
from tests.rules.random_tables import COLUMNS, ENVIRONMENT, FACTS, tables


def by_sql(chain: Chain, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    with Database() as db:
        spelled = ", ".join(f'"{name}" {kind}' for name, kind in {"n": "BIGINT", **COLUMNS}.items())
        db.execute(f"CREATE TABLE facts ({spelled})")
        marks = ", ".join("?" for _ in range(len(COLUMNS) + 1))
        for number, row in enumerate(rows):
            values = [str(value) if isinstance(value, Decimal) else value for value in (row[name] for name in COLUMNS)]
            db.execute(f"INSERT INTO facts VALUES ({marks})", [number, *values])
        plan = compile_chain(chain, columns=db.columns("facts"), keys=("n",))
        found = db.dicts(f"SELECT * FROM ({plan.sql()}) ORDER BY n")
    named = {column: name for name, column in plan.columns.items()}
    return [{named.get(column, column): value for column, value in row.items() if column != "n"} for row in found]


def by_interpreter(chain: Chain, row: dict[str, Any]) -> dict[str, Any]:
    facts = {
        name: Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value for name, value in row.items()
    }
    decided = interpret(chain, facts)
    values = {name: value for decision in decided for name, value in decision.values.items()}
    lists = {decision.table.name: decision.table for decision in decided if decision.table.lists}
    hits = [{"table": decision.table.name, "rule": rule} for decision in decided for rule in decision.hits]
    missing = sorted(set().union(*(decision.missing for decision in decided)))
    return {
        "conflict": any(decision.conflict for decision in decided),
        "rule_hits": json.dumps(hits, separators=(",", ":")),
        "missing_facts": json.dumps(missing, separators=(",", ":")),
        **{name: list_text(lists[name], value) if name in lists and value is not None else value for name, value in values.items()},
    }


@st.composite
def chains(draw: st.DrawFn) -> Chain:
    first = draw(tables("First"))
    known: tuple[tuple[str, str], ...] = ()
    try:
        given_by_first = check_chain([first], ENVIRONMENT).variables
        known = tuple((name, found.kind) for name, found in given_by_first.items() if found.kind not in ("list", "null"))
        second = draw(tables("Second", known))
        return check_chain([second, first], ENVIRONMENT)
    except ExpressionRefused:
        assume(False)
        raise


@settings(deadline=None, max_examples=30, suppress_health_check=list(HealthCheck))
@given(chains(), st.lists(FACTS, min_size=20, max_size=20))
def test_sql_and_interpreter_decide_alike(chain: Chain, rows: list[dict[str, Any]]) -> None:
    expected = [by_interpreter(chain, row) for row in rows]
    assert by_sql(chain, rows) == expected


@pytest.mark.parametrize(
    ("rules", "policy", "aggregation"),
    [
        pytest.param(
            [["> 1", "-", "2"], ["> 5", "-", "30"], ["-", '"b"', "400"]], "COLLECT", "SUM", id="a sum skips what did not match"
        ),
        pytest.param([["-", "? = t or ? = null", "1"], ["-", "-", "2"]], "FIRST", "", id="two facts that are both null are equal"),
    ],
)
def test_written_tables_decide_alike(rules: list[list[str]], policy: str, aggregation: str) -> None:
    chain = check_chain([table("T", ["a", "s"], ["x"], rules, policy, aggregation=aggregation)], ENVIRONMENT)
    empty: dict[str, Any] = dict.fromkeys(COLUMNS)
    values: list[tuple[int | None, str | None, str | None]] = [(2, "b", "b"), (7, None, None), (0, None, "b"), (None, "b", None)]
    rows = [{**empty, "a": None if a is None else Decimal(a), "s": s, "t": t} for a, s, t in values]
    assert by_sql(chain, rows) == [by_interpreter(chain, row) for row in rows]
