"""Conditions of scorers without a database: as the database has them."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest

from aljabr.errors import ExpressionRefused
from aljabr.linkage.conditions import condition
from aljabr.linkage.scorers import scorer_named

SCORER = scorer_named("person_v2")
CONDITIONS = sorted(
    {c.unknown for c in SCORER.comparisons} | {level.when for c in SCORER.comparisons for level in c.levels if level.when != "ELSE"}
)
DAYS = ("born_on", "born_earliest_on", "born_latest_on", "lost_on", "lost_earliest_on", "lost_latest_on")
TRUTHS = ("in_arabic", "organisation")


def column_value(rng, column):
    if rng.random() < 0.15 and column not in TRUTHS:
        return None
    if column in DAYS:
        return date(1980, 1, 1) + timedelta(days=rng.choice([0, 1, 5, 31, 300, 365, 900, 4000]))
    if column in TRUTHS:
        return rng.random() < 0.5
    if "run" in column:
        words = rng.sample(["hmd", "mhmd", "aly", "hsn"], rng.randrange(1, 4))
        if column.endswith("like"):
            return "%" + "%".join(f" {word} " for word in words) + "%"
        return "".join(f" {word} " for word in words)
    if column == "id_number":
        return rng.choice(["198012345678", "198012345687", "19801234567", "A1234567", "198012345668"])
    return rng.choice(["mhmd", "mhmdd", "mohamed", "hamid", "ali", "ally", "abdallah", "abdulla"])


def test_every_condition_of_the_scorer_is_as_in_the_database(db):
    rng = Random(4)
    sides = [{column: column_value(rng, column) for column in COLUMNS} for _ in range(400)]
    kinds = {column: "DATE" if column in DAYS else "BOOLEAN" if column in TRUTHS else "TEXT" for column in COLUMNS}
    pairs = list(zip(sides[::2], sides[1::2], strict=True))
    for side, rows in (("l", [pair[0] for pair in pairs]), ("r", [pair[1] for pair in pairs])):
        columns = {"place": "BIGINT"} | {f"{column}_{side}": kind for column, kind in kinds.items()}
        db.load_rows(f"side_{side}", columns | {"place": "BIGINT"}, [[place, *row.values()] for place, row in enumerate(rows)])
    for sql in CONDITIONS:
        told = [value for (value,) in db.rows(f"SELECT {sql} FROM side_l JOIN side_r USING (place) ORDER BY place")]
        assert [condition(sql)(*pair) for pair in pairs] == told, sql


def _columns():
    import sqlglot
    from sqlglot import exp

    names = {c.name[:-2] for sql in CONDITIONS for c in sqlglot.parse_one(sql, dialect="duckdb").find_all(exp.Column)}
    return sorted(names)


COLUMNS = _columns()


@pytest.mark.parametrize("sql", ["soundex(a_l) = soundex(a_r)", "a_l SIMILAR TO 'x'", "a = b_r", "a_l BETWEEN 1 AND 2"])
def test_what_is_not_known_is_refused(sql):
    with pytest.raises(ExpressionRefused):
        condition(sql)
