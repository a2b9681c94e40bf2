"""Functions of numbers (DMN 1.5, clause 10.3.4.5): exact to 34 digits."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal

from aljabr.feel.dynamic.arithmetic import finite
from aljabr.feel.dynamic.functions.signatures import Function, built_in
from aljabr.feel.dynamic.values import NUMBERS, Months, Span, Value

_SCALES = (Decimal(-6111), Decimal(6176))


def rounded(value: Decimal, scale: Decimal, rounding: str) -> Decimal | None:
    """Return a number rounded at a scale, null for a scale outside −6111 … 6176; digits that are there anyway stay.

    Examples
    --------
    >>> rounded(Decimal("2.5"), Decimal(0), ROUND_HALF_EVEN), rounded(Decimal("1551"), Decimal(-2), ROUND_HALF_UP)
    (Decimal('2'), Decimal('1.6E+3'))
    """
    scale = scale.to_integral_value(ROUND_DOWN)
    if not _SCALES[0] <= scale <= _SCALES[1]:
        return None
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -exponent <= scale:
        return value
    places = int(scale)
    shifted = value.scaleb(places, _WIDE).to_integral_value(rounding)
    return finite(NUMBERS.plus(shifted.scaleb(-places, _WIDE)))


_WIDE = NUMBERS.copy()
_WIDE.prec, _WIDE.Emax, _WIDE.Emin = 100, 99999, -99999


def _rounding(rounding: str) -> object:
    return lambda value, scale=Decimal(0): rounded(value, scale, rounding)


def _absolute(value: Decimal | Months | Span) -> Value:
    match value:
        case Months():
            return Months(abs(value.months))
        case Span():
            return Span(abs(value.nanos))
    return NUMBERS.abs(value)


def _modulo(dividend: Decimal, divisor: Decimal) -> Decimal | None:
    """``dividend - divisor * floor(dividend / divisor)``: it has the sign of the divisor."""
    if divisor == 0:
        return None
    rest = _WIDE.remainder(dividend, divisor)
    if not rest.is_finite():
        return None
    return NUMBERS.plus(_WIDE.add(rest, divisor) if rest and (rest < 0) != (divisor < 0) else rest)


def _root(value: Decimal) -> Decimal | None:
    return finite(NUMBERS.sqrt(value)) if value >= 0 else None


def _logarithm(value: Decimal) -> Decimal | None:
    return finite(NUMBERS.ln(value)) if value > 0 else None


def _is_even(value: Decimal) -> bool:
    return value == value.to_integral_value() and int(value) % 2 == 0


def _is_odd(value: Decimal) -> bool:
    return value == value.to_integral_value() and int(value) % 2 == 1


FUNCTIONS: list[Function] = [
    built_in("decimal(n: number, scale: number)", _rounding(ROUND_HALF_EVEN)),  # type: ignore[arg-type]
    *(
        built_in(f"{name}(n: number, scale: number?)", _rounding(rounding))  # type: ignore[arg-type]
        for name, rounding in {"floor": ROUND_FLOOR, "ceiling": ROUND_CEILING}.items()
    ),
    *(
        built_in(f"round {name}(n: number, scale: number)", _rounding(rounding))  # type: ignore[arg-type]
        for name, rounding in {
            "up": ROUND_UP,
            "down": ROUND_DOWN,
            "half up": ROUND_HALF_UP,
            "half down": ROUND_HALF_DOWN,
        }.items()
    ),
    built_in("abs(n: number|years and months duration|days and time duration)", _absolute),
    built_in("modulo(dividend: number, divisor: number)", _modulo),
    built_in("sqrt(number: number)", _root),
    built_in("log(number: number)", _logarithm),
    built_in("exp(number: number)", lambda value: finite(NUMBERS.exp(value))),
    built_in("odd(number: number)", _is_odd),
    built_in("even(number: number)", _is_even),
]
