"""What one question may use up: whoever works in loops counts steps here, and is refused when there are none left.

An expression may come from anybody. It must not be able to fill the memory or to keep the machine busy: by loops in loops, by text
or lists that double, by patterns that explode, by values that share their parts so often that walking them never ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from time import perf_counter

from aljabr.errors import ExpressionRefused

MAX_STEPS = 1_000_000
MAX_CALLS = 80
MAX_ITEMS = 100_000
MAX_TEXT = 1_000_000
_STEPS_A_SECOND = 200_000


class _Budget:
    """Steps that are left, and functions that are open."""

    def __init__(self) -> None:
        self.steps = MAX_STEPS
        self.calls = 0


_current: ContextVar[_Budget | None] = ContextVar("budget", default=None)


@contextmanager
def one_question(what: str) -> Iterator[None]:
    """Give a question a budget of its own, unless it is part of one that has one.

    Parameters
    ----------
    what : str
        What is asked, for the message of a refusal.

    Raises
    ------
    ExpressionRefused
        When it takes more than the budget, or is nested more deeply than Python follows.
    """
    token = _current.set(_Budget()) if _current.get() is None else None
    try:
        yield
    except RecursionError:
        raise ExpressionRefused(f"{what} is nested too deeply.", "Take parts of it into decisions of their own.") from None
    finally:
        if token is not None:
            _current.reset(token)


def spend(steps: int = 1) -> None:
    """Count steps.

    Raises
    ------
    ExpressionRefused
        When none are left.
    """
    budget = _current.get()
    if budget is None:
        return
    budget.steps -= steps
    if budget.steps < 0:
        raise ExpressionRefused("An expression takes too many steps.", "Shorten its lists and loops.")


@contextmanager
def one_call() -> Iterator[None]:
    """Count a function that is open.

    Raises
    ------
    ExpressionRefused
        When too many functions wait for one another.
    """
    budget = _current.get()
    if budget is None:
        yield
        return
    budget.calls += 1
    try:
        if budget.calls > MAX_CALLS:
            raise ExpressionRefused("Functions call one another too deeply.", "Write the recursion as a for expression.")
        yield
    finally:
        budget.calls -= 1


@contextmanager
def timed() -> Iterator[None]:
    """Count the time of work that cannot count its own steps."""
    started = perf_counter()
    yield
    spend(int((perf_counter() - started) * _STEPS_A_SECOND))


def bounded(value: str | list[object]) -> None:
    """Count the size of a text or list that was just made.

    Raises
    ------
    ExpressionRefused
        When it is too long.
    """
    if len(value) > (MAX_TEXT if isinstance(value, str) else MAX_ITEMS):
        raise ExpressionRefused("A text or list becomes too long.", "Make it shorter.")
    spend(len(value) // 64)
