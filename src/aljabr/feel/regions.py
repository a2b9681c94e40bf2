"""Gaps, overlaps and rules that can never decide, each with a counter-example that the reference interpreter has confirmed.

Order for one table: split the space at the boundaries of its cells (``axes``); search it for a region that contradicts the hit
policy (``boxes``); follow the outputs of earlier decisions a region asks for back to facts; choose facts; let ``interpret`` decide
them. What cannot be reasoned about (a calculation, two facts compared) is only ever taken too widely: a region that is not there is
found missing for certain, and one that nothing confirms is reported as *undecided*, never as a fault.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice, product
from typing import Any, Literal

from aljabr.errors import CheckFailed
from aljabr.feel import tree
from aljabr.feel.axes import Axes, Axis, World, bits
from aljabr.feel.boxes import Box, OutOfBounds, Relation, Search, Shape, shape
from aljabr.feel.decisions import Decision, interpret
from aljabr.feel.tables import DEFAULT_RULE, Chain, TypedTable
from aljabr.feel.types import Value

LIMIT = 20_000
# Facts tried for one region before it counts as undecided, gaps shown of one table, overlaps shown of one table.
ATTEMPTS, COMBINATIONS, GAPS, OVERLAPS = 40, 600, 3, 20
# Values tried where a fact is only calculated with or compared with another.
USUAL: dict[str, tuple[Value, ...]] = {
    "number": tuple(Decimal(number) for number in (1, 0, 2, 10, 100, 1000)),
    "date": (date(2014, 6, 10), date(2016, 2, 1)),
    "string": ("a",),
    "boolean": (True, False),
}
Kind = Literal["overlap", "conflict", "unreachable", "never", "gap", "unbounded", "undecided"]
Derive = Callable[[Mapping[str, Value]], Mapping[str, Value]]


@dataclass(frozen=True, kw_only=True)
class RegionFinding:
    """One thing found about the regions of a table.

    Parameters
    ----------
    kind : str
        ``overlap`` (two rules of a UNIQUE table match), ``conflict`` (two of an ANY table match with different outputs),
        ``unreachable`` (better rules take all a rule matches), ``never`` (its tests exclude each other), ``gap`` (no rule matches
        or waits for a fact), ``undecided`` (neither confirmed nor excluded), ``unbounded`` (not decided within ``regions``).
    rules : tuple of str
        The rules concerned; of an unreachable one also those that take its place.
    example : dict of str to Value
        What matters of the counter-example: the names the table tests, with their values.
    facts : dict of str to Value
        The whole counter-example, to decide again.
    unreasoned : tuple of str
        The names that are calculated with or compared with one another where it remained undecided.
    about : str
        What ``undecided`` and ``unbounded`` leave open: another kind.
    """

    kind: Kind
    table: TypedTable
    rules: tuple[str, ...] = ()
    example: Mapping[str, Value] | None = None
    facts: Mapping[str, Value] | None = None
    unreasoned: tuple[str, ...] = ()
    about: str = ""
    regions: int = 0


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What a question about a region came to: facts that confirm it, or whether it is excluded."""

    facts: Mapping[str, Value] | None = None
    values: Mapping[str, Value] | None = None
    excluded: bool = False
    unbounded: bool = False


def _as_given(facts: Mapping[str, Value]) -> Mapping[str, Value]:
    return facts


def chain_findings(
    chain: Chain, *, world: World | None = None, derive: Derive = _as_given, limit: int = LIMIT, gaps: bool = True
) -> Iterator[RegionFinding]:
    """Yield what contradicts the hit policies of a chain's tables, table by table.

    Parameters
    ----------
    chain : Chain
        As ``check_chain`` gives it.
    world : World, optional
        What is known of the facts beyond their types.
    derive : callable, optional
        Completes facts by those that follow from them (dated amounts) before they are decided.
    limit : int
        Regions looked at for each table before it says so instead.
    gaps : bool
        Look for gaps too.
    """
    regions = _Regions(chain, world or World(), derive, limit)
    for table in chain.tables:
        yield from regions.findings(table, gaps=gaps)


