"""SQL of the operations in ``aljabr.feel.operations``: one builder for every name.

A days and time duration is an INT128 of microseconds, a years and months duration an INT128 of months, times and dates are DuckDB's
own without an offset, and an inexact number is a DOUBLE (only in models: programmes refuse what would give one).
"""

from __future__ import annotations

from collections.abc import Callable

from sqlglot import exp

from aljabr.feel import Type, tree
from aljabr.feel.operations import CLOSE, DIGITS
from aljabr.rules.sql import all_of, any_of, called, case, cast, is_null, text, whole

Builder = Callable[..., exp.Expression]
ROUNDINGS = ("floor", "ceiling", "round up", "round down", "round half up", "round half down")
_DAY = 86_400_000_000
_HOUR = 3_600_000_000
_MINUTE = 60_000_000
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def operation_sql(name: str, values: list[exp.Expression], arguments: tuple[tree.Expression, ...]) -> exp.Expression | None:
    """Return the SQL of an operation on arguments already in SQL; None when it is not one of these.

    Parameters
    ----------
    name : str
        Of the operation.
    values : list of sqlglot Expression
        The arguments; exact numbers are integers at their type's scale.
    arguments : tuple of Expression
        The same, typed.
    """
    if name.startswith("clearly "):
        return _clearly(name.removeprefix("clearly "), *[_double(*pair) for pair in zip(values, arguments, strict=True)])
    if name in _INEXACT:
        return _finite(_INEXACT[name](*[_double(value, argument) for value, argument in zip(values, arguments, strict=True)]))
    return _BUILDERS[name](*values) if name in _BUILDERS else None


