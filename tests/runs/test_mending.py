"""What a run set aside comes back in a workbook; what an office types there is read instead of the cell."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook
from tests.runs.test_intake import HEADER, PLAIN, TINY

from aljabr.errors import UsageError
from aljabr.formats.corrections import HEADINGS, read_corrections
from aljabr.relations import Database, file_digest
from aljabr.runs.intake import take_in
from aljabr.runs.mend_output import write_mend_books
from aljabr.runs.mending import mend_files, mending_of

AS_OF = date(2024, 6, 1)
TITLES = {name: " / ".join(words) for name, words in HEADINGS.items()}


def register(path, *rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, HEADER, restval="")
        writer.writeheader()
        writer.writerows({**PLAIN, "no": str(number), **row} for number, row in enumerate(rows, start=1))
    return path


def run(folder, *files, mend=(), programme=TINY):
    """Take files in with corrections; return the relations asked of, what became of the corrections, and the workbooks."""
    with Database() as db:
        mending = mending_of({path: file_digest(path) for path in mend_files(mend)})
        take_in(db, programme, files, mending=mending)
        write_mend_books(db, programme, mending, folder, as_of=AS_OF)
        relations = {
            name: db.dicts(f"SELECT * FROM {name} ORDER BY ALL") for name in ("claims", "claim_items", "person_records", "issues")
        }
    return relations, mending.entries(), sorted(folder.glob("*.xlsx")) if folder.exists() else []


def sheet(path, name="mend"):
    book = CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_name(next(one for one in book.sheet_names if name in one)).to_python()
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def save(path, rows):
    """Save rows the way an office's spreadsheet does: as text, in the order they are shown."""
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Sheet1")
        for place, title in enumerate(rows[0]):
            page.write_string(0, place, title)
        for line, row in enumerate(rows, start=1):
            for place, text in enumerate(row.values()):
                page.write_string(line, place, text)
    return path


def typed(book, to, **corrections):
    """Fill corrections in, by column of the source, and save."""
    rows = sheet(book)
    for row in rows:
        row[TITLES["correction"]] = corrections.get(row[TITLES["column"]] or "row", "")
    return save(to, rows)


def test_a_workbook_says_what_is_wrong_where_and_shows_the_whole_row(tmp_path):
    source = register(tmp_path / "r.csv", {}, {"no": "0012", "harm": "hous", "sum": "=1+1", "remarks": "seen"})
    _, _, (book,) = run(tmp_path / "mend", source)
    harm, amount = sorted(sheet(book), key=lambda row: row[TITLES["letter"]])
    assert [harm[TITLES[name]] for name in ("file", "line", "letter", "column", "value")] == ["r.csv", "3", "I", "harm", "hous"]
    assert "not in the code list" in harm[TITLES["reason_en"]]
    assert harm[TITLES["reason"]] == "قيمة لا يعرفها البرنامج"
    assert harm[TITLES["suggestion"]] == "house"
    assert harm[TITLES["correction"]] == ""
    assert (harm["A · no"], harm["K · sum"], harm["P · remarks"]) == ("0012", "=1+1", "seen")
    assert amount[TITLES["value"]] == "=1+1"
    assert sheet(book, "codes")[0][TITLES["value"]] == "hous"
    assert '# "hous": property  # near "house"' in (tmp_path / "mend" / "r.csv.codes.yaml").read_text(encoding="utf-8")


def test_a_corrected_row_is_taken_as_if_it_had_been_right_and_keeps_its_identifiers(tmp_path):
    wrong = register(tmp_path / "r.csv", {}, {"harm": "hous", "when": "32/5/2016", "name": "سارة حسن"})
    before, _, (book,) = run(tmp_path / "mend", wrong)
    done = typed(book, tmp_path / "done.xlsx", harm="house", when="31/5/2016")
    after, (entry,), books = run(tmp_path / "again", wrong, mend=[done])
    assert [len(before["claims"]), len(after["claims"])] == [1, 2]
    assert {row["record_id"] for row in before["issues"]} <= {row["record_id"] for row in after["claims"]}
    assert [
        row["incident"] for row in after["claim_items"] if row["claim_id"] not in {one["claim_id"] for one in before["claims"]}
    ] == ["2016-05-31"]
    assert after["issues"] == []
    assert (entry["name"], entry["sha256"]) == ("done.xlsx", file_digest(done))
    assert (entry["corrections"], entry["applied"], entry["unused"]) == (2, 2, 0)
    assert [row[TITLES["correction"]] for row in sheet(books[0], "applied")] == ["house", "31/5/2016"]


