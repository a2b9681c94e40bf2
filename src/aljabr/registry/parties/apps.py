"""Django's registration of the app."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Parties."""

    name = "aljabr.registry.parties"
    label = "parties"
