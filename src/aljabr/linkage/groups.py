"""Whom a linkage misses: recall by group, because a missed match falls on somebody.

Groups are what a record shows or says: the script its name is written in, its region, its sex as given, and how its name is built
(by orthography: the letters, the number of names, an article before the last). Nobody's community is inferred. A pair of records
that are one person counts in the group of each of its records.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations

__all__ = ["GroupRecall", "group_recall", "loud_gaps", "naming_tradition", "script_of"]

LOUD_GAP = 0.03
SMALLEST_GROUP = 30
_ARABIC, _SORANI, _LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile("[ەێۆڵڕ]"), re.compile(r"[A-Za-z]")
_KURMANJI = re.compile("[êîûçşÊÎÛÇŞ]")
_OTHER = {"Syriac letters": re.compile(r"[\u0700-\u074f]"), "Cyrillic letters": re.compile(r"[\u0400-\u04ff]")}
_ARTICLE = re.compile(r"(?:^|\s)(?:ال|al[- ]|el[- ])\w+$", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class GroupRecall:
    """How many of the pairs that touch one group were found.

    Parameters
    ----------
    dimension, group : str
        For example ``script`` and ``Latin letters``.
    pairs, found : int
        True pairs with a record of the group, and those of them that were put together.
    """

    dimension: str
    group: str
    pairs: int
    found: int

    @property
    def recall(self) -> float:
        """Share of the pairs found."""
        return self.found / self.pairs if self.pairs else 1.0

    def to_dict(self) -> dict[str, str | int | float]:
        """Return the counts and the share for machines."""
        return {
            "dimension": self.dimension,
            "group": self.group,
            "pairs": self.pairs,
            "found": self.found,
            "recall": round(self.recall, 4),
        }


def script_of(name: str) -> str:
    """Return the letters a name is written in.

    Examples
    --------
    >>> script_of("علي حسين"), script_of("عەلی حوسێن"), script_of("Elî Husên"), script_of("Ali Hussein")
    ('Arabic letters', 'Sorani letters', 'Kurmanji letters', 'Latin letters')
    """
    for script, letters in _OTHER.items():
        if letters.search(name):
            return script
    if _ARABIC.search(name):
        return "Sorani letters" if _SORANI.search(name) else "Arabic letters"
    if _LATIN.search(name):
        return "Kurmanji letters" if _KURMANJI.search(name) else "Latin letters"
    return "no letters"


def naming_tradition(name: str) -> str:
    """Return how a name is built, by its orthography: how many names, and whether the last stands with an article.

    Examples
    --------
    >>> naming_tradition("علي حسين محمود الجبوري"), naming_tradition("Sara Aziz")
    ('four names, article before the last', 'two names')
    """
    count = len(name.split())
    told = {0: "no name", 1: "one name", 2: "two names", 3: "three names", 4: "four names"}.get(count, "five names and more")
    return f"{told}, article before the last" if count > 1 and _ARTICLE.search(name) else told


def group_recall(
    predicted: Mapping[str, Hashable], true: Mapping[str, Hashable], traits: Mapping[str, Mapping[str, str]]
) -> tuple[GroupRecall, ...]:
    """Return recall for every group of every dimension.

    Parameters
    ----------
    predicted, true : mapping of record to cluster
        Two groupings of the same records.
    traits : mapping of record to {dimension: group}
        What each record shows; a dimension a record lacks counts as ``not told``.
    """
    members: defaultdict[Hashable, list[str]] = defaultdict(list)
    for record, person in true.items():
        members[person].append(record)
    dimensions = sorted({dimension for told in traits.values() for dimension in told})
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for records in members.values():
        for left, right in combinations(records, 2):
            found = predicted[left] == predicted[right]
            for dimension in dimensions:
                for group in {traits.get(record, {}).get(dimension) or "not told" for record in (left, right)}:
                    counts[dimension, group][0] += 1
                    counts[dimension, group][1] += found
    return tuple(
        GroupRecall(dimension=dimension, group=group, pairs=pairs, found=found)
        for (dimension, group), (pairs, found) in sorted(counts.items())
    )


def loud_gaps(groups: tuple[GroupRecall, ...]) -> tuple[str, ...]:
    """Return a sentence for every dimension in which two groups of some size lie more than three points apart."""
    said = []
    for dimension in sorted({group.dimension for group in groups}):
        sized = [g for g in groups if g.dimension == dimension and g.pairs >= SMALLEST_GROUP and g.group != "not told"]
        if len(sized) < 2:
            continue
        worst, best = min(sized, key=lambda g: (g.recall, g.group)), max(sized, key=lambda g: (g.recall, g.group))
        if best.recall - worst.recall > LOUD_GAP:
            said.append(
                f"WARNING: by {dimension}, {worst.recall:.1%} of the matches of {worst.group} are found and {best.recall:.1%} of "
                f"{best.group}: a gap of {100 * (best.recall - worst.recall):.1f} points falls on people."
            )
    return tuple(said)
