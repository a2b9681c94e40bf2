"""Starts the registry: its PostgreSQL, migrations, the demo, the web server; stops all of it again."""

from aljabr.registry.serving.postgres import LocalPostgres

__all__ = ["LocalPostgres"]
