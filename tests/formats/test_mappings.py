"""A mapping is found by the whole header or not at all."""

from __future__ import annotations

import pytest

from aljabr.errors import MappingBroken
from aljabr.formats import choose_mapping, match_sources
from aljabr.programmes.records import Mapping


def mapping(key, columns, *, kind="csv", **more):
    fields = {column: {"to": to} if isinstance(to, str) else to for column, to in columns.items()}
    return Mapping.model_validate({"key": key, "kind": kind, "columns": fields, **more})


COMMITTEE = mapping(
    "committee", {"الاسم": {"to": "claimant.full_name", "as": "name"}, "رقم": "reference"}, ignore={"ت": "a running number"}
)
KOBO = mapping("kobo", {"person/name": {"to": "claimant.full_name", "as": "name"}, "_uuid": "reference"})


def test_the_mapping_with_exactly_these_columns_is_chosen():
    assert choose_mapping(["ت", "رقم", "  الاسم "], [KOBO, COMMITTEE]) is COMMITTEE
    assert choose_mapping(["رقم", "الاسم"], [KOBO, COMMITTEE]) is COMMITTEE


def test_the_nearest_mapping_and_the_columns_that_differ_are_named():
    with pytest.raises(MappingBroken, match="nearest is kobo: '_uuid' missing; 'person/age' neither mapped nor ignored") as caught:
        choose_mapping(["person/name", "person/age"], [COMMITTEE, KOBO], source="export.csv")
    assert caught.value.details == {"nearest": "kobo", "missing": ["_uuid"], "unknown": ["person/age"]}


def test_two_fitting_mappings_are_refused_and_the_kind_need_not_be_mapped_twice():
    twin = mapping("twin", {"person/name": "claimant.full_name", "_uuid": "reference"})
    with pytest.raises(MappingBroken, match="fits the mappings kobo, twin"):
        choose_mapping(["_uuid", "person/name"], [KOBO, twin])
    assert choose_mapping(["_uuid", "person/name"], [KOBO], kind="xlsx") is KOBO
    book = KOBO.model_copy(update={"key": "book", "kind": "xlsx"})
    assert choose_mapping(["_uuid", "person/name"], [KOBO, book], kind="xlsx") is book
    with pytest.raises(MappingBroken, match="no mapping for"):
        choose_mapping(["a"], [])


def test_keys_that_json_lines_leave_out_are_missed_only_when_required():
    portal = mapping(
        "portal", {"no": {"to": "reference", "required": True}, "phone": {"to": "claimant.phone", "as": "phone"}}, kind="jsonl"
    )
    assert choose_mapping(["no"], [portal]) is portal
    with pytest.raises(MappingBroken, match="'no' missing"):
        choose_mapping(["phone"], [portal])


@pytest.mark.parametrize(
    ("columns", "more", "said"),
    [
        ({"a": "claimant.shoe_size"}, {}, "no target"),
        ({"a": {"to": "item.claimed", "as": "text"}}, {}, "takes money"),
        ({"a": {"to": "relation", "as": "code", "codes": "kin"}}, {}, "not there"),
        ({"a": {"to": "filed_on", "as": "date", "codes": "x"}}, {"codes": {"x": {}}}, "code list but is read"),
        ({"a": "reference", "b": "reference"}, {}, "more than once"),
        ({"a": "reference"}, {"constants": {"reference": "1"}}, "more than once"),
        ({"a": "reference"}, {"constants": {"colour": "red"}}, "no target"),
        ({"a": "reference"}, {"ignore": {"a": "why"}}, "both taken and ignored"),
    ],
)
def test_a_mapping_that_contradicts_itself_is_refused(columns, more, said):
    with pytest.raises(MappingBroken, match=said):
        choose_mapping(list(columns), [mapping("broken", columns, **more)])


def test_a_file_is_opened_the_way_its_mapping_wishes(written):
    tabbed = mapping("tabbed", {"name;x": "reference", "n": "account"}, delimiter="\t")
    ((source, found),) = match_sources(written("name;x\tn\n1;2\t3\n"), [KOBO, tabbed])
    assert (found, source.headers) == (tabbed, ("name;x", "n"))


def test_a_named_mapping_must_exist_and_fit(written):
    path = written("_uuid,person/name\n1,نور\n")
    assert match_sources(path, [COMMITTEE, KOBO], named=[("kobo", "")])[0][1] is KOBO
    with pytest.raises(MappingBroken, match="nearest is committee"):
        match_sources(path, [COMMITTEE, KOBO], named=[("committee", "")])
    with pytest.raises(MappingBroken, match="no mapping 'portal'"):
        match_sources(path, [COMMITTEE, KOBO], named=[("portal", "")])
