"""What IQ-LAW20 says of the law: sums with their sources, alternatives of evidence, letters a claimant can read."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from itertools import product

import pytest

from aljabr.programmes import check, describe, load_programme, programme_chain
from aljabr.programmes.cases import decide_case
from aljabr.programmes.codes import output_codes, wording
from aljabr.programmes.records import Case
from tests.conftest import ROOT

LAW = load_programme("IQ-LAW20")
CHAIN = programme_chain(LAW)
INCIDENT = date(2016, 11, 4)
DATES = {
    "filed_on": date(2024, 3, 4),
    "decided_on": date(2024, 6, 30),
    "incident_earliest_on": INCIDENT,
    "incident_latest_on": INCIDENT,
}


def decided(**facts: object) -> dict[str, object]:
    given = {"relation": "self", "overlap": "none", **DATES, **facts}
    return decide_case(LAW, CHAIN, Case.model_validate({"key": "x", "title": "x", "facts": given, "expect": {}}))[0]


def papers(*kinds: str) -> dict[str, bool]:
    return {f"has_{kind}": True for kind in kinds}


def test_each_published_sum_stands_in_the_amounts() -> None:
    # The published tariff in dinars: death 3.75 million (Law 20/2009), 5, 4.5, 3 and 2.5 million (Law 57/2015), ceiling 30 million.
    published = {3_750_000, 5_000_000, 4_500_000, 3_000_000, 2_500_000, 30_000_000}
    table = ROOT.parent / "shared" / "facts" / "law20_tariff.csv"
    if table.exists():
        with table.open(encoding="utf-8") as lines:
            assert published <= {int(row["amount_iqd"]) for row in csv.DictReader(lines) if row["amount_iqd"].isdigit()}
    stated = {value.value for amount in LAW.amounts if amount.unit == "minor" for value in amount.values}
    assert stated == {dinars * 10**LAW.currency.exponent for dinars in published}


def test_what_was_only_recalled_is_marked_unverified() -> None:
    states = {amount.key: {value.reference.state for value in amount.values} for amount in LAW.amounts}
    assert states["death_grant_minor"] == states["local_ceiling_minor"] == {"verified"}
    assert states["disability_below_50_grant_minor"] == states["missing_grant_minor"] == {"unverified"}
    assert {deadline.key: (deadline.days, deadline.reference.state) for deadline in LAW.deadlines} == {
        "appeal_days": (30, "unverified"),
        "pay_within_days": (60, "verified"),
    }


def test_no_protected_attribute_is_collected() -> None:
    assert not [fact.name for fact in LAW.facts if fact.protected]
    assert not [finding for finding in check(LAW) if "protected" in finding.what]


@pytest.mark.parametrize("harm", [harm.code for harm in LAW.harms])
def test_missing_papers_never_reject_a_claim(harm: str) -> None:
    result = decided(harm=harm, relation="mother", disability_percent=60, assessed_minor=1_000_000_000)
    assert (result["outcome"], result["ground"], result["amount_minor"]) == ("incomplete", "evidence_missing", 0)


@pytest.mark.parametrize(
    ("tenure", "damage"),
    list(
        product(
            ("title_deed", "tenancy_proof", "mukhtar_statement", "two_witnesses"),
            ("damage_photos", "mukhtar_statement", "ngo_statement", "two_witnesses", "satellite_image"),
        )
    ),
)
def test_any_one_alternative_is_enough_for_property(tenure: str, damage: str) -> None:
    result = decided(harm="property", assessed_minor=2, **papers("identity_document", "residence_card", tenure, damage))
    assert (result["outcome"], result["amount_minor"]) == ("granted", 1)


def test_a_partial_date_within_the_law_is_enough() -> None:
    days = {"incident_earliest_on": date(2014, 1, 1), "incident_latest_on": date(2014, 12, 31)}
    assert (
        decided(harm="death", relation="father", **days, **papers("identity_document", "death_certificate"))["outcome"] == "granted"
    )


@pytest.mark.parametrize("cause", ["terrorist_act", "military_operation", "military_mistake", "unknown", None])
def test_the_sum_does_not_vary_with_who_caused_the_harm(cause: str | None) -> None:
    result = decided(harm="death", relation="father", cause=cause, **papers("identity_document", "death_certificate"))
    assert (result["outcome"], result["amount_minor"]) == ("granted", 5_000_000_000)


def test_no_sum_is_written_into_a_table() -> None:
    cells = [cell for table in LAW.tables for rule in table.rules for cell in (*rule.inputs, *rule.outputs)]
    assert not [cell for cell in cells if re.search(r"\d{5,}", cell)]


def test_every_code_a_letter_prints_is_said_in_all_four_languages() -> None:
    words = wording(LAW)
    codes = {code for output in LAW.determination.values() for code in output_codes(LAW, output)} - {"A", "B", "C"}
    assert {"held_relatives", "central_committee"} <= codes
    assert all(set(words[code]) == {"ar", "ckb", "kmr", "en"} for code in codes | set(CHAIN.facts))


@pytest.mark.parametrize(("language", "letters"), [("ar", "ةيأ"), ("ckb", "ەێۆڕڵ"), ("kmr", "êîûşç")])
def test_each_language_is_written_in_its_own_letters(language: str, letters: str) -> None:
    texts = [letter.body for letter in LAW.letters if letter.language == language]
    assert len(texts) == 4
    assert all(sum(letter in text for letter in letters) >= 3 for text in texts)


def test_letters_in_arabic_script_hold_no_letter_of_another_kurdish_or_arabic_keyboard() -> None:
    # Arabic kaf and yeh (U+0643, U+064A) never stand in Sorani; Sorani's own never stand in Arabic.
    sorani = json.dumps([text.get("ckb", "") for text in LAW.labels.values()], ensure_ascii=False)
    sorani += "".join(letter.body + letter.subject for letter in LAW.letters if letter.language == "ckb")
    arabic = "".join(letter.body + letter.subject for letter in LAW.letters if letter.language == "ar")
    assert not set("كيىة") & set(sorani)
    assert not set("کیەێۆڕڵڤپچژگ") & set(arabic)


def test_letters_never_name_a_sum_or_a_percentage_that_would_pay() -> None:
    assert not [letter for letter in LAW.letters if re.search(r"\d", letter.body + letter.subject)]


def test_the_description_is_plain_and_names_what_is_not_signed() -> None:
    page = describe(LAW)
    assert json.loads(json.dumps(page)) == page
    assert page["not signed off"] == [table.name for table in LAW.tables]
    assert page["bodies"]["ninewa_sub_committee"]["seats"] == "5 executive, 1 governorate, 1 human_rights_commission, 1 judiciary"


def test_the_fund_of_2024_is_what_was_reported() -> None:
    # 208 billion dinars for 24,800 people: 8.4 million each on average.
    fund = next(fund for fund in LAW.funds if fund.key == "ninewa-2024")
    assert fund.available_minor == 208 * 10**9 * 10**LAW.currency.exponent
    assert fund.available_minor // 10**LAW.currency.exponent // 24_800 == 8_387_096
