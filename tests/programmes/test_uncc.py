"""The published sums of the UNCC come out of the engine's own assessment and awards, on invented claims, to the last cent.

Published are sums and counts; how many claims of each kind they were is not, and is invented here so that the arithmetic closes:
every figure below says which of the two it is. Sources stand with the programme's funds and amounts.
"""

from __future__ import annotations

from datetime import date

import pytest

from aljabr.awards import set_off
from aljabr.programmes import amounts_for, load_programme
from aljabr.relations import Database
from tests.programmes.invented_facts import Group, award, determine, granted_minor

LAW = load_programme("UN-UNCC")
PHASE_ONE = date(1994, 3, 24)  # decision 17
IN_TIME, LATE = {"filed_on": date(1993, 5, 1)}, {"filed_on": date(2002, 2, 1), "late_reason": "accepted"}


def departure(count: int, holder: str, unit: str, *, alone: bool, when: dict[str, object] | None = None) -> Group:
    facts = {"harm": "a_departure", "relation": "self", "filing_unit": unit, "waives_others": alone, "has_exit_record": True}
    return Group(count=count, holder=holder, facts={**(when or IN_TIME), **facts})


def loss(count: int, holder: str, cents: int, *, when: dict[str, object] | None = None) -> Group:
    facts = {"harm": "c6_income", "relation": "self", "assessed_minor": cents, "has_loss_document": True}
    return Group(count=count, holder=holder, facts={**(when or IN_TIME), **facts})


def panel(count: int, holder: str, harm: str, cents: int) -> Group:
    facts = {"harm": harm, "relation": "self", "panel_award_minor": cents, "has_council_decision": True}
    return Group(count=count, holder=holder, facts={**IN_TIME, **facts})


def injury(count: int, holder: str) -> Group:
    facts = {"harm": "b_injury", "relation": "self", "has_medical_record": True}
    return Group(count=count, holder=holder, facts={**IN_TIME, **facts})


def test_both_phases_of_payment_come_to_the_published_sums_and_claimants(db: Database) -> None:
    # Published: phase 1, 3,252,337,997.09 dollars to 1,498,119 claimants; phase 2, 4,860,461,112.60 to 870,816.
    # Invented, phase 2: 270,816 x (4,000 - 2,500) + 400,000 x (8,000 - 2,500) + 199,000 x 11,000 (2,500 of A and 11,000 of C)
    #   + 998 x 65,210 + 97,500 (150,000 assessed, capped at 100,000) + 60,032.60 = 4,860,461,112.60
    # Invented, phase 1: 2,500 x (870,816 + 329,000 + 1,000) + 297,302 x 841.89 + 2,416.31 = 3,252,337,997.09
    groups = [
        departure(270_816, "worker", "individual", alone=True),
        departure(400_000, "family", "family", alone=True),
        departure(199_000, "both", "individual", alone=False),
        loss(199_000, "both", 11_000_00),
        loss(998, "larger", 67_710_00),
        loss(1, "capped", 150_000_00),
        loss(1, "last", 62_532_60),
        departure(329_000, "single", "individual", alone=False),
        injury(1_000, "injured"),
        loss(297_302, "small", 841_89),
        loss(1, "smallest", 2_416_31),
    ]
    summary = award(db, LAW, groups, fund="phases-1-2", as_of=PHASE_ONE)
    paid = "SELECT sum(amount_minor), count(DISTINCT person_id) FROM allocations JOIN awards USING (award_id) WHERE instalment {}"
    assert db.rows(paid.format("= 1")) == [(3_252_337_997_09, 1_498_119)]
    assert db.rows(paid.format("IN (3, 4)")) == [(4_860_461_112_60, 870_816)]
    assert (summary.awarded_minor, summary.left_minor) == (8_112_799_109_69, 0)
    most = (
        "SELECT max(paid) FROM (SELECT sum(amount_minor) AS paid FROM allocations JOIN awards USING (award_id) "
        "WHERE instalment = {} GROUP BY person_id)"
    )
    assert [db.value(most.format(number)) for number in (1, 3, 4)] == [2_500_00, 25_000_00, 72_500_00]


