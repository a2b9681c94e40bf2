"""A change is written by a lawyer: what it may be, what comes of it, and how it is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from aljabr.errors import ProgrammeBroken, UsageError
from aljabr.programmes import load_programme
from aljabr.programmes.changes import lay_over
from aljabr.programmes.differences import differences
from aljabr.programmes.edits import amount_of, find_cell


def _change(folder: Path, text: str, name: str = "change.yaml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


GRANT = "title: {en: Higher}\nset:\n  - {amount: death_grant_minor, to: 6_000_000_000, from: 2025-01-01}\n"
BAND = 'title: {en: Band}\nset:\n  - {table: Tariff, rule: tar_disability_50, column: disability_percent, to: "[55..75)"}\n'


def test_a_new_value_is_added_and_the_published_ones_stay(tmp_path):
    law = load_programme("IQ-LAW20")
    changed = lay_over(law, _change(tmp_path, GRANT)).programme
    values = {value.from_on: value.value for value in amount_of(changed, "death_grant_minor").values}
    assert values == {date(2003, 3, 20): 3_750_000_000, date(2016, 1, 25): 5_000_000_000, date(2025, 1, 1): 6_000_000_000}
    assert changed.hash != law.hash and load_programme("IQ-LAW20").hash == law.hash


def test_always_sets_the_amount_on_every_day_it_has_one(tmp_path):
    changed = lay_over(load_programme("IQ-LAW20"), _change(tmp_path, GRANT.replace("2025-01-01", "always"))).programme
    assert {value.value for value in amount_of(changed, "death_grant_minor").values} == {6_000_000_000}


def test_a_cell_is_set_and_the_difference_says_where(tmp_path):
    law = load_programme("IQ-LAW20")
    changed = lay_over(law, _change(tmp_path, BAND)).programme
    found = [(d.kind, d.place, d.before, d.after) for d in differences(law, changed)]
    assert found == [("cell", "Tariff.tar_disability_50.disability_percent", "[50..75)", "[55..75)")]


def test_an_amounts_file_adds_its_values_by_key_and_day(tmp_path):
    text = """amounts:
  - key: injury_grant_minor
    unit: minor
    selects_by: decided_on
    values: [{from_on: 2025-07-01, value: 3_000_000_000, reference: {instrument: Law 20/2009, article: draft}}]
"""
    law = load_programme("IQ-LAW20")
    changed = lay_over(law, _change(tmp_path, text, "amounts.yaml")).programme
    (found,) = differences(law, changed)
    assert (found.place, found.since, found.before, found.after) == (
        "injury_grant_minor", "2025-07-01", "2500000000", "3000000000",
    )  # fmt: skip


def test_a_dmn_file_replaces_the_decisions_of_its_names(tmp_path):
    law = load_programme("IQ-LAW20")
    text = (law.folder / "tables" / "law20.dmn").read_text(encoding="utf-8")
    assert text.count("[75..100]") == 1
    changed = lay_over(law, _change(tmp_path, text.replace("[75..100]", "[80..100]"), "stricter.dmn"))
    assert changed.key == "stricter" and len(changed.programme.tables) == len(law.tables)
    assert find_cell(changed.programme, "Tariff", "tar_disability_75", "disability_percent")[1].inputs[1] == "[80..100]"


def test_a_folder_lays_tables_and_amounts_and_then_its_change_file(tmp_path):
    folder = tmp_path / "reform"
    law = load_programme("IQ-LAW20")
    text = (law.folder / "tables" / "law20.dmn").read_text(encoding="utf-8").replace("[75..100]", "[80..100]")
    _change(folder, text, "tables/law20.dmn")
    _change(folder, GRANT)
    changed = lay_over(law, folder)
    assert changed.title == {"en": "Higher"}
    assert [d.kind for d in differences(law, changed.programme)] == ["amount", "cell"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (GRANT.replace("death_grant_minor", "deth_grant_minor"), "line 3.*no amount deth_grant_minor.*death_grant_minor"),
        (GRANT.replace(", from: 2025-01-01", ""), "line 3.*from is missing.*always"),
        (GRANT.replace("6_000_000_000", "much"), r"set\[0\]\.to says 'much'"),
        (BAND.replace("tar_disability_50", "r5"), "no rule r5.*tar_death"),
        (BAND.replace("disability_percent", "percent"), "no column percent.*harm, disability_percent"),
        (BAND.replace('"[55..75)"', '">= sixty"'), "change.yaml: .*tar_disability_50"),
        ("title: {en: Nothing}\nset:\n  - {thing: x}\n", r"set\[0\] is no step"),
        (BAND.replace("[55..75)", "[50..75)"), "changes nothing"),
    ],
    ids=["amount", "from", "number", "rule", "column", "cell", "step", "nothing"],
)
def test_a_mistake_is_refused_with_its_place_and_the_way_out(tmp_path, text, words):
    with pytest.raises(ProgrammeBroken, match=words):
        lay_over(load_programme("IQ-LAW20"), _change(tmp_path, text))


def test_what_is_no_change_is_refused(tmp_path):
    law = load_programme("IQ-LAW20")
    with pytest.raises(UsageError, match="no change"):
        lay_over(law, _change(tmp_path, "x", "change.txt"))
    with pytest.raises(ProgrammeBroken, match=r"programme\.yaml is not a file of a change"):
        _change(tmp_path / "folder", "key: X", "programme.yaml")
        lay_over(law, tmp_path / "folder")
