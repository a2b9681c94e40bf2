"""What every test shares: where real data is, and a database in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import django
import pytest

from aljabr.relations import Database

# The registry needs settings to be imported; its own tests point them at a database they start.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "aljabr.registry.settings",
    "ALJABR_SECRET_KEY": "tests only",
    "DATABASE_URL": "postgresql://nobody@/none?host=/nowhere",
}
django.setup()

ROOT = Path(__file__).resolve().parent.parent
skipped_oracles: set[str] = set()


@pytest.fixture(scope="session")
def test_data() -> Callable[[str], Path]:
    """Return a function from a data set's name to its folder, which skips the test when the set is not there."""
    base = Path(os.environ.get("ALJABR_TEST_DATA", str(ROOT.parent / "shared" / "data")))

    def folder(name: str) -> Path:
        if not (base / name).exists():
            skipped_oracles.add(name)
            pytest.skip(f"real data set {name!r} is not under {base}: set ALJABR_TEST_DATA")
        return base / name

    return folder


@pytest.fixture
def db() -> Iterator[Database]:
    """Return an empty database in memory."""
    with Database() as database:
        yield database
