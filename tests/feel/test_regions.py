"""Regions of tables: what overlaps, what is never reached, what nothing matches, each with facts that show it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.feel import Chain, Type, check_chain, interpret
from aljabr.feel.axes import World
from aljabr.feel.regions import RegionFinding, chain_findings
from tests.rules.forms import table

NAMES = {
    "percent": Type(kind="number", scale=6),
    "whole": Type(kind="number"),
    "filed_on": Type(kind="date"),
    "earliest_on": Type(kind="date"),
    "latest_on": Type(kind="date"),
    "harm": Type(kind="string", values=("death", "injury", "property")),
    "place": Type(kind="string"),
    "resident": Type(kind="boolean"),
    "ceiling": Type(kind="number"),
}


def found(*tables: Any, world: World | None = None, **more: Any) -> list[RegionFinding]:
    return list(chain_findings(check_chain(tables, NAMES), world=world, **more))


def kinds(*tables: Any, **more: Any) -> list[tuple[str, tuple[str, ...], dict[str, Any] | None]]:
    return [(one.kind, one.rules, dict(one.example) if one.example is not None else None) for one in found(*tables, **more)]


def test_two_rules_that_share_a_boundary_overlap_on_it() -> None:
    rows = [["[50..75]", '>= date("2016-01-25")', "1"], ["[0..50]", "-", "2"], ["(75..100]", "-", "3"]]
    told = [one for one in kinds(table("T", ["percent", "filed_on"], ["x"], rows)) if one[0] == "overlap"]
    assert told == [("overlap", ("t1", "t2"), {"percent": Decimal(50), "filed_on": date(2016, 1, 25)})]


def test_half_open_intervals_meet_without_overlap_or_gap() -> None:
    rows = [["< 50", "1"], ["[50..75)", "2"], [">= 75", "3"]]
    assert kinds(table("T", ["percent"], ["x"], rows)) == []


def test_a_gap_names_only_what_matters() -> None:
    rows = [['"death"', "-", "1"], ['"injury"', "> 10", "2"], ['"property"', "-", "3"]]
    assert kinds(table("T", ["harm", "percent"], ["x"], rows)) == [("gap", (), {"harm": "injury", "percent": Decimal(9)})]


def test_whole_numbers_leave_no_gap_between_neighbours() -> None:
    assert kinds(table("T", ["whole"], ["x"], [["< 5", "1"], ["5", "2"], [">= 6", "3"]])) == []


def test_a_missing_fact_is_no_gap_because_it_is_asked_for_and_a_row_for_null_overlaps_nothing() -> None:
    rows = [["true", "1"], ["false", "2"], ["null", "3"]]
    assert kinds(table("T", ["resident"], ["x"], rows)) == []
    assert kinds(table("T", ["resident"], ["x"], rows[:2])) == []


def test_bounds_and_ordered_dates_keep_what_cannot_be_out() -> None:
    world = World(bounds={"percent": (Decimal(0), Decimal(100))}, ordered=(("earliest_on", "latest_on"),))
    assert kinds(table("T", ["percent"], ["x"], [["[0..50)", "1"], ["[50..100]", "2"]]), world=world) == []
    rows = [['>= date("2014-06-10")', "-", "1"], ["-", '< date("2014-06-10")', "2"]]
    assert [one[0] for one in kinds(table("T", ["earliest_on", "latest_on"], ["x"], rows), gaps=False)] == ["overlap"]
    assert kinds(table("T", ["earliest_on", "latest_on"], ["x"], rows), world=world, gaps=False) == []


def test_any_may_overlap_where_the_rules_say_the_same() -> None:
    rows = [["> 10", "-", '"a"'], ["-", "true", '"a"'], ["< 20", "-", '"b"']]
    told = kinds(table("T", ["percent", "resident"], ["x"], rows, "ANY"), gaps=False)
    assert [(kind, rules) for kind, rules, _ in told] == [("conflict", ("t1", "t3")), ("conflict", ("t2", "t3"))]


def test_a_calculated_output_that_cannot_differ_is_no_conflict() -> None:
    rows = [["> 2", '"central"'], ["> 1", 'if percent > 0 then "central" else "local"']]
    assert kinds(table("T", ["percent"], ["x"], rows, "ANY"), gaps=False) == []


def test_a_rule_that_several_above_it_take_away_is_unreachable() -> None:
    rows = [["< 50", "-", "1"], ["-", "true", "2"], ["> 10", "false", "3"], ["40", "-", "4"], ["60", "-", "5"]]
    assert kinds(table("T", ["percent", "resident"], ["x"], rows, "FIRST"), gaps=False) == [
        ("unreachable", ("t4", "t1", "t2", "t3"), None)
    ]


def test_under_priority_the_rank_decides_what_is_reached() -> None:
    clause = {"name": "x", "values": ('"high"', '"low"')}
    rows = [["< 10", '"low"'], ["< 20", '"high"'], ["-", '"low"']]
    assert kinds(table("T", ["percent"], [clause], rows, "PRIORITY")) == [("unreachable", ("t1", "t2"), None)]


def test_cells_that_exclude_each_other_match_nothing() -> None:
    rows = [["> 10", "< 5", "1"], ["-", "-", "2"]]
    assert kinds(table("T", ["percent", "percent"], ["x"], rows, "FIRST")) == [("never", ("t1",), None)]


def test_complementary_comparisons_of_two_facts_neither_overlap_nor_leave_a_gap() -> None:
    rows = [["<= ceiling", "1"], ["> ceiling", "2"]]
    assert kinds(table("T", ["whole"], ["x"], rows)) == []


def test_comparisons_of_two_facts_are_shown_with_facts_that_fit() -> None:
    (one,) = found(table("T", ["whole"], ["x"], [["<= ceiling", "1"], [">= ceiling", "2"]]))
    assert (one.kind, one.rules) == ("overlap", ("t1", "t2"))
    assert one.facts is not None
    assert one.facts["whole"] == one.facts["ceiling"]


def test_what_cannot_be_reasoned_about_is_said_and_never_guessed() -> None:
    # No square is 3 more than a multiple of 7, which intervals cannot know.
    rows = [["? > 0 and ? * ? = ceiling * ceiling * 7 + 3", "1"], ["> 0", "2"]]
    (one,) = found(table("T", ["whole"], ["x"], rows), gaps=False)
    assert (one.kind, one.about, one.unreasoned) == ("undecided", "overlap", ("ceiling", "whole"))


def test_past_the_limit_it_says_so() -> None:
    rows = [["< 50", "true", "1"], [">= 50", "false", "2"], ["-", "-", "3"]]
    told = found(table("T", ["percent", "resident"], ["x"], rows, "FIRST"), limit=1)
    assert [(one.kind, one.about, one.regions) for one in told][:1] == [("unbounded", "unreachable", 1)]


def test_what_earlier_decisions_never_give_is_no_gap_and_no_overlap() -> None:
    first = table("First", ["percent"], ["low", "grade"], [["< 50", "true", '"a"'], [">= 50", "false", '"b"']])
    rows = [["true", "-", "1"], ["-", '"b"', "2"]]
    second = table("Second", ["First.low", "First.grade"], ["x"], rows, requires=("First",))
    assert kinds(first, second) == []


def test_a_gap_behind_another_decision_is_shown_by_the_facts_that_lead_there() -> None:
    first = table("First", ["percent"], ["grade"], [["< 50", '"a"'], ["[50..60)", '"b"'], [">= 60", '"c"']])
    second = table("Second", ["First"], ["x"], [['"a"', "1"], ['"c"', "2"]], requires=("First",))
    (one,) = found(first, second)
    assert one.facts is not None
    assert (one.kind, one.example) == ("gap", {"First": "b"})
    assert 50 <= one.facts["percent"] < 60  # type: ignore[operator]


def grid(chain: Chain) -> list[dict[str, Any]]:
    numbers = [None, *(Decimal(number) / 2 for number in range(-1, 8))]
    return [
        {"percent": percent, "harm": harm, "resident": resident}
        for percent, harm, resident in product(numbers, (None, "death", "injury", "property"), (None, True, False))
    ]


NUMBER_CELLS = st.sampled_from(["-", "< 1", "<= 1", "1", "> 1", "[1..2]", "(1..3]", ">= 2", "not(2, null)", "null", "1, 3"])
HARM_CELLS = st.sampled_from(["-", '"death"', '"death", "injury"', 'not("death", null)', "null"])
RESIDENT_CELLS = st.sampled_from(["-", "true", "false", "null", "? and percent > 2"])
ROWS = st.lists(st.tuples(NUMBER_CELLS, HARM_CELLS, RESIDENT_CELLS), min_size=1, max_size=6, unique=True)


@given(rows=ROWS)
@settings(deadline=None, max_examples=120)
def test_overlaps_and_gaps_are_those_that_trying_every_point_finds(rows: list[tuple[str, str, str]]) -> None:
    tried = table("T", ["percent", "harm", "resident"], ["x"], [[*cells, str(n)] for n, cells in enumerate(rows)])
    chain = check_chain([tried], NAMES)
    decisions = [interpret(chain, facts)[0] for facts in grid(chain)]
    overlapping = {pair for one in decisions for pair in product(one.hits, one.hits) if pair[0] < pair[1]}
    told = list(chain_findings(chain))
    assert {one.rules for one in told if one.kind == "overlap"} == overlapping
    assert any(one.kind == "gap" for one in told) == any(not one.hits and not one.missing for one in decisions)
    assert not [one for one in told if one.kind in ("undecided", "unbounded")]
    for one in told:
        if one.facts is not None:
            decided = interpret(chain, one.facts)[0]
            assert set(one.rules) <= set(decided.hits) if one.kind == "overlap" else not decided.hits


@given(rows=ROWS)
@settings(deadline=None, max_examples=120)
def test_unreachable_rules_are_those_that_no_point_reaches(rows: list[tuple[str, str, str]]) -> None:
    tried = table("T", ["percent", "harm", "resident"], ["x"], [[*cells, str(n)] for n, cells in enumerate(rows)], "FIRST")
    chain = check_chain([tried], NAMES)
    reached = {hit for facts in grid(chain) for hit in interpret(chain, facts)[0].hits}
    told = {one.rules[0] for one in chain_findings(chain) if one.kind in ("unreachable", "never")}
    assert told == {rule.id for rule in chain.tables[0].rules} - reached, rows


@pytest.mark.parametrize("policy", ["UNIQUE", "FIRST", "ANY"])
def test_a_hundred_rules_over_eight_inputs_are_decided_within_the_limit(policy: str) -> None:
    from tests.feel.partitions import COLUMNS, partition

    rows = partition(rules=100, seed=7)
    tried = table("T", list(COLUMNS), ["x"], [[*cells, str(n)] for n, cells in enumerate(rows)], policy)
    chain = check_chain([tried], COLUMNS)
    assert list(chain_findings(chain)) == []
    missing = table("T", list(COLUMNS), ["x"], [[*cells, str(n)] for n, cells in enumerate(rows[1:])], policy)
    assert {one.kind for one in chain_findings(check_chain([missing], COLUMNS))} == {"gap"}
