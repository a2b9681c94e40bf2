"""Starts everything ``aljabr serve`` needs and stops all of it on SIGTERM or Ctrl-C.

Order: the database (a ``DATABASE_URL``'s, else one of our own in the data folder), migrations by the owner's role, the demo when
asked, the web server, the sequencer of the public log, the worker of engine runs. Whatever of them dies is started again;
whatever was started is stopped.
"""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from aljabr.errors import AljabrError
from aljabr.registry.serving.postgres import APPLICATION, OWNER, LocalPostgres
from aljabr.registry.serving.schema import is_migrated
from aljabr.registry.serving.supervision import Kept

_GRANIAN = (
    "--interface",
    "wsgi",
    "--host",
    "127.0.0.1",
    "--workers",
    "1",
    "--blocking-threads",
    "4",
    "--no-ws",
    "--log-level",
    "warning",
)


def serve(data: Path, *, port: int, demo: bool, say: Callable[[str], None]) -> int:
    """Run the registry until it is told to stop.

    Parameters
    ----------
    data : Path
        Folder of the database, its secrets and the files.
    port : int
        On 127.0.0.1.
    demo : bool
        Load a sample programme, claims and one account for every role, unless they are there.
    say : callable
        Prints a line for people.

    Returns
    -------
    int
        Exit status.

    Raises
    ------
    UsageError
        When the database cannot be started.
    """
    data.mkdir(parents=True, exist_ok=True)
    server = None if os.environ.get("DATABASE_URL") else LocalPostgres(data / "postgres")
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    try:
        if server:
            server.restart()  # one killed a moment ago may still be ending
        environment = _environment(data, server)
        if not is_migrated(environment["DATABASE_URL"]):
            _manage(environment, "migrate", owner=True)
        if demo:
            for line in _manage(environment, "load_demo").splitlines():
                say(line)
        own = {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
        web = ("-m", "granian", *_GRANIAN, "--port", str(port), "aljabr.registry.wsgi:application")
        kept = [
            Kept("web server", web, own),
            Kept("sequencer", ("-m", "django", "publish_log"), own, after=1.0),
            Kept("worker", ("-m", "django", "work"), own, after=2.0),
        ]
        say(f"The registry answers on http://127.0.0.1:{port}/ (stop with Ctrl-C).")
        try:
            _tend(stopped, server, kept, say)
        finally:
            for process in kept:
                process.end()
        return 0
    finally:
        if server:
            server.stop()


def _environment(data: Path, server: LocalPostgres | None) -> dict[str, str]:
    secret = data / "registry.secret"
    if not secret.exists():
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    found = {**os.environ, "ALJABR_DATA": str(data.resolve()), "DJANGO_SETTINGS_MODULE": "aljabr.registry.settings"}
    found.setdefault("ALJABR_SECRET_KEY", secret.read_text())
    if server:
        found |= {"DATABASE_URL": server.url(APPLICATION), "DATABASE_OWNER_URL": server.url(OWNER)}
    return found


def _manage(environment: dict[str, str], command: str, *, owner: bool = False) -> str:
    own = environment if owner else {name: value for name, value in environment.items() if name != "DATABASE_OWNER_URL"}
    arguments = ["--verbosity", "0"] if command == "migrate" else []
    done = subprocess.run(
        [sys.executable, "-m", "django", command, *arguments], env=own, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise AljabrError(f"{command} failed: {done.stderr.strip()[-600:]}", "Mend that and start again.")
    return done.stdout


def _tend(stopped: threading.Event, server: LocalPostgres | None, kept: list[Kept], say: Callable[[str], None]) -> None:
    while not stopped.wait(0.2):
        if server and server.is_down():
            say("PostgreSQL ended; it is started again.")
            server.restart()
        for process in kept:
            process.tend(say)
            if process.hopeless:
                raise AljabrError(f"The {process.name} does not stay up.", "See what it said; its port may be taken.")
