"""Programmes: the law as data, read from a folder, checked and hashed into immutable records.

``load_programme`` refuses what cannot be read, ``check`` finds what makes no sense as law, ``describe`` says what it says.
All other record types are in ``aljabr.programmes.records``.
"""

from aljabr.programmes.amounts import amounts_for
from aljabr.programmes.checking import check
from aljabr.programmes.content import programme_hash
from aljabr.programmes.decisions import programme_chain
from aljabr.programmes.describing import describe
from aljabr.programmes.findings import Finding
from aljabr.programmes.folder import shipped_programmes
from aljabr.programmes.loading import load_programme
from aljabr.programmes.records import Programme
from aljabr.programmes.synthetic import refuse_real_claims

__all__ = [
    "Finding",
    "Programme",
    "amounts_for",
    "check",
    "describe",
    "load_programme",
    "programme_chain",
    "programme_hash",
    "refuse_real_claims",
    "shipped_programmes",
]
