"""A PostgreSQL of the tests' own, the schema migrated once, and the people of a small commission.

Every test runs as the application's role, which owns nothing. ``case`` tests roll back; ``committed`` ones really commit and
clean up.
"""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date

import pytest

from aljabr.errors import UsageError
from tests.registry.servers import copied, migrate, started_server

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def registry():
    """The started and migrated database; Django set up on the application's role."""
    from django.db import connections

    with tempfile.TemporaryDirectory(prefix="aljabr-test-", ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        try:
            server = stack.enter_context(started_server(folder))
        except UsageError as error:
            pytest.skip(str(error))
        try:
            migrate(server)
            yield server
        finally:
            connections.close_all()


@pytest.fixture
def scratch(registry):
    """A copy of the migrated database in which tests really commit; gone afterwards."""
    name = f"scratch_{next(_NUMBERS)}"
    with copied(registry, name):
        yield name


@pytest.fixture
def offices(scratch):
    """A commission that is committed, a second secretary, and a checkpoint newer than any filing to draw lots with."""
    from django.db import transaction

    from tests.registry.walks import settle_offices

    with transaction.atomic():
        return settle_offices(on=date(2024, 1, 1))


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
