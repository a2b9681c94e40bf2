"""What is wrong with names, ages and columns: graded, gravest first, and good names pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.names.doubts import age_doubt, column_doubts, name_doubts


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (None, "name.empty"),
        ("  ", "name.empty"),
        ("---", "name.placeholder"),
        ("مجهول", "name.placeholder"),
        ("طفل رضيع", "name.placeholder"),
        ("لا يوجد", "name.placeholder"),
        ("نەزانراو", "name.placeholder"),
        ("nenas", "name.placeholder"),
        ("N/A", "name.placeholder"),
        ("Unknown", "name.placeholder"),
        ("unknown 3", "name.placeholder"),
        ("test", "name.placeholder"),
        ("test test 2", "name.test"),
        ("asdfgh", "name.test"),
        ("اسم", "name.test"),
        ("م", "name.one_letter"),
        ("A", "name.one_letter"),
        ("07701234567", "name.number"),
        ("19870012", "name.number"),
        ("a.b@example.org", "name.contact"),
        ("ÙØÙØ\u00adÙ", "name.garbled"),
        ("محم\ufffdد علي", "name.garbled"),
    ],
)
def test_what_names_nobody_is_unusable(text, code):
    (found,) = name_doubts(text)
    assert (found.code, found.grade) == (code, "unusable")


@pytest.mark.parametrize(
    ("text", "code", "grade"),
    [
        ("محمد", "name.one_word", "weak"),
        ("أم علي", "name.one_word", "weak"),
        ("م. ع.", "name.initials", "weak"),
        ("زوجة احمد", "name.kin_of", "weak"),
        ("baby of Zahra Ali", "name.kin_of", "weak"),
        ("حي الزهور دار 5", "name.address", "weak"),
        ("شركة النور للمقاولات", "name.organisation", "odd"),
        ("محمد Ali", "name.two_scripts", "odd"),
        ("محمد علي 2", "name.digits", "odd"),
        ("محمد علي حسين حسن كاظم جواد باقر صادق جعفر موسى", "name.too_long", "odd"),
    ],
)
def test_what_may_mislead_is_told(text, code, grade):
    assert (code, grade) in [(doubt.code, doubt.grade) for doubt in name_doubts(text)]


@pytest.mark.parametrize(
    "text",
    [
        "محمد علي حسين",
        "أبو بكر محمد علي",
        "شێرکۆ عەبدوڵڵا",
        "Xidir Mirad Heso",
        "Mehmet Ali Salihi",
        "يوخنا كوركيس ايشو",
        "Dr. Ahmed Khalid",
        "وليد مجهول الجبوري",
        "رضيع كاظم حسن",
        "دار السلام محمد",
        "al-Tikriti, Ahmed",
    ],
)
def test_a_good_name_passes(text):
    assert [doubt for doubt in name_doubts(text) if doubt.grade == "unusable"] == []


@pytest.mark.parametrize(
    ("age", "code"),
    [
        (-1, "age.negative"),
        ("-1", "age.negative"),
        (250, "age.impossible"),
        (float("nan"), "age.impossible"),
        ("2.5", "age.not_whole"),
        ("كبير", "age.not_number"),
        (0, None),
        ("٣٤", None),
        (34.0, None),
        (None, None),
        ("", None),
    ],
)
def test_an_age_nobody_has_is_told(age, code):
    found = age_doubt(age)
    assert (found.code if found else None) == code


def test_a_column_of_addresses_is_no_column_of_names():
    addresses = ["حي الزهور دار 5", "الموصل / حي النور", "سنجار", "قرية كوجو", "محمد علي"]
    names = ["محمد علي حسين", "زينب كاظم", "شێرکۆ عەبدوڵڵا", "Sinan Ali", "بلد حسن"]
    assert [doubt.code for doubt in column_doubts(addresses, meant="name")] == ["column.addresses"]
    assert column_doubts(names, meant="name") == ()


def test_names_in_the_column_of_numbers_are_told():
    assert [doubt.code for doubt in column_doubts(["محمد علي", "حسن كاظم", "198"], meant="identifier")] == ["column.names_as_ids"]
    assert column_doubts(["198700123456", "A1730498"], meant="identifier") == ()


def test_a_column_of_numbers_or_of_one_name_is_told():
    assert [doubt.code for doubt in column_doubts(["123", "456"], meant="name")] == ["column.numbers"]
    assert [doubt.code for doubt in column_doubts(["محمد علي"] * 9 + ["حسن علي"], meant="name")] == ["column.repeated"]
    assert column_doubts([], meant="name") == column_doubts(["", None], meant="name") == ()


@given(st.text(max_size=40))
def test_every_text_is_judged_and_an_unusable_one_once(text):
    found = name_doubts(text)
    assert not any(doubt.grade == "unusable" for doubt in found) or len(found) == 1
