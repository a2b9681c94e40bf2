"""Lists with a known truth are linked untuned and measured."""

from __future__ import annotations

import csv

import pytest

from aljabr.errors import UsageError
from aljabr.runs.linkage_evaluation import evaluate_folder

GIVEN = ["علي", "زيد", "سعد", "مهند", "نبيل", "ياسر", "كريم", "رائد", "خالد", "سالم"]
FATHERS = ["حسن", "طه", "ناصر", "محمود", "صباح"]


def _write(path, header, rows):
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([header, *rows])


def test_two_lists_of_one_truth_are_one_set_and_files_without_truth_are_named(tmp_path):
    people = [(f"{given} {father} كريم الساعدي", 1950 + number, number) for number, (given, father) in enumerate(
        (given, father) for given in GIVEN for father in FATHERS
    )]  # fmt: skip
    _write(tmp_path / "a.csv", ["الاسم", "المواليد", "truth"], people[:40])
    _write(tmp_path / "b.csv", ["name", "birth year", "truth"], [(name.replace("ي", "ى"), *rest) for name, *rest in people[10:]])
    _write(tmp_path / "c.csv", ["colour"], [("red",), ("blue",)])
    result = evaluate_folder(tmp_path)
    (one,) = result.sets
    assert (one.name, one.records, one.persons) == ("a.csv + b.csv", 80, 50)
    assert one.measures["f1"] >= 0.95
    assert one.intervals.f1[0] <= one.measures["f1"] <= one.intervals.f1[1]
    assert result.bars_met
    assert result.left_out == ("c.csv: no column says who is who",)


def test_a_folder_without_truth_is_refused(tmp_path):
    with pytest.raises(UsageError, match="who is who"):
        evaluate_folder(tmp_path)


def test_fake_1000_is_linked_better_than_plain_splink_at_its_best(test_data):
    (one,) = evaluate_folder(test_data("linkage-splink-datasets")).sets
    assert one.bar_met
    assert one.baseline_f1 is not None
    assert min(one.measures["f1"], one.tuned.f1) > one.baseline_f1
