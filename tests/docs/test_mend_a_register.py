"""Every command of the how-to on mending runs as it is written; between them an office fills the workbook in."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys

from tests.conftest import ROOT
from tests.runs.test_mending import TITLES, save, sheet

PAGES = ROOT / "docs" / "how-to"


def commands(page):
    text = (PAGES / page).read_text(encoding="utf-8")
    return [line for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL) for line in block.splitlines()]


def run(line, folder):
    done = subprocess.run([sys.executable, "-m", *shlex.split(line)], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    return done.stdout


def test_a_register_is_mended_as_the_page_says(tmp_path):
    lines = commands("mend-a-register.md")
    assert len(lines) == 4
    for line in lines[:2]:
        run(line, tmp_path)
    rows = sheet(tmp_path / "out" / "private" / "mend" / "committee.xlsx.mend.xlsx")
    aside = [row for row in rows if "row set aside" in row[TITLES["effect"]]]
    for row in aside:
        row[TITLES["correction"]], row[TITLES["note"]] = ("drop", "the office knows no such case")
    assert aside
    save(tmp_path / "committee-mended.xlsx", rows)
    printed = run(lines[2], tmp_path)
    assert f"corrections {len(aside)} = {len(aside)} applied + 0 not used" in printed
    run(lines[3], tmp_path)
    manifest = json.loads((tmp_path / "mended" / "manifest.json").read_bytes())
    assert manifest["mend"][0]["name"] == "committee-mended.xlsx"


def test_a_mapping_is_drafted_as_the_page_says(tmp_path):
    text = (PAGES / "map-a-source.md").read_text(encoding="utf-8")
    name, content = re.search(r"```csv\n# (\S+)\n(.*?)```", text, re.DOTALL).groups()
    (tmp_path / name).write_text(content, encoding="utf-8")
    (line,) = commands("map-a-source.md")
    printed = run(line, tmp_path)
    assert printed == (tmp_path / "register.yaml").read_text(encoding="utf-8")
    assert "# OPEN: " in printed and '"اصابه": injury' in printed
