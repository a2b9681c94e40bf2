"""Reads and writes the outside world: CSV, XLSX, ODK exports and JSON lines in; CSV, cheque lists and ISO 20022 out.

``match_sources`` opens a file with the mapping its header asks for, ``Source.batches`` yields its rows as text, ``interpret`` reads
the distinct strings of a column. Nothing here stores anything.
"""

from aljabr.formats.cheques import write_cheques
from aljabr.formats.csv_writer import write_csv
from aljabr.formats.mappings import TARGETS, choose_mapping
from aljabr.formats.matching import match_sources
from aljabr.formats.pain001 import Debtor, write_pain001
from aljabr.formats.readings import interpret
from aljabr.formats.sources import Source, open_source

__all__ = [
    "TARGETS",
    "Debtor",
    "Source",
    "choose_mapping",
    "interpret",
    "match_sources",
    "open_source",
    "write_cheques",
    "write_csv",
    "write_pain001",
]