class _Regions:
    def __init__(self, chain: Chain, world: World, derive: Derive, limit: int) -> None:
        self.chain, self.derive, self.limit = chain, derive, limit
        known = Axes(world, {**chain.inputs, **chain.variables})
        rewritten = {table.name: [[known.rewritten(test) for test in rule.tests] for rule in table.rules] for table in chain.tables}
        differing = {table.name: _differing(known, table) for table in chain.tables if table.hit_policy == "ANY"}
        known.settle()
        self.axes: list[Axis] = known.all
        self.place = {axis.name: number for number, axis in enumerate(self.axes)}
        self.match, self.touch = (
            {name: [self._shape(rule, touching=touching) for rule in rules] for name, rules in rewritten.items()}
            for touching in (False, True)
        )
        self.differ = {
            (name, *pair): self._shape([test], touching=False) for name, tests in differing.items() for pair, test in tests.items()
        }
        self.constraints = [self._order(*pair) for pair in world.ordered if set(pair) <= self.place.keys()]

    def findings(self, table: TypedTable, *, gaps: bool) -> Iterator[RegionFinding]:
        search = Search(self.axes, self.constraints, limit=self.limit)
        never = [number for number, one in enumerate(self.match[table.name]) if self._plain(search, one, ()) is False]
        for number in never:
            yield RegionFinding(kind="never", table=table, rules=(table.rules[number].id,))
        if table.hit_policy in ("UNIQUE", "ANY"):
            yield from islice(self._overlaps(table, search), OVERLAPS)
        elif table.hit_policy in ("FIRST", "PRIORITY"):
            yield from self._masked(table, search, never)
        if gaps:
            yield from self._gaps(table, Search(self.axes, self.constraints, limit=self.limit))

    def _shape(self, tests: Sequence[tree.Expression], *, touching: bool) -> Shape:
        read = [(tuple(sorted(self.place[name] for name in tree.names(test))), test) for test in tests]
        return shape(read, self.axes, touching=touching)

    def _order(self, earlier: str, later: str) -> Relation:
        def holds(values: tuple[Any, ...]) -> bool:
            first, second = values
            return (first is None) == (second is None) and (first is None or first <= second)

        return Relation(axes=(self.place[earlier], self.place[later]), holds=holds)

    # Questions about one table.

    def _overlaps(self, table: TypedTable, search: Search) -> Iterator[RegionFinding]:
        kind: Kind = "overlap" if table.hit_policy == "UNIQUE" else "conflict"
        shapes = self.match[table.name]
        for later in range(len(shapes)):
            for earlier in range(later):
                pair = (shapes[earlier], shapes[later])
                if search.outside(self._narrowed(search.whole, pair[0]), [pair[1]]) or self._agree(table, earlier, later):
                    continue
                rules = (table.rules[earlier].id, table.rules[later].id)
                differ = self.differ.get((table.name, earlier, later))
                must = pair if differ is None else (*pair, differ)
                found = self._ask(table, search, must=must, avoid=(), confirms=_both(rules))
                yield from self._told(kind, table, rules, found, self._read(pair))
                if found.unbounded:
                    return

    def _agree(self, table: TypedTable, earlier: int, later: int) -> bool:
        """Whether an ANY table lets both rules match, because they say the same."""
        return table.hit_policy == "ANY" and table.rules[earlier].outputs == table.rules[later].outputs

    def _masked(self, table: TypedTable, search: Search, never: Sequence[int]) -> Iterator[RegionFinding]:
        shapes = self.match[table.name]
        for number, rule in enumerate(table.rules):
            better = self._better(table, number)
            if number in never or not better:
                continue
            avoid = [shapes[other] for other in better]
            found = self._plain(search, shapes[number], avoid)
            if found is None:
                yield RegionFinding(kind="unbounded", table=table, rules=(rule.id,), about="unreachable", regions=self.limit)
                return
            if not found:
                taking = tuple(table.rules[other].id for other in better if self._meet(search, shapes[number], shapes[other]))
                yield RegionFinding(kind="unreachable", table=table, rules=(rule.id, *taking))

    def _better(self, table: TypedTable, number: int) -> list[int]:
        if table.hit_policy == "FIRST":
            return list(range(number))
        ranks = [(rule.rank, place) for place, rule in enumerate(table.rules)]
        return [place for _, place in sorted(ranks) if ranks[place] < ranks[number]]

    def _plain(self, search: Search, one: Shape, avoid: Sequence[Shape]) -> bool | None:
        """Whether a region is left to a rule; the space is taken too widely, so that "none" is certain."""
        try:
            return next(search.boxes(search.whole, [one], avoid), None) is not None
        except OutOfBounds:
            return None

    def _meet(self, search: Search, one: Shape, other: Shape) -> bool:
        return not search.outside(self._narrowed(search.whole, one), [other])

    def _gaps(self, table: TypedTable, search: Search) -> Iterator[RegionFinding]:
        avoid = list(self.touch[table.name])
        own = sorted({place for one in avoid for place in self._places(one)})
        shown = 0
        while shown < GAPS:
            try:
                box = next(search.boxes(search.whole, (), avoid), None)
            except OutOfBounds:
                yield RegionFinding(kind="unbounded", table=table, about="gap", regions=self.limit)
                return
            if box is None:
                return
            wide = self._widened(search, box, avoid, own)
            cut = {place: wide[place] for place in own if wide[place] != self.axes[place].full}
            found = self._from(table, search, wide, confirms=_nothing_matched)
            for finding in self._told("gap", table, (), found, tuple(cut)):
                shown += 1
                yield finding
            if found.unbounded or not cut:
                return
            avoid.append(Shape(masks=cut))

    def _widened(self, search: Search, box: Box, avoid: Sequence[Shape], own: Sequence[int]) -> Box:
        """The box with every axis let go that keeps it outside all rules: what remains is what matters."""
        wide = list(box)
        for place in range(len(wide)):
            kept, wide[place] = wide[place], self.axes[place].full
            if place in own and not search.outside(tuple(wide), avoid):
                wide[place] = kept
        return tuple(wide)

    def _told(
        self, kind: Kind, table: TypedTable, rules: tuple[str, ...], found: _Answer, places: Sequence[int]
    ) -> Iterator[RegionFinding]:
        if found.facts is not None and found.values is not None:
            names = sorted({name for place in places for name in self._names(place)}, key=list(found.values).index)
            example = {name: found.values[name] for name in names}
            yield RegionFinding(kind=kind, table=table, rules=rules, example=example, facts=found.facts)
        elif found.unbounded:
            yield RegionFinding(kind="unbounded", table=table, rules=rules, about=kind, regions=self.limit)
        elif not found.excluded:
            derived = [place for place in places if self.axes[place].measures != "fact"]
            names = sorted({name for place in derived or places for name in self._names(place)})
            yield RegionFinding(kind="undecided", table=table, rules=rules, about=kind, unreasoned=tuple(names))

    def _names(self, place: int) -> frozenset[str]:
        return tree.names(self.axes[place].subject)

    def _places(self, one: Shape) -> set[int]:
        return {*one.masks, *(place for relation in one.relations for place in relation.axes)}

    def _read(self, shapes: Sequence[Shape]) -> tuple[int, ...]:
        return tuple(sorted({place for one in shapes for place in self._places(one)}))

    def _narrowed(self, box: Box, one: Shape) -> Box:
        return tuple(held & one.masks.get(place, held) for place, held in enumerate(box))

    # From a region to facts.

    def _ask(
        self,
        table: TypedTable,
        search: Search,
        *,
        must: Sequence[Shape],
        avoid: Sequence[Shape],
        confirms: Callable[[Decision], bool],
    ) -> _Answer:
        tried = False
        try:
            for box in islice(search.boxes(search.whole, must, avoid), ATTEMPTS):
                found = self._from(table, search, box, confirms=confirms)
                if found.facts is not None or found.unbounded:
                    return found
                tried = tried or not found.excluded
        except OutOfBounds:
            return _Answer(unbounded=True)
        return _Answer(excluded=not tried)

    def _from(self, table: TypedTable, search: Search, box: Box, *, confirms: Callable[[Decision], bool]) -> _Answer:
        """Look for facts that lead the chain into a box of one of its tables."""
        position = self.chain.tables.index(table)
        upto = Chain(inputs=self.chain.inputs, tables=self.chain.tables[: position + 1])
        tried = False
        try:
            for base in islice(self._backward(search, box, position), ATTEMPTS):
                tried = True
                for chosen in self._chosen(base):
                    facts = {**chosen, **{name: value for name, value in self.derive(chosen).items() if name in upto.inputs}}
                    decided = _decided(upto, facts)
                    if decided and confirms(decided[-1]):
                        values = dict.fromkeys(upto.inputs) | facts
                        for decision in decided[:-1]:
                            values |= {name: value for name, value in decision.values.items() if not isinstance(value, tuple)}
                        return _Answer(facts=facts, values=values)
        except OutOfBounds:
            return _Answer(unbounded=True)
        return _Answer(excluded=not tried)

    def _backward(self, search: Search, box: Box, position: int) -> Iterator[Box]:
        """Yield boxes of facts that give what the box asks of the decisions before ``position``."""
        for index in range(position - 1, -1, -1):
            table = self.chain.tables[index]
            wanted = {
                self.place[name]: number
                for number, name in enumerate(table.outputs)
                if name in self.place and box[self.place[name]] != self.axes[self.place[name]].full
            }
            if wanted:
                for before, must, avoid in self._ways(table, box, wanted):
                    for solved in search.boxes(before, must, avoid):
                        yield from self._backward(search, solved, index)
                return
        yield from search.boxes(box, (), ())

    def _ways(self, table: TypedTable, box: Box, wanted: Mapping[int, int]) -> Iterator[tuple[Box, list[Shape], list[Shape]]]:
        """The ways in which a decision can give what is wanted of it: one rule, or none."""
        free = tuple(self.axes[place].full if place in wanted else held for place, held in enumerate(box))
        if table.lists or table.aggregation:
            yield free, [], []
            return
        shapes = self.match[table.name]
        for number, rule in enumerate(table.rules):
            before = self._giving(free, box, {place: rule.outputs[output] for place, output in wanted.items()})
            if before is not None:
                better = self._better(table, number) if table.hit_policy in ("FIRST", "PRIORITY") else []
                yield before, [shapes[number]], [shapes[other] for other in better]
        null = tree.Literal(value=None, type=next(iter(table.outputs.values())))
        given = {place: table.defaults[output] if table.defaults else null for place, output in wanted.items()}
        before = self._giving(free, box, given)
        if before is not None:
            yield before, [], shapes

    def _giving(self, free: Box, box: Box, outputs: Mapping[int, tree.Expression]) -> Box | None:
        """The box in which the outputs fall into the classes wanted; None when a written one never does."""
        narrowed = list(free)
        for place, output in outputs.items():
            if isinstance(output, tree.Literal):
                number = self.axes[place].place(output.value)
                if not _in(box[place], number):
                    return None
            elif isinstance(output, tree.Variable) and output.name in self.place:
                passed = self.axes[self.place[output.name]]
                if passed.subject.type.values or passed.subject.type.kind == "boolean":
                    fitting = [
                        number for number, value in enumerate(passed.values) if _in(box[place], self.axes[place].place(value))
                    ]
                    narrowed[self.place[output.name]] &= sum(1 << number for number in fitting)
                    if not narrowed[self.place[output.name]]:
                        return None
        return tuple(narrowed)

    def _chosen(self, box: Box) -> Iterator[dict[str, Value]]:
        """Yield facts that lie in a box: one value of each class, and for derived axes the combinations that give them."""
        facts: dict[str, Value] = {}
        for axis, mask in zip(self.axes, box, strict=True):
            if axis.measures == "fact" and axis.name in self.chain.inputs:
                facts[axis.name] = next((axis.values[number] for number in bits(mask) if axis.values[number] is not None), None)
        asked = [
            (axis, mask)
            for axis, mask in zip(self.axes, box, strict=True)
            if axis.measures != "fact" and mask != axis.full and tree.names(axis.subject) <= self.chain.inputs.keys()
        ]
        names = sorted({name for axis, _ in asked for name in tree.names(axis.subject)})
        pools = [self._pool(name, box, facts) for name in names]
        for values in islice(product(*pools), COMBINATIONS):
            tried = facts | dict(zip(names, values, strict=True))
            if all(_in(mask, _measured(axis, tried)) for axis, mask in asked):
                yield tried

    def _pool(self, name: str, box: Box, facts: Mapping[str, Value]) -> list[Value]:
        """The values worth trying for a fact: those its kind is compared with anywhere, where the box wants them, then null."""
        kind = self.chain.inputs[name].kind
        alike = [axis for axis in self.axes if axis.measures == "fact" and axis.subject.type.kind == kind]
        written = [
            node.value
            for axis in self.axes
            if axis.measures != "fact"
            for node in tree.walk(axis.subject)
            if isinstance(node, tree.Literal) and node.type.kind == kind
        ]
        values = [value for axis in alike for value in [*axis.values, *sorted(axis.cuts)] if value is not None]
        own = self.place.get(name)
        tried = list(dict.fromkeys([*values, *written, *USUAL.get(kind, ()), None]))
        return [value for value in tried if own is None or _in(box[own], self.axes[own].place(value))] or [facts.get(name)]


