"""A rehearsal reads and checks everything and writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from aljabr.errors import SyntheticOnly, UsageError
from aljabr.runs.manifest import read_manifest
from aljabr.runs.rehearsal import rehearse


def aljabr(*arguments, cwd):
    command = [sys.executable, "-m", "aljabr", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)


def test_it_counts_what_a_run_takes(sample, finished):
    found = rehearse("IQ-LAW20", sample)
    assert [source.manifest_entry() for source in found.sources] == read_manifest(finished)["inputs"]
    assert found.exit_status == 0 and found.funds == ("demo-small", "demo", "ninewa-2024")
    told = found.to_dict()
    assert told["rows"] == told["accepted"] + told["quarantined"]
    assert all(issue["reason"] and issue["rows"] for issue in told["issues"])
    assert any("mapping portal" in line for line in found.lines())


def test_it_writes_nothing_and_says_so(sample, tmp_path):
    done = aljabr("run", "IQ-LAW20", *sample, "--dry-run", "--out", tmp_path / "out", "--fund", "demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "nothing was written" in done.stdout and "--fund" not in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_every_file_that_stops_a_run_is_told_at_once(sample, tmp_path):
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n")
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 and no archive")
    files = [path for path in sample if path.name == "portal.jsonl"]
    done = aljabr("run", "IQ-LAW20", "strange.csv", *files, "broken.xlsx", "--dry-run", "--json", cwd=tmp_path)
    told = json.loads(done.stdout)
    assert done.returncode == 3
    assert [(entry["file"], entry["code"]) for entry in told["broken"]] == [
        ("strange.csv", "mapping.broken"),
        ("broken.xlsx", "source.broken"),
    ]
    assert [source["name"] for source in told["sources"]] == ["portal.jsonl"] and told["rows"] > 0
    assert {path.name for path in tmp_path.iterdir()} == {"strange.csv", "broken.xlsx"}


def test_only_broken_files_are_told_too(tmp_path):
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n")
    found = rehearse("IQ-LAW20", (tmp_path / "strange.csv",))
    assert found.exit_status == 3 and found.sources == () and "would stop" in found.lines()[-1]


def test_what_a_run_refuses_it_refuses(sample, tmp_path):
    for arguments, refused in (
        ({"programme": "IQ-LAW20", "files": (tmp_path / "nowhere.csv",)}, UsageError),
        ({"programme": "IQ-LAW20", "files": sample[:1], "fund": "none"}, UsageError),
        ({"programme": "IQ-LAW20", "files": ()}, UsageError),
        ({"programme": "IQ-SURVIVORS", "files": sample[:1]}, SyntheticOnly),
    ):
        with pytest.raises(refused):
            rehearse(**arguments)


def test_corrections_are_tried_as_a_run_does(sample, tmp_path):
    portal = tuple(path for path in sample if path.name == "portal.jsonl")
    before = rehearse("IQ-LAW20", portal)
    missing = next(issue for issue in before.issues if issue["code"] == "value.missing" and issue["column"] == "harm")
    corrections = tmp_path / "corrections.csv"
    corrections.write_text(f"file,row,column,correction\nportal.jsonl,{missing['first_line']},harm,injury\n", encoding="utf-8")
    after = rehearse("IQ-LAW20", portal, mend=(corrections,))
    assert (after.accepted, after.mend[0]["applied"], after.mend[0]["unused"]) == (before.accepted + 1, 1, 0)
    assert any("corrections 1 = 1 applied + 0 not used" in line for line in after.lines())
    assert sorted(tmp_path.iterdir()) == [corrections]
