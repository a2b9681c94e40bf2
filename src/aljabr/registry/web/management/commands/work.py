"""Works through the queue of engine runs until stopped; woken by LISTEN/NOTIFY."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from aljabr.registry.runs.tasks import SILENT_SECONDS


class Command(BaseCommand):
    """The worker: any number of them may run; each job is one worker's."""

    help = "Do engine runs until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until SIGTERM; a job cut short is taken up by the next worker."""
        with app.replace_connector(app.connector.get_worker_connector()) as working:  # type: ignore[attr-defined]
            working.run_worker(
                queues=["runs"],
                concurrency=1,
                delete_jobs="successful",
                update_heartbeat_interval=2,
                stalled_worker_timeout=SILENT_SECONDS,
                shutdown_graceful_timeout=5,
            )
