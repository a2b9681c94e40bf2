"""What a decision table looks like before it is checked: the shape this room asks of whoever read it.

``aljabr.programmes.records.DecisionTable`` has this shape; cells, values and defaults are FEEL as written.
"""

# ruff: noqa: D102 (the members are the fields of the record, documented there)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol


class InputForm(Protocol):
    """An input clause as written."""

    @property
    def expression(self) -> str: ...
    @property
    def type(self) -> str: ...


class OutputForm(Protocol):
    """An output clause as written; ``values`` and ``default`` are FEEL."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def values(self) -> Sequence[str]: ...
    @property
    def default(self) -> str: ...


class RuleForm(Protocol):
    """A rule as written."""

    @property
    def id(self) -> str: ...
    @property
    def inputs(self) -> Sequence[str]: ...
    @property
    def outputs(self) -> Sequence[str]: ...
    @property
    def annotations(self) -> Mapping[str, str]: ...


class TableForm(Protocol):
    """A decision table as written: what ``aljabr.programmes.records.DecisionTable`` is."""

    @property
    def file(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def hit_policy(self) -> str: ...
    @property
    def aggregation(self) -> str: ...
    @property
    def requires(self) -> Sequence[str]: ...
    @property
    def inputs(self) -> Sequence[InputForm]: ...
    @property
    def outputs(self) -> Sequence[OutputForm]: ...
    @property
    def rules(self) -> Sequence[RuleForm]: ...
