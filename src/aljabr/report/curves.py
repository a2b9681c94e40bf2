"""Works out the marks of a line chart: segments and dots in percent across and pixels downward, so that text keeps one size.

The number on the horizontal axis grows from left to right in every language, as numbers are written. A point that is withheld is a
gap: no segment leads over it. Integers only, so that the same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

HEIGHT, TOP, BOTTOM = 240, 12, 34


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A line between two neighbouring points of one series."""

    kind: str
    x1: str
    y1: int
    x2: str
    y2: int


@dataclass(frozen=True, kw_only=True)
class Dot:
    """One point, with what a reader hears of it."""

    kind: str
    x: str
    y: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Tick:
    """One line of the grid and its label; ``at`` in percent (across) or pixels (up)."""

    at: str
    label: str


@dataclass(frozen=True, kw_only=True)
class Curves:
    """A drawn line chart."""

    segments: tuple[Segment, ...]
    dots: tuple[Dot, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    now: str | None
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM


def draw_curves(steps: Sequence[Decimal], series: Mapping[str, Sequence[int | None]], *, now: Decimal | None) -> Curves:
    """Draw every series over the same steps.

    The vertical axis begins at nothing; only when all values lie in its upper fifth and still differ by a hundredth of the largest,
    at a round number below the smallest. A number that hardly moves looks like one.

    Parameters
    ----------
    steps : sequence of Decimal
        Values on the horizontal axis, ascending.
    series : mapping of str to sequence of int or None
        Class in the style sheet → one value for every step; None is withheld.
    now : Decimal or None
        A value to mark with a line, when it lies within the steps.

    Examples
    --------
    >>> drawn = draw_curves([Decimal(1), Decimal(2)], {"a": [0, 40]}, now=None)
    >>> [(s.x1, s.y1, s.x2, s.y2) for s in drawn.segments], [tick.label for tick in drawn.up]
    ([('0', 206, '100', 12)], ['0', '10', '20', '30', '40'])
    """
    known = [value for values in series.values() for value in values if value is not None] or [0]
    least, most = min(known), max(known)
    floor = least if least * 5 >= most * 4 and (most - least) * 100 >= most else 0
    step = _round_step(most - floor)
    floor -= floor % step
    roof = floor + max(-(-(most - floor) // step), 1) * step
    room = (floor, roof)
    points = {
        kind: [None if value is None else (_across(at, steps), _down(value, room)) for at, value in zip(steps, values, strict=True)]
        for kind, values in series.items()
    }
    segments = [
        Segment(kind=kind, x1=one[0], y1=one[1], x2=other[0], y2=other[1])
        for kind, placed in points.items()
        for one, other in pairwise(placed)
        if one and other
    ]
    dots = [
        Dot(kind=kind, x=point[0], y=point[1], text=f"{at:f}: {value:,}")
        for kind, placed in points.items()
        for at, point, value in zip(steps, placed, series[kind], strict=True)
        if point and value is not None
    ]
    shown = steps if len(steps) <= 6 else [steps[place * (len(steps) - 1) // 5] for place in range(6)]
    return Curves(
        segments=tuple(segments),
        dots=tuple(dots),
        across=tuple(Tick(at=_across(at, steps), label=f"{at:,f}") for at in shown),
        up=tuple(Tick(at=str(_down(value, room)), label=f"{value:,}") for value in range(floor, roof + 1, step)),
        now=_across(now, steps) if now is not None and steps[0] <= now <= steps[-1] else None,
    )


def _round_step(most: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50 … of which at most five reach the largest value."""
    size = 1
    while True:
        for factor in (1, 2, 5):
            if factor * size * 5 > most:
                return factor * size
        size *= 10


def _across(at: Decimal, steps: Sequence[Decimal]) -> str:
    span = steps[-1] - steps[0]
    hundredths = int((at - steps[0]) * 10_000 / span) if span else 5_000
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _down(value: int, room: tuple[int, int]) -> int:
    floor, roof = room
    return HEIGHT - BOTTOM - (value - floor) * (HEIGHT - TOP - BOTTOM) // (roof - floor)
