"""Whole decision models read from DMN files (1.1 to 1.5): every boxed expression, not only the tables a programme is made of."""

from aljabr.programmes.models.reading import read_model

__all__ = ["read_model"]
