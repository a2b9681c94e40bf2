"""The words a sample is made of: name tokens, districts, and what each source writes for a code. Read once from ``data/``.

Name tokens stand in lists so that a household's names fit each other. The lists serve diversity only: they are drawn without
regard to place or harm, and neither a person nor a file carries one.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any, Generic, TypeVar

import yaml

DATA = Path(__file__).parent / "data"
T = TypeVar("T")


class Weighted(Generic[T]):
    """Values drawn in proportion to their weights.

    Examples
    --------
    >>> Weighted(["a", "b"], [1, 0]).draw(Random(1))
    'a'
    """

    __slots__ = ("_sums", "_total", "_values")

    def __init__(self, values: Sequence[T], weights: Sequence[float]) -> None:
        self._values = tuple(values)
        self._sums = list(accumulate(weights))
        self._total = self._sums[-1]

    def draw(self, rng: Random) -> T:
        """Draw one value."""
        return self._values[bisect_right(self._sums, rng.random() * self._total)]


@dataclass(frozen=True, kw_only=True, slots=True)
class Token:
    """One name in every script a source may write it in; ``latin`` holds romanisations, the commonest first."""

    arabic: str
    latin: tuple[str, ...]
    sorani: str
    kurmanji: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NameList:
    """The names one household draws from."""

    male: Weighted[Token]
    female: Weighted[Token]
    family: Weighted[Token]


@dataclass(frozen=True, kw_only=True, slots=True)
class District:
    """One district with its P-code, its spellings by language, its quarters and its periods of harm."""

    code: str
    arabic: tuple[str, ...]
    english: tuple[str, ...]
    sorani: tuple[str, ...]
    kurmanji: tuple[str, ...]
    quarters: tuple[tuple[str, str], ...]
    windows: Weighted[tuple[date, date]]


@cache
def name_lists() -> Weighted[NameList]:
    """Return the name lists, weighted for diversity."""
    with (DATA / "names.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    shares = {"arabic": 58, "kurdish": 22, "turkmen": 10, "syriac": 10}
    return Weighted([_name_list(rows, name) for name in shares], list(shares.values()))


def _name_list(rows: list[dict[str, str]], name: str) -> NameList:
    def weighted(kind: str) -> Weighted[Token]:
        chosen = [row for row in rows if row["list"] == kind and name in row["word_lists"].split()]
        return Weighted([_token(row) for row in chosen], [int(row["weight"]) for row in chosen])

    return NameList(male=weighted("male"), female=weighted("female"), family=weighted("family"))


def _token(row: dict[str, str]) -> Token:
    return Token(arabic=row["arabic"], latin=tuple(row["latin"].split("|")), sorani=row["sorani"], kurmanji=row["kurmanji"])


@cache
def districts() -> Weighted[District]:
    """Return the districts, weighted by how many claims arise there."""
    entries = _yaml("places.yaml")
    return Weighted([_district(entry) for entry in entries], [entry["weight"] for entry in entries])


def _district(entry: dict[str, Any]) -> District:
    windows = entry["windows"]
    return District(
        code=entry["code"],
        arabic=tuple(entry["arabic"]),
        english=tuple(entry["english"]),
        sorani=tuple(entry["sorani"]),
        kurmanji=tuple(entry["kurmanji"]),
        quarters=tuple((arabic, latin) for arabic, latin in entry["quarters"]),
        windows=Weighted([(first, last) for first, last, _ in windows], [weight for _, _, weight in windows]),
    )


@cache
def words(source: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for one source, list name → code → the words it writes."""
    return {name: {code: tuple(spelled) for code, spelled in codes.items()} for name, codes in _yaml("words.yaml")[source].items()}


def _yaml(name: str) -> Any:
    return yaml.safe_load((DATA / name).read_text(encoding="utf-8"))
