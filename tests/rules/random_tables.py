"""Strategies for small random tables and facts: every form of cell, every hit policy, values on the boundaries the cells name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from aljabr.feel import Type
from aljabr.programmes.records import DecisionTable

ENVIRONMENT = {
    "a": Type(kind="number", scale=6),
    "b": Type(kind="number", scale=6),
    "x_minor": Type(kind="number"),
    "s": Type(kind="string"),
    "t": Type(kind="string"),
    "p": Type(kind="boolean"),
    "q": Type(kind="boolean"),
    "d": Type(kind="date"),
    "e": Type(kind="date"),
}
COLUMNS = {
    "a": "DECIMAL(38,6)",
    "b": "DECIMAL(12,3)",
    "x_minor": "BIGINT",
    "s": "TEXT",
    "t": "TEXT",
    "p": "BOOLEAN",
    "q": "BOOLEAN",
    "d": "DATE",
    "e": "DATE",
}
NUMBERS = ["0", "1", "-1", "2.5", "-2.5", "0.5", "7", "10", "100", "0.001"]
TEXTS = ["", "a", "A", "ab", "محمد", "مـحمّد", "ß", "الى ", 'q"x', "back\\slash", "é", "e\u0301", "\u001b\n"]
DAYS = ["2009-12-28", "2014-06-10", "2014-06-11", "2016-01-24", "2016-01-25", "2016-02-29", "2020-12-31"]
KINDS = {"number": ["a", "b", "x_minor"], "string": ["s", "t"], "boolean": ["p", "q"], "date": ["d", "e"]}
ORDERS = st.sampled_from(["<", "<=", ">", ">="])
POLICIES = ["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]


def quoted(text: str) -> str:
    """A text as FEEL writes it."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


@cache
def literals(kind: str) -> st.SearchStrategy[str]:
    """Written values of a kind."""
    match kind:
        case "number":
            return st.sampled_from(NUMBERS)
        case "string":
            return st.sampled_from(TEXTS).map(quoted)
        case "boolean":
            return st.sampled_from(["true", "false"])
    return st.sampled_from(DAYS).map(lambda day: f'date("{day}")')


@cache
def expressions(kind: str, depth: int = 2) -> st.SearchStrategy[str]:
    """Expressions of a kind, fully bracketed."""
    leaf = st.one_of(literals(kind), st.sampled_from(KINDS[kind]))
    if depth == 0:
        return leaf
    inner = {name: expressions(name, depth - 1) for name in KINDS}
    chosen = st.tuples(conditions(depth - 1), inner[kind], inner[kind]).map(lambda c: f"(if {c[0]} then {c[1]} else {c[2]})")
    own: dict[str, list[st.SearchStrategy[str]]] = {
        "number": [
            st.tuples(inner["number"], st.sampled_from("+-*"), inner["number"]).map(lambda c: f"({c[0]} {c[1]} {c[2]})"),
            st.tuples(inner["number"], inner["number"], st.integers(-2, 4)).map(lambda c: f"decimal({c[0]} / {c[1]}, {c[2]})"),
            st.tuples(inner["number"], st.integers(-2, 4)).map(lambda c: f"decimal({c[0]}, {c[1]})"),
            st.tuples(st.sampled_from(["min", "max"]), inner["number"], inner["number"]).map(lambda c: f"{c[0]}({c[1]}, {c[2]})"),
            st.tuples(st.sampled_from(["abs", "floor", "ceiling"]), inner["number"]).map(lambda c: f"{c[0]}({c[1]})"),
            inner["string"].map(lambda text: f"string length({text})"),
        ],
        "string": [
            st.tuples(st.sampled_from(["upper case", "lower case"]), inner["string"]).map(lambda c: f"{c[0]}({c[1]})"),
            st.tuples(inner["string"], inner["string"]).map(lambda c: f"({c[0]} + {c[1]})"),
        ],
        "date": [
            st.tuples(inner["date"], st.sampled_from("+-"), st.sampled_from(["P1M", "P1Y", "P30D", "P2Y6M"])).map(
                lambda c: f'({c[0]} {c[1]} duration("{c[2]}"))'
            )
        ],
        "boolean": [conditions(depth - 1)],
    }
    return st.one_of(leaf, chosen, *own[kind])


