"""The small pieces SQL is built of: columns, literals, casts, calls, CASE, AND and OR, as expression trees of sqlglot."""

from __future__ import annotations

from collections.abc import Iterable

from sqlglot import exp


def column(name: str) -> exp.Column:
    """Return a quoted column."""
    return exp.column(exp.to_identifier(name, quoted=True))


def cast(value: exp.Expression, kind: str) -> exp.Expression:
    """Return the value cast to a DuckDB type."""
    return exp.Cast(this=value, to=exp.DataType.build(kind, dialect="duckdb"))


def text(value: str) -> exp.Expression:
    """Return a text literal."""
    return exp.Literal.string(value)


def whole(value: int) -> exp.Expression:
    """Return a whole number as INT128, so that no arithmetic happens in a narrower type."""
    return cast(exp.Literal.string(str(value)), "INT128")


def called(name: str, *arguments: exp.Expression) -> exp.Expression:
    """Return a call of a DuckDB function by its own name."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def case(branches: Iterable[tuple[exp.Expression, exp.Expression]], default: exp.Expression | None = None) -> exp.Expression:
    """Return CASE WHEN … THEN … ELSE … END, or the default when there is no branch."""
    ifs = [exp.If(this=condition.copy(), true=value.copy()) for condition, value in branches]
    return exp.Case(ifs=ifs, default=default) if ifs else default or exp.null()


def is_null(value: exp.Expression) -> exp.Expression:
    """Return ``value IS NULL``."""
    return exp.Paren(this=exp.Is(this=exp.Paren(this=value.copy()), expression=exp.null()))


def joined(connector: type[exp.Binary], operands: list[exp.Expression]) -> exp.Expression:
    """Return the operands joined by AND, OR or +, as a balanced tree, so that hundreds of them stay shallow."""
    if len(operands) == 1:
        return operands[0].copy()
    half = len(operands) // 2
    return exp.Paren(this=connector(this=joined(connector, operands[:half]), expression=joined(connector, operands[half:])))


def any_of(operands: list[exp.Expression]) -> exp.Expression:
    """Return the disjunction; FALSE of nothing."""
    return joined(exp.Or, operands) if operands else exp.false()


def all_of(operands: list[exp.Expression]) -> exp.Expression:
    """Return the conjunction; TRUE of nothing."""
    return joined(exp.And, operands) if operands else exp.true()
