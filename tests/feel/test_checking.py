"""What is refused at load, and what the message tells its reader to write instead."""

from __future__ import annotations

import pytest

from aljabr.errors import ExpressionRefused
from aljabr.feel import Type, named_type, tree, typed_expression
from aljabr.feel.checking import typed_test

NAMES = {
    "cause": Type(kind="string", values=("terrorist_act", "military_operation")),
    "grant_minor": Type(kind="number"),
    "percent": Type(kind="number", scale=6),
    "resident": Type(kind="boolean"),
    "filed_on": Type(kind="date"),
    "Outcome.amount": Type(kind="number"),
    "Notes": Type(kind="list"),
}


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("grant_minor / 2", "decimal(x / y, n)"),
        ("decimal(grant_minor / 2 * 3, 0)", "decimal(x / y, n)"),
        ("decimal(grant_minor / 2, percent)", "decimal(x / y, 0)"),
        ("grant_minor + resident", "Use a number"),
        ("filed_on - filed_on", 'DATE + duration("P30D")'),
        ("filed_on + 30", 'DATE + duration("P30D")'),
        ('if resident then 1 else "no"', "same type"),
        ("if grant_minor then 1 else 2", "Compare it with something"),
        ("grant_minro", "Did you mean grant_minor?"),
        ("Outcome", "Did you mean Outcome.amount?"),
        ("Notes", "FIRST"),
        ("resident < true", "Write x = true"),
        ("grant_minor < null", "Write x = null"),
        ('filed_on > "2014-06-10"', 'date("2014-06-10")'),
        ('date("2014-02-30")', 'date("2014-06-10")'),
        ('filed_on + duration("P1Y2D")', "P1Y6M"),
        ('percent = "75"', "between double quotes"),
        ('cause = "terorist_act"', 'Did you mean "terrorist_act"?'),
        ("sqrt(percent)", "floor"),
        ("percent * percent * percent * percent * percent", "Round a factor"),
        ("< 5", "if … then … else"),
        ("two words", "underscore"),
        ("“x”", 'plain signs: "x"'),
        ("", "null"),
        ("?", "name of the fact"),
        ("1" * 40, "smaller number"),
    ],
)
def test_a_refused_expression_says_what_to_write_instead(text: str, advice: str) -> None:
    with pytest.raises(ExpressionRefused) as refusal:
        typed_expression(text, NAMES)
    assert advice in str(refusal.value)


@pytest.mark.parametrize(
    ("cell", "advice"),
    [
        ('"theft"', "terrorist_act, military_operation"),
        ("5", "between double quotes"),
        ("resident", "with ?"),
        ("", "Write -"),
        ("[1..5]", "between double quotes"),
    ],
)
def test_a_refused_cell_says_what_to_write_instead(cell: str, advice: str) -> None:
    with pytest.raises(ExpressionRefused) as refusal:
        typed_test(cell, typed_expression("cause", NAMES), NAMES)
    assert advice in str(refusal.value)


def test_an_interval_upside_down_is_refused() -> None:
    with pytest.raises(ExpressionRefused, match="smaller end first"):
        typed_test("[75..10]", typed_expression("percent", NAMES), NAMES)


def test_a_dash_tests_nothing() -> None:
    assert typed_test(" - ", typed_expression("percent", NAMES), NAMES) is None


def test_scales_are_computed_so_that_nothing_is_rounded_unsaid() -> None:
    # whole × six places + two places: six; a difference keeps the larger scale; decimal() sets it.
    assert typed_expression("grant_minor * percent + 0.25", NAMES).type.scale == 6
    assert typed_expression("percent * percent", NAMES).type.scale == 12
    assert typed_expression("decimal(grant_minor * percent / 100, 0)", NAMES).type.scale == 0


def test_brackets_may_face_away_from_an_interval_that_is_open() -> None:
    faces = [typed_test(cell, typed_expression("percent", NAMES), NAMES) for cell in ("(1..5)", "]1..5[")]
    assert faces[0] == faces[1]


def test_dotted_names_and_names_in_arabic_are_names() -> None:
    assert typed_expression("Outcome.amount", NAMES) == tree.Variable(name="Outcome.amount", type=Type(kind="number"))
    assert tree.names(typed_expression("نسبة + 1", {"نسبة": Type(kind="number")})) == {"نسبة"}


def test_a_name_ending_in_minor_is_whole() -> None:
    assert named_type("number", name="assessed_minor") == Type(kind="number", scale=0)
    assert named_type("tApproval") is None


@pytest.mark.parametrize(
    "text", ["[1, 2]", "{a: 1}", "for x in [1] return x", "(function(x) x)(1)", "cause instance of string", "not()"]
)
def test_what_only_the_whole_language_has_is_refused_in_a_table(text: str) -> None:
    with pytest.raises(ExpressionRefused):
        typed_expression(text, {"cause": Type(kind="string")})
