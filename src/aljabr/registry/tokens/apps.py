"""Django's registration of the app."""

from django.apps import AppConfig


class TokensConfig(AppConfig):
    """Tokens."""

    name = "aljabr.registry.tokens"
    label = "tokens"
