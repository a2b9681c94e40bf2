"""Functions that make one value of many (DMN 1.5, clause 10.3.4.4): they take a list, or its items one by one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

from aljabr.feel.dynamic.arithmetic import added, divided, finite
from aljabr.feel.dynamic.comparing import less
from aljabr.feel.dynamic.functions.lists import gathered
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.values import NUMBERS, Value


def least(items: list[Value]) -> Value:
    """Return the smallest item, null when there is none or they have no order together."""
    return _extreme(items, less)


def greatest(items: list[Value]) -> Value:
    """Return the largest item."""
    return _extreme(items, lambda one, other: less(other, one))


def _extreme(items: list[Value], before: Callable[[Value, Value], bool | None]) -> Value:
    if not items or less(items[0], items[0]) is None:
        return None
    found = items[0]
    for item in items[1:]:
        truth = before(item, found)
        if truth is None:
            return None
        found = item if truth else found
    return found


def total(items: list[Value]) -> Value:
    """Return the sum of numbers, or of durations of one kind; null when there is none."""
    if not items:
        return None
    found: Value = items[0] if added(items[0], items[0]) is not None and not isinstance(items[0], str) else None
    for item in items[1:]:
        found = added(found, item)
    return found


def _numbers(items: list[Value]) -> list[Decimal] | None:
    return items if items and all(isinstance(item, Decimal) for item in items) else None


def mean(items: list[Value]) -> Value:
    """Return the mean of numbers, or of durations of one kind."""
    return divided(total(items), Decimal(len(items))) if items else None


def _product(items: list[Value]) -> Value:
    numbers = _numbers(items)
    if numbers is None:
        return None
    found = Decimal(1)
    for one in numbers:
        found = NUMBERS.multiply(found, one)
    return finite(found)


def _median(items: list[Value]) -> Value:
    numbers = sorted(_numbers(items) or [])
    if not numbers:
        return None
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return NUMBERS.divide(NUMBERS.add(numbers[middle - 1], numbers[middle]), Decimal(2))


def _deviation(items: list[Value]) -> Value:
    """The standard deviation of a sample."""
    numbers = _numbers(items)
    if numbers is None or len(numbers) < 2:
        return None
    middle = NUMBERS.divide(total(list(numbers)), Decimal(len(numbers)))
    squares = Decimal(0)
    for one in numbers:
        apart = NUMBERS.subtract(one, middle)
        squares = NUMBERS.fma(apart, apart, squares)
    return finite(NUMBERS.sqrt(NUMBERS.divide(squares, Decimal(len(numbers) - 1))))


def _mode(items: list[Value]) -> Value:
    if not items:
        return []
    numbers = _numbers(items)
    if numbers is None:
        return None
    counted = Counter(numbers)
    most = max(counted.values())
    return sorted(one for one, times in counted.items() if times == most)


def _of_many(name: str, apply: Callable[[list[Value]], Value]) -> list[Function]:
    return [
        built_in(f"{name}(list: list)", apply),
        built_in(f"{name}(n: any...)", lambda *items: apply(gathered(*items)) if items and items != (None,) else None),
    ]


FUNCTIONS: list[Function] = [
    *_of_many("min", least),
    *_of_many("max", greatest),
    *_of_many("sum", total),
    *_of_many("mean", mean),
    *_of_many("product", _product),
    *_of_many("median", _median),
    *_of_many("stddev", _deviation),
    *_of_many("mode", _mode),
]
