"""Clients of a running registry: they file and act over HTTP, repeat what was not answered, and remember every answer."""

from __future__ import annotations

import hashlib
import http.client
import re
import secrets
import threading
import time
import urllib.parse
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import psycopg

from aljabr.registry.serving.postgres import LocalPostgres
from tests.registry.servers import django_on


def prepare(folder: Path, *, durable: bool = True) -> dict[str, str]:
    """Make the database of a registry with a commission; return the sessions of its intake officer and secretary."""
    server = LocalPostgres(folder / "postgres")
    server.start()
    try:
        django_on(server)
        from django.db import connections

        from tests.registry.commission import found_commission
        from tests.registry.walks import committed

        cookies = committed(lambda: _sessions(found_commission(on=date(2024, 1, 1))))
        connections.close_all()
        if not durable:
            with psycopg.connect(server.url("postgres", "postgres"), autocommit=True) as admin:
                admin.execute("ALTER SYSTEM SET synchronous_commit = off")
                admin.execute("ALTER SYSTEM SET wal_writer_delay = 10000")
    finally:
        server.stop()
    return cookies


def _sessions(people: Any) -> dict[str, str]:
    from tests.registry.signing import signed_in

    return {name: str(signed_in(people.users[name]).session.session_key) for name in ("intake", "secretary")}


def answers(port: int) -> bool:
    """Return whether the registry and its database answer."""
    try:
        return _send(port, "GET", "/health", "")[0] == 200
    except (OSError, http.client.HTTPException):
        return False


def _send(port: int, method: str, path: str, session: str, **form: str) -> tuple[int, str, str]:
    token = "a" * 32
    headers = {"Cookie": f"aljabr_session={session}; csrftoken={token}", "X-CSRFToken": token}
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request(method, path, urllib.parse.urlencode(form) if form else None, headers)
        response = connection.getresponse()
        return response.status, response.headers.get("Location", ""), response.read().decode(errors="replace")
    finally:
        connection.close()


class Crowd:
    """Threads that file a claim, then send its step's request, again and again."""

    def __init__(self, port: int, sessions: dict[str, str], size: int) -> None:
        self.port, self.sessions = port, sessions
        self.filed: dict[str, str] = {}
        self.acted: dict[str, str] = {}
        self.repeated, self.last = 0, ""
        self._stopped = threading.Event()
        self._threads = [threading.Thread(target=self._work, daemon=True) for _ in range(size)]

    def start(self) -> None:
        """Let them begin."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let them end."""
        self._stopped.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(60)

    def wait_for_answer(self) -> None:
        """Wait until something more was answered."""
        before, until = len(self.filed), time.monotonic() + 120
        while len(self.filed) == before:
            if time.monotonic() > until:
                raise RuntimeError(f"nothing is answered any more; the last answer was {self.last}")
            time.sleep(0.05)

    def _work(self) -> None:
        while not self._stopped.is_set():
            key = secrets.token_hex(12)
            form = {"filing_key": key, "filed_on": "2024-03-01", "area": "IQ-NI", "harm": "property", "full_name": "سالم"}
            claim = self._until(lambda f=form: self._lodged(f))
            if claim is None:
                return
            self.filed[key] = claim
            item = self._until(lambda c=claim: self._item_of(c))
            if item is None:
                return
            if self._until(lambda i=item: self._requested(i)):
                self.acted[item] = claim

    def _until(self, attempt: Any) -> Any:
        while not self._stopped.is_set():
            try:
                found = attempt()
            except (OSError, http.client.HTTPException):
                found = None
            if found:
                return found
            self.repeated += 1
            time.sleep(0.1)
        return None

    def _lodged(self, form: dict[str, str]) -> str:
        status, location, said = _send(self.port, "POST", "/claims/new", self.sessions["intake"], **form)
        self.last = f"{status} {location} {said[:2000]}"
        return location.rsplit("/", 1)[-1] if status == 302 and location.startswith("/claims/") else ""

    def _item_of(self, claim: str) -> str:
        found = re.search(r"/items/([\w-]+)/", _send(self.port, "GET", f"/claims/{claim}", self.sessions["secretary"])[2])
        return found[1] if found else ""

    def _requested(self, item: str) -> bool:
        """Sent, or told that the step waits already: so is told who repeats an act whose first answer was lost."""
        status, location, said = _send(self.port, "POST", f"/items/{item}/request", self.sessions["secretary"], csrf="x")
        return (status == 302 and location.startswith("/claims/")) or (status == 409 and "waiting" in said)

    def audit(self, folder: Path) -> list[str]:
        """Return what is lost, doubled, or wrong in the log."""
        filed, acted = dict(self.filed), dict(self.acted)
        with _owner(folder) as connection:
            claims = dict(connection.execute("SELECT filing_key, id FROM claims").fetchall())
            named = Counter(connection.execute("SELECT claim_id, name FROM events WHERE claim_id IS NOT NULL").fetchall())
            sent = Counter(row[0] for row in connection.execute("SELECT item_id FROM external_requests"))
            wrong = [f"filing {key} is lost" for key, claim in filed.items() if claims.get(key) != claim]
            wrong += [f"request of {item} is there {sent[item]} times" for item in acted if sent[item] != 1]
            wrong += [
                f"{claim} has {named[claim, 'claim.lodged']} events"
                for claim in claims.values()
                if named[claim, "claim.lodged"] != 1
            ]
            wrong += [
                f"{claim} was asked twice" for (claim, name), number in named.items() if name == "request.sent" and number != 1
            ]
            return wrong + verify_log(connection)


