"""Why a determination came out as it did; which rows were near, for reviewers."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from aljabr.programmes import Programme, load_programme
from aljabr.rules import recompute
from aljabr.rules.explanation import Explanation, NearRow, Reason, explain, nearest_rows
from tests.rules.forms import programme, table

LAW = load_programme("IQ-LAW20")
CASES = {case.key: case for case in LAW.cases}


def near(law: Programme, facts: dict[str, Any], rule: str) -> NearRow:
    (row,) = [row for row in nearest_rows(law, facts) if row.rule == rule]
    return row


def test_every_rule_hit_is_a_reason_with_its_article_and_facts() -> None:
    told = explain(LAW, CASES["disability-of-74-percent"].facts)
    tariff = next(reason for reason in told.reasons if reason.table == "Tariff")
    assert (tariff.rule, tariff.article) == ("tar_disability_50", "Law 57/2015")
    # 4.5 million dinars, in thousandths: the upper end of the lesser injuries as reported in 2019.
    assert tariff.facts == {
        "harm": "disability",
        "disability_percent": Decimal(74),
        "disability_50_grant_minor": Decimal(4_500_000_000),
    }


def test_what_is_missing_is_named_and_not_what_it_would_give() -> None:
    told = explain(LAW, CASES["death-without-certificate"].facts)
    assert told.missing == ("has_death_certificate",)
    assert told.determination["outcome"] == "incomplete"


@pytest.mark.parametrize("key", CASES)
def test_an_explanation_agrees_with_the_determination(key: str) -> None:
    facts = CASES[key].facts
    told = explain(LAW, facts)
    assert told.determination == recompute(LAW, facts)
    hits = [(reason.table, reason.rule) for reason in told.reasons]
    assert str(hits[0][1]) in str(told.determination["rule_hits"])
    assert len(hits) == str(told.determination["rule_hits"]).count('"rule"')


def test_what_a_claimant_may_read_holds_no_near_row_and_no_threshold() -> None:
    assert {field.name for field in fields(Explanation)} == {"determination", "reasons", "missing"}
    assert {field.name for field in fields(Reason)} == {"table", "rule", "article", "about", "facts", "thresholds"}
    amounts = {amount.key for amount in LAW.amounts}
    compared = {"local_ceiling_minor"}
    for case in LAW.cases:
        told = explain(LAW, case.facts)
        assert not compared & {name for reason in told.reasons for name in reason.facts}
        assert {name for reason in told.reasons for name in reason.thresholds} <= amounts


def test_a_threshold_is_the_nearer_end_of_the_row() -> None:
    row = near(LAW, dict(CASES["disability-of-74-percent"].facts), "tar_disability_75")
    (condition,) = row.conditions
    assert (condition.fact, condition.relation, condition.values) == ("disability_percent", "at_least", (Decimal(75),))
    assert (row.then["outcome"], row.then["amount_minor"]) == ("granted", 5_000_000_000)
    below = near(LAW, dict(CASES["disability-of-74-percent"].facts), "tar_disability_below_50").conditions[0]
    assert (below.relation, below.values) == ("less_than", (Decimal(50),))


@pytest.mark.parametrize("key", CASES)
def test_every_near_row_is_hit_when_its_conditions_are_met(key: str) -> None:
    facts = CASES[key].facts
    for row in nearest_rows(LAW, facts):
        changed = {**facts, **row.tried}
        assert f'"rule":"{row.rule}"' in str(recompute(LAW, changed)["rule_hits"])
        assert not {"harm", "overlap"} & {condition.fact for condition in row.conditions}


PAYS = table(
    "Outcome",
    ["disability_percent", "assessed_minor", "filed_on"],
    ["outcome", "ground"],
    [
        ["> 60", "-", '>= date("2016-01-25")', '"granted"', '"severe"', "art. 1"],
        ["-", "<= grant_minor", "-", '"granted"', '"small"', "art. 2"],
        ["-", "-", "-", '"denied"', '"other"', "art. 3"],
    ],
    "FIRST",
)
FACTS = {
    "harm": "death",
    "disability_percent": 20,
    "assessed_minor": 4_000_000_000,
    "filed_on": date(2015, 1, 1),
    "incident_earliest_on": date(2012, 1, 1),
    "incident_latest_on": date(2012, 1, 1),
}


def test_dates_open_ends_and_dated_amounts_become_thresholds() -> None:
    law = programme([PAYS], determination={"outcome": "Outcome.outcome", "ground": "Outcome.ground"})
    severe = {one.fact: (one.relation, one.values) for one in near(law, FACTS, "o1").conditions}
    assert severe == {
        "disability_percent": ("more_than", (Decimal(60),)),
        "filed_on": ("at_least", (date(2016, 1, 25),)),
    }
    # The grant in force on the day of the incident, 3.75 million dinars in thousandths.
    (small,) = near(law, FACTS, "o2").conditions
    assert (small.fact, small.relation, small.values) == ("assessed_minor", "at_most", (Decimal(3_750_000_000),))


def test_a_fact_that_is_missing_is_near_by_becoming_known() -> None:
    law = programme([PAYS], determination={"outcome": "Outcome.outcome", "ground": "Outcome.ground"})
    (condition,) = near(law, {**FACTS, "assessed_minor": None}, "o2").conditions
    assert (condition.now, condition.relation) == (None, "at_most")
