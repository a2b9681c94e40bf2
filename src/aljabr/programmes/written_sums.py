"""Checks for sums of money written into cells: a sum in a table has no date and no reference, so no amendment can change it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from aljabr.feel import Chain, tree
from aljabr.programmes.findings import Finding, error
from aljabr.programmes.records import Programme
from aljabr.programmes.regions import spoken


def check_written_sums(programme: Programme, chain: Chain) -> Iterator[Finding]:
    """Yield every sum other than zero that a cell gives as money or compares money with.

    Parameters
    ----------
    programme : Programme
        Whose determination says which output is the amount.
    chain : Chain
        Its typed tables.
    """
    sums = _money(programme, chain)
    for table in chain.tables:
        money = [output in sums for output in table.outputs]
        for rule in table.rules:
            given = {sum_ for output, counts in zip(rule.outputs, money, strict=True) if counts for sum_ in _given(output)}
            compared = {sum_ for test in rule.tests for sum_ in _compared(test)}
            for number in sorted(given | compared):
                what = f"The rule {rule.id} has the sum {spoken(number)} written into a cell, without date or reference."
                way_out = "Write it into amounts/ with from_on and reference, and its key into the cell."
                yield error(f"tables/{table.file}, {table.name}", what, way_out)


def _money(programme: Programme, chain: Chain) -> frozenset[str]:
    """The outputs that are money: those called so, the determination's amount, and the outputs that become one of them."""
    stated = programme.determination.get("amount_minor", "")
    cells = {
        output: [rule.outputs[number] for rule in table.rules] + list(table.defaults[number : number + 1])
        for table in chain.tables
        for number, output in enumerate(table.outputs)
    }
    found = {output for output in cells if output.endswith("_minor") or output in (stated, stated.partition(".")[0])}
    waiting = list(found)
    while waiting:
        passed = {name for cell in cells[waiting.pop()] for name in _passed(cell) if name in cells}
        waiting += sorted(passed - found)
        found |= passed
    return frozenset(found)


def _passed(output: tree.Expression) -> Iterator[str]:
    """The names whose value an output gives on as it stands."""
    match output:
        case tree.Variable(name=name):
            yield name
        case tree.Choice(consequent=one, alternative=other):
            yield from (*_passed(one), *_passed(other))
        case tree.Call(function="min" | "max", arguments=arguments):
            for argument in arguments:
                yield from _passed(argument)


def _given(output: tree.Expression) -> Iterator[Decimal]:
    """The sums an output gives as they stand: written, by a branch, or as an end of min and max."""
    match output:
        case tree.Literal(value=Decimal() as value) if value:
            yield value
        case tree.Choice(consequent=one, alternative=other):
            yield from (*_given(one), *_given(other))
        case tree.Call(function="min" | "max", arguments=arguments):
            for argument in arguments:
                yield from _given(argument)


def _compared(test: tree.Expression) -> Iterator[Decimal]:
    for node in tree.walk(test):
        if isinstance(node, tree.Comparison | tree.Equality):
            sides = (node.left, node.right)
            if any(isinstance(side, tree.Variable) and side.name.endswith("_minor") for side in sides):
                yield from (
                    side.value
                    for side in sides
                    if isinstance(side, tree.Literal) and isinstance(side.value, Decimal) and side.value
                )
