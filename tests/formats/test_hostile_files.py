"""Every hostile intake file of the published classes ends as its manifest expects: refused, or read without harm or loss."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from aljabr.errors import SourceBroken
from aljabr.formats import interpret
from aljabr.programmes.records import CurrencySpec, Field_

AMOUNT = Field_.model_validate({"to": "item.claimed", "as": "money"})


@pytest.fixture(scope="module")
def hostile(test_data, tmp_path_factory):
    """Return the folder of generated files and their manifest, for CSV and XLSX."""
    folder = tmp_path_factory.mktemp("hostile")
    script = test_data("security") / "gen_hostile_files.py"
    subprocess.run([sys.executable, str(script), str(folder), "--per-class", "1", "--seed", "11"], check=True, capture_output=True)
    lines = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    return folder, [entry for entry in map(json.loads, lines) if entry["channel"] in {"csv", "xlsx"}]


def test_each_hostile_file_is_refused_or_read_as_expected(hostile, read):
    folder, entries = hostile
    outcomes = {entry["file"]: _outcome(folder / entry["file"], entry["klass"], read) for entry in entries}
    expected = {entry["file"]: "reject" if entry["expect"] == "reject" else "accept" for entry in entries}
    assert outcomes == expected
    assert len(entries) == 17


def _outcome(path, klass, read):
    """Whether the file, or the one row that is hostile, is refused."""
    try:
        _, good, bad = read(path)
    except SourceBroken:
        return "reject"
    if klass == "csv_amount":
        amounts = interpret([row[3] for row in good], AMOUNT, currency=CurrencySpec(code="USD", exponent=2))
        return "accept" if amounts[0][0] is not None else "reject"
    if klass == "csv_unclosed_quote":
        return "reject" if (len(good), bad) == (2000, [(1, 2, "row.quote")]) else "lost"
    return "reject" if bad else "accept"
