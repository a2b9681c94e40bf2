"""Tells an International Bank Account Number from other account references; it does not know which banks exist."""

from __future__ import annotations

import re

_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}")


def compact_iban(account: str) -> str:
    """Return an account reference as an IBAN is transmitted: no spaces, capital letters.

    >>> compact_iban("gb82 west 1234 5698 7654 32")
    'GB82WEST12345698765432'
    """
    return "".join(account.split()).upper()


def is_iban(account: str) -> bool:
    """Return whether the account reference has the shape and the check digits of an IBAN.

    Parameters
    ----------
    account : str
        As written; spaces and small letters do not matter.

    Returns
    -------
    bool
        True when the remainder of the rearranged number by 97 is 1.

    References
    ----------
    ISO 13616-1:2020; ISO 7064, MOD 97-10.

    Examples
    --------
    >>> is_iban("GB82 WEST 1234 5698 7654 32"), is_iban("GB82 WEST 1234 5698 7654 33")
    (True, False)
    """
    compact = compact_iban(account)
    if not _SHAPE.fullmatch(compact) or not 2 <= int(compact[2:4]) <= 98:
        return False
    digits = "".join(str(int(letter, 36)) for letter in compact[4:] + compact[:4])
    return int(digits) % 97 == 1
