"""Typed tree to SQL: one expression tree of sqlglot for every node, with the same nulls and the same exact numbers.

A number of scale *s* is an INT128 that holds value × 10^s, so that nothing is ever a floating point number, ``/`` is never written
and an overflow is an error of the database. ``unknown=True`` reads null as "not known" (see ``aljabr.feel.evaluation``).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import reduce

from sqlglot import exp

from aljabr.errors import AljabrError
from aljabr.feel import Type, tree
from aljabr.rules.operations import ROUNDINGS, below, inexact, number_text, operation_sql, rounded
from aljabr.rules.sql import all_of, any_of, called, case, cast, column, is_null, joined, text, whole

_COMPARISONS: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}
_ARITHMETIC: dict[str, type[exp.Binary]] = {"+": exp.Add, "-": exp.Sub, "*": exp.Mul}
_TYPES = {
    "number": "INT128",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIME",
    "date and time": "TIMESTAMP",
    "days and time duration": "INT128",
    "years and months duration": "INT128",
}
_TEXT_FUNCTIONS = {
    "upper case": "upper",
    "lower case": "lower",
    "contains": "contains",
    "starts with": "starts_with",
    "ends with": "suffix",
}


def rescaled(value: exp.Expression, *, scale: int, to: int) -> exp.Expression:
    """Return a number's integer at a larger scale."""
    return value if to <= scale else exp.Paren(this=exp.Mul(this=value, expression=whole(10 ** (to - scale))))


def as_decimal(value: exp.Expression, scale: int) -> exp.Expression:
    """Return a number's integer as DECIMAL(38, scale)."""
    units = cast(value, "DECIMAL(38, 0)")
    if scale == 0:
        return units
    unit = cast(exp.Literal.string(f"{Decimal(1).scaleb(-scale):f}"), f"DECIMAL({scale}, {scale})")
    return cast(exp.Paren(this=exp.Mul(this=units, expression=unit)), f"DECIMAL(38, {scale})")


def compiled(expression: tree.Expression, columns: Mapping[str, str], *, unknown: bool = False) -> exp.Expression:
    """Return the SQL of a typed expression.

    Parameters
    ----------
    expression : Expression
        Typed by ``aljabr.feel``.
    columns : mapping of str to str
        The column each name is in; numbers are there as integers at their type's scale.
    unknown : bool
        Read null as not known.
    """
    return _Compiler(columns, unknown).sql(expression)


