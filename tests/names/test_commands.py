"""``aljabr names``: what the commands print and how they end."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from aljabr.cli import app
from aljabr.errors import UsageError


def test_two_names_are_compared_for_people_and_for_machines():
    names = ["names", "compare", "محمد علي حسين", "Mohammed Hussein", "--sex", "m", "--place", "Mosul"]
    shown = CliRunner().invoke(app, names)
    assert shown.exit_code == 0
    assert [line.split()[1] for line in shown.stdout.splitlines()] == ["same_key", "left_out", "same_key", "in"]
    told = json.loads(CliRunner().invoke(app, [*names, "--json"]).stdout)
    assert [match["how"] for match in told["matches"]] == ["same_key", "left_out", "same_key"]
    assert told["weight"] == pytest.approx(sum(match["weight"] for match in told["matches"]), abs=0.01)


@pytest.mark.parametrize("options", [["--sex", "x"], ["--place", "nowhere"], ["--place", "iq01"]])
def test_what_cannot_be_heeded_is_refused(options):
    result = CliRunner().invoke(app, ["names", "compare", "محمد", "محمد", *options])
    assert isinstance(result.exception, UsageError)
