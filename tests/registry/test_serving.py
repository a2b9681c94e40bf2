"""``aljabr serve`` as a service manager and an accident treat it: stopped, killed, started again, on another server."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psycopg
import pytest

from aljabr.registry.serving.postgres import APPLICATION, OWNER
from aljabr.registry.serving.schema import is_migrated, migrations
from aljabr.registry.serving.supervision import Kept
from tests.conftest import ROOT
from tests.registry.accidents import SECRET, Served, free_port
from tests.registry.clients import answers
from tests.registry.servers import copy_database, drop_database


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def all_gone(pids):
    """Whether none is left, waiting for those that are ending."""
    for _ in range(600):
        if not any(map(alive, pids)):
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def folder(tmp_path):
    for parent in (tmp_path, *tmp_path.parents):
        if parent == Path(tempfile.gettempdir()):
            break
        parent.chmod(0o755)  # PostgreSQL runs as a user who must reach it, however deep pytest puts it
    return tmp_path


def test_sigterm_stops_all_and_after_kill_9_nothing_is_left_in_the_way(registry, folder):
    own = {"DATABASE_URL": "", "DATABASE_OWNER_URL": ""}
    served = Served(folder, free_port(), **own)
    served.wait()
    below = served.below()
    served.stop()
    assert len(below) >= 4, "web server and its worker, sequencer, PostgreSQL"
    assert all_gone(below)
    served = Served(folder, served.port, **own)
    served.wait()
    below = served.below()
    served.process.kill()
    served.process.wait()
    assert all_gone(below)
    served = Served(folder, served.port, **own)
    served.wait()
    served.stop()
    assert not answers(served.port)


def test_a_server_named_by_its_address_is_used_and_left_running(registry, folder):
    from django.db import connection

    connection.close()
    copy_database(registry, "named")
    addresses = {"DATABASE_URL": registry.url(APPLICATION, "named"), "DATABASE_OWNER_URL": registry.url(OWNER, "named")}
    try:
        served = Served(folder, free_port(), **addresses)
        served.wait()
        assert not (folder / "postgres").exists()
        served.stop()
        assert not registry.is_down()
    finally:
        drop_database(registry, "named")


def test_a_database_is_migrated_when_every_migration_on_disk_is_recorded(registry, scratch):
    assert is_migrated(registry.url(APPLICATION, scratch))
    with psycopg.connect(registry.url(OWNER, scratch)) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'guards' AND name LIKE '0001%%'", [])
    assert not is_migrated(registry.url(APPLICATION, scratch))
    assert not is_migrated(registry.url("postgres", "postgres"))


def test_the_migrations_on_disk_are_those_django_knows():
    from django.db.migrations.loader import MigrationLoader

    assert migrations() == set(MigrationLoader(None).disk_migrations)


def test_three_kills_lose_and_double_nothing(registry):
    command = [sys.executable, str(ROOT / "benchmarks" / "registry_kills.py"), "--kills", "3", "--no-control"]
    environment = {**os.environ, "DATABASE_URL": "", "DATABASE_OWNER_URL": "", "ALJABR_SECRET_KEY": SECRET}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_process_that_dies_at_once_is_started_again_later_each_time():
    said, kept = [], Kept("short-lived", ("-c", "raise SystemExit(3)"), {})
    pauses = set()
    while len(said) < 3:
        kept.tend(said.append)
        pauses.add(kept._pause)
        time.sleep(0.01)
    kept.end()
    assert said == 3 * ["The short-lived ended (3); it is started again."]
    assert len(pauses) == 4
    assert not kept.hopeless


def test_a_process_that_never_stays_up_is_hopeless(monkeypatch):
    monkeypatch.setattr("aljabr.registry.serving.supervision.LONGEST_PAUSE", 0.0)
    kept = Kept("short-lived", ("-c", "raise SystemExit(3)"), {})
    for _ in range(3000):
        if kept.hopeless:
            break
        kept.tend(lambda _: None)
        time.sleep(0.01)
    kept.end()
    assert kept.hopeless
