"""A PostgreSQL of the tests' own, the schema migrated once, and the people of a small commission.

Every test runs as the application's role, which owns nothing. ``case`` tests roll back; ``committed`` ones really commit and
clean up.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from aljabr.errors import UsageError
from aljabr.registry.serving.postgres import APPLICATION, OWNER, LocalPostgres


@pytest.fixture(scope="session")
def registry():
    """The started and migrated database; Django set up on the application's role."""
    from django.core.management import call_command
    from django.db import connections

    with tempfile.TemporaryDirectory(prefix="aljabr-test-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        try:
            server = LocalPostgres(Path(folder), durable=False)
            server.start()
        except UsageError as error:
            pytest.skip(str(error))
        try:
            point_at(server.url(OWNER))
            call_command("migrate", verbosity=0)
            point_at(server.url(APPLICATION))
            yield server
        finally:
            connections.close_all()
            server.stop()


def point_at(url: str) -> None:
    """Let Django's connections of every thread lead to a database."""
    from django.db import connections

    from aljabr.registry.settings import database

    connections["default"].close()
    connections["default"].settings_dict.update(database(url))


@contextmanager
def _rolled_back() -> Iterator[None]:
    from django.db import transaction

    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def case(registry):
    """A transaction that is rolled back, seen by the system."""
    from aljabr.registry.viewers import system_viewer

    with _rolled_back():
        system_viewer().bind()
        yield


@pytest.fixture
def commission(case):
    """The bodies of IQ-LAW20 with people on the seats of the sub-committee, one officer for every role."""
    from tests.registry.commission import found_commission

    return found_commission(on=date(2024, 1, 1))
