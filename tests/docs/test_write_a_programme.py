"""The tutorial "Write a programme in an hour", followed to the letter: every file, every command, every line of output it shows."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

PAGE = ROOT / "docs" / "tutorial" / "write-a-programme.md"
BLOCK = re.compile(r"^```(\w+)( fails)?\n(.*?)^```$", re.DOTALL | re.MULTILINE)
NAME = re.compile(r"(?:# |<!-- )([\w./-]+?)(?: -->)?\n")


def write(folder: Path, text: str) -> None:
    head = NAME.match(text)
    assert head, f"the block does not name its file: {text[:60]!r}"
    path = folder / head[1]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text[head.end() :], encoding="utf-8")


def run(folder: Path, commands: str, *, fails: bool) -> str:
    printed = ""
    for line in commands.splitlines():
        words = [sys.executable, "-m", *shlex.split(line)]
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
        assert done.returncode == (1 if fails else 0), f"{line}\n{done.stdout}{done.stderr}"
        printed += done.stdout
    return printed


def test_the_tutorial_makes_the_programme_it_describes(tmp_path: Path) -> None:
    printed, files, outputs = "", 0, 0
    for kind, fails, text in BLOCK.findall(PAGE.read_text(encoding="utf-8")):
        if kind == "sh":
            printed = run(tmp_path, text, fails=bool(fails))
        elif kind == "text":
            outputs += 1
            for line in text.splitlines():
                shown = line.removesuffix("…").rstrip()
                assert shown in printed, f"not printed: {shown}\n{printed}"
        else:
            files += 1
            write(tmp_path, text)
    assert (files, outputs) == (10, 4), "a file or an output of the page was not followed"
    letters = "".join(
        path.read_text(encoding="utf-8") for path in sorted((tmp_path / "out" / "private" / "letters").glob("*.html"))
    )
    assert "Samir Khalaf Jamil" in letters or "Amal Yousif Hadi" in letters
