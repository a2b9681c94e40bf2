"""XLSX: cells become canonical text, and an archive that lies is refused before it is opened."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats import open_source


@pytest.fixture
def book(tmp_path):
    """Return a function that writes sheets (name → rows) to a workbook."""

    def write(sheets, name="claims.xlsx", **options):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as workbook:
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title)
                for line, row in enumerate(rows):
                    for position, value in enumerate(row):
                        if value is not None:
                            sheet.write(line, position, value)
                if title in options.get("hidden", ()):
                    sheet.hide()
        return path

    return write


@pytest.fixture
def parts(tmp_path):
    """Return a function that writes a workbook out of raw parts, each sheet content replacing the only sheet."""

    def write(sheet, extra=()):
        path = tmp_path / "raw.xlsx"
        with xlsxwriter.Workbook(tmp_path / "model.xlsx") as workbook:
            workbook.add_worksheet("s")
        with zipfile.ZipFile(tmp_path / "model.xlsx") as model, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for entry in model.namelist():
                made.writestr(entry, sheet if entry == "xl/worksheets/sheet1.xml" else model.read(entry))
            for name, content in extra:
                made.writestr(name, content)
        return path

    return write


SHEET = '<?xml version="1.0"?>{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'


def test_dates_numbers_and_truth_values_become_canonical_text(book, read):
    row = [date(2016, 5, 3), datetime(2016, 5, 3, 13, 5), 5.0, 168.89, True, "نور", None, 250_000_000]
    path = book({"s": [["on", "at", "whole", "part", "truth", "name", "none", "iqd"], row]})
    _, good, bad = read(path)
    assert good == [(1, 2, "2016-05-03", "2016-05-03T13:05:00", "5", "168.89", "true", "نور", "", "250000000")]
    assert bad == []


def test_a_formula_gives_its_stored_value(tmp_path, read):
    with xlsxwriter.Workbook(tmp_path / "f.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.write_formula(1, 0, "=1+1", None, 2)
        sheet.write_formula(1, 1, '=HYPERLINK("http://127.0.0.1:9/")', None, "text")
    assert read(tmp_path / "f.xlsx")[1] == [(1, 2, "2", "text")]


def test_lines_are_rows_of_the_sheet_and_blank_rows_at_the_end_are_none(book, read):
    path = book({"s": [[None], ["a", "b"], [1, 2], [None, None], [3, 4], ["", ""], [None, ""]]})
    _, good, bad = read(path)
    assert good == [(1, 3, "1", "2"), (3, 5, "3", "4")]
    assert bad == []


def test_a_value_beyond_the_header_is_refused(book, read):
    _, good, bad = read(book({"s": [["a", "b"], [1, 2], [3, 4, "stray"]]}))
    assert (len(good), bad) == (1, [(2, 3, "row.unnamed")])


def test_the_first_visible_sheet_with_content_is_taken_or_the_named_one(book, read):
    path = book({"cover": [], "secret": [["x"], [0]], "claims": [["a"], [1]], "more": [["b"], [2]]}, hidden=("secret",))
    assert read(path)[0].dialect == "sheet claims"
    assert read(path, sheet="more")[1] == [(1, 2, "2")]
    with pytest.raises(MappingBroken, match="no sheet 'other'"):
        open_source(path, sheet="other")


def test_cells_are_called_as_the_spreadsheet_calls_them(book):
    source = open_source(book({"s": [[None, "a", "b"], [None, 1, 2]]}))
    assert [source.cell(0), source.cell(1)] == ["B", "C"]


def test_a_merged_cell_stands_in_its_first_place(tmp_path, read):
    with xlsxwriter.Workbook(tmp_path / "m.xlsx") as workbook:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["a", "b"])
        sheet.merge_range(1, 0, 1, 1, "both")
        sheet.write_row(2, 0, ["c", "d"])
    assert read(tmp_path / "m.xlsx")[1] == [(1, 2, "both", ""), (2, 3, "c", "d")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0" + bytes(600), "password"),
        (b"PK\x03\x04 broken", "cut short or damaged"),
        (b"PK\x05\x06" + bytes(18), "readable"),
    ],
    ids=["encrypted", "broken", "empty-archive"],
)
def test_what_is_no_workbook_breaks_the_source(written, content, said):
    with pytest.raises(SourceBroken, match=said):
        open_source(written(content, "claims.xlsx"))


def test_a_bomb_is_refused_unopened(parts):
    with pytest.raises(SourceBroken, match="unpacks to"):
        open_source(parts(SHEET.format(before="", rows="<row><c><v>0</v></c></row>" + " " * 60_000_000)))


def test_a_document_type_an_absurd_area_and_macros_are_refused(parts):
    cell = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(SourceBroken, match="16,384 columns by 1,048,576 rows"):
        open_source(parts(SHEET.format(before="", rows=cell)))
    with pytest.raises(SourceBroken, match="document type"):
        open_source(parts(SHEET.format(before='<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]>', rows="")))
    with pytest.raises(SourceBroken, match="macros"):
        open_source(parts(SHEET.format(before="", rows=""), extra=[("xl/vbaProject.bin", b"x")]))


def test_a_wide_sheet_with_few_rows_is_no_absurd_area(book, read):
    path = book({"s": [[f"c{n}" for n in range(800)], list(range(800))]})
    assert len(read(path)[1][0]) == 802


def test_an_old_workbook_of_a_real_form_is_refused_with_the_way_out(test_data):
    with pytest.raises(SourceBroken, match=r"old \.xls.*Save it as \.xlsx"):
        open_source(test_data("odk-ruodk") / "inst/extdata/I8n_label_choices.xls")
