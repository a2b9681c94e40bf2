"""Publishes a checkpoint of the public log every second while there is something new."""

from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection

from aljabr.registry.events.checkpoints import publish_checkpoint


class Command(BaseCommand):
    """The sequencer: one process, and nothing else serialises writers."""

    help = "Sequence events and publish checkpoints until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.wait(1.0):
            try:
                publish_checkpoint()
            except (OperationalError, InterfaceError):  # the database is away: the next second tries again
                connection.close()
