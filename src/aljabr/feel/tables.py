"""Decision tables made of typed trees, in the order in which they are decided.

They come out of ``aljabr.feel.chains.check_chain`` and of nowhere else, so whoever holds one may rely on its checks. What a table
decides for given facts is in ``aljabr.feel.decisions``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aljabr.feel import tree
from aljabr.feel.tree import Expression
from aljabr.feel.types import LIST, Type

DEFAULT_RULE = "default"
LISTING = ("RULE ORDER", "OUTPUT ORDER")
PRIORITISED = ("PRIORITY", "OUTPUT ORDER")


@dataclass(frozen=True, kw_only=True)
class TypedRule:
    """One rule: the tests that are not ``-``, the outputs, its place when outputs are ordered by priority."""

    id: str
    tests: tuple[Expression, ...]
    outputs: tuple[Expression, ...]
    annotations: Mapping[str, str]
    rank: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TypedTable:
    """One decision table that has passed every check.

    Parameters
    ----------
    outputs : dict of str to Type
        The names other decisions read it by (``Name`` for one output, ``Name.output`` for several) in the order of the clauses.
    defaults : tuple of Expression or None
        What comes out when no rule matches; empty when nothing is declared.
    """

    file: str
    id: str
    name: str
    hit_policy: str
    aggregation: str
    requires: tuple[str, ...]
    outputs: dict[str, Type]
    defaults: tuple[Expression, ...]
    rules: tuple[TypedRule, ...]

    @property
    def lists(self) -> bool:
        """Whether the decision gives a list of results."""
        return self.hit_policy in LISTING or (self.hit_policy == "COLLECT" and not self.aggregation)

    @property
    def expressions(self) -> tuple[Expression, ...]:
        """Every test, output and default."""
        return (*self.defaults, *(cell for rule in self.rules for cell in (*rule.tests, *rule.outputs)))

    @property
    def variables(self) -> dict[str, Type]:
        """What the decision gives, by the names others read it by; a list has the decision's name only."""
        return {self.name: LIST} if self.lists else self.outputs


@dataclass(frozen=True, kw_only=True)
class Chain:
    """Typed tables in an order in which each comes after those it requires, and the facts they may read."""

    inputs: dict[str, Type]
    tables: tuple[TypedTable, ...]

    @property
    def variables(self) -> dict[str, Type]:
        """What all the decisions give."""
        return {name: found for table in self.tables for name, found in table.variables.items()}

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts and amounts that are really read, sorted."""
        read = {name for table in self.tables for expression in table.expressions for name in tree.names(expression)}
        return tuple(sorted(read & set(self.inputs)))
