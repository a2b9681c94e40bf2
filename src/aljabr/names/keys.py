"""The coarse consonantal key in which the spellings of one name meet, whatever the script; and nothing about distances.

Order: 1. a spelling in the lexicon takes the key of the name it stands for; 2. particles written together with their name
(abu, abd, Allah, al-Din) keep the key they have alone, and the article goes; 3. every consonant becomes its class
(:data:`~aljabr.names.letters.KEY_LETTERS`); vowels, alef, hamza, ain, inner w and y vanish; 4. the final heh
vanishes, as it may be ta marbuta, and with it the ح that romanisation writes alike. Arabic letters are never merged with
their neighbour, Latin doubles always are, so that the keys of parts written apart join to the key of the whole.
"""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

from aljabr.names.letters import KEY_LETTERS, LATIN_KEY_SOUNDS, LATIN_LETTERS
from aljabr.names.lexicon import NOT_ARTICLE, PREFIXES, SAME_NAME

_ARABIC: dict[int, str | None] = dict.fromkeys(range(0x0600, 0x0700)) | {ord(a): k for a, k in KEY_LETTERS.items()}
_ARABIC_FIRST = {"و": "w", "ي": "y"}
_ARABIC_FUSED = re.compile(r"(عبدالله|عبدول(?=..)|عبدو(?=لا$)|عبد|ابو|ابا|ابي|البو|ذو(?=ال))(?=..)")
_SORANI_DIN = ("ەدين", "ەددين")
_FUSED_KEYS = {"عبدالله": "bdl", "عبدول": "bd", "عبدو": "bd", "عبد": "bd", "ذو": "d"}
_LATIN_LETTERS = {ord(letter): sound for letter, sound in LATIN_LETTERS.items()}
_LATIN_FIRST = {"w": "w", "y": "y"}
# Before a consonant or at the end c is k (Marc), otherwise Turkish and Kurdish c; a vowel's v before a consonant is Turkish for و.
_HARD_C = "c(?=[bdfgjklmnpqrstvwxz]|$)"
_VOWEL_V = "(?<=[aeiou])v(?=[bcdfghjklmnpqrstwxz])"
_SOUND = re.compile("|".join([f"({_HARD_C})", f"({_VOWEL_V})", *LATIN_KEY_SOUNDS]))
_LATIN_ABD = re.compile(r"(?:abd|abed)(?:[aeiou]+l|[aeiou]+(?=([rsztnd])\1))?(?=[a-z]{2})")
_LATIN_ABU = re.compile(r"ab(?:ou|oo|wa|w|u|o)(?=[a-z]{3})")
_LATIN_ARTICLE = re.compile(r"[aeu]l(?=[a-z]{2})")
# How many consonants must follow a fused al- for it to be the article: Ali, Alaa, Alyan and Alwash have none.
_ARTICLE_NEEDS = {**dict.fromkeys("aeiou", 2), "w": 3, "y": 3}
_LATIN_DIN = re.compile(r"[aeiou]+[ld]d(?:ee|ie|i|y)n?e?$")
# A double h after s, k, g, d, t is the end of a digraph and a letter of its own (Shhadah, Mashhour).
_REPEATED = re.compile(r"([^h])\1+|(?<![skgdtc])(h)h+")
_SILENT_H = re.compile(r"(?<=[aeiouyblrmnfjwq])h$")


def plain_latin(token: str) -> str:
    """Return a Latin token (or one in a third script) in the letters a to z."""
    if token.isascii():
        return token.lower() if token.isalpha() else "".join(filter(str.isalpha, token.lower()))
    token = token.lower().translate(_LATIN_LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFKD", token) if not unicodedata.combining(c))
    return "".join(c for c in anyascii(bare).lower() if "a" <= c <= "z")


def arabic_key(folded: str) -> str:
    """Return the key of one folded Arabic-script token."""
    folded = SAME_NAME.get(folded, folded)
    if folded.endswith(_SORANI_DIN) and len(folded) > 6:
        return arabic_key(folded[: folded.rindex("ە")]) + "dn"
    if "ە" in folded:
        folded = folded[:-1].replace("ە", "") + folded[-1]
    fused = _ARABIC_FUSED.match(folded)
    if fused:
        return _FUSED_KEYS.get(fused[1], "b") + arabic_key(folded[fused.end() :])
    if folded.endswith("الله") and len(folded) != 5:
        return arabic_key(folded[:-4]) + "l"
    if folded.endswith("الدين") and len(folded) > 6:
        return arabic_key(folded[:-5]) + "dn"
    if has_arabic_article(folded):
        folded = folded[2:]
    if len(folded) > 2 and folded[-1] in "هەح":
        folded = folded[:-1]
    return _ARABIC_FIRST.get(folded[:1], "") + folded.translate(_ARABIC)


def latin_key(plain: str) -> str:
    """Return the key of one plain Latin token."""
    if plain.startswith("abd") and plain in PREFIXES:
        return "bd"
    if plain in SAME_NAME:
        return arabic_key(SAME_NAME[plain])
    din = _LATIN_DIN.search(plain)
    if din and din.start() > 1:
        return latin_key(plain[: din.start()]) + "dn"
    for fused, consonants in ((_LATIN_ABD, "bd"), (_LATIN_ABU, "b")):
        match = fused.match(plain)
        if match:
            return consonants + latin_key(plain[match.end() :])
    return _consonants(plain[2:] if has_latin_article(plain) else plain)


def has_latin_article(plain: str) -> bool:
    """Say whether a Latin word is written together with the article (Aljubouri, not Ali)."""
    if not _LATIN_ARTICLE.match(plain) or plain in NOT_ARTICLE:
        return False
    return len(_consonants(plain[2:])) >= _ARTICLE_NEEDS.get(plain[2], 1)


def has_arabic_article(folded: str) -> bool:
    """Say whether a folded Arabic-script word begins with the article and is more than that."""
    return folded.startswith("ال") and folded not in NOT_ARTICLE and bool(folded[2:].translate(_ARABIC))


def _consonants(plain: str) -> str:
    plain = _SILENT_H.sub("", plain) if len(plain) > 2 else plain
    sounds = _SOUND.finditer(_REPEATED.sub(r"\1\2", plain))
    key = "".join("k" if match[1] else "" if match[2] else LATIN_KEY_SOUNDS[match[0]] for match in sounds)
    return _LATIN_FIRST.get(plain[:1], "") + key
