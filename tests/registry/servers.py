"""Servers and databases of the tests' and benchmarks' own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from aljabr.registry.serving.postgres import APPLICATION, DATABASE, OWNER, LocalPostgres


@contextmanager
def started_server(folder: str | Path, *, durable: bool = False) -> Iterator[LocalPostgres]:
    """A PostgreSQL in a folder, of the binaries ``ALJABR_PG_BIN`` names when it names some; stopped at the end."""
    Path(folder).chmod(0o755)
    named = os.environ.get("ALJABR_PG_BIN")
    server = LocalPostgres(Path(folder), durable=durable, binaries=Path(named) if named else None)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def django_on(server: LocalPostgres) -> None:
    """Set Django up, migrate as the owner, and lead every connection to the application's role."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "aljabr.registry.settings"
    os.environ.setdefault("ALJABR_SECRET_KEY", "only for tests and benchmarks")
    django.setup()
    migrate(server)


def migrate(server: LocalPostgres) -> None:
    """Migrate as the owner; from then on everything is done as the application's role."""
    from django.core.management import call_command

    point_at(server.url(OWNER))
    call_command("migrate", verbosity=0)
    point_at(server.url(APPLICATION))


def point_at(url: str) -> None:
    """Let Django's connections of every thread lead to a database."""
    from django.db import connections

    from aljabr.registry.settings import database

    connections["default"].close()
    connections["default"].settings_dict.update(database(url))


def copy_database(server: LocalPostgres, name: str, *, of: str = DATABASE) -> None:
    """Copy a database to which nobody is connected."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        statement = sql.SQL("CREATE DATABASE {} TEMPLATE {} OWNER {}")
        admin.execute(statement.format(sql.Identifier(name), sql.Identifier(of), sql.Identifier(OWNER)))


@contextmanager
def copied(server: LocalPostgres, name: str) -> Iterator[str]:
    """Let Django's connections lead to a copy of the migrated database, gone afterwards; gives the application's address of it."""
    from django.db import connections

    connections.close_all()
    copy_database(server, name)
    point_at(server.url(APPLICATION, name))
    try:
        yield server.url(APPLICATION, name)
    finally:
        point_at(server.url(APPLICATION))
        connections.close_all()
        drop_database(server, name)


def drop_database(server: LocalPostgres, name: str) -> None:
    """Drop a database and whoever is connected to it."""
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