def _paren(kind: type[exp.Binary], left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return exp.Paren(this=kind(this=left.copy(), expression=right.copy()))


def _plus(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return _paren(exp.Add, left, right)


def _minus(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return _paren(exp.Sub, left, right)


def _times(left: exp.Expression, right: exp.Expression) -> exp.Expression:
    return _paren(exp.Mul, left, right)


def _floor(value: exp.Expression, unit: int) -> exp.Expression:
    """The value modulo a unit, never negative."""
    return _paren(exp.Mod, _plus(_paren(exp.Mod, value, whole(unit)), whole(unit)), whole(unit))


def _cut(value: exp.Expression, unit: int) -> exp.Expression:
    return _paren(exp.IntDiv, value, whole(unit))


def _rest(value: exp.Expression, unit: int) -> exp.Expression:
    return _paren(exp.Mod, value, whole(unit))


def _negated(value: exp.Expression) -> exp.Expression:
    return _minus(whole(0), value)


def _microseconds(instant: exp.Expression) -> exp.Expression:
    return cast(called("epoch_us", instant), "INT128")


def _instant(microseconds: exp.Expression) -> exp.Expression:
    return called("make_timestamp", cast(microseconds, "BIGINT"))


def _midnight(day: exp.Expression) -> exp.Expression:
    return cast(day, "TIMESTAMP")


def _by_months(kind: str, sign: int) -> Builder:
    def build(day: exp.Expression, months: exp.Expression) -> exp.Expression:
        count = cast(months if sign > 0 else _negated(months), "INTEGER")
        return cast(_plus(day, called("to_months", count)), kind)

    return build


def _by_days(sign: int) -> Builder:
    add = _plus if sign > 0 else _minus
    return lambda day, length: cast(_instant(add(_microseconds(_midnight(day)), length)), "DATE")


def _later(sign: int) -> Builder:
    add = _plus if sign > 0 else _minus
    return lambda instant, length: _instant(add(_microseconds(instant), length))


def _clock_later(sign: int) -> Builder:
    add = _plus if sign > 0 else _minus
    return lambda at, length: cast(_instant(_floor(add(_microseconds(at), length), _DAY)), "TIME")


def _swapped(build: Builder) -> Builder:
    return lambda left, right: build(right, left)


def _months_between(first: exp.Expression, last: exp.Expression) -> exp.Expression:
    """Whole months between two days, cut towards zero, times of day left out."""

    def months(one: exp.Expression, other: exp.Expression) -> exp.Expression:
        years = _times(_minus(_field("year", other), _field("year", one)), whole(12))
        counted = _plus(years, _minus(_field("month", other), _field("month", one)))
        late = exp.GT(this=_field("day", one), expression=_field("day", other))
        return _minus(counted, case([(late, whole(1))], whole(0)))

    absent = any_of([is_null(first), is_null(last)])
    backwards = exp.LT(this=cast(last.copy(), "DATE"), expression=cast(first.copy(), "DATE"))
    return case([(absent, exp.null()), (backwards, _negated(months(last, first)))], months(first, last))


def _field(name: str, value: exp.Expression) -> exp.Expression:
    return cast(called(name, value.copy()), "INT128")


def _named(names: tuple[str, ...], number: exp.Expression) -> exp.Expression:
    return case([(exp.EQ(this=number, expression=exp.Literal.number(place)), text(name)) for place, name in enumerate(names, 1)])


def _attempted(value: exp.Expression) -> exp.Expression:
    return called("try", value)


def _substring(value: exp.Expression, start: exp.Expression, length: exp.Expression | None = None) -> exp.Expression:
    size = cast(called("length", value.copy()), "INT128")
    outside = any_of([exp.EQ(this=start.copy(), expression=whole(0)), exp.GT(this=called("abs", start.copy()), expression=size)])
    first = case([(exp.GT(this=start.copy(), expression=whole(0)), start)], _plus(_plus(size, start), whole(1)))
    cut = [value.copy(), cast(first, "BIGINT")]
    nulls = [(outside, exp.null())]
    if length is not None:
        nulls.append((exp.LT(this=length.copy(), expression=whole(1)), exp.null()))
        nulls.append((is_null(length), exp.null()))
        cut.append(cast(called("least", length.copy(), size.copy()), "BIGINT"))
    return case(nulls, called("substring", *cut))


def _around(*, after: bool) -> Builder:
    def build(value: exp.Expression, part: exp.Expression) -> exp.Expression:
        absent = any_of([is_null(value), is_null(part)])
        place = called("instr", value.copy(), part.copy())
        nowhere = exp.EQ(this=place.copy(), expression=exp.Literal.number(0))
        nothing = exp.EQ(this=part.copy(), expression=text(""))
        if after:
            found = called("substring", value.copy(), _plus(place, called("length", part.copy())))
            return case([(absent, exp.null()), (nothing, value), (nowhere, text(""))], found)
        found = called("left", value.copy(), _minus(place, exp.Literal.number(1)))
        return case([(absent, exp.null()), (any_of([nothing, nowhere]), text(""))], found)

    return build


def _modulo(dividend: exp.Expression, divisor: exp.Expression) -> exp.Expression:
    """Dividend - divisor * floor(dividend / divisor): the sign of the divisor; both at one scale."""
    some = called("nullif", divisor.copy(), whole(0))
    rest = _paren(exp.Mod, dividend, some)
    return _paren(exp.Mod, _plus(rest, some), some)


def _within(value: exp.Expression) -> exp.Expression:
    """The number; the run stops when it has more digits than FEEL's numbers have."""
    size = called("abs", value.copy())
    fitting: list[exp.Expression] = [exp.LT(this=size.copy(), expression=whole(10**DIGITS))]
    for more in range(1, 39 - DIGITS):
        ends = exp.EQ(this=_rest(value, 10**more), expression=whole(0))
        limit = 10 ** (DIGITS + more) if more < 4 else 2**127 - 1
        fitting.append(all_of([ends, exp.LT(this=size.copy(), expression=whole(limit))]))
    return case(
        [(is_null(value), exp.null()), (any_of([exp.Paren(this=test) for test in fitting]), value)], _stopped(value, "INT128")
    )


def _stopped(value: exp.Expression, kind: str) -> exp.Expression:
    """What cannot be cast, so that the run stops: there is no value to go on with, and nothing the optimiser can do without."""
    written = exp.DPipe(this=text("no value for "), expression=cast(value.copy(), "TEXT"))
    return cast(exp.Paren(this=written), kind)


def below(value: exp.Expression, limit: int) -> exp.Expression:
    """Return a number; the run stops when it is not below a limit."""
    small = exp.LT(this=called("abs", value.copy()), expression=whole(limit))
    return case([(is_null(value), exp.null()), (small, value)], _stopped(value, "INT128"))


def _cased(function: str) -> Builder:
    def build(value: exp.Expression) -> exp.Expression:
        plain = called("regexp_full_match", value.copy(), text(r"[\x00-\x7F\x{0600}-\x{06FF}]*"))
        return case(
            [(is_null(value), exp.null()), (plain, called(function, value))],
            cast(_stopped(value, "INT128"), "TEXT"),
        )

    return build


def number_text(number: exp.Expression) -> exp.Expression:
    """Return a DECIMAL as text, without zeros that say nothing."""
    written = cast(number, "TEXT")
    pointed = called("contains", written.copy(), text("."))
    return case([(pointed, called("rtrim", called("rtrim", written.copy(), text("0")), text(".")))], written)


def _clearly(operator: str, left: exp.Expression, right: exp.Expression) -> exp.Expression:
    """An order of inexact numbers; the run stops when they are too close to tell."""
    orders: dict[str, type[exp.Binary]] = {"<": exp.LT, "<=": exp.LTE, ">": exp.GT, ">=": exp.GTE}
    apart = called("abs", _minus(left, right))
    bound = _times(called("greatest", called("abs", left.copy()), called("abs", right.copy())), cast(text(CLOSE), "DOUBLE"))
    close = exp.LTE(this=apart, expression=bound)
    stopped = _stopped(left, "BOOLEAN")
    absent = any_of([is_null(left), is_null(right)])
    return case(
        [(absent, exp.null()), (close, stopped)], exp.Paren(this=orders[operator](this=left.copy(), expression=right.copy()))
    )


def rounded(name: str, value: exp.Expression, *, scale: int, to: int) -> exp.Expression:
    """Return a number rounded as one of FEEL's functions rounds, at the scale ``to``."""
    if to >= scale:
        return value if to == scale else _times(value, whole(10 ** (to - scale)))
    unit = 10 ** (scale - to)
    rest = _rest(value, unit)
    twice = _times(called("abs", rest.copy()), whole(2))
    beyond: dict[str, exp.Expression] = {
        "floor": exp.LT(this=rest.copy(), expression=whole(0)),
        "ceiling": exp.GT(this=rest.copy(), expression=whole(0)),
        "round up": exp.NEQ(this=rest.copy(), expression=whole(0)),
        "round down": exp.false(),
        "round half up": exp.GTE(this=twice, expression=whole(unit)),
        "round half down": exp.GT(this=twice, expression=whole(unit)),
    }
    step = case([(beyond[name], cast(called("sign", value.copy()), "INT128"))], whole(0))
    return _plus(_cut(value, unit), step)


def inexact(value: exp.Expression, found: Type) -> exp.Expression:
    """Return a number as a DOUBLE."""
    if found.approximate:
        return value
    shrunk = cast(value, "DOUBLE")
    return shrunk if not found.scale else _paren(exp.Div, shrunk, cast(text(f"1e{found.scale}"), "DOUBLE"))


def _double(value: exp.Expression, argument: tree.Expression) -> exp.Expression:
    return inexact(value, argument.type)


def _finite(value: exp.Expression) -> exp.Expression:
    """Null for what is no number, or none that can be written."""
    return case([(called("isfinite", value.copy()), value)])


_INEXACT: dict[str, Builder] = {
    "inexact +": _plus,
    "inexact -": _minus,
    "inexact *": _times,
    "inexact /": lambda left, right: _paren(exp.Div, left, called("nullif", right, cast(text("0"), "DOUBLE"))),
    "inexact **": lambda left, right: called("pow", left, right),
    "sqrt": lambda value: case([(exp.GTE(this=value.copy(), expression=cast(text("0"), "DOUBLE")), called("sqrt", value))]),
    "exp": lambda value: called("exp", value),
    "log": lambda value: case([(exp.GT(this=value.copy(), expression=cast(text("0"), "DOUBLE")), called("ln", value))]),
}

_PARTS: dict[str, Builder] = {
    **{f".{name} of {kind}": (lambda value, name=name: _field(name, value))
       for kind in ("date", "date and time") for name in ("year", "month", "day")},
    **{f".{name} of {kind}": (lambda value, name=name: _field(name, value))
       for kind in ("time", "date and time") for name in ("hour", "minute")},
    **{f".weekday of {kind}": (lambda value: _field("isodow", value)) for kind in ("date", "date and time")},
    **{f"months between {kind}": _months_between for kind in ("date", "date and time")},
    "day of week": lambda value: _named(_WEEKDAYS, called("isodow", value)),
    "month of year": lambda value: _named(_MONTHS, called("month", value)),
    "day of year": lambda value: _field("dayofyear", value),
    "week of year": lambda value: _field("weekofyear", value),
    ".days": lambda length: _cut(length, _DAY),
    ".hours": lambda length: _cut(_rest(length, _DAY), _HOUR),
    ".minutes": lambda length: _cut(_rest(length, _HOUR), _MINUTE),
    ".years": lambda months: _cut(months, 12),
    ".months": lambda months: _rest(months, 12),
}  # fmt: skip

_MOVING: dict[str, Builder] = {
    **{f"date {sign} months": _by_months("DATE", way) for sign, way in (("+", 1), ("-", -1))},
    **{f"date and time {sign} months": _by_months("TIMESTAMP", way) for sign, way in (("+", 1), ("-", -1))},
    **{f"date {sign} days": _by_days(way) for sign, way in (("+", 1), ("-", -1))},
    **{f"date and time {sign} days": _later(way) for sign, way in (("+", 1), ("-", -1))},
    **{f"time {sign} days": _clock_later(way) for sign, way in (("+", 1), ("-", -1))},
    "years and months duration + date": _swapped(_by_months("DATE", 1)),
    "years and months duration + date and time": _swapped(_by_months("TIMESTAMP", 1)),
    "days and time duration + date": _swapped(_by_days(1)),
    "days and time duration + date and time": _swapped(_later(1)),
    "days and time duration + time": _swapped(_clock_later(1)),
    "date - date": lambda left, right: _minus(_microseconds(_midnight(left)), _microseconds(_midnight(right))),
    "date and time - date and time": lambda left, right: _minus(_microseconds(left), _microseconds(right)),
    "time - time": lambda left, right: _minus(_microseconds(left), _microseconds(right)),
}

_BUILDERS: dict[str, Builder] = {
    **_PARTS,
    **_MOVING,
    "duration + duration": _plus,
    "duration - duration": _minus,
    "- duration": _negated,
    "abs of duration": lambda length: called("abs", length),
    "duration * number": _times,
    "number * duration": _times,
    "date of date and time": lambda instant: cast(instant, "DATE"),
    "time of date and time": lambda instant: cast(instant, "TIME"),
    "date of numbers": lambda *parts: _attempted(called("make_date", *[cast(part, "BIGINT") for part in parts])),
    "date and time of date": _plus,
    "string of date": lambda day: cast(day, "TEXT"),
    "string of boolean": lambda value: case([(is_null(value), exp.null()), (value, text("true"))], text("false")),
    "string of string": lambda value: value,
    "modulo": _modulo,
    "within 34 digits": _within,
    "must not hold": lambda condition: case([(condition, _stopped(condition, "BOOLEAN"))], exp.false()),
    "upper case of plain text": _cased("upper"),
    "lower case of plain text": _cased("lower"),
    "substring": _substring,
    "substring of length": _substring,
    "substring before": _around(after=False),
    "substring after": _around(after=True),
    "even": lambda number: exp.Paren(this=exp.EQ(this=_rest(number, 2), expression=whole(0))),
    "odd": lambda number: exp.Paren(this=exp.NEQ(this=_rest(number, 2), expression=whole(0))),
}
