"""Functions of lists (DMN 1.5, clause 10.3.4.4) and ``sort`` (clause 10.3.4.7)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cmp_to_key

from aljabr.feel.dynamic.budget import spend
from aljabr.feel.dynamic.comparing import all_true, any_true, equal
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.values import Callee, Value


def gathered(*items: Value) -> list[Value]:
    """Return the arguments of a function that takes a list or its items one by one."""
    return items[0] if len(items) == 1 and isinstance(items[0], list) else list(items)


def _contains(items: list[Value], element: Value) -> bool:
    return any(equal(item, element) is True for item in items)


def _truths(items: list[Value]) -> list[bool | None]:
    return [item if isinstance(item, bool) else None for item in items]


def _sublist(items: list[Value], start: Decimal, length: Decimal | None = None) -> list[Value] | None:
    first = _place(items, start)
    if first is None:
        return None
    if length is None:
        return items[first:]
    taken = int(length) if length == length.to_integral_value() and length <= len(items) else 0
    return items[first : first + taken] if taken >= 1 and first + taken <= len(items) else None


def _inserted(items: list[Value], position: Decimal, item: Value) -> list[Value] | None:
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place:]]


def _removed(items: list[Value], position: Decimal) -> list[Value] | None:
    place = _place(items, position)
    return None if place is None else [*items[:place], *items[place + 1 :]]


def _replaced_at(items: list[Value], position: Decimal, item: Value) -> list[Value] | None:
    place = _place(items, position)
    return None if place is None else [*items[:place], item, *items[place + 1 :]]


def _replaced_where(items: list[Value], match: Callee, new: Value) -> list[Value] | None:
    found = [match.apply([item, new], {}) for item in items]
    if any(not isinstance(truth, bool) for truth in found):
        return None
    return [new if truth else item for item, truth in zip(items, found, strict=True)]


def _place(items: list[Value], position: Decimal) -> int | None:
    """The index a position names: from 1, or from the end with -1; None when it is not whole, or outside."""
    if position == 0 or abs(position) > len(items) or position != position.to_integral_value():
        return None
    place = int(position)
    return place - 1 if place > 0 else len(items) + place


def _concatenated(*lists: Value) -> list[Value]:
    return [item for items in lists for item in items]


def _index_of(items: list[Value], match: Value) -> list[Value]:
    return [Decimal(place) for place, item in enumerate(items, 1) if equal(item, match) is True]


def _distinct(items: list[Value]) -> list[Value]:
    if all(isinstance(item, str) for item in items) or all(isinstance(item, Decimal) for item in items):
        return list(dict.fromkeys(items))
    kept: list[Value] = []
    for item in items:
        if not _contains(kept, item):
            kept.append(item)
    return kept


def _flat(items: list[Value]) -> Iterator[Value]:
    waiting = list(reversed(items))
    while waiting:
        spend()
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item)
        else:
            yield item


def _sorted(items: list[Value], precedes: Callee) -> list[Value] | None:
    """Sort by a function that tells whether its first argument comes before its second; a stable sort."""
    broken: list[Value] = []

    def order(one: Value, other: Value) -> int:
        before, after = precedes.apply([one, other], {}), precedes.apply([other, one], {})
        if not isinstance(before, bool) or not isinstance(after, bool):
            broken.append(before)
        return -1 if before is True else 1 if after is True else 0

    found = sorted(items, key=cmp_to_key(order))
    return None if broken else found


def _counted(*items: Value) -> Decimal | None:
    """How many arguments were given; a lone null is no list, so nothing can be counted."""
    return Decimal(len(items)) if items and items != (None,) else None


FUNCTIONS: list[Function] = [
    built_in("list contains(list: list, element: any)", _contains),
    built_in("count(list: list)", lambda items: Decimal(len(items))),
    built_in("count(c: any...)", _counted),
    built_in("all(list: list)", lambda items: all_true(_truths(items))),
    built_in("all(b: any...)", lambda *items: all_true(_truths(list(items))) if items else None),
    built_in("any(list: list)", lambda items: any_true(_truths(items))),
    built_in("any(b: any...)", lambda *items: any_true(_truths(list(items))) if items else None),
    built_in("sublist(list: list, start position: number, length: number?)", _sublist),
    built_in("append(list: list, item: any...)", lambda items, *more: [*items, *more]),
    built_in("concatenate(list: list...)", _concatenated),
    built_in("insert before(list: list, position: number, newItem: any)", _inserted),
    built_in("remove(list: list, position: number)", _removed),
    built_in("list replace(list: list, position: number, newItem: any)", _replaced_at),
    built_in("list replace(list: list, match: function, newItem: any)", _replaced_where),
    built_in("reverse(list: list)", lambda items: items[::-1]),
    built_in("index of(list: list, match: any)", _index_of),
    built_in("union(list: list...)", lambda *lists: _distinct(_concatenated(*lists))),
    built_in("distinct values(list: list)", _distinct),
    built_in("flatten(list: list)", lambda items: list(_flat(items))),
    built_in("sort(list: list, precedes: function)", _sorted),
]
