"""Django's registration of the app."""

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Events."""

    name = "aljabr.registry.events"
    label = "events"
