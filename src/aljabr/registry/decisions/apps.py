"""Django's registration of the app."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Decisions."""

    name = "aljabr.registry.decisions"
    label = "decisions"
