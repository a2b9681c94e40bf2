"""Django's registration of the app."""

from django.apps import AppConfig


class ProcedureConfig(AppConfig):
    """Procedure."""

    name = "aljabr.registry.procedure"
    label = "procedure"
