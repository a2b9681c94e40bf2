"""Meeting keys: spellings of one name meet whoever wrote them, and nothing that met by the published key parts."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.names import key
from aljabr.names.meeting import LIMIT, meeting_keys

ANY_TEXT = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x2FFF), max_size=24)


def meet(left: str, right: str) -> bool:
    return not set(meeting_keys(left)).isdisjoint(meeting_keys(right))


# Each row with where its spellings stand. Letter tables: BGN/PCGN 2007, Romanization of Kurdish (Hawar c ج, ç چ, ş ش, x خ,
# ẍ غ, j ژ, q ق, v ڤ, w و, ê ێ, î ی, û وو); Wahby and Edmonds, A Kurdish-English Dictionary, Table of Transliteration (ث as t,
# ذ as d).
CITED = [
    # Sorani in Arabic letters beside Arabic and Latin, by BGN/PCGN 2007.
    ("ckb", "شێرزاد Şêrzad Sherzad شيرزاد"),
    ("ckb", "بەختیار Bextiyar Bakhtiar Bakhtiyar بختيار"),
    ("ckb", "ڕێبوار Rêbwar Rebwar ريبوار"),
    ("ckb", "ژیان Jiyan Zhyan Zhian جيان"),
    ("ckb", "چیمەن Çîmen Chiman جيمن"),
    ("ckb", "گوڵاڵە Gulale Gulala كولاله"),
    ("ckb", "خەدیجە Xecîce Khadija خديجة Hatice"),
    ("ckb", "عوسمان Osman Othman عثمان"),
    ("ckb", "سلێمان Slêman Silêman Sulaiman Süleyman سليمان"),
    ("ckb", "عەبدولڕەحمان Evdirehman Ebdurehman Abdulrahman عبدالرحمن"),
    # "حمە ... خدر", which registers of Raniya and Pishdar wrote for محمد and خضر: A. H. Amin, English Wikipedia, user space.
    ("ckb", "حمە Hama محمد"),
    ("ckb", "خدر خضر Xidir Khidr"),
    # Kurmanji in Latin letters, Hawar.
    ("kmr", "Mihemed Mohammed محەمەد محمد"),
    ("kmr", "Evdila Ebdulla عەبدوڵڵا عبدالله"),
    ("kmr", "Îbrahîm Birahîm Brahîm ئیبراهیم برايم ابراهيم"),
    ("kmr", "Ûsiv Yûsif یوسف يوسف"),
    ("kmr", "Xezal غەزال غزال Ghazal"),
    ("kmr", "Derwêş Derviş دەروێش درويش Darwish"),
    # Heads of the Yazidi defence of Sinjar: de.wikipedia, Qasim Şeşo ("Schescho"), Heydar Şeşo; vice.com, Qasim Shesho.
    ("yazidi", "Şeşo Shesho Schescho ششو"),
    ("yazidi", "Heydar Haydar Heyder حيدر"),
    # The shrine's name in the same pages: Scherfedin, Sharaffadin, Sheref ad-Din.
    ("yazidi", "Scherfedin Sharaffadin Şerfedîn شرفالدين"),
    # en.wikipedia and it.wikipedia, Vian Dakhil: ڤیان دهخیل, فيان دخيل, Dakheel; auroraprize.com: Khidthir; it.wikipedia: Khadher.
    ("yazidi", "ڤیان فيان Vian Viyan"),
    ("yazidi", "دەخیل دهخیل دخيل Dakhil Dakheel Dexîl"),
    ("yazidi", "Khidthir Khadher Khidir خضر"),
    # de.wikipedia, Arschad Salihi: ارشد صالحي, Erşet; kerkuk.net: Erşat; kirkuknow.com: Erşad; shafaq.com: Arshad.
    ("turkmen", "Erşad Erşat Erşet Arshad Arschad ارشد"),
    ("turkmen", "Salihi صالحي الصالحي"),
    # Final devoicing: M. Miyake, amritas.com, 15 June 2019 (Mehmet); Türk Dil Kurumu spellings.
    ("turkmen", "Mehmet محمد Muhammad"),
    ("turkmen", "Necdet نجدت Najdat"),
    ("turkmen", "İzzettin عزالدين Izzaddin"),
    ("turkmen", "Orhan اورخان Orkhan"),
    ("turkmen", "Ertuğrul Ertugrul ارطغرل"),
    ("turkmen", "Oğlu Oghlu Oglu اوغلو"),
    # de.wikipedia and marefa.org, Yonadam Kanna: يونادم, يونادام; ado-world.com: Younadam; atour.com: Younadem, Kana.
    ("syriac", "Yonadam Younadam Younadem يونادم يونادام"),
    ("syriac", "Kanna Kana كنا"),
    # irakipedia.org, the same: يوبرت بنيامن, يوحنا ججو, يوسف توما.
    ("syriac", "بنيامن بنيامين Binyamin Benjamin"),
    ("syriac", "توما Toma Thoma Thomas"),
    # ashvinsblog.blogspot.com, July 2005: Gewargis, Giwargis, Givargis, Girgis; mkalmanackan.se: Gorgis and Gewargis.
    ("syriac", "Gewargis Giwargis Givargis Gorgis كوركيس"),
    ("syriac", "يوخنا Yukhanna Youkhana يوحنا Yuhanna"),
    ("syriac", "Odisho Audisho Oddesho عوديشو"),
    ("syriac", "شمعون Shimun Shimon Shamoun"),
]


@pytest.mark.parametrize("spellings", [row for _, row in CITED], ids=[f"{kind}-{row.split()[0]}" for kind, row in CITED])
def test_spellings_of_one_name_meet_whoever_wrote_them(spellings):
    assert [(a, b) for a, b in combinations(spellings.split(), 2) if not meet(a, b)] == []


@pytest.mark.parametrize(
    ("apart", "together"),
    [
        ("عبد الله", "عبدالله"),
        ("عبد الرحمن", "Abdurrahman"),
        ("نور الدين", "Nooral-deen"),
        ("ابو العينين", "Abwalainin"),
        ("أبو هليل", "Abu-Hlayel"),
        ("ام كلثوم", "Umm Kulthum"),
    ],
)
def test_parts_written_apart_meet_the_whole(apart, together):
    assert meet(apart, together)


@pytest.mark.parametrize(
    "names", ["محمد حسن", "علي عمر", "Karwan Kamal", "جاسم قاسم", "سركون شليمون", "Şêrko Şîrîn", "Ahmed Hassan"]
)
def test_different_names_do_not_meet(names):
    assert not meet(*names.split())


@settings(deadline=None, max_examples=200)
@given(ANY_TEXT)
def test_the_first_key_is_the_published_one_and_all_are_small_letters(text):
    keys = meeting_keys(text)
    assert len(keys) == len(set(keys)) <= LIMIT
    assert all(found.isascii() and found.isalpha() and found.islower() for found in keys)
    assert not keys or keys[0] == key(text)
    assert bool(keys) == bool(key(text))
