"""What a source is to the generator: a file with columns and a way of writing a filing into them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from aljabr.samples.filings import Filing
from aljabr.samples.handwriting import Hand

Cell = str | int | bool | date | list[str] | None
Cells = dict[str, Cell]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """One source.

    Parameters
    ----------
    source : str
        Its name, which is the key of the programme's mapping.
    file : str
        Its file's name.
    kind : str
        ``xlsx``, ``csv`` or ``jsonl``.
    columns : dict of str to str
        Key shared by all sources → the header this one writes, in the order of the file.
    write : callable
        From a filing and a hand to cells by key.
    encoding, delimiter : str
        Of a text file.
    """

    source: str
    file: str
    kind: Literal["xlsx", "csv", "jsonl"]
    columns: dict[str, str]
    write: Callable[[Filing, Hand], Cells]
    encoding: str = "utf-8"
    delimiter: str = ","