def _owner(folder: Path) -> psycopg.Connection[Any]:
    password, until = (folder / "postgres/aljabr_owner.secret").read_text(), time.monotonic() + 60
    while True:  # the database may be recovering from the kill
        try:
            socket = (folder / "postgres/cluster/postmaster.pid").read_text().splitlines()[4]
            connection = psycopg.connect(host=socket, dbname="aljabr", user="aljabr_owner", password=password)
            break
        except (psycopg.OperationalError, OSError, IndexError):
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ  # one moment for the events and their checkpoints
    connection.execute("SELECT set_config('aljabr.viewer', 'system', false)")
    return connection


def verify_log(connection: psycopg.Connection[Any]) -> list[str]:
    """Return what is wrong with the places, leaves, roots and signatures of the log."""
    from django.conf import settings

    from aljabr.canonical import canonical_bytes
    from aljabr.ledger.notes import verifier_key, verify_checkpoint
    from aljabr.registry.events.checkpoints import ORIGIN, append, root_of

    wrong, leaves = [], []
    statement = "SELECT leaf_index, salt, leaf_hash, actor, happened_at, claim_id, content, name, subject FROM events"
    for place, salt, leaf_hash, actor, at, claim, content, name, subject in connection.execute(
        f"{statement} WHERE leaf_index IS NOT NULL ORDER BY leaf_index"
    ):
        said = {"actor": actor, "at": at.isoformat(), "claim": claim, "content": content, "name": name, "subject": subject}
        leaf = canonical_bytes({"commitment": hashlib.sha256(salt + canonical_bytes(said)).hexdigest(), "kind": "event"})
        if place != len(leaves) or hashlib.sha256(b"\x00" + leaf).digest() != leaf_hash:
            wrong.append(f"event at place {place} is not what was committed to")
        leaves.append(leaf_hash)
    verifier, frontier, done = verifier_key(ORIGIN, run_key=settings.LEDGER_KEY), [], 0
    for size, root, note in connection.execute("SELECT size, root, note FROM checkpoints WHERE note <> '' ORDER BY size"):
        frontier, done = append(frontier, leaves[done:size]), size
        if len(leaves) < size or root_of(frontier).hex() != root or verify_checkpoint(note, verifier=verifier).root.hex() != root:
            wrong.append(f"checkpoint {size} does not hold")
    return wrong
