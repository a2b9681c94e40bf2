"""Django's registration of the app."""

from django.apps import AppConfig


class ClaimsConfig(AppConfig):
    """Claims."""

    name = "aljabr.registry.claims"
    label = "claims"
