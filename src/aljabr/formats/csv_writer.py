"""Writes CSV that a spreadsheet opens without running anything in it.

A cell that a spreadsheet would take for a formula gets an apostrophe before it; plain numbers, also negative ones, stay numbers.

References
----------
OWASP, CSV Injection; ASVS 5.0, 1.2.10.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from aljabr.placing import finished_file

_LEADS = tuple("=+-@＝＋－＠")
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]], *, bom: bool = False) -> int:
    r"""Write rows as UTF-8 CSV with ``\n`` line ends.

    Parameters
    ----------
    path : Path
        Overwritten when it exists; left as it was when the rows cannot be written to their end.
    columns : sequence of str
        The header.
    rows : iterable of sequences
        In the order they are to stand; None becomes an empty cell.
    bom : bool
        Whether to begin with a byte-order mark, by which Excel knows UTF-8.

    Returns
    -------
    int
        The number of rows written, without the header.
    """
    written = 0
    encoding = "utf-8-sig" if bom else "utf-8"
    with finished_file(path) as unfinished, unfinished.open("w", encoding=encoding, newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([safe_cell(column) for column in columns])
        for row in rows:
            writer.writerow([safe_cell(value) for value in row])
            written += 1
    return written


def safe_cell(value: object) -> str:
    """Return a value as text that no spreadsheet takes for a formula.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("-5.50"), safe_cell(None), safe_cell(" =x")
    ("'=1+1", '-5.50', '', "' =x")
    """
    # A lone CR would not be quoted, and a reader would begin a new row after it.
    text = "" if value is None else str(value).replace("\r\n", "\n").replace("\r", "\n")
    if not text or _PLAIN_NUMBER.fullmatch(text):
        return text
    if text[0] in "\t\n" or text.lstrip().startswith(_LEADS):
        return "'" + text
    return text
