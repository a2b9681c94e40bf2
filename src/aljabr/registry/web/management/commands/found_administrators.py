"""Makes the first two administrators from the command line of the machine, once; no page ever makes one alone."""

from __future__ import annotations

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from aljabr.registry.accounts.actions import add_user, give_role
from aljabr.registry.accounts.models import Grant
from aljabr.registry.viewers import system_viewer


class Command(BaseCommand):
    """The first two administrators."""

    help = "Make the first two administrators and print a first password for each."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Two user names."""
        parser.add_argument("usernames", nargs=2)

    def handle(self, *args: Any, usernames: list[str], **options: Any) -> None:
        """Make them, unless there is an administrator already."""
        with transaction.atomic():
            system = system_viewer()
            system.bind()
            if len(set(usernames)) < 2 or Grant.objects.filter(role="administrator").exists():
                raise CommandError(
                    "Two names are needed, and there must be no administrator yet: later ones are made by those there are."
                )
            for username in usernames:
                password = secrets.token_urlsafe(15)
                give_role(system, add_user(system, username=username, name=username, password=password), "administrator")
                self.stdout.write(f"{username}: {password}")
