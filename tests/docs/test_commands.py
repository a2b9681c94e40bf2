"""Every command in the tutorial runs, in order, as it is written."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

from tests.conftest import ROOT

from aljabr.relations import Database


def test_a_change_can_be_simulated_as_the_page_says(tmp_path):
    text = (ROOT / "docs" / "how-to" / "simulate-a-change.md").read_text(encoding="utf-8")
    for block in re.findall(r"```yaml\n(.*?)```", text, re.DOTALL):
        (tmp_path / block.splitlines()[0].removeprefix("# ")).write_text(block, encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(lines) == 5
    for line in lines:
        done = subprocess.run([sys.executable, "-m", *shlex.split(line)], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "simulated" / "simulation.html").exists()


def test_the_tutorial_works_as_written(tmp_path):
    text = (ROOT / "docs" / "tutorial" / "first-run.md").read_text(encoding="utf-8")
    lines = [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]
    assert len(lines) >= 7
    for line in lines:
        words = shlex.split(line)
        if "REFERENCE" in words:
            with Database() as db:
                db.read("determinations", tmp_path / "out" / "private" / "relations")
                words[words.index("REFERENCE")] = db.value("SELECT min(determination_id) FROM determinations")
        done = subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
