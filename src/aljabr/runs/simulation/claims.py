"""Lays out the claims a change is tried on: a file of facts, or the output of a finished run.

Two relations come out: ``facts`` (``row``, its place in the file, and what the tables read, typed) and ``_standing`` (``row``,
``item_id``, ``person``, ``filed_on`` and one ``by_…`` column for everything people are grouped by). A column of a facts file that
is no fact is for grouping only; no table ever reads it. Of a run's output, the claimant's sex and age are such columns; a protected
attribute is grouped by only when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
from sqlglot import exp

from aljabr.errors import SourceBroken, UsageError
from aljabr.outside import check_given_file
from aljabr.programmes.attributes import protected_by_name
from aljabr.programmes.records import Programme
from aljabr.relations import Database
from aljabr.runs.facts import ENGINE_TYPES, fact_type
from aljabr.runs.tables import read_table

KEYS = ("item_id", "claim_id", "person_id", "row", "line")
MOST_GROUPS = 40
# Columns to group by carry this before their name, so that none can be taken for a key.
GROUP = "by_"
# What a run's output adds to its facts, for grouping: the claimant as lodged, the person found by linkage.
_RUN = """
CREATE OR REPLACE TEMP TABLE _given AS
SELECT f.*, i.place, p.sex, coalesce(m.person_id, p.person_record_id, f.claim_id) AS person_id,
       CASE WHEN _age(f.decided_on, p.born_latest_on) = _age(f.decided_on, p.born_earliest_on)
            THEN _age(f.decided_on, p.born_latest_on) END AS age
FROM facts f
LEFT JOIN claim_items i USING (item_id)
LEFT JOIN claims c ON c.claim_id = f.claim_id
LEFT JOIN person_records p ON p.person_record_id = c.claimant_person_record_id
LEFT JOIN person_members m ON m.person_record_id = p.person_record_id
"""


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What was laid out: the number of items, the columns to group by, those left out and why."""

    items: int
    groups: tuple[str, ...]
    left_out: dict[str, str]


def lay_out_claims(db: Database, programmes: Sequence[Programme], path: Path, *, by: Sequence[str], as_of: date | None) -> Claims:
    """Fill ``facts`` and ``_standing``.

    Parameters
    ----------
    db : Database
        Empty.
    programmes : sequence of Programme
        The one in force, then each changed one; what any of them reads is laid out.
    path : Path
        CSV or Parquet, one row per claim item; or a folder that ``aljabr run`` wrote.
    by : sequence of str
        Columns to group by, ``COLUMN=18:30:60`` for a number in bands; when empty, the harm, the intake facts with declared codes
        and whatever is no fact.
    as_of : date, optional
        ``decided_on`` of every row; otherwise what the claims say.

    Raises
    ------
    UsageError
        When the path or a column is not there.
    SourceBroken
        When a value is not of its fact's type.
    """
    _read(db, path)
    given = {name: kind for name, kind in db.columns("_given").items() if name not in ("row", "line")}
    if "item_id" not in given:
        raise UsageError("The facts have no column item_id.", "Add one with a different text in every row.")
    types = _types(programmes)
    amounts = {amount.key for programme in programmes for amount in programme.amounts}
    extra = [name for name in given if name not in types and name not in amounts and name not in KEYS]
    banded = _bands([spelled for spelled in by if "=" in spelled], [*extra, *types])
    wanted = list(dict.fromkeys(spelled.partition("=")[0] for spelled in by))
    for name in wanted:
        if name not in extra and name not in types:
            raise UsageError(f"There is no column {name} to group by.", f"There are {', '.join([*extra, *types])}.")
    shown = {name: _text(name) if name in given else "CAST(NULL AS TEXT)" for name in [*extra, *types]} | banded
    groups, left_out = _groups(db, programmes[0], wanted, extra, shown)
    _fill(db, types, given, {name: shown[name] for name in groups}, as_of=as_of)
    return Claims(items=int(db.value("SELECT count(*) FROM facts")), groups=groups, left_out=left_out)


def _read(db: Database, path: Path) -> None:
    relations = path / "private" / "relations"
    if relations.is_dir():
        for name in ("facts", "claims", "claim_items", "person_records", "person_members"):
            if (relations / f"{name}.parquet").exists():
                db.read(name, relations)
            else:
                db.create(name)
        db.execute("CREATE OR REPLACE TEMP MACRO _age(day, born) AS CAST(date_part('year', age(day, born)) AS BIGINT)")
        db.execute(_RUN)
        return
    check_given_file(path, "Name a CSV or Parquet file of facts, or a folder that aljabr run wrote.")
    if path.suffix != ".parquet":
        db.load("_given", read_table(path))
        return
    try:
        db.load("_given", pq.read_table(path))
    except OSError as error:
        raise SourceBroken(f"{path} cannot be read as Parquet: {error}.", "Export it again.") from error


