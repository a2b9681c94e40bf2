"""One programme out of another with a single thing altered: an amount, a cell, whole tables. Records in, records out, nothing read.

Every function refuses what it cannot find and says what there is; whether the result still makes sense is for
``programme_chain`` and ``check``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from aljabr.errors import ProgrammeBroken
from aljabr.programmes.records import Amount, DatedValue, DecisionTable, Fact, Programme, Reference, Rule


def with_amount(
    programme: Programme, key: str, value: int, *, from_on: date | None, reference: Reference | None = None
) -> Programme:
    """Return the programme with an amount of that value from a day on; on every day it has a value when no day is given.

    Raises
    ------
    ProgrammeBroken
        When there is no such amount.
    """
    amount = amount_of(programme, key)
    if from_on is None:
        altered = [dated.model_copy(update={"value": value}) for dated in amount.values]
    else:
        basis = reference or amount.values[-1].reference
        altered = _laid_over(amount.values, [DatedValue(from_on=from_on, value=value, reference=basis)])
    return _replaced(programme, amount.model_copy(update={"values": tuple(altered)}))


def with_values(programme: Programme, amounts: Iterable[Amount]) -> Programme:
    """Return the programme with the dated values of these amounts added to its own, and with the amounts it did not have."""
    for given in amounts:
        known = next((amount for amount in programme.amounts if amount.key == given.key), None)
        if known is None:
            programme = programme.model_copy(update={"amounts": (*programme.amounts, given)})
            continue
        for name in ("unit", "selects_by"):
            if getattr(known, name) != getattr(given, name):
                what = f"The amount {given.key} has {name} {getattr(given, name)}, in force it is {getattr(known, name)}."
                raise ProgrammeBroken(what, "Keep it, or give the amount a key of its own.")
        values = tuple(_laid_over(known.values, given.values))
        programme = _replaced(programme, known.model_copy(update={"values": values}))
    return programme


def with_cell(programme: Programme, table: str, rule: str, column: str, text: str) -> Programme:
    """Return the programme with another text in one cell.

    Raises
    ------
    ProgrammeBroken
        When there is no such table, rule or column.
    """
    found, row, side, place = find_cell(programme, table, rule, column)
    cells = list(getattr(row, side))
    cells[place] = text
    altered = row.model_copy(update={side: tuple(cells)})
    rules = tuple(altered if old is row else old for old in found.rules)
    return with_tables(programme, [found.model_copy(update={"rules": rules})])


def with_tables(programme: Programme, tables: Iterable[DecisionTable]) -> Programme:
    """Return the programme with these tables in the place of those of the same name; new ones come after the others."""
    given = {table.name: table for table in tables}
    kept = [given.pop(table.name, table) for table in programme.tables]
    return programme.model_copy(update={"tables": (*kept, *given.values())})


def with_fact(programme: Programme, fact: Fact) -> Programme:
    """Return the programme with one more fact.

    Raises
    ------
    ProgrammeBroken
        When it has a fact of that name.
    """
    if any(known.name == fact.name for known in programme.facts):
        raise ProgrammeBroken(f"The fact {fact.name} is there already.", "Leave it out of facts.")
    return programme.model_copy(update={"facts": (*programme.facts, fact)})


def amount_of(programme: Programme, key: str) -> Amount:
    """Return the amount of that key.

    Raises
    ------
    ProgrammeBroken
        When there is none.
    """
    for amount in programme.amounts:
        if amount.key == key:
            return amount
    raise ProgrammeBroken(f"{programme.key} has no amount {key}.", f"Its amounts are {_listed(a.key for a in programme.amounts)}.")


def find_cell(programme: Programme, table: str, rule: str, column: str) -> tuple[DecisionTable, Rule, str, int]:
    """Return the table, the rule, ``inputs`` or ``outputs``, and the place of the cell among these.

    Raises
    ------
    ProgrammeBroken
        When there is no such table, rule or column; says which there are.
    """
    found = next((one for one in programme.tables if one.name == table), None)
    if found is None:
        names = _listed(one.name for one in programme.tables)
        raise ProgrammeBroken(f"{programme.key} has no table {table}.", f"Its tables are {names}.")
    row = next((one for one in found.rules if one.id == rule), None)
    if row is None:
        raise ProgrammeBroken(f"The table {table} has no rule {rule}.", f"Its rules are {_listed(one.id for one in found.rules)}.")
    named = {
        "inputs": [{clause.expression, clause.label} for clause in found.inputs],
        "outputs": [{clause.name} for clause in found.outputs],
    }
    places = [(side, place) for side, clauses in named.items() for place, names in enumerate(clauses) if column in names]
    if len(places) == 1:
        return found, row, *places[0]
    columns = _listed([*(clause.expression for clause in found.inputs), *(clause.name for clause in found.outputs)])
    many = "no column" if not places else "more than one column"
    raise ProgrammeBroken(f"The table {table} has {many} {column}.", f"Its columns are {columns}.")


def _replaced(programme: Programme, amount: Amount) -> Programme:
    amounts = tuple(amount if known.key == amount.key else known for known in programme.amounts)
    return programme.model_copy(update={"amounts": amounts})


def _laid_over(values: Iterable[DatedValue], new: Iterable[DatedValue]) -> list[DatedValue]:
    """The values by day; one that would run on past a newer one's first day ends there by itself (half-open)."""
    by_day = {value.from_on: value for value in values}
    for value in new:
        ending = next(
            (old.until_on for old in by_day.values() if old.until_on and old.from_on < value.from_on < old.until_on), None
        )
        kept = value if value.until_on or ending is None else value.model_copy(update={"until_on": ending})
        by_day[value.from_on] = kept
    ordered = sorted(by_day.values(), key=lambda value: value.from_on)
    following = [*(value.from_on for value in ordered[1:]), None]
    return [
        value.model_copy(update={"until_on": after}) if value.until_on and after and after < value.until_on else value
        for value, after in zip(ordered, following, strict=True)
    ]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
