"""Two full names word by word: how each word agrees, and that a rare name weighs more than a common one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.names.alignment import align_names
from aljabr.names.frequencies import known_frequencies
from aljabr.names.words import name_words

NAMES = st.lists(
    st.sampled_from(
        [
            "محمد",
            "علي",
            "حسين",
            "عبدالله",
            "عبد",
            "الله",
            "نور",
            "الدين",
            "الجبوري",
            "ابو",
            "م",
            "Mohammed",
            "Ali",
            "al-Jubouri",
            "شێرکۆ",
            "Mirad",
        ]
    ),
    max_size=6,
).map(" ".join)


def hows(left: str, right: str) -> list[str]:
    return [match.how for match in align_names(left, right).matches]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("محمد علي حسين", "محمد علي حسين", ["same", "same", "same"]),
        ("أحمد على حسين", "احمد علي حسين", ["same", "same", "same"]),
        ("محمد علي حسين", "Mohammed Ali Hussein", ["same_key"] * 3),
        ("شێرزاد عەبدولڕەحمان", "Sherzad Abdulrahman", ["same_key"] * 2),
        ("Xidir Mirad Heso", "خضر مراد حسو", ["same_key"] * 3),
        ("محمد علي حسين الجبوري", "محمد حسين الجبوري", ["same", "left_out", "same", "same"]),
        ("محمد حسين", "محمد علي حسين الجبوري", ["same", "left_out", "same", "left_out"]),
        ("عبدالله نورالدين", "عبد الله نور الدين", ["fused", "fused"]),
        ("محمدعلي حسن", "محمد علي حسن", ["fused", "same"]),
        ("أبو علي حسين كاظم جواد", "حسين كاظم جواد", ["left_out", "same", "same", "same"]),
        ("M. Ali Hussein", "محمد علي حسين", ["initial", "same_key", "same_key"]),
        ("K. Ali Hussein", "محمد علي حسين", ["differs", "same_key", "same_key"]),
        ("حسن علي محمد", "حسين علي محمد", ["differs", "same", "same"]),
        ("سليم عدنان", "سالم عدنان", ["differs", "same"]),
        ("صلاح حسن", "صالح حسن", ["variant", "same"]),
        ("كريم جاسم محمد", "عبدالكريم جاسم محمد", ["variant", "same", "same"]),
        ("يونادم يوسف", "يونادام يوسف", ["variant", "same"]),
        ("محمد علي", "زينب حسن", ["differs", "differs"]),
    ],
)
def test_every_word_says_how_it_agrees(left, right, expected):
    assert hows(left, right) == expected


def test_the_family_name_in_front_is_moved_not_different():
    matches = align_names("al-Jubouri Ahmed Khalid", "احمد خالد الجبوري").matches
    assert [(match.how, match.moved) for match in matches] == [("same_key", True), ("same_key", False), ("same_key", False)]


def test_common_names_weigh_little_and_rare_ones_much():
    common = align_names("محمد علي حسين", "محمد علي حسين", sex="m").weight
    rare = align_names("قنديل طنيب زبالة", "قنديل طنيب زبالة", sex="m").weight
    # log2 of 347/5424, and of the shares of علي and حسين among forebears: about 4 + 4.5 + 5 bits.
    assert 10 < common < 15
    assert rare > 2.5 * common


def test_a_name_common_in_a_governorate_weighs_less_there():
    here = align_names("محمد الجبوري", "محمد الجبوري", governorate="IQG15").weight
    there = align_names("محمد الجبوري", "محمد الجبوري", governorate="IQG02").weight
    assert there - here > 1


def test_agreement_weighs_more_the_surer_it_is():
    same, key, variant = (align_names("نصيف", other).weight for other in ("نصيف", "Nassif", "Nasouf"))
    assert same >= key > variant > 0


def test_own_frequencies_are_used():
    counted = known_frequencies().with_counts([("given", "m", "", "قنديل", 100_000)])
    common = align_names("قنديل", "قنديل", sex="m", frequencies=counted).weight
    assert common < 1 < align_names("قنديل", "قنديل", sex="m").weight


def test_a_name_without_words_says_nothing():
    assert align_names("", "محمد").matches == ()
    assert align_names("---", "محمد").weight == 0


@settings(deadline=None, max_examples=150)
@given(NAMES, NAMES)
def test_the_weight_is_the_same_both_ways_and_every_word_is_told_once(left, right):
    there, back = align_names(left, right), align_names(right, left)
    assert there.weight == pytest.approx(back.weight, abs=0.01)
    told = " ".join(match.left for match in there.matches if match.left).split()
    assert sorted(told) == sorted(" ".join(word.text for word in name_words(left)).split()) or not there.matches


@settings(deadline=None, max_examples=50)
@given(NAMES)
def test_nothing_agrees_better_with_a_name_than_itself(name):
    found = align_names(name, name)
    assert all(match.how in {"same", "initial"} for match in found.matches)
    assert found.weight >= 0
