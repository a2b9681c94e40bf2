"""Keys and skeletons: spellings of one name meet, in every script; different names stay apart by their skeletons."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import JaroWinkler

from aljabr.names import key, skeleton, token_facts

ANY_TOKEN = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF), max_size=12)


@pytest.mark.parametrize(
    "spellings",
    [
        "محمد Mohammed Muhammad Mohamad Mohamed Mehmet محەمەد",
        "صلاح صالح Salah Saleh Salih",
        "عبدالله عبداهلل Abdullah Abdallah Abdulla عەبدوڵڵا",
        "عبدالرحمن Abdulrahman Abdurrahman Abdelrahman عەبدولڕەحمان",
        "هێڤی هيفي Hêvî Hevi Hevy",
        "شێرکۆ شيركو Şêrko Sherko",
        "هێمن Hêmin Hemin هيمن",
        "گۆران كوران Goran",
        "پشتیوان بشتيوان Pishtiwan Pştîwan",
        "چالاک جالاك Chalak Çalak",
        "خالد Khalid Khaled Xalid Halit",
        "كاظم کازم Kadhim Kazim Kathim Kadhum",
        "قاسم Qasim Kasim Qassem",
        "يوسف Yousif Yusuf Yousef",
        "جمال Jamal Cemal Gamal",
        "عثمان Othman Osman عوسمان",
        "الجبوري aljubouri Aljbouri جبوري Jubouri",
        "نورالدين Nouraldin Nureddin Nooruldeen Noureddine",
        "صلاحالدين سەڵاحەدین سەڵاحەددین Salahaddin",
        "عبدالله عەبدوڵا عەبدوڵڵا Abdulla",
        "فاطمة فاطمه Fatima Fatimah Fatma",
        "ڤیان فيان Vian Viyan",
        "رضا ڕەزا Reza Ridha Rida",
        "آية ايه Aya Ayah",
        "ذوالفقار Zulfiqar",
    ],
)
def test_spellings_of_one_name_meet_in_one_key(spellings):
    assert len({key(spelling) for spelling in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("عبد الله", "عبدالله"),
        ("عبد السلام", "عبدالسالم"),
        ("أبو هليل", "ابوهليل"),
        ("ابو العمرين", "ابوالعمرين"),
        ("نور الدين", "نورالدين"),
        ("محمد عوض", "محمدعوض"),
        ("Abd al-Rahman", "Abdulrahman"),
        ("Al-Hattab", "الحطاب"),
        ("Abu-Ali", "ابو علي"),
    ],
)
def test_the_keys_of_parts_written_apart_join_to_the_key_of_the_whole(apart, together):
    assert key(apart) == key(together)


@pytest.mark.parametrize("names", ["محمد حسن", "علي عمر", "كمال جمال", "شيرين سيرين", "خالد هالة", "سعيد حميد", "الهام الحطاب"])
def test_different_names_have_different_keys(names):
    assert len({key(name) for name in names.split()}) == 2


@pytest.mark.parametrize("latin", ["Ali", "Alaa", "Alwan", "Elias", "Ilham", "Alyan"])
def test_a_name_that_begins_with_al_has_no_article(latin):
    assert key(latin).startswith("l")
    assert not token_facts(latin).article


@pytest.mark.parametrize(("sorani", "arabic"), [("ئەحمەد", "أحمد"), ("عەلی", "علي"), ("نەورۆز", "نوروز"), ("محەموود", "محمود")])
def test_sorani_and_arabic_spelling_have_one_skeleton(sorani, arabic):
    assert skeleton(sorani) == skeleton(arabic)


@pytest.mark.parametrize(
    ("arabic", "latin", "other"), [("حسين", "Hussein", "Hassan"), ("سالم", "Salem", "Salim"), ("محمود", "Mahmoud", "Mohammed")]
)
def test_skeletons_tell_names_of_one_key_apart_across_scripts(arabic, latin, other):
    assert key(arabic) == key(latin) == key(other)
    near, far = (JaroWinkler.similarity(skeleton(arabic), skeleton(name)) for name in (latin, other))
    assert near > far


@settings(deadline=None, max_examples=300)
@given(ANY_TOKEN)
def test_skeleton_and_key_are_small_ascii_letters_whatever_comes_in(token):
    facts = token_facts(token)
    for text in (facts.skeleton, facts.key):
        assert text == "" or (text.isascii() and text.isalpha() and text.islower())
    assert facts.role == "connector" or facts.article or facts.key
