"""The programme's mappings read back whatever the four sources write."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from aljabr.programmes.records import Mapping
from aljabr.samples.sources import LAYOUTS
from aljabr.samples.vocabulary import DATA, words

INTAKE = Path(__file__).resolve().parents[2] / "programmes" / "IQ-LAW20" / "intake"
SOURCES = tuple(LAYOUTS)


def _mapping(source: str) -> Mapping:
    return Mapping.model_validate(yaml.safe_load((INTAKE / f"{source}.yaml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("source", SOURCES)
def test_every_column_is_taken_or_ignored_with_a_reason(source: str) -> None:
    mapping, layout = _mapping(source), LAYOUTS[source]
    assert mapping.key == source and mapping.kind == layout.kind
    assert set(mapping.columns) | set(mapping.ignore) == set(layout.columns.values())
    assert all(len(reason) > 10 for reason in mapping.ignore.values())


@pytest.mark.parametrize("source", SOURCES)
def test_every_word_a_source_writes_is_in_the_code_list(source: str) -> None:
    mapping = _mapping(source)
    for name, codes in words(source).items():
        if name == "yes_no":
            continue
        for code, spelled in codes.items():
            assert {mapping.codes[name].get(word) for word in spelled} == {code}, (source, name, code)


@pytest.mark.parametrize("source", SOURCES)
def test_every_spelling_of_a_district_leads_to_its_code(source: str) -> None:
    listed = _mapping(source).codes["district"]
    languages = {"ngo_kobo": ("english",), "portal": ("arabic", "english", "sorani", "kurmanji")}.get(source, ("arabic",))
    for entry in yaml.safe_load((DATA / "places.yaml").read_text(encoding="utf-8")):
        for language in languages:
            assert {listed.get(spelling) for spelling in entry[language]} == {entry["code"]}


def test_district_codes_are_those_of_the_published_list(test_data) -> None:  # type: ignore[no-untyped-def]
    listed = (test_data("iraq-dtm-pcodes") / "irq_pcodes_adm1_2.csv").read_text(encoding="utf-8-sig")
    codes = {entry["code"] for entry in yaml.safe_load((DATA / "places.yaml").read_text(encoding="utf-8"))}
    assert all(f",2,{code}," in listed for code in codes)
    assert {code for code in codes if code.startswith("IQG15")} == {f"IQG15Q{number:02d}" for number in range(1, 10)}
