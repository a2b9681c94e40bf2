"""The ASCII skeleton of a token: one character per letter, near-lossless, for string distances on any backend.

Both scripts are written in one alphabet (:data:`~aljabr.names.letters.SKELETON_LETTERS`), long vowels as ``a w y``, Latin
``e`` like the unwritten short vowel, a first vowel always as ``a``; doubled vowels of Sorani and doubled Latin letters are
one. The article stays: only the key forgets it.
"""

from __future__ import annotations

import re

from aljabr.names.letters import LATIN_SKELETON_SOUNDS, SKELETON_LETTERS
from aljabr.names.lexicon import SAME_NAME

_ARABIC: dict[int, str | None] = dict.fromkeys(range(0x0600, 0x0700)) | {ord(a): s for a, s in SKELETON_LETTERS.items()}
_DOUBLE_VOWEL = re.compile(r"([اوي])\1+")
_REPEATED = re.compile(r"(.)\1+")
_SOUND = re.compile("|".join(LATIN_SKELETON_SOUNDS))
_FIRST_VOWEL = re.compile(r"^(?:ou|oo|ee|[eiou])")


def arabic_skeleton(folded: str) -> str:
    """Return the skeleton of one folded Arabic-script token."""
    if folded.endswith("ە"):
        folded = folded[:-1] + "ه"
    return _DOUBLE_VOWEL.sub(r"\1", folded).translate(_ARABIC)


def latin_skeleton(plain: str) -> str:
    """Return the skeleton of one plain Latin token."""
    if plain in SAME_NAME:
        return arabic_skeleton(SAME_NAME[plain])
    plain = _FIRST_VOWEL.sub("a", plain)
    sounds = "".join(LATIN_SKELETON_SOUNDS[match[0]] for match in _SOUND.finditer(plain))
    return _REPEATED.sub(r"\1", sounds)
