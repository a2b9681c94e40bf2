"""The letters of the room's scripts as tables somebody can read: what is one letter written in several ways, and its ASCII.

Nothing here decides anything: :mod:`~aljabr.names.folding`, :mod:`~aljabr.names.skeletons` and :mod:`~aljabr.names.keys`
read these tables.
"""

from __future__ import annotations


def pairs(text: str) -> dict[str, str]:
    """Read a table written as ``left:right`` between spaces, in its order."""
    return {left: right for left, _, right in (entry.partition(":") for entry in text.split())}


def words(text: str) -> frozenset[str]:
    """Read a set of words written between spaces."""
    return frozenset(text.split())


# Left: as met in files. Right: the one form kept. Turning a spelling variant into another never changes who is meant.
SPELLING_VARIANTS = pairs(
    "أ:ا إ:ا آ:ا ٱ:ا ٲ:ا ٳ:ا ؤ:و ئ:ي ء: ى:ي ی:ي ې:ي ے:ي ێ:ي ۍ:ي ة:ه ۃ:ه ھ:ه ہ:ه ۀ:ه ۂ:ه "
    "ک:ك ڪ:ك ڬ:گ ڕ:ر ڵ:ل ۆ:و ۇ:و ۈ:و ۋ:و ۊ:و ڨ:ڤ ݘ:چ"
)

# One ASCII character per sound that both scripts can write, so that a distance of one is one letter on every backend and
# a name written in Arabic letters is near its romanisation. ع is written like the alef that most people hear; ە is a
# short vowel, which only Sorani writes; a Kurdish letter takes the letter an Arabic keyboard puts in its place.
SKELETON_LETTERS = pairs(
    "ا:a ع:a ب:b پ:p ت:t ط:t ث:v ج:j چ:j ژ:j ح:h ه:h خ:x د:d ذ:d ض:d ظ:d ر:r ز:z س:s ص:s ش:c غ:g ف:f ڤ:f ق:q ك:k گ:k ل:l "
    "م:m ن:n و:w ي:y"
)

# Letters that stand for one sound in the Arabic, Sorani, Turkmen and Latin spellings of one name share a key letter: Sorani
# writes ض ظ ذ as ز, romanisations write ذ ظ ث as th, an Arabic keyboard has no پ چ ژ گ ڤ. Vowels and ع have none.
KEY_LETTERS = pairs(
    "ب:b پ:b ت:t ط:t س:s ص:s ج:j چ:j ژ:j ح:h ه:h خ:x د:d ذ:d ز:d ض:d ظ:d ث:d ر:r ش:c غ:g ف:f ڤ:f ق:k ك:k گ:k ل:l م:m ن:n"
)

# Latin letters of Kurdish, Turkmen and scholarly romanisation that would lose their sound with their accent.
LATIN_LETTERS = pairs("ş:sh š:sh ș:sh ç:ch č:ch ğ:gh ġ:gh ǧ:j ž:zh ẍ:gh ḫ:kh ẖ:kh ḏ:dh ṯ:th ı:i ə:e")

# A Latin spelling of one sound, longest first: its letter in the skeleton, and in the key, where vowels have none.
LATIN_SKELETON_SOUNDS = pairs(
    "tch:j sch:c kh:x gh:g sh:c th:v dh:d ch:j zh:j dj:j ph:f ck:k ou:w oo:w ee:y b:b p:p t:t s:s j:j c:j h:h x:x d:d z:z "
    "r:r f:f v:f q:q k:k g:k l:l m:m n:n a:a e: i:y o:w u:w w:w y:y"
)
LATIN_KEY_SOUNDS = pairs(
    "tch:j sch:c kh:x gh:g sh:c th:d dh:d ch:j zh:j dj:j ph:f ck:k b:b p:b t:t s:s j:j c:j h:h x:x d:d z:d r:r f:f v:f q:k "
    "k:k g:k l:l m:m n:n"
)
