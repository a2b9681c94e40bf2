"""Indexes the mentions of a run as a register, and finds the candidates for one new record in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aljabr.errors import UsageError
from aljabr.linkage.matching import Candidate, RegisterIndex, build_index
from aljabr.linkage.mentions import take_mentions
from aljabr.names.dates import parse_date
from aljabr.names.identifiers import first_phone, identifier
from aljabr.relations import Database

_TEXTS = ("full_name", "mother", "sex", "email", "household", "place", "region")
_READ: dict[str, Callable[[str], str | None]] = {"phone": first_phone, "id_number": identifier}


@dataclass(frozen=True, kw_only=True)
class IndexedRegister:
    """What indexing did."""

    folder: Path
    records: int

    def to_dict(self) -> dict[str, Any]:
        """Return the result for machines."""
        return {"register": str(self.folder), "records": self.records}

    def lines(self) -> list[str]:
        """Return the result for people."""
        return [
            f"{self.records:,} records indexed in {self.folder}. It holds personal data.",
            f'Find one: aljabr linkage match {self.folder} --record \'{{"full_name": "…", "born": "1980"}}\'',
        ]


@dataclass(frozen=True, kw_only=True)
class Matched:
    """The candidates for one record, best first, and the weight from which a batch would link."""

    candidates: tuple[Candidate, ...]
    link_weight: float

    def to_dict(self) -> dict[str, Any]:
        """Return the candidates for machines."""
        return {
            "link_weight": self.link_weight,
            "candidates": [
                {
                    "record": found.record,
                    "full_name": found.full_name,
                    "match_weight": found.match_weight,
                    "probability": found.probability,
                    "explanation": [
                        {"comparison": comparison, "level": level, "weight": weight}
                        for comparison, level, weight in found.explanation
                    ],
                }
                for found in self.candidates
            ],
        }

    def lines(self) -> list[str]:
        """Return the candidates for people."""
        if not self.candidates:
            return ["Nobody in the register comes near this record."]
        told = []
        for found in self.candidates:
            mark = "would be linked" if found.match_weight >= self.link_weight else "doubtful"
            told.append(
                f"{found.record}  {found.full_name or '—'}  {found.match_weight:+.1f} bits, {_chance(found.probability)} ({mark})"
            )
            told += [f"    {weight:+5.1f}  {level}" for _, level, weight in found.explanation]
        return [*told, "These are proposals: people decide."]


def _chance(probability: float) -> str:
    return "> 99.9%" if probability > 0.999 else f"{probability:.1%}"  # never rounded to certainty


def index_register(out: Path, folder: Path) -> IndexedRegister:
    """Index the mentions of a run.

    Parameters
    ----------
    out : Path
        The folder that ``run`` wrote.
    folder : Path
        Gets the index.
    """
    relations = out / "private" / "relations"
    if not (relations / "person_records.parquet").is_file():
        raise UsageError(f"{out} holds no mentions of persons.", "Name a folder that aljabr run wrote.")
    with Database() as db:
        for name in ("person_records", "claims", "claim_items"):
            db.read(name, relations)
        take_mentions(db)
        return IndexedRegister(folder=folder, records=build_index(db, folder))


def match_record(folder: Path, record: str, *, limit: int = 10) -> Matched:
    """Find the candidates for one record given as JSON.

    Parameters
    ----------
    folder : Path
        An index of a register.
    record : str
        A JSON object with some of full_name, mother, sex, born, id_number, phone, email, household, place (P-code), region.
    limit : int
        How many candidates at most.

    Raises
    ------
    UsageError
        When the record is no such object, or a value cannot be read.
    """
    index = RegisterIndex(folder)
    return Matched(candidates=tuple(index.match(_taken(record), limit=limit)), link_weight=index.scorer.link_weight)


def _taken(record: str) -> dict[str, Any]:
    known = (*_TEXTS, *_READ, "born")
    way_out = f"Give an object of texts with some of {', '.join(known)}."
    try:
        given = json.loads(record)
    except ValueError as error:
        raise UsageError(f"--record is no JSON: {error}.", way_out) from error
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()) or set(given) - set(known):
        raise UsageError("--record is no object of texts under known names.", way_out)
    taken: dict[str, Any] = {name: given[name].strip() or None for name in _TEXTS if name in given}
    for name, read in _READ.items():
        if given.get(name, "").strip():
            taken[name] = read(given[name])
            if taken[name] is None:
                raise UsageError(f"{name} {given[name]!r} cannot be read.", "Leave it out, or mend it.")
    if given.get("born", "").strip():
        try:
            born = parse_date(given["born"])
        except ValueError as error:
            raise UsageError(f"born cannot be read: {error}.", "Write for example 1980-02-03 or 1980.") from error
        taken |= {"born_earliest_on": born.earliest, "born_latest_on": born.latest}
    return taken
