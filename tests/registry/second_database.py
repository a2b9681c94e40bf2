"""A database of its own for a test that really commits, copied from the migrated one and dropped afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connections
from psycopg import sql

from aljabr.registry.serving.postgres import APPLICATION, DATABASE, LocalPostgres
from tests.registry.conftest import point_at


@contextmanager
def copied(server: LocalPostgres, name: str) -> Iterator[str]:
    """Let Django's connections lead to a copy; gives the application's address of it."""
    connections.close_all()
    with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
        admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(DATABASE)))
    try:
        point_at(server.url(APPLICATION, name))
        yield server.url(APPLICATION, name)
    finally:
        connections.close_all()
        point_at(server.url(APPLICATION))
        with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
            admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
