"""The full interpreter, the interpreter of typed trees and SQL agree on random expressions over every kind of fact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from aljabr.errors import AljabrError, CheckFailed
from aljabr.feel.boxed import Boxed, Table
from aljabr.feel.dynamic import decide as decide_at_once
from aljabr.feel.dynamic import same_value
from aljabr.feel.dynamic.types import coerced
from aljabr.feel.models import Model, Reference
from aljabr.feel.static.models import StaticModel, static_model
from aljabr.feel.static.results import input_facts, interpreted, leaves
from aljabr.relations import Database
from aljabr.rules.models import decide
from tests.rules.random_models import FACTS, NAMES, expressions, facts_of, model_of, tables

STOPPED = "stopped"
ASKED = Reference(namespace="random", id="asked")


def by_sql(plan: StaticModel, rows: list[dict[Reference, Any]]) -> list[Any]:
    """What SQL decides, row by row so that a row that stops the run stops only itself."""
    with Database() as db:
        try:
            return [found["asked"] for found in decide(db, plan, {"asked": plan.decisions[ASKED]}, rows)]
        except CheckFailed:
            if len(rows) == 1:
                return [STOPPED]
    return [found for row in rows for found in by_sql(plan, [row])]


def by_typed_tree(plan: StaticModel, row: dict[Reference, Any]) -> Any:
    """What the interpreter of the typed tree decides."""
    facts: dict[str, Any] = {}
    for reference, (name, wanted) in plan.inputs.items():
        facts |= input_facts(name, wanted, coerced(row.get(reference), wanted))
    try:
        return interpreted(plan, plan.decisions[ASKED], facts)
    except CheckFailed:
        return STOPPED


def alike(found: Any, expected: Any) -> bool:
    """Whether two ways agree; what stopped agrees with anything, because it answered nothing."""
    return found == STOPPED or expected == STOPPED or same_value(found, expected)


def compiled(model: Model) -> StaticModel:
    """The plan, or no example when the expression is refused."""
    try:
        plan = static_model(model)
        list(leaves(plan.decisions[ASKED]))
    except AljabrError:
        assume(False)
        raise
    return plan


def agree(logic: str | Boxed, rows: list[dict[str, Any]]) -> None:
    """Decide rows three ways and compare."""
    model = model_of(logic)
    plan = compiled(model)
    given_facts = [facts_of(row) for row in rows]
    at_once = [decide_at_once(model, "asked", row) for row in given_facts]
    typed = [by_typed_tree(plan, row) for row in given_facts]
    in_sql = by_sql(plan, given_facts)
    for expected, by_tree, found, row in zip(at_once, typed, in_sql, rows, strict=True):
        assert alike(found, expected), (logic, row, expected, found)
        assert alike(by_tree, expected), (logic, row, expected, by_tree)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(list(NAMES)).flatmap(expressions), st.lists(FACTS, min_size=8, max_size=8))
def test_three_ways_compute_alike(text: str, rows: list[dict[str, Any]]) -> None:
    agree(text, rows)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(tables(), st.lists(FACTS, min_size=8, max_size=8))
def test_three_ways_decide_alike(table: Table, rows: list[dict[str, Any]]) -> None:
    agree(table, rows)


def test_money_is_divided_to_the_last_digit_three_ways() -> None:
    # 10,000,000,001 fils in thirds, half to even: 3,333,333,333.67 → 3,333,333,334.
    model = model_of("decimal(a / b, 0)")
    plan = compiled(model)
    row = facts_of({"a": Decimal(10_000_000_001), "b": Decimal(3)})
    assert decide_at_once(model, "asked", row) == by_typed_tree(plan, row) == by_sql(plan, [row])[0] == Decimal(3_333_333_334)


PLACED = (
    *("[a, b, 3][{}]", "[a, b, 3][item > 0][{}]", "list contains(sublist([a, b, 3], {}), 1)"),
    *("list contains(sublist([a, b, 3], 1, {}), 1)", "list contains(remove([a, b, 3], {}), 1)"),
    *("list contains(insert before([a, b, 3], {}, 9), 1)", "list contains(list replace([a, b, 3], {}, 9), 1)"),
)


@pytest.mark.parametrize("place", ["1.5", "-1.5", "0", "0.5", "-0.5", "1E20"])
@pytest.mark.parametrize("call", PLACED)
def test_what_is_not_a_whole_number_is_no_place_three_ways(call: str, place: str) -> None:
    model = model_of(call.format(place))
    plan = compiled(model)
    row = facts_of({"a": Decimal(1), "b": Decimal(2)})
    assert [decide_at_once(model, "asked", row), by_typed_tree(plan, row), by_sql(plan, [row])[0]] == [None, None, None]


def test_a_whole_number_written_with_decimals_is_a_place_three_ways() -> None:
    for call, expected in (("[a, b, 3][2.0]", 2), ("[a, b, 3][-3.0]", 1), ("sublist([a, b, 3], 2.0, 1.0)[1]", 2)):
        model = model_of(call)
        plan = compiled(model)
        row = facts_of({"a": Decimal(1), "b": Decimal(2)})
        assert decide_at_once(model, "asked", row) == by_typed_tree(plan, row) == by_sql(plan, [row])[0] == expected
