"""Writes a simulation: the page, one Parquet file for every table on it, and the items themselves in a private folder.

Tables hold what the page shows, small cells withheld as nulls, so that they may be passed on; ``private/items.parquet`` holds every
item whose outcome or money differs and stays with the commission. The same simulation gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from aljabr.relations import SCHEMA_VERSION, Database
from aljabr.report.simulation_figures import SimulationFigures

_MONEY = pa.decimal128(38, 0)
_ITEMS = """
SELECT '{change}' AS change, item_id, outcome_before, outcome_after, before_minor, after_minor FROM _items_{number}
"""


def write_tables(figures: SimulationFigures, folder: Path) -> None:
    """Write ``outcomes``, ``effects``, ``transitions`` and, where asked for, ``waiting`` and ``sweep``."""
    outcomes = [(s.key, code, items) for s in figures.scenarios for code, items in s.outcomes.items()]
    _write(folder / "outcomes.parquet", {"scenario": pa.string(), "outcome": pa.string(), "items": pa.int64()}, outcomes)
    moves = [(s.key, t.before, t.after, t.items) for s in figures.changes for t in s.transitions]
    columns = {"change": pa.string(), "outcome_before": pa.string(), "outcome_after": pa.string(), "items": pa.int64()}
    _write(folder / "transitions.parquet", columns, moves)
    _write(folder / "effects.parquet", _EFFECTS, list(_effects(figures)))
    if figures.budget_minor is not None:
        waits = [
            (s.key, s.waiting.decided_months, s.waiting.median_months, s.waiting.ninetieth_months, s.waiting.last_months)
            for s in figures.scenarios
            if s.waiting
        ]
        names = ("decided_months", "median_months", "ninetieth_months", "last_months")
        _write(folder / "waiting.parquet", {"scenario": pa.string(), **dict.fromkeys(names, pa.int64())}, waits)
    if figures.sweep:
        points = [(figures.sweep.name, p.scenario, p.value, p.persons, p.money_minor) for p in figures.sweep.points]
        columns = {"number": pa.string(), "scenario": pa.string(), "value": pa.string(), "persons": pa.int64()}
        _write(folder / "sweep.parquet", {**columns, "money_minor": _MONEY}, points)


def write_items(db: Database, changes: Sequence[str], folder: Path) -> None:
    """Write the items that come out otherwise, by change and item."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = [_ITEMS.format(change=key.replace("'", "''"), number=number) for number, key in enumerate(changes, 1)]
    table = db.arrow(f"SELECT * FROM ({' UNION ALL '.join(parts)}) ORDER BY change, item_id")
    _store(folder / "items.parquet", table)


_EFFECTS = {
    "change": pa.string(),
    "column": pa.string(),
    "group": pa.string(),
    "persons": pa.int64(),
    "gain": pa.int64(),
    "lose": pa.int64(),
    "unchanged": pa.int64(),
    "before_minor": _MONEY,
    "after_minor": _MONEY,
}


def _effects(figures: SimulationFigures) -> Iterable[tuple[object, ...]]:
    for scenario in figures.changes:
        parts = [("", [scenario.total] if scenario.total else []), *((b.column, list(b.rows)) for b in scenario.breakdowns)]
        for column, rows in parts:
            for r in rows:
                yield scenario.key, column, r.group, r.persons, r.gain, r.lose, r.unchanged, r.before_minor, r.after_minor


def _write(path: Path, columns: dict[str, pa.DataType], rows: Sequence[Sequence[object]]) -> None:
    listed = list(zip(*rows, strict=True)) or [() for _ in columns]
    arrays = [pa.array(values, kind) for values, kind in zip(listed, columns.values(), strict=True)]
    _store(path, pa.Table.from_arrays(arrays, names=list(columns)))


def _store(path: Path, table: pa.Table) -> None:
    pq.write_table(table.replace_schema_metadata({"schema_version": SCHEMA_VERSION}), path, compression="zstd")
