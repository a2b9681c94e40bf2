"""The draft of a mapping names what it knows, says what it does not, and loads when a person has settled what is open."""

from __future__ import annotations

import csv
import shutil

import pytest
import xlsxwriter
from tests.conftest import ROOT
from tests.test_cli import aljabr

from aljabr.formats import match_sources
from aljabr.programmes import load_programme
from aljabr.relations import Database
from aljabr.runs.column_guesses import columns_of, guess_columns
from aljabr.runs.header_words import read_header_words
from aljabr.runs.intake import take_in
from aljabr.runs.laws import check_programme
from aljabr.runs.mapping_draft import suggest_mapping
from aljabr.runs.tables import read_table

HEADER = (
    "رقم الملف,تاريخ الطلب,الاسم الكامل,الجنس,المواليد,صلة القرابة,اسم الشهيد,نوع الضرر,تاريخ الحادث,المستمسكات,"
    "مبلغ التقدير د.ع,رمز داخلي"
)
REGISTER = tuple(
    tuple(line.split(","))
    for line in (
        HEADER,
        "1,13/1/2018,نور علي حسن الجبوري,انثى,1980,زوجة,سعد جاسم محمد,شهيد,25/6/2014,هوية الاحوال المدنية+شهادة الوفاة,,a",
        "2,14/1/2018,كريم سليم حسن البدري,ذكر,1975,نفسه,,اصابه,26/6/2014,تقرير طبي,,b",
        "3,15/1/2018,هيفاء خلف داود العبيدي,انثى,1990,نفسه,,بيت,27/6/2014,سند الطابو+صور الاضرار,2500000,c",
        "4,16/1/2018,زيد ناصر علي الطائي,ذكر,1966,نفسه,,عجز,28/6/2014,,,d",
    )
)


def written(path, rows=REGISTER):
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(rows)
    else:
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for line, row in enumerate(rows):
                sheet.write_row(line, 0, row)
    return path


def finish(folder, draft):
    """Put a draft into a copy of the programme, as its documentation says."""
    shutil.copytree(ROOT / "programmes" / "IQ-LAW20", folder / "IQ-LAW20")
    (folder / "IQ-LAW20" / "intake" / "register.yaml").write_text(draft, encoding="utf-8")
    return folder / "IQ-LAW20"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_draft_loads_and_takes_the_rows_it_knows(tmp_path, suffix):
    source = written(tmp_path / f"register{suffix}")
    draft = suggest_mapping(source, "IQ-LAW20")
    law = load_programme(str(finish(tmp_path, draft.text)))
    assert not check_programme(str(law.folder)).errors
    ((_, mapping),) = match_sources(source, law.mappings)
    assert mapping.key == "register"
    assert mapping.columns["المستمسكات"].separator == "+"
    assert mapping.columns["مبلغ التقدير د.ع"].to == "facts.assessed_minor"
    assert "رمز داخلي" in mapping.ignore
    with Database() as db:
        (summary,) = take_in(db, law, [source])
        harms = db.rows("SELECT harm FROM claim_items ORDER BY ALL")
        values = db.rows("SELECT value FROM issues WHERE code = 'value.unknown'")
    assert (summary.rows, summary.accepted) == (4, 3)
    assert [harm for (harm,) in harms] == ["death", "disability", "injury"]
    assert values == [("بيت",)]


def test_what_is_not_known_is_open_and_commented(tmp_path):
    draft = suggest_mapping(written(tmp_path / "register.csv"), "IQ-LAW20")
    assert '# "بيت": ?  # rows: 1' in draft.text
    assert '"اصابه": injury' in draft.text
    assert any("codes, harm: 1 spellings need a code" in point for point in draft.open_points)
    assert any("رمز داخلي" in point for point in draft.open_points)
    assert "# OPEN: " in draft.text and "NOT SURE: its header has a word of the fact assessed_minor" in draft.text
    filled = draft.text.replace('# "بيت": ?', '"بيت": property')
    law = load_programme(str(finish(tmp_path, filled)))
    with Database() as db:
        assert take_in(db, law, [tmp_path / "register.csv"])[0].accepted == 4


