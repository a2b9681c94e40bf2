"""The key of a word from the third published scorer on: coarser than the published one where one name has two ways of writing.

The last t of a ta marbuta goes (حكمة, حكمت, Hikmat), and a compound written as one keeps no trace of the article between its halves
(نورالهدى, Noorulhuda, نور الهدى). Everything else is the published key, which older scorers rest on and which never changes.
"""

from __future__ import annotations

import re

from aljabr.names.folding import fold_letters
from aljabr.names.keys import arabic_key, latin_key, plain_latin
from aljabr.names.tokens import TokenFacts

__all__ = ["gathered_key", "without_last_t"]

_ARABIC = re.compile("[\u0620-\u06ff]")
_ARABIC_COMPOUND = re.compile("^(.{2,})ال(هدى|هدي|هدا|اسلام|عابدين|زهراء|زهرا|نبي|فقار|حق|زمان|عين|ملوك|صباح)$")
_LATIN_COMPOUND = re.compile(
    "^(.{3,}?)[aeou]{1,2}l(h[uo]da+h?|[ie]slam|a+b[ie]d+e*i*n|zahra+|nabi|fi[qk]a+r|ha[qk]+|zaman|a[iy]n|mul[ou]+k|sabah)$"
)


def gathered_key(fact: TokenFacts) -> str:
    """Return the key of one token; of a word of several tokens, join them and drop the last t with :func:`without_last_t`.

    Examples
    --------
    >>> from aljabr.names import token_facts
    >>> gathered_key(token_facts("نورالهدى")) == gathered_key(token_facts("Noorulhuda")) == "nrhd"
    True
    """
    arabic = _ARABIC.search(fact.repaired) is not None
    word = fold_letters(fact.repaired) if arabic else plain_latin(fact.repaired)
    found = (_ARABIC_COMPOUND if arabic else _LATIN_COMPOUND).match(word) if len(word) > 6 else None
    if found is None or fact.role != "name":
        return fact.key
    read = arabic_key if arabic else latin_key
    return read(found[1]) + read(found[2])


def without_last_t(key: str) -> str:
    """Return a key without the t that a ta marbuta may be written with.

    Examples
    --------
    >>> without_last_t("hkmt"), without_last_t("bt")
    ('hkm', 'bt')
    """
    return key[:-1] if len(key) > 2 and key.endswith("t") else key
