"""Tables that divide the space of eight inputs into boxes without gap or overlap."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from aljabr.feel import Type

CODES = {"harm": tuple("abcdefgh"), "place": tuple("uvwxyz"), "resident": (True, False)}
SPANS = {"n0": 1000, "n1": 1000, "n2": 1000, "n3": 1000, "filed_on": 5000}
COLUMNS = {
    **{name: Type(kind="date" if name.endswith("_on") else "number", scale=0 if name.endswith("_on") else 6) for name in SPANS},
    "harm": Type(kind="string", values=CODES["harm"]),
    "place": Type(kind="string", values=CODES["place"]),
    "resident": Type(kind="boolean"),
}


def partition(*, rules: int, seed: int) -> list[list[str]]:
    """Rows of cells: the whole space cut in two, again and again, at a place drawn by the seed."""
    drawn = random.Random(seed)
    boxes: list[dict[str, Any]] = [{**{name: (0, span) for name, span in SPANS.items()}, **CODES}]
    while len(boxes) < rules:
        box = boxes.pop(drawn.randrange(len(boxes)))
        name = drawn.choice([name for name in COLUMNS if _size(box, name) > 1])
        cut = drawn.randint(1, _size(box, name) - 1)
        if name in SPANS:
            low, high = box[name]
            boxes += [{**box, name: (low, low + cut)}, {**box, name: (low + cut, high)}]
        else:
            boxes += [{**box, name: box[name][:cut]}, {**box, name: box[name][cut:]}]
    return [[_cell(name, box[name]) for name in COLUMNS] for box in boxes]


def _size(box: dict[str, Any], name: str) -> int:
    return int(box[name][1] - box[name][0]) if name in SPANS else len(box[name])


def _cell(name: str, held: Any) -> str:
    if name in SPANS:
        low, high = (_written(name, end) for end in held)
        if held == (0, SPANS[name]):
            return "-"
        return f"< {high}" if held[0] == 0 else f">= {low}" if held[1] == SPANS[name] else f"[{low}..{high})"
    if held == CODES[name]:
        return "-"
    return ", ".join(f'"{code}"' if isinstance(code, str) else str(code).lower() for code in held)


def _written(name: str, number: int) -> str:
    return f'date("{date(2003, 1, 1) + timedelta(days=number)}")' if name.endswith("_on") else str(number)
