"""What a letter may also stand for when somebody of another tradition wrote it: tables, no logic.

Left, the letters as written; right, comma-separated, letters they may stand for, in the spelling that
:mod:`~aljabr.names.keys` reads
(``-`` stands for nothing, ``$`` at the end of a reading keeps it to the end of a word). Sources: the Hawar alphabet for
Kurmanji (c ج, ç چ,
x خ and غ, v ڤ), Turkish orthography of Arabic names (c ج, h for ح خ ه, v for و, hardening of a last b, c, d, g to p, ç,
t, k: Türk Dil Kurumu,
Yazım Kılavuzu), BGN/PCGN 2007 romanisation of Kurdish, ALA-LC romanisation of Arabic (th ث, dh ذ, kh خ, sh ش, gh غ).
"""

from __future__ import annotations

from aljabr.names.letters import pairs


def _readings(text: str) -> dict[str, tuple[str, ...]]:
    return {
        written: tuple("" if reading == "-" else reading for reading in readings.split(","))
        for written, readings in pairs(text).items()
    }


# A reading is a Latin spelling that latin_key takes to the class meant: zh to that of ج, w to a vowel; t_h is two letters.
LATIN_READINGS = _readings(
    "tch:tsh ch:sh,kh,k,tsh sh:s_h,shh th:t,t_h,s dh:d_h,z gh:g kh:h zh:z ph:p_h c:zh,k,s g:gh,zh h:kh x:gh,ks j:y v:w t:d$ s:z z:s"
)

ARABIC_READINGS = _readings("تش:چ ث:س,ت")
