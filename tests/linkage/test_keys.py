"""Name keys computed in sets, held against the names room's own reading of one name."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.linkage.keys import key_names
from aljabr.names import key, split_name
from aljabr.relations import Database

WORDS = [
    "علي",
    "عبد",
    "الرحمن",
    "نور",
    "الدين",
    "بن",
    "الحاج",
    "ابو",
    "بكر",
    "الجبوري",
    "Ali",
    "Abdul",
    "Al",
    "Jubouri",
    "Kurdî",
    "حسين",
]


def _parts(db: Database, *names: str) -> dict[str, tuple[object, ...]]:
    db.create("person_records")
    rows = [(f"prs_{number}", name) for number, name in enumerate(names)]
    db.load_rows("named", {"id": "TEXT", "name": "TEXT"}, rows)
    db.execute("INSERT INTO person_records (person_record_id, full_name) SELECT id, name FROM named")
    key_names(db)
    found = db.rows("SELECT full_name, given_key, father_key, grandfather_key, family_key, words FROM linkage_name_parts")
    return {name: parts for name, *parts in found}  # type: ignore[misc]


def test_a_four_part_name_is_cut_into_its_generations(db: Database) -> None:
    name = "الحاج عبد الرحمن بن نور الدين محمود الجبوري"
    parts = _parts(db, name)[name]
    assert parts == [key("عبد الرحمن"), key("نور الدين"), key("محمود"), key("الجبوري"), 4]


def test_the_spellings_of_one_name_meet_in_their_keys(db: Database) -> None:
    parts = _parts(db, "علي حسين محمود الجبوري", "Ali Hussein Mahmoud Al-Jubouri", "عەلی حوسێن مەحموود جبوری")
    assert len({tuple(found) for found in parts.values()}) == 1


def test_a_third_word_is_taken_for_what_it_is_in_longer_names(db: Database) -> None:
    parts = _parts(db, "علي حسين محمود خوشناو", "سعد كريم محمود خوشناو", "علي حسين خوشناو", "علي حسين محمود")
    assert parts["علي حسين خوشناو"][2:4] == [None, key("خوشناو")]
    assert parts["علي حسين محمود"][2:4] == [key("محمود"), None]


def test_an_article_marks_a_family_name_even_after_one_word(db: Database) -> None:
    assert _parts(db, "علي الجبوري")["علي الجبوري"][:4] == [key("علي"), None, None, key("الجبوري")]


@pytest.mark.parametrize("name", ["", "  ", "؟", "..."])
def test_a_text_without_a_name_has_no_parts(db: Database, name: str) -> None:
    assert _parts(db, name) == {}


@settings(deadline=None, max_examples=40)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=7).map(" ".join), min_size=1, max_size=12, unique=True))
def test_sets_and_single_names_are_cut_into_the_same_words(names: list[str]) -> None:
    with Database() as db:
        parts = _parts(db, *names)
    assert {name: found[4] for name, found in parts.items()} == {
        name: len(split_name(name).tokens) for name in names if split_name(name).tokens
    }