@cache
def conditions(depth: int = 1) -> st.SearchStrategy[str]:
    """Conditions, with every way null can go through them."""
    compared = [
        st.tuples(expressions(kind, 0), ORDERS, expressions(kind, 0)).map(lambda c: f"({c[0]} {c[1]} {c[2]})")
        for kind in ("number", "string", "date")
    ]
    equal = [
        st.tuples(expressions(kind, 0), st.sampled_from(["=", "!="]), st.one_of(expressions(kind, 0), st.just("null"))).map(
            lambda c: f"({c[0]} {c[1]} {c[2]})"
        )
        for kind in KINDS
    ]
    text = st.tuples(st.sampled_from(["contains", "starts with", "ends with"]), expressions("string", 0), expressions("string", 0))
    simple = st.one_of(*compared, *equal, text.map(lambda c: f"{c[0]}({c[1]}, {c[2]})"), st.sampled_from(["p", "q"]))
    if depth == 0:
        return simple
    inner = conditions(depth - 1)
    joined = st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(lambda c: f"({c[0]} {c[1]} {c[2]})")
    return st.one_of(simple, joined, inner.map(lambda c: f"not({c})"))


@cache
def cells(kind: str) -> st.SearchStrategy[str]:
    """Input entries that test a value of a kind."""
    value = st.one_of(literals(kind), expressions(kind, 0))
    several = st.lists(value, min_size=1, max_size=3).map(", ".join)
    tests = [
        st.just("-"),
        st.just("null"),
        several,
        several.map(lambda cell: f"not({cell}, null)"),
        several.map(lambda c: f"{c}, null"),
    ]
    if kind != "boolean":
        tests.append(st.tuples(ORDERS, value).map(lambda c: f"{c[0]} {c[1]}"))
        tests.append(
            st.tuples(st.sampled_from("[]("), value, value, st.sampled_from("])[")).map(lambda c: f"{c[0]}{c[1]}..{c[2]}{c[3]}")
        )
        tests.append(st.tuples(ORDERS, value, conditions(1)).map(lambda c: f"? {c[0]} {c[1]} and {c[2]}"))
        tests.append(several.map(lambda cell: f"? in ({cell})"))
    return st.one_of(*tests)


@st.composite
def tables(draw: st.DrawFn, name: str, known: tuple[tuple[str, str], ...] = ()) -> DecisionTable:
    """A table of one to five rules; ``known`` are (name, kind) of earlier outputs it may test."""
    policy = draw(st.sampled_from(POLICIES))
    aggregation = draw(st.sampled_from(["", "SUM", "COUNT", "MIN", "MAX"])) if policy == "COLLECT" else ""
    subjects = draw(
        st.lists(st.sampled_from([(n, k) for k, names in KINDS.items() for n in names] + list(known)), min_size=1, max_size=3)
    )
    several = not aggregation and draw(st.booleans())
    kind = "number" if aggregation else draw(st.sampled_from(list(KINDS)))
    ordered = policy in ("PRIORITY", "OUTPUT ORDER")
    values = draw(st.lists(literals(kind), min_size=2, max_size=3, unique=True)) if ordered else []
    output = st.sampled_from(values) if ordered else expressions(kind)
    rules = [
        {
            "id": f"r{number}",
            "inputs": tuple(draw(cells(kind_of)) for _, kind_of in subjects),
            "outputs": (draw(output), draw(expressions("string", 1))) if several else (draw(output),),
        }
        for number in range(draw(st.integers(1, 5)))
    ]
    outputs: list[dict[str, Any]] = [{"name": "one", "type": kind, "values": tuple(values)}]
    outputs += [{"name": "two", "default": draw(st.sampled_from(["", '"none"', "s"]))}] if several else []
    return DecisionTable.model_validate(
        {
            "file": "random.dmn",
            "id": name,
            "name": name,
            "hit_policy": policy,
            "aggregation": aggregation,
            "requires": tuple({subject.split(".")[0] for subject, _ in subjects if subject[0].isupper()}),
            "inputs": [{"expression": subject} for subject, _ in subjects],
            "outputs": outputs,
            "rules": rules,
        }
    )


FACTS = st.fixed_dictionaries(
    {
        "a": st.none() | st.sampled_from(NUMBERS).map(Decimal) | st.integers(-(10**7), 10**7).map(lambda n: Decimal(n).scaleb(-6)),
        "b": st.none() | st.sampled_from(NUMBERS).map(Decimal),
        "x_minor": st.none() | st.integers(-100, 100) | st.sampled_from([0, 3_750_000_000, 5_000_000_000, -(10**12)]),
        "s": st.none()
        | st.sampled_from(TEXTS)
        | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=4),
        "t": st.none() | st.sampled_from(TEXTS),
        "p": st.none() | st.booleans(),
        "q": st.none() | st.booleans(),
        "d": st.none() | st.sampled_from(DAYS).map(date.fromisoformat),
        "e": st.none() | st.dates(date(1990, 1, 1), date(2030, 12, 31)),
    }
)