def test_a_file_without_a_harm_says_so_and_loads_with_a_constant(tmp_path):
    source = written(tmp_path / "list.csv", [row[:7] + row[8:] for row in REGISTER])
    draft = suggest_mapping(source, "IQ-LAW20")
    assert any("no column says what the harm is" in point for point in draft.open_points)
    law = load_programme(str(finish(tmp_path, draft.text.replace("# item.harm: ?", "item.harm: death"))))
    with Database() as db:
        assert take_in(db, law, [source])[0].accepted == 4


def test_a_file_that_a_mapping_fits_is_said(tmp_path):
    law = load_programme("IQ-LAW20")
    header = next(mapping for mapping in law.mappings if mapping.key == "camp_register")
    source = written(tmp_path / "camp.csv", [[*header.columns, *header.ignore], ["x"] * len([*header.columns, *header.ignore])])
    assert suggest_mapping(source, "IQ-LAW20").fitting == "camp_register"


def guesses(path, rows):
    return {one.column.name: one for one in guess_columns(load_programme("IQ-LAW20"), columns_of(read_table(written(path, rows))))}


def test_content_speaks_where_a_header_does_not(tmp_path):
    rows = [["c1", "c2", "c3", "c4", "c5"]]
    rows += [[f"0770123456{n}", "m" if n % 2 else "f", f"{n + 10}/6/2014", f"{n + 1},500,000", "property"] for n in range(8)]
    found = guesses(tmp_path / "x.csv", rows)
    assert [found[name].taken and found[name].taken.to for name in rows[0]] == [
        "claimant.phone",
        "claimant.sex",
        None,
        None,
        "item.harm",
    ]
    assert "look like dates" in found["c3"].why and "look like amounts" in found["c4"].why


def test_order_and_calendar_of_dates_come_from_the_values(tmp_path):
    rows = [["filed", "born", "incident date"], *[[f"6/{day}/2018", f"{day}/6/1980", f"{day}/8/1435"] for day in range(13, 25)]]
    found = guesses(tmp_path / "x.csv", rows)
    assert (found["filed"].taken.order, found["born"].taken.order) == ("mdy", "dmy")
    assert found["incident date"].taken.calendar == "hijri"
    (tmp_path / "y").mkdir()
    draft = suggest_mapping(written(tmp_path / "y" / "x.csv", [["filed", "name"], ["3/4/2018", "x y z"]]), "IQ-LAW20")
    assert any("no date tells the day from the month" in point for point in draft.open_points)


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("رقم المعاملة", "reference"), ("تاريخ الحادثة", "item.incident_on"), ("اسم المتوفى او المصاب", "victim.full_name"),
        ("مواليد المتضرر", "victim.born"), ("ناوی داواکار", "claimant.full_name"), ("ژمارەی مۆبایل", "claimant.phone"),
        ("بەرواری ڕووداو", "item.incident_on"), ("جۆری زیان", "item.harm"), ("Dîroka serlêdanê", "filed_on"),
        ("Navê tevahî", "claimant.full_name"), ("CİNSİYET", "claimant.sex"), ("Doğum Tarihi", "claimant.born"),
        ("Olay tarihi", "item.incident_on"), ("Kimlik No", "claimant.id_number"), ("Victim's name", "victim.full_name"),
        ("incident_date", "item.incident_on"), ("dateOfBirth", "claimant.born"),
    ],
)  # fmt: skip
def test_headers_are_known_in_five_languages(header, target):
    assert read_header_words(header).target == target


@pytest.mark.parametrize("header", ["اسم الموظف", "father name", "ملاحظة", "Avukat adı soyadı", ""])
def test_a_header_of_somebody_else_says_nothing(header):
    assert read_header_words(header) is None


