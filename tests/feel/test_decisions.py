"""What each hit policy makes of the matches, and which facts were missing."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from aljabr.feel import Decision, Type, check_chain, interpret
from tests.rules.forms import table

NAMES = {"n": Type(kind="number"), "m": Type(kind="number"), "b": Type(kind="boolean")}
RULES = [["> 1", '"low"'], ["> 2", '"high"'], ["> 3", '"low"']]


def decide(policy: str, n: int | None, output: Any = "x", rules: Any = RULES, **more: Any) -> Decision:
    facts = {"n": None if n is None else Decimal(n), "b": more.pop("b", None)}
    inputs = more.pop("inputs", ["n"])
    return interpret(check_chain([table("T", inputs, [output], rules, policy, **more)], NAMES), facts)[0]


ORDERED = {"name": "x", "values": ('"high"', '"low"')}


@pytest.mark.parametrize(
    ("policy", "output", "n", "value", "hits", "conflict"),
    [
        ("UNIQUE", "x", 2, "low", ("t1",), False),
        ("UNIQUE", "x", 3, None, ("t1", "t2"), True),
        ("ANY", "x", 3, None, ("t1", "t2"), True),
        ("FIRST", "x", 9, "low", ("t1",), False),
        ("PRIORITY", ORDERED, 9, "high", ("t2",), False),
        ("RULE ORDER", "x", 9, (("low",), ("high",), ("low",)), ("t1", "t2", "t3"), False),
        ("OUTPUT ORDER", ORDERED, 9, (("high",), ("low",), ("low",)), ("t1", "t2", "t3"), False),
        ("COLLECT", "x", 3, (("low",), ("high",)), ("t1", "t2"), False),
        ("UNIQUE", {"name": "x", "default": '"none"'}, 0, "none", ("default",), False),
        ("UNIQUE", "x", 0, None, (), False),
    ],
)
def test_hit_policies(policy: str, output: Any, n: int, value: Any, hits: tuple[str, ...], conflict: bool) -> None:
    decision = decide(policy, n, output)
    assert (decision.values["T"], decision.hits, decision.conflict) == (value, hits, conflict)


def test_any_takes_one_of_equal_outputs() -> None:
    decision = decide("ANY", 3, rules=[["> 1", "1"], ["> 2", "1.0"]])
    assert (decision.values["T"], decision.conflict, decision.hits) == (1, False, ("t1", "t2"))


@pytest.mark.parametrize(("aggregation", "value"), [("SUM", 12), ("COUNT", 3), ("MIN", 2), ("MAX", 6)])
def test_collect_aggregates_the_outputs_of_all_matches(aggregation: str, value: int) -> None:
    decision = decide("COLLECT", 9, rules=[["> 1", "4"], ["> 2", "2"], ["> 3", "6"], ["> 9", "8"]], aggregation=aggregation)
    assert decision.values["T"] == value


def test_a_sum_with_an_unknown_part_is_unknown() -> None:
    assert decide("COLLECT", 9, rules=[["> 1", "4"], ["> 2", "null"]], aggregation="SUM").values["T"] is None


def test_a_fact_is_missing_when_it_leaves_an_open_rule_undecided() -> None:
    rules = [["> 1", "true", "1"], ["> 2", "false", "2"]]
    missing = [
        decide("FIRST", n, rules=rules, inputs=["n", "b"], b=b).missing
        for n, b in ((None, True), (None, None), (2, None), (1, None))
    ]
    # n = 1 fails both rules whatever b is; b = true rules the second out.
    assert missing == [{"n"}, {"n", "b"}, {"b"}, frozenset()]


def test_what_stands_before_a_hit_might_have_been_hit_first() -> None:
    rules = [["> 1", "-", "1"], ["-", "true", "2"], ["< 0", "-", "3"]]
    after = decide("FIRST", None, rules=rules, inputs=["n", "b"], b=True)
    assert (after.hits, after.missing) == (("t2",), {"n"})
    first = decide("FIRST", None, rules=rules[1:], inputs=["n", "b"], b=True)
    assert (first.hits, first.missing) == (("t1",), frozenset())


def test_an_output_that_a_missing_fact_makes_null_is_told() -> None:
    decision = decide("UNIQUE", 3, rules=[["3", "m * 2"]])
    assert (decision.values["T"], decision.missing) == (None, {"m"})


def test_a_rule_that_asks_for_null_is_decided_by_it() -> None:
    decision = decide("UNIQUE", None, rules=[["null", "1"], ["> 1", "2"]])
    assert (decision.values["T"], decision.hits, decision.missing) == (1, ("t1",), frozenset())
