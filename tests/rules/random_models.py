"""Strategies for random FEEL over every kind of fact a whole model may have, and for the facts themselves."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from aljabr.feel.boxed import Boxed, InputColumn, Literal, OutputColumn, Row, Table
from aljabr.feel.dynamic import literal_of
from aljabr.feel.models import Decision, InputData, ItemDefinition, Model, Reference
from tests.rules.random_tables import cells

NAMES = {
    "number": ["a", "b"],
    "string": ["s", "t"],
    "boolean": ["p", "q"],
    "date": ["d", "e"],
    "time": ["c"],
    "date and time": ["m", "n"],
    "days and time duration": ["k"],
    "years and months duration": ["y"],
}
LISTED = {"xs": "number", "ts": "string"}
WRITTEN: dict[str, list[str]] = {
    "number": ["0", "1", "-1", "2.5", "-2.5", "0.5", "7", "10", "100", "0.001", "3750000000"],
    "string": ['""', '"a"', '"A"', '"ab"', '"محمد"', '"الى "', '"q\\"x"', '"é"'],
    "boolean": ["true", "false"],
    "date": [
        f'date("{day}")'
        for day in ("2009-12-28", "2014-06-10", "2016-01-24", "2016-01-25", "2016-02-29", "2019-12-31", "1969-12-31")
    ],
    "time": [f'time("{at}")' for at in ("00:00:00", "10:15:00", "23:59:59")],
    "date and time": [f'date and time("{at}")' for at in ("2014-06-10T00:00:00", "2016-02-29T23:59:59", "1969-07-20T20:17:40")],
    "days and time duration": [f'duration("{length}")' for length in ("P30D", "PT36H", "-PT90M", "PT0S", "P1DT1S")],
    "years and months duration": [f'duration("{length}")' for length in ("P1Y", "P2Y6M", "-P1M", "P0M", "P13M")],
}
COMPARED = [kind for kind in NAMES if kind != "boolean"]


def between(*parts: Any) -> st.SearchStrategy[str]:
    """Parts put together; a part is a text or a strategy."""
    return st.tuples(*[st.just(part) if isinstance(part, str) else part for part in parts]).map("".join)


@cache
def expressions(kind: str, depth: int = 2) -> st.SearchStrategy[str]:
    """Expressions of a kind, fully bracketed."""
    leaf = st.one_of(st.sampled_from(WRITTEN[kind]), st.sampled_from(NAMES[kind]), st.sampled_from(NAMES[kind]))
    if depth == 0:
        return leaf
    own = operations(kind, depth - 1)
    chosen = between(
        "(if ", conditions(depth - 1), " then ", expressions(kind, depth - 1), " else ", expressions(kind, depth - 1), ")"
    )
    entry = between("{x: ", expressions(kind, depth - 1), ", z: x}.z")
    function = between("(function(v) if v = null then ", leaf, " else v)(", expressions(kind, depth - 1), ")")
    return st.one_of(leaf, chosen, entry, function, *own, *own)


@cache
def operations(kind: str, depth: int) -> tuple[st.SearchStrategy[str], ...]:
    """What gives a value of a kind."""
    of = {name: expressions(name, depth) for name in NAMES}
    months, days = of["years and months duration"], of["days and time duration"]
    places = st.integers(0, 3).map(str)
    sign = st.sampled_from([" + ", " - "])
    numbers = between("[", of["number"], ", ", of["number"], ", ", of["number"], "]")
    match kind:
        case "number":
            rounding = st.sampled_from(
                ["decimal", "floor", "ceiling", "round up", "round down", "round half up", "round half down"]
            )
            part = st.sampled_from([".year", ".month", ".day", ".weekday"])
            return (
                between("(", of["number"], st.sampled_from([" + ", " - ", " * "]), of["number"], ")"),
                between("(", of["number"], " / ", st.sampled_from(["2", "-4", "0.5", "100", "0"]), ")"),
                between("(", of["number"], " ** ", st.sampled_from(["1", "2", "3"]), ")"),
                between("decimal(", of["number"], " / ", of["number"], ", ", places, ")"),
                between(rounding, "(", of["number"], ", ", places, ")"),
                between("modulo(", of["number"], ", ", of["number"], ")"),
                between("(-", of["number"], ")"),
                between("string length(", of["string"], ")"),
                between(of["date"], part),
                between(of["date and time"], st.sampled_from([".year", ".hour", ".minute", ".day"])),
                between(of["time"], st.sampled_from([".hour", ".minute"])),
                between(days, st.sampled_from([".days", ".hours", ".minutes"])),
                between(months, st.sampled_from([".years", ".months"])),
                between(st.sampled_from(["day of year(", "week of year("]), of["date"], ")"),
                between(st.sampled_from(["sum", "min", "max", "count", "product"]), "(", numbers, ")"),
                between(st.sampled_from(["sum", "min", "max", "count"]), "(xs)"),
                between(st.sampled_from(["sum", "min", "max", "count"]), "(xs[item > ", of["number"], "])"),
                between("sum(for x in xs return x + ", of["number"], ")"),
                between("xs[", st.sampled_from(["1", "2", "-1", "5"]), "]"),
                between("xs[item >= ", of["number"], "][", st.sampled_from(["1", "2"]), "]"),
                between("count(append(xs, ", of["number"], "))"),
                between("sum(distinct values(concatenate(xs, ", numbers, ")))"),
                between("sort(", numbers, ", function(one, two) one < two)[", st.sampled_from(["1", "2", "3"]), "]"),
                between("count(index of(xs, ", of["number"], "))"),
                between("r.amount"),
            )
        case "string":
            return (
                between("(", of["string"], " + ", of["string"], ")"),
                between("substring(", of["string"], ", ", st.sampled_from(["1", "2", "-1", "-2", "9", "0"]), ")"),
                between("substring(", of["string"], ", ", of["number"], ", ", st.sampled_from(["1", "2"]), ")"),
                between(st.sampled_from(["substring before(", "substring after("]), of["string"], ", ", of["string"], ")"),
                between(st.sampled_from(["upper case(", "lower case("]), of["string"], ")"),
                between("string(", st.one_of(of["number"], of["date"], of["boolean"], of["string"]), ")"),
                between(st.sampled_from(["day of week(", "month of year("]), of["date"], ")"),
                between("r.label"),
                between("ts[1]"),
            )
        case "boolean":
            return (conditions(depth),)
        case "date":
            return (
                between("(", of["date"], sign, st.one_of(months, days), ")"),
                between("date(", of["date and time"], ")"),
                between(
                    "date(",
                    of["date"],
                    ".year, ",
                    st.sampled_from(["2", "12", "13"]),
                    ", ",
                    st.sampled_from(["1", "29", "31"]),
                    ")",
                ),
            )
        case "time":
            return (between("(", of["time"], sign, days, ")"), between("time(", of["date and time"], ")"))
        case "date and time":
            return (
                between("(", of["date and time"], sign, st.one_of(months, days), ")"),
                between("date and time(", of["date"], ", ", of["time"], ")"),
            )
        case "days and time duration":
            return (
                between("(", days, sign, days, ")"),
                between("(", of["date"], " - ", of["date"], ")"),
                between("(", of["date and time"], " - ", of["date and time"], ")"),
                between("(", of["time"], " - ", of["time"], ")"),
                between("(", days, " * ", st.sampled_from(["2", "-3"]), ")"),
                between("(-", days, ")"),
                between("abs(", days, ")"),
            )
    return (
        between("(", months, sign, months, ")"),
        between("years and months duration(", of["date"], ", ", of["date"], ")"),
        between("(", months, " * ", st.sampled_from(["2", "-3"]), ")"),
        between("(-", months, ")"),
    )


@cache
def conditions(depth: int = 1) -> st.SearchStrategy[str]:
    """Conditions, with every way null can go through them."""
    simple: list[st.SearchStrategy[str]] = []
    for kind in COMPARED:
        value = expressions(kind, 0)
        order = st.sampled_from([" < ", " <= ", " > ", " >= ", " = ", " != "])
        bracket = st.sampled_from(["[", "("]), st.sampled_from(["]", ")"])
        simple += [
            between("(", value, order, value, ")"),
            between("(", value, st.sampled_from([" = ", " != "]), "null)"),
            between("(", value, " between ", value, " and ", value, ")"),
            between("(", value, " in (", value, ", ", value, "))"),
            between("(", value, " in ", bracket[0], value, "..", value, bracket[1], ")"),
            between("(", value, " in [", value, ", ", value, "])"),
        ]
    simple += [
        between("list contains(xs, ", expressions("number", 0), ")"),
        between("(some x in xs satisfies x > ", expressions("number", 0), ")"),
        between("(every x in xs satisfies x < ", expressions("number", 0), ")"),
        between("(", expressions("string", 0), " in ts)"),
        between(
            st.sampled_from(["contains(", "starts with(", "ends with("]),
            expressions("string", 0),
            ", ",
            expressions("string", 0),
            ")",
        ),
        st.sampled_from(["p", "q", "(r = null)", "(xs = null)", "(p instance of boolean)", "(s instance of number)"]),
    ]
    found = st.one_of(*simple)
    if depth == 0:
        return found
    inner = conditions(depth - 1)
    return st.one_of(found, between("(", inner, st.sampled_from([" and ", " or "]), inner, ")"), between("not(", inner, ")"))


def _values(kind: str) -> st.SearchStrategy[Any]:
    known: dict[str, st.SearchStrategy[Any]] = {
        "number": st.sampled_from([Decimal(text) for text in WRITTEN["number"]])
        | st.integers(-(10**7), 10**7).map(lambda n: Decimal(n).scaleb(-6)),
        "string": st.sampled_from(["", "a", "A", "ab", "محمد", "الى ", 'q"x', "é", "مـحمّد"]),
        "boolean": st.booleans(),
    }
    literals = (
        st.sampled_from([literal_of(text.partition('"')[2].rstrip('")')) for text in WRITTEN[kind]])
        if kind not in known
        else known[kind]
    )
    return st.none() | literals | literals


FACTS = st.fixed_dictionaries(
    {
        **{name: _values(kind) for kind, names in NAMES.items() for name in names},
        **{name: st.none() | st.lists(_values(kind), max_size=4) for name, kind in LISTED.items()},
        "r": st.none() | st.fixed_dictionaries({"amount": _values("number"), "label": _values("string")}),
    }
)


POLICIES = ["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
TABLE_KINDS = ["number", "string", "boolean", "date"]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of one to four rules over facts, with every hit policy, defaults, and values its columns declare."""
    policy = draw(st.sampled_from(POLICIES))
    aggregation = draw(st.sampled_from(["", "SUM", "COUNT", "MIN", "MAX"])) if policy == "COLLECT" else ""
    kinds = draw(st.lists(st.sampled_from(TABLE_KINDS), min_size=1, max_size=3))
    kind = "number" if aggregation else draw(st.sampled_from(TABLE_KINDS))
    several = not aggregation and draw(st.booleans())
    values = draw(st.lists(st.sampled_from(WRITTEN[kind][:4]), min_size=2, max_size=3, unique=True))
    ordered = policy in ("PRIORITY", "OUTPUT ORDER")
    output = st.sampled_from(values) if ordered else expressions(kind, 1)
    columns = [OutputColumn(name="one" if several else "", type_ref=kind, values=", ".join(values) if ordered else "")]
    columns += [OutputColumn(name="two", default=draw(st.sampled_from(["", '"none"', "s"])))] if several else []
    rows = tuple(
        Row(
            id=f"r{place}",
            tests=tuple(draw(cells(of)) for of in kinds),
            outputs=(draw(output), draw(expressions("string", 0))) if several else (draw(output),),
        )
        for place in range(draw(st.integers(1, 4)))
    )
    inputs = tuple(
        InputColumn(
            expression=draw(st.sampled_from(NAMES[of])), type_ref=of, values=draw(st.sampled_from(["", "", *_declared(of)]))
        )
        for of in kinds
    )
    return Table(inputs=inputs, outputs=tuple(columns), rows=rows, hit_policy=policy, aggregation=aggregation)


