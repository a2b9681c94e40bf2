"""The functions an expression may call: what they take, what they give, what they do.

``decimal``, ``date`` and ``duration`` are not in the table because the checker looks into their arguments; ``round_half_even``
is what ``decimal`` means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from fractions import Fraction
from typing import Any

from aljabr.feel.types import BOOLEAN, STRING, WHOLE, Kind, Type


@dataclass(frozen=True, kw_only=True)
class Function:
    """One function.

    Parameters
    ----------
    takes : tuple of str
        Kinds of the arguments; a single entry with ``variadic`` for one or more of the same kind.
    gives : Type or None
        Type of the result; None when it is that of the arguments.
    apply : callable
        What it does to arguments none of which is null; with a null argument the result is null.
    """

    takes: tuple[tuple[Kind, ...], ...]
    gives: Type | None
    apply: Callable[..., Any]
    variadic: bool = False


def round_half_even(value: Fraction, scale: int) -> Decimal:
    """Return the value rounded half to even at ``scale`` decimal places, as ``decimal`` does.

    Examples
    --------
    >>> round_half_even(Fraction(5, 2), 0), round_half_even(Fraction(1255, 1000), 2), round_half_even(Fraction(1250), -2)
    (Decimal('2'), Decimal('1.26'), Decimal('1200'))
    """
    units = round(value * Fraction(10) ** scale)
    return Decimal(f"{units}E{-scale}") if scale >= 0 else Decimal(units * 10**-scale)


def upper(text: str) -> str:
    """Return the text in capitals, one character for one (``ß`` gives ``ẞ``), whatever the language.

    Examples
    --------
    >>> upper("straße")
    'STRAẞE'
    """
    return "".join("ẞ" if letter == "ß" else _single(letter, letter.upper(), letter.title()) for letter in text)


def lower(text: str) -> str:
    """Return the text in small letters, one character for one, whatever the language."""
    return "".join("i" if letter == "İ" else _single(letter, letter.lower()) for letter in text)


def _single(letter: str, *mapped: str) -> str:
    return next((other for other in mapped if len(other) == 1), letter)


_ORDERED: tuple[Kind, ...] = ("number", "string", "date")
_NUMBER: tuple[Kind, ...] = ("number",)
_TEXT: tuple[Kind, ...] = ("string",)

FUNCTIONS: dict[str, Function] = {
    "min": Function(takes=(_ORDERED,), gives=None, apply=lambda *values: min(values), variadic=True),
    "max": Function(takes=(_ORDERED,), gives=None, apply=lambda *values: max(values), variadic=True),
    "abs": Function(takes=(_NUMBER,), gives=None, apply=abs),
    "floor": Function(takes=(_NUMBER,), gives=WHOLE, apply=lambda value: value.to_integral_value(ROUND_FLOOR)),
    "ceiling": Function(takes=(_NUMBER,), gives=WHOLE, apply=lambda value: value.to_integral_value(ROUND_CEILING)),
    "string length": Function(takes=(_TEXT,), gives=WHOLE, apply=lambda text: Decimal(len(text))),
    "upper case": Function(takes=(_TEXT,), gives=STRING, apply=upper),
    "lower case": Function(takes=(_TEXT,), gives=STRING, apply=lower),
    "contains": Function(takes=(_TEXT, _TEXT), gives=BOOLEAN, apply=lambda text, part: part in text),
    "starts with": Function(takes=(_TEXT, _TEXT), gives=BOOLEAN, apply=lambda text, part: text.startswith(part)),
    "ends with": Function(takes=(_TEXT, _TEXT), gives=BOOLEAN, apply=lambda text, part: text.endswith(part)),
}