def test_the_payment_of_april_2005_comes_to_the_published_sum(db: Database) -> None:
    # Published, 7 April 2005: 195,044,579.38 dollars to 8,303 claimants, 2,946 of A + 4,740 of C + 615 of D + 2 of E; at most 200
    # million in the quarter, 100,000 each or what is owed.
    # Invented: 2,000 x 8,000 + 946 x 4,000 + 4,739 x 23,957 + 28,356.38 + (615 + 2) x 100,000 of larger awards.
    groups = [
        departure(2_000, "family", "family", alone=True, when=LATE),
        departure(946, "worker", "individual", alone=True, when=LATE),
        loss(4_739, "loss", 23_957_00, when=LATE),
        loss(1, "last", 28_356_38, when=LATE),
        panel(615, "d", "d_award", 462_317_00),
        panel(2, "e", "e_award", 4_000_000_00),
    ]
    summary = award(db, LAW, groups, fund="quarter-2005-04", as_of=date(2005, 4, 7))
    assert db.value("SELECT sum(amount_minor) FROM allocations") == 195_044_579_38
    by_tier = dict(db.rows("SELECT tier, count(*) FROM awards WHERE awarded_minor > 0 GROUP BY tier"))
    assert by_tier == {"A": 2_946, "C": 4_740, "D": 615, "E": 2} and sum(by_tier.values()) == summary.claimants == 8_303
    assert summary.left_minor == 200_000_000_00 - 195_044_579_38


def test_a_quarter_never_pays_more_than_two_hundred_million(db: Database) -> None:
    summary = award(db, LAW, [panel(3_000, "d", "d_award", 462_317_00)], fund="quarter-2005-04", as_of=date(2005, 4, 7))
    shares = {value for (value,) in db.rows("SELECT awarded_minor FROM awards")}
    assert summary.awarded_minor == 200_000_000_00
    assert shares == {66_666_66, 66_666_67}, "similarly situated claims are treated equally"


def test_the_corrections_of_overpayments_come_to_the_published_sums(db: Database) -> None:
    # Published (House of Commons, 24 May 2007): corrections of 80.3 million for claims filed twice or standing in two categories,
    # 72.7 million still to recover, of which about 39 million from later payments; so 7.6 million were recovered.
    # Invented: 10,037 families of 8,000 filed twice (80,296,000) and one worker of 4,000 (80,300,000).
    first = [departure(10_037, "family", "family", alone=True), departure(1, "worker", "individual", alone=True)]
    twice = [Group(count=group.count, holder=group.holder, facts={**group.facts, "filed_on": date(1994, 2, 1)}) for group in first]
    determine(db, LAW, [*first, *twice], as_of=PHASE_ONE)
    before = granted_minor(db)
    confirmed = [
        Group(count=group.count, holder=group.holder, facts={**group.facts, "overlap": "same_person", "match_confirmed": True})
        for group in twice
    ]
    determine(db, LAW, [*first, *confirmed], as_of=date(2007, 5, 24))
    overpaid = before - granted_minor(db)
    assert overpaid == 80_300_000_00
    recovered = set_off({"government": 7_600_000_00}, {"government": overpaid})
    assert recovered.outstanding == {"government": 72_700_000_00}
    later = set_off({"government": 39_000_000_00}, recovered.outstanding)
    assert (later.paid, later.outstanding) == ({"government": 0}, {"government": 33_700_000_00})


@pytest.mark.parametrize(
    ("published", "counts"),
    [
        # 4th instalment of category A, 11 October 1995: 217,513 claims, 771,531,000 dollars.
        (771_531_000_00, {"single": 119_014, "worker": 78_499, "family": 20_000}),
        # Late-filed programme, 10 March 2005: 3,195 claims of category A, 22,327,500.00 dollars.
        (22_327_500_00, {"single": 35, "worker": 760, "family": 2_400}),
    ],
    ids=["fourth-instalment-of-A", "late-filed-A"],
)
def test_published_instalments_of_category_a_are_sums_of_its_fixed_amounts(
    db: Database, published: int, counts: dict[str, int]
) -> None:
    # 2,500 for one person, 4,000 and 8,000 for those who claim in A alone; how many of each is invented, that it closes is not.
    kinds = {"single": ("individual", False), "worker": ("individual", True), "family": ("family", True)}
    groups = [departure(count, kind, kinds[kind][0], alone=kinds[kind][1], when=LATE) for kind, count in counts.items()]
    determine(db, LAW, groups, as_of=date(2005, 3, 10))
    assert granted_minor(db) == published
    assert db.value("SELECT count(*) FROM determinations WHERE outcome = 'granted'") == sum(counts.values())


