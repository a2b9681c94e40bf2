"""Tells whether a database has every migration, without waiting for Django to start: so that a second start is quick."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import psycopg

# Where apps that are not ours lie; found without importing them.
_BORROWED = {
    "auth": "django.contrib.auth",
    "contenttypes": "django.contrib.contenttypes",
    "sessions": "django.contrib.sessions",
    "procrastinate": "procrastinate.contrib.django",
}


def is_migrated(url: str) -> bool:
    """Return whether every migration of the registry, and of what it borrows, is recorded in a database."""
    try:
        with psycopg.connect(url) as connection:
            done = set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
    except psycopg.errors.UndefinedTable:
        return False
    return migrations() <= done


def migrations() -> set[tuple[str, str]]:
    """Return app and name of every migration on disk."""
    found = {(path.parents[1].name, path.stem) for path in Path(__file__).parent.parent.glob("*/migrations/[0-9]*.py")}
    for app, package in _BORROWED.items():
        top, _, inside = package.partition(".")
        spec = importlib.util.find_spec(top)
        folder = Path(spec.origin or "").parent / inside.replace(".", "/") / "migrations" if spec else Path()
        found |= {(app, path.stem) for path in folder.glob("[0-9]*.py")}
    return found
