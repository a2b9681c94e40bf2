"""The reference of the programme format lists every key of every record, marks those that must be there, and its examples hold."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel
from tests.conftest import ROOT

from aljabr.programmes import records
from aljabr.programmes.folder import ROOMS, TOP_FILES
from aljabr.programmes.reading import read_yaml_text

PAGE = (ROOT / "docs" / "reference" / "programme-format.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", PAGE, re.DOTALL | re.MULTILINE))
# Field_ is a column of a mapping; it may not be called Field, which is pydantic's.
TITLES = {"Field_": "Column"}
# Written in DMN, in one file by outcome, or shown whole in the tutorial: no YAML example of their own.
ELSEWHERE = {"DecisionTable", "InputClause", "OutputClause", "Rule", "Letter", "Programme"}
RECORDS = {
    TITLES.get(name, name): record
    for name, record in vars(records).items()
    if isinstance(record, type) and issubclass(record, records.Record) and record is not records.Record
}


def keys(record: type[BaseModel]) -> dict[str, bool]:
    """Return each key as it is written, and whether it must be there."""
    return {field.alias or name: field.is_required() for name, field in record.model_fields.items()}


def test_every_record_has_a_section_and_every_section_a_record() -> None:
    assert SECTIONS.keys() == RECORDS.keys()


@pytest.mark.parametrize("title", RECORDS)
def test_a_section_lists_the_keys_of_its_record_and_no_other(title: str) -> None:
    rows = re.findall(r"^\| `(\w+)`( \*)? \|", SECTIONS[title], re.MULTILINE)
    assert [key for key, _ in rows] and len(rows) == len({key for key, _ in rows})
    assert {key for key, _ in rows} == keys(RECORDS[title]).keys()
    if title not in ELSEWHERE:
        assert {key for key, star in rows if star} == {key for key, needed in keys(RECORDS[title]).items() if needed}


@pytest.mark.parametrize("title", sorted(RECORDS.keys() - ELSEWHERE))
def test_the_example_of_a_section_uses_every_key_and_is_accepted(title: str) -> None:
    example = re.search(r"```yaml\n(.*?)```", SECTIONS[title], re.DOTALL)
    assert example, "no example"
    content = read_yaml_text(example[1], name=title).content
    assert isinstance(content, dict)
    assert content.keys() == keys(RECORDS[title]).keys()
    RECORDS[title].model_validate(content)


def test_every_kind_of_file_is_named() -> None:
    for name in (*TOP_FILES, *(f"{room}/*{suffixes[0]}" for room, suffixes in ROOMS.items())):
        assert f"| `{name}` |" in PAGE


def test_every_link_inside_the_page_leads_somewhere() -> None:
    anchors = {title.lower() for title in SECTIONS}
    assert set(re.findall(r"\]\(#([\w-]+)\)", PAGE)) <= anchors
