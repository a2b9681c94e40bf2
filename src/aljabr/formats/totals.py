"""Tells a row that adds up the others from a row of its own: the label of a total, and beside it nothing but numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aljabr.formats.headers import tidy_header

LONGEST = 40
_WORDS = (
    "المجموع", "مجموع", "الإجمالي", "الاجمالي", "إجمالي", "اجمالي", "الحاصل", "العدد الكلي", "المجموع الكلي",
    "کۆی گشتی", "کۆ", "کۆی", "كۆ", "سەرجەم", "سه‌رجه‌م", "total", "totals", "grand total", "sub total", "subtotal", "sum",
    "toplam", "genel toplam", "ara toplam", "tevahî", "giştî", "bi giştî", "kom", "koma giştî", "serjimar", "totaux", "summe",
)  # fmt: skip
_LABEL = re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_WORDS, key=len, reverse=True)))})(?![^\W\d_])", re.IGNORECASE)
_NUMBER = re.compile(r"[=#].*|[^\W\d_]{0,6}[\s$€£]*[-(]?[\d][\d\s.,،٬٫'/%)-]*[^\W\d_.]{0,6}\.?")


def is_total(cells: Sequence[str]) -> bool:
    """Whether the cells of a row are the label of a total and numbers.

    Examples
    --------
    >>> is_total(["", "المجموع الكلي", "", "12,500,000"]), is_total(["Total", "نور علي", "5"]), is_total(["", "", "5"])
    (True, False, False)
    """
    first = cells[0] if cells else ""
    first = first or next((cell for cell in cells if cell), "")
    if len(first) > LONGEST or not _LABEL.match(tidy_header(first)):
        return False
    others = [cell.strip() for cell in cells if cell.strip()][1:]
    return all(_NUMBER.fullmatch(cell) or _LABEL.match(tidy_header(cell)) for cell in others)
