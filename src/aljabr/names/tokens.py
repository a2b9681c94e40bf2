r"""What one token of a name is: mended spelling, skeleton, key and the part it plays. Everything else is built on this.

Linkage interprets every distinct token once and splits names in SQL; :func:`aljabr.names.split_name` follows the same steps,
which are: 1. split the full name at ``NAME_SEPARATORS``; 2. drop connectors (and tokens without a letter); 3. drop titles that
stand before the first token of another role, unless there is none; 4. a token begins a new name unless the token before it
is a prefix, or it is a suffix and not the first, or it is an article and the token after it is a suffix (Nur al-Din);
5. the skeleton and the key of a name are those of its tokens put together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from aljabr.names.folding import fold_letters, repair
from aljabr.names.keys import arabic_key, has_arabic_article, has_latin_article, latin_key, plain_latin
from aljabr.names.lexicon import ARTICLES, CONNECTORS, PREFIXES, SUFFIXES, TITLES
from aljabr.names.skeletons import arabic_skeleton, latin_skeleton

Role = Literal["name", "prefix", "suffix", "connector", "title"]

# One regular expression for Python and for RE2: spaces of every width, hyphens and dashes, stops, commas, slashes, brackets.
# The zero-width non-joiner is not among them: it stands inside Kurdish and Persian words and token_facts removes it.
NAME_SEPARATORS = (
    "[ \t\r\n\v\f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000.,;:/_|()<>{}+*&،؛۔\\\\\\[\\]\u2010-\u2015\u2212-]+"
)

_ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ef\u06fa-\u06ff]")
_NOT_ARABIC = re.compile(f"[^{_ARABIC_LETTER.pattern[1:-1]}]")


@dataclass(frozen=True, kw_only=True, slots=True)
class TokenFacts:
    """What one token of a name is.

    Parameters
    ----------
    token : str
        The token as met.
    repaired : str
        The token cleaned, with certain extraction damage mended.
    skeleton : str
        ASCII, near-lossless, for string distances.
    key : str
        ASCII, coarse, for meeting; empty only for an article and a token without letters.
    role : str
        ``name``, ``prefix`` (joins the next token), ``suffix`` (joins the one before), ``connector`` (dropped) or
        ``title`` (dropped in front).
    article : bool
        Whether the token is the article or is written with it, as family names are.
    """

    token: str
    repaired: str
    skeleton: str
    key: str
    role: Role
    article: bool


def _role(word: str) -> Role:
    if not word or word in CONNECTORS:
        return "connector"
    if word in TITLES:
        return "title"
    if word in PREFIXES:
        return "prefix"
    return "suffix" if word in SUFFIXES else "name"


@lru_cache(maxsize=1 << 17)
def token_facts(token: str) -> TokenFacts:
    """Interpret one token of a name.

    Parameters
    ----------
    token : str
        What stands between two ``NAME_SEPARATORS``; any script.

    Returns
    -------
    TokenFacts
        The same facts for the same token, always.

    Examples
    --------
    >>> token_facts("األنصاري").repaired, token_facts("Muhammad").key, token_facts("محمد").key
    ('الأنصاري', 'mhmd', 'mhmd')
    >>> [token_facts(token).role for token in ("عبد", "بن", "الله", "Dr", "احمد")]
    ['prefix', 'connector', 'suffix', 'title', 'name']
    """
    repaired = repair(token)
    if _ARABIC_LETTER.search(repaired):
        word = _NOT_ARABIC.sub("", fold_letters(repaired))
        skeleton, key, article = arabic_skeleton(word), arabic_key(word), has_arabic_article(word)
    else:
        word = plain_latin(repaired)
        skeleton, key, article = latin_skeleton(word), latin_key(word), has_latin_article(word)
    role = _role(word)
    if word in ARTICLES:
        key, article = "", True
    elif word:
        # A name of vowels only (آية, Aya) still needs something to be found by.
        skeleton, key = skeleton or "a", key or "a"
    article = article and role not in {"suffix", "connector"}
    return TokenFacts(token=token, repaired=repaired, skeleton=skeleton, key=key, role=role, article=article)
