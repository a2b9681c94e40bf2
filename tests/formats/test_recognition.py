"""What a file really is, whatever its name says."""

from __future__ import annotations

import zipfile

import pytest

from aljabr.errors import SourceBroken
from aljabr.formats import open_source


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xls", "<html><table><tr><td>a</td></tr></table>", r"web page \(HTML\)"),
        ("a.xls", '<html xmlns:o="urn">'.encode("utf-16"), r"web page \(HTML\)"),
        ("a.csv", "\n\n<TABLE border=1><tr><td>a", r"web page \(HTML\)"),
        ("a.xls", 'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"\n', "MHTML"),
        (
            "a.xls",
            '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML spreadsheet of 2003",
        ),
        ("a.csv", '<?xml version="1.0"?><rows/>', "an XML file"),
        ("a.xlsx", b"%PDF-1.7 x", "is a PDF"),
        ("a.xlsx", b"", "is empty"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password, an old .xls"),
        ("a.csv", b"PAR1\x00\x00", "a Parquet file"),
    ],
    ids=["html", "html-16", "html-csv", "mhtml", "xml-2003", "xml", "pdf", "empty", "old", "parquet"],
)
def test_what_is_no_table_is_refused_by_what_it_is(written, name, content, said):
    with pytest.raises(SourceBroken, match=said):
        open_source(written(content, name))


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"a.csv": "x", "b.csv": "y"}, "an archive of 2 files"),
        ({"[Content_Types].xml": "x", "word/document.xml": "y"}, "a Word document"),
        ({"xl/workbook.bin": "x"}, "a binary workbook"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "x"}, r"OpenDocument spreadsheet \(.ods\)"),
        ({"Index/Document.iwa": "x"}, "a document of Numbers"),
    ],
    ids=["zip", "word", "xlsb", "ods", "numbers"],
)
def test_an_archive_that_is_no_workbook_is_said_to_be_what_it_is(tmp_path, parts, said):
    path = tmp_path / "claims.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    with pytest.raises(SourceBroken, match=said):
        open_source(path)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", "a,b\n1,2", "csv"),
        ("a.xls", "a\tb\n1\t2", "csv"),
        ("a.csv", '{"a":1}\n', "jsonl"),
        ("a.txt", "a;b\n1;2\n", "csv"),
    ],
)
def test_a_file_is_read_as_what_it_is_and_a_wrong_name_is_said(written, name, content, kind):
    source = open_source(written(content, name))
    assert (source.kind, bool(source.said)) == (kind, name != "a.txt")


@pytest.mark.parametrize("stated", ["sep=\t\r\n", "sep=\t\n", '"sep=\t"\n', "SEP=\t\t\t\n"])
def test_the_separator_that_excel_states_may_be_a_tab(written, read, stated):
    assert read(written(f"{stated}a\tb,c\n1\t2,5\n"))[1] == [(1, 3, "1", "2,5")]