def _declared(kind: str) -> list[str]:
    return {"number": ["[-3..100]", "0, 1, 2.5, 7"], "string": ['"", "a", "ab"']}.get(kind, [])


def _reference(name: str) -> Reference:
    return Reference(namespace="random", id=name)


def model_of(logic: str | Boxed) -> Model:
    """A model with one decision over inputs of every kind."""
    types = {f"list of {kind}": ItemDefinition(name=f"list of {kind}", type_ref=kind, collection=True) for kind in LISTED.values()}
    parts = (ItemDefinition(name="amount", type_ref="number"), ItemDefinition(name="label", type_ref="string"))
    types["record"] = ItemDefinition(name="record", components=parts)
    kinds = {name: kind for kind, names in NAMES.items() for name in names}
    kinds |= {name: f"list of {kind}" for name, kind in LISTED.items()} | {"r": "record"}
    inputs = [InputData(reference=_reference(name), name=name, type_ref=kind) for name, kind in kinds.items()]
    asked = Decision(
        reference=_reference("asked"),
        name="asked",
        logic=Literal(text=logic) if isinstance(logic, str) else logic,
        requires=tuple(one.reference for one in inputs),
    )
    elements = {one.reference: one for one in (*inputs, asked)}
    return Model(file="random.dmn", name="random", namespace="random", elements=elements, types=types)


def facts_of(row: dict[str, Any]) -> dict[Reference, Any]:
    """Facts by the inputs they belong to."""
    return {_reference(name): value for name, value in row.items()}
