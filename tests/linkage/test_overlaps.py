"""Which claim items may be the same loss, and which may not."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from aljabr.linkage import find_overlaps, link_persons
from aljabr.linkage.properties import property_key
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from tests.linkage.conftest import Filing, Intake, Mention

TakeIn = Callable[[Sequence[Filing]], Intake]
Find = Callable[..., list[tuple[int, int, str]]]

HUSSEIN = Mention(name="حسين محمود صالح الجبوري", born="1960-02-03", sex="male", id_number="196011112222", phone="07701234567")
MARYAM = Mention(name="مريم خالد جاسم الطائي", born="1965-06-07", sex="female", id_number="196533334444", phone="07701234567")
SON = Mention(name="سعد حسين محمود الجبوري", born="1992-11-12", sex="male", place=None)
HOUSE = Filing(claimant=HUSSEIN, kind="house", property_ref="الزهور محلة 301 زقاق 12 دار 7", incident_on=date(2017, 3, 17))
DEATH = Filing(claimant=HUSSEIN, victim=SON, harm="death", incident_on=date(2017, 3, 17))
INJURY = Filing(claimant=HUSSEIN, harm="injury", incident_on=date(2017, 3, 17))
LATER = date(2021, 5, 5)


@pytest.fixture
def find(db: Database, take_in: TakeIn, programme: Programme) -> Find:
    """Return a function from filings to their overlaps as (later, earlier, kind), filings numbered from 0."""

    def overlaps(*filings: Filing) -> list[tuple[int, int, str]]:
        items = take_in(filings).items
        link_persons(db)
        find_overlaps(db, programme)
        rows = db.rows("SELECT item_id, other_item_id, kind FROM item_overlaps")
        return sorted((items.index(later), items.index(earlier), kind) for later, earlier, kind in rows)

    return overlaps


def test_one_person_claiming_one_house_twice_points_from_the_later_filing_to_the_earlier(find: Find) -> None:
    latin = replace(HUSSEIN, name="Hussein Mahmoud Salih Al-Jubouri")
    again = replace(HOUSE, claimant=latin, property_ref="301/12/7", filed_on=LATER)
    assert find(again, HOUSE) == [(0, 1, "same_person")]


def test_two_houses_of_one_person_are_two_losses(find: Find) -> None:
    assert find(HOUSE, replace(HOUSE, property_ref="محلة 301 زقاق 12 دار 9", filed_on=LATER)) == []


def test_a_house_and_a_car_with_their_own_references_are_two_losses(find: Find) -> None:
    assert find(HOUSE, replace(HOUSE, kind="vehicle", property_ref="نينوى 45871", filed_on=LATER)) == []


def test_one_address_claimed_by_two_heads_is_flagged(find: Find) -> None:
    assert find(HOUSE, replace(HOUSE, claimant=MARYAM, filed_on=LATER)) == [(1, 0, "two_heads")]


def test_one_address_claimed_as_house_and_as_shop_is_two_heads(find: Find) -> None:
    assert find(HOUSE, replace(HOUSE, kind="shop", filed_on=LATER)) == [(1, 0, "two_heads")]


def test_the_same_numbers_in_another_district_are_another_address(find: Find) -> None:
    assert find(HOUSE, replace(HOUSE, claimant=MARYAM, place="IQG15Q07", filed_on=LATER)) == []


def test_two_relatives_claiming_one_dead_are_found(find: Find) -> None:
    again = replace(DEATH, claimant=MARYAM, victim=replace(SON, name="سعد حسين الجبوري"), filed_on=LATER)
    assert find(DEATH, again) == [(1, 0, "relatives")]


def test_a_death_and_a_disappearance_of_one_victim_by_one_person_are_two_heads(find: Find) -> None:
    assert find(DEATH, replace(DEATH, harm="missing", filed_on=LATER)) == [(1, 0, "two_heads")]


def test_two_sons_lost_on_one_day_are_two_losses(find: Find) -> None:
    other = replace(SON, name="احمد حسين محمود الجبوري", born="1989-04-01")
    assert find(DEATH, replace(DEATH, victim=other, filed_on=LATER)) == []


def test_an_injury_filed_again_is_found_and_a_later_one_is_another_injury(find: Find) -> None:
    again, other = replace(INJURY, filed_on=LATER), replace(INJURY, incident_on=date(2019, 1, 1), filed_on=LATER)
    assert find(INJURY, again, other) == [(1, 0, "same_person")]


def test_one_explosion_claimed_as_injury_and_as_disability_is_two_heads(find: Find) -> None:
    assert find(INJURY, replace(INJURY, harm="disability", filed_on=LATER)) == [(1, 0, "two_heads")]


def test_an_injury_and_a_lost_house_of_one_day_are_two_losses(find: Find) -> None:
    assert find(INJURY, replace(HOUSE, filed_on=LATER)) == []


def test_an_overlap_says_how_sure_it_is_and_what_agrees(db: Database, find: Find) -> None:
    find(HOUSE, replace(HOUSE, filed_on=LATER))
    probability, explanation = db.rows("SELECT probability, explanation FROM item_overlaps")[0]
    assert 0.9 < probability <= 1
    assert json.loads(explanation)["same_property"] is True


def test_a_programme_without_kinds_of_property_is_searched_too(db: Database, take_in: TakeIn, programme: Programme) -> None:
    take_in([HOUSE, replace(HOUSE, filed_on=LATER)])
    db.execute("ALTER TABLE claim_items DROP COLUMN property_kind")
    link_persons(db)
    find_overlaps(db, programme)
    assert db.rows("SELECT kind FROM item_overlaps") == [("same_person",)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("م ٣٠١ ز ١٢ د ٧", "Al-Zuhur, Mahalla 301, Zuqaq 12, Dar 7", True),
        ("نينوى 45871", "Ninewa 45871", True),
        ("دار 7", "دار 8", False),
        ("البيت الكبير", "البيت الكبير", True),
    ],
    ids=["address in two scripts", "plate", "one short number", "text"],
)
def test_references_of_a_property_meet_across_scripts(one: str, other: str, same: bool) -> None:
    assert (property_key(one) == property_key(other)) is same


def test_an_owner_and_an_occupant_of_one_house_are_no_duplicate(db: Database, take_in: TakeIn, programme: Programme) -> None:
    items = take_in([HOUSE, replace(HOUSE, claimant=MARYAM, filed_on=LATER)]).items
    db.create("exhibits")
    for number, (item, kind) in enumerate(zip(items, ("title_deed", "tenancy_proof"), strict=True)):
        db.execute("INSERT INTO exhibits VALUES (?, ?, ?)", (f"exh_{number}", item, kind))
    link_persons(db)
    find_overlaps(db, programme)
    assert db.rows("SELECT item_id, other_item_id, kind FROM item_overlaps") == [(items[1], items[0], "owner_and_occupant")]


def test_two_spellings_of_one_pair_of_coordinates_are_one_property() -> None:
    assert property_key("36.34567,43.12341") == property_key("(36.345671 43.123408)")
