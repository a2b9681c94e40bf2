"""Pairs of names among other people: what is one name meets or is proposed, what is two names never joins."""

from __future__ import annotations

import pytest

from aljabr.linkage import FileLinks, link_tables
from aljabr.names.agreement import agreement
from aljabr.relations import Database

ONE_NAME = [
    ("رؤوف", "رئوف"), ("نشأت", "نشئت"), ("مسؤول", "مسئول"), ("مؤيد", "مئيد"), ("نجاة", "نجات"), ("حكمة", "حكمت"), ("بهجة", "بهجت"),
    ("حياة", "حيات"), ("رفعة", "رفعت"), ("عزة", "عزت"), ("موسى", "موسا"), ("ليلى", "ليلا"), ("هدى", "هدا"), ("رنا", "رنى"),
    ("سلمى", "سلما"), ("طه", "طاها"), ("إسماعيل", "اسمعيل"), ("عثمان", "عثمن"), ("عائشة", "عيشة"), ("رائد", "رايد"),
    ("نور الهدى", "Noorulhuda"), ("سيف الدين", "سيفالدين"), ("حازم", "ابو احمد حازم"), ("ماجد", "الحاج ماجد"),
    ("ابتسام", "ابتسلم"), ("خديجة", "خديحة"), ("ئاراس", "آراس"), ("Mihemed", "محمد"), ("كاوه", "کاوە"),
]  # fmt: skip
TWO_NAMES = [
    ("حسن", "حسين", "m", "m"), ("عمر", "عمار", "m", "m"), ("كرم", "كريم", "m", "m"), ("نور", "نورا", "m", "f"),
    ("صالح", "صلاح", "m", "m"), ("محمد", "محمود", "m", "m"), ("علاء", "علا", "m", "f"), ("سمير", "سميرة", "m", "f"),
    ("سالم", "سليم", "m", "m"), ("جمال", "جميل", "m", "m"), ("امير", "اميرة", "m", "f"), ("رشاد", "رشيد", "m", "m"),
]  # fmt: skip
TWO_FAMILIES = [("الحسيني", "الحسني"), ("الزيدي", "الزبيدي"), ("الجميلي", "الجملي"), ("العامري", "العمري"), ("السعدي", "السعيدي")]
FATHERS = ["محمد", "احمد", "علي", "حسن", "جاسم", "خلف", "داود", "ناصر", "عباس", "يونس"]
GRANDFATHERS = ["علي", "حسين", "محمد", "خضر", "احمد", "محمود", "صالح"]
FAMILIES = ["الجبوري", "الدليمي", "الطائي", "البدراني", "الحمداني"]

Row = tuple[str, str | None, str | None]


def _people(pairs: list[tuple[Row, Row]]) -> FileLinks:
    with Database() as db:
        for name, side in (("a", 0), ("b", 1)):
            columns = {"row": "BIGINT", "الاسم": "TEXT", "الجنس": "TEXT", "تاريخ الولادة": "TEXT"}
            db.load_rows(name, columns, [(number, *pair[side]) for number, pair in enumerate(pairs, 1)])
        return link_tables(db, [("a.csv", "a"), ("b.csv", "b")])


def _chain(number: int, given: str, family: str = "") -> str:
    kin = FATHERS[number % 10], GRANDFATHERS[number % 7], family or FAMILIES[number % 5]
    return " ".join((given, *kin))


def _met(links: FileLinks, *, joined: bool) -> set[int]:
    """Return the rows that are joined with, or only proposed beside, the row of their own number in the other list."""
    rows = (links.pairs if joined else links.scored).to_pylist()
    return {p["left_row"] - 1 for p in rows if p["left_row"] == p["right_row"] and p["left_source"] != p["right_source"]}


def test_another_spelling_of_a_given_name_is_found() -> None:
    pairs: list[tuple[Row, Row]] = [
        ((_chain(n, left), None, str(1950 + n)), (_chain(n, right), None, str(1950 + n)))
        for n, (left, right) in enumerate(ONE_NAME)
    ]
    met = _met(_people(pairs), joined=False)
    assert [ONE_NAME[n] for n in range(len(ONE_NAME)) if n not in met] == []


def test_twins_of_two_names_are_not_joined() -> None:
    sexes = {"m": "ذكر", "f": "أنثى"}
    pairs: list[tuple[Row, Row]] = [
        ((_chain(n, left), sexes[one], f"{1960 + n}-03-1{n % 10}"), (_chain(n, right), sexes[other], f"{1960 + n}-03-1{n % 10}"))
        for n, (left, right, one, other) in enumerate(TWO_NAMES)
    ]
    assert [TWO_NAMES[n] for n in sorted(_met(_people(pairs), joined=True))] == []


@pytest.mark.parametrize("years", [None, ("1960", "1961")], ids=["no birth", "a year apart"])
def test_strangers_whose_families_look_alike_are_not_joined(years: tuple[str, str] | None) -> None:
    one, other = years or (None, None)
    pairs: list[tuple[Row, Row]] = [
        ((_chain(n, "سعد", left), None, one), (_chain(n, "سعد", right), None, other))
        for n, (left, right) in enumerate(TWO_FAMILIES)
    ]
    assert [TWO_FAMILIES[n] for n in sorted(_met(_people(pairs), joined=True))] == []


@pytest.mark.parametrize(("left", "right"), [pair for pair in ONE_NAME if " " not in "".join(pair)])
def test_the_comparison_of_two_names_says_the_same(left: str, right: str) -> None:
    assert agreement(left, right) in {"equal", "hand", "open", "slip", "faint"}


@pytest.mark.parametrize(("left", "right"), [*[pair[:2] for pair in TWO_NAMES], *TWO_FAMILIES])
def test_two_names_are_not_said_to_be_one(left: str, right: str) -> None:
    assert agreement(left, right) in {"different", "alike"}
