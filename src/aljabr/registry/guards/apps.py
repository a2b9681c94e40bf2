"""Django's registration of the app."""

from django.apps import AppConfig


class GuardsConfig(AppConfig):
    """Guards."""

    name = "aljabr.registry.guards"
    label = "guards"