def test_the_late_filed_claims_of_category_c_come_to_the_published_sum(db: Database) -> None:
    # Published, 10 March 2005: 461 claims, 7,752,162.04 dollars. Invented: 460 x 16,800 + 24,162.04.
    determine(db, LAW, [loss(460, "c", 16_800_00, when=LATE), loss(1, "last", 24_162_04, when=LATE)], as_of=date(2005, 3, 10))
    assert granted_minor(db) == 7_752_162_04


def test_the_first_phase_pays_2500_to_each_of_62337_claimants(db: Database) -> None:
    # Published, 31 May 1996: 62,337 claims of category C, 425 million dollars; 62,337 x 2,500 = 155,842,500, "155 million".
    award(db, LAW, [loss(62_337, "c", 6_817_00)], fund="phases-1-2", as_of=date(1996, 5, 31))
    assert db.value("SELECT sum(amount_minor) FROM allocations WHERE instalment = 1") == 155_842_500_00


def test_five_relatives_share_the_ceiling_of_a_family_for_one_death(db: Database) -> None:
    death = {"harm": "b_death", "has_death_certificate": True, **IN_TIME}
    kin = [
        Group(count=1, holder=who, household="h", facts={**death, "relation": who})
        for who in ("spouse", "son", "daughter", "father", "mother")
    ]
    summary = award(db, LAW, kin, fund="demo", as_of=PHASE_ONE)
    assert (granted_minor(db), summary.entitled_minor, summary.capped_minor) == (12_500_00, 10_000_00, 2_500_00)
    assert {value for (value,) in db.rows("SELECT entitled_minor FROM awards")} == {2_000_00}


def test_two_parents_who_both_file_for_the_family_receive_one_family_sum(db: Database) -> None:
    parents = [departure(1, who, "family", alone=True) for who in ("mother", "father")]
    parents = [Group(count=1, holder=group.holder, household="h", facts=group.facts) for group in parents]
    assert award(db, LAW, parents, fund="demo", as_of=PHASE_ONE).entitled_minor == 8_000_00


def test_no_claimant_receives_more_than_100000_in_category_c_nor_30000_for_anguish(db: Database) -> None:
    torture = {**IN_TIME, "harm": "mpa_assault", "relation": "self", "incidents": 9, "has_witness_statement": True}
    groups = [Group(count=1, holder="one", facts=torture), loss(1, "one", 60_000_00), loss(1, "one", 99_000_00)]
    summary = award(db, LAW, groups, fund="demo", as_of=PHASE_ONE)
    # 45,000 + 60,000 + 99,000; anguish is capped at 30,000, then all three together at 100,000.
    assert (summary.entitled_minor, summary.capped_minor) == (100_000_00, 104_000_00)


def test_what_was_only_recalled_is_marked_unverified() -> None:
    states = {amount.key: amount.values[0].reference.state for amount in LAW.amounts}
    assert states.pop("c_ceiling_minor") == "verified"
    assert set(states.values()) == {"unverified"}
    assert amounts_for(LAW, {"decided_on": PHASE_ONE})["c_ceiling_minor"] == 100_000_00


@pytest.mark.parametrize("missing", [{}, {"late_reason": "accepted"}], ids=["in-time", "late"])
def test_missing_papers_never_reject_a_claim(db: Database, missing: dict[str, object]) -> None:
    filed = LATE["filed_on"] if missing else IN_TIME["filed_on"]
    harms = [harm.code for harm in LAW.harms]
    bare = [Group(count=1, holder=harm, facts={"harm": harm, "relation": "spouse", "filed_on": filed, **missing}) for harm in harms]
    determine(db, LAW, bare, as_of=date(2005, 3, 10))
    assert set(db.rows("SELECT outcome, ground FROM determinations")) == {("incomplete", "evidence_missing")}