def _differing(known: Axes, table: TypedTable) -> dict[tuple[int, int], tree.Expression]:
    """For two rules with calculated outputs, the condition under which they say different things."""
    found: dict[tuple[int, int], tree.Expression] = {}
    for later, two in enumerate(table.rules):
        for earlier, one in enumerate(table.rules[:later]):
            cells = [(a, b) for a, b in zip(one.outputs, two.outputs, strict=True) if a != b]
            if any(not isinstance(cell, tree.Literal) for pair in cells for cell in pair):
                equal = tuple(tree.Negation(operand=tree.Equality(left=a, right=b)) for a, b in cells)
                found[earlier, later] = known.rewritten(tree.Disjunction(operands=equal))
    return found


def _both(rules: tuple[str, str]) -> Callable[[Decision], bool]:
    """Whether a decision is a conflict of exactly these rules (of others too, when these two differ whatever comes)."""

    def confirms(decision: Decision) -> bool:
        written = [
            rule for rule in decision.table.rules if rule.id in rules and all(isinstance(o, tree.Literal) for o in rule.outputs)
        ]
        alone = decision.table.hit_policy == "UNIQUE" or len(decision.hits) == len(rules) or len(written) == len(rules)
        return decision.conflict and alone and set(rules) <= set(decision.hits)

    return confirms


def _decided(chain: Chain, facts: Mapping[str, Value]) -> tuple[Decision, ...]:
    """What a chain decides; nothing when a calculation goes out of range, for such facts confirm nothing."""
    try:
        return interpret(chain, facts)
    except CheckFailed:
        return ()


def _measured(axis: Axis, facts: Mapping[str, Value]) -> int:
    try:
        return axis.measured(facts)
    except CheckFailed:
        return -1


def _in(mask: int, number: int) -> bool:
    return number >= 0 and bool(mask >> number & 1)


def _nothing_matched(decision: Decision) -> bool:
    return decision.hits in ((), (DEFAULT_RULE,)) and not decision.missing
