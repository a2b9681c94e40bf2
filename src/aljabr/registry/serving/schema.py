"""Tells whether a database has every migration, without waiting for Django to start: so that a second start is quick."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import psycopg

_BORROWED = ("auth", "contenttypes", "sessions")


def is_migrated(url: str) -> bool:
    """Return whether every migration of the registry, and of what it borrows from Django, is recorded in a database."""
    try:
        with psycopg.connect(url) as connection:
            done = set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
    except psycopg.errors.UndefinedTable:
        return False
    return migrations() <= done


def migrations() -> set[tuple[str, str]]:
    """Return app and name of every migration on disk."""
    django = importlib.util.find_spec("django")
    borrowed = Path(django.origin).parent / "contrib" if django and django.origin else Path()
    folders = [*Path(__file__).parent.parent.glob("*/migrations"), *(borrowed / app / "migrations" for app in _BORROWED)]
    return {(folder.parent.name, path.stem) for folder in folders for path in folder.glob("[0-9]*.py")}
