"""How common a name is, by its place in the chain, sex and governorate: sharing a rare name says more than a common one.

The table ``tables/iraq_names.csv`` counts tokens of a public list of 7,769 candidates of 2025 (read 2026): own name by
sex, names of father
and forefathers together, family name, for the country and by governorate. Only tokens borne by ten or more stand in it,
so that nobody is
found by it; what is left out is known by its total. It says how often a name is met and nothing about who bears it.

A name that is not in the table shares what the rare names make up together, over twice as many names as were seen,
because as many again
were not. In a governorate, a share is drawn towards the country's with the weight of ``PRIOR_LOCAL`` records. A caller
who has records of
their own counts them (:meth:`NameFrequencies.with_counts`); these are drawn towards the table with the weight of
``PRIOR_OWN`` records, so that
they hardly move a small file and outweigh the table in a large one.
"""

from __future__ import annotations

import csv
import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources
from typing import Literal

from aljabr.names.folding import fold, repair
from aljabr.names.parts import key

__all__ = ["NameFrequencies", "frequency_class", "known_frequencies"]

Position = Literal["given", "forebear", "family"]
Group = tuple[str, str, str]
Counts = Mapping[Group, Mapping[str, int]]

PRIOR_LOCAL = 300.0
PRIOR_OWN = 1000.0
RAREST_CLASS = 14
_TOTAL, _RARE_NAMES = "*", "?"
# Below this count a name is not in the table.
_LEAST = 10


@dataclass(frozen=True, kw_only=True, eq=False)
class NameFrequencies:
    """How often names are borne, by position, sex and governorate; sex and governorate are empty where not told apart.

    Parameters
    ----------
    tokens, keys : mapping of (position, sex, governorate) to mapping of spelling, or key, to records
        The published table; ``*`` is the total of the group, ``?`` the number of different rare names left out.
    own_tokens, own_keys : the same of the caller's records
        Complete: a name that is missing was not met.
    """

    tokens: Counts
    keys: Counts
    own_tokens: Counts = field(default_factory=dict)
    own_keys: Counts = field(default_factory=dict)

    def share(self, name: str, position: Position, *, sex: str = "", governorate: str = "", by_key: bool = False) -> float:
        """Return the share of people who bear a name in this position, between 0 and 1 and never 0.

        Parameters
        ----------
        name : str
            One name as written; a family name with its article.
        position : {"given", "forebear", "family"}
            The place in the chain; father, grandfather and great-grandfather count together.
        sex : {"m", "f", ""}
            Matters for the given name only; empty takes both.
        governorate : str
            P-code (``IQG15``), or empty for the country.
        by_key : bool
            Count every name that shares the key, as between spellings of two scripts; otherwise the spelling, folded.
        """
        return _share(self, name, position, sex, governorate, by_key)

    def _share(self, name: str, position: Position, sex: str, governorate: str, by_key: bool) -> float:
        sexes = (sex, "") if sex else ("m", "f", "")
        asked = key(name) if by_key else spelling(name)
        table, own = (self.keys, self.own_keys) if by_key else (self.tokens, self.own_tokens)
        here, country = ([(position, one, place) for one in sexes] for place in (governorate, ""))
        listed = _listed_share(table, country, asked)
        share = _drawn(*_seen(own, country, asked), towards=listed, weight=PRIOR_OWN)
        if not governorate:
            return share
        seen, total = _seen(table, here, asked)
        local = _drawn(seen or min(listed * total, _LEAST - 1), total, towards=listed, weight=PRIOR_LOCAL) * share / listed
        return min(_drawn(*_seen(own, here, asked), towards=local, weight=PRIOR_LOCAL), 1.0)

    def with_counts(self, rows: Iterable[tuple[str, str, str, str, int]]) -> NameFrequencies:
        """Return these frequencies with counts of the caller's own records added.

        Parameters
        ----------
        rows : iterable of (position, sex, governorate, name, records)
            One row per name and group, governorate as a P-code; a row with one counts for the country, too. Every name is to
            be given, common or not.
        """
        tokens, keys = ({group: Counter(counts) for group, counts in table.items()} for table in (self.own_tokens, self.own_keys))
        for position, sex, governorate, name, records in rows:
            for place in {"", governorate}:
                for table, value in ((tokens, spelling(name)), (keys, key(name))):
                    table.setdefault((position, sex, place), Counter()).update({value: records, _TOTAL: records})
        return replace(self, own_tokens=tokens, own_keys=keys)


@lru_cache(maxsize=1 << 16)
def _share(frequencies: NameFrequencies, name: str, position: Position, sex: str, governorate: str, by_key: bool) -> float:
    return frequencies._share(name, position, sex, governorate, by_key)


def spelling(name: str) -> str:
    """Return the form by which a spelling is counted: folded, mended, without spaces."""
    return fold(repair(name)).replace(" ", "")


def _seen(table: Counts, groups: Iterable[Group], asked: str) -> tuple[int, int]:
    counts = [table[group] for group in groups if group in table]
    return sum(count.get(asked, 0) for count in counts), sum(count.get(_TOTAL, 0) for count in counts)


def _drawn(seen: float, total: float, *, towards: float, weight: float) -> float:
    return (seen + weight * towards) / (total + weight)


def _listed_share(table: Counts, groups: Iterable[Group], asked: str) -> float:
    """Return the share of a name in the table, or of a name that is not in it."""
    counts = [table[group] for group in groups if group in table]
    total = sum(count[_TOTAL] for count in counts)
    seen = sum(count.get(asked, 0) for count in counts)
    rare = total - sum(sum(count.values()) - count[_TOTAL] - count[_RARE_NAMES] for count in counts)
    return (seen or rare / (2 * max(sum(count[_RARE_NAMES] for count in counts), 1))) / total


@cache
def known_frequencies() -> NameFrequencies:
    """Return the frequencies of the table that comes with the room."""
    file = resources.files("aljabr.names") / "tables" / "iraq_names.csv"
    tokens: dict[Group, Counter[str]] = {}
    keys: dict[Group, Counter[str]] = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        group, token = (row["position"], row["sex"], row["governorate"]), row["token"]
        for table, value in ((tokens, token), (keys, token if token in {_TOTAL, _RARE_NAMES} else key(token))):
            table.setdefault(group, Counter())[value] += int(row["records"])
    return NameFrequencies(tokens=tokens, keys=keys)


def frequency_class(share: float) -> int:
    """Return how rare a name is as whole bits, 0 (everybody) to ``RAREST_CLASS``; one class more is half as common.

    Examples
    --------
    >>> frequency_class(0.5), frequency_class(0.08), frequency_class(1e-9)
    (1, 4, 14)
    """
    return min(max(round(-math.log2(share)), 0), RAREST_CLASS)
