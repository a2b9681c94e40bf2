"""A text file is read in the encoding it was written in, or refused: never as words that nobody writes."""

from __future__ import annotations

import random

import pytest

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats import match_sources, open_source
from aljabr.formats.damage import damage, decoded_twice
from aljabr.formats.plausibility import weigh
from aljabr.programmes.records import Mapping

ARABIC = [
    "أحمد",
    "كاظم",
    "علي",
    "حسن",
    "محمود",
    "إبراهيم",
    "زينب",
    "فاطمة",
    "يوسف",
    "نور",
    "هدى",
    "سعد",
    "ناظم",
    "فيصل",
    "خلف",
    "الجبوري",
    "الدليمي",
    "الشمري",
    "الطائي",
    "القيسي",
    "خديجة",
    "عبدالله",
]
SORANI = ["ئارام", "هێمن", "شێرکۆ", "ڕێبوار", "نەسرین", "دڵشاد", "کاوە", "گوڵاڵە"]
SORANI_1256 = ["ئارام", "كاوه", "نازدار", "دلشاد", "فرهاد", "سردار"]
KURMANJI = ["Şêrîn", "Gulê", "Çeto", "Xidir", "Tûrê", "Bişar", "Zîn", "Hêja", "Dîlan", "Şêxmûs"]
TURKISH = [
    "Ayşe",
    "Yıldırım",
    "Çelik",
    "Özgür",
    "Şahin",
    "Öztürk",
    "Gülşen",
    "İbrahim",
    "Ağaoğlu",
    "Kılıç",
    "Doğan",
    "Barış",
    "Işık",
    "Çağrı",
    "Ömer",
    "Uğur",
    "Yiğit",
    "Aydın",
]
CAPITALS = [name.replace("i", "İ").upper() for name in TURKISH]
ENGLISH = ["John", "Smith", "José", "Müller", "François", "Hélène"]
LISTS = {"ar": ARABIC, "ckb": SORANI_1256, "kmr": KURMANJI, "tr": TURKISH, "TR": CAPITALS, "en": ENGLISH}
ENCODINGS = (
    "cp1256",
    "iso8859-6",
    "mac_arabic",
    "cp720",
    "cp1254",
    "iso8859-9",
    "cp1252",
    "latin-1",
    "mac_turkish",
    "cp857",
    "cp850",
    "mac_roman",
)


def register(names, rows, rng, *, encoding):
    """Return a register as bytes, of names that an encoding can write; None when it can write none."""
    able = [name for name in names if name.encode(encoding, "ignore").decode(encoding) == name]
    if not able:
        return None
    people = [" ".join(rng.choice(able) for _ in range(rng.choice((2, 3, 4)))) for _ in range(rows)]
    lines = [f"R{number},2020-03-01,{name},1980,07701234567" for number, name in enumerate(people)]
    return "\n".join(["ref,filed,name,born,phone", *lines, ""]).encode(encoding)


@pytest.mark.parametrize("rows", [1, 3, 40])
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("language", LISTS)
def test_no_register_is_silently_read_as_something_else(written, language, encoding, rows):
    rng = random.Random(f"{language} {encoding} {rows}")
    for _ in range(12 if rows < 10 else 2):
        raw = register(LISTS[language], rows, rng, encoding=encoding)
        if raw is None or raw.isascii():
            continue
        try:
            source = open_source(written(raw))
        except SourceBroken as refused:
            assert encoding != "cp1256" or rows == 1
            assert "words that nobody writes" in str(refused) or "decoded twice" in str(refused)
        else:
            assert raw.decode(source.encoding) == raw.decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("names", [ARABIC, SORANI, KURMANJI, TURKISH, ENGLISH], ids=["ar", "ckb", "kmr", "tr", "en"])
def test_unicode_stays_what_it_is(written, names, encoding):
    raw = register(names, 5, random.Random(1), encoding=encoding)
    source = open_source(written(raw))
    read = [cell for batch in source.batches() for cell in batch.rows.column("name").to_pylist()]
    assert all(set(name.split()) <= set(names) for name in read) and len(read) == 5


@pytest.mark.parametrize("encoding", ["iso8859-9", "cp1254", "iso8859-6", "mac_arabic", "cp720", "utf-16", "utf-16-be"])
def test_any_encoding_of_text_may_be_stated(written, encoding):
    names = TURKISH if encoding in {"iso8859-9", "cp1254"} else ARABIC
    raw = register(names, 4, random.Random(2), encoding=encoding)
    mapping = Mapping.model_validate(
        {
            "key": "m",
            "kind": "csv",
            "encoding": encoding,
            "columns": {"name": {"to": "claimant.full_name", "as": "name"}},
            "ignore": dict.fromkeys(("ref", "filed", "born", "phone"), "x"),
        }
    )
    source, _ = match_sources(written(raw), [mapping])[0]
    read = [cell for batch in source.batches() for cell in batch.rows.column("name").to_pylist()]
    assert all(set(name.split()) <= set(names) for name in read) and len(read) == 4


