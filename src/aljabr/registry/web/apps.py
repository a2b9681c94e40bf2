"""Django's registration of the app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Web."""

    name = "aljabr.registry.web"
    label = "web"
