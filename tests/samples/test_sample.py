"""What a sample contains, and that it is the same whenever it is written."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from aljabr.errors import UsageError
from aljabr.samples import write_sample

from .conftest import CLAIMS, Written


def _hashes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def _portal(written: Written) -> list[dict[str, object]]:
    return [json.loads(line) for line in (written.folder / "portal.jsonl").read_text(encoding="utf-8").splitlines()]


def test_the_same_seed_gives_the_same_bytes(usual: Written, tmp_path: Path) -> None:
    write_sample(tmp_path / "s", claims=CLAIMS, truth_folder=tmp_path / "t")
    assert _hashes(tmp_path / "s") == _hashes(usual.folder)
    assert _hashes(tmp_path / "t") == _hashes(usual.truth_folder)


def test_another_seed_gives_other_people(tmp_path: Path) -> None:
    write_sample(tmp_path / "a", claims=50, seed=1, truth_folder=tmp_path / "at")
    write_sample(tmp_path / "b", claims=50, seed=2, truth_folder=tmp_path / "bt")
    assert _hashes(tmp_path / "a")["portal.jsonl"] != _hashes(tmp_path / "b")["portal.jsonl"]


def test_a_sample_has_exactly_as_many_rows_as_claims_were_asked_for(usual: Written) -> None:
    sheet = CalamineWorkbook.from_path(usual.folder / "committee.xlsx").get_sheet_by_index(0)
    counted = {"committee": len(sheet.to_python()) - 1, "portal": len(_portal_lines(usual))}
    for name, encoding, delimiter in (("ngo_kobo", "utf-8-sig", ","), ("camp_register", "cp1256", ";")):
        with (usual.folder / f"{name}.csv").open(encoding=encoding, newline="") as stream:
            counted[name] = len(list(csv.reader(stream, delimiter=delimiter))) - 1
    assert counted == usual.summary.sources
    assert sum(counted.values()) == usual.summary.rows == CLAIMS


def _portal_lines(written: Written) -> list[str]:
    return (written.folder / "portal.jsonl").read_text(encoding="utf-8").splitlines()


def test_claims_filed_in_several_slices_keep_the_order_of_their_days(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("aljabr.samples.sample.SLICE", 100)
    written = Written(
        folder=tmp_path / "s",
        truth_folder=tmp_path / "t",
        summary=write_sample(tmp_path / "s", claims=450, level="clean", truth_folder=tmp_path / "t", as_of=date(2020, 6, 30)),
    )
    days = [str(row["submitted_on"]) for row in _portal(written)]
    assert days == sorted(days)
    assert days[0] >= "2017-09-01" and days[-1] <= "2020-05-31"
    assert sum(written.summary.sources.values()) == 450


def test_property_is_about_two_thirds_of_what_is_claimed(clean: Written) -> None:
    harms = Counter(str(row["harm"]) for row in _portal(clean))
    total = sum(harms.values())
    assert 0.58 < harms["property"] / total < 0.75
    assert {"death", "missing", "disability", "injury", "employment_study"} <= set(harms)


def test_iraqi_account_numbers_have_the_right_form_and_check_digits(usual: Written) -> None:
    accounts = [str(row["iban"]) for row in _portal_sound(usual) if "iban" in row]
    assert len(accounts) > 100
    for account in accounts:
        assert len(account) == 23 and account[:2] == "IQ" and account[4:8].isalpha() and account[8:].isdigit()
        assert int("".join(str(int(letter, 36)) for letter in account[4:] + account[:4])) % 97 == 1


def _portal_sound(written: Written) -> list[dict[str, object]]:
    broken = {int(row["row"]) for row in written.truth("quarantine") if row["source"] == "portal"}
    return [json.loads(line) for row, line in enumerate(_portal_lines(written), start=1) if row not in broken]


def test_no_file_has_a_column_for_a_community(usual: Written) -> None:
    headers = {key for row in _portal_sound(usual) for key in row}
    headers |= set((usual.folder / "ngo_kobo.csv").read_text(encoding="utf-8-sig").split("\r\n", 1)[0].split(","))
    banned = ("ethnic", "religi", "sect", "tribe", "communit", "confession")
    assert not [header for header in headers if any(word in header.lower() for word in banned)]


def test_the_camp_register_is_windows_arabic_with_turned_ligatures(usual: Written) -> None:
    text = (usual.folder / "camp_register.csv").read_bytes().decode("cp1256")
    assert "عبد هللا" in text
    with pytest.raises(UnicodeDecodeError):
        (usual.folder / "camp_register.csv").read_bytes().decode("utf-8")


def test_the_register_mixes_real_dates_text_dates_and_eastern_digits(usual: Written) -> None:
    rows = CalamineWorkbook.from_path(usual.folder / "committee.xlsx").get_sheet_by_index(0).to_python()
    column = [row[rows[0].index("تاريخ الحادث")] for row in rows[1:]]
    assert any(isinstance(value, date) for value in column)
    assert any(isinstance(value, str) and "/" in value and value[0].isascii() for value in column)
    assert any(isinstance(value, str) and value[:1] in "٠١٢٣" and value for value in column)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"level": "filthy"}, "filthy"),
        ({"claims": 0}, "empty"),
        ({"as_of": date(2016, 1, 1)}, "2016"),
    ],
    ids=["level", "claims", "date"],
)
def test_a_sample_that_cannot_be_is_refused(change: dict[str, object], word: str, tmp_path: Path) -> None:
    wanted: dict[str, object] = {"claims": 10, "truth_folder": tmp_path / "t", **change}
    with pytest.raises(UsageError, match=word):
        write_sample(tmp_path / "s", **wanted)  # type: ignore[arg-type]


def test_the_truth_never_lies_within_the_sample(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="lies within"):
        write_sample(tmp_path / "s", claims=10, truth_folder=tmp_path / "s" / "truth")
