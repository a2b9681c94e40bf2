"""How common names are: shares, smoothing towards the country, own counts, and that the table can find nobody."""

from __future__ import annotations

import csv
import math
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aljabr.names.frequencies import frequency_class, known_frequencies

KNOWN = known_frequencies()


def test_a_common_name_is_common_and_a_rare_one_rare():
    assert KNOWN.share("محمد", "given", sex="m") > 0.05
    assert KNOWN.share("قنديل", "forebear") < 0.0001
    # Counted in the list: 347 of 5,424 men are called محمد.
    assert KNOWN.share("مُحمَّد", "given", sex="m") == pytest.approx(347 / 5424)


def test_sex_and_governorate_change_how_common_a_name_is():
    assert KNOWN.share("زينب", "given", sex="f") > 10 * KNOWN.share("زينب", "given", sex="m")
    assert KNOWN.share("الجبوري", "family", governorate="IQG15") > 3 * KNOWN.share("الجبوري", "family", governorate="IQG02")


def test_the_key_counts_all_spellings_of_all_scripts():
    assert KNOWN.share("Mohammed", "given", sex="m", by_key=True) == KNOWN.share("محمد", "given", sex="m", by_key=True)
    assert KNOWN.share("محمد", "given", sex="m", by_key=True) > KNOWN.share("محمد", "given", sex="m")


def test_a_governorate_without_a_table_is_the_country():
    assert KNOWN.share("محمد", "given", sex="m", governorate="IQG99") == pytest.approx(KNOWN.share("محمد", "given", sex="m"))


def test_own_counts_hardly_move_a_small_file_and_outweigh_the_table_in_a_large_one():
    small = KNOWN.with_counts([("given", "m", "", "سربست", 5), ("given", "m", "", "علي", 5)])
    large = KNOWN.with_counts([("given", "m", "", "سربست", 50_000), ("given", "m", "", "علي", 50_000)])
    assert small.share("سربست", "given", sex="m") < 0.02
    assert large.share("سربست", "given", sex="m") == pytest.approx(0.5, abs=0.01)
    assert KNOWN.share("سربست", "given", sex="m") < 0.001


@given(st.text(max_size=12), st.sampled_from(["given", "forebear", "family"]), st.sampled_from(["", "m", "f"]))
def test_a_share_is_never_nothing_and_never_more_than_all(name, position, sex):
    for by_key in (False, True):
        assert 0 < KNOWN.share(name, position, sex=sex, governorate="IQG15", by_key=by_key) <= 1


def test_classes_are_bits():
    assert frequency_class(1.0) == 0
    assert frequency_class(1 / 64) == 6
    assert frequency_class(math.ulp(0.0)) == 14


def test_nobody_is_found_by_the_table():
    file = resources.files("aljabr.names") / "tables" / "iraq_names.csv"
    rows = [row for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()) if row["token"] not in {"*", "?"}]
    assert len(rows) > 800
    assert min(int(row["records"]) for row in rows) >= 10
    assert set(rows[0]) == {"position", "sex", "governorate", "token", "records"}


def test_the_table_is_what_the_list_says(test_data):
    with (test_data("iraq-name-tokens") / "token_counts.csv").open(encoding="utf-8", newline="") as file:
        counted = sum(int(row["count"]) for row in csv.DictReader(file) if row["position"] == "given" and row["sex"] == "m")
    assert KNOWN.tokens["given", "m", ""]["*"] == counted == 5424
