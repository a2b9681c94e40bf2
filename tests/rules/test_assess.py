"""What becomes of an item: outcome, ground, amount, rules, articles, missing facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from aljabr.errors import ProgrammeBroken
from aljabr.programmes import Programme
from aljabr.programmes.records import SignOff
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess, hit_counts, selectivity
from tests.rules.forms import DETERMINATION, WALK, programme, table

LayOut = Callable[..., Database]


@pytest.fixture
def determined(lay_out: LayOut, walk: Programme) -> Callable[..., dict[str, Any]]:
    def one(**unusual: Any) -> dict[str, Any]:
        db = lay_out(unusual)
        amount_inputs(db, walk)
        assess(db, walk)
        return db.dicts("SELECT * FROM determinations")[0]

    return one


def test_a_grant_carries_amount_rules_articles_and_its_own_id(determined: Any) -> None:
    found = determined()
    expected = {"outcome": "granted", "ground": "entitled", "amount_minor": 3_750_000_000, "currency": "IQD", "tier": "first"}
    assert {name: found[name] for name in expected} == expected
    assert found["determination_id"] == "det_" + hashlib.sha256(b"itm_1:c0ffee").hexdigest()[:20]
    assert found["legal_basis"] == "art. 1; art. 9; art. 11; art. 21"
    hits = [f"{hit['table']}.{hit['rule']}" for hit in json.loads(found["rule_hits"])]
    assert hits == [
        "Admissibility.a1",
        "Evidence.e1",
        "Entitlement.e1",
        "Priority.p2",
        "Points.default",
        "Ratification.default",
        "Outcome.o4",
    ]
    assert (found["body"], found["unsigned"], found["language"], found["letter_text"]) == ("committee", False, None, None)


@pytest.mark.parametrize(
    ("percent", "amount"),
    [("74.999999", 2_812_499_962), ("75", 3_750_000_000), ("100", 3_750_000_000), ("0.000001", 38), ("100.000001", None)],
)
def test_boundaries_of_disability(determined: Any, percent: str, amount: int | None) -> None:
    # 3.75e9 × 74.999999 / 100 = 2,812,499,962.5 → even 2,812,499,962; 3.75e9 × 1e-8 = 37.5 → even 38.
    assert determined(harm="disability", disability_percent=percent)["amount_minor"] == amount


def test_without_an_outcome_and_with_a_fact_missing_it_is_incomplete(determined: Any) -> None:
    found = determined(cause=None)
    assert (found["outcome"], found["ground"], found["missing_facts"]) == ("incomplete", "missing_facts", '["cause"]')


def test_an_incident_month_across_an_amendment_is_a_missing_amount(determined: Any) -> None:
    found = determined(incident_earliest_on=date(2016, 1, 1), incident_latest_on=date(2016, 1, 31))
    assert (found["outcome"], found["amount_minor"], found["missing_facts"]) == ("incomplete", None, '["grant_minor"]')


def test_without_an_outcome_and_with_nothing_missing_it_is_held(determined: Any) -> None:
    found = determined(harm="disability", disability_percent="-1")
    assert (found["outcome"], found["ground"], found["missing_facts"]) == ("held", "no_rule", "[]")


def test_rules_whose_contradiction_no_check_at_load_could_see_hold_the_item(lay_out: LayOut) -> None:
    twice = table(
        "Outcome",
        ["remark", "harm"],
        ["outcome", "ground"],
        [["string length(?) = 11", "-", '"granted"', '"a"'], ["-", '"death"', '"denied"', '"b"']],
    )
    law = programme([twice], determination={"outcome": "Outcome.outcome", "ground": "Outcome.ground"}, amounts=())
    db = lay_out({"remark": "eleven char"})
    assess(db, law)
    found = db.dicts("SELECT outcome, ground, rule_hits, amount_minor FROM determinations")[0]
    assert (found["outcome"], found["ground"], found["amount_minor"]) == ("held", "rule_conflict", None)
    assert json.loads(found["rule_hits"]) == [{"table": "Outcome", "rule": "o1"}, {"table": "Outcome", "rule": "o2"}]


def test_one_open_table_marks_every_determination(lay_out: LayOut) -> None:
    law = programme(WALK, sign_off={item.name: SignOff(state="open" if item.name == "Evidence" else "signed") for item in WALK})
    db = lay_out({}, {"item_id": "itm_2"})
    amount_inputs(db, law)
    assess(db, law)
    assert db.rows("SELECT DISTINCT unsigned FROM determinations") == [(True,)]


def test_the_order_of_the_facts_does_not_matter(lay_out: LayOut, walk: Programme) -> None:
    db = lay_out(*({"item_id": f"itm_{number}", "resident": number % 2 == 0} for number in range(20)))
    amount_inputs(db, walk)
    assess(db, walk)
    digest = db.digest("determinations")
    db.execute("CREATE OR REPLACE TABLE facts AS SELECT * FROM facts ORDER BY item_id DESC")
    assess(db, walk)
    assert db.digest("determinations") == digest


def test_rules_that_match_everything_or_nothing_raise_an_alarm(lay_out: LayOut, walk: Programme) -> None:
    db = lay_out({}, {"item_id": "itm_2", "resident": False, "cause": "unknown"})
    amount_inputs(db, walk)
    assess(db, walk)
    alarms = {(share.table, share.rule): share.alarm for share in selectivity(db, walk)}
    assert alarms[("Evidence", "e1")] == "nearly all"
    assert alarms[("Admissibility", "a2")] == "none"
    assert ("Admissibility", "a1") not in alarms
    assert {share.items for share in hit_counts(db, walk)} == {2}


@pytest.mark.parametrize(
    ("determination", "what"),
    [
        ({"outcome": "Outcome.outcom"}, "which no table gives"),
        ({"ground": "Outcome.ground"}, "names no outcome"),
        ({**DETERMINATION, "amount_minor": "Points"}, "no whole number of minor units"),
        ({**DETERMINATION, "outcome": "Outcome.ground"}, "An outcome is written: granted, denied, incomplete, held."),
        ({**DETERMINATION, "tier": "Evidence"}, "It must be text"),
        ({**DETERMINATION, "judge": "Evidence"}, "determination has no judge"),
    ],
)
def test_a_determination_that_names_the_wrong_output_is_refused(lay_out: LayOut, determination: dict[str, str], what: str) -> None:
    db = lay_out({})
    law = programme(WALK, determination=determination)
    amount_inputs(db, law)
    with pytest.raises(ProgrammeBroken, match=what):
        assess(db, law)


def test_facts_that_are_not_exact_are_refused(lay_out: LayOut, walk: Programme) -> None:
    db = lay_out({})
    amount_inputs(db, walk)
    db.execute("ALTER TABLE facts ALTER disability_percent TYPE DOUBLE")
    with pytest.raises(ProgrammeBroken, match=r"disability_percent is DOUBLE.*Make it DECIMAL\(38, 6\) or BIGINT"):
        assess(db, walk)


def test_an_engine_without_facts_says_which_column_it_lacks(lay_out: LayOut, walk: Programme) -> None:
    db = lay_out({})
    with pytest.raises(ProgrammeBroken, match=r"no column .*_minor"):
        assess(db, walk)
