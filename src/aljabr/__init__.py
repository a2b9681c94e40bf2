"""Aljabr: the platform a reparations and reconstruction programme runs on."""

__version__ = "0.1.0"
