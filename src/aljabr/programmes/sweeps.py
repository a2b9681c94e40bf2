"""Moves one number of a programme step by step: an amount, the number in one cell, or a threshold wherever a column writes it.

A sweep is written ``NAME=FROM:TO:STEP``. NAME is an amount's key; ``Table.rule.column``, a cell with one number in it; or
``Table.column@NUMBER``, every cell of that column that writes this number, so that two bands that meet at a threshold go together.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from aljabr.errors import ProgrammeBroken, UsageError
from aljabr.programmes.decisions import programme_chain
from aljabr.programmes.edits import amount_of, find_cell, with_amount, with_cell
from aljabr.programmes.records import Programme

MOST_STEPS = 101
_PARTS = re.compile(r'("(?:\\.|[^"\\])*")')
_NUMBER = re.compile(r"(?<![\w@])(\d+(?:\.\d+)?)(?!\w)")


@dataclass(frozen=True, kw_only=True)
class Sweep:
    """A number and the values it takes.

    Parameters
    ----------
    name : str
        As given, before ``=``.
    steps : tuple of Decimal
        In order.
    """

    name: str
    steps: tuple[Decimal, ...]

    @property
    def is_amount(self) -> bool:
        """Whether an amount is moved, not a number in a table."""
        return "." not in self.name


def read_sweep(written: str) -> Sweep:
    """Read ``NAME=FROM:TO:STEP``; TO is included when the steps reach it.

    Raises
    ------
    UsageError
        When it is written otherwise, or has more than 101 steps.

    Examples
    --------
    >>> read_sweep("property_share_percent=40:60:10").steps
    (Decimal('40'), Decimal('50'), Decimal('60'))
    """
    name, _, spelled = written.partition("=")
    try:
        first, last, step = (Decimal(part.replace("_", "")) for part in spelled.split(":"))
    except (ValueError, InvalidOperation) as error:
        raise _misspelt(written) from error
    if not (name and step > 0 and first <= last and all(number.is_finite() for number in (first, last, step))):
        raise _misspelt(written)
    count = int((last - first) / step) + 1
    if count > MOST_STEPS:
        raise UsageError(f"--sweep {written} has {count} steps.", f"Take a wider step; at most {MOST_STEPS} are computed.")
    return Sweep(name=name, steps=tuple(first + step * number for number in range(count)))


def moved(programme: Programme, sweep: Sweep, value: Decimal) -> Programme:
    """Return the programme with the number of a sweep at one value.

    Raises
    ------
    ProgrammeBroken
        When the programme has no such amount, table, rule, column or number, or makes no sense with this value.
    """
    if sweep.is_amount:
        amount_of(programme, sweep.name)
        if value != value.to_integral_value():
            raise ProgrammeBroken(f"{sweep.name} would be {value}.", "Amounts are whole numbers, money in minor units.")
        return with_amount(programme, sweep.name, int(value), from_on=None)
    changed = _moved_cells(programme, sweep.name, f"{value:f}")
    try:
        programme_chain(changed)
    except ProgrammeBroken as refusal:
        raise type(refusal)(f"With {sweep.name} at {value:f}: {refusal.what}", refusal.way_out) from refusal
    return changed


def can_move(programme: Programme, sweep: Sweep) -> bool:
    """Return whether the programme has the number: a change may have set the very threshold that is swept."""
    try:
        if sweep.is_amount:
            amount_of(programme, sweep.name)
        else:
            _moved_cells(programme, sweep.name, "0")
    except ProgrammeBroken:
        return False
    return True


def current_value(programme: Programme, sweep: Sweep) -> Decimal:
    """Return where the number stands now: an amount's latest value, the number in the cell, the threshold named."""
    if sweep.is_amount:
        return Decimal(max(amount_of(programme, sweep.name).values, key=lambda value: value.from_on).value)
    name, _, threshold = sweep.name.partition("@")
    if threshold:
        return Decimal(threshold)
    table, rule, column = _split(name, 3)
    _, row, side, place = find_cell(programme, table, rule, column)
    return Decimal(_only_number(getattr(row, side)[place], f"{table}.{rule}.{column}"))


def _moved_cells(programme: Programme, name: str, value: str) -> Programme:
    spelled, _, threshold = name.partition("@")
    if not threshold:
        table, rule, column = _split(spelled, 3)
        _, row, side, place = find_cell(programme, table, rule, column)
        cell = getattr(row, side)[place]
        _only_number(cell, spelled)
        return with_cell(programme, table, rule, column, _each_number(cell, lambda _number: value))
    table, column = _split(spelled, 2)
    found = next((one for one in programme.tables if one.name == table), None)
    rules = [rule.id for rule in found.rules] if found else [""]
    touched = 0
    for rule in rules:
        _, row, side, place = find_cell(programme, table, rule, column)
        cell = getattr(row, side)[place]
        written = _each_number(cell, lambda number: value if Decimal(number) == Decimal(threshold) else number)
        if any(Decimal(number) == Decimal(threshold) for number in _numbers(cell)):
            touched += 1
            programme = with_cell(programme, table, rule, column, written)
    if not touched:
        raise ProgrammeBroken(f"No cell of {table}.{column} writes {threshold}.", "Name a number that stands in that column.")
    return programme


def _split(name: str, parts: int) -> list[str]:
    found = name.split(".", parts - 1)
    if len(found) != parts:
        raise UsageError(f"{name} names nothing to sweep.", "Write an amount's key, Table.rule.column or Table.column@NUMBER.")
    return found


def _numbers(cell: str) -> list[str]:
    return [number for part in _PARTS.split(cell) if not part.startswith('"') for number in _NUMBER.findall(part)]


def _only_number(cell: str, where: str) -> str:
    numbers = _numbers(cell)
    if len(numbers) != 1:
        way_out = "Sweep a cell with one number, or a threshold with Table.column@NUMBER."
        raise ProgrammeBroken(f"The cell {where} is {cell!r}, with {len(numbers)} numbers in it.", way_out)
    return numbers[0]


def _each_number(cell: str, written: Callable[[str], str]) -> str:
    parts = _PARTS.split(cell)
    return "".join(part if part.startswith('"') else _NUMBER.sub(lambda found: written(found[1]), part) for part in parts)


def _misspelt(written: str) -> UsageError:
    return UsageError(f"--sweep {written} is not NAME=FROM:TO:STEP.", "Write for example --sweep death_grant_minor=4000:8000:500.")
