"""Works out the drawings of the report on a linkage: bars of weights, hills of scores, a curve over thresholds, clusters as graphs.

All coordinates are whole numbers worked out the same way everywhere, so that the same figures give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from aljabr.report.waterfall import bits_text, percent

GRAPH_SIDE, GRAPH_RADIUS = 300, 112
PLOT_WIDTH, PLOT_HEIGHT = 720, 220


@dataclass(frozen=True, kw_only=True)
class WeightBar:
    """One level of one comparison: its bar in percent of the width, for or against."""

    label: str
    weight: str
    x: str
    width: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class Hill:
    """One bit's pairs in the histogram: a rectangle in the plot's units and what it stands for."""

    x: int
    y: int
    width: int
    height: int
    kind: str
    bits: int
    pairs: int


@dataclass(frozen=True, kw_only=True)
class Graph:
    """A cluster as dots on a circle, neighbours beside each other as far as may be, and lines between them."""

    dots: tuple[tuple[int, int], ...]
    lines: tuple[tuple[int, int, int, int, bool], ...]


def weight_bars(levels: Sequence[tuple[str, float]], *, scale: float, rtl: bool) -> list[WeightBar]:
    """Draw the weights of one comparison's levels from a line in the middle; ``scale`` bits fill one half."""
    bars = []
    for label, weight in levels:
        width = max(min(round(abs(weight) / scale * 5_000), 5_000), 20)
        starts_left = (weight < 0) is not rtl
        x = 5_000 - width if starts_left else 5_000
        bars.append(
            WeightBar(
                label=label, weight=bits_text(weight), x=percent(x), width=percent(width), kind="for" if weight > 0 else "against"
            )
        )
    return bars


def hills(histogram: Sequence[tuple[int, int]], *, link_weight: float) -> list[Hill]:
    """Draw the histogram of scores; heights grow with the square root, so that small hills are seen beside large ones."""
    if not histogram:
        return []
    first, last = histogram[0][0], histogram[-1][0]
    step = PLOT_WIDTH // (last - first + 1)
    top = max(count for _, count in histogram)
    drawn = []
    for bits, count in histogram:
        height = max(round(PLOT_HEIGHT * (count / top) ** 0.5), 2)
        drawn.append(
            Hill(
                x=(bits - first) * step,
                y=PLOT_HEIGHT - height,
                width=max(step - 1, 1),
                height=height,
                kind="linked" if bits + 1 > link_weight else "below",
                bits=bits,
                pairs=count,
            )
        )
    return drawn


def plot_x(bits: float, histogram: Sequence[tuple[int, int]]) -> int:
    """Return where a weight stands in the plot of ``hills``."""
    first, last = histogram[0][0], histogram[-1][0]
    return round((bits - first) * (PLOT_WIDTH // (last - first + 1)))


def curve_line(values: Sequence[float]) -> str:
    """Return the points of a line through shares between 0 and 1, evenly spaced over the plot.

    Examples
    --------
    >>> curve_line([0.0, 1.0])
    '0,220 720,0'
    """
    step = PLOT_WIDTH / max(len(values) - 1, 1)
    return " ".join(f"{round(place * step)},{round(PLOT_HEIGHT * (1 - value))}" for place, value in enumerate(values))


def draw_graph(nodes: int, edges: Sequence[tuple[int, int, bool]]) -> Graph:
    """Place a cluster's records on a circle, walking along its strong links so that they stay short, and draw the pairs."""
    order = _walk(nodes, edges)
    middle = GRAPH_SIDE // 2
    at = {}
    for place, node in enumerate(order):
        angle = 2 * pi * place / max(nodes, 1) - pi / 2
        at[node] = (middle + round(GRAPH_RADIUS * cos(angle)), middle + round(GRAPH_RADIUS * sin(angle)))
    lines = tuple((*at[a], *at[b], strong) for a, b, strong in sorted(edges, key=lambda edge: (edge[2], edge[0], edge[1])))
    return Graph(dots=tuple(at[node] for node in range(nodes)), lines=lines)


def _walk(nodes: int, edges: Sequence[tuple[int, int, bool]]) -> list[int]:
    """Return the nodes in the order of a walk to the nearest unseen neighbour with the fewest links."""
    near: dict[int, set[int]] = {node: set() for node in range(nodes)}
    for a, b, strong in edges:
        if strong:
            near[a].add(b)
            near[b].add(a)
    left, order = set(range(nodes)), []
    while left:
        here = min(left, key=lambda node: (len(near[node]), node))
        while here is not None:
            order.append(here)
            left.discard(here)
            onward = near[here] & left
            here = min(onward, key=lambda node: (len(near[node] & left), node)) if onward else None  # type: ignore[assignment]
    return order
