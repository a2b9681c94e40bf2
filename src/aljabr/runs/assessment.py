"""Determines facts that are already in order: a file with one row per claim item goes in, determinations come out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from aljabr.errors import SourceBroken, UsageError
from aljabr.outside import check_given_file
from aljabr.programmes import load_programme, refuse_real_claims
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.rules import amount_inputs, assess
from aljabr.runs.facts import ENGINE_TYPES, fact_type
from aljabr.runs.tables import read_table, write_table
from aljabr.runs.writing import check_place, finished_folder


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """Counts by outcome, and where the determinations lie."""

    out: Path
    outcomes: dict[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the result for machines."""
        return {"out": str(self.out), "items": sum(self.outcomes.values()), "outcomes": self.outcomes}

    def lines(self) -> list[str]:
        """Return the result for people."""
        counted = [f"  {outcome}: {items:,}" for outcome, items in self.outcomes.items()]
        return [
            f"{sum(self.outcomes.values()):,} items determined:",
            *counted,
            f"Determinations: {self.out / 'determinations.csv'}",
        ]


def assess_file(programme: str, facts: Path, out: Path, *, as_of: date | None = None, synthetic: bool = False) -> Assessment:
    """Determine every row of a facts file.

    Parameters
    ----------
    programme : str
        A shipped programme's name, or a folder.
    facts : Path
        CSV or Parquet, one row per claim item, with ``item_id`` and any of the programme's facts; an absent fact is missing.
    out : Path
        Folder for ``determinations.parquet`` and ``determinations.csv``.
    as_of : date, optional
        ``decided_on`` of every row; today in the programme's zone otherwise.
    synthetic : bool
        Declares that every row is invented; a programme that is ``synthetic_only`` takes no others.

    Raises
    ------
    SyntheticOnly
        When the programme takes invented claims only and these are not declared to be.
    UsageError
        When the file is missing, has no or a repeated ``item_id``, or a column the programme does not know.
    SourceBroken
        When the file cannot be read, or a value is not of its fact's type.
    """
    check_place(out)
    law = load_programme(programme)
    refuse_real_claims(law, synthetic=synthetic)
    with Database() as db:
        db.load("_given", _read(facts))
        _type_facts(db, law, as_of=as_of or law.legal_day())
        amount_inputs(db, law)
        assess(db, law)
        with finished_folder(out) as folder:
            db.write("determinations", folder)
            write_table(folder / "determinations.csv", db.arrow("SELECT * FROM determinations ORDER BY determination_id"))
        counted = db.rows("SELECT outcome, count(*) FROM determinations GROUP BY outcome ORDER BY outcome")
    return Assessment(out=out, outcomes=dict(counted))


def _read(path: Path) -> Any:
    check_given_file(path, "Name a CSV or Parquet file with one row per claim item.")
    if path.suffix != ".parquet":
        return read_table(path)
    try:
        return pq.read_table(path)
    except OSError as error:
        raise SourceBroken(f"{path} cannot be read as Parquet: {error}.", "Export it again.") from error


def _type_facts(db: Database, programme: Programme, *, as_of: date) -> None:
    given = set(db.columns("_given")) - {"row", "line"}
    types = {**ENGINE_TYPES, **{fact.name: fact_type(fact) for fact in programme.facts if fact.source != "engine"}}
    amounts = {amount.key for amount in programme.amounts}
    unknown = sorted(given - types.keys() - amounts - {"item_id", "claim_id"})
    if "item_id" not in given:
        raise UsageError("The facts have no column item_id.", "Add one with a different text in every row.")
    if unknown:
        raise UsageError(f"{programme.key} has no fact {', '.join(unknown)}.", f"Its facts are {', '.join(sorted(types))}.")
    columns = [
        f'CAST(CAST($as_of AS TEXT) AS DATE) AS "{name}"' if name == "decided_on" else _column(name, kind, given)
        for name, kind in types.items()
    ]
    claim = "CAST(claim_id AS TEXT)" if "claim_id" in given else "CAST(item_id AS TEXT)"
    try:
        db.execute(
            f"CREATE TABLE facts AS SELECT CAST(item_id AS TEXT) AS item_id, {claim} AS claim_id, {', '.join(columns)} FROM _given "
            "ORDER BY 1",
            {"as_of": as_of.isoformat()},
        )
    except db.conversion_errors as error:
        raise SourceBroken(
            f"A value is not of its fact's type: {str(error).splitlines()[0]}.", "Correct it, or leave it empty."
        ) from error
    repeated = db.value("SELECT item_id FROM facts GROUP BY item_id HAVING count(*) > 1 OR item_id IS NULL ORDER BY 1 LIMIT 1")
    if repeated is not None:
        raise UsageError(f"The item_id {repeated!r} stands in more than one row.", "Give every row its own.")


def _column(name: str, kind: str, given: set[str]) -> str:
    if name not in given:
        return f'CAST(NULL AS {kind}) AS "{name}"'
    return f'CAST(nullif(trim(CAST("{name}" AS TEXT)), \'\') AS {kind}) AS "{name}"'
