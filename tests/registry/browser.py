"""A browser before the real thing: Chromium, Django's server in a thread, a PostgreSQL of its own, the clock of the test."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from aljabr.errors import UsageError

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1240, "height": 900}


def chromium() -> str:
    """Return the path of Chromium; skip the test when the machine has none."""
    pytest.importorskip("playwright", reason="playwright is not installed")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("no chromium on this machine (Debian: apt-get install chromium)")
    return found


@dataclass
class Registry:
    """The served registry and the browser looking at it."""

    address: str
    browser: Any
    language: str = "ar"
    faults: list[str] = field(default_factory=list)

    @contextmanager
    def seen_by(
        self, username: str, *, language: str = "", viewport: dict[str, int] | None = None, listening: bool = True
    ) -> Iterator[Any]:
        """Open a page signed in as somebody; complaints of the page's console are faults, when one listens."""
        context = self.browser.new_context(viewport=viewport or DESK, locale="en-GB")
        cookies = {"aljabr_language": language or self.language, **(_session(username) if username else {})}
        context.add_cookies([{"name": name, "value": value, "url": self.address} for name, value in cookies.items()])
        page = context.new_page()
        page.set_default_timeout(20_000)
        if listening:
            page.on("console", self._hear)
            page.on("pageerror", lambda error: self.faults.append(str(error)))
        try:
            yield page
        finally:
            context.close()

    def _hear(self, said: Any) -> None:
        if said.type == "error" and "status of 4" not in said.text:
            self.faults.append(said.text)

    def go(self, page: Any, path: str) -> None:
        """Open an address of the registry."""
        page.goto(self.address + path, wait_until="load")


def _session(username: str) -> dict[str, str]:
    """Return the cookie of a session begun for a user, both factors given."""
    from django.conf import settings

    from aljabr.registry.accounts.models import User
    from tests.registry.signing import signed_in

    return {settings.SESSION_COOKIE_NAME: str(signed_in(User.objects.get(username=username)).session.session_key)}


class Clock:
    """Moves the registry's clock forward."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        from django.utils import timezone

        self.ahead = timedelta()
        real = timezone.now
        patch.setattr(timezone, "now", lambda: real() + self.ahead)

    def pass_days(self, days: int) -> None:
        """Let days pass."""
        self.ahead += timedelta(days=days)


@contextmanager
def served() -> Iterator[Registry]:
    """Serve a fresh registry with the demo's people and no claims, and open a browser."""
    path = chromium()
    from django.core.management import call_command
    from django.db import connections
    from playwright.sync_api import sync_playwright

    from aljabr.registry.serving.postgres import APPLICATION, OWNER, LocalPostgres
    from tests.registry.servers import point_at

    before = dict(connections["default"].settings_dict)
    with tempfile.TemporaryDirectory(prefix="aljabr-browser-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        try:
            server = LocalPostgres(Path(folder), durable=False)
            server.start()
        except UsageError as error:
            pytest.skip(str(error))
        try:
            point_at(server.url(OWNER))
            call_command("migrate", verbosity=0)
            point_at(server.url(APPLICATION))
            _found()
            with _web() as address, sync_playwright() as playwright:
                arguments = [
                    "--no-sandbox",
                    "--disable-gpu",
                    "--force-color-profile=srgb",
                    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
                ]
                browser = playwright.chromium.launch(executable_path=path, args=arguments)
                connections.close_all()  # within the browser's loop Django keeps others, perhaps of a server that is gone
                try:
                    yield Registry(address, browser)
                finally:
                    connections.close_all()
                    browser.close()
        finally:
            connections.close_all()
            server.stop()
            connections["default"].settings_dict.clear()
            connections["default"].settings_dict.update(before)


def _found() -> None:
    from django.db import transaction

    from aljabr.registry.demo import found_demo
    from aljabr.registry.viewers import system_viewer

    with transaction.atomic():
        system_viewer().bind()
        found_demo()


@contextmanager
def _web() -> Iterator[str]:
    """Django's own server in a thread, as its live tests use it; no port but of the loopback."""
    from django.conf import settings
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
    from django.core.wsgi import get_wsgi_application

    quiet = type("Quiet", (WSGIRequestHandler,), {"log_message": lambda *_: None})
    server = ThreadedWSGIServer(("127.0.0.1", 0), quiet, connections_override={})
    server.set_app(get_wsgi_application())
    hosts, settings.ALLOWED_HOSTS = settings.ALLOWED_HOSTS, ["127.0.0.1"]
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
        settings.ALLOWED_HOSTS = hosts


def proposed(claim_id: str, **changes: Any) -> None:
    """Record what the tables propose for the item of a claim, as a run of the engine would."""
    from django.db import transaction

    from aljabr.registry import law
    from aljabr.registry.claims.models import ClaimItem
    from aljabr.registry.results import facts_digest, record_proposals
    from aljabr.registry.viewers import system_viewer

    programme = law.programme("IQ-LAW20")
    with transaction.atomic():
        system_viewer().bind()
        item = ClaimItem.objects.get(claim_id=claim_id)
        row = SimpleNamespace(
            item_id=item.pk,
            facts_digest=facts_digest(item.facts),
            outcome="granted",
            ground="entitled",
            amount_minor=30_000_000_000,
            currency="IQD",
            legal_basis="Law 20/2009 art. 3",
            rule_hits=[],
            missing_facts=[],
            letter_text="",
        )
        record_proposals(system_viewer(), "run-1", programme.hash, [{**vars(row), **changes}])


def published() -> None:
    """Publish the checkpoint the lot waits for, as the sequencer does every few seconds."""
    from django.db import transaction

    from aljabr.registry.events.checkpoints import publish_checkpoint
    from aljabr.registry.viewers import system_viewer

    with transaction.atomic():
        system_viewer().bind()
        publish_checkpoint()


def violations(page: Any) -> list[str]:
    """Return what axe finds wrong with a page, by WCAG 2.2 AA and its best practices."""
    from axe_playwright_python.sync_playwright import Axe

    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    return [
        f"{page.url}: {one['id']} {node['target']} {node['failureSummary']}"
        for one in Axe().run(page, options=rules).response["violations"]
        for node in one["nodes"]
    ]
