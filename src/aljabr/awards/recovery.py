"""Takes back what was paid too much by setting it off against what is still to be paid, and says what stays open.

A pure rule over whole units: nothing is set off against anybody but whoever received the overpayment, nobody is paid less than
nothing, and what cannot be set off yet stays owed. Whether a payment was too much is for people to decide, with notice and appeal.

References
----------
Governing Council of the UNCC, November 2006: best efforts to recover, the remainder set off against future payments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aljabr.errors import AljabrError


@dataclass(frozen=True, kw_only=True)
class SetOff:
    """What is paid after set-off, what was recovered by it, and what is still owed; each by holder, in the units given."""

    paid: dict[str, int]
    recovered: dict[str, int]
    outstanding: dict[str, int]


def set_off(payable: Mapping[str, int], overpaid: Mapping[str, int]) -> SetOff:
    """Set overpayments off against payments to the same holder.

    Parameters
    ----------
    payable : mapping of str to int
        Holder to what is to be paid now, in minor units.
    overpaid : mapping of str to int
        Holder to what was paid too much before and not recovered yet.

    Returns
    -------
    SetOff
        For every holder of either: payable = paid + recovered, overpaid = recovered + outstanding.

    Raises
    ------
    AljabrError
        On a negative sum.

    Examples
    --------
    >>> set_off({"a": 100, "b": 50}, {"a": 30, "b": 80, "c": 5}).outstanding
    {'b': 30, 'c': 5}
    """
    if any(value < 0 for value in (*payable.values(), *overpaid.values())):
        raise AljabrError("A payment or an overpayment is negative.", "Give zero or more.")
    recovered = {holder: min(owed, payable.get(holder, 0)) for holder, owed in sorted(overpaid.items())}
    return SetOff(
        paid={holder: value - recovered.get(holder, 0) for holder, value in sorted(payable.items())},
        recovered={holder: value for holder, value in recovered.items() if value},
        outstanding={holder: owed - recovered[holder] for holder, owed in sorted(overpaid.items()) if owed > recovered[holder]},
    )
