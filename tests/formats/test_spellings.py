"""Codes and headers meet after the folding that names have; what folds alike and differs in meaning is refused."""

from __future__ import annotations

import pytest

from aljabr.errors import MappingBroken
from aljabr.formats import choose_mapping, interpret, match_sources
from aljabr.formats.spellings import CodeList, meet_names
from aljabr.programmes.records import Field_, Mapping

HARMS = {"شهيد": "death", "اصابة": "injury", "بيت": "property", "شهادة وفاة": "death_certificate", "Birîndar": "injury"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("إصابة", "injury"),
        ("اصابه", "injury"),
        ("اصـــابة", "injury"),
        ("إِصَابَة", "injury"),
        ("الاصابة", "injury"),
        ("شَهيد", "death"),
        ("الشهيد", "death"),
        ("شهيـد.", "death"),
        ("شهید", "death"),
        ("شهادة_الوفاة", "death_certificate"),
        ("شهاده الوفاه", "death_certificate"),
        ("BIRÎNDAR", "injury"),
        ("birindar", "injury"),
    ],
)
def test_a_code_meets_its_spelling_folded_and_says_so(text, code):
    field = Field_.model_validate({"to": "item.harm", "as": "code", "codes": "harm"})
    value, note, reason = interpret([text], field, codes=HARMS)[0]
    assert (value, note) == (code, None if text == "BIRÎNDAR" else "value.read_as")
    assert (reason or "Read as").startswith("Read as")


def test_an_exact_spelling_wins_and_says_nothing():
    field = Field_.model_validate({"to": "item.harm", "as": "code", "codes": "harm"})
    assert interpret(["شهيد", " بيت ", "استشهاد"], field, codes=HARMS)[:2] == [("death", None, None), ("property", None, None)]
    assert interpret(["استشهاد"], field, codes=HARMS)[0][1] == "value.unknown"


@pytest.mark.parametrize(
    "codes",
    [
        {"إصابة": "injury", "اصابه": "death"},
        {"أب": "father", "آب": "august"},
        {"Yaralı": "a", "YARALI": "b"},
        {"بيت ١": "a", "بيت 1": "b"},
    ],
    ids=["hamza and ta", "hamza", "capitals", "digits"],
)
def test_spellings_that_fold_alike_and_mean_two_things_are_refused(codes):
    with pytest.raises(MappingBroken, match="two codes"):
        CodeList(codes)
    broken = Mapping.model_validate(
        {
            "key": "broken",
            "kind": "csv",
            "columns": {"h": {"to": "item.harm", "as": "code", "codes": "h"}},
            "codes": {"h": codes},
        }
    )
    with pytest.raises(MappingBroken, match="two codes"):
        choose_mapping(["h"], [broken])


def test_where_only_the_article_tells_two_apart_neither_is_met_without_it():
    listed = CodeList({"البيت": "home", "بيت": "house", "الدار": "home"})
    assert [listed.meet(text).code for text in ("البيت", "بيت", "دار")] == ["home", "house", "home"]
    assert listed.meet("لبيت") is None


def test_codes_of_the_programme_meet_too():
    field = Field_.model_validate({"to": "item.harm", "as": "code"})
    assert interpret(["Death", "title-deed"], field, allowed=("death", "title_deed"))[1][:2] == ("title_deed", "value.read_as")
    assert interpret(["fire"], field, allowed=("death",))[0][1] == "value.unknown"


@pytest.mark.parametrize("text", ["هوية، صور", "هوية و صور", "هوية/صور", "هوية + صور", "الهوية ، الصور"])
def test_several_codes_are_told_apart_by_any_usual_mark_when_all_are_listed(text):
    field = Field_.model_validate({"to": "exhibits", "as": "codes", "codes": "papers", "separator": ";"})
    assert interpret([text], field, codes={"هوية": "id", "صور": "photos"})[0][0] == ("id", "photos")
    assert interpret(["هوية، وصية"], field, codes={"هوية": "id", "صور": "photos"})[0][:2] == (None, "value.unknown")


def test_headers_meet_folded_the_exact_one_first():
    assert meet_names(["اسم المتوفى او المصاب", "رقم"], ["رقم", "اسم المتوفي أو المصاب"]) == {
        "اسم المتوفى او المصاب": "اسم المتوفي أو المصاب"
    }
    assert meet_names(["رقم الملف"], ["رقم الملف", "رقم  الملفّ"]) == {}
    with pytest.raises(MappingBroken, match="differ only in their spelling"):
        meet_names(["الصلة"], ["الصله", "صلة"] if False else ["الصله", "الصِلة"])


def test_a_file_with_other_spellings_of_its_columns_is_read(written):
    mapping = Mapping.model_validate(
        {
            "key": "m",
            "kind": "csv",
            "columns": {"الاسم الكامل": {"to": "claimant.full_name", "as": "name"}, "Claim No": {"to": "reference"}},
            "ignore": {"ملاحظة": "remarks"},
        }
    )
    source, found = match_sources(written("claim_no,الأسم الكامل,الملاحظه\n7,نور,x\n"), [mapping])[0]
    assert found is mapping
    assert [source.position(column) for column in ("Claim No", "الاسم الكامل", "ملاحظة")] == [0, 1, 2]
    with pytest.raises(MappingBroken, match="neither mapped nor ignored"):
        match_sources(written("claim_no,الاسم الكامل,ملاحظة,الملاحظه\n7,نور,x,y\n"), [mapping])[0]
