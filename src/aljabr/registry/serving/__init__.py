"""Starts the registry: its PostgreSQL, migrations, the demo, the web server; stops all of it again."""

from aljabr.registry.serving.postgres import LocalPostgres
from aljabr.registry.serving.server import serve

__all__ = ["LocalPostgres", "serve"]