def test_sorted_filtered_reordered_and_saved_as_csv_it_says_the_same(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x1"}, {"harm": "x2"}, {"harm": "x3"})
    _, _, (book,) = run(tmp_path / "mend", source)
    rows = [row | {TITLES["correction"]: "house", "": "checked by Hala"} for row in reversed(sheet(book))][:2]
    rows = [dict(sorted(row.items())) for row in rows]
    as_csv = tmp_path / "saved.csv"
    with as_csv.open("w", encoding="cp1256", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    for saved in (save(tmp_path / "saved.xlsx", rows), as_csv):
        relations, (entry,), _ = run(tmp_path / saved.suffix, source, mend=[saved])
        assert (len(relations["claims"]), entry["applied"]) == (2, 2)


def test_what_still_cannot_be_read_comes_back_with_its_value_and_the_newest_workbook_says_all(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x", "when": "y"})
    _, _, (book,) = run(tmp_path / "1", source)
    first = typed(book, tmp_path / "first.xlsx", harm="house", when="30/2/2016")
    relations, _, (book,) = run(tmp_path / "2", source, mend=[first])
    assert [(row["code"], row["value"], row["cell"]) for row in relations["issues"]] == [("date.unreadable", "30/2/2016", "J2")]
    (row,) = sheet(book)
    assert (row[TITLES["value"]], row[TITLES["earlier"]], row["J · when"]) == ("30/2/2016", "30/2/2016", "y")
    row[TITLES["correction"]] = "29/2/2016"
    second = save(tmp_path / "second.xlsx", [row, *(dict.fromkeys(row, "") | one for one in sheet(book, "applied"))])
    for number, mend in enumerate(([second], [first, second], [second, first])):
        relations, _, _ = run(tmp_path / f"3{number}", source, mend=mend)
        assert [row["incident"] for row in relations["claim_items"]] == ["2016-02-29"]


def test_a_dash_means_no_value_and_a_row_can_be_set_aside_with_a_reason(tmp_path):
    source = register(tmp_path / "r.csv", {"sum": "about a million"}, {"harm": "x"}, {"harm": "y"})
    _, _, (book,) = run(tmp_path / "mend", source)
    amount, drop, _ = rows = sheet(book)
    amount[TITLES["correction"]], drop[TITLES["correction"]], drop[TITLES["note"]] = "—", "drop", "filed twice"
    relations, (entry,), (again,) = run(tmp_path / "again", source, mend=[save(tmp_path / "done.xlsx", rows)])
    assert [row["claimed_minor"] for row in relations["claim_items"]] == [None]
    assert sorted((row["row"], row["code"], row["reason"]) for row in relations["issues"]) == [
        (2, "row.dropped", "A person set the row aside: filed twice"),
        (3, "value.unknown", "'y' is not in the code list of this column."),
    ]
    assert (entry["applied"], entry["rows_set_aside"]) == (2, 1)
    relations, (entry,), _ = run(tmp_path / "third", source, mend=[again])
    assert (entry["applied"], entry["rows_set_aside"], len(relations["claims"])) == (2, 1, 1)
    drop[TITLES["note"]] = ""
    with pytest.raises(UsageError, match="gives no reason"):
        run(tmp_path / "fourth", source, mend=[save(tmp_path / "mute.xlsx", rows)])


def test_a_row_that_could_not_be_read_is_typed_again_as_a_whole(tmp_path):
    source = register(tmp_path / "r.csv", {})
    good = source.read_text(encoding="utf-8").splitlines()[1]
    with source.open("a", encoding="utf-8") as stream:
        stream.write(good.removesuffix(",") + "\n" + good + ",,stray\n")
    before, _, (book,) = run(tmp_path / "mend", source)
    short, long = rows = sheet(book)
    assert (short[TITLES["value"]], long[TITLES["line"]]) == (good.removesuffix(","), "4")
    short[TITLES["correction"]], long[TITLES["correction"]] = good, "too,short"
    relations, (entry,), (again,) = run(tmp_path / "again", source, mend=[save(tmp_path / "done.xlsx", rows)])
    assert [len(before["claims"]), len(relations["claims"]), entry["applied"]] == [1, 2, 2]
    told = [(row["code"], row["value"]) for row in relations["issues"]]
    assert told == [("reference.repeated", "1"), ("reference.repeated", "1"), ("row.short", "too,short")]
    assert "too,short" in [row[TITLES["value"]] for row in sheet(again)]


def test_a_value_beyond_the_columns_of_a_sheet_is_left_out_by_a_dash(tmp_path):
    from tests.runs.test_intake import KOBO

    source = tmp_path / "kobo.xlsx"
    with xlsxwriter.Workbook(source) as book:
        page = book.add_worksheet("ninewa")
        for line, cells in enumerate(([*KOBO.columns], ["نور علي حسن", "injury", "2016-05-03", "1", "0", "stray"])):
            page.write_row(line, 0, cells)
    _, _, (book,) = run(tmp_path / "mend", source)
    (row,) = rows = sheet(book)
    assert (row[TITLES["sheet"]], row[TITLES["value"]]) == ("ninewa", "نور علي حسن|injury|2016-05-03|1|0|stray")
    row[TITLES["correction"]] = "—"
    relations, _, _ = run(tmp_path / "again", source, mend=[save(tmp_path / "done.xlsx", rows)])
    assert (len(relations["claims"]), relations["issues"]) == (1, [])


def test_two_corrections_that_differ_are_refused_with_both_places(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x"})
    _, _, (book,) = run(tmp_path / "mend", source)
    one, other = (typed(book, tmp_path / name, harm=harm) for name, harm in (("one.xlsx", "house"), ("other.xlsx", "hurt")))
    with pytest.raises(
        UsageError, match=r"one\.xlsx, sheet Sheet1, row 2 .*'house'.*other\.xlsx, sheet Sheet1, row 2|other.*one\.xlsx"
    ):
        run(tmp_path / "again", source, mend=[one, other])
    same = typed(book, tmp_path / "same.xlsx", harm="house")
    relations, entries, _ = run(tmp_path / "same", source, mend=[one, same])
    assert (len(relations["claims"]), [entry["applied"] for entry in entries]) == (1, [1, 1])


def test_a_source_that_changed_or_was_not_given_is_said(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x"})
    _, _, (book,) = run(tmp_path / "mend", source)
    done = typed(book, tmp_path / "done.xlsx", harm="house")
    with pytest.raises(UsageError, match=r"another version of r\.csv.*run without --mend"):
        run(tmp_path / "again", register(tmp_path / "r.csv", {"harm": "z"}), mend=[done])
    with pytest.raises(UsageError, match="no such file was given"):
        run(tmp_path / "again", register(tmp_path / "s.csv", {"harm": "z"}), mend=[done])


def test_rows_sorted_apart_from_their_corrections_are_refused(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x1"}, {"harm": "x2"})
    _, _, (book,) = run(tmp_path / "mend", source)
    first, second = rows = sheet(book)
    for name in ("value", "correction"):
        first[TITLES[name]], second[TITLES[name]] = second[TITLES[name]] or "hurt", first[TITLES[name]] or "house"
    with pytest.raises(UsageError, match="Sort all columns together"):
        run(tmp_path / "again", source, mend=[save(tmp_path / "done.xlsx", rows)])


def test_what_is_not_used_is_counted_and_said(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x", "remarks": "seen"})
    _, _, (book,) = run(tmp_path / "mend", source)
    (row,) = sheet(book)
    other = {TITLES["value"]: "", TITLES["correction"]: "1"}
    rows = [
        row | other | {TITLES["column"]: "remarks"},
        row | other | {TITLES["column"]: "no"},
        row | other | {TITLES["column"]: "nowhere"},
        row | other | {TITLES["ordinal"]: "99"},
    ]
    _, (entry,), _ = run(tmp_path / "again", source, mend=[save(tmp_path / "done.xlsx", rows)])
    assert (entry["applied"], entry["unused"]) == (0, 4)
    assert [said.partition(": ")[2] for said in entry["unused_at"]] == [
        "the mapping register does not take this column",
        "the file says so already",
        "the file has no column 'nowhere'",
        "the file has no such row",
    ]


def test_a_row_that_a_person_adds_needs_file_row_and_column_only(tmp_path):
    source = register(tmp_path / "r.csv", {}, {"name": "سعد"})
    mend = tmp_path / "own.csv"
    mend.write_text("file,row,letter,correction\nr.csv,3,C,سعد جاسم\n", encoding="utf-8")
    relations, (entry,), _ = run(tmp_path / "mend", source, mend=[mend])
    assert entry["applied"] == 1
    assert "سعد جاسم" in {row["full_name"] for row in relations["person_records"]}


def test_what_is_no_workbook_for_mending_is_refused(tmp_path):
    with pytest.raises(UsageError, match="has no sheet with a column called correction"):
        read_corrections(register(tmp_path / "r.csv", {}))
    with pytest.raises(UsageError, match="There is no file"):
        read_corrections(tmp_path / "nothing.xlsx")
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError, match="holds no workbook"):
        mend_files([tmp_path / "empty"])


def test_the_same_rows_give_the_same_bytes(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "x"}, {"when": "y"})
    first, second = (run(tmp_path / name, source)[2] for name in ("1", "2"))
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in second]


def test_beyond_its_size_a_workbook_is_split(tmp_path, monkeypatch):
    monkeypatch.setattr("aljabr.runs.mend_output.MAX_ROWS", 2)
    source = register(tmp_path / "r.csv", *({"harm": f"x{number}"} for number in range(5)))
    _, _, books = run(tmp_path / "mend", source)
    assert [path.name for path in books] == ["r.csv.mend-1.xlsx", "r.csv.mend-2.xlsx", "r.csv.mend-3.xlsx"]
    assert [len(sheet(path)) for path in books] == [2, 2, 1]
    relations, _, _ = run(tmp_path / "again", source, mend=[typed(path, tmp_path / path.name, harm="house") for path in books])
    assert len(relations["claims"]) == 5


def test_a_spelling_is_corrected_once_for_every_row_that_has_it(tmp_path):
    source = register(tmp_path / "r.csv", {"harm": "hom"}, {"harm": "hom", "papers": "deed foto"}, {"harm": "hom"})
    _, _, (book,) = run(tmp_path / "mend", source)
    rows, codes = sheet(book), sheet(book, "codes")
    assert [(row[TITLES["value"]], row[TITLES["rows"]]) for row in codes] == [("hom", "3"), ("foto", "1")]
    codes[0][TITLES["correction"]], codes[1][TITLES["correction"]] = "house", "photo"
    rows[0][TITLES["correction"]] = "hurt"
    mend = [save(tmp_path / "codes.xlsx", codes), save(tmp_path / "rows.xlsx", rows)]
    relations, entries, (again,) = run(tmp_path / "again", source, mend=mend)
    assert sorted(row["harm"] for row in relations["claim_items"]) == ["injury", "property", "property"]
    assert relations["issues"] == []
    assert [(entry["corrections"], entry["applied"]) for entry in entries] == [(2, 2), (1, 1)]
    relations, (entry,), _ = run(tmp_path / "third", source, mend=[again])
    assert (len(relations["claims"]), entry["applied"]) == (3, 4)
    codes[0][TITLES["correction"]] = "hurt"
    with pytest.raises(UsageError, match="Keep one of them"):
        run(tmp_path / "fourth", source, mend=[mend[0], save(tmp_path / "other.xlsx", codes)])


def test_a_clean_source_leaves_no_workbook(tmp_path):
    assert run(tmp_path / "mend", register(tmp_path / "r.csv", {}))[2] == []
    assert not Path(tmp_path / "mend").exists()
