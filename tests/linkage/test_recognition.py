"""What columns of unknown tables are taken for."""

from __future__ import annotations

import pytest

from aljabr.linkage.recognition import ColumnReading, read_columns
from aljabr.relations import Database


def _read(db: Database, column: str, values: list[str | None]) -> ColumnReading:
    db.load_rows("t", {"row": "BIGINT", column: "TEXT"}, list(enumerate(values, 1)))
    (reading,) = read_columns(db, "list.csv", "t")
    return reading


@pytest.mark.parametrize(
    ("column", "values", "meaning"),
    [
        (" given_name", ["sara", "omar", "sara"], "given_name"),
        ("LastName", ["aziz", "jaber", "aziz"], "surname"),
        ("الاسم الكامل", ["علي حسن", "سارة عمر", "علي حسن"], "full_name"),
        ("Date of Birth", ["19800101", "19790204", "19800101"], "born"),
        ("تاريخ الميلاد", ["1980-01-01", "1979-02-04", "1980"], "born"),
        ("soc_sec_id", ["1234567", "7654321", "1234567"], "id_number"),
        ("Mobile", ["0770 123 4567", "+964 770 123 4568", "07701234567"], "phone"),
        ("postcode", ["4011", "2602", "4011"], "postcode"),
        ("e-mail", ["a@b.example", "c@d.example", "a@b.example"], "email"),
    ],
)
def test_a_column_is_read_by_its_name_and_content(db: Database, column: str, values: list[str | None], meaning: str) -> None:
    reading = _read(db, column, values)
    assert reading.meaning == meaning
    assert reading.sureness > 0.7


def test_a_key_of_every_row_is_no_evidence(db: Database) -> None:
    reading = _read(db, "rec_id", ["rec-1-org", "rec-1-dup-0", "rec-2-org"])
    assert reading.meaning == "record_key"


def test_an_identity_number_that_never_repeats_stays_evidence(db: Database) -> None:
    assert _read(db, "national_id", ["198012345678", "197912345678", "198112345678"]).meaning == "id_number"


def test_a_name_that_its_content_belies_is_ignored_and_says_so(db: Database) -> None:
    reading = _read(db, "date of birth", ["unknown", "unsure", "19800101"])
    assert reading.meaning == "ignored"
    assert "33% of its values are dates" in reading.why


@pytest.mark.parametrize("column", ["cluster", "witness name", "remarks", "company name"])
def test_what_is_not_understood_is_not_used(db: Database, column: str) -> None:
    assert _read(db, column, ["one", "two", "one"]).meaning == "ignored"


def test_one_meaning_is_given_to_one_column_only(db: Database) -> None:
    db.load_rows("t", {"row": "BIGINT", "surname": "TEXT", "former surname": "TEXT"}, [(1, "aziz", "jaber"), (2, "omar", "aziz")])
    surname, former = read_columns(db, "list.csv", "t")
    assert (surname.meaning, former.meaning) == ("surname", "ignored")
    assert "'surname' fits better" in former.why


def test_a_column_name_is_never_run_as_sql(db: Database) -> None:
    reading = _read(db, 'x"; DROP TABLE t; --', ["one", "two", "one"])
    assert reading.meaning == "ignored"
    assert db.value("SELECT count(*) FROM t") == 3


def test_numbers_of_rows_and_lines_are_not_columns_of_the_source(db: Database) -> None:
    db.load_rows("t", {"row": "BIGINT", "line": "BIGINT", "surname": "TEXT"}, [(1, 2, "aziz"), (2, 3, "jaber")])
    assert [reading.column for reading in read_columns(db, "list.csv", "t")] == ["surname"]
