"""Works out the evidence of one pair as a waterfall: from what two records drawn at random are worth, bar by bar, to the whole.

Positions are hundredths of a percent of the width, mirrored for right-to-left pages; drawing is the template's part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROW_HEIGHT, TEXT_AT, BAR_AT, BAR_HEIGHT = 40, 14, 21, 10
_MARGIN = 0.03
_DRAWN = 8_600  # the rest of the width is the weights' own


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One comparison's part in a score: what was compared, how it came out, what it weighs in bits."""

    comparison: str
    level: str
    weight: float


@dataclass(frozen=True, kw_only=True)
class Step:
    """One row of the waterfall: its texts, its bar (offset and width in percent) and where the sum stands after it."""

    label: str
    level: str
    weight: str
    kind: str
    x: str
    width: str
    stands: str
    top: int


@dataclass(frozen=True, kw_only=True)
class Waterfall:
    """All rows, the place of the threshold and of zero, in percent, and the height in pixels."""

    steps: tuple[Step, ...]
    threshold: str
    zero: str
    height: int
    rtl: bool


def waterfall(
    evidence: Sequence[Evidence], *, match_weight: float, link_weight: float, rtl: bool, first: str, last: str
) -> Waterfall:
    """Lay out the evidence from the first step to the last.

    Parameters
    ----------
    evidence : sequence of Evidence
        In the scorer's order; steps that weigh nothing are left out.
    match_weight, link_weight : float
        The pair's whole weight and the threshold, in bits.
    rtl : bool
        Whether more weight lies to the left.
    first, last : str
        What the first and the last row are called.

    Examples
    --------
    >>> drawn = waterfall([Evidence(comparison="sex", level="same sex", weight=1.0)], match_weight=-1.0, link_weight=3.0, rtl=False,
    ...     first="at random", last="all")
    >>> [(step.label, step.weight) for step in drawn.steps]
    [('at random', '−2.0'), ('sex', '+1.0'), ('all', '−1.0')]
    """
    told = [part for part in evidence if abs(part.weight) >= 0.05]
    start = match_weight - sum(part.weight for part in evidence)
    sums = [start]
    for part in told:
        sums.append(sums[-1] + part.weight)
    low, high = min(0.0, link_weight, match_weight, *sums), max(0.0, link_weight, match_weight, *sums)
    pad = (high - low) * _MARGIN or 1.0
    scale = _Scale(low=low - pad, high=high + pad, rtl=rtl)
    rows = [(first, "", start, 0.0, start, "start")]
    for before, part in zip(sums, told, strict=False):
        rows.append(
            (part.comparison, part.level, part.weight, before, before + part.weight, "for" if part.weight > 0 else "against")
        )
    rows.append((last, "", match_weight, 0.0, match_weight, "whole"))
    steps = tuple(_step(row, scale, top=ROW_HEIGHT * place) for place, row in enumerate(rows))
    return Waterfall(steps=steps, threshold=scale.at(link_weight), zero=scale.at(0.0), height=ROW_HEIGHT * len(rows), rtl=rtl)


@dataclass(frozen=True, kw_only=True)
class _Scale:
    low: float
    high: float
    rtl: bool

    def hundredths(self, bits: float) -> int:
        share = round((bits - self.low) / (self.high - self.low) * _DRAWN)
        return 10_000 - share if self.rtl else share

    def at(self, bits: float) -> str:
        return percent(self.hundredths(bits))


def percent(hundredths: int) -> str:
    """Return hundredths of a percent as a number in percent.

    Examples
    --------
    >>> percent(5), percent(2500)
    ('0.05', '25')
    """
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def bits_text(bits: float) -> str:
    """Return a weight with its sign and one decimal.

    Examples
    --------
    >>> bits_text(3.04), bits_text(-0.01), bits_text(-7)
    ('+3.0', '0.0', '−7.0')
    """
    rounded = round(bits, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else ""
    return f"{sign}{abs(rounded):.1f}"


def _step(row: tuple[str, str, float, float, float, str], scale: _Scale, *, top: int) -> Step:
    label, level, weight, before, after, kind = row
    ends = sorted((scale.hundredths(before), scale.hundredths(after)))
    return Step(
        label=label,
        level=level,
        weight=bits_text(weight),
        kind=kind,
        x=percent(ends[0]),
        width=percent(max(ends[1] - ends[0], 30)),
        stands=scale.at(after),
        top=top,
    )
