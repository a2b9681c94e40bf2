"""What two lists say of one another: how many people they share, and who else could be a person's partner.

A pair's own evidence says how much likelier it is one person than two. How many people stand on both lists is estimated from all
pairs by expectation maximisation, because lists differ in it: most of one may stand on the other, or hardly anybody. A list names a
person once, as a rule, so a person's possible partners on the other list are rivals, and their chances and the chance of
none make one whole: five of one name and age leave a fifth to each, which links nobody. Rivals whom their own list holds to be one
person are none, so a file that does hold people twice loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log2
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from aljabr.relations import Database

__all__ = ["weigh_rivals"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

# The scorer's own rate of matches counts as much as that many people do.
PRIOR_PEOPLE = 100
MOST_SHARED = 0.97
LONG_LIST = 500
_ROUNDS = 40
# Pairs of one list so sure that the two records are one person's.
_SAME = 0.8

_PAIRS = """
SELECT s.n_l, s.n_r, s.match_weight, a.source_no AS one, b.source_no AS two FROM linkage_scored AS s
JOIN linkage_rows AS a ON a.n = s.n_l JOIN linkage_rows AS b ON b.n = s.n_r ORDER BY s.n_l, s.n_r
"""
_PARTS = {
    "shared": ',{"comparison":"lists","level":"how many people these lists share","weight":',
    "rivals": ',{"comparison":"lists","level":"others of the list fit as well","weight":',
}
_WEIGHED = """
CREATE OR REPLACE TEMP TABLE linkage_scored AS
SELECT s.n_l, s.n_r, w.match_weight, round(1 / (1 + pow(2, -w.match_weight)), 6) AS probability,
  left(s.explanation, length(s.explanation) - 1)
    || CASE WHEN w.shared = 0 THEN '' ELSE $shared || w.shared || '}' END
    || CASE WHEN w.rivals = 0 THEN '' ELSE $rivals || w.rivals || '}' END || ']' AS explanation
FROM linkage_scored AS s JOIN linkage_rivalled AS w ON w.n_l = s.n_l AND w.n_r = s.n_r WHERE w.match_weight >= $least
"""


@dataclass(frozen=True, kw_only=True)
class _Class:
    """The pairs of two lists, or of one with itself: places in the table, ends, odds by their own evidence."""

    places: Ints
    left: Ints
    right: Ints
    evidence: Floats
    people: tuple[int, int]
    within: bool


def weigh_rivals(db: Database, *, prior: float, least: float) -> bool:
    """Weigh ``linkage_scored`` anew by what its lists share and by rivals; nothing changes where there is one list.

    Parameters
    ----------
    db : Database
        Holds ``linkage_scored`` and ``linkage_rows`` (``n``, ``source_no``).
    prior : float
        The chance of a match that the scores hold already.
    least : float
        Pairs that come out below this match weight are dropped.

    Returns
    -------
    bool
        Whether there are two lists or more, each so long that what they share was estimated.
    """
    sizes = {int(source): int(many) for source, many in db.rows("SELECT source_no, count(*) FROM linkage_rows GROUP BY ALL")}
    table: Any = db.arrow(_PAIRS)
    if len(sizes) < 2 or not table.num_rows:
        return False
    left, right, one, two = (table.column(name).to_numpy().astype(np.int64) for name in ("n_l", "n_r", "one", "two"))
    weight = table.column("match_weight").to_numpy().astype(np.float64)
    base = log2(prior / (1 - prior))
    shared, rivals = np.zeros(len(left)), np.zeros(len(left))
    person = np.arange(sum(sizes.values()))
    for a, b in sorted(set(zip(one.tolist(), two.tolist(), strict=True)), key=lambda pair: (pair[0] != pair[1], pair)):
        places = np.flatnonzero((one == a) & (two == b))
        found = _Class(
            places=places,
            left=left[places],
            right=right[places],
            evidence=np.exp2(np.clip(weight[places] - base, -60, 60)),
            people=(sizes[a], sizes[b]),
            within=a == b,
        )
        odds, posterior = _estimated(found, person, odds=prior / (1 - prior))
        shared[places] = log2(odds) - base
        rivals[places] = posterior - weight[places] - shared[places]
        if found.within:
            _join(person, found, posterior)
    _write(db, left, right, weight, shared, rivals, least=least)
    return min(sizes.values()) >= LONG_LIST


def _estimated(pairs: _Class, person: Ints, *, odds: float) -> tuple[float, Floats]:
    """Return the odds that two of these lists' people, drawn anyhow, are one, and every pair's weight with them and its rivals."""
    fewer, more = sorted(pairs.people)
    usual = min(odds * more / (1 + odds * more), MOST_SHARED)
    others = _others(pairs.left, person[pairs.right], pairs) + _others(pairs.right, person[pairs.left], pairs)
    chance = np.zeros(len(pairs.left))
    for _ in range(_ROUNDS):
        chance = odds * pairs.evidence / (1 + odds * (pairs.evidence + others))
        matches = float(chance.sum()) * (2 if pairs.within else 1)
        rate = min((matches + PRIOR_PEOPLE * usual) / (fewer + PRIOR_PEOPLE), MOST_SHARED)
        odds = rate / (1 - rate) / more
    return odds, np.log2(odds * pairs.evidence) - np.log2(1 + odds * others)


def _others(ones: Ints, theirs: Ints, pairs: _Class) -> Floats:
    """Return for every pair the evidence of the others that the person at ``ones`` could be, one person counted once."""
    order = np.lexsort((-pairs.evidence, theirs, ones))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = (ones[order][1:] != ones[order][:-1]) | (theirs[order][1:] != theirs[order][:-1])
    group = np.empty(len(order), dtype=np.int64)
    group[order] = np.cumsum(first) - 1
    best = pairs.evidence[order][first]
    _, bearer = np.unique(ones, return_inverse=True)
    whole = np.bincount(bearer[order][first], weights=best)
    return np.asarray(np.maximum(whole[bearer] - best[group], 0.0), dtype=np.float64)


def _join(person: Ints, pairs: _Class, posterior: Floats) -> None:
    """Give the records of one list that are surely one person its smallest number."""
    for place in np.flatnonzero(posterior >= log2(_SAME / (1 - _SAME))):
        one, two = sorted((int(person[pairs.left[place]]), int(person[pairs.right[place]])))
        if one != two:
            person[person == two] = one


def _write(db: Database, left: Ints, right: Ints, weight: Floats, shared: Floats, rivals: Floats, *, least: float) -> None:
    shared, rivals = np.round(shared, 3), np.round(rivals, 3)
    rows = {"n_l": left, "n_r": right, "match_weight": np.round(weight + shared + rivals, 6), "shared": shared, "rivals": rivals}
    db.load("linkage_rivalled", pa.table({name: pa.array(values) for name, values in rows.items()}))
    db.connection.execute(_WEIGHED, {"least": least, **_PARTS})
    db.execute("DROP TABLE linkage_rivalled")
