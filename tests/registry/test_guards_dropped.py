"""Every guard of the database refuses its act; taken away, the probe tells. A new guard without a probe is an error."""

from __future__ import annotations

import psycopg
import pytest

from tests.registry.acts import policies, rights, triggers, unprobed
from tests.registry.probes import constraints, holds
from tests.registry.servers import copied
from tests.registry.stage import fill_empty_tables, set_stage


@pytest.fixture(scope="module")
def stage(registry):
    """A superuser's connection to the stage, and the probes of all its guards."""
    with copied(registry, "stage"):
        set_stage()
        with psycopg.connect(registry.url("postgres", "stage"), autocommit=True) as admin:
            fill_empty_tables(admin)
            yield admin, [*constraints(admin), *triggers(), *policies(admin), *rights(admin)]


def test_every_guard_refuses_its_act(stage):
    admin, probes = stage
    assert [probe.guard for probe in probes if not holds(admin, probe)] == []


def test_a_guard_taken_away_is_noticed(stage):
    admin, probes = stage
    assert [probe.guard for probe in probes if holds(admin, probe, without=True)] == []


def test_no_guard_is_without_a_probe(stage):
    admin, probes = stage
    assert unprobed(admin, probes) == []
    assert len(probes) > 300
