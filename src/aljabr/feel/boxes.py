"""Searches the space of a table's axes, split at the boundaries of its cells, for a region some rules cover and others do not.

A box holds, for each axis, the set of classes still possible (one bit each). A rule is a shape: for some axes the classes it takes,
and conditions over several axes at once. The search cuts a box only along the boundary of a rule that covers it in part, and cuts
what only one side can survive at once, so that most rules never split anything. Its work is bounded: past ``limit`` boxes it stops
and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from aljabr.feel.axes import Axis, bits
from aljabr.feel.evaluation import evaluate
from aljabr.feel.tree import Expression
from aljabr.feel.types import Value

Box = tuple[int, ...]
# A condition over several axes is looked at as a whole up to this many combinations, else the box is split first.
WHOLE = 24


class OutOfBounds(Exception):
    """The search has looked at as many regions as it may."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Relation:
    """A condition over several axes at once, by the places of the axes."""

    axes: tuple[int, ...]
    holds: Callable[[tuple[Value, ...]], bool]
    known: dict[tuple[int, ...], bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, eq=False)
class Shape:
    """Where a rule matches (or, when it was made with ``touching``, where it matches or waits for a missing fact)."""

    masks: dict[int, int]
    relations: tuple[Relation, ...] = ()
    empty: bool = False


def shape(tests: Sequence[tuple[tuple[int, ...], Expression]], axes: Sequence[Axis], *, touching: bool) -> Shape:
    """Return the shape of a rule from its tests, each with the places of the axes it reads."""
    masks: dict[int, int] = {}
    relations: list[Relation] = []
    empty = False
    for read, test in tests:
        holds = _holding(test, [axes[place].name for place in read], touching)
        if not read:
            empty = empty or not holds(())
        elif len(read) == 1:
            taken = sum(1 << number for number, value in enumerate(axes[read[0]].values) if holds((value,)))
            masks[read[0]] = masks.get(read[0], axes[read[0]].full) & taken
        else:
            relations.append(Relation(axes=read, holds=holds))
    return Shape(masks=masks, relations=tuple(relations), empty=empty or not all(masks.values()))


def _holding(test: Expression, names: list[str], touching: bool) -> Callable[[tuple[Value, ...]], bool]:
    def holds(values: tuple[Value, ...]) -> bool:
        given = dict(zip(names, values, strict=True))
        return evaluate(test, given) is True or (touching and evaluate(test, given, unknown=True) is not False)

    return holds


class Search:
    """One search after another over the same axes, sharing one bound on the work."""

    def __init__(self, axes: Sequence[Axis], constraints: Sequence[Relation], *, limit: int) -> None:
        self.axes = axes
        self.constraints = tuple(constraints)
        self.left = limit

    @property
    def whole(self) -> Box:
        """The box that holds everything."""
        return tuple(axis.full for axis in self.axes)

    def boxes(self, box: Box, must: Sequence[Shape], avoid: Sequence[Shape]) -> Iterator[Box]:
        """Yield boxes, apart from one another, in which every shape of ``must`` holds and none of ``avoid`` does.

        Raises
        ------
        OutOfBounds
            When more boxes would have to be looked at than are left.
        """
        if any(one.empty for one in must):
            return
        narrowed = list(box)
        for one in must:
            for place, mask in one.masks.items():
                narrowed[place] &= mask
        if all(narrowed):
            conditions = [*self.constraints, *(relation for one in must for relation in one.relations)]
            yield from self._solved(narrowed, conditions, [one for one in avoid if not one.empty])

    def outside(self, box: Box, shapes: Sequence[Shape]) -> bool:
        """Return whether no shape can hold anywhere in the box."""
        return all(
            one.empty or any(not box[place] & mask for place, mask in one.masks.items()) or self._never(one, box) for one in shapes
        )

    def _never(self, one: Shape, box: Box) -> bool:
        return any(self._decided(relation, box) is False for relation in one.relations)

    def _solved(self, box: list[int], conditions: list[Relation], avoid: list[Shape]) -> Iterator[Box]:
        stack = [(box, conditions, avoid)]
        while stack:
            box, conditions, avoid = stack.pop()
            if self.left <= 0:
                raise OutOfBounds
            self.left -= 1
            pending = self._propagated(box, avoid)
            decided = [(relation, self._decided(relation, box)) for relation in conditions]
            if pending is None or any(value is False for _, value in decided):
                continue
            waiting = [relation for relation, value in decided if value is None]
            if not pending and not waiting:
                yield tuple(box)
                continue
            place, mask = self._cut(box, pending, waiting)
            for part in (box[place] & mask, box[place] & ~mask):
                if part:
                    stack.append(([*box[:place], part, *box[place + 1 :]], waiting, [one for one, _, _ in pending]))

    def _propagated(self, box: list[int], avoid: list[Shape]) -> list[tuple[Shape, list[int], list[Relation]]] | None:
        """Cut the box by every rule that leaves one way out; None when a rule covers it, else what is still to be avoided."""
        while True:
            pending: list[tuple[Shape, list[int], list[Relation]]] = []
            cut = False
            for one in avoid:
                found = self._met(one, box)
                if found is None:
                    continue
                partly, waiting = found
                if not partly and not waiting:
                    return None
                if len(partly) == 1 and not waiting:
                    box[partly[0]] &= ~one.masks[partly[0]]
                    cut = True
                else:
                    pending.append((one, partly, waiting))
            if not cut:
                return pending
            avoid = [one for one, _, _ in pending]

    def _met(self, one: Shape, box: Sequence[int]) -> tuple[list[int], list[Relation]] | None:
        """The axes and relations by which a shape holds only in part of the box; None when it holds nowhere in it."""
        partly: list[int] = []
        for place, mask in one.masks.items():
            inside = box[place] & mask
            if not inside:
                return None
            if inside != box[place]:
                partly.append(place)
        waiting: list[Relation] = []
        for relation in one.relations:
            decided = self._decided(relation, box)
            if decided is False:
                return None
            if decided is None:
                waiting.append(relation)
        return partly, waiting

    def _decided(self, relation: Relation, box: Sequence[int]) -> bool | None:
        """Whether a relation holds in the whole box, nowhere in it, or neither (or too many combinations to look at)."""
        size = 1
        for place in relation.axes:
            size *= box[place].bit_count()
        if size > WHOLE:
            return None
        seen: set[bool] = set()
        for key in product(*(bits(box[place]) for place in relation.axes)):
            if key not in relation.known:
                values = tuple(self.axes[place].values[number] for place, number in zip(relation.axes, key, strict=True))
                relation.known[key] = relation.holds(values)
            seen.add(relation.known[key])
            if len(seen) > 1:
                return None
        return seen.pop()

    def _cut(
        self, box: Sequence[int], pending: list[tuple[Shape, list[int], list[Relation]]], waiting: list[Relation]
    ) -> tuple[int, int]:
        """The axis to split next and the classes of one side: where the rule hardest to avoid begins."""
        narrow = [(len(partly) + len(relations), number) for number, (_, partly, relations) in enumerate(pending) if partly]
        if narrow:
            one, partly, _ = pending[min(narrow)[1]]
            return partly[0], one.masks[partly[0]]
        relations = waiting or [relation for _, _, found in pending for relation in found]
        place = max(relations[0].axes, key=lambda place: box[place].bit_count())
        several = list(bits(box[place]))
        return place, sum(1 << number for number in several[: len(several) // 2])
