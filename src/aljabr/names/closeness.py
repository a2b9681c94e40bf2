"""How far apart the spellings of two names are, as the cost of writing one sound for another; what a key cannot see: the vowels.

Order: 1. each name becomes a row of sounds, consonants and vowels, long vowels in capitals, with and without the
article, Abd al- and al-Din as one sound each; 2. Arabic letters leave short vowels out, so against a spelling with
vowels a name is read as :data:`~aljabr.names.readings.VOCALISED` says or else with any short vowels; two spellings in
Arabic letters are held to their letters; 3. the cheapest way from one row to the other is found (weighted edit
distance); 4. lam-alef damage of PDF extraction counts as one vowel moved. A cost up to :data:`SAME` is the same name in
another hand, up to :data:`NEAR` a variant; above it two names may share a key by accident (حسن and حسين).
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal

from aljabr.names.folding import fold_letters, repair
from aljabr.names.keys import has_arabic_article, has_latin_article, plain_latin
from aljabr.names.letters import KEY_LETTERS, LATIN_SKELETON_SOUNDS, SKELETON_LETTERS, pairs
from aljabr.names.lexicon import SAME_NAME
from aljabr.names.readings import ALSO_WRITTEN, VOCALISED

__all__ = ["NEAR", "SAME", "sound_row", "spelling_cost", "two_known_names"]

Row = tuple[str, ...]
Kind = Literal["arabic", "sorani", "latin"]

SAME = 0.4
NEAR = 0.9

_ARABIC = re.compile("[\u0620-\u06ff]")
_SORANI = re.compile("[ەێۆڕڵ]")
_LATIN_SOUND = re.compile("|".join([*LATIN_SKELETON_SOUNDS, "[AIU]"]))
_DOUBLE = re.compile(r"([^aiu])\1+")
_ABD = re.compile(r"عبد(?:ال)?(?=..)|عەبدول(?=..)|(?:abd|ebd|evd|abed)(?:[aeiou]+l)?(?=[a-z]{3})|abd[aeiou]+(?=([rsztnd])\1)")
_ABDALLAH = re.compile(r"(?:abd|ebd|evd|abed)[aeiou]*l{1,2}ah?|عەبدول+ا|عبدولا")
_DIN = re.compile(r"(?<=..)(?:ال|ە)دد?ين$|(?<=..)[aeiou]+(?:ld|dd|tt)(?:ee|ie|i|y)ne?$|(?<=...)[aeu]d(?:ee|i)ne?$")
_ARTICLE = re.compile(r"ال(?=..)|[aeu]l(?=[a-z]{3})|al[ia](?=[bcdfghjklmnpqrstvwxyz])")
_VOWELS = frozenset("aeiuAIU?")
_LATIN_VOWELS = {"a": "a", "e": "e", "i": "i", "o": "u", "u": "u", "y": "i", "w": "u", "ou": "u", "oo": "u", "ee": "i"}
_LONG = {"ا": "A", "و": "U", "ي": "I", "ه": "h", "ع": "`", "ە": "e"}
_CONSONANT_CLASS = {SKELETON_LETTERS[letter]: key for letter, key in KEY_LETTERS.items() if letter in SKELETON_LETTERS}

# What it costs to write one sound for the other; both ways. A vowel that Arabic letters leave out costs nothing.
_COST = {
    frozenset(sounds): float(cost)
    for sounds, cost in pairs(
        "Aa:0 Ii:0 Uu:0 Ae:0.3 Ie:0.3 Ue:0.6 Ai:0.9 Au:0.9 Ia:0.6 Iu:0.9 Ua:0.8 Ui:0.8 AI:1 AU:1 IU:1 "
        "ae:0.1 ei:0.1 ai:0.6 au:0.7 eu:0.5 iu:0.5 ?a:0 ?e:0 ?i:0 ?u:0 ?A:0 ?I:0.2 ?U:0.2 "
        "xh:0.5 xk:0.7 xg:0.4 gk:0.4 gj:0.5 kj:0.7 td:0.4 vs:0.3 vt:0.3 vd:0.4 dz:0.2 sz:0.5 qk:0.1 fu:0.3 fU:0.3 fb:0.8 "
        "ji:0.5 jI:0.5 cj:0.6 "
        "cs:0.9 sj:0.8 ha:0.1 hA:0.3 he:0.1 ht:0.4 `a:0 `A:1 `e:0 `i:0 `u:0 `?:0.1 `h:0.7"
    ).items()
}
_LEFT_OUT = {"a": 0.3, "e": 0.3, "i": 0.3, "u": 0.4, "A": 0.7, "I": 0.6, "U": 0.7, "?": 0.5, "`": 0.0, "h": 0.7}
_LEFT_OUT_IN_ARABIC = {**_LEFT_OUT, "A": 1.0, "I": 1.0, "U": 1.0, "`": 0.7, "?": 1.0}
_LAST_H_LEFT_OUT = 0.1
_CONSONANT_LEFT_OUT = 1.0
_OTHER_CONSONANT = 1.5


@lru_cache(maxsize=1 << 16)
def spelling_cost(left: str, right: str) -> float:
    """Return what it costs to write one token the way the other is written.

    Parameters
    ----------
    left, right : str
        A token, or the tokens of one name; spaces are passed over.

    Returns
    -------
    float
        0 for the same name, symmetric; up to ``SAME`` the same name in another hand, up to ``NEAR`` a variant. An empty name
        is infinitely far from any other.

    Examples
    --------
    >>> spelling_cost("محمد", "Muhammad"), spelling_cost("محمد", "Mahmoud") > NEAR, spelling_cost("حسن", "Hussein") > NEAR
    (0.0, True, True)
    >>> SAME < spelling_cost("صلاح", "صالح") <= NEAR
    True
    """
    if right < left:
        return spelling_cost(right, left)
    (one, kind), (other, other_kind) = _read(left), _read(right)
    if not one or not other:
        return float("inf")
    if one == other:
        return 0.0
    if _named(one) & _named(other):
        return 0.2
    strict = kind == other_kind == "arabic"
    cost = min(
        _distance(a, b, loose=not strict and loose_a != loose_b, strict=strict)
        for a, loose_a in _rows(one, kind, other_kind)
        for b, loose_b in _rows(other, other_kind, kind)
    )
    if "لا" in one + other and one.replace("لا", "ال") == other.replace("لا", "ال"):
        cost = min(cost, 0.6)
    return round(cost, 3)


def sound_row(token: str) -> str:
    """Return the sounds of a token as ASCII, for string distances across scripts on any backend.

    Abd al- and al-Din are ``@`` and ``%``, the article is left out; a common name in Arabic letters has the vowels it is read
    with, any other has only those that are written. Consonants are those of the skeleton.

    Examples
    --------
    >>> sound_row("حسن"), sound_row("Hassan"), sound_row("حسين"), sound_row("Hussein"), sound_row("الجبوري")
    ('hasan', 'hasan', 'husain', 'husein', 'jburi')
    """
    word, kind = _read(token)
    has_article = has_latin_article(word) if kind == "latin" and not _ARABIC.search(word) else has_arabic_article(word)
    bare = SAME_NAME.get(word, word[2:] if has_article else word)
    sounds = "".join(_sounds(bare, vocalised=True)[0]).lower()
    return re.sub("^[?`](?=[^aeiu])", "a", sounds).replace("`", "").replace("?", "")


def two_known_names(left: str, right: str) -> bool:
    """Say whether two spellings are two of the names whose readings are known: then a letter between them is no slip."""
    one, other = _read(left)[0], _read(right)[0]
    return one != other and one in VOCALISED and other in VOCALISED


@lru_cache(maxsize=1 << 16)
def _read(token: str) -> tuple[str, Kind]:
    """Return the letters of a token in their one form, and which hand wrote it."""
    repaired = "".join(map(repair, token.split()))
    if not _ARABIC.search(repaired):
        word = plain_latin(repaired)
        return "عبدالله" if _ABDALLAH.fullmatch(word) else word, "latin"
    word = fold_letters(repaired)
    return "عبدالله" if _ABDALLAH.fullmatch(word) else word, "sorani" if _SORANI.search(repaired) else "arabic"


def _named(word: str) -> set[str]:
    return {SAME_NAME.get(word, word), *ALSO_WRITTEN.get(word, ())}


def _rows(word: str, kind: Kind, other_kind: Kind) -> list[tuple[Row, bool]]:
    """Return the rows of sounds a word may be, each with whether it leaves short vowels out."""
    rows: list[tuple[Row, bool]] = []
    bare = _ARTICLE.sub("", word, count=1) if _ARTICLE.match(word) else word
    for text in dict.fromkeys((word, bare, SAME_NAME.get(word, word))):
        in_arabic = kind == "arabic" or (kind == "latin" and _ARABIC.search(text) is not None)
        if in_arabic and other_kind != "arabic":
            row, vocalised = _sounds(text, vocalised=True)
            rows.append((row, not vocalised))
            if vocalised and other_kind == "latin":
                continue
        rows.append((_sounds(text, vocalised=False)[0], in_arabic))
    return rows


@lru_cache(maxsize=1 << 16)
def _sounds(word: str, *, vocalised: bool) -> tuple[Row, bool]:
    """Return a word as sounds, Abd al- and al-Din as one sound each, and whether the vowels of a reading are in it."""
    before, after = _ABD.match(word), _DIN.search(word)
    start = before.end() if before and before.end() < len(word) and word != "عبدالله" else 0
    end = after.start() if after and after.start() > start else len(word)
    inner = word[start:end]
    reading = VOCALISED.get(inner) if vocalised else None
    if reading is not None:
        sounds = _latin_sounds(reading.replace("aa", "A").replace("ii", "I").replace("uu", "U"))
    else:
        sounds = _arabic_sounds(inner) if _ARABIC.search(inner) else _latin_sounds(inner)
    return ("@",) * (start > 0) + tuple(sounds) + ("%",) * (end < len(word)), reading is not None


def _arabic_sounds(word: str) -> list[str]:
    letters = [_LONG.get(letter) or SKELETON_LETTERS.get(letter, letter if "a" <= letter <= "z" else "") for letter in word]
    if len(letters) > 1 and letters[0] == "A":
        letters[0:2] = [letters[1]] if letters[1] in "UI" and len(letters) > 2 else ["?", letters[1]]
    if len(letters) > 2 and word[-1] in "هە":
        letters[-1] = "a"
    return [letter for letter in letters if letter]


def _latin_sounds(plain: str) -> list[str]:
    sounds = "".join(
        match[0] if match[0].isupper() else _LATIN_VOWELS.get(match[0], LATIN_SKELETON_SOUNDS.get(match[0], ""))
        for match in _LATIN_SOUND.finditer(plain)
    )
    return list(re.sub(r"([aiu])\1+", r"\1", _DOUBLE.sub(r"\1", sounds)))


def _distance(left: Row, right: Row, *, loose: bool, strict: bool) -> float:
    """Return the least cost; ``loose`` when one side only leaves its short vowels out, ``strict`` between Arabic letters."""
    out_left, out_right = ([_omitted(row, place, loose, strict) for place in range(len(row))] for row in (left, right))
    row = [0.0]
    for cost in out_right:
        row.append(row[-1] + cost)
    for sound, gone in zip(left, out_left, strict=True):
        above, last = row, row[0] + gone
        row, crossed = [last], above[0]
        for other, under, out in zip(right, above[1:], out_right, strict=True):
            best = crossed if sound == other else crossed + _swapped(sound, other)
            if under + gone < best:
                best = under + gone
            if last + out < best:
                best = last + out
            row.append(best)
            last, crossed = best, under
    return row[-1]


def _omitted(row: Row, place: int, loose: bool, strict: bool) -> float:
    sound = row[place]
    if loose and sound in "aeiu":
        return 0.0
    if sound == "h" and place == len(row) - 1:
        return _LAST_H_LEFT_OUT
    return (_LEFT_OUT_IN_ARABIC if strict else _LEFT_OUT).get(sound, _CONSONANT_LEFT_OUT)


@cache
def _swapped(one: str, other: str) -> float:
    known = _COST.get(frozenset((one, other)))
    if known is not None:
        return known
    same_class = one not in _VOWELS and _CONSONANT_CLASS.get(one, one) == _CONSONANT_CLASS.get(other, other)
    return 0.15 if same_class else _OTHER_CONSONANT
