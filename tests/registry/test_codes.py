"""Every code a page may show has a name people read."""

from __future__ import annotations

import re
from pathlib import Path

import aljabr.registry
from aljabr.registry.policy import PURPOSES, ROLES
from aljabr.registry.web.codes import LABELS


def test_every_event_has_a_name(registry):
    text = "\n".join(path.read_text(encoding="utf-8") for path in Path(aljabr.registry.__file__).parent.rglob("*.py"))
    recorded = set(re.findall(r'record_event\(\s*\w+,\s*"([^"]+)"', text))
    assert len(recorded) > 50
    assert recorded - set(LABELS) == set()


def test_every_role_and_purpose_has_a_name(registry):
    assert {*ROLES, *PURPOSES} - set(LABELS) == set()