def test_what_is_no_encoding_of_text_is_refused_by_name(written):
    for name in ("rot13", "base64", "punycode", "no-such"):
        with pytest.raises(MappingBroken, match="not one that text is read in"):
            open_source(written("a,b\n1,2\n"), encoding=name)


def test_a_stated_encoding_that_surely_is_another_is_refused(written):
    utf8 = register(ARABIC, 5, random.Random(3), encoding="utf-8")
    with pytest.raises(SourceBroken, match="state encoding: utf-8"):
        open_source(written(utf8), encoding="cp1256")
    turkish = register(TURKISH, 20, random.Random(3), encoding="cp1254")
    with pytest.raises(SourceBroken, match="state encoding: cp1254"):
        open_source(written(turkish), encoding="cp1256")


@pytest.mark.parametrize("wrong", ["cp1252", "cp1256", "latin-1", "mac-roman", "cp437"])
def test_a_file_that_was_decoded_twice_is_refused(written, wrong):
    raw = register(ARABIC, 5, random.Random(4), encoding="utf-8").decode(wrong, "ignore").encode("utf-8")
    if wrong in {"cp1252", "cp1256"}:
        raw = "ref,name\n1,{}\n".format("أحمد ناظم سعد".encode().decode(wrong)).encode()
    with pytest.raises(SourceBroken, match="decoded twice"):
        open_source(written(raw))


@pytest.mark.parametrize("first", ["latin-1", "cp1252", "cp1256"])
@pytest.mark.parametrize("second", ["latin-1", "cp1252", "cp1256"])
def test_a_file_that_was_decoded_wrongly_two_times_is_refused(written, first, second):
    text = "كاظم"
    for wrong in (first, second):
        read = text.encode().decode(wrong, "surrogateescape")
        text = "".join(chr(ord(letter) & 0xFF) if "\udc80" <= letter <= "\udcff" else letter for letter in read)
    assert decoded_twice(text) == "كاظم"
    with pytest.raises(SourceBroken, match="may have said 'كاظم'"):
        open_source(written(f"ref,name\n1,{text}\n".encode()))


def test_one_row_of_another_encoding_is_refused_alone(written, read):
    rows = [f"{number},{' '.join(ARABIC[number % 20 : number % 20 + 3])}".encode("cp1256") for number in range(60)]
    rows[30] = "30,أحمد ناظم".encode()
    rows[40] = "40,Ayşe Yıldırım".encode("cp1254")
    _, good, bad = read(written(b"no,name\n" + b"\n".join(rows) + b"\n"))
    assert len(good) == 58
    assert [(row, code) for row, _, code in bad] == [(31, "row.undecodable"), (41, "row.undecodable")]


@pytest.mark.parametrize(
    "text", ["????", "??? ????", "أحمد ??? علي", "Ay?e Y?ld?r?m", "أح\ufffdد", "Ø£Ø­Ù…Ø¯", "AyÅŸe", "ÃÍãÏ ßÇÙã"]
)
def test_a_damaged_text_is_told(text):
    assert damage(text)


@pytest.mark.parametrize(
    "text",
    [
        *ARABIC,
        *SORANI,
        *KURMANJI,
        *TURKISH,
        *CAPITALS,
        *ENGLISH,
        "نوع، ع",
        "كم؟؟",
        "ok??",
        "what?",
        "؟",
        "«نعم»",
        "بلوكA",
        "Ü",
        "٪60",
    ],
)
def test_a_plain_text_is_not_damaged(text):
    assert not damage(text)
    for wrong in ("cp1252", "cp1256", "latin-1", "cp1254", "mac-roman", "cp850"):
        twice = text.encode().decode(wrong, "surrogateescape")
        if not text.isascii() and not any("\udc80" <= letter <= "\udcff" for letter in twice):
            assert decoded_twice(twice) == text


def test_a_reading_is_weighed_with_its_likelier_rival_named():
    assert weigh("أحمد كاظم".encode("cp1256"), "cp1256").plausible
    found = weigh("أحمد كاظم".encode("iso8859-6"), "cp1256")
    assert (found.plausible, found.likelier) == (False, "iso8859-6")


def test_arabic_marks_tell_columns_apart(written, read):
    _, good, _ = read(written("رقم؛الاسم\n1؛نور\n"))
    assert good == [(1, 2, "1", "نور")]