class _Compiler:
    def __init__(self, columns: Mapping[str, str], unknown: bool) -> None:
        self.columns = columns
        self.unknown = unknown

    def sql(self, expression: tree.Expression) -> exp.Expression:
        match expression:
            case tree.Literal():
                return _literal(expression)
            case tree.Variable(name=name):
                return column(self.columns[name])
            case tree.Conjunction(operands=operands):
                return all_of([self.sql(operand) for operand in operands])
            case tree.Disjunction(operands=operands):
                return any_of([self.sql(operand) for operand in operands])
            case tree.Negation(operand=operand):
                return exp.Paren(this=exp.Not(this=exp.Paren(this=self.sql(operand))))
            case tree.Equality():
                return self._equality(expression)
            case tree.Comparison(operator=operator, left=left, right=right):
                return exp.Paren(this=_COMPARISONS[operator](**self._aligned(left, right)))
            case tree.Choice():
                return self._choice(expression)
            case tree.Arithmetic():
                return self._arithmetic(expression)
            case tree.Quotient():
                return self._quotient(expression)
            case tree.Shift():
                return self._shift(expression)
            case tree.Call():
                return self._call(expression)

    def _aligned(self, left: tree.Expression, right: tree.Expression) -> dict[str, exp.Expression]:
        scale = max(left.type.scale, right.type.scale)
        return {"this": self.at(left, scale), "expression": self.at(right, scale)}

    def at(self, expression: tree.Expression, scale: int) -> exp.Expression:
        """The expression at a scale; other types as they are."""
        if isinstance(expression, tree.Literal) and isinstance(expression.value, Decimal):
            return whole(int(expression.value.scaleb(scale)))
        value = self.sql(expression)
        exact = expression.type.kind == "number" and not expression.type.approximate
        return rescaled(value, scale=expression.type.scale, to=scale) if exact else value

    def as_type(self, expression: tree.Expression, wanted: Type) -> exp.Expression:
        """The expression as a value of a type that it fits into."""
        if wanted.approximate:
            return inexact(self.sql(expression), expression.type)
        return self.at(expression, wanted.scale)

    def _equality(self, expression: tree.Equality) -> exp.Expression:
        left, right = expression.left, expression.right
        if right.type.kind == "null":
            return is_null(self.sql(left))
        if left.type.kind == "null":
            return is_null(self.sql(right))
        same = exp.EQ if self.unknown else exp.NullSafeEQ
        return exp.Paren(this=same(**self._aligned(left, right)))

    def _choice(self, expression: tree.Choice) -> exp.Expression:
        condition = self.sql(expression.condition)
        branches = [(condition, self.as_type(expression.consequent, expression.type))]
        if self.unknown:
            branches.insert(0, (is_null(condition), exp.null()))
        return case(branches, self.as_type(expression.alternative, expression.type))

    def _arithmetic(self, expression: tree.Arithmetic) -> exp.Expression:
        left, right = expression.left, expression.right
        if expression.type.kind == "string":
            return exp.Paren(this=exp.DPipe(this=self.sql(left), expression=self.sql(right)))
        if expression.operator == "*":
            return exp.Paren(this=exp.Mul(this=self.sql(left), expression=self.sql(right)))
        return exp.Paren(this=_ARITHMETIC[expression.operator](**self._aligned(left, right)))

    def _quotient(self, expression: tree.Quotient) -> exp.Expression:
        left, right = expression.left, expression.right
        shift = right.type.scale + expression.scale - left.type.scale
        numerator = rescaled(self.sql(left), scale=0, to=max(0, shift))
        if isinstance(right, tree.Literal) and isinstance(right.value, Decimal) and right.value:
            denominator = whole(int(right.value.scaleb(right.type.scale)) * 10 ** max(0, -shift))
        else:
            denominator = called("nullif", rescaled(self.sql(right), scale=0, to=max(0, -shift)), whole(0))
        return _restored(_half_even(numerator, denominator), expression.scale)

    def _shift(self, expression: tree.Shift) -> exp.Expression:
        unit, count = ("MONTH", expression.months) if expression.months else ("DAY", expression.days)
        interval = exp.Interval(this=exp.Literal.string(str(count)), unit=exp.var(unit))
        return cast(exp.Paren(this=exp.Add(this=self.sql(expression.date), expression=interval)), "DATE")

    def _call(self, expression: tree.Call) -> exp.Expression:
        name, arguments = expression.function, expression.arguments
        if name in ("min", "max"):
            return self._extreme("least" if name == "min" else "greatest", expression)
        if name == "modulo":
            values = [self.at(argument, expression.type.scale) for argument in arguments]
        else:
            values = [self.sql(argument) for argument in arguments]
        scale = arguments[0].type.scale
        if name in ROUNDINGS and expression.type.scale:
            return rounded(name, values[0], scale=scale, to=expression.scale)
        match name:
            case "decimal":
                shift = expression.scale - scale
                return _restored(
                    _half_even(rescaled(values[0], scale=0, to=max(0, shift)), whole(10 ** max(0, -shift))), expression.scale
                )
            case "abs":
                return called("abs", *values)
            case "floor" | "ceiling":
                return _to_whole(values[0], 10**scale, up=name == "ceiling")
            case "string of number":
                return number_text(as_decimal(values[0], scale))
            case "below a power of ten":
                return below(values[0], 10 ** (expression.scale + scale))
            case "string length":
                return cast(called("length", *values), "INT128")
        if name in _TEXT_FUNCTIONS:
            return called(_TEXT_FUNCTIONS[name], *values)
        if name in ROUNDINGS:
            return rounded(name, values[0], scale=scale, to=expression.scale)
        found = operation_sql(name, values, arguments)
        if found is None:
            raise AljabrError(f"The function {name}() has no SQL.", "Add it to aljabr.rules.operations.")
        return found

    def _extreme(self, function: str, expression: tree.Call) -> exp.Expression:
        values = [self.at(argument, expression.type.scale) for argument in expression.arguments]
        if len(values) == 1:
            return values[0]
        return case([(any_of([is_null(value) for value in values]), exp.null())], called(function, *values))


