"""Looks at a text file once from end to end: SHA-256, encoding, whether some bytes fit no encoding.

Order: a byte-order mark decides; else regular NUL bytes mean UTF-16; else UTF-8, unless what is not UTF-8 outweighs what is, then
Windows Arabic (cp1256), where every byte is a character. A UTF-8 file with a few broken bytes stays UTF-8; only those rows suffer.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from aljabr.errors import MappingBroken, SourceBroken

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1256")
_BLOCK = 1 << 20
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
        When the file is empty.
    MappingBroken
        When ``encoding`` is not one of ``ENCODINGS``.
    """
    if encoding and encoding not in ENCODINGS:
        raise MappingBroken(f"The encoding {encoding!r} is not read.", f"Use one of {', '.join(ENCODINGS)}.")
    with path.open("rb") as stream:
        head = stream.read(1 << 16)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise SourceBroken(f"{path.name} is empty.", "Export it again, with its header.")
    chosen = encoding or _by_mark(head) or _by_zeros(head)
    sha256, utf8 = _digest(path, decode=not chosen or chosen.startswith("utf-8"))
    if not chosen:
        chosen = "utf-8" if utf8 or _mostly_utf8(path) else "cp1256"
    damaged = not utf8 if chosen.startswith("utf-8") else False
    return Survey(sha256=sha256, encoding=chosen, damaged=damaged or _holds_strays(path, chosen))


def error_handler(encoding: str) -> str:
    """Return how undecodable bytes are marked: as lone surrogates where Python can, else as U+FFFD."""
    return "replace" if encoding.startswith("utf-16") else "surrogateescape"


def stray(text: str, encoding: str) -> str:
    """Return the reason code for text that holds NUL or undecodable bytes; empty when it holds none."""
    if "\x00" in text:
        return "row.nul"
    marked = "\ufffd" in text if encoding.startswith("utf-16") else bool(_BROKEN.search(text))
    return "row.undecodable" if marked else ""


def _by_mark(head: bytes) -> str:
    marks = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
    return next((name for mark, name in marks if head.startswith(mark)), "")


def _by_zeros(head: bytes) -> str:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if even + odd < max(2, len(head) // 50):
        return ""
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
            if "\x00" in block or (encoding.startswith("utf-16") and "\ufffd" in block):
                return True
    return False
