"""Names and codes of places: three systems, four languages, and what may be several places is said to be several."""

from __future__ import annotations

import csv
import json

import pytest

from aljabr.names.places import resolve_place


@pytest.mark.parametrize("text", ["IQG15Q07", "IRQ-G15Q07", "irq-g15q07", "iq15093", " IQG15Q07 "])
def test_a_district_is_read_from_the_code_of_any_system(text):
    found = resolve_place(text)
    assert (found.districts, found.governorates, found.how, found.ambiguous) == (("IQG15Q07",), ("IQG15",), "code", False)


@pytest.mark.parametrize(("text", "codes"), [("iq01", ("IQG01", "IQG08")), ("iq11082", ("IQG11Q04", "IQG13Q03"))])
def test_a_code_given_to_two_places_is_ambiguous(text, codes):
    found = resolve_place(text)
    assert found.ambiguous
    assert tuple(place.code for place in found.places) == codes


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("الموصل", "IQG15Q05"),
        ("قضاء الموصل / المركز", "IQG15Q05"),
        ("mosul city", "IQG15Q05"),
        ("Mûsil", "IQG15Q05"),
        ("مووسڵ", "IQG15Q05"),
        ("Musul", "IQG15Q05"),
        ("Mousul", "IQG15Q05"),
        ("سنجار", "IQG15Q07"),
        ("شنكال", "IQG15Q07"),
        ("شەنگال", "IQG15Q07"),
        ("Şengal, Ninewa", "IQG15Q07"),
        ("Sinjar district", "IQG15Q07"),
        ("تل عفر", "IQG15Q08"),
        ("Tal-Afar", "IQG15Q08"),
        ("Qaraqosh", "IQG15Q03"),
        ("بغديدا", "IQG15Q03"),
        ("كوجو", "IQG15Q07"),
        ("قەزای ئاکرێ", "IQG15Q01"),
        ("الناصريه", "IQG17Q04"),
        ("Ramadi - Anbar", "IQG01Q03"),
        ("Falloujah", "IQG01Q01"),
        ("Al Qa'im", "IQG01Q02"),
        ("Bakuba", "IQG10Q04"),
        ("الحويجه", "IQG13Q01"),
        ("Tuz Khurmatu", "IQG16Q07"),
        ("Tuzhurmatu", "IQG16Q07"),
    ],
)
def test_a_district_is_read_from_messy_names_in_every_language(text, district):
    found = resolve_place(text)
    assert found.districts == (district,)
    assert not found.ambiguous


@pytest.mark.parametrize(
    ("text", "governorates", "districts"),
    [
        ("محافظة النجف", ("IQG04",), ()),
        ("النجف", ("IQG04",), ("IQG04Q03",)),
        ("kirkuk governorate", ("IQG13",), ()),
        ("پارێزگای هەولێر", ("IQG11",), ()),
        ("Baghdad", ("IQG08",), ()),
        ("ابو غريب", ("IQG08",), ()),
        ("Abu Graib", ("IQG08",), ()),
    ],
)
def test_the_word_for_a_level_is_heeded_and_a_place_without_a_district_is_its_governorate(text, governorates, districts):
    found = resolve_place(text)
    assert (found.governorates, found.districts, found.ambiguous) == (governorates, districts, False)


def test_a_name_of_two_places_is_ambiguous_until_the_governorate_is_known():
    found = resolve_place("الكرمة")
    assert found.ambiguous
    assert found.districts == ("IQG01Q01", "IQG17Q05")
    assert resolve_place("الكرمة", within="IQG01").districts == ("IQG01Q01",)
    assert resolve_place("الكرمة، الانبار").districts == ("IQG01Q01",)


@pytest.mark.parametrize(
    ("text", "district"),
    [
        ("الموصل حي الزهور زقاق 5", "IQG15Q05"),
        ("ناحية سنوني التابعة لقضاء سنجار", "IQG15Q07"),
        ("street 12 Mosul near the bridge", "IQG15Q05"),
        ("Zummar camp, Tel Afar", "IQG15Q08"),
    ],
)
def test_a_district_is_found_within_an_address(text, district):
    assert resolve_place(text).districts == (district,)


def test_words_of_a_longer_text_are_the_least_sure():
    assert resolve_place("الموصل حي الزهور زقاق 5").how == "part"
    assert resolve_place("الموصل، حي لا يعرفه احد").how == "name"


@pytest.mark.parametrize("text", ["", "-", "محمد علي", "الجبوري", "Ahmed Hassan", "xyz", "12", "IQG99Q01", "لا يوجد"])
def test_what_is_no_place_is_none(text):
    found = resolve_place(text)
    assert (found.how, found.places) == ("none", ())


def test_every_code_and_name_of_the_published_list_is_read_as_itself(test_data):
    with (test_data("iraq-dtm-pcodes") / "irq_pcodes_adm1_2.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))[1:]
    assert len(rows) == 119
    for row in rows:
        code, parent = row["P-Code"], row["Parent P-Code"]
        assert resolve_place(code).places[0].code == code
        named = resolve_place(row["Name"], within=code[:5])
        assert code in named.governorates + named.districts, row["Name"]
        assert parent in {"IRQ", *named.governorates}


def test_districts_of_the_displacement_rounds_are_read_by_code_and_name(test_data):
    with (test_data("iraq-dtm-pcodes") / "dtm_irq_admin2_to2016.csv").open(encoding="utf-8", newline="") as file:
        rows = {(row["admin2Pcode"], row["admin2Name"], row["admin1Name"]) for row in csv.DictReader(file)}
    for code, name, governorate in rows:
        (place,) = resolve_place(code).places
        assert place.dtm_code == code
        assert place.code in resolve_place(f"{name}, {governorate}").districts


def test_most_names_of_a_messy_gazetteer_are_read_in_their_governorate(test_data):
    cities = json.loads((test_data("iraq-admin-names-2") / "cities" / "cities_data.json").read_text(encoding="utf-8"))
    read = [(city, resolve_place(city["name"]), resolve_place(city["region"])) for city in cities]
    right = [city["name"] for city, place, region in read if set(place.governorates) & set(region.governorates)]
    assert len(right) >= 0.9 * len(cities)
