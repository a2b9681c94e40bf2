"""All the keys by which a token may be met: its one key first, then those of what its letters may also stand for.

Latin letters are ambiguous between traditions of writing: ``c`` is ج to a Turkish or Kurmanji hand and ك or س to an
English one,
``h`` may be خ, ``x`` is خ or غ, ``th`` is ث, ظ or t and h; a last ``t`` may be a hardened د. Two spellings meet when
they share a key.
The first key is the one that published scorers use and never changes; the others widen it, so nothing that met before
parts now.

Order: 1. the token's own key; 2. the key of the name that the lexicon of this module gives; 3. other readings of single
letters, those
with the fewest departures first; 4. at most ``LIMIT`` keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from aljabr.names.folding import fold_letters
from aljabr.names.keys import arabic_key, latin_key, plain_latin
from aljabr.names.readings import ALSO_WRITTEN
from aljabr.names.sounds import ARABIC_READINGS, LATIN_READINGS
from aljabr.names.tokens import NAME_SEPARATORS, TokenFacts, token_facts

__all__ = ["LIMIT", "meeting_keys"]

LIMIT = 12

_SEPARATORS = re.compile(NAME_SEPARATORS)
_ARABIC = re.compile("[\u0620-\u06ff]")
_ARABIC_SOUND = re.compile("|".join(sorted(ARABIC_READINGS, key=len, reverse=True)))
_LATIN_SOUND = re.compile("|".join(sorted(LATIN_READINGS, key=len, reverse=True)))
_KURDISH_KEYBOARD = re.compile("[پچژگڤیکێۆڕڵ]")
_DOUBLE = re.compile(r"(.)\1+")
_EVD = re.compile(r"^(?:evd|ebd)(?:[aeiou]*l?)(?=[a-z]{2})")
_ABU_ARTICLE = re.compile(r"^ab(?:ou|oo|wa|w|u|o)(?:[ae]?l)(?=[a-z]{3})")
_LATIN_ARTICLE = re.compile(r"^[aeu]l(?=[a-z]{2})")
_TIN = re.compile(r"[aeiou]+t{1,2}in$")
_ARTICLE_BEFORE_SUFFIX = re.compile(r"(?<=[a-z]{2})[aeiou]l$")
_FIRST_YEH = re.compile(r"^(?:i(?=[aou])|eu(?=[a-z]))")


def meeting_keys(text: str) -> tuple[str, ...]:
    """Return every key by which a token, or the tokens of a text put together, may be met.

    Parameters
    ----------
    text : str
        A token or a span of tokens, in any script.

    Returns
    -------
    tuple of str
        Distinct lower-case ASCII keys, at most ``LIMIT``; the first is :func:`aljabr.names.key`. Empty without a letter.

    Examples
    --------
    >>> set(meeting_keys("Evdila")) & set(meeting_keys("عبدالله"))
    {'bdl'}
    >>> bool(set(meeting_keys("Orhan")) & set(meeting_keys("اورخان"))), bool(set(meeting_keys("Ali")) & set(meeting_keys("عمر")))
    (True, False)
    """
    facts = [token_facts(token) for token in _SEPARATORS.split(text) if token]
    before_suffix = [after.role == "suffix" for after in facts[1:]] + [False]
    options = [
        _token_keys(fact.token) + (_without_article(fact) if joins else ())
        for fact, joins in zip(facts, before_suffix[: len(facts)], strict=True)
    ]
    joined = ("".join(chosen) for chosen in _fewest_departures(options))
    return _distinct(key for key in joined if key)


@lru_cache(maxsize=1 << 17)
def _token_keys(token: str) -> tuple[str, ...]:
    fact = token_facts(token)
    if not fact.key:
        return (fact.key,)
    arabic = _ARABIC.search(fact.repaired) is not None
    word = fold_letters(fact.repaired) if arabic else plain_latin(fact.repaired)
    others = _arabic_keys(word, fact.repaired) if arabic else _latin_keys(word)
    return _distinct([fact.key, *_lexicon(word), *others, _DOUBLE.sub(r"\1", fact.key)])


def _lexicon(word: str) -> list[str]:
    return [arabic_key(name) for name in ALSO_WRITTEN.get(word, ())]


def _distinct(keys: Iterator[str] | Sequence[str]) -> tuple[str, ...]:
    return tuple(islice(dict.fromkeys(keys), LIMIT))


def _without_article(fact: TokenFacts) -> tuple[str, ...]:
    """Return the key of a first half that kept the article of the second (Nooral-deen)."""
    bare = _ARTICLE_BEFORE_SUFFIX.sub("", plain_latin(fact.repaired))
    return (latin_key(bare),) if bare else ()


def _arabic_keys(word: str, repaired: str) -> Iterator[str]:
    if "ه" in word[1:-1] and _KURDISH_KEYBOARD.search(repaired):
        # The vowel ە typed as heh, as older Kurdish keyboards do (دهخیل for دەخیل).
        yield arabic_key(word[0] + word[1:-1].replace("ه", "") + word[-1])
    if repaired.endswith("ة"):
        yield arabic_key(word) + "t"
    if repaired.startswith(("إل", "أل", "آل")) and len(word) > 2:
        yield "l" + arabic_key("ا" + word[2:])  # an alef with hamza belongs to the name (ألمى), the article's has none
    if word.startswith("ابوال") and len(word) > 6:
        yield "b" + arabic_key(word[3:5] + "ا" + word[5:]) if word[5] == "ا" else "bl" + arabic_key(word[5:])
    found = [match.span() for match in _ARABIC_SOUND.finditer(word)]
    for start, end in found:
        yield from (arabic_key(word[:start] + other + word[end:]) for other in ARABIC_READINGS[word[start:end]])


def _latin_keys(plain: str) -> Iterator[str]:
    for pattern, start in ((_EVD, "bd"), (_ABU_ARTICLE, "b"), (_FIRST_YEH, "y")):
        match = pattern.match(plain)
        if match:
            yield start + latin_key(plain[match.end() :])
    tin = _TIN.search(plain)
    if tin and tin.start() > 1:
        yield latin_key(plain[: tin.start()]) + "dn"
    article = _LATIN_ARTICLE.match(plain)
    if article:
        yield from islice(_read(plain[article.end() :]), 3)
    yield from _read(plain)


def _read(plain: str) -> Iterator[str]:
    """Yield the keys of a Latin word, each letter read in every way the table knows, fewest departures first."""
    options: list[tuple[str, ...]] = []
    place = 0
    for match in _LATIN_SOUND.finditer(plain):
        if match.start() > place:
            options.append((plain[place : match.start()],))
        readings = LATIN_READINGS[match[0]]
        last = match.end() == len(plain)
        options.append((match[0], *(reading.rstrip("$") for reading in readings if last or not reading.endswith("$"))))
        place = match.end()
    if place < len(plain):
        options.append((plain[place:],))
    for chosen in _fewest_departures(options):
        yield latin_key("".join(chosen))


def _fewest_departures(options: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Yield one choice for every option, the first of each before any other, up to two departures at a time."""
    first = [choices[0] for choices in options]
    open_places = [place for place, choices in enumerate(options) if len(choices) > 1]
    for departures in range(min(len(open_places), 2) + 1):
        for places in combinations(open_places, departures):
            for others in product(*(options[place][1:] for place in places)):
                chosen = list(first)
                for place, other in zip(places, others, strict=True):
                    chosen[place] = other
                yield tuple(chosen)
