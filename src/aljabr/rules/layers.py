"""The columns that one table adds to the plan, step by step: rules, what the hit policy takes, conflict and hits, missing facts.

The meaning of each is the one written in ``aljabr.feel.decisions``; the property tests compare the two row by row.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from sqlglot import exp

from aljabr.feel import TypedTable, tree
from aljabr.rules.expressions import (
    all_of,
    any_of,
    called,
    case,
    cast,
    column,
    compiled,
    concatenated,
    is_null,
    output_type,
    rescaled,
    same_value,
    sum_of,
    text,
    whole,
)
from aljabr.rules.listing import row_sql
from aljabr.rules.nulls import hangs_on, reads_alike

DEFAULT_RULE = "default"
_IN_ORDER = ("UNIQUE", "ANY", "FIRST")
_ONE_HIT = ("FIRST", "PRIORITY")


def hit_text(table: str, rule: str) -> str:
    """Return one entry of ``rule_hits``."""
    return json.dumps({"table": table, "rule": rule}, ensure_ascii=False, separators=(",", ":"))


class TableLayers:
    """Names and SQL of one table's columns.

    Parameters
    ----------
    table : TypedTable
        The table.
    number : int
        Its place in the chain; makes its columns' names unlike the others'.
    columns : mapping of str to str
        The column of every name it may read.
    facts : collection of str
        Which of these names are facts or amounts.
    """

    def __init__(self, table: TypedTable, number: int, columns: Mapping[str, str], facts: frozenset[str]) -> None:
        self.table = table
        self.prefix = f"t{number}_"
        self.columns = columns
        self.facts = facts
        self.alike = [all(reads_alike(test) for test in rule.tests) for rule in table.rules]
        self.checks_conflict = table.hit_policy in ("UNIQUE", "ANY")
        # With one hit at most, a rule is a branch of a CASE, looked at only for rows no earlier branch took; otherwise a column.
        self.in_branches = table.hit_policy in _ONE_HIT
        self.by_hit = table.hit_policy in (*_ONE_HIT, "UNIQUE")
        self.values = [[self._output(cell, number) for number, cell in enumerate(rule.outputs)] for rule in table.rules]

    def rule_columns(self) -> dict[str, exp.Expression]:
        """Per rule, whether it matches; and, where it reads otherwise, with null as not known. Nothing when rules are branches."""
        found: dict[str, exp.Expression] = {}
        for place in range(0 if self.in_branches else len(self.table.rules)):
            found[f"{self.prefix}k{place}"] = self._tests(place, unknown=True)
            if not self.alike[place]:
                found[f"{self.prefix}m{place}"] = self._tests(place, unknown=False)
        return found

    def taken_columns(self) -> dict[str, exp.Expression]:
        """What the hit policy takes: the place of the (first) rule hit, conflict material, outputs that hang on several rules."""
        order = range(len(self.table.rules))
        if self.table.hit_policy == "PRIORITY":
            order = sorted(order, key=lambda place: self.table.rules[place].rank)  # type: ignore[assignment]
        hit = case([(self._match(place), _place(place)) for place in order])
        raw = {} if self.by_hit else dict(zip(self.raw_names, self._raw(list(order)), strict=True))
        if not self.checks_conflict:
            return {f"{self.prefix}hit": hit, **raw}
        matches = sum_of([case([(self._match(place), exp.Literal.number(1))], exp.Literal.number(0)) for place in order])
        return {f"{self.prefix}hit": hit, f"{self.prefix}matches": matches, **raw}

    def found_columns(self) -> dict[str, exp.Expression]:
        """The entries of ``rule_hits`` (null without any), the outputs of the one rule hit, the conflict where there can be one."""
        hits = {f"{self.prefix}hits": self._hits()}
        if self.by_hit:
            hits |= {name: self._looked_up(number) for number, name in enumerate(self.raw_names)}
        return {**hits, f"{self.prefix}conflict": self._conflict()} if self.checks_conflict else hits

    def missing_columns(self) -> dict[str, exp.Expression]:
        """Per fact, whether its absence left this table undecided; the column's name ends in the fact's place."""
        read = sorted(
            {name for rule in self.table.rules for cell in (*rule.tests, *rule.outputs) for name in tree.names(cell)} & self.facts
        )
        return {name: self._missing(name) for name in read}

    def output_columns(self) -> dict[str, exp.Expression]:
        """The outputs, null in a conflict."""
        conflict = column(f"{self.prefix}conflict")
        return {f"{self.prefix}o{number}": case([(conflict, exp.null())], column(raw)) for number, raw in enumerate(self.raw_names)}

    @property
    def raw_names(self) -> list[str]:
        """The columns of the outputs before conflicts."""
        return [f"{self.prefix}r{number}" for number in range(len(self.table.variables))]

    def _match(self, place: int) -> exp.Expression:
        if self.in_branches:
            return self._tests(place, unknown=self.alike[place])
        return column(f"{self.prefix}{'k' if self.alike[place] else 'm'}{place}")

    def _known(self, place: int) -> exp.Expression:
        return self._tests(place, unknown=True) if self.in_branches else column(f"{self.prefix}k{place}")

    def _tests(self, place: int, *, unknown: bool) -> exp.Expression:
        return all_of([compiled(test, self.columns, unknown=unknown) for test in self.table.rules[place].tests])

    def _looked_up(self, number: int) -> exp.Expression:
        """An output of the rule hit: taken out of a list when every rule writes it as a value, else one branch for every rule."""
        values = [row[number] for row in self.values]
        defaults = self._defaults()
        default = defaults[number] if defaults else None
        if any(not isinstance(rule.outputs[number], tree.Literal) for rule in self.table.rules):
            return case([(self._at(place), value) for place, value in enumerate(values)], default)
        return self._listed(values, default)

    def _listed(self, values: list[exp.Expression], default: exp.Expression | None) -> exp.Expression:
        """The value at the place of the rule hit; a constant list costs one look per row, however many rules there are."""
        hit = column(f"{self.prefix}hit")
        position = exp.Add(this=hit, expression=exp.Literal.number(1))
        found = called("list_extract", exp.Array(expressions=[value.copy() for value in values]), position)
        return found if default is None else case([(is_null(hit), default)], found)

    def _at(self, place: int) -> exp.Expression:
        return exp.EQ(this=column(f"{self.prefix}hit"), expression=_place(place))

    def _output(self, cell: tree.Expression, number: int) -> exp.Expression:
        found = list(self.table.outputs.values())[number]
        value = compiled(cell, self.columns)
        if cell.type.kind == "null" or self.table.aggregation == "COUNT":
            return cast(value, output_type(cell.type if self.table.aggregation == "COUNT" else found))
        return rescaled(value, scale=cell.type.scale, to=found.scale) if found.kind == "number" else value

    def _defaults(self) -> list[exp.Expression]:
        return [self._output(cell, number) for number, cell in enumerate(self.table.defaults)]

    def _raw(self, order: list[int]) -> list[exp.Expression]:
        if self.table.lists:
            return [self._list()]
        defaults = self._defaults()
        if self.table.aggregation:
            none = defaults[0] if defaults else whole(0) if self.table.aggregation == "COUNT" else exp.null()
            return [case([(any_of([self._matched(place) for place in order]), self._aggregated())], none)]
        return [
            case([(self._match(place), self.values[place][number]) for place in order], defaults[number] if defaults else None)
            for number in range(len(self.table.outputs))
        ]

    def _matched(self, place: int) -> exp.Expression:
        """As ``_match``, but never null."""
        return called("coalesce", self._match(place), exp.false())

    def _aggregated(self) -> exp.Expression:
        places = range(len(self.table.rules))
        if self.table.aggregation == "COUNT":
            return sum_of([case([(self._match(place), whole(1))], whole(0)) for place in places])
        if self.table.aggregation == "SUM":
            return sum_of([case([(self._match(place), self.values[place][0])], whole(0)) for place in places])
        values = [case([(self._match(place), self.values[place][0])]) for place in places]
        absent = any_of([self._both(self._matched(place), is_null(self.values[place][0])) for place in places])
        extreme = called("least" if self.table.aggregation == "MIN" else "greatest", *values) if len(values) > 1 else values[0]
        return case([(absent, exp.null())], extreme)

    def _list(self) -> exp.Expression:
        places = sorted(range(len(self.table.rules)), key=lambda place: self.table.rules[place].rank)
        rows = [case([(self._match(place), row_sql(self.table, self.values[place]))]) for place in places]
        some = any_of([self._matched(place) for place in places])
        defaults = self._defaults()
        none = concatenated([text("["), row_sql(self.table, defaults), text("]")]) if defaults else exp.null()
        return case([(some, concatenated([text("["), called("concat_ws", text(","), *rows), text("]")]))], none)

    def _hits(self) -> exp.Expression:
        name, hit = self.table.name, column(f"{self.prefix}hit")
        entries = [text(hit_text(name, rule.id)) for rule in self.table.rules]
        default = text(hit_text(name, DEFAULT_RULE)) if self.table.defaults else None
        if self.in_branches:
            return self._listed(entries, default)
        all_hits = called("concat_ws", text(","), *[case([(self._match(place), entry)]) for place, entry in enumerate(entries)])
        if self.checks_conflict:
            several = exp.GT(this=column(f"{self.prefix}matches"), expression=exp.Literal.number(1))
            return case([(several, all_hits)], self._listed(entries, default))
        return case([(is_null(hit), default or exp.null())], all_hits)

    def _conflict(self) -> exp.Expression:
        several = exp.GT(this=column(f"{self.prefix}matches"), expression=exp.Literal.number(1))
        if self.table.hit_policy == "UNIQUE":
            return several
        first = [column(raw) for raw in self.raw_names]
        other = [
            self._both(self._matched(place), exp.Not(this=all_of([same_value(a, b) for a, b in zip(first, values, strict=True)])))
            for place, values in enumerate(self.values)
        ]
        return self._both(exp.Paren(this=several), any_of(other))

    def _missing(self, name: str) -> exp.Expression:
        """(a) a test of an open rule that counts hangs on the fact, or (b) an output of a rule hit is null without it."""
        reasons = [reason for place in range(len(self.table.rules)) for reason in self._reasons(name, place)]
        # As a branch, reasons are looked at only in the rows that lack the fact, each only where none before it held.
        return case([(self._both(is_null(column(self.columns[name])), any_of(reasons)), exp.true())], exp.false())

    def _reasons(self, name: str, place: int) -> list[exp.Expression]:
        rule, hit = self.table.rules[place], column(f"{self.prefix}hit")
        reasons = []
        tests = [test for test in rule.tests if name in tree.names(test)]
        if tests:
            undecided = [] if any(hangs_on(test, name) for test in tests) else [self._unknown(tests)]
            counts = [exp.Paren(this=exp.Or(this=is_null(hit), expression=exp.GT(this=hit, expression=_place(place))))]
            open_rule = is_null(self._known(place))
            reasons.append(all_of([*(counts if self.table.hit_policy in _IN_ORDER else []), open_rule, *undecided]))
        absent = [is_null(value) for cell, value in zip(rule.outputs, self.values[place], strict=True) if name in tree.names(cell)]
        if absent:
            counted = called("coalesce", self._at(place), exp.false()) if self.in_branches else self._matched(place)
            reasons.append(self._both(counted, any_of(absent)))
        return reasons

    def _unknown(self, tests: list[tree.Expression]) -> exp.Expression:
        return any_of([is_null(compiled(test, self.columns, unknown=True)) for test in tests])

    @staticmethod
    def _both(left: exp.Expression, right: exp.Expression) -> exp.Expression:
        return all_of([left, right])


def _place(number: int) -> exp.Expression:
    return exp.Literal.number(number)
