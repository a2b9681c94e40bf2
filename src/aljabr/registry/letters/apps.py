"""Django's registration of the app."""

from django.apps import AppConfig


class LettersConfig(AppConfig):
    """Letters."""

    name = "aljabr.registry.letters"
    label = "letters"
