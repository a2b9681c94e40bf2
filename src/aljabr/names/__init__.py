"""Normalises, transliterates and compares Arabic, Kurdish and Latin names; pure functions, the original stays with the caller.

``token_facts`` says what one token is; a caller interprets each distinct token once and joins. Other submodules with a public
``__all__``: :mod:`aljabr.names.dates` (``parse_date``) and :mod:`aljabr.names.identifiers` (``phone``, ``identifier``,
``is_placeholder``). ``evaluate`` measures the keys on published spelling variants.
"""

from __future__ import annotations

from aljabr.names.evaluation import evaluate
from aljabr.names.folding import fold, repair
from aljabr.names.parts import NameParts, key, skeleton, split_name
from aljabr.names.tokens import NAME_SEPARATORS, TokenFacts, token_facts

__all__ = [
    "NAME_SEPARATORS",
    "NameParts",
    "TokenFacts",
    "evaluate",
    "fold",
    "key",
    "repair",
    "skeleton",
    "split_name",
    "token_facts",
]
