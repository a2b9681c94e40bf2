"""The header of a source: names as they are compared, and what makes a header unusable."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from aljabr.errors import SourceBroken

MAX_COLUMNS = 4_000
_MARKS = dict.fromkeys([0xFEFF, 0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def tidy_header(text: str) -> str:
    r"""Return a column name as it is compared: composed, without direction marks, with single spaces.

    Examples
    --------
    >>> tidy_header("  Claim\n type ")
    'Claim type'
    """
    return " ".join(unicodedata.normalize("NFC", text.translate(_MARKS)).split())


def check_headers(cells: Sequence[str], source: str) -> tuple[str, ...]:
    """Return the names of a header without the unnamed columns at its end.

    Raises
    ------
    SourceBroken
        When no column has a name, one inside has none, two share one, there are too many, or one holds undecodable bytes.
    """
    names = [tidy_header(cell) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if len(names) > MAX_COLUMNS:
        raise SourceBroken(f"{source} has {len(names):,} columns; {MAX_COLUMNS:,} are read.", "Check that this is a table.")
    if "" in names:
        raise SourceBroken(f"Column {names.index('') + 1} of {source} has no name.", "Name it in the file's header.")
    twice = sorted(name for name, count in Counter(names).items() if count > 1)
    if twice:
        raise SourceBroken(f"The header of {source} names {', '.join(map(repr, twice[:5]))} twice.", "Rename one of them.")
    if any("\x00" in name or any("\ud800" <= char <= "\udfff" for char in name) for name in names):
        raise SourceBroken(f"The header of {source} holds bytes that are not text.", "Check the file's encoding, or state it.")
    return tuple(names)


def column_letters(position: int) -> str:
    """Return what a spreadsheet calls the column at a position counted from 0.

    Examples
    --------
    >>> column_letters(0), column_letters(27)
    ('A', 'AB')
    """
    letters = ""
    number = position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
