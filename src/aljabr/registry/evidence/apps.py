"""Django's registration of the app."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence."""

    name = "aljabr.registry.evidence"
    label = "evidence"
