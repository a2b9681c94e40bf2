"""The rules of bankruptcy as exact fractions: what each claim is due before anything is rounded.

Nothing here is paid: ``division`` rounds to whole units, and its tests compare with these. Constrained equal losses and the Talmud
rule stand here for comparison only; with Talmud the result depends on the instalments, so no programme may choose it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from aljabr.errors import AljabrError

Shares = tuple[Fraction, ...]
Amount = int | Fraction


def exact_shares(claims: Sequence[Amount], estate: Amount, *, rule: str) -> Shares:
    """Return what each claim is due out of the estate, unrounded, in the order of the claims.

    Parameters
    ----------
    claims : sequence of int or Fraction
        Claims, not negative, in one unit.
    estate : int or Fraction
        What there is to divide, in the same unit; an estate above the sum of the claims pays every claim.
    rule : str
        ``proportional``, ``constrained_equal_awards``, ``constrained_equal_losses`` or ``talmud``.

    Returns
    -------
    tuple of Fraction
        One share for every claim, 0 <= share <= claim, adding up to the smaller of estate and claims.

    Raises
    ------
    AljabrError
        On a negative claim or estate, or an unknown rule.

    References
    ----------
    Aumann and Maschler, Game theoretic analysis of a bankruptcy problem from the Talmud, J. Econ. Theory 36 (1985).

    Examples
    --------
    >>> [str(share) for share in exact_shares((100, 200, 300), 200, rule="talmud")]
    ['50', '75', '75']
    """
    if rule not in _RULES:
        raise AljabrError(f"There is no rule {rule!r}.", f"The rules are {', '.join(_RULES)}.")
    if estate < 0 or any(claim < 0 for claim in claims):
        raise AljabrError("A claim or the estate is negative.", "Claims and estates are amounts owed and held: zero or more.")
    owed = tuple(Fraction(claim) for claim in claims)
    return _RULES[rule](owed, min(Fraction(estate), sum(owed, Fraction(0))))


def _proportional(claims: Shares, estate: Fraction) -> Shares:
    total = sum(claims, Fraction(0))
    return tuple(claim * estate / total if total else Fraction(0) for claim in claims)


def _equal_awards(claims: Shares, estate: Fraction) -> Shares:
    level, left = Fraction(0), estate
    for position, claim in enumerate(ordered := sorted(claims)):
        level = left / (len(ordered) - position)
        if claim > level:
            break
        left -= claim
    else:
        return claims
    return tuple(min(claim, level) for claim in claims)


def _equal_losses(claims: Shares, estate: Fraction) -> Shares:
    losses = _equal_awards(claims, sum(claims, Fraction(0)) - estate)
    return tuple(claim - loss for claim, loss in zip(claims, losses, strict=True))


def _talmud(claims: Shares, estate: Fraction) -> Shares:
    halves, total = tuple(claim / 2 for claim in claims), sum(claims, Fraction(0))
    if 2 * estate <= total:
        return _equal_awards(halves, estate)
    losses = _equal_awards(halves, total - estate)
    return tuple(claim - loss for claim, loss in zip(claims, losses, strict=True))


_RULES: dict[str, Callable[[Shares, Fraction], Shares]] = {
    "proportional": _proportional,
    "constrained_equal_awards": _equal_awards,
    "constrained_equal_losses": _equal_losses,
    "talmud": _talmud,
}
