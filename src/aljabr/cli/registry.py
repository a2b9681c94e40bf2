"""``aljabr serve``: the commission's working system on the web."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

DATA = Path("/var/lib/aljabr") if hasattr(os, "geteuid") and os.geteuid() == 0 else Path.home() / ".local" / "state" / "aljabr"


def serve(
    data: Annotated[Path, typer.Option(help="Folder of the database, its secrets and the files.")] = DATA,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.")] = 8020,
    demo: Annotated[bool, typer.Option("--demo", help="Load a demo: sample claims and one account for every role.")] = False,
) -> None:
    """Serve the registry until stopped; DATABASE_URL names another PostgreSQL than its own.

    Example: aljabr serve --demo --data registry-demo --port 8020
    """
    from aljabr.registry.serving import serve as run

    raise typer.Exit(
        run(data / "demo" if demo and data == DATA else data, port=port, demo=demo, say=lambda line: print(line, file=sys.stderr))
    )
