"""Every kind of node of the typed tree gives in SQL what the interpreter gives, null read as FEEL reads it and as not known."""

from __future__ import annotations

import itertools
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aljabr.feel import Type, evaluate, tree, typed_expression
from aljabr.feel.tree import Expression
from aljabr.relations import Database
from aljabr.rules.expressions import as_decimal, compiled

ENVIRONMENT = {
    "a": Type(kind="number", scale=6),
    "b": Type(kind="number", scale=6),
    "s": Type(kind="string"),
    "p": Type(kind="boolean"),
    "d": Type(kind="date"),
}
SAMPLES: dict[str, list[Any]] = {
    "a": [None, *map(Decimal, ("0", "1", "2.5", "-2.5", "7"))],
    "b": [None, *map(Decimal, ("0", "1", "-2", "0.5"))],
    "s": [None, "a"],
    "p": [None, True, False],
    "d": [None, date(2016, 2, 29), date(2014, 6, 10)],
}
TEXTS = [
    "a = b", 's = "a"', "a != b", "a = null", "a < b", "a <= b", "a > b", "a >= b", "a between b and 2", "a in (1, b)",
    "if p then a else b", "if a < b then 1 else 0.25", "p and a < b", "p or a < b", "not(p)", "a + b", "a - b", "a * b", "-a",
    "decimal(a / b, 0)", "decimal(a / b, 2)", "decimal(a / 2, 0)", "decimal(a, 0)", "decimal(a, -1)", "floor(a)", "ceiling(a)",
    "abs(a)", "min(a, b)", "max(a, b, 1)", "string length(s)", 's + "x"',
    'd + duration("P1Y")', 'd - duration("P1M")', 'd + duration("P30D")',
    'd < date("2015-01-01")', 'd + duration("-P1M")',
    'd + duration("PT36H")', 'd - duration("PT36H")', 'd + duration("P14M")', 'd - duration("P1DT1S")',
]  # fmt: skip


@pytest.mark.parametrize("unknown", [False, True], ids=["as FEEL", "not known"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_node_gives_the_same_in_sql(text: str, unknown: bool) -> None:
    expression = typed_expression(text, ENVIRONMENT)
    names = [name for name in ENVIRONMENT if name in tree.names(expression)]
    rows = list(itertools.product(*(SAMPLES[name] for name in names)))
    expected = [evaluate(expression, dict(zip(names, row, strict=True)), unknown=unknown) for row in rows]
    assert in_sql(expression, names, rows, unknown=unknown) == expected


def in_sql(expression: Expression, names: list[str], rows: list[tuple[Any, ...]], *, unknown: bool) -> list[Any]:
    """The value for every row, in order."""
    kinds = {"number": "INT128", "string": "TEXT", "boolean": "BOOLEAN", "date": "DATE"}
    value = compiled(expression, {name: name for name in names}, unknown=unknown)
    if expression.type.kind == "number":
        value = as_decimal(value, expression.type.scale)
    with Database() as db:
        db.execute(f"CREATE TABLE facts (n BIGINT, {', '.join(f'{name} {kinds[ENVIRONMENT[name].kind]}' for name in names)})")
        for place, row in enumerate(rows):
            stored = [str(int(one.scaleb(6))) if isinstance(one, Decimal) else one for one in row]
            db.execute(f"INSERT INTO facts VALUES ({', '.join('?' for _ in range(len(row) + 1))})", [place, *stored])
        return [found for (found,) in db.rows(f"SELECT {value.sql(dialect='duckdb')} FROM facts ORDER BY n")]
