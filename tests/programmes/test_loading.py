"""A programme is found, read whole, hashed by its content, and refused with file and key when it is broken."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.errors import ProgrammeBroken, UsageError
from aljabr.programmes import load_programme, programme_hash, shipped_programmes
from tests.programmes.conftest import TSA

Edited = Callable[..., Path]


def test_every_shipped_programme_loads_under_its_own_name() -> None:
    assert "IQ-LAW20" in shipped_programmes()
    assert {name: load_programme(name).key for name in shipped_programmes()} == {name: name for name in shipped_programmes()}


def test_a_programme_from_another_world_loads_from_its_folder() -> None:
    programme = load_programme(TSA)
    assert (programme.key, programme.currency.code, programme.stages) == (
        "US-TSA",
        "USD",
        ("intake", "assess", "publish", "report"),
    )


def test_an_unknown_name_lists_what_ships_and_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"Did you mean IQ-LAW20\? Shipped: IQ-LAW20") as refusal:
        load_programme("iq-law-20")
    assert refusal.value.exit_status == 2


def test_a_folder_without_a_programme_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"has no programme\.yaml"):
        load_programme(tmp_path)


def test_a_copy_has_the_same_hash(edited: Edited) -> None:
    assert programme_hash(edited()) == load_programme("IQ-LAW20").hash == load_programme(edited()).hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("amounts/grants.yaml", "", "\n# a remark\n"),
        ("amounts/grants.yaml", "value: 5_000_000_000", "value: 5000000000"),
        ("README.md", "", "About this programme.\n"),
    ],
    ids=["comment", "spelling", "readme"],
)
def test_layout_does_not_change_the_hash(edited: Edited, file: str, old: str, new: str) -> None:
    assert programme_hash(edited(file, old, new)) == load_programme("IQ-LAW20").hash


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("amounts/grants.yaml", "value: 5_000_000_000", "value: 5_000_000_001"),
        ("tables/law20.dmn", "2003-03-20", "2003-03-21"),
        ("letters/ckb.yaml", "بەڕێز", "ڕێزدار"),
        ("funds/demo.yaml", "[50, 50]", "[60, 40]"),
    ],
    ids=["amount", "table", "letter", "fund"],
)
def test_content_changes_the_hash(edited: Edited, file: str, old: str, new: str) -> None:
    assert programme_hash(edited(file, old, new)) != load_programme("IQ-LAW20").hash


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "amounts/property.yaml",
            "unit: percent",
            "units: percent",
            r"amounts/property\.yaml, line \d+, key amounts\[0\]\.unit: is missing",
        ),
        ("amounts/property.yaml", "value: 50\n", "value: 0.5\n", r"key amounts\[0\]\.values\[0\]\.value is the fraction 0\.5"),
        ("programme.yaml", "\nharms:", "\namounts: []\nharms:", r"key amounts belongs in another file"),
        ("programme.yaml", "exponent: 3", "exponent: three", r"programme\.yaml, line \d+, key currency\.exponent"),
        ("procedure.yaml", "steps:", "stages:", r"procedure\.yaml, line \d+, key stages is not known"),
        ("letters/en.yaml", "    subject:", "    topic:", r"letters/en\.yaml, line \d+, key letters\.granted"),
        ("funds/demo.yaml", "rule: proportional", "rule: fair", r"funds/demo\.yaml, line \d+, key tiers\[0\]\.rule"),
        ("cases/overlaps.yaml", "key: relatives", "key: same-person", r"The case 'same-person' stands twice"),
        ("rules.py", "", "print()", r"rules\.py is not a file of a programme"),
        ("tables/fast.sql", "", "SELECT 1", r"tables/fast\.sql is not a file of a programme"),
        ("amounts/more/x.yaml", "", "a: 1", r"amounts/more/x\.yaml is not a file of a programme"),
    ],
)
def test_what_is_broken_is_named_with_file_and_key(edited: Edited, file: str, old: str, new: str, says: str) -> None:
    with pytest.raises(ProgrammeBroken, match=says) as refusal:
        load_programme(edited(file, old, new))
    assert refusal.value.way_out


@pytest.mark.parametrize("name", ["programme.yaml", "procedure.yaml", "funds/other.yaml", "tables/other.dmn", "intake/other.xlsx"])
def test_a_pipe_in_the_programme_is_refused(edited: Edited, name: str) -> None:
    folder = edited()
    (folder / name).unlink(missing_ok=True)
    os.mkfifo(folder / name)
    with pytest.raises((ProgrammeBroken, UsageError), match=r"is a pipe, not a file|has no programme\.yaml"):
        load_programme(folder)


def test_a_room_that_is_a_link_is_refused(edited: Edited, tmp_path: Path) -> None:
    folder = edited()
    (folder / "cases").rename(tmp_path / "elsewhere")
    (folder / "cases").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ProgrammeBroken, match="cases is a link"):
        load_programme(folder)


def test_a_link_out_of_the_programme_is_refused(edited: Edited, tmp_path: Path) -> None:
    folder = edited()
    (folder / "funds" / "other.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(ProgrammeBroken, match=r"funds/other\.yaml is a link"):
        load_programme(folder)
