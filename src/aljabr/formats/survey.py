"""Looks at a text file once from end to end: SHA-256, encoding, whether some bytes fit no encoding.

Order: a byte-order mark decides; else regular NUL bytes, or the one high byte of Arabic, mean UTF-16; else UTF-8, unless what
is not UTF-8 outweighs what is, then Windows Arabic (cp1256), where every byte is a character. A UTF-8 file with a few broken
bytes stays UTF-8; only those rows suffer. Last the reading is weighed: words that nobody writes, or UTF-8 that was decoded
twice, are refused with the likeliest encoding named. A mapping may state any encoding of text that Python knows; only what
surely is another is refused then.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from aljabr.errors import MappingBroken, SourceBroken
from aljabr.formats.batches import shown
from aljabr.formats.damage import decoded_twice
from aljabr.formats.plausibility import is_text_encoding, mixes_scripts, weigh

_WIDE = ("utf-16", "utf-32")
_BLOCK = 1 << 20
_LOOKED_AT = 400
_WORDS_BEYOND_ASCII = re.compile(r"[^\s,;|\t]*[^\x00-\x7f][^\s,;|\t]*")
_BROKEN = re.compile("[\udc80-\udcff]")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")


@dataclass(frozen=True, kw_only=True)
class Survey:
    """What a whole text file is like; ``damaged`` when undecodable bytes or NUL characters stand somewhere in it."""

    sha256: str
    encoding: str
    damaged: bool


def survey(path: Path, *, encoding: str = "") -> Survey:
    """Return hash, encoding and damage of a text file; ``encoding`` fixes the encoding instead of sniffing it.

    Raises
    ------
    SourceBroken
        When the file is empty, or no reading of it is plausible; ``encoding`` of the details is then the likeliest.
    MappingBroken
        When ``encoding`` is not an encoding of text.
    """
    if encoding and not is_text_encoding(encoding):
        what = f"The encoding {encoding!r} is not one that text is read in."
        raise MappingBroken(what, "Use one that Python knows, for example utf-8, cp1256, cp1254, iso8859-6 or utf-16.")
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise SourceBroken(f"{path.name} is empty.", "Export it again, with its header.")
    chosen = _of_mark(encoding, head) or _by_mark(head) or _by_zeros(head)
    wide = chosen.startswith(_WIDE)
    sha256, utf8 = _digest(path, decode=not wide)
    if not chosen:
        chosen = "utf-8" if utf8 or _mostly_utf8(path) else "cp1256"
    _check_plausible(path, chosen, stated=bool(encoding), utf8=utf8)
    damaged = chosen.startswith("utf-8") and not utf8
    return Survey(sha256=sha256, encoding=chosen, damaged=damaged or _holds_strays(path, chosen))


def error_handler(encoding: str) -> str:
    """Return how undecodable bytes are marked: as lone surrogates where Python can, else as U+FFFD."""
    return "replace" if encoding.startswith(_WIDE) else "surrogateescape"


def stray(text: str, encoding: str) -> str:
    """Return the reason code for text that holds NUL or undecodable bytes; empty when it holds none."""
    if "\x00" in text:
        return "row.nul"
    if encoding.startswith(_WIDE):
        marked = "\ufffd" in text
    else:
        marked = bool(_BROKEN.search(text)) or (encoding == "cp1256" and mixes_scripts(text))
    return "row.undecodable" if marked else ""


def _by_mark(head: bytes) -> str:
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    return next((name for mark, name in marks if head.startswith(mark)), "")


def _of_mark(encoding: str, head: bytes) -> str:
    """Return a stated encoding in its normal name, with the order of bytes that the file's mark gives."""
    name = codecs.lookup(encoding).name if encoding else ""
    if name in {"utf-16", "utf-32"}:
        return f"{name}-be" if head.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) else f"{name}-le"
    return "utf-8-sig" if name == "utf-8" and head.startswith(codecs.BOM_UTF8) else name


def _by_zeros(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 50):
        return ""
    even, odd = (even + head[0::2].count(6), odd + head[1::2].count(6)) if 5 * (even + odd) < len(head) else (even, odd)
    if odd >= 9 * even:
        return "utf-16-le"
    return "utf-16-be" if even >= 9 * odd else ""


def _digest(path: Path, *, decode: bool) -> tuple[str, bool]:
    sha256, decoder, utf8 = hashlib.sha256(), codecs.getincrementaldecoder("utf-8")(), decode
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            sha256.update(block)
            if utf8:
                utf8 = _decodes(decoder, block, final=False)
    return sha256.hexdigest(), utf8 and _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _mostly_utf8(path: Path) -> bool:
    broken = beyond = 0
    with path.open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
        while block := stream.read(_BLOCK):
            broken += len(_BROKEN.findall(block))
            beyond += len(_BEYOND_ASCII.findall(block))
    return beyond > 4 * broken


def _holds_strays(path: Path, encoding: str) -> bool:
    with path.open(encoding=encoding, errors=error_handler(encoding), newline="") as stream:
        while block := stream.read(_BLOCK):
            if "\x00" in block or (not encoding.startswith("utf-8") and stray(block, encoding)):
                return True
    return False


def _check_plausible(path: Path, encoding: str, *, stated: bool, utf8: bool) -> None:
    with path.open("rb") as stream:
        raw = stream.read(_BLOCK)
    if raw.isascii():
        return
    if encoding.startswith("utf-8"):
        if utf8:
            _check_once_decoded(path, raw.decode("utf-8", "ignore"))
        return
    if encoding.startswith(_WIDE):
        return
    if utf8:
        raise _implausible(path, encoding, "utf-8", _first_word(raw, encoding))
    found = weigh(raw, encoding)
    if found.surely if stated else not found.plausible:
        raise _implausible(path, encoding, found.likelier, found.example)


def _check_once_decoded(path: Path, text: str) -> None:
    """Refuse a UTF-8 file most of whose words beyond ASCII were decoded twice."""
    words = list(dict.fromkeys(_WORDS_BEYOND_ASCII.findall(text)))[:_LOOKED_AT]
    twice = [word for word in words if decoded_twice(word)]
    if 2 * len(twice) > len(words):
        what = f"The text of {path.name} was decoded twice before it was saved: {shown(twice[0][:40])!r} may have said "
        raise SourceBroken(f"{what}{decoded_twice(twice[0])[:40]!r}.", "Export it again, as UTF-8, from where it came.")


def _implausible(path: Path, encoding: str, likelier: str, example: str) -> SourceBroken:
    what = f"{path.name} read as {encoding} has words that nobody writes, such as {shown(example[:40])!r}."
    hint = f"It may be {likelier}: state encoding: {likelier}" if likelier else "State its encoding, for example encoding: cp1254,"
    return SourceBroken(what, f"{hint} in the mapping if it is, or save the file as UTF-8.", encoding=likelier)


def _first_word(raw: bytes, encoding: str) -> str:
    return next(iter(_WORDS_BEYOND_ASCII.findall(raw.decode(encoding, "replace"))), "")
