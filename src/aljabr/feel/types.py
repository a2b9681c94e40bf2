"""The types an expression can have, and the environment of names it may read.

Numbers carry their *scale*: how many decimal places their values have at most. A name ending in ``_minor`` and every amount
is whole (scale 0); any other number fact is exact to ``NUMBER_SCALE`` places. From there scales are computed, so that the
compiler can work on integers alone and nothing is rounded but by ``decimal``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Literal

Kind = Literal[
    "string",
    "number",
    "boolean",
    "date",
    "time",
    "date and time",
    "days and time duration",
    "years and months duration",
    "null",
    "list",
]
# A date and time is a ``datetime`` (a kind of ``date``) without an offset; years and months are counted in months, as an int.
Value = None | bool | Decimal | str | date | time | timedelta | int

NUMBER_SCALE = 6
MAX_SCALE = 24


@dataclass(frozen=True, kw_only=True)
class Type:
    """The type of an expression.

    Parameters
    ----------
    kind : str
        ``string``, ``number``, ``boolean``, a kind of date, time or duration, ``null`` (the literal) or ``list`` (a table's list
        of results).
    scale : int
        Decimal places of a number.
    approximate : bool
        A number that is not exact (a quotient that does not end, a root): about 15 digits, never compared or rounded, never money.
    values : tuple of str
        The codes a string may take, when they are declared; empty when any text may come.
    """

    kind: Kind
    scale: int = 0
    approximate: bool = False
    values: tuple[str, ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return self.kind


STRING = Type(kind="string")
WHOLE = Type(kind="number")
NUMBER = Type(kind="number", scale=NUMBER_SCALE)
BOOLEAN = Type(kind="boolean")
DATE = Type(kind="date")
TIME = Type(kind="time")
DATE_TIME = Type(kind="date and time")
DAYS = Type(kind="days and time duration")
MONTHS = Type(kind="years and months duration")
APPROXIMATE = Type(kind="number", approximate=True)
NULL = Type(kind="null")
LIST = Type(kind="list")

Environment = Mapping[str, Type]


def named_type(kind: str, *, name: str = "", values: tuple[str, ...] = ()) -> Type | None:
    """Return the type a declaration means, None when the word is no type of ours.

    Examples
    --------
    >>> named_type("number", name="assessed_minor").scale, named_type("number", name="disability_percent").scale
    (0, 6)
    """
    known = {"string": STRING, "number": NUMBER, "boolean": BOOLEAN, "date": DATE}
    kind = kind.removeprefix("feel:")
    if kind == "number" and name.endswith("_minor"):
        return WHOLE
    if kind == "string" and values:
        return Type(kind="string", values=values)
    return known.get(kind)


def common_type(left: Type, right: Type) -> Type | None:
    """Return the type both fit into, None when there is none; null fits everything."""
    if left.kind == "null":
        return right
    if right.kind == "null" or left == right:
        return left
    if left.kind == right.kind == "number":
        if left.approximate or right.approximate:
            return APPROXIMATE
        return Type(kind="number", scale=max(left.scale, right.scale))
    return left if left.kind == right.kind else None
