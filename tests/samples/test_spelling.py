"""How names are written and damaged."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.samples.people import Population, permuted
from aljabr.samples.spelling import NameHand, arabic_spellings, lam_alef_damage, misspelt
from aljabr.samples.vocabulary import name_lists


@pytest.mark.parametrize(
    ("whole", "damaged"),
    [("صلاح", "صالح"), ("عبد الله", "عبد هللا"), ("علاء الأحمد", "عالء األحمد"), ("محمد", "محمد")],
)
def test_extraction_turns_lam_alef_around(whole: str, damaged: str) -> None:
    assert lam_alef_damage(whole) == damaged


def test_a_hand_without_freedom_always_writes_the_same(tmp_path: object) -> None:
    person = Population(Random(3)).stranger()
    hand = NameHand(Random(4), 0.0)
    assert len({hand.arabic(person, again=True) for _ in range(20)}) == 1
    assert len({hand.latin(person) for _ in range(20)}) == 1


def test_a_free_hand_writes_one_person_in_several_ways() -> None:
    person = Population(Random(3)).stranger()
    hand = NameHand(Random(4), 1.0)
    assert len({hand.latin(person, again=True) for _ in range(40)}) > 5


def test_every_name_can_stand_in_a_windows_arabic_file() -> None:
    for seed in range(200):
        person = Population(Random(seed)).stranger()
        for token in person.name:
            for spelling in arabic_spellings(token.arabic):
                spelling.encode("cp1256")


def test_name_lists_draw_from_more_than_one_tradition() -> None:
    rng = Random(5)
    drawn = {name_lists().draw(rng).family.draw(rng).arabic for _ in range(1_000)}
    assert len(drawn) > 80


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 10**6), st.text(alphabet="محمدعليصلاحabcdef ", min_size=3, max_size=12))
def test_a_slip_changes_the_length_by_one_letter_at_most(seed: int, text: str) -> None:
    assert abs(len(misspelt(Random(seed), text)) - len(text)) <= 1


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 10**8 - 1), unique=True, max_size=50))
def test_two_serials_never_share_a_telephone_number(serials: list[int]) -> None:
    assert len({permuted(serial, multiplier=48_271_731, modulus=10**8) for serial in serials}) == len(serials)


def test_children_carry_their_fathers_names_and_a_household_one_number() -> None:
    population = Population(Random(11))
    homes = [population.household() for _ in range(50)]
    for home in homes:
        for child in home.children:
            assert child.name[1:] == (home.father.name[0], home.father.name[1], home.father.name[3])
        assert len({member.household for member in home.members()}) == 1
    ids = [member.id_number for home in homes for member in home.members()]
    assert len(set(ids)) == len(ids)
