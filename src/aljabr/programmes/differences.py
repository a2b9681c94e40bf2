"""Says in what two versions of a programme differ: dated values, cells, rules, tables. A change is read by its differences.

Each difference names the place and the text before and after; an empty text means that it was not, or is no longer, there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aljabr.programmes.records import Amount, DecisionTable, Programme, Rule


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One thing that differs.

    Parameters
    ----------
    kind : str
        ``amount``, ``cell``, ``rule`` or ``table``.
    place : str
        The amount's key, ``Table``, ``Table.rule`` or ``Table.rule.column``.
    since : str
        For an amount, the first day of the value, as ISO text; empty otherwise.
    before, after : str
        As written.
    unit : str
        For an amount, its unit; empty otherwise.
    """

    kind: str
    place: str
    before: str
    after: str
    since: str = ""
    unit: str = ""


def differences(before: Programme, after: Programme) -> tuple[Difference, ...]:
    """Return what differs in amounts, then in tables, in the order of the programme."""
    return (*_amounts(before, after), *_tables(before, after))


def _amounts(before: Programme, after: Programme) -> Iterator[Difference]:
    old = {amount.key: amount for amount in before.amounts}
    for amount in after.amounts:
        then, now = _by_day(old.get(amount.key)), _by_day(amount)
        for day in sorted(then.keys() | now.keys()):
            # What held on that day before: the value that began then, or the one that was still running.
            was = then.get(day) or next((then[earlier] for earlier in sorted(then, reverse=True) if earlier < day), "")
            if day in now and was != now[day]:
                yield Difference(kind="amount", place=amount.key, since=day, before=was, after=now[day], unit=amount.unit)


def _by_day(amount: Amount | None) -> dict[str, str]:
    return {value.from_on.isoformat(): str(value.value) for value in amount.values} if amount else {}


def _tables(before: Programme, after: Programme) -> Iterator[Difference]:
    old = {table.name: table for table in before.tables}
    for table in after.tables:
        was = old.get(table.name)
        if was is None:
            yield Difference(kind="table", place=table.name, before="", after=f"{len(table.rules)} rules")
        elif was != table:
            yield from _table(was, table)


def _table(was: DecisionTable, table: DecisionTable) -> Iterator[Difference]:
    columns = _columns(table)
    if columns != _columns(was) or table.hit_policy != was.hit_policy:
        before, after = (f"{one.hit_policy}: {', '.join(_columns(one))}" for one in (was, table))
        yield Difference(kind="table", place=table.name, before=before, after=after)
    old, new = ({rule.id: rule for rule in one.rules} for one in (was, table))
    for rule in table.rules:
        if rule.id not in old:
            yield Difference(kind="rule", place=f"{table.name}.{rule.id}", before="", after=_written(rule))
        elif columns == _columns(was):
            cells = zip(columns, _cells(old[rule.id]), _cells(rule), strict=True)
            for column, one, other in cells:
                if one != other:
                    yield Difference(kind="cell", place=f"{table.name}.{rule.id}.{column}", before=one, after=other)
    for rule in was.rules:
        if rule.id not in new:
            yield Difference(kind="rule", place=f"{table.name}.{rule.id}", before=_written(rule), after="")


def _columns(table: DecisionTable) -> list[str]:
    return [*(clause.expression for clause in table.inputs), *(clause.name for clause in table.outputs)]


def _cells(rule: Rule) -> tuple[str, ...]:
    return (*rule.inputs, *rule.outputs)


def _written(rule: Rule) -> str:
    return f"{' | '.join(rule.inputs)} → {' | '.join(rule.outputs)}"
