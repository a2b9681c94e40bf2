"""Readers and intake give no reason that the table of reasons does not explain."""

from __future__ import annotations

import re

from tests.conftest import ROOT

from aljabr.formats.reasons import REASONS

_CODE = re.compile(r"[\"']((?:row|value|date|money|number|boolean|phone|identifier|incident|born|victim)\.[a-z_]+)[\"']")
_NOT_REASONS = {"victim.full_name", "victim.sex", "victim.born", "victim.id_number", "incident.sql"}


def test_every_code_in_the_code_is_in_the_table():
    files = [*(ROOT / "src/aljabr/formats").glob("*.py"), *(ROOT / "src/aljabr/runs").glob("intake*")]
    used = {code for path in files if path.name != "reasons.py" for code in _CODE.findall(path.read_text(encoding="utf-8"))}
    assert used - _NOT_REASONS <= REASONS.keys()
    assert len(used & REASONS.keys()) > 20
