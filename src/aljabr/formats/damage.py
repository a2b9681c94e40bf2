"""Text that was damaged before it came here: decoded twice, with letters lost at an export, with marks for bytes nobody could
read.

Looks at one text at a time and mends nothing: it says what the damage is and, where decoding back gives plain words, what the
text may have said. Text in any script that people write is not damaged.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable

__all__ = ["damage", "decoded_twice"]

# What took UTF-8 for something else: each of its characters is then a leading sign and one or two of 0x80 to 0xBF.
_ONE_BYTE = ("cp1252", "cp1256", "latin-1", "cp1254", "mac-roman", "cp1250", "cp850", "cp437", "iso8859-9")
_LEADING = (*range(0xC3, 0xC6), *range(0xD8, 0xDC), 0xE2, 0xEF)


def _signs(encoding: str, numbers: Iterable[int]) -> str:
    """Return these bytes as a reader of an encoding shows them, as a class of a pattern; open ones come through as controls."""
    read = (bytes([number]).decode(encoding, "replace").replace("\ufffd", chr(number)) for number in numbers)
    return "[" + re.escape("".join(read)) + "]"


_PAIRS = {encoding: re.compile(_signs(encoding, _LEADING) + _signs(encoding, range(0x80, 0xC0))) for encoding in _ONE_BYTE}
_CONTINUING = re.compile("|".join(_signs(encoding, range(0x80, 0xC0)) for encoding in _ONE_BYTE).replace("]|[", ""))
_ANY_PAIR = re.compile("|".join(pair.pattern for pair in _PAIRS.values()))
# Arabic in cp1256 read as cp1252 or Latin-1: words of nothing but accented letters and signs, «ÃÍãÏ ßÇÙã».
_LATIN_HIGH = re.compile(
    "[\u00a1-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u2026\u2039\u203a\u2122\u20ac\u2018-\u201e]+"
)
_LOST = re.compile(r"\?{3,}|\?\s\?|[^\W\d_]\?[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
# How often a file may have been decoded wrongly and saved again.
_ROUNDS = 3


def damage(text: str) -> str:
    """Return what damaged a text, as a sentence; empty when it is plain.

    Examples
    --------
    >>> damage("Ø£Ø­Ù…Ø¯ ÙƒØ§Ø¸Ù…")
    "The text was decoded twice; it may have said 'أحمد كاظم'."
    >>> damage("???? ????"), damage("Ayşe Yıldırım"), damage("أحمد كاظم")
    ('Its letters were lost at an export: only question marks are left.', '', '')
    """
    if text.isascii():
        return _lost(text) if "?" in text else ""
    if "\ufffd" in text:
        return "Some bytes of the text could not be read where it was exported (\ufffd)."
    if meant := decoded_twice(text):
        return f"The text was decoded twice; it may have said {meant[:60]!r}."
    return _lost(text) if "?" in text else ""


def _lost(text: str) -> str:
    if not _LOST.search(text) or "/" in text:
        return ""
    if any(map(str.isalnum, text)):
        return "Letters of the text were lost at an export: question marks stand in their place."
    if len(text.strip()) < 4:
        return ""
    return "Its letters were lost at an export: only question marks are left."


def decoded_twice(text: str) -> str:
    """Return what a text said before it was decoded a second time; empty when it was not.

    Examples
    --------
    >>> decoded_twice("AyÅŸe YÄ±ldÄ±rÄ±m"), decoded_twice("ط£ط­ظ…ط¯"), decoded_twice("ÃÍãÏ ßÇÙã ÌÇÓã"), decoded_twice("Gulê Şêx")
    ('Ayşe Yıldırım', 'أحمد', 'أحمد كاظم جاسم', '')
    """
    if text.isascii():
        return ""
    return _undone(text, _ROUNDS)


def _undone(text: str, rounds: int) -> str:
    """Return what a text said before it was decoded wrongly, as often as that was done; empty when nothing plain comes back."""
    if _CONTINUING.search(text) and _ANY_PAIR.search(text):
        for encoding in (name for name, pair in _PAIRS.items() if pair.search(text)):
            before = _before(text, encoding)
            deeper = _undone(before, rounds - 1) if rounds > 1 else ""
            if meant := deeper or (before if _plain(before) else ""):
                return meant
    return _arabic_as_latin(text)


def _before(text: str, encoding: str) -> str:
    """Return the text whose UTF-8 was read in this encoding; empty when it was not."""
    try:
        before = text.encode(encoding, _OPEN_BYTES).decode("utf-8")
    except UnicodeError:
        return ""
    return before if len(before) < len(text) else ""


def _open_byte(error: UnicodeError) -> tuple[bytes, int]:
    """Return the byte of a control: those that cp1252 leaves open come through as controls of the same number."""
    assert isinstance(error, UnicodeEncodeError)
    letter = error.object[error.start]
    if not "\x80" <= letter <= "\x9f":
        raise error
    return bytes([ord(letter)]), error.start + 1


_OPEN_BYTES = "aljabr.open_bytes"
codecs.register_error(_OPEN_BYTES, _open_byte)


def _arabic_as_latin(text: str) -> str:
    """Return cp1256 that was read as cp1252: every letter beyond ASCII, Arabic when read so."""
    if not _LATIN_HIGH.search(text):
        return ""
    letters = "".join(_WORD.findall(text))
    if len(letters) < 3 or not _LATIN_HIGH.fullmatch(letters):
        return ""
    for encoding in ("cp1252", "cp1254"):
        try:
            meant = text.encode(encoding).decode("cp1256")
        except UnicodeError:
            continue
        if 10 * sum("\u0621" <= letter <= "\u06d3" for letter in meant) >= 9 * len(letters):
            return meant
    return ""


def _plain(text: str) -> bool:
    """Whether a text is made of what people write: letters, digits, marks, spaces; no controls, private or unassigned signs."""
    return all(unicodedata.category(letter)[0] in "LMNPZ" or letter in "\u200c\u200d\u200e\u200f+$€" for letter in text)
