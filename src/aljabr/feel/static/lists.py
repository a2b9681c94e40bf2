"""FEEL's list functions on lists of which the elements, and how many there are, are not known at load.

A list that is null makes the result null. A place in a list means something only where every element stands at its place (a list as
written, an input list); in a list with gaps, such as a filter's, it is refused.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from aljabr.feel import tree
from aljabr.feel.building import compared
from aljabr.feel.static import membership
from aljabr.feel.static.arithmetic import Naming
from aljabr.feel.static.shapes import (
    ALWAYS,
    NULL_SHAPE,
    Closure,
    Item,
    Known,
    Record,
    Rows,
    Scalar,
    Shape,
    both,
    choose,
    condition,
    described,
    either,
    holds,
    is_null,
    negated,
    number,
    opened,
    refused,
)
from aljabr.feel.tree import Expression
from aljabr.feel.types import BOOLEAN, WHOLE

ListFunction = Callable[[list[Shape], Naming], Shape]


def as_list(shape: Shape) -> Rows:
    """Return a list as it is, a single value as the list of it; null stays null."""
    found = opened(shape)
    if isinstance(found, Rows):
        return found
    if found == NULL_SHAPE:
        return Rows(items=(), absent=ALWAYS)
    if isinstance(found, Known | Scalar | Record):
        return Rows(items=(Item(value=found),), absent=is_null(found))
    raise refused(f"A {described(found)} stands for a list.", "Give a list.")


def _of_list(name: str, given: int, build: Callable[..., Shape]) -> ListFunction:
    """A function of a list and as many other arguments (-1: any number), null when the list is."""

    def apply(arguments: list[Shape], lets: Naming) -> Shape:
        if not arguments or (given >= 0 and len(arguments) != given + 1):
            raise refused(f"{name}() takes a list and {max(given, 0)} more.")
        rows = as_list(arguments[0])
        return choose([(rows.absent, NULL_SHAPE)], build(rows, *arguments[1:], lets=lets))

    return apply


def _contains(rows: Rows, wanted: Shape, *, lets: Naming) -> Shape:
    tests = [both(holds(item.there), holds(membership.equal(item.value, wanted))) for item in rows.items]
    return Scalar(expression=either(*tests))


def _append(rows: Rows, *more: Shape, lets: Naming) -> Shape:
    return Rows(items=(*rows.items, *(Item(value=value) for value in more)))


def _concatenate(arguments: list[Shape], lets: Naming) -> Shape:
    lists = [as_list(argument) for argument in arguments]
    found = Rows(items=tuple(item for rows in lists for item in rows.items))
    return choose([(either(*(rows.absent for rows in lists)), NULL_SHAPE)], found)


def _reverse(rows: Rows, *, lets: Naming) -> Shape:
    return Rows(items=tuple(reversed(rows.items)))


def _flat(rows: Rows) -> list[Item]:
    found: list[Item] = []
    for item in rows.items:
        inner = opened(item.value)
        if isinstance(inner, Rows):
            found.append(Item(value=NULL_SHAPE, there=both(item.there, inner.absent)))
            found += [Item(value=part.value, there=both(item.there, negated(inner.absent), part.there)) for part in _flat(inner)]
        else:
            found.append(item)
    return [item for item in found if item.there != tree.Literal(value=False, type=BOOLEAN)]


def _flatten(rows: Rows, *, lets: Naming) -> Shape:
    return Rows(items=tuple(_flat(rows)))


def _place(rows: Rows, place: Shape, name: str) -> int:
    """The index of a known place, counted from 0, past the end for no place; from the end only where the length is known."""
    if not rows.in_place or not isinstance(place, Known) or not isinstance(place.value, Decimal):
        raise refused(f"{name}() takes a place that is known at load, in a list without gaps.")
    at = whole_number(place.value)
    if at < 0 and any(item.there != ALWAYS for item in rows.items):
        raise refused(f"{name}() counts from the end of a list whose length is not known at load.")
    return at - 1 if at > 0 else len(rows.items) + at if at < 0 else len(rows.items)


def whole_number(value: Decimal) -> int:
    """Return a number as an integer; 0, which is no place in any list and no length, when it is not whole or far too large."""
    return int(value) if value == value.to_integral_value() and abs(value) < MAX_PLACE else 0


def _there(rows: Rows, index: int) -> Expression:
    return rows.items[index].there if 0 <= index < len(rows.items) else tree.Literal(value=False, type=BOOLEAN)


def _at_place(name: str) -> Callable[..., Shape]:
    def apply(rows: Rows, place: Shape, *new: Shape, lets: Naming) -> Shape:
        index = _place(rows, place, name)
        added = tuple(Item(value=value, there=_there(rows, index)) for value in new)
        items = (*rows.items[:index], *added, *rows.items[index + (1 if name != "insert before" else 0) :])
        return choose([(negated(holds(_there(rows, index))), NULL_SHAPE)], Rows(items=items))

    return apply


def _sublist(rows: Rows, place: Shape, *length: Shape, lets: Naming) -> Shape:
    index = _place(rows, place, "sublist")
    if not length:
        return choose([(negated(holds(_there(rows, index))), NULL_SHAPE)], Rows(items=rows.items[index:], packed=rows.packed))
    if len(length) > 1 or not isinstance(length[0], Known) or not isinstance(length[0].value, Decimal):
        raise refused("sublist() takes a length that is known at load.")
    taken = whole_number(length[0].value)
    last = _there(rows, index + taken - 1) if taken >= 1 else tree.Literal(value=False, type=BOOLEAN)
    fits = both(holds(_there(rows, index)), holds(last))
    items = tuple(Item(value=item.value) for item in rows.items[index : index + max(taken, 0)])
    return choose([(negated(fits), NULL_SHAPE)], Rows(items=items))


def _index_of(rows: Rows, wanted: Shape, *, lets: Naming) -> Shape:
    if not rows.in_place:
        raise refused("index of() takes a list without gaps.")
    items = [
        Item(value=Known(value=Decimal(place)), there=both(holds(item.there), holds(membership.equal(item.value, wanted))))
        for place, item in enumerate(rows.items, 1)
    ]
    return Rows(items=tuple(items))


def _distinct(rows: Rows, *, lets: Naming) -> Shape:
    items: list[Item] = []
    for item in rows.items:
        seen = either(*(both(holds(before.there), holds(membership.equal(before.value, item.value))) for before in items))
        items.append(Item(value=item.value, there=lets.named(both(holds(item.there), negated(seen)))))
    return Rows(items=tuple(items))


def _union(arguments: list[Shape], lets: Naming) -> Shape:
    return LIST_FUNCTIONS["distinct values"]([_concatenate(arguments, lets)], lets)


def _sort(rows: Rows, precedes: Shape, *, lets: Naming) -> Shape:
    """Each element goes to the place that is the number of elements before it; the order must be one, or the run stops."""
    if not isinstance(precedes, Closure) or len(precedes.parameters) != 2:
        raise refused("sort() takes a list and a function of two elements.")
    count = range(len(rows.items))
    if len(rows.items) > MAX_SORTED:
        raise refused(f"sort() takes a list of at most {MAX_SORTED} elements.")
    first = {(i, j): lets.named(_before(precedes, rows, i, j)) for i in count for j in count if i != j}
    present = [[both(holds(rows.items[i].there), holds(rows.items[j].there)) for j in count] for i in count]
    pairs = [(i, j) for i in count for j in count if i < j]
    unclear = either(*(both(present[i][j], either(is_null_truth(first[i, j]), is_null_truth(first[j, i]))) for i, j in pairs))
    circular = either(*(both(present[i][j], holds(first[i, j]), holds(first[j, i])) for i, j in pairs))
    stopped = tree.Call(function="must not hold", arguments=(lets.named(circular),), type=BOOLEAN)
    ranks = [lets.named(_rank(rows, i, first, count)) for i in count]
    items = [
        Item(
            value=choose(
                [(both(holds(rows.items[i].there), compared("=", ranks[i], number(place))), rows.items[i].value) for i in count],
                NULL_SHAPE,
            ),
            there=either(*(both(holds(rows.items[i].there), compared("=", ranks[i], number(place))) for i in count)),
        )
        for place in count
    ]
    absent = either(lets.named(unclear), stopped) if pairs else tree.Literal(value=False, type=BOOLEAN)
    return lets.bind(Rows(items=tuple(items), absent=absent, packed=True))


def _before(precedes: Closure, rows: Rows, i: int, j: int) -> Expression:
    one, other = precedes.parameters
    return condition(precedes.inline({one: rows.items[i].value, other: rows.items[j].value}))


def is_null_truth(truth: Expression) -> Expression:
    """Return the condition that a truth value is not known."""
    return is_null(Scalar(expression=truth))


def _rank(rows: Rows, i: int, first: dict[tuple[int, int], Expression], count: range) -> Expression:
    found = number(0)
    for j in count:
        if j == i:
            continue
        ahead = holds(first[j, i]) if j > i else negated(holds(first[i, j]))
        counted = tree.Choice(
            condition=both(holds(rows.items[j].there), ahead), consequent=number(1), alternative=number(0), type=WHOLE
        )
        found = tree.Arithmetic(operator="+", left=found, right=counted, type=WHOLE)
    return found


MAX_SORTED = 6
MAX_PLACE = 10**9
LIST_FUNCTIONS: dict[str, ListFunction] = {
    "list contains": _of_list("list contains", 1, _contains),
    "append": _of_list("append", -1, _append),
    "concatenate": _concatenate,
    "reverse": _of_list("reverse", 0, _reverse),
    "flatten": _of_list("flatten", 0, _flatten),
    "insert before": _of_list("insert before", 2, _at_place("insert before")),
    "remove": _of_list("remove", 1, _at_place("remove")),
    "list replace": _of_list("list replace", 2, _at_place("list replace")),
    "sublist": _of_list("sublist", -1, _sublist),
    "index of": _of_list("index of", 1, _index_of),
    "distinct values": _of_list("distinct values", 0, _distinct),
    "union": _union,
    "sort": _of_list("sort", 1, _sort),
}
