"""Full names as words: kunya, nisba, initials; and what set-based code gets for every token."""

from __future__ import annotations

import pytest

from aljabr.names import key, skeleton, split_name
from aljabr.names.words import name_words, token_form


@pytest.mark.parametrize(
    ("full", "parts"),
    [
        ("أبو علي حسين كاظم", ["kunya", "name", "name"]),
        ("ام احمد فاطمة جاسم", ["kunya", "name", "name"]),
        ("محمد ابو شاويش", ["name", "name"]),
        ("ابو بكر محمد", ["name", "name"]),
        ("محمد علي الموصلي", ["name", "name", "nisba"]),
        ("الهام محمد", ["name", "name"]),
        ("م. علي حسين", ["initial", "name", "name"]),
        ("Kh. Ali al-Jubouri", ["initial", "name", "nisba"]),
        ("Ahmed bin Salih al-Tikriti", ["name", "name", "nisba"]),
        ("", []),
    ],
)
def test_a_word_is_a_kunya_a_nisba_an_initial_or_a_name(full, parts):
    assert [word.part for word in name_words(full)] == parts


@pytest.mark.parametrize("full", ["الحاج عبد هللا بن نور الدين محمد الجبوري", "Dr. Abd al-Rahman Ali", "شێرکۆ عەبدوڵڵا"])
def test_words_are_the_tokens_of_the_split_name(full):
    words = name_words(full)
    assert tuple(word.text for word in words) == split_name(full).tokens
    assert [word.keys[0] for word in words] == [key(word.text) for word in words]
    assert [word.skeleton for word in words] == [skeleton(word.text) for word in words]


def test_token_forms_are_made_for_joining():
    form = token_form("محمد")
    assert (form.keys, form.role, form.initial) == (("mhmd", "md"), "name", False) or form.keys[0] == "mhmd"
    assert token_form("Mohammed").sounds[0] == form.sounds[0] == "m"
    assert token_form("ال").keys == ()
    assert token_form("م").initial
