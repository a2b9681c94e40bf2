"""Reads the conditions of a published scorer without a database: for one new record against a few, when a query would cost more.

A condition is SQL over ``COLUMN_l`` and ``COLUMN_r``; here it becomes a function of two rows with SQL's three values (None is
unknown). What is not known is refused, never guessed: a test holds every condition of every shipped scorer against the database.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import add, ge, gt, le, lt, sub
from typing import Any

import sqlglot
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler
from sqlglot import exp

from aljabr.errors import ExpressionRefused

Row = Mapping[str, Any]
Condition = Callable[[Row, Row], Any]


@lru_cache(maxsize=1 << 16)
def _likeness(left: str, right: str) -> float:
    return float(JaroWinkler.similarity(left, right))


_COMPARED: dict[type[exp.Expr], Callable[[Any, Any], Any]] = {
    exp.EQ: lambda a, b: a == b,
    exp.NEQ: lambda a, b: a != b,
    exp.LT: lt,
    exp.LTE: le,
    exp.GT: gt,
    exp.GTE: ge,
    exp.Add: add,
    exp.Sub: lambda a, b: (a - b).days if hasattr(a, "toordinal") else sub(a, b),
    exp.Like: lambda text, pattern: _like(text, pattern),
}
_CALLED: dict[str, Callable[..., Any]] = {
    "year": lambda day: day.year,
    "month": lambda day: day.month,
    "day": lambda day: day.day,
    "abs": abs,
    "length": len,
    "jaro_winkler_similarity": lambda left, right: _likeness(left, right),
    "damerau_levenshtein": DamerauLevenshtein.distance,
}
_NAMED = {exp.Year: "year", exp.Month: "month", exp.Day: "day", exp.Abs: "abs", exp.Length: "length"}


def condition(sql: str) -> Condition:
    """Return the function that a condition stands for.

    Parameters
    ----------
    sql : str
        The condition; ``ELSE`` always holds.

    Raises
    ------
    ExpressionRefused
        When it uses something that is not known here.

    Examples
    --------
    >>> alike = condition("given_l = given_r AND coalesce(sex_l = sex_r, true)")
    >>> alike({"given": "ali", "sex": None}, {"given": "ali", "sex": "male"})
    True
    """
    if sql == "ELSE":
        return lambda left, right: True
    return _built(sqlglot.parse_one(sql, dialect="duckdb"))


def _built(node: exp.Expr) -> Condition:
    if isinstance(node, exp.Paren):
        return _built(node.this)
    if isinstance(node, exp.Column):
        return _column(node.name)
    if isinstance(node, exp.Literal):
        value: Any = node.this if node.is_string else float(node.this) if "." in node.this else int(node.this)
        return lambda left, right: value
    if isinstance(node, exp.Boolean):
        truth = bool(node.this)
        return lambda left, right: truth
    if isinstance(node, (exp.And, exp.Or)):
        return _joined(node)
    if isinstance(node, exp.In):
        return _among(_built(node.this), [_built(one) for one in node.expressions])
    if isinstance(node, exp.Not):
        return _negated(_built(node.this))
    if isinstance(node, exp.Is) and isinstance(node.expression, exp.Null):
        known = _built(node.this)
        return lambda left, right: known(left, right) is None
    if isinstance(node, exp.Coalesce):
        return _first_known([_built(part) for part in (node.this, *node.expressions)])
    if isinstance(node, exp.Cast) and node.to.this == exp.DataType.Type.INT:
        inner = _built(node.this)
        return lambda left, right: None if (told := inner(left, right)) is None else int(told)
    if type(node) in _COMPARED:
        return _applied(_COMPARED[type(node)], [_built(node.this), _built(node.expression)])
    return _call(node)


def _call(node: exp.Expr) -> Condition:
    if isinstance(node, exp.JarowinklerSimilarity):
        return _applied(_CALLED["jaro_winkler_similarity"], [_built(node.this), _built(node.expression)])
    if isinstance(node, exp.Anonymous) and node.name.lower() in _CALLED:
        return _applied(_CALLED[node.name.lower()], [_built(part) for part in node.expressions])
    named = next((name for kind, name in _NAMED.items() if isinstance(node, kind)), "")
    if named:
        return _applied(_CALLED[named], [_built(node.this)])
    raise ExpressionRefused(f"{node.sql(dialect='duckdb')} is not known here.", "Match against the register in a batch.")


def _column(name: str) -> Condition:
    column, side = name[:-2], name[-2:]
    if side == "_l":
        return lambda left, right: left[column]
    if side == "_r":
        return lambda left, right: right[column]
    if name.endswith("_how"):
        return lambda left, right: left[name]  # of the pair: whoever asks has put it into the left record
    raise ExpressionRefused(f"{name} is of neither record.", "End it with _l or _r.")


def _joined(node: exp.And | exp.Or) -> Condition:
    first, second, settles = _built(node.this), _built(node.expression), isinstance(node, exp.Or)

    def held(left: Row, right: Row) -> Any:
        one = first(left, right)
        if one is not None and bool(one) is settles:
            return settles
        two = second(left, right)
        if two is not None and bool(two) is settles:
            return settles
        return None if one is None or two is None else not settles

    return held


def _among(asked: Condition, listed: list[Condition]) -> Condition:
    def held(left: Row, right: Row) -> Any:
        value = asked(left, right)
        return None if value is None else value in {one(left, right) for one in listed}

    return held


def _negated(inner: Condition) -> Condition:
    return lambda left, right: None if (told := inner(left, right)) is None else not told


def _first_known(parts: list[Condition]) -> Condition:
    return lambda left, right: next((told for part in parts if (told := part(left, right)) is not None), None)


def _applied(function: Callable[..., Any], parts: list[Condition]) -> Condition:
    if len(parts) == 1:
        only = parts[0]
        return lambda left, right: None if (told := only(left, right)) is None else function(told)
    first, second = parts

    def held(left: Row, right: Row) -> Any:
        one = first(left, right)
        if one is None:
            return None
        two = second(left, right)
        return None if two is None else function(one, two)

    return held


def _like(text: str, pattern: str) -> bool:
    """Whether text fits a pattern whose only sign is ``%``."""
    parts = pattern.split("%")
    if len(parts) == 1:
        return text == pattern
    if not text.startswith(parts[0]):
        return False
    at = len(parts[0])
    for part in parts[1:-1]:
        found = text.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    return text.endswith(parts[-1]) and len(text) - len(parts[-1]) >= at