def _literal(expression: tree.Literal) -> exp.Expression:
    literals: dict[type, Callable[..., exp.Expression]] = {
        bool: lambda value: exp.true() if value else exp.false(),
        str: text,
        date: lambda day: cast(text(day.isoformat()), "DATE"),
        datetime: lambda instant: cast(text(instant.isoformat(" ")), "TIMESTAMP"),
        time: lambda at: cast(text(at.isoformat()), "TIME"),
        timedelta: lambda length: whole(length // timedelta(microseconds=1)),
        int: whole,
        Decimal: lambda number: whole(int(number.scaleb(expression.type.scale))),
    }
    if expression.type.approximate:
        return cast(text(str(expression.value)), "DOUBLE")
    return exp.null() if expression.value is None else literals[type(expression.value)](expression.value)


def _half_even(numerator: exp.Expression, divisor: exp.Expression) -> exp.Expression:
    """The integer nearest to a quotient of integers, half to even; null when the divisor is null.

    DuckDB's ``//`` cuts towards zero and ``%`` has the sign of the numerator, so the quotient is moved away from zero when twice
    the remainder exceeds the divisor, or equals it and the quotient is odd.
    """
    quotient = _divided(exp.IntDiv, numerator, divisor)
    rest = called("abs", _divided(exp.Mod, numerator, divisor))
    room = exp.Paren(this=exp.Sub(this=called("abs", divisor), expression=rest))
    odd = exp.NEQ(this=_divided(exp.Mod, quotient, whole(2)), expression=whole(0))
    away = any_of(
        [exp.GT(this=rest, expression=room), exp.Paren(this=exp.And(this=exp.EQ(this=rest, expression=room), expression=odd))]
    )
    sign = exp.Mul(this=called("sign", numerator), expression=called("sign", divisor))
    step = case([(away, cast(exp.Paren(this=sign), "INT128"))], whole(0))
    return exp.Paren(this=exp.Add(this=quotient, expression=step))


def _divided(operation: type[exp.Binary], left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.Paren(this=operation(this=exp.Paren(this=left.copy()), expression=right.copy()))


def _restored(value: exp.Expression, scale: int) -> exp.Expression:
    """A value rounded to tens or hundreds, back at scale 0."""
    return value if scale >= 0 else exp.Paren(this=exp.Mul(this=value, expression=whole(10**-scale)))


def _to_whole(value: exp.Expression, unit: int, *, up: bool) -> exp.Expression:
    quotient = _divided(exp.IntDiv, value, whole(unit))
    rest = _divided(exp.Mod, value, whole(unit))
    beyond = exp.GT(this=rest, expression=whole(0)) if up else exp.LT(this=rest, expression=whole(0))
    return exp.Paren(this=exp.Add(this=quotient, expression=case([(beyond, whole(1 if up else -1))], whole(0))))


def sum_of(values: list[exp.Expression]) -> exp.Expression:
    """Return the sum; null as soon as one is null."""
    return joined(exp.Add, values)


def same_value(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """Return whether two values are the same, null being the same as null."""
    return exp.Paren(this=exp.NullSafeEQ(this=left.copy(), expression=right.copy()))


def concatenated(values: list[exp.Expression]) -> exp.Expression:
    """Return the texts one after the other; null as soon as one is null."""
    return reduce(lambda left, right: exp.DPipe(this=left, expression=right), values)


def output_type(found: Type) -> str:
    """Return the DuckDB type of a decision's output inside the plan."""
    if found.approximate:
        return "DOUBLE"
    return _TYPES.get(found.kind, "TEXT")
