"""Token facts: the part a token plays, and nothing carried over from one token to the next."""

from __future__ import annotations

import pytest

from aljabr.names import token_facts


@pytest.mark.parametrize(
    ("tokens", "role"),
    [
        ("عبد ابو أبو ام أم ال آل ذو Abd Abdul Abu al El عەبد", "prefix"),
        ("الله هللا الدين الدین uddin Allah", "suffix"),
        ("بن ابن بنت bin Ibn BINT کوڕی 12 ؟", "connector"),
        ("الشيخ السيد حجي الحاج Dr Haji Sheikh سەید مەلا", "title"),
        ("محمد الجبوري هێمن Ali سيد سێف", "name"),
    ],
)
def test_a_token_plays_its_part_in_every_spelling(tokens, role):
    assert {token: token_facts(token).role for token in tokens.split()} == dict.fromkeys(tokens.split(), role)


@pytest.mark.parametrize("token", ["ال", "آل", "al", "EL", "ar"])
def test_the_article_alone_adds_nothing_to_a_key(token):
    assert token_facts(token).key == ""
    assert token_facts(token).article


@pytest.mark.parametrize(
    ("token", "article"), [("الجبوري", True), ("Aljubouri", True), ("الهام", False), ("الله", False), ("علي", False)]
)
def test_the_article_marks_names_that_families_have(token, article):
    assert token_facts(token).article is article


def test_the_token_as_met_is_kept_beside_its_mended_form():
    facts = token_facts("\u200fاألنصاريّ")
    assert (facts.token, facts.repaired) == ("\u200fاألنصاريّ", "الأنصاري")


def test_a_stray_letter_of_the_other_script_is_not_part_of_the_name():
    assert token_facts("sعدنان").key == token_facts("عدنان").key
