"""Files nobody prepared: rows that are not whole are set aside and counted, a missing line of column names is said."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from aljabr.runs import link_files

PEOPLE = [
    ("سالم خضر ياسين الحيالي", 1961),
    ("زينب محمود علي الجبوري", 1975),
    ("نوري طه قاسم العبيدي", 1988),
    ("شيلان دلشاد رشيد دوسكي", 1993),
    ("بشار متي يوسف كوركيس", 1954),
    ("هدى فارس وليد النعيمي", 2001),
]


def test_a_line_that_names_one_key_twice_is_set_aside_and_the_rest_is_linked(tmp_path: Path) -> None:
    lines = [json.dumps({"name": name, "born": str(year)}, ensure_ascii=False) for name, year in [*PEOPLE, PEOPLE[0]]]
    lines.insert(1, '{"name": "محمد علي حسن", "name": "احمد علي حسن", "born": "1980"}')
    lines.append("not an object")
    (tmp_path / "list.jsonl").write_text("\n".join(lines), encoding="utf-8")
    linked = link_files((tmp_path / "list.jsonl",), tmp_path / "out", threshold=0.8)
    assert linked.quarantined() == {"row.not_json": 1, "row.twice": 1}
    assert (linked.links.records, linked.links.persons) == (7, 6)
    with (tmp_path / "out" / "quarantine.csv").open(encoding="utf-8", newline="") as file:
        assert [(row["source"], row["line"], row["code"]) for row in csv.DictReader(file)] == [
            ("list.jsonl", "2", "row.twice"),
            ("list.jsonl", "9", "row.not_json"),
        ]
    assert any("quarantine.csv" in line for line in linked.lines())


def test_a_file_without_a_line_of_column_names_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("\n".join(name for name, _ in [*PEOPLE, *PEOPLE]), encoding="utf-8")
    linked = link_files((tmp_path / "list.csv",), tmp_path / "out", threshold=0.8)
    assert any("first line (سالم خضر ياسين الحيالي) looks like a person" in line for line in linked.lines())


def test_years_without_a_header_are_births_when_they_are_spread_like_births(tmp_path: Path) -> None:
    rows = [f"{name},{1940 + 3 * number}" for number, (name, _) in enumerate(PEOPLE * 4)]
    (tmp_path / "births.csv").write_text("\n".join(["name,c2", *rows]), encoding="utf-8")
    rows = [f"{name},{2014 + number % 4}" for number, (name, _) in enumerate(PEOPLE * 4)]
    (tmp_path / "events.csv").write_text("\n".join(["name,c2", *rows]), encoding="utf-8")
    linked = link_files((tmp_path / "births.csv", tmp_path / "events.csv"), tmp_path / "out", threshold=0.8)
    meanings = {(column.source, column.column): column.meaning for column in linked.links.columns}
    assert (meanings["births.csv", "c2"], meanings["events.csv", "c2"]) == ("born", "ignored")
