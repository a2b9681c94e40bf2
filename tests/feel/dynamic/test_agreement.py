"""The full interpreter and the evaluator of decision tables agree to the last digit, on what both understand.

Numbers wider than decimal128's 34 digits are left out: the tables' evaluator keeps up to 38, the standard's interpreter rounds.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aljabr.errors import AljabrError
from aljabr.feel import Type, evaluate, tree, typed_expression
from aljabr.feel.checking import typed_test
from aljabr.feel.dynamic import feel_value, literal_of, passes_tests
from aljabr.feel.dynamic.values import Day
from tests.rules.random_tables import ENVIRONMENT, FACTS, KINDS, cells, expressions

EXPRESSIONS = st.sampled_from(list(KINDS)).flatmap(expressions)
CELLS = st.sampled_from(list(KINDS)).flatmap(lambda kind: st.tuples(st.sampled_from(KINDS[kind]), cells(kind)))


def given_values(facts: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The facts for the one and for the other: numbers as decimals, days in their own form."""
    exact = {name: Decimal(value) if type(value) is int else value for name, value in facts.items()}
    return exact, {name: literal_of(value.isoformat()) if isinstance(value, date) else value for name, value in exact.items()}


def fits(expression: tree.Expression, values: dict[str, Any]) -> bool:
    """Whether every number on the way has at most 34 digits and every day is in Python's calendar."""
    for node in tree.walk(expression):
        try:
            value = evaluate(node, values)
        except AljabrError:
            return False
        if isinstance(value, Decimal) and len(value.as_tuple().digits) > 34:
            return False
    return True


def as_python(value: Any) -> Any:
    return date(value.year, value.month, value.day) if isinstance(value, Day) and 1 <= value.year <= 9999 else value


@settings(deadline=None, max_examples=200)
@given(EXPRESSIONS, FACTS)
def test_an_expression_has_one_value(text: str, facts: dict[str, Any]) -> None:
    exact, dynamic = given_values(facts)
    try:
        expression = typed_expression(text, ENVIRONMENT)
    except AljabrError:
        assume(False)
    assume(fits(expression, exact))
    expected, found = evaluate(expression, exact), as_python(feel_value(text, dynamic))
    assert (type(found), found) == (type(expected), expected)


@settings(deadline=None, max_examples=200)
@given(CELLS, FACTS)
def test_a_cell_passes_in_both_or_in_neither(column: tuple[str, str], facts: dict[str, Any]) -> None:
    name, cell = column
    exact, dynamic = given_values(facts)
    kind: Type = ENVIRONMENT[name]
    try:
        test = typed_test(cell, tree.Variable(name=name, type=kind), ENVIRONMENT)
    except AljabrError:
        assume(False)
    assume(test is None or fits(test, exact))
    passes = test is None or evaluate(test, exact) is True
    assert (passes_tests(cell, dynamic[name], dynamic) is True) == passes
