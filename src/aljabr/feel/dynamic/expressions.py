"""One expression, or one cell, for given values of its names: the full interpreter without a model."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from aljabr.feel.dynamic.budget import one_question
from aljabr.feel.dynamic.evaluation import Evaluator, Scope
from aljabr.feel.dynamic.graph import clock_functions
from aljabr.feel.dynamic.properties import names_in
from aljabr.feel.dynamic.types import Types
from aljabr.feel.dynamic.values import Value


def feel_value(text: str, values: Mapping[str, Value] | None = None, *, at: datetime | None = None) -> Value:
    """Return the value of an expression.

    Parameters
    ----------
    text : str
        FEEL.
    values : mapping of str to value
        What its names stand for.
    at : datetime
        What ``now()`` and ``today()`` give; the present otherwise.

    Raises
    ------
    ExpressionRefused
        When it is outside the grammar, nested too deeply, takes too long, or calls what belongs to another program.

    Examples
    --------
    >>> feel_value("for i in 1..3 return i * rate in percent", {"rate in percent": feel_value("2.5")})
    [Decimal('2.5'), Decimal('5.0'), Decimal('7.5')]
    """
    evaluator, scope = _prepared(values or {}, at)
    with one_question(f"The expression {text[:60]!r}"):
        return evaluator.expression(text, scope)


def passes_tests(text: str, value: Value, values: Mapping[str, Value] | None = None) -> bool | None:
    """Return whether a value passes the unary tests of an input entry; null when that cannot be told.

    Raises
    ------
    ExpressionRefused
        As ``feel_value``.
    """
    evaluator, scope = _prepared(values or {}, None)
    with one_question(f"The cell {text[:60]!r}"):
        return evaluator.passes(text, value, scope)


def _prepared(values: Mapping[str, Value], at: datetime | None) -> tuple[Evaluator, Scope]:
    evaluator = Evaluator(types=Types(None, lambda tests, value: passes_tests(tests, value) is True), names=names_in(values))
    return evaluator, Scope(clock_functions(at or datetime.now(UTC))).within(values)
