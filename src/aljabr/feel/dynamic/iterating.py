"""Going through lists: filters, and the rounds of ``for``, ``some`` and ``every`` (DMN 1.5, clauses 10.3.2.5 and 10.3.2.10)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from aljabr.errors import ExpressionRefused
from aljabr.feel.dynamic.budget import MAX_ITEMS
from aljabr.feel.dynamic.calendar import day_number, numbered_day
from aljabr.feel.dynamic.values import Day, Range, Value
from aljabr.feel.syntax import Syntax

if TYPE_CHECKING:
    from aljabr.feel.dynamic.evaluation import Scope


def filtered(source: Value, match: Callable[[dict[str, Value]], Value]) -> Value:
    """Return the items for which a condition is true, or the one item an index names; what is no list is a list of one.

    Parameters
    ----------
    source : Value
        A list, or one item.
    match : callable
        The condition or index, given the names an item brings: its entries, and ``item``.
    """
    items = source if isinstance(source, list) else [source] if source is not None else []
    found = [match(_item_names(item)) for item in items[:1]] or [match({"item": None})]
    if isinstance(found[0], Decimal):
        return _item_at(items, found[0])
    if not items:
        return None if source is None and found[0] is None else []
    found += [match(_item_names(item)) for item in items[1:]]
    if any(one is not None and not isinstance(one, bool) for one in found):
        return None
    return [item for item, kept in zip(items, found, strict=True) if kept is True]


def _item_names(item: Value) -> dict[str, Value]:
    return {"item": item, **item} if isinstance(item, dict) else {"item": item}


def _item_at(items: list[Value], index: Decimal) -> Value:
    """Count from 1, or from the end with -1."""
    place = int(index) if index == index.to_integral_value() and abs(index) <= len(items) else 0
    return None if place == 0 else items[place - 1 if place > 0 else place]


def spanned(first: Value, last: Value = ...) -> list[Value] | None:
    """Return what an iteration goes through: a list, both ends and all between, or one value; None for null and for no span.

    Examples
    --------
    >>> [int(n) for n in spanned(Decimal(3), Decimal(1))], spanned("a"), spanned(None)
    ([3, 2, 1], ['a'], None)
    """
    if last is not ...:
        return _between(first, last)
    if isinstance(first, Range):
        return _ranged(first)
    if first is None or isinstance(first, list):
        return first
    return [first]


def _between(first: Value, last: Value) -> list[Value] | None:
    if isinstance(first, Decimal) and isinstance(last, Decimal):
        if first != first.to_integral_value() or last != last.to_integral_value():
            return None
        return [Decimal(place) for place in _places(int(first), int(last))]
    if isinstance(first, Day) and isinstance(last, Day):
        return [numbered_day(place) for place in _places(day_number(first), day_number(last))]
    return None


def _places(first: int, last: int) -> range:
    if abs(last - first) >= MAX_ITEMS:
        raise ExpressionRefused(f"A loop goes from {first} to {last}.", f"Keep it under {MAX_ITEMS} rounds.")
    return range(first, last + 1) if first <= last else range(first, last - 1, -1)


def _ranged(interval: Range) -> list[Value] | None:
    found = _between(interval.low, interval.high)
    if found is None or interval.sign:
        return None
    start = 0 if interval.low_included else 1
    return found[start : len(found) if interval.high_included else -1]


def combinations(
    iterators: list[Syntax], scope: Scope, domain: Callable[[Syntax, Scope], list[Value] | None]
) -> Iterator[Scope | None]:
    """Yield a scope for every round, the last iterator fastest; later domains may read earlier variables. None: no domain."""
    first, *rest = iterators
    items = domain(first, scope)
    if items is None:
        yield None
        return
    for item in items:
        inner = scope.within({str(first.children[0]): item})
        if rest:
            yield from combinations(rest, inner, domain)
        else:
            yield inner
