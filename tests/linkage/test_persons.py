"""Who is who among mentions: the same person in several spellings, and the people who must not be merged."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest

from aljabr.errors import UsageError
from aljabr.linkage import link_persons
from aljabr.linkage.scorers import scorer_named
from aljabr.relations import Database
from tests.linkage.conftest import Filing, Intake, Mention

TakeIn = Callable[[Sequence[Filing]], Intake]
ALI = Mention(name="علي حسين محمود الجبوري", born="1975-03-14", sex="male", id_number="197512345678", phone="07701234567")


def _persons(db: Database, take_in: TakeIn, *mentions: Mention) -> list[str]:
    """Return the person of each mention, every one the claimant of a claim of its own."""
    intake = take_in([Filing(claimant=mention) for mention in mentions])
    link_persons(db)
    found = dict(db.rows("SELECT person_record_id, person_id FROM person_members"))
    return [found[claimant] for claimant in intake.claimants]


@pytest.mark.parametrize(
    "other",
    [
        replace(ALI, name="على حسين محمود الجبورى"),
        replace(ALI, name="Ali Hussein Mahmoud Al-Jubouri"),
        replace(ALI, name="علي حسين الجبوري", phone=None),
        replace(ALI, name="علي حسين محمود", phone="07809998877"),
        replace(ALI, id_number="197512345687"),
        replace(ALI, id_number=None, born="1975"),
        replace(ALI, id_number=None, phone="07809998877"),
        replace(ALI, name="الجبوري علي حسين محمود", phone=None),
        replace(ALI, born=None, place="IQG15Q07"),
    ],
    ids=["yeh", "latin", "no grandfather", "no family name", "swapped digits", "year only", "new phone", "other order", "no birth"],
)
def test_one_person_in_two_claims_is_found(db: Database, take_in: TakeIn, other: Mention) -> None:
    first, second = _persons(db, take_in, ALI, other)
    assert first == second


@pytest.mark.parametrize(
    "other",
    [
        replace(ALI, name="حسين علي حسين الجبوري", born="1999-03-20", id_number="199987651234"),
        replace(ALI, name="احمد حسين محمود الجبوري", born="1978-01-09", id_number="197800001111"),
        replace(ALI, name="علاء حسين محمود الجبوري", born="1976-08-21", id_number=None),
        replace(ALI, name="خالد حسين محمود الجبوري", id_number=None),
        replace(ALI, name="زينب حسين محمود الجبوري", sex="female", born="1979-05-05", id_number=None),
        replace(ALI, born="1951-10-02", id_number="195100002222", phone="07501112223"),
        replace(ALI, name="علي حسين محمود الطائي", born="1988-10-02", id_number="198855502222", phone="07501112223"),
    ],
    ids=["son", "brother", "brother with a like name", "twin", "sister", "namesake", "other family"],
)
def test_relatives_and_namesakes_stay_apart(db: Database, take_in: TakeIn, other: Mention) -> None:
    first, second = _persons(db, take_in, ALI, other)
    assert first != second


def test_a_claimant_is_found_again_as_a_victim(db: Database, take_in: TakeIn) -> None:
    sister = replace(ALI, name="زينب حسين محمود الجبوري", sex="female", born="1979-05-05", id_number="197900003333")
    intake = take_in([Filing(claimant=ALI), Filing(claimant=sister, victim=replace(ALI, phone=None), harm="death")])
    link_persons(db)
    found = dict(db.rows("SELECT person_record_id, person_id FROM person_members"))
    assert found[intake.claimants[0]] == found[str(intake.victims[1])] != found[intake.claimants[1]]


def test_two_people_named_in_one_record_are_never_one_person(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI, victim=ALI, harm="death"), Filing(claimant=ALI)])
    summary = link_persons(db)
    found = dict(db.rows("SELECT person_record_id, person_id FROM person_members"))
    assert found[intake.claimants[0]] != found[str(intake.victims[0])]
    assert (summary.mentions, summary.persons, summary.refused_links) == (3, 2, 1)


def test_a_stated_self_makes_two_mentions_of_one_record_one_person(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=ALI, victim=replace(ALI, name="علي"), harm="injury")])
    ids = (intake.claimants[0], str(intake.victims[0]))
    db.execute("INSERT INTO relationships VALUES ('rel_1', 'rec_1', ?, 'self', ?)", ids)
    assert link_persons(db).persons == 1


def test_a_telephone_shared_by_a_camp_makes_nobody_the_same(db: Database, take_in: TakeIn) -> None:
    given = ["احمد", "خالد", "سعد", "رائد", "مهند", "ياسر", "كريم", "نبيل"]
    camp = [Mention(name=f"{name} صالح", phone="07701112222", sex="male") for name in given]
    assert len(set(_persons(db, take_in, *camp))) == len(given)


def test_a_mention_without_a_name_is_a_person_of_its_own(db: Database, take_in: TakeIn) -> None:
    persons = _persons(db, take_in, ALI, Mention(name=None), Mention(name=None))
    assert len(set(persons)) == 3


def test_a_person_is_named_after_the_smallest_mention_and_goes_by_the_fullest_name(db: Database, take_in: TakeIn) -> None:
    intake = take_in([Filing(claimant=replace(ALI, name="علي حسين الجبوري")), Filing(claimant=ALI)])
    link_persons(db)
    expected = "per_" + min(intake.claimants).removeprefix("prs_")
    assert db.rows("SELECT person_id, full_name, mentions FROM persons") == [(expected, ALI.name, 2)]


def test_every_score_is_explained_and_the_parts_add_up(db: Database, take_in: TakeIn) -> None:
    _persons(db, take_in, ALI, replace(ALI, phone=None))
    weight, explanation = db.rows("SELECT match_weight, explanation FROM pair_scores")[0]
    parts = {part["comparison"]: part for part in json.loads(explanation)}
    assert parts["id_number"]["level"] == "same number"
    assert "contact" not in parts  # a missing telephone counts neither way
    prior = scorer_named("person_v1").prior(2)
    assert weight == pytest.approx(math.log2(prior / (1 - prior)) + sum(part["weight"] for part in parts.values()), abs=0.01)


def test_the_result_is_the_same_for_any_number_of_threads_and_order_of_rows(take_in: TakeIn, db: Database) -> None:
    take_in([Filing(claimant=replace(ALI, born=f"{1950 + n % 7}", id_number=None, phone=None)) for n in range(40)])
    digests = set()
    for threads, order in ((1, "person_record_id"), (2, "person_record_id DESC"), (3, "born, sex")):
        db.execute(f"SET threads = {threads}")
        db.execute(f"CREATE OR REPLACE TABLE person_records AS FROM person_records ORDER BY {order}")
        link_persons(db)
        digests.add((db.digest("pair_scores"), db.digest("person_members"), db.digest("persons")))
    assert len(digests) == 1


def test_an_empty_intake_links_nobody(db: Database, take_in: TakeIn) -> None:
    take_in([])
    assert link_persons(db).persons == 0


def test_an_unknown_scorer_is_refused(db: Database, take_in: TakeIn) -> None:
    take_in([Filing(claimant=ALI, filed_on=date(2020, 1, 1))])
    with pytest.raises(UsageError, match="no scorer"):
        link_persons(db, scorer="person_v0")
