"""Loads the demo once: bodies, one account for every role, sample claims with the engine's proposals."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from aljabr.registry.demo import load_demo


class Command(BaseCommand):
    """The demo's loader."""

    help = "Load the demo unless it is there."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and say who may sign in."""
        for line in load_demo():
            self.stdout.write(line)
