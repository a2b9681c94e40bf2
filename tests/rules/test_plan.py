"""The plan itself: integers only, no number lost, nobody's text taken for SQL."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlglot
from sqlglot import exp

from aljabr.errors import CheckFailed, ProgrammeBroken
from aljabr.feel import Type, check_chain
from aljabr.programmes import Programme, programme_chain
from aljabr.relations import Database
from aljabr.rules import assess, compile_chain
from tests.rules.conftest import COLUMNS
from tests.rules.forms import programme, table

ONLY = {"outcome": "Outcome.outcome", "amount_minor": "Outcome.amount"}


def test_the_plan_divides_nothing_with_a_slash_and_knows_no_double(walk: Programme) -> None:
    columns = {**COLUMNS, **dict.fromkeys(("grant_minor", "ceiling_minor"), "BIGINT")}
    columns = {name: "VARCHAR" if kind == "TEXT" else kind for name, kind in columns.items()}
    parsed = sqlglot.parse_one(compile_chain(programme_chain(walk), columns=columns).sql(), dialect="duckdb")
    assert not list(parsed.find_all(exp.Div))
    kinds = {str(node.this) for node in parsed.find_all(exp.DataType)}
    assert not {kind for kind in kinds if "DOUBLE" in kind or "FLOAT" in kind}


def test_one_small_table_compiles_to_this(db: Database) -> None:
    chain = check_chain([table("T", ["n"], ["x"], [["> 1", "2.5"], ["-", "n"]], "FIRST")], {"n": Type(kind="number")})
    assert compile_chain(chain, columns={"n": "BIGINT"}).sql() == (
        'SELECT "k0" AS "item_id", FALSE AS "conflict", \'[\' || CONCAT_WS(\',\', "t0_hits") || \']\' AS "rule_hits", CASE '
        "WHEN \"t0_x0\" THEN '[' || CONCAT_WS(',', CASE WHEN \"t0_x0\" THEN '\"n\"' END) || ']' ELSE '[]' END AS "
        '"missing_facts", CAST((CAST("t0_r0" AS DECIMAL(38, 0)) * CAST(\'0.1\' AS DECIMAL(1, 1))) AS DECIMAL(38, 1)) AS '
        '"v0" FROM ('
        'SELECT "k0", "f0", LIST_EXTRACT([\'{"table":"T","rule":"t1"}\', \'{"table":"T","rule":"t2"}\'], "t0_hit" + 1) AS '
        '"t0_hits", CASE WHEN "t0_hit" = 0 THEN CAST(\'25\' AS INT128) WHEN "t0_hit" = 1 THEN ("f0" * CAST(\'10\' AS '
        'INT128)) END AS "t0_r0", CASE WHEN ((("f0") IS NULL) AND ((((("t0_hit") IS NULL) OR "t0_hit" > 0) AND ((("f0" '
        "> CAST('1' AS INT128))) IS NULL)) OR (COALESCE(\"t0_hit\" = 1, FALSE) AND (((\"f0\" * CAST('10' AS INT128))) IS "
        'NULL)))) THEN TRUE ELSE FALSE END AS "t0_x0" FROM ('
        'SELECT "k0", "f0", CASE WHEN ("f0" > CAST(\'1\' AS INT128)) THEN 0 WHEN TRUE THEN 1 END AS "t0_hit" FROM ('
        'SELECT "item_id" AS "k0", CAST("n" AS INT128) AS "f0" FROM "facts") AS below) AS below) AS below'
    )


def test_text_that_looks_like_sql_stays_text(db: Database) -> None:
    nasty = "x'; DROP TABLE facts; --"
    odd = table(nasty, ["s"], ["x"], [[f'"{nasty}"', f'"{nasty}"']]).model_copy(update={"name": nasty})
    chain = check_chain([odd], {"s": Type(kind="string")})
    db.load_rows("facts", {"item_id": "TEXT", "s": "TEXT"}, [("itm_1", nasty)])
    plan = compile_chain(chain, columns=db.columns("facts"))
    assert [row["v0"] for row in db.dicts(plan.sql())] == [nasty]
    assert db.value("SELECT count(*) FROM facts") == 1


def test_a_number_that_overflows_stops_the_run(lay_out: Callable[..., Database]) -> None:
    # 2^62 × 10^25 ≈ 4.6 × 10^43, beyond the 1.7 × 10^38 of an INT128.
    rows = [['"death"', "assessed_minor * 10000000000000000000000000", '"granted"']]
    law = programme([table("Outcome", ["harm"], ["amount", "outcome"], rows)], determination=ONLY, amounts=())
    db = lay_out({"assessed_minor": 2**62})
    with pytest.raises(CheckFailed, match="out of range"):
        assess(db, law)


def test_a_column_that_is_not_there_is_named() -> None:
    chain = check_chain([table("T", ["n"], ["x"], [["> 1", "2"]])], {"n": Type(kind="number")})
    with pytest.raises(ProgrammeBroken, match="no column n"):
        compile_chain(chain, columns={})


def test_three_hundred_rules_in_one_table_are_no_deeper_than_nine_levels(db: Database) -> None:
    rules = [[str(number), str(number * 2)] for number in range(300)]
    chain = check_chain([table("T", ["n"], ["x"], rules)], {"n": Type(kind="number")})
    db.execute("CREATE TABLE facts AS SELECT 'itm_' || range AS item_id, range AS n FROM range(400)")
    plan = compile_chain(chain, columns=db.columns("facts"))
    doubled = db.value(f"SELECT count(*) FROM ({plan.sql()}) JOIN facts USING (item_id) WHERE v0 = 2 * n")
    assert doubled == 300
