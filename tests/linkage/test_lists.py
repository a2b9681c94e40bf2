"""Lists of people with names in chains, in files nobody has described."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aljabr.errors import UsageError
from aljabr.linkage import FileLinks, link_tables
from aljabr.relations import Database

COMMITTEE = ["الاسم الكامل", "اسم الأم", "سنة الولادة", "المحافظة"]
CAMP = ["اسم_المفقود", "الأم", "تاريخ التولد", "محافظة"]


def _load(db: Database, name: str, header: Sequence[str], rows: Sequence[Sequence[str | None]]) -> None:
    columns = {"row": "BIGINT", **dict.fromkeys(header, "TEXT")}
    db.load_rows(name, columns, [(number, *row) for number, row in enumerate(rows, 1)])


def _linked(db: Database, **tables: tuple[Sequence[str], Sequence[Sequence[str | None]]]) -> FileLinks:
    for name, (header, rows) in tables.items():
        _load(db, name, header, rows)
    return link_tables(db, [(f"{name}.csv", name) for name in tables])


def _pairs(links: FileLinks) -> list[tuple[str, int, str, int]]:
    return [(p["left_source"], p["left_row"], p["right_source"], p["right_row"]) for p in links.pairs.to_pylist()]


@pytest.mark.parametrize(
    "other",
    [
        ("عبدهللا حسين أحمد الجبورى", "فاطمه", "1975", "الموصل"),
        ("عبدالله حسين احمد الجبوري", None, "14/03/1975", "Ninewa"),
        ("عبد الله حسين الجبوري", "فاطمة علي", "١٩٧٥", None),
        ("Abdullah Hussein Ahmed Al-Jubouri", None, "1975-03-14", "نينوى"),
    ],
    ids=["damaged lam-alef", "one word", "grandfather left out", "Latin letters"],
)
def test_one_person_in_two_lists_is_found_in_another_spelling(db: Database, other: tuple[str | None, ...]) -> None:
    first = ("عبد الله حسين احمد الجبوري", "فاطمة علي", "1975", "نينوى")
    stranger = ("سعد كريم ناصر الدليمي", "هند", "1961", "الأنبار")
    links = _linked(db, a=(COMMITTEE, [first, stranger]), b=(CAMP, [other, ("ياسر نبيل طه العاني", "سارة", "1990", "الأنبار")]))
    assert _pairs(links) == [("a.csv", 1, "b.csv", 1)]
    assert links.scorer == "person_v3"


@pytest.mark.parametrize(
    "other",
    [
        ("خالد حسين احمد الجبوري", "فاطمة علي", "1978", "نينوى"),
        ("عبد الله حسين احمد الجبوري", "زينب حسن", "1991", "نينوى"),
    ],
    ids=["brother", "namesake of another mother and year"],
)
def test_a_brother_and_a_namesake_stay_apart(db: Database, other: tuple[str, ...]) -> None:
    first = ("عبد الله حسين احمد الجبوري", "فاطمة علي", "1975", "نينوى")
    assert _linked(db, a=(COMMITTEE, [first, other])).persons == 2


def test_a_fathers_name_told_apart_stands_in_the_second_place_of_the_chain(db: Database) -> None:
    syrian = ["الاسم والكنية", "اسم الأب", "سنة الميلاد"]
    rows = [("محمد الحلبي", "احمد", "1980"), ("محمد الحلبي", "سعيد", "1980")]
    links = _linked(db, a=(syrian, rows), b=(["full name", "birth year"], [("Mohamed Ahmad al-Halabi", "1980"), ("x y", "1")]))
    assert _pairs(links) == [("a.csv", 1, "b.csv", 1)]


def test_ages_meet_years_of_birth_as_of_the_year_that_rows_with_both_prove(db: Database) -> None:
    told = [("علي حسن كريم الساعدي", "1980", "44"), ("نبيل طه ياسين العاني", "1990", "34")]
    links = _linked(
        db, a=(["الاسم", "المواليد", "العمر"], told), b=(["الاسم", "العمر"], [("على حسن كريم الساعدى", "44"), ("ا ب", "3")])
    )
    assert _pairs(links) == [("a.csv", 1, "b.csv", 1)]


def test_headers_that_say_nothing_leave_the_content_to_speak(db: Database) -> None:
    rows = [(f"{given} حسن كريم الساعدي", "0770123456" + str(n)) for n, given in enumerate(("علي", "زيد", "سعد", "مهند"))]
    links = _linked(db, a=(["c1", "c2"], [*rows, rows[0]]))
    assert {c.column: (c.meaning, c.sureness) for c in links.columns} == {"c1": ("full_name", 0.5), "c2": ("phone", 0.6)}
    assert _pairs(links) == [("a.csv", 1, "a.csv", 5)]


def test_bad_values_join_nobody_and_are_listed(db: Database) -> None:
    given = ["علي", "زيد", "سعد", "مهند", "نبيل", "ياسر", "كريم", "رائد"]
    crowd = [(f"{name} حسن {name} الساعدي", "198012345678", "30") for name in given]
    nobody = [("غير معروف", "196511112222", "-1"), ("غير معروف", "197733334444", "-1"), ("طفل رضيع", None, None), ("م", None, None)]
    links = _linked(db, a=(["الاسم", "رقم الهوية", "العمر"], [*crowd, *nobody]))
    assert links.persons == links.records == 12
    codes = [doubt["code"] for doubt in links.doubts.to_pylist()]
    counted = {code: codes.count(code) for code in sorted(set(codes))}
    assert counted == {"age.impossible": 2, "id.crowded": 8, "name.one_letter": 1, "name.placeholder": 3}


def test_a_row_keeps_its_record_id_when_rows_are_put_in_before_it(db: Database) -> None:
    rows = [("علي حسن كريم الساعدي", "1980"), ("نبيل طه ياسين العاني", "1990")]
    ids = [row["record"] for row in _linked(db, a=(["الاسم", "المواليد"], rows)).clusters.to_pylist()]
    again = [row["record"] for row in _linked(db, a=(["الاسم", "المواليد"], [("سعد ناصر", "1970"), *rows])).clusters.to_pylist()]
    assert again[1:] == ids


def test_lists_without_names_are_refused(db: Database) -> None:
    with pytest.raises(UsageError, match="names people"):
        _linked(db, a=(["اسم الأب", "المواليد"], [("علي", "1980"), ("حسن", "1990")]))
