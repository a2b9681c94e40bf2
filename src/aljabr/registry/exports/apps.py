"""Django's registration of the app."""

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Exports."""

    name = "aljabr.registry.exports"
    label = "exports"
