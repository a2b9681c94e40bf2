"""Every operation of the typed tree gives in SQL what it gives in Python, for sample values of its kinds and for null."""

from __future__ import annotations

import itertools
from decimal import Decimal
from typing import Any

import pytest

from aljabr.errors import CheckFailed
from aljabr.feel import tree
from aljabr.feel.dynamic import literal_of, same_value
from aljabr.feel.dynamic.types import Basic
from aljabr.feel.models import Reference
from aljabr.feel.operations import OVERLOADS, ROUNDINGS, Operation
from aljabr.feel.static.models import StaticModel
from aljabr.feel.static.results import input_facts, interpreted
from aljabr.feel.static.shapes import Scalar
from aljabr.feel.static.specialising import Lets
from aljabr.feel.static.types import SCALARS
from aljabr.feel.tree import Expression
from aljabr.feel.types import WHOLE, Type
from aljabr.relations import Database
from aljabr.rules.models import decide

NUMBERS = [None, *map(Decimal, ("0", "1", "-1", "2", "-3", "2.5", "-2.5", "0.05", "12", "29", "2016"))]
SAMPLES: dict[str, list[Any]] = {
    "number": NUMBERS,
    "string": [None, "", "a", "ab", "Abc", "محمد", "الى جانب", "b"],
    "boolean": [None, True, False],
    "date": [None, *map(literal_of, ("2016-02-29", "2015-12-31", "2016-01-31", "2017-02-28", "1969-12-31", "2005-01-01"))],
    "time": [None, *map(literal_of, ("00:00:00", "23:59:59", "10:15:00"))],
    "date and time": [None, *map(literal_of, ("2016-02-29T00:00:00", "2015-12-31T23:59:59", "1969-07-20T20:17:40"))],
    "days and time duration": [None, *map(literal_of, ("PT0S", "P1D", "-P30D", "PT36H", "-PT90M", "P1DT1S"))],
    "years and months duration": [None, *map(literal_of, ("P0M", "P1M", "-P1M", "P13M", "-P2Y6M"))],
}
SOME = 160


def variable(place: int, kind: str, *, whole: bool) -> Expression:
    """An argument; a number is cut to a whole one where the operation wants it."""
    found = tree.Variable(name=f"a{place}", type=SCALARS[kind])
    if kind != "number" or not whole:
        return found
    return tree.Call(function="round down", arguments=(found,), type=WHOLE, scale=0)


def both_ways(expression: Expression, kinds: tuple[str, ...]) -> list[tuple[tuple[Any, ...], Any, Any]]:
    """Arguments, and the result by the interpreter of the typed tree and by SQL."""
    references = [Reference(namespace="t", id=f"a{place}") for place in range(len(kinds))]
    inputs: Any = {reference: (reference.id, Basic(name=kind)) for reference, kind in zip(references, kinds, strict=True)}
    shape = Scalar(expression=expression)
    model = StaticModel(inputs=inputs, decisions={}, lets=Lets())
    chosen = list(itertools.islice(itertools.product(*(SAMPLES[kind] for kind in kinds)), SOME))
    rows = [dict(zip(references, row, strict=True)) for row in chosen]
    with Database() as db:
        in_sql = [found["x"] for found in decide(db, model, {"x": shape}, rows)]
    typed = []
    for row in rows:
        facts: dict[str, Any] = {}
        for reference, (name, wanted) in inputs.items():
            facts |= input_facts(name, wanted, row[reference])
        typed.append(interpreted(model, shape, facts))
    return list(zip(chosen, typed, in_sql, strict=True))


def alike(typed: Any, found: Any, kind: Type) -> bool:
    """Whether two results are the same; inexact ones to nine digits."""
    if kind.approximate and typed is not None and found is not None:
        return bool(abs(typed - found) <= max(abs(typed), abs(found)) * Decimal("1e-9"))
    return same_value(typed, found)


@pytest.mark.parametrize(
    ("key", "operation"), OVERLOADS.items(), ids=lambda value: value.name if isinstance(value, Operation) else ""
)
def test_an_operation_gives_the_same_in_sql(key: tuple[str, tuple[str, ...]], operation: Operation) -> None:
    kinds = key[1]
    arguments = tuple(variable(place, kind, whole=operation.whole) for place, kind in enumerate(kinds))
    gives = Type(kind="number", scale=6) if operation.name == "modulo" else operation.gives
    expression = tree.Call(function=operation.name, arguments=arguments, type=gives)
    different = [row for row in both_ways(expression, kinds) if not alike(row[1], row[2], gives)]
    assert different == []


@pytest.mark.parametrize("name", ROUNDINGS)
@pytest.mark.parametrize("scale", [0, 1, 6])
def test_a_rounding_gives_the_same_in_sql(name: str, scale: int) -> None:
    expression = tree.Call(
        function=name, arguments=(variable(0, "number", whole=False),), type=Type(kind="number", scale=scale), scale=scale
    )
    different = [row for row in both_ways(expression, ("number",)) if row[1] != row[2]]
    assert different == []


def test_what_has_no_answer_stops_in_both_ways() -> None:
    for name, kinds in (("must not hold", ("boolean",)), ("clearly <", ("number", "number"))):
        arguments = tuple(variable(place, kind, whole=False) for place, kind in enumerate(kinds))
        expression = tree.Call(function=name, arguments=arguments, type=SCALARS["boolean"])
        with pytest.raises(CheckFailed):
            both_ways(expression, kinds)
