"""Linking tables that nobody has described."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from aljabr.errors import UsageError
from aljabr.linkage import FileLinks, evaluate_pairs, link_tables
from aljabr.relations import Database

PEOPLE = ["first name", "family name", "birth date", "mobile"]
LEFT = [
    ("Sara", "Aziz", "1980-02-13", "07701234567"),
    ("Omar", "Jaber", "1975-07-30", "07801112223"),
    ("Noor", "Salim", "1991-11-02", None),
]
RIGHT = [("sara", "Azizz", "13/02/1980", "+964 770 123 4567"), ("Omar", "Jaber", "05/12/1999", "07509998887")]


def _load(db: Database, name: str, header: list[str], rows: list[tuple[str | None, ...]]) -> None:
    columns = {"row": "BIGINT", **dict.fromkeys(header, "TEXT")}
    db.load_rows(name, columns, [(number, *row) for number, row in enumerate(rows, 1)])


def _febrl(db: Database, folder: Path) -> tuple[FileLinks, dict[str, str]]:
    with (folder / "dataset1.csv").open(newline="", encoding="utf-8") as stream:
        header, *rows = list(csv.reader(stream))
    _load(db, "febrl", header, [tuple(value.strip() or None for value in row) for row in rows])
    truth = {str(number): re.match(r"rec-\d+", row[0])[0] for number, row in enumerate(rows, 1)}  # type: ignore[index]
    return link_tables(db, [("dataset1.csv", "febrl")]), truth


def test_febrl_1_is_linked_with_f1_above_99_percent(db: Database, test_data: Callable[[str], Path]) -> None:
    links, truth = _febrl(db, test_data("linkage-febrl"))
    predicted = {str(row["row"]): row["person"] for row in links.clusters.to_pylist()}
    scores = evaluate_pairs(predicted, truth)
    assert scores.f1 >= 0.99
    assert {c.column: c.meaning for c in links.columns}["rec_id"] == "record_key"
    assert links.trained


def test_learning_gives_the_same_answer_on_one_thread_and_on_two(test_data: Callable[[str], Path]) -> None:
    folder, found = test_data("linkage-febrl"), []
    for threads in (1, 2):
        with Database() as db:
            db.execute(f"SET threads = {threads}")
            found.append(_febrl(db, folder)[0].pairs)
            assert db.value("SELECT current_setting('threads')") == threads
    assert found[0].equals(found[1])


def test_small_tables_are_linked_across_sources_with_starting_parameters(db: Database) -> None:
    _load(db, "a", PEOPLE, LEFT)
    _load(db, "b", ["given name", "surname", "date of birth", "phone"], RIGHT)
    links = link_tables(db, [("camp.csv", "a"), ("portal.csv", "b")])
    assert not links.trained
    (pair,) = links.pairs.to_pylist()
    assert (pair["left_source"], pair["left_row"], pair["right_source"], pair["right_row"]) == ("camp.csv", 1, "portal.csv", 1)
    assert links.persons == 4


def test_every_row_is_in_one_cluster_named_after_its_first_row(db: Database) -> None:
    _load(db, "a", PEOPLE, [*LEFT, LEFT[0]])
    links = link_tables(db, [("camp.csv", "a")])
    assert [row["person"] for row in links.clusters.to_pylist()] == ["camp.csv:1", "camp.csv:2", "camp.csv:3", "camp.csv:1"]


def test_a_full_name_meets_given_name_and_surname(db: Database) -> None:
    _load(db, "a", ["full name", "birth date"], [("Sara Omar Aziz", "1980-02-13"), ("Ali Hasan Jaber", "1970-01-09")])
    _load(db, "b", ["given name", "surname", "dob"], [("Sara", "Aziz", "19800213")])
    links = link_tables(db, [("a.csv", "a"), ("b.csv", "b")])
    assert [(p["left_row"], p["right_source"]) for p in links.pairs.to_pylist()] == [(1, "b.csv")]


def test_files_that_say_nothing_about_persons_are_refused(db: Database) -> None:
    _load(db, "a", ["colour", "remarks"], [("red", "none"), ("blue", "none")])
    with pytest.raises(UsageError, match="can be compared"):
        link_tables(db, [("a.csv", "a")])


def test_names_in_two_scripts_meet(db: Database) -> None:
    _load(db, "a", ["الاسم الكامل", "تاريخ الميلاد"], [("علي حسين الجبوري", "1975-03-14"), ("سارة عمر عزيز", "1991-11-02")])
    _load(db, "b", ["full name", "date of birth"], [("Ali Hussein Al-Jubouri", "1975-03-14"), ("Omar Salim", "1960-01-09")])
    links = link_tables(db, [("committee.csv", "a"), ("ngo.csv", "b")])
    assert [(pair["left_row"], pair["right_row"]) for pair in links.pairs.to_pylist()] == [(1, 1)]
