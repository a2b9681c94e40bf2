"""Knows every code of a programme: what facts may hold, what an output can come out as, what a letter may have to say.

An output's codes are read off the tables: a quoted text is a code, the name of another decision's output stands for that output's
codes. Several codes in one text are separated by commas.
"""

from __future__ import annotations

import re

from aljabr.programmes.records import Fact, Programme, Text

LITERAL = re.compile(r'"([^"]*)"')
REFERENCE = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*)?")
# What no letter has to say.
SILENT = frozenset({"", "none"})


def fact_values(programme: Programme, fact: Fact) -> tuple[str, ...]:
    """Return the codes a fact may hold; empty when any may come."""
    if fact.values_from == "harms":
        return tuple(harm.code for harm in programme.harms)
    return programme.relations if fact.values_from == "relations" else fact.values


def output_codes(programme: Programme, output: str) -> tuple[str, ...]:
    """Return the codes that may come out of a decision's output, in the order of the tables.

    Parameters
    ----------
    programme : Programme
        The tables.
    output : str
        ``Decision.output``, or ``Decision`` when it has one output.
    """
    found: dict[str, None] = {}
    _collect(programme, output, found, seen=set())
    return tuple(code for code in found if code not in SILENT)


def known_output(programme: Programme, output: str) -> bool:
    """Return whether a decision gives an output of that name."""
    return any(output in _outputs(programme, table.name) for table in programme.tables)


def wording(programme: Programme) -> dict[str, Text]:
    """Return what each code is called: the programme's labels, then harms, bodies, facts and amounts."""
    named = {amount.key: amount.label for amount in programme.amounts}
    named |= {fact.name: fact.label for fact in programme.facts}
    named |= {body.key: body.title for body in programme.bodies}
    named |= {harm.code: harm.label for harm in programme.harms}
    return named | programme.labels


def _outputs(programme: Programme, name: str) -> dict[str, int]:
    for table in programme.tables:
        if table.name == name:
            several = len(table.outputs) > 1
            return {f"{name}.{output.name}" if several else name: place for place, output in enumerate(table.outputs)}
    return {}


def _collect(programme: Programme, output: str, found: dict[str, None], *, seen: set[str]) -> None:
    if output in seen:
        return
    seen.add(output)
    for table in programme.tables:
        place = _outputs(programme, table.name).get(output)
        if place is None:
            continue
        for cell in [*(rule.outputs[place] for rule in table.rules), table.outputs[place].default]:
            for text in LITERAL.findall(cell):
                found |= dict.fromkeys(part.strip() for part in text.split(","))
            for name in REFERENCE.findall(LITERAL.sub("", cell)):
                _collect(programme, name, found, seen=seen)
