"""The command line: help with examples, exit statuses, machine output."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
import typer.main

from aljabr.cli import app


def aljabr(*arguments):
    return subprocess.run([sys.executable, "-m", "aljabr", *map(str, arguments)], capture_output=True, text=True, check=False)


def commands(group, prefix=()):
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*prefix, name))
        else:
            yield " ".join((*prefix, name)), command


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("name", COMMANDS, ids=lambda name: name.replace(" ", "-"))
def test_every_command_shows_an_example_of_itself(name):
    assert f"Example: aljabr {name} " in COMMANDS[name].help


def test_help_loads_nothing_heavy():
    probe = "import sys, aljabr.cli; print([m for m in ('duckdb', 'splink', 'pyarrow', 'pydantic', 'numpy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_a_wrong_path_is_a_usage_error_with_one_message():
    done = aljabr("run", "IQ-LAW20", "nowhere.csv", "--out", "out")
    assert done.returncode == 2
    assert "There is no file nowhere.csv." in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_programme_names_what_ships():
    done = aljabr("programme", "check", "IQ-LAW2")
    assert (done.returncode, "IQ-LAW20" in done.stderr) == (2, True)


def test_a_broken_source_leaves_with_status_three(tmp_path):
    (tmp_path / "list.xlsx").write_bytes(b"this is no spreadsheet")
    done = aljabr("run", "IQ-LAW20", tmp_path / "list.xlsx", "--fund", "demo", "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "list.xlsx" in done.stderr


def test_a_source_no_mapping_fits_leaves_with_status_three_and_the_way_out(tmp_path):
    (tmp_path / "list.csv").write_text("a,b\n1,2\n")
    done = aljabr("run", "IQ-LAW20", tmp_path / "list.csv", "--fund", "demo", "--out", tmp_path / "out")
    assert done.returncode == 3
    assert "--source" in done.stderr


def test_a_check_is_written_as_a_page(tmp_path):
    done = aljabr("programme", "check", "IQ-LAW20", "--html", tmp_path / "check.html")
    assert (done.returncode, done.stderr) == (0, "")
    assert 'dir="rtl"' in (tmp_path / "check.html").read_text(encoding="utf-8")


def test_json_goes_to_stdout_alone():
    done = aljabr("programme", "check", "IQ-LAW20", "--json")
    content = json.loads(done.stdout)
    assert (done.returncode, content["errors"]) == (0, 0)
    assert any(finding["severity"] == "open" for finding in content["findings"]), "sign-offs are open"
