"""CSV: no row swallows another, none is lost, and what is sniffed is said."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aljabr.errors import MappingBroken, SourceBroken, UsageError
from aljabr.formats import open_source

NAMES = "اسم المدعي;الضرر;المبلغ\nنور علي;وفاة;5\n"


def test_a_quote_left_open_costs_its_own_row_and_no_other(written, read):
    rows = "".join(f"نور,{number}\n" for number in range(2000))
    _, good, bad = read(written('name,amount\n"نور,100\n' + rows))
    assert bad == [(1, 2, "row.quote")]
    assert len(good) == 2000
    assert good[0] == (2, 3, "نور", "0")
    assert good[-1] == (2001, 2002, "نور", "1999")


def test_a_quote_left_open_before_a_quoted_row_costs_one_row_too(written, read):
    text = 'name,item,amount\nnur,"shop,5\nali,"house, big",7\nsara,"",9\nzain,car,2\n'
    _, good, bad = read(written(text))
    assert bad == [(1, 2, "row.quote")]
    assert [row[2:] for row in good] == [("ali", "house, big", "7"), ("sara", "", "9"), ("zain", "car", "2")]


def test_two_quotes_left_open_that_seem_to_close_each_other_swallow_nothing(written, read):
    text = 'a,b,note\n1,2,"open\n3,4,fine\n5,6,"\n7,8,fine\n'
    _, good, bad = read(written(text))
    assert [row[0] for row in good] + [row for row, *_ in bad] == [2, 4, 1, 3]
    assert {code for *_, code in bad} == {"row.quote"}


def test_a_field_over_several_lines_is_one_row(written, read):
    _, good, bad = read(written('id,account,on\n1,"first\nsecond, with a comma\n\nlast",2016\n2,short,2017\n'))
    assert bad == []
    assert good == [(1, 2, "1", "first\nsecond, with a comma\n\nlast", "2016"), (2, 6, "2", "short", "2017")]


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a,b", "row.short"),
        ("a,b,c,d", "row.long"),
        ('a,"b"x,c', "row.quote"),
        ("a,b\x00,c", "row.nul"),
        ("a," + "x" * 200_000 + ",c", "row.too_long"),
        ("a," + "x" * 5_000_000 + ",c", "row.too_long"),
    ],
    ids=["short", "long", "quote", "nul", "long-field", "long-line"],
)
def test_a_broken_row_is_refused_alone_with_its_reason(written, read, line, code):
    _, good, bad = read(written(f"x,y,z\n1,2,3\n{line}\n4,5,6\n"))
    assert bad == [(2, 3, code)]
    assert good == [(1, 2, "1", "2", "3"), (3, 4, "4", "5", "6")]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1256", "cp1256"),
    ],
)
def test_the_encoding_is_found_and_said(written, read, encoding, said):
    source, good, bad = read(written((NAMES * 3).encode(encoding)))
    assert (source.encoding, source.headers) == (said, ("اسم المدعي", "الضرر", "المبلغ"))
    assert good[0] == (1, 2, "نور علي", "وفاة", "5")
    assert bad == []


def test_a_mapping_may_fix_the_encoding_and_the_delimiter(written, read):
    source, good, _ = read(written("name|a;b\nJosé|1;2\n".encode("cp1256")), encoding="cp1256", delimiter="|")
    assert (source.encoding, source.dialect) == ("cp1256", "delimiter bar, quote double, lines LF")
    assert good == [(1, 2, "José", "1;2")]


def test_a_few_broken_bytes_in_utf_8_cost_only_their_rows(written, read):
    rows = "".join(f"محمد علي {number},{number}\n" for number in range(50)).encode()
    source, good, bad = read(written(b"name,n\n" + rows + b"na\xefme,51\n" + rows))
    assert source.encoding == "utf-8"
    assert bad == [(51, 52, "row.undecodable")]
    assert len(good) == 100


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b", "comma"), ("a;b", "semicolon"), ("a\tb", "tab"), ("a|b", "bar"), ("sep=;\na;b", "semicolon")]
)
def test_the_delimiter_is_found_and_said(written, read, header, delimiter):
    separator = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}[delimiter]
    source, good, _ = read(written(f"{header}\r\n1{separator}2\r\n"))
    assert source.dialect == f"delimiter {delimiter}, quote double, lines {'LF' if 'sep' in header else 'CRLF'}"
    assert good[0][2:] == ("1", "2")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"name,amount,amount\n1,2,3\n", "twice"),
        (b"name,,amount\n1,2,3\n", "Column 2"),
        (",".join(f"c{n}" for n in range(20_000)).encode(), "20,000 columns"),
        (b'"name,amount\n1,2\n', "header"),
    ],
    ids=["nothing", "only-a-mark", "twice", "unnamed", "wide", "open-quote"],
)
def test_a_header_that_cannot_be_used_breaks_the_source(written, content, said):
    with pytest.raises(SourceBroken, match=said):
        open_source(written(content))


def test_a_header_alone_is_a_source_without_rows(written, read):
    assert read(written("name,amount\n"))[1:] == ([], [])


def test_unnamed_columns_at_the_end_must_stay_empty(written, read):
    _, good, bad = read(written("a,b,,\n1,2,,\n3,4,x,\n"))
    assert good == [(1, 2, "1", "2")]
    assert bad == [(2, 3, "row.unnamed")]


def test_a_missing_file_and_an_unknown_encoding_are_said(written, tmp_path):
    with pytest.raises(UsageError, match="no file"):
        open_source(tmp_path / "none.csv")
    with pytest.raises(MappingBroken, match="latin-9"):
        open_source(written("a,b\n"), encoding="latin-9")


CELL = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(CELL, CELL, CELL, CELL), max_size=15))
def test_what_a_correct_writer_wrote_is_read_or_refused_but_never_lost(written, read, rows):
    stream = io.StringIO(newline="")
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c", "d"), *rows])
    _, good, bad = read(written(stream.getvalue()), encoding="utf-8", delimiter=",")
    refused = {row for row, *_ in bad}
    if all("\n" not in cell and "\r" not in cell for row in rows for cell in row):
        assert [tuple(row[2:]) for row in good] == [row for row in rows if any(row)]
    assert sorted(refused | {row[0] for row in good}) == list(range(1, len(good) + len(bad) + 1))
