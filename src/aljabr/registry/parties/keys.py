"""The keys a claim is found by: every spelling of a name gives the same, whatever the script.

``n:`` a name token's key, ``p:`` a phone number, ``d:`` a document number, ``r:`` a reference. A search asks for all keys of
what was typed, so ``أحمد``, ``احمد`` and ``Ahmed`` find the same claims.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from aljabr.names import fold, split_name
from aljabr.names import key as name_key
from aljabr.names.identifiers import find_phones, identifier

_DIGITS = re.compile(r"\d{4,}")


@lru_cache(maxsize=65536)
def _token_key(token: str) -> str:
    return name_key(token)


def name_keys(full_name: str) -> set[str]:
    """Return the keys of a name, one for each name in it."""
    parts = split_name(full_name)
    return {f"n:{found}" for token in parts.tokens if (found := _token_key(token))}


def reference_key(reference: str) -> str:
    """Return the key of a reference: folded, without separators."""
    return "r:" + re.sub(r"[\W_]+", "", fold(reference))


def keys_of(
    *, names: Iterable[str] = (), phones: Iterable[str] = (), documents: Iterable[str] = (), references: Iterable[str] = ()
) -> list[str]:
    """Return all keys of a claim, sorted; a cell with several telephones gives the key of each."""
    found: set[str] = set().union(*(name_keys(name) for name in names))
    found |= {f"p:{number}" for text in phones if text for number in find_phones(text).numbers}
    found |= {f"d:{number}" for text in documents if text and (number := identifier(text))}
    found |= {reference_key(text) for text in references if text}
    return sorted(found)


def keys_asked(text: str) -> list[list[str]]:
    """Return what a search asks for: alternatives, each a list of keys that must all be there.

    Text with a run of digits is read as a reference, a phone or a document number; anything else as names.

    Examples
    --------
    >>> keys_asked("أحمد") == keys_asked("احمد") == keys_asked("Ahmed")
    True
    """
    text = text.strip()
    if not text:
        return []
    if _DIGITS.search(fold(text)):
        alternatives = [[reference_key(text)]]
        alternatives += [[f"p:{number}"] for number in find_phones(text).numbers]
        alternatives += [[f"d:{number}"] for number in [identifier(text)] if number]
        return alternatives
    keys = sorted(name_keys(text))
    return [keys] if keys else []
