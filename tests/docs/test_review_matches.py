"""Every command of the how-to on reviewing runs as it is written; the review itself is started, asked for its address and ended."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
from tests.conftest import ROOT

from aljabr.relations import Database

TEXT = (ROOT / "docs" / "how-to" / "review-matches.md").read_text(encoding="utf-8")
LINES = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
ROWS = "name,born,phone\n{}\nزينب سالم خلف,1990-01-05,07709876543\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "register.csv").write_text(ROWS.format("محمد علي حسن,1980-02-03,07701234567"), encoding="utf-8")
    (tmp_path / "list.csv").write_text(ROWS.format("Mohammed Ali Hasan,1980,07701234567"), encoding="utf-8")
    with Database() as db:
        for name in ("person_records", "claims", "claim_items"):
            db.create(name)
            db.write(name, tmp_path / "out" / "private" / "relations")
    return tmp_path


def test_the_commands_of_the_how_to_work_as_written(folder):
    assert len(LINES) == 6
    for line in LINES:
        words = shlex.split(line)
        if "review" in words:
            with subprocess.Popen([sys.executable, "-m", *words], cwd=folder, stdout=subprocess.PIPE, text=True) as served:
                address = served.stdout.readline()
                served.terminate()
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\?token=[\w-]{43}\n", address)
            continue
        done = subprocess.run([sys.executable, "-m", *words], cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{line}\n{done.stderr}"