def _types(programmes: Sequence[Programme]) -> dict[str, str]:
    found = dict(ENGINE_TYPES)
    for programme in programmes:
        found |= {fact.name: fact_type(fact) for fact in programme.facts if fact.source != "engine"}
    return found


def _fill(db: Database, types: dict[str, str], given: dict[str, str], shown: dict[str, str], *, as_of: date | None) -> None:
    typed = {name: _typed(name, kind, given) for name, kind in types.items()}
    if as_of:
        typed["decided_on"] = f"DATE '{as_of.isoformat()}'"
    facts = ", ".join(f"{sql} AS {_quoted(name)}" for name, sql in typed.items())
    person = next(name for name in ("person_id", "claim_id", "item_id") if name in given)
    standing = "".join(f", {sql} AS {_quoted(GROUP + name)}" for name, sql in shown.items())
    try:
        db.execute(f"CREATE OR REPLACE TABLE facts AS SELECT rowid AS row, {facts} FROM _given")
        db.execute(
            f"CREATE OR REPLACE TEMP TABLE _standing AS SELECT rowid AS row, CAST(item_id AS TEXT) AS item_id, "
            f"coalesce(CAST({person} AS TEXT), CAST(item_id AS TEXT)) AS person, {_typed('filed_on', 'DATE', given)} AS filed_on"
            f"{standing} FROM _given"
        )
    except db.conversion_errors as error:
        raise SourceBroken(
            f"A value is not of its type: {str(error).splitlines()[0]}.", "Correct it, or leave it empty."
        ) from error
    db.execute("DROP TABLE _given")
    repeated = db.value("SELECT item_id FROM _standing GROUP BY item_id HAVING count(*) > 1 OR item_id IS NULL ORDER BY 1 LIMIT 1")
    if repeated is not None:
        raise UsageError(f"The item_id {repeated!r} stands in more than one row.", "Give every row its own.")


def _typed(name: str, kind: str, given: dict[str, str]) -> str:
    if name not in given:
        return f"CAST(NULL AS {kind})"
    if given[name] == kind.replace("TEXT", "VARCHAR") and kind != "TEXT":
        return _quoted(name)
    return f"CAST({_text(name)} AS {kind})"


def _text(name: str) -> str:
    return f"nullif(trim(CAST({_quoted(name)} AS TEXT)), '')"


def _quoted(name: str) -> str:
    quoted: str = exp.to_identifier(name, quoted=True).sql(dialect="duckdb")
    return quoted


def _bands(written: Sequence[str], known: list[str]) -> dict[str, str]:
    """SQL of each banded column: ``-17``, ``18-29``, ``30-``."""
    found = {}
    for spelled in written:
        name, _, limits = spelled.partition("=")
        try:
            starts = [int(part) for part in limits.split(":")]
        except ValueError as error:
            raise _misspelt(spelled) from error
        if starts != sorted(set(starts)):
            raise _misspelt(spelled)
        if name not in known:
            raise UsageError(f"There is no column {name} to put into bands.", f"There are {', '.join(known)}.")
        number = f"TRY_CAST({_text(name)} AS DECIMAL(38, 6))"
        labels = [f"{start}–{end - 1}" for start, end in pairwise(starts)] + [f"{starts[-1]}+"]
        cases = [f"WHEN {number} < {starts[0]} THEN '<{starts[0]}'"]
        cases += [f"WHEN {number} < {end} THEN '{label}'" for end, label in zip(starts[1:], labels, strict=False)]
        found[name] = f"CASE {' '.join(cases)} WHEN {number} >= {starts[-1]} THEN '{labels[-1]}' END"
    return found


def _misspelt(spelled: str) -> UsageError:
    return UsageError(f"--by {spelled} is not COLUMN=N:N:…", "Write the first number of each band, e.g. --by age=18:30:45:60.")


def _groups(
    db: Database, programme: Programme, by: list[str], extra: list[str], shown: dict[str, str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    protected = {fact.name for fact in programme.facts if fact.protected}
    protected |= {name for name in extra if protected_by_name(name)}
    coded = [fact.name for fact in programme.facts if fact.source == "intake" and fact.values]
    wanted = by or list(dict.fromkeys(["harm", *coded, *extra]))
    kept, left_out = [], {}
    for name in wanted:
        count = int(db.value(f"SELECT count(DISTINCT {shown[name]}) FROM _given"))
        if count > MOST_GROUPS:
            if by:
                way_out = f"Put a number into bands (--by {name}=18:30:60), or group it before."
                raise UsageError(f"The column {name} has {count} different values; a breakdown has at most {MOST_GROUPS}.", way_out)
            left_out[name] = f"{count} different values; at most {MOST_GROUPS} are broken down"
        elif not by and name in protected:
            left_out[name] = "a protected attribute; broken down only with --by"
        elif count or by:
            kept.append(name)
    return tuple(kept), left_out
