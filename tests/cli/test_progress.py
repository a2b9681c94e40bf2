"""Progress goes to stderr: lines in a log, nothing when quiet, never into what a run writes."""

from __future__ import annotations

import io
import subprocess
import sys
import time

import pytest

from aljabr.cli.progress import PlainLines


def run(tmp_path, *options):
    command = [sys.executable, "-m", "aljabr", "demo", "--claims", "60", "--out", str(tmp_path / "out"), *options]
    return subprocess.run(command, capture_output=True, text=True, check=True)


def test_a_log_names_every_stage_with_its_counts(tmp_path):
    done = run(tmp_path)
    lines = done.stderr.splitlines()
    for number, stage in enumerate(("intake", "link", "assess", "award", "pay", "publish", "report"), start=1):
        assert f"[{number}/7] {stage}" in lines
    assert any(line.startswith("[1/7] intake: source records 60, ") for line in lines)
    assert "\x1b" not in done.stderr and "[1/7]" not in done.stdout
    assert not any("progress" in path.name for path in (tmp_path / "out").rglob("*"))


@pytest.mark.parametrize("option", ["--quiet", "-q", "--json"])
def test_quiet_shows_nothing(tmp_path, option):
    assert run(tmp_path, option).stderr == ""


def test_a_long_stage_says_every_few_seconds_that_it_lives():
    stream = io.StringIO()
    lines = PlainLines(stream, every_seconds=0.05)
    lines.show("link", 1, 7)
    time.sleep(0.3)
    lines.stop()
    told = stream.getvalue().splitlines()
    assert told[0] == "[2/7] link" and len(told) > 2
    assert all(line.startswith("[2/7] link … ") for line in told[1:])


def test_many_calls_give_few_lines():
    stream = io.StringIO()
    lines = PlainLines(stream, every_seconds=60)
    for rows in range(10_000):
        lines.show(f"intake: list.csv, {rows:,} rows", 0, 7)
    lines.show("link", 1, 7)
    lines.stop()
    assert stream.getvalue().splitlines() == ["[1/7] intake: list.csv, 0 rows", "[2/7] link"]
