"""Whole tables at load: order, what is refused, and where the refusal says it is."""

from __future__ import annotations

from typing import Any

import pytest

from aljabr.errors import ExpressionRefused, ProgrammeBroken
from aljabr.feel import Type, check_chain
from tests.rules.forms import WALK, programme, table

NAMES = {"harm": Type(kind="string", values=("death", "property")), "resident": Type(kind="boolean"), "n": Type(kind="number")}


def refusal(*tables: Any) -> str:
    with pytest.raises(ProgrammeBroken) as refused:
        check_chain(tables, NAMES)
    return str(refused.value)


def test_tables_are_put_in_the_order_of_their_requirements() -> None:
    last = table("Last", ["First"], ["x"], [["true", "1"]], requires=("First",))
    first = table("First", ["n"], ["x"], [["1", "true"]])
    assert [item.name for item in check_chain([last, first], NAMES).tables] == ["First", "Last"]


def test_a_circle_of_requirements_is_refused() -> None:
    one = table("One", ["n"], ["x"], [["1", "true"]], requires=("Two",))
    two = table("Two", ["n"], ["x"], [["1", "true"]], requires=("One",))
    assert "one.dmn: these decisions require each other in a circle: One, Two." in refusal(one, two)


def test_a_requirement_nobody_meets_is_refused() -> None:
    assert "requires the decision Ghost" in refusal(table("One", ["n"], ["x"], [["1", "true"]], requires=("Ghost",)))


def test_an_output_of_a_decision_that_is_not_required_is_unknown() -> None:
    first = table("First", ["n"], ["x"], [["1", "true"]])
    assert "Nothing is called First" in refusal(first, table("Last", ["First"], ["x"], [["true", "1"]]))


def test_every_refusal_names_file_table_rule_and_cell() -> None:
    wrong = table("Evidence", ["harm", "n"], ["met"], [['"deth"', "-", "true"], ["-", '"5"', "tru"], ["-", "-", '"x"']])
    with pytest.raises(ExpressionRefused) as refused:
        check_chain([wrong], NAMES)
    assert refused.value.details["problems"] == [
        'evidence.dmn: table Evidence, rule e1, input harm, cell \'"deth"\': harm is never "deth". Did you mean "death"?',
        "evidence.dmn: table Evidence, rule e2, input n, cell '\"5\"': "
        "A number is compared (=) with a string. Text stands between double quotes, numbers do not.",
        "evidence.dmn: table Evidence, rule e2, output met: "
        'Nothing is called tru. Declare it as a fact, or put text between double quotes: "…".',
    ]


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (table("T", ["n"], ["x"], []), "there is no rule"),
        (table("T", ["n"], ["x"], [["1", "2", "3", "4"], ["1"]]), "not as many as columns"),
        (table("T", ["n"], ["x"], [["1", "2"], ["1", "3"]]), "the same as rule t1"),
        (table("T", ["n"], ["x"], [["1", '"a"'], ["2", "3"]]), "is a number where a string is expected"),
        (table("T", ["n"], ["x"], [["1", "2"]], "PRIORITY"), "order of priority"),
        (
            table("T", ["n"], [{"name": "x", "values": ("1", "2")}], [["1", "3"]], "PRIORITY"),
            "3 is not among the allowed values 1, 2",
        ),
        (table("T", ["n"], [{"name": "x", "values": ("1", "2")}], [["1", "n"]], "OUTPUT ORDER"), "needs plain values"),
        (table("T", ["n"], ["x", "x"], [["1", "2", "3"]]), "a name of its own"),
        (table("T", ["n"], ["x"], [["1", "true"]], "COLLECT", aggregation="SUM"), "SUM cannot be taken of a boolean"),
        (table("T", ["n"], ["x"], [["1", "2"]], aggregation="SUM"), "needs hit policy COLLECT"),
        (table("T", ["n"], [{"name": "x", "type": "boolean"}], [["1", "2"]]), "where a boolean is expected"),
        (table("T", ["harm"], ["x"], [['not("death")', "2"]]), "a missing harm would pass this test"),
        (table("T", ["resident"], ["x"], [["? != true", "2"]]), "a missing resident would pass this test"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_can_only_be_a_mistake_is_refused(wrong: Any, what: str) -> None:
    assert what in refusal(wrong)


def test_later_tables_know_the_codes_of_earlier_ones() -> None:
    first = table("First", ["n"], ["x"], [["1", '"yes"'], ["2", '"no"']])
    last = table("Last", ["First"], ["x"], [['"maybe"', "1"]], requires=("First",))
    assert 'First is never "maybe". It can be yes, no.' in refusal(first, last)


def test_the_synthetic_programme_is_accepted_and_its_facts_are_known() -> None:
    from aljabr.programmes import programme_chain

    chain = programme_chain(programme(WALK))
    assert {"grant_minor", "cause", "overlap", "filed_on"} <= set(chain.facts)
    assert chain.variables["Notes"].kind == "list"
