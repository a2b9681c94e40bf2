"""Works out the marks of the report's bar charts, in percent of the width, so that a chart has text of one size on every screen.

Every chart is a stack of rows: a label at the reading start, a value at the end, a bar below, a remark below that. In a
right-to-left page bars grow from the right. Drawing is the template's part; nothing here knows a language.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROW_HEIGHT, BAR_TOP, BAR_HEIGHT, REMARK_HEIGHT = 50, 22, 16, 20


@dataclass(frozen=True, kw_only=True)
class Part:
    """One part of a bar: its amount and its class in the style sheet."""

    amount: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Row:
    """One bar: what it stands for, its parts in reading order, an optional outline behind it."""

    label: str
    value: str
    parts: tuple[Part, ...]
    outline: int = 0
    remark: str = ""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One rectangle: offset from the left edge and width, both in percent as text; height in pixels from ``top``."""

    x: str
    width: str
    top: int
    height: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class DrawnRow:
    """One row with its marks and the baselines of its texts, in pixels."""

    label: str
    value: str
    remark: str
    text_at: int
    remark_at: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """A drawn chart; ``height`` in pixels, the width is the reader's."""

    rows: tuple[DrawnRow, ...]
    height: int
    rtl: bool


def draw(rows: Sequence[Row], *, rtl: bool) -> Chart:
    """Draw rows to one common scale, the longest bar or outline filling the width.

    Examples
    --------
    >>> [mark.x for mark in draw([Row(label="a", value="1", parts=(Part(amount=1, kind="b"),), outline=4)], rtl=True).rows[0].marks]
    ['0', '75']
    """
    scale = max((max(row.outline, sum(part.amount for part in row.parts)) for row in rows), default=0)
    drawn: list[DrawnRow] = []
    top = 0
    for row in rows:
        marks = _marks(row, scale=scale, top=top + BAR_TOP, rtl=rtl)
        remark_at = top + BAR_TOP + BAR_HEIGHT + 16
        drawn.append(
            DrawnRow(label=row.label, value=row.value, remark=row.remark, text_at=top + 15, remark_at=remark_at, marks=tuple(marks))
        )
        top += ROW_HEIGHT + (REMARK_HEIGHT if row.remark else 0)
    return Chart(rows=tuple(drawn), height=max(top - (ROW_HEIGHT - BAR_TOP - BAR_HEIGHT), 0) + 2, rtl=rtl)


def _marks(row: Row, *, scale: int, top: int, rtl: bool) -> list[Mark]:
    marks = []
    if row.outline:
        marks.append(_mark(0, row.outline, scale=scale, top=top, kind="outline", rtl=rtl))
    start = 0
    for part in row.parts:
        if part.amount > 0:
            marks.append(_mark(start, part.amount, scale=scale, top=top, kind=part.kind, rtl=rtl))
        start += part.amount
    return marks


def _mark(start: int, amount: int, *, scale: int, top: int, kind: str, rtl: bool) -> Mark:
    # Integers only: hundredths of a percent, so that the same figures give the same bytes.
    left = start * 10_000 // scale
    width = max((start + amount) * 10_000 // scale - left, 20)
    if rtl:
        left = 10_000 - left - width
    return Mark(x=_percent(max(left, 0)), width=_percent(width), top=top, height=BAR_HEIGHT, kind=kind)


def _percent(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
