"""Workbooks as offices keep them: every sheet read or named, cells as they are shown, titles, blank rows and sums no claims."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from aljabr.errors import MappingBroken, UsageError
from aljabr.programmes.records import CurrencySpec, Fact, Harm, Mapping, Programme, Reference
from aljabr.runs.intake import take_in

COLUMNS = {
    "ref": {"to": "reference"},
    "filed": {"to": "filed_on", "as": "date", "required": True},
    "name": {"to": "claimant.full_name", "as": "name"},
    "born": {"to": "claimant.born", "as": "date"},
    "phone": {"to": "claimant.phone", "as": "phone"},
    "harm": {"to": "item.harm", "as": "code"},
    "when": {"to": "item.incident_on", "as": "date", "required": True},
    "sum": {"to": "item.claimed", "as": "money"},
    "pct": {"to": "facts.percent", "as": "number"},
}
HEADER = [*COLUMNS, "no"]
FILED = (date(2020, 3, 1), "dd/mm/yyyy")
DAY = (date(2014, 6, 10), "dd/mm/yyyy")


def mapping(**more):
    return Mapping.model_validate({"key": "office", "columns": COLUMNS, "ignore": {"no": "a running number"}, **more})


def programme(*mappings):
    return Programme(
        key="TEST", folder=Path(__file__).parent, hash="0", title={}, issuer={}, currency=CurrencySpec(code="IQD", exponent=3),
        languages=("ar",), stages=("intake",), instruments=(),
        harms=(Harm(code="disability", label={}, reference=Reference(instrument="test")),), relations=("self",),
        facts=(Fact(name="percent", type="number", source="intake", minimum=0, maximum=100),),
        determination={}, sign_off={}, tables=(), mappings=mappings or (mapping(),),
    )  # fmt: skip


def claim(number, **other):
    plain = {
        "ref": f"R{number}",
        "filed": (date(2020, 3, 1), "dd/mm/yyyy"),
        "name": "نور علي حسن",
        "harm": "disability",
        "when": DAY,
    }
    row = plain | other
    return [row.get(name) for name in HEADER]


@pytest.fixture
def book(tmp_path):
    """Return a function that writes sheets (name → rows; a cell may be a value with its number format) to a workbook."""

    def write(sheets, name="office.xlsx", hidden=(), **options):
        path = tmp_path / name
        with xlsxwriter.Workbook(path, options) as workbook:
            for title, rows in sheets.items():
                sheet = workbook.add_worksheet(title)
                for line, row in enumerate(rows):
                    for place, cell in enumerate(row):
                        value, code = cell if isinstance(cell, tuple) else (cell, "General")
                        shape = workbook.add_format({"num_format": code})
                        if isinstance(value, date):
                            sheet.write_datetime(line, place, datetime(value.year, value.month, value.day), shape)
                        elif value is not None:
                            sheet.write(line, place, value, shape)
                if title in hidden:
                    sheet.hide()
        return path

    return write


def values(db, column):
    return [value for (value,) in db.rows(f"SELECT {column} FROM claim_items JOIN claims USING (claim_id) ORDER BY reference")]


def issues(db):
    return db.rows("SELECT cell, code, severity FROM issues ORDER BY row, column_name, code")


def test_a_percentage_counts_as_it_is_shown_and_a_bare_share_is_a_doubt_without_a_value(db, book):
    cells = [(0.6, "0%"), 0.6, 1, (1, "0%"), 60, (0.005, "0.0%"), "60%", (60, '0"%"'), 0]
    take_in(db, programme(), [book({"s": [HEADER, *(claim(n, pct=cell) for n, cell in enumerate(cells))]})])
    assert values(db, "percent") == [60, None, None, 100, 60, 0.5, 60, 60, 0]
    assert issues(db) == [("I3", "number.share", "doubt"), ("I4", "number.share", "doubt")]


def test_a_bare_share_in_text_is_doubted_too(db, tmp_path):
    path = tmp_path / "office.csv"
    path.write_text(",".join(HEADER) + "\nR1,2020-03-01,نور علي,,,disability,2014-06-10,,0.6,\n", encoding="utf-8")
    take_in(db, programme(), [path])
    assert (values(db, "percent"), issues(db)) == ([None], [("I2", "number.share", "doubt")])


@pytest.mark.parametrize(
    ("cell", "born", "code"),
    [
        ((date(1980, 5, 1), "yyyy"), "1980", None),
        ((date(1980, 5, 1), "mmm-yy"), "1980-05", None),
        ((date(1980, 5, 1), "dd/mm/yyyy hh:mm"), "1980-05-01", None),
        ((date(1980, 5, 1), "[$-2060401]B2dd/mm/yyyy;@"), "1980-05-01", "date.calendar"),
        ((date(1980, 5, 1), "B2yyyy"), None, "date.calendar"),
        ((date(1980, 5, 1), "d-mmm"), None, "date.unreadable"),
        ((1980, "yyyy"), None, "date.year_in_day"),
        ((1980, "dd/mm/yyyy"), None, "date.year_in_day"),
        ((1, "dd/mm/yyyy"), None, "date.placeholder"),
        ((0, "dd/mm/yyyy"), None, "date.placeholder"),
        ((60, "dd/mm/yyyy"), None, "date.placeholder"),
        ("1900-01-00", None, "date.placeholder"),
        ("0000-00-00", None, "date.placeholder"),
        ("9999-12-31", None, "date.placeholder"),
        ("30/12/1899", None, "date.placeholder"),
        ("1970-01-01", "1970-01-01", None),
        (41800, None, "date.unreadable"),
    ],
)
def test_a_birthday_is_what_the_cell_shows_or_a_doubt(db, book, cell, born, code):
    take_in(db, programme(), [book({"s": [HEADER, claim(1, born=cell)]})])
    assert db.rows("SELECT born FROM person_records") == [(born,)]
    assert issues(db) == ([("D2", code, "doubt")] if code else [])


@pytest.mark.parametrize("day", ["1/1/1900", "1970-01-01", "0001-01-01"])
def test_a_placeholder_of_a_required_day_sets_the_row_aside(db, book, day):
    summary = take_in(db, programme(), [book({"s": [HEADER, claim(1, when=day)]})])[0]
    assert (summary.quarantined, issues(db)) == (1, [("G2", "date.placeholder", "quarantine")])


def test_dates_of_1904_and_zeros_of_a_telephone_are_kept(db, book):
    row = claim(1, born=(date(1980, 5, 1), "dd/mm/yyyy"), phone=(7701234567, "00000000000"))
    take_in(db, programme(), [book({"s": [HEADER, row]}, date_1904=True)])
    assert db.rows("SELECT born, phone FROM person_records") == [("1980-05-01", "+9647701234567")]


@pytest.mark.parametrize(
    ("cell", "claimed", "code"),
    [
        ((5_000_000, "#,##0 [$د.ع.\u200f-801]"), 5_000_000_000, None),
        ((5_000_000, "#,##0,"), 5_000_000_000, None),
        ((5000, '"$"#,##0'), None, "money.currency"),
        ((5000, ";;;"), 5_000_000, "cell.hidden"),
        (3000000.0000000005, 3_000_000_000, None),
    ],
)
def test_an_amount_is_read_with_the_words_its_format_adds(db, book, cell, claimed, code):
    take_in(db, programme(), [book({"s": [HEADER, claim(1, sum=cell)]})])
    assert values(db, "claimed_minor") == [claimed]
    assert issues(db) == ([("H2", code, "doubt")] if code else [])


def test_errors_and_formulas_without_a_value_name_their_cell_and_are_refused_where_required(db, book, tmp_path):
    path = tmp_path / "f.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        for line, row in enumerate([HEADER, claim(1), claim(2), claim(3)]):
            sheet.write_row(line, 0, [cell[0].isoformat() if isinstance(cell, tuple) else cell for cell in row])
        sheet.write_formula("C2", "=NA()", None, "#N/A")
        sheet.write_formula("H3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("I3", "=30*2")
        sheet.write_formula("I4", "=30*2", None, 60)
    take_in(db, programme(), [path])
    assert values(db, "percent") == [None, 60]
    assert issues(db) == [("C2", "cell.error", "quarantine"), ("I3", "cell.no_value", "doubt"), ("H3", "cell.error", "doubt")]


def test_every_sheet_that_fits_is_read_under_its_own_name_and_every_other_is_named(db, book):
    sheets = {"A": [HEADER, claim(1)], "notes": [["to be checked"], ["by the office"]], "B": [HEADER, claim(2)], "empty": []}
    first, second = take_in(db, programme(), [book(sheets | {"old": [HEADER, claim(9)]}, hidden=("old",))])
    assert [(s.name, s.rows) for s in (first, second)] == [("office.xlsx#A", 1), ("office.xlsx#B", 1)]
    assert first.unread == ("notes: it holds no table", "old: it is hidden", "empty: it is empty")
    assert db.value("SELECT count(DISTINCT record_id) FROM source_records") == 2


def test_one_sheet_keeps_the_name_of_the_file_and_its_identifiers_whatever_stands_beside_it(db, book):
    alone = take_in(db, programme(), [book({"A": [HEADER, claim(1)]})])[0]
    assert (alone.name, alone.unread) == ("office.xlsx", ())
    ids = db.rows(f"SELECT 'rec_' || substr(sha256('{alone.sha256}:1'), 1, 20) = record_id FROM source_records")
    assert ids == [(True,)]
    both = take_in(db, programme(), [book({"A": [HEADER, claim(1)], "B": [HEADER]})])
    assert [(s.name, s.unread) for s in both] == [("office.xlsx", ("B: it has a header and no row",))]


def test_a_further_sheet_with_an_unknown_table_stops_the_run_until_it_is_ignored_or_one_sheet_is_named(db, book):
    path = book({"A": [HEADER, claim(1)], "Codes": [["x", "y", "z"], [1, 2, 3], [4, 5, 6]], "B": [HEADER, claim(2)]})
    with pytest.raises(MappingBroken, match=r"another sheet with a table, 'Codes'.*ignore_sheets"):
        take_in(db, programme(), [path])
    ignoring = mapping(ignore_sheets={"Cod*": "lists of codes"})
    first, _ = take_in(db, programme(ignoring), [path])
    assert first.unread == ("Codes: the mapping ignores it: lists of codes",)
    named = take_in(db, programme(), [], overrides={"office": path.with_name("office.xlsx#B")})
    assert [(s.name, s.rows, s.dialect) for s in named] == [("office.xlsx", 1, "sheet B")]
    with pytest.raises(MappingBroken, match="no sheet 'C'"):
        take_in(db, programme(), [], overrides={"office": path.with_name("office.xlsx#C")})
    with pytest.raises(UsageError, match="no file"):
        take_in(db, programme(), [path.with_name("none.xlsx")])


def test_a_title_is_passed_over_and_said(db, book):
    title = [["Directorate", None, "2023"], ["Register of claims"], []]
    summary = take_in(db, programme(), [book({"s": [*title, HEADER, claim(1), claim(2)]})])[0]
    assert (summary.rows, summary.header_row) == (2, 4)
    assert summary.passed_over == ("Directorate 2023", "Register of claims")
    assert db.rows("SELECT row, line FROM source_records ORDER BY row") == [(1, 5), (2, 6)]


def test_a_header_may_go_over_two_lines_and_a_mapping_may_say_where_it_stands(db, book):
    upper = ["ref", "filed", "the claimant", None, None, "harm", "when", "sum", "pct", "no"]
    lower = [None, None, "name", "born", "phone"]
    summary = take_in(db, programme(), [book({"s": [upper, lower, claim(1)]})])[0]
    assert (summary.rows, summary.said) == (1, ("The header goes over two lines, 1 and 2.",))
    twice = book({"s": [HEADER, ["an older table"], HEADER, claim(1)]})
    assert take_in(db, programme(mapping(header_row=3)), [twice])[0].rows == 1


def test_a_title_above_text_is_passed_over_too(db, tmp_path):
    path = tmp_path / "office.csv"
    rows = ["سجل", "التاريخ;2023", "", ";".join(HEADER), "R1;2020-03-01;نور علي;;;disability;2014-06-10;;60;1"]
    path.write_text("\r\n".join([*rows, ";;;;;;;;;", ";;;;;;;;;17"]) + "\r\n", encoding="utf-8")
    summary = take_in(db, programme(), [path])[0]
    assert (summary.rows, summary.blank, summary.header_row, summary.passed_over) == (1, 2, 4, ("سجل", "التاريخ 2023"))


def test_blank_rows_are_counted_apart_and_sums_are_set_aside_as_sums(db, book):
    total = [None, None, "المجموع الكلي", *[None] * 4, 7_000_000]
    rows = [claim(1), [None], ["", None, " ", "\u00a0"], [None] * 9 + [3], claim(2), total]
    path = book({"s": [HEADER, *rows, [None] * 7 + [7_000_000]]})
    summary = take_in(db, programme(), [path])[0]
    assert (summary.rows, summary.accepted, summary.quarantined, summary.blank) == (4, 2, 2, 3)
    assert db.rows("SELECT line, code FROM issues ORDER BY line") == [(7, "row.total"), (8, "row.total")]


@pytest.mark.parametrize("word", ["المجموع", "Total:", "کۆی گشتی", "TOPLAM", "Grand total (2)", "الاجمالي"])
def test_a_sum_is_known_by_its_label_in_every_language(db, book, word):
    summary = take_in(db, programme(), [book({"s": [HEADER, claim(1), [word]]})])[0]
    assert (summary.accepted, db.rows("SELECT code FROM issues")) == (1, [("row.total",)])


def test_a_repeated_reference_is_a_doubt_on_each_row_across_sheets_and_files(db, book):
    two = book({"A": [HEADER, claim(1), claim(2)], "B": [HEADER, claim("١")]})
    other = book({"s": [HEADER, claim(2), claim(3)]}, name="second.xlsx")
    summaries = take_in(db, programme(), [two, other])
    found = db.rows("SELECT source, line, code, severity FROM issues ORDER BY source, line")
    assert [row[:2] for row in found] == [("office.xlsx#A", 2), ("office.xlsx#A", 3), ("office.xlsx#B", 2), ("second.xlsx", 2)]
    assert {row[2:] for row in found} == {("reference.repeated", "doubt")}
    assert sum(summary.accepted for summary in summaries) == 5


def test_merged_cells_are_doubted_and_hidden_rows_are_said(db, tmp_path):
    path = tmp_path / "m.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("s")
        for line, row in enumerate([HEADER, claim(1), claim(2), claim(3)]):
            sheet.write_row(line, 0, [cell[0].isoformat() if isinstance(cell, tuple) else cell for cell in row])
        sheet.merge_range("E2:E3", "07701234567")
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.set_column("J:J", None, None, {"hidden": True})
    summary = take_in(db, programme(), [path])[0]
    assert issues(db) == [("E3", "cell.merged", "doubt")]
    assert summary.said == (
        "1 hidden rows of the sheet 's' were read, the first in row 4.",
        "Hidden columns of the sheet 's' were read: J.",
    )


def test_one_mapping_serves_a_header_in_every_kind_of_file(db, book, tmp_path):
    office = book({"s": [HEADER, claim(1)]})
    text, lines = tmp_path / "b.csv", tmp_path / "c.jsonl"
    text.write_text(",".join(HEADER) + "\nR2,2020-03-01,نور علي,,,disability,2014-06-10,,60,\n", encoding="utf-8")
    line = {"ref": "R3", "filed": "2020-03-01", "name": "نور علي", "harm": "disability", "when": "2014-06-10"}
    lines.write_text(json.dumps(line) + "\n", encoding="utf-8")
    for stated in ("", "xlsx", "csv"):
        summaries = take_in(db, programme(mapping(kind=stated)), [office, text, lines])
        assert [(s.kind, s.accepted) for s in summaries] == [("csv", 1), ("jsonl", 1), ("xlsx", 1)]
    twins = programme(mapping(kind="xlsx"), mapping(key="other", kind="csv"))
    assert [s.mapping for s in take_in(db, twins, [office, text])] == ["other", "office"]


def test_errors_written_into_text_are_no_values(db, tmp_path):
    path = tmp_path / "office.csv"
    rows = [
        'R1,2020-03-01,#N/A,#REF!,="07701234567",disability,2014-06-10,,,',
        "R2,2020-03-01,نور علي,#REF!,,disability,2014-06-10,,#DIV/0!,",
    ]
    path.write_text("\n".join([",".join(HEADER), *rows]), encoding="utf-8")
    take_in(db, programme(), [path])
    assert [row[0] for row in issues(db)] == ["D2", "C2", "D3", "I3"]
    assert {row[1] for row in issues(db)} == {"cell.error"}


def test_bare_amounts_under_another_currency_are_doubts_and_what_names_its_own_is_taken(db, book):
    """The heading meets the mapping's ``sum`` after folding, so only the file says that it counts dollars."""
    heading = [f"{name} ($)" if name == "sum" else name for name in HEADER]
    cells = (12500, "250,000", "3 million IQD", None)
    take_in(db, programme(), [book({"s": [heading, *(claim(n, sum=cell) for n, cell in enumerate(cells))]})])
    assert values(db, "claimed_minor") == [None, None, 3_000_000_000, None]
    assert issues(db) == [("H2", "money.currency", "doubt"), ("H3", "money.currency", "doubt")]
