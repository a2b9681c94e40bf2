"""Says what a file really is, whatever its name: a workbook, a table of text, JSON lines, or something that only looks like one.

The first bytes decide; the name decides only between CSV and JSON lines. What is no table of ours is refused with what it is and
how to get a table out of it: a page saved as ``.xls``, an XML spreadsheet, a PDF, an archive of files.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from aljabr.errors import SourceBroken

JSON_SUFFIXES = frozenset({".jsonl", ".ndjson", ".json"})
_SPREADSHEET = "Open it in a spreadsheet and save it as .xlsx."
_HEAD = 4_096
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "a PDF", "Ask for the table it was made from, as .xlsx or CSV."),
    (b"{\\rtf", "a text document (RTF)", "Copy its table into a spreadsheet and save it as .xlsx."),
    (b"\x89PNG", "a picture (PNG)", "Type the table, or ask for the file it was made from."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Type the table, or ask for the file it was made from."),
    (b"GIF8", "a picture (GIF)", "Type the table, or ask for the file it was made from."),
    (b"Rar!", "a RAR archive", "Unpack it and name the files in it."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "Unpack it and name the files in it."),
    (b"\x1f\x8b", "a gzip archive", "Unpack it and name the file in it."),
    (b"BZh", "a bzip2 archive", "Unpack it and name the file in it."),
    (b"\xfd7zXZ", "an xz archive", "Unpack it and name the file in it."),
    (b"PAR1", "a Parquet file", "Write it as CSV."),
    (b"SQLite format 3", "a database (SQLite)", "Export the table as CSV."),
    (b"\x00\x01\x00\x00Standard ", "a database (Access)", "Export the table as .xlsx or CSV."),
    (b"$FL2", "a data file of SPSS", "Export it as CSV."),
    (b"<stata_dta>", "a data file of Stata", "Export it as CSV."),
)
# The others are followed by zero bytes; a table may well begin with the letters PAR1.
_TEXTUAL = (b"%PDF", b"{\\rtf", b"<stata_dta>")
_OLD_BOOK = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")
_HTML = re.compile(r"<(?:!doctype html|html|head|body|table|meta|style|div|script)\b", re.IGNORECASE)
_MARKUP = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<\?[^>]*>\s*|<!--.*?-->\s*)*<[A-Za-z!]", re.DOTALL)
_MAIL = re.compile(r"\s*(?:MIME-Version|Content-Type):", re.IGNORECASE)
_JSON = re.compile(r"\s*\{\s*(?:\"|\})")


def recognise(path: Path) -> str:
    """Return ``xlsx``, ``csv`` or ``jsonl``.

    Raises
    ------
    SourceBroken
        When the file is none of them; the message says what it is.
    """
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        raise SourceBroken(f"{path.name} is empty.", "Export it again, with its header.")
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0") or (head.startswith(_OLD_BOOK) and path.suffix.lower().startswith(".xl")):
        what = "is protected by a password, an old .xls or another old Office file"
        raise SourceBroken(f"{path.name} {what}.", "Save it as .xlsx without a password.")
    for magic, what, way_out in _MAGIC:
        if head.startswith(magic) and (magic in _TEXTUAL or b"\x00" in head):
            raise SourceBroken(f"{path.name} is {what}.", way_out)
    text = _as_text(head)
    _refuse_markup(path, text)
    if path.suffix.lower() in JSON_SUFFIXES or _JSON.match(text):
        return "jsonl"
    return "csv"


def misnamed(path: Path, kind: str) -> str:
    """Return a sentence when the file's name says something else than what it is; empty when it does not."""
    suffix = path.suffix.lower()
    if kind == "xlsx" and suffix not in {".xlsx", ".xlsm", ".xltx", ".xlt", ""}:
        return f"{path.name} is named {suffix}, but it is a workbook and was read as one."
    if kind != "xlsx" and suffix.startswith(".xl"):
        return f"{path.name} is named {suffix}, but it is text and was read as {'JSON lines' if kind == 'jsonl' else 'CSV'}."
    if kind == "jsonl" and suffix not in JSON_SUFFIXES:
        return f"{path.name} is named {suffix or 'without an ending'}, but it holds JSON and was read as JSON lines."
    return ""


def _archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:80].decode("ascii", "replace") if "mimetype" in names else ""
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise SourceBroken(f"{path.name} is cut short or damaged.", "Export the workbook again, or copy it again.") from error
    if "xl/workbook.bin" in names:
        raise SourceBroken(f"{path.name} is a binary workbook (.xlsb).", _SPREADSHEET)
    if kind.startswith("application/vnd.oasis.opendocument"):
        noun = "an OpenDocument spreadsheet (.ods)" if "spreadsheet" in kind else "an OpenDocument file that is no spreadsheet"
        raise SourceBroken(f"{path.name} is {noun}.", _SPREADSHEET)
    if any(name.startswith("Index/") and name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise SourceBroken(f"{path.name} is a document of Numbers or Pages.", "Export it from there as an Excel workbook.")
    for folder, noun in (("word/", "a Word document"), ("ppt/", "a PowerPoint presentation")):
        if any(name.startswith(folder) for name in names):
            raise SourceBroken(f"{path.name} is {noun}.", "Copy its table into a spreadsheet and save it as .xlsx.")
    if names and not any(name.startswith("xl/") or name == "[Content_Types].xml" for name in names):
        raise SourceBroken(f"{path.name} is an archive of {len(names):,} files.", "Unpack it and name the files in it.")
    return "xlsx"


def _as_text(head: bytes) -> str:
    """Return the first bytes as text, good enough to see markup: UTF-16 when every second byte is zero, else byte by byte."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"\xef\xbb\xbf", "utf-8")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if head[1:200:2].count(0) > 50:
        return head.decode("utf-16-le", "replace")
    return head.decode("latin-1")


def _refuse_markup(path: Path, text: str) -> None:
    if _MAIL.match(text) and "text/html" in text.lower():
        raise SourceBroken(f"{path.name} is a web page saved in one file (MHTML).", _SPREADSHEET)
    if not _MARKUP.match(text):
        return
    if "urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise SourceBroken(f"{path.name} is an XML spreadsheet of 2003.", _SPREADSHEET)
    if _HTML.search(text):
        raise SourceBroken(f"{path.name} is a web page (HTML), not a spreadsheet, whatever its name says.", _SPREADSHEET)
    if text.lstrip().startswith("<?xml"):
        raise SourceBroken(f"{path.name} is an XML file.", "Export the table as .xlsx or CSV.")
