"""Django's registration of the app."""

from django.apps import AppConfig


class BodiesConfig(AppConfig):
    """Bodies."""

    name = "aljabr.registry.bodies"
    label = "bodies"
