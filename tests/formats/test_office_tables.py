"""A workbook for an office: text stays text, money has the currency's decimals, the same rows give the same bytes."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from aljabr.formats.office_tables import OfficeColumn, sheet_name, write_office_table

COLUMNS = (
    OfficeColumn(heading="المرجع / Reference", width=20),
    OfficeColumn(heading="Row", width=8, kind="count"),
    OfficeColumn(heading="Amount", width=20, kind="money"),
)
ROWS = (
    ("0012", 3, 5_000_000_250),
    ("=HYPERLINK(\"http://x\")", None, None),
    ("+9647701234567", 4, 7),
    ("123456789012345678", 5, 9_007_199_254_740_993),
    ("x" * 40_000, 6, 0),
)  # fmt: skip


def written(path: Path, as_of: date = date(2024, 12, 31)) -> Path:
    assert write_office_table(path, COLUMNS, ROWS, as_of=as_of, title="اللجنة: 1/2", rtl=True, exponent=3, notice="A & B") == 5
    return path


def part(path: Path, name: str) -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode()


def test_identifiers_phones_and_formulas_survive_as_text(tmp_path: Path) -> None:
    book = CalamineWorkbook.from_path(written(tmp_path / "a.xlsx"))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:5]] == ["0012", '=HYPERLINK("http://x")', "+9647701234567", "123456789012345678"]
    assert len(rows[5][0]) == 32_767 and rows[5][0].endswith("…")
    sheet = part(tmp_path / "a.xlsx", "xl/worksheets/sheet1.xml")
    assert "<f>" not in sheet and "rightToLeft" in sheet and "<hyperlink" not in sheet
    styles = part(tmp_path / "a.xlsx", "xl/styles.xml")
    assert 'quotePrefix="1"' in styles, "a formula somebody wrote stays text when the cell is edited"


def test_money_has_exactly_the_currencys_decimals(tmp_path: Path) -> None:
    rows = CalamineWorkbook.from_path(written(tmp_path / "a.xlsx")).get_sheet_by_index(0).to_python()
    # 5,000,000.250 and 0.007 as numbers; what a double cannot hold is written out.
    assert [row[2] for row in rows[1:6]] == [5_000_000.25, "", 0.007, "9007199254740.993", 0.0]
    assert "#,##0.000" in part(tmp_path / "a.xlsx", "xl/styles.xml")


def test_the_same_rows_give_the_same_bytes_dated_as_the_run(tmp_path: Path) -> None:
    one, other = written(tmp_path / "a.xlsx"), written(tmp_path / "b.xlsx")
    assert one.read_bytes() == other.read_bytes()
    assert "2024-12-31T00:00:00Z" in part(one, "docProps/core.xml")
    assert written(tmp_path / "c.xlsx", as_of=date(2025, 1, 1)).read_bytes() != one.read_bytes()


@pytest.mark.parametrize(("title", "name"), [("a" * 40, "a" * 31), ("[1]:*?/\\", "1"), ("''", "Table"), ("", "Table")])
def test_any_title_becomes_a_sheets_name(title: str, name: str) -> None:
    assert sheet_name(title) == name
