"""Linking files as they are: fixed outputs, honest scores, clear refusals."""

from __future__ import annotations

import csv

import pytest
from python_calamine import CalamineWorkbook

from aljabr.errors import UsageError
from aljabr.runs import link_files


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(scope="module")
def febrl(test_data, tmp_path_factory):
    out = tmp_path_factory.mktemp("febrl")
    file = test_data("linkage-febrl") / "dataset1.csv"
    return link_files((file,), out, threshold=0.9, truth="rec_id", pattern=r"rec-(\d+)-")


def test_febrl_one_is_linked_without_its_record_ids_as_evidence(febrl):
    assert febrl.scores.f1 >= 0.99
    assert "rec_id" not in [column.column for column in febrl.links.columns]


def test_pairs_and_clusters_have_the_fixed_columns_and_every_row_has_a_person(febrl):
    pairs, clusters = rows(febrl.out / "pairs.csv"), rows(febrl.out / "clusters.csv")
    fixed = ["left_source", "left_row", "right_source", "right_row", "probability"]
    assert list(pairs[0]) == [*fixed, "left_name", "right_name", "verdict"]
    assert list(clusters[0]) == ["source", "row", "person"]
    assert sorted(int(row["row"]) for row in clusters) == list(range(1, 1001))


def test_the_doubtful_band_is_listed_with_names_and_a_verdict_and_opens_in_an_office(tmp_path):
    (tmp_path / "one.csv").write_text("name,born\nسيف عمر بشير,1994-05-05\nسارة علي حسن,1981-02-03\n", encoding="utf-8")
    (tmp_path / "two.csv").write_text("name,born\nسيف عمر حازم,1994-09-15\nسارة علي حسن,1981-02-03\n", encoding="utf-8")
    linked = link_files((tmp_path / "one.csv", tmp_path / "two.csv"), tmp_path / "out")
    found = {row["left_name"]: row["verdict"] for row in rows(linked.out / "pairs.csv")}
    assert found == {"سيف عمر بشير": "review", "سارة علي حسن": "linked"}  # two cousins born in one year, or one man
    assert (linked.links.pairs.num_rows, linked.doubtful) == (1, 1)
    sheet = CalamineWorkbook.from_path(linked.out / "pairs.xlsx").get_sheet_by_index(0).to_python()
    assert [row[0] for row in sheet[1:]] == ["للتدقيق / review", "الشخص نفسه / linked"]
    assert (sheet[1][2], sheet[1][5]) == ("سيف عمر بشير", "سيف عمر حازم")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"threshold": 1.5}, "between 0 and 1"),
        ({"truth": "nobody"}, "No file has a column"),
        ({"truth": "name", "pattern": "("}, "no regular expression"),
        ({"truth": "name", "pattern": "x"}, "no group"),
    ],
    ids=["threshold", "truth", "pattern", "group"],
)
def test_a_wrong_wish_is_refused_with_the_way_out(options, message, tmp_path):
    (tmp_path / "list.csv").write_text("name,born\nسارة علي,1990\nسارة علي,1990\n", encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        link_files((tmp_path / "list.csv",), tmp_path / "out", **{"threshold": 0.9, **options})


def test_a_row_that_is_not_whole_is_set_aside(tmp_path):
    (tmp_path / "list.csv").write_text("name,born\nسارة علي,1990\nعلي\nسارة علي,1990\n", encoding="utf-8")
    linked = link_files((tmp_path / "list.csv",), tmp_path / "out", threshold=0.9)
    assert (linked.links.records, sum(linked.quarantined().values())) == (2, 1)
