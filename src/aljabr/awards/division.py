"""Divides whole units among claims by a rule, exactly, whatever the order of the claims.

What a claim gets depends on its size alone, but for the last few units that cannot be split equally: those are drawn by lot among
the claims that are tied for them. So the rules work on *classes* (size of claim to number of claims), which is also what keeps a
million claims cheap: 1. clip the estate to the claims, 2. pay the floor, 3. apply the rule to the rest, 4. draw the spare units.

The lot is SHA-256 of ``draw:id``, smallest first: nobody chooses it, everybody can recompute it, and another ``draw`` (another
fund or tier) favours other people. Proportional division is by largest remainder, which keeps to within one unit of the exact share
but is not monotone in the estate (the Alabama paradox: one unit more in the fund may take a unit from somebody); equal awards are.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from aljabr.errors import AljabrError

Classes = Mapping[int, int]


@dataclass(frozen=True, kw_only=True)
class Division:
    """What every size of claim gets.

    Parameters
    ----------
    base : mapping of int to int
        Size of claim to the units every claim of that size gets.
    drawn : frozenset of int
        Sizes of the claims among which the spare units are drawn.
    spare : int
        Units handed out one each by lot, fewer than the claims tied for them.
    """

    base: Mapping[int, int]
    drawn: frozenset[int] = frozenset()
    spare: int = 0


def divide(claims: Mapping[str, int], estate: int, *, rule: str, floor: int = 0, draw: str = "") -> dict[str, int]:
    """Divide an estate of whole units among claims.

    Parameters
    ----------
    claims : mapping of str to int
        Id of the claimant to units claimed.
    estate : int
        Units there are; what exceeds the claims is not handed out.
    rule : str
        ``proportional`` (largest remainder) or ``constrained_equal_awards``.
    floor : int
        Units everybody gets first, up to the claim; an estate too small for the floors is divided equally.
    draw : str
        What the lot for spare units is seeded with.

    Returns
    -------
    dict of str to int
        Units by id, adding up to the smaller of estate and claims; each within 0 and the claim.

    Raises
    ------
    AljabrError
        On a negative claim, estate or floor, or an unknown rule.

    Examples
    --------
    >>> divide({"a": 100, "b": 200, "c": 300}, 400, rule="constrained_equal_awards")
    {'a': 100, 'b': 150, 'c': 150}
    """
    division = divide_classes(Counter(claims.values()), estate, rule=rule, floor=floor)
    return _hand_out(claims, division, draw)


def apportion(weights: Mapping[str, int], units: int, *, draw: str = "") -> dict[str, int]:
    """Apportion units by weight with largest remainders (Hamilton), without any cap.

    Parameters
    ----------
    weights : mapping of str to int
        Weight of each party, not negative.
    units : int
        Units to apportion.
    draw : str
        What the lot among equal remainders is seeded with.

    Returns
    -------
    dict of str to int
        Units by party, adding up to ``units`` unless every weight is 0.

    Examples
    --------
    >>> votes = {"a": 47000, "b": 16000, "c": 15800, "d": 12000, "e": 6100, "f": 3100}
    >>> list(apportion(votes, 10).values())
    [5, 2, 1, 1, 1, 0]
    """
    if units < 0 or any(weight < 0 for weight in weights.values()):
        raise AljabrError("A weight or the number of units is negative.", "Give zero or more.")
    return _hand_out(weights, _largest_remainder(Counter(weights.values()), units), draw)


def divide_classes(classes: Classes, estate: int, *, rule: str, floor: int = 0) -> Division:
    """Divide an estate among classes of equal claims: the floor first, then the rule on what is left of each claim.

    Raises
    ------
    AljabrError
        On a negative claim, estate or floor, or an unknown rule.
    """
    if rule not in _RULES:
        raise AljabrError(f"There is no rule {rule!r}.", f"The rules are {', '.join(_RULES)}.")
    if estate < 0 or floor < 0 or any(claim < 0 for claim in classes):
        raise AljabrError("A claim, the floor or the estate is negative.", "Give zero or more.")
    floors = _merged(classes, lambda claim: min(claim, floor))
    floors_total = sum(claim * heads for claim, heads in floors.items())
    if estate < floors_total:
        first = _equal_awards(floors, estate)
        base = {claim: first.base[min(claim, floor)] for claim in classes}
        return Division(base=base, drawn=frozenset(c for c in classes if min(c, floor) in first.drawn), spare=first.spare)
    rest = _merged(classes, lambda claim: claim - min(claim, floor))
    owed = sum(claim * heads for claim, heads in rest.items())
    second = _RULES[rule](rest, min(estate - floors_total, owed))
    base = {claim: min(claim, floor) + second.base[claim - min(claim, floor)] for claim in classes}
    return Division(base=base, drawn=frozenset(c for c in classes if c - min(c, floor) in second.drawn), spare=second.spare)


def _merged(classes: Classes, part: Callable[[int], int]) -> dict[int, int]:
    merged: Counter[int] = Counter()
    for claim, heads in classes.items():
        merged[part(claim)] += heads
    return dict(merged)


def _largest_remainder(classes: Classes, units: int) -> Division:
    total = sum(claim * heads for claim, heads in classes.items())
    if not total:
        return Division(base=dict.fromkeys(classes, 0))
    base = {claim: claim * units // total for claim in classes}
    spare = units - sum(base[claim] * heads for claim, heads in classes.items())
    tied: dict[int, list[int]] = {}
    for claim in classes:
        tied.setdefault(claim * units % total, []).append(claim)
    for remainder in sorted(tied, reverse=True):
        heads = sum(classes[claim] for claim in tied[remainder])
        if heads > spare:
            return Division(base=base, drawn=frozenset(tied[remainder] if spare else ()), spare=spare)
        base |= {claim: base[claim] + 1 for claim in tied[remainder]}
        spare -= heads
    return Division(base=base)


def _equal_awards(classes: Classes, units: int) -> Division:
    base: dict[int, int] = {}
    heads, left = sum(classes.values()), units
    for claim in sorted(classes):
        level = left // heads
        if claim > level:
            rest = frozenset(other for other in classes if other >= claim)
            spare = left - level * heads
            return Division(base=base | dict.fromkeys(rest, level), drawn=rest if spare else frozenset(), spare=spare)
        base[claim] = claim
        left -= claim * classes[claim]
        heads -= classes[claim]
    return Division(base=base)


def _hand_out(claims: Mapping[str, int], division: Division, draw: str) -> dict[str, int]:
    drawn = sorted((name for name, claim in claims.items() if claim in division.drawn), key=lambda name: _lot(draw, name))
    lucky = frozenset(drawn[: division.spare])
    return {name: division.base[claim] + (name in lucky) for name, claim in claims.items()}


def _lot(draw: str, name: str) -> tuple[str, str]:
    return hashlib.sha256(f"{draw}:{name}".encode()).hexdigest(), name


_RULES: dict[str, Callable[[Classes, int], Division]] = {
    "proportional": _largest_remainder,
    "constrained_equal_awards": _equal_awards,
}
