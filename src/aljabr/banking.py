"""What banks exchange: account numbers, their own codes, and references in the characters that every bank accepts.

The registry of IBAN structures comes from ``schwifty``; nothing here says that an account exists or whose it is.

References
----------
ISO 13616-1:2020 (IBAN); ISO 9362:2022 (BIC); SWIFT character set X, as SEPA and the Common Global Implementation restrict it for
references: at most 35 characters, no slash at either end, no two slashes together.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_REFERENCE = 35
_REFERENCE = re.compile(r"(?![/ ])(?!.*//)[0-9A-Za-z/\-?:().,'+ ]{1,35}(?<![/ ])")
_UNREADABLE = re.compile(r"[^0-9A-Za-z]+")
_SHAPE = re.compile(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{8,30}")
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u200b-\u200f\u202a-\u202e\u2066-\u2069\u061c\ufeff]+")


def is_reference(text: str) -> bool:
    """Return whether every bank takes the text as a reference.

    Examples
    --------
    >>> is_reference("pay-1a2b"), is_reference("pay_1a2b"), is_reference("a//b"), is_reference("")
    (True, False, False, False)
    """
    return _REFERENCE.fullmatch(text) is not None


def bank_reference(identifier: str, *, readable: int = 14) -> str:
    r"""Return the reference a bank gets for an identifier of ours: always the same, and another one for another identifier.

    Parameters
    ----------
    identifier : str
        For example an order id. It stays as it is where banks take it; where only its underscores stand in the way and it has no
        hyphen they become hyphens, which can be undone; else it is the beginning, a hyphen and the beginning of its SHA-256.
    readable : int
        How many characters of the beginning are kept in that last case.

    Examples
    --------
    >>> bank_reference("pay_00ff"), bank_reference("ORDER/7"), bank_reference("صرف_7")
    ('pay-00ff', 'ORDER/7', '7-b132ca1b06d7d90926697051d1ce877e6')
    """
    if is_reference(identifier):
        return identifier
    hyphened = identifier.replace("_", "-")
    if "-" not in identifier and is_reference(hyphened):
        return hyphened
    beginning = _UNREADABLE.sub("-", identifier).strip("-")[:readable].strip("-") or "x"
    digest = hashlib.sha256(identifier.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{beginning}-{digest}"[:MAX_REFERENCE]


def compact_iban(account: str) -> str:
    """Return an account number as an IBAN is transmitted: capital letters and plain digits, without spaces and the word IBAN.

    >>> compact_iban("gb82 west 1234 5698 7654 32"), compact_iban("IBAN: GB82-WEST-١٢٣٤٥٦٩٨٧٦٥٤٣٢")
    ('GB82WEST12345698765432', 'GB82WEST12345698765432')
    """
    digits = "".join(_plain_digit(letter) for letter in account)
    compact = _SEPARATORS.sub("", digits).upper()
    return compact.removeprefix("IBAN").lstrip(":") if compact.startswith("IBAN") else compact


def _plain_digit(letter: str) -> str:
    value = unicodedata.decimal(letter, None)
    return letter if value is None else str(value)


def looks_like_iban(account: str) -> bool:
    """Return whether an account number is meant as an IBAN: two letters, two digits, eight or more signs."""
    return _SHAPE.fullmatch(compact_iban(account)) is not None


def iban_problem(account: str) -> str:
    """Return what is wrong with an account number as an IBAN, in one sentence; nothing when it is one.

    Examples
    --------
    >>> iban_problem("GB82 WEST 1234 5698 7654 32"), iban_problem("GB82 WEST 1234 5698 7654 3")
    ('', 'An IBAN of GB has 22 characters, this one 21.')
    >>> iban_problem("GB82 WEST 1234 5698 7654 33"), iban_problem("0770123")
    ('Its check digits do not fit the rest.', 'It is not two letters, two digits and the number of the account.')
    """
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    compact = compact_iban(account)
    if not _SHAPE.fullmatch(compact):
        return "It is not two letters, two digits and the number of the account."
    iban = IBAN(compact, allow_invalid=True)
    try:
        length = iban.spec.iban_length
    except SchwiftyException:
        return f"No country has IBANs that begin with {compact[:2]}."
    if len(compact) != length:
        return f"An IBAN of {compact[:2]} has {length} characters, this one {len(compact)}."
    if not 2 <= int(compact[2:4]) <= 98 or int("".join(str(int(sign, 36)) for sign in compact[4:] + compact[:4])) % 97 != 1:
        return "Its check digits do not fit the rest."
    try:
        iban.validate()
    except SchwiftyException:
        return f"Letters and digits do not stand where an IBAN of {compact[:2]} has them."
    return ""


def is_iban(account: str) -> bool:
    """Return whether an account number is an IBAN: country, length, structure and check digits.

    Examples
    --------
    >>> is_iban("GB82 WEST 1234 5698 7654 32"), is_iban("GB82 WEST 1234 5698 7654 33")
    (True, False)
    """
    return not iban_problem(account)


def is_bic(code: str) -> bool:
    """Return whether a text is a bank's code: 8 or 11 capital letters and digits, with a country that exists.

    Examples
    --------
    >>> is_bic("DEUTDEFF"), is_bic("DEUTXXFF"), is_bic("deutdeff")
    (True, False, False)
    """
    from schwifty import BIC
    from schwifty.exceptions import SchwiftyException

    if not re.fullmatch(r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", code):
        return False
    try:
        BIC(code)
    except SchwiftyException:
        return False
    return True