def test_the_command_prints_writes_and_does_not_overwrite(tmp_path):
    source, out = written(tmp_path / "register.csv"), tmp_path / "register.yaml"
    done = aljabr("mapping", "suggest", source, "--programme", "IQ-LAW20", "--out", out)
    assert (done.returncode, done.stdout) == (0, out.read_text(encoding="utf-8"))
    again = aljabr("mapping", "suggest", source, "--programme", "IQ-LAW20", "--out", out)
    assert (again.returncode, "already exists" in again.stderr) == (2, True)


def test_from_a_messy_register_to_claims_without_a_dead_end(tmp_path):
    """Draft, settle what is open, run, mend in the workbook, run again: every row is a claim, with the identifier it always had."""
    from tests.runs.test_mending import TITLES, run, save, sheet

    messy = (
        *REGISTER,
        ("5", "17/1/2018", "علاء كاظم حسن الطائي", "ذكر", "1970", "نفسه", "", "حادث سير", "31/6/2014", "", "", "e"),
        ("6", "18/1/2018", "-", "ذكر", "1970", "نفسه", "", "عجز", "29/6/2014", "", "مليون تقريبا", "f"),
    )
    source = written(tmp_path / "register.xlsx", messy)
    law = load_programme(str(finish(tmp_path, suggest_mapping(source, "IQ-LAW20").text)))
    before, _, (book,) = run(tmp_path / "mend", source, programme=law)
    codes, rows = sheet(book, "codes"), sheet(book)
    for row in codes:
        row[TITLES["correction"]] = {"بيت": "property", "حادث سير": "injury"}[row[TITLES["value"]]]
    typed = {"تاريخ الحادث": "30/6/2014", "الاسم الكامل": "باسل عدنان طارق", "مبلغ التقدير د.ع": "—"}
    for row in rows:
        row[TITLES["correction"]] = typed.get(row[TITLES["column"]], "")
    mend = [save(tmp_path / "codes.xlsx", codes), save(tmp_path / "rows.xlsx", rows)]
    after, entries, _ = run(tmp_path / "again", source, programme=law, mend=mend)
    assert [len(before["claims"]), len(after["claims"]), after["issues"]] == [3, 6, []]
    assert {row["claim_id"] for row in before["claims"]} < {row["claim_id"] for row in after["claims"]}
    assert [entry["unused"] for entry in entries] == [0, 0]


def test_a_draft_finds_the_header_below_a_title_and_names_the_other_sheets(tmp_path):
    title = (("سجل المشمولين بالقانون ٢٠ لسنة ٢٠٠٩",), ())
    path = tmp_path / "register.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("الأضرار", "الملحق"):
            sheet = book.add_worksheet(name)
            for line, row in enumerate((*title, *REGISTER)):
                sheet.write_row(line, 0, row)
    drafts = [suggest_mapping(path, "IQ-LAW20"), suggest_mapping(path, "IQ-LAW20", sheet="الملحق")]
    assert "the sheet 'الملحق' holds a table too" in drafts[0].open_points[0]
    law = finish(tmp_path, drafts[0].text)
    (law / "intake" / "second.yaml").write_text(drafts[1].text, encoding="utf-8")
    pairs = match_sources(path, load_programme(str(law)).mappings)
    assert [(source.sheet, mapping.key) for source, mapping in pairs] == [
        ("الأضرار", "register_sheet_1"),
        ("الملحق", "register_sheet_2"),
    ]


def test_a_mapping_that_lacks_the_day_of_filing_says_so(tmp_path):
    rows = [[cell for place, cell in enumerate(row) if place != 1] for row in REGISTER]
    source = written(tmp_path / "register.csv", rows)
    law = load_programme(str(finish(tmp_path, suggest_mapping(source, "IQ-LAW20").text)))
    ((opened, _),) = match_sources(source, law.mappings)
    assert opened.said[-1] == "The mapping register has no column for the day of filing: no deadline of filing is judged."
