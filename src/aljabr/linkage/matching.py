"""Finds the candidates for one new record in a register, in process: an index built once, opened by mapping its files.

The index holds the register's features as an Arrow file, all blocking keys as one sorted array of hashes with the records they
lead to, and the statistics that scores rest on. A score is the batch score: the same frozen scorer, the same conditions, and the
frequencies of the register as it was indexed; what a batch knows of who stands beside a record (``company``) is not weighed here.

A block too large to compare within is cut by the scorer's ``splits``; a part that is too large still proposes nobody.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from math import log2
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from sqlglot import exp

from aljabr.errors import SourceBroken
from aljabr.linkage.conditions import Condition, condition
from aljabr.linkage.features import derive_records
from aljabr.linkage.frequencies import weigh_names, weigh_values
from aljabr.linkage.one_mention import Surroundings, read_mention
from aljabr.linkage.scorers import Scorer, scorer_named
from aljabr.linkage.telling import told_names
from aljabr.relations import Database

FORMAT = 2
_FILES = ("index.json", "records.arrow", "keys.npy", "rows.npy")
_UNIT = "\x1f"

_FAMILIES = """
WITH placed AS (
  SELECT unnest(keys) AS key, generate_subscripts(keys, 1) AS position, len(keys) AS words FROM (
    SELECT DISTINCT full_name, string_split(substr(run, 2, length(run) - 2), '  ') AS keys
    FROM linkage_records WHERE run IS NOT NULL)
)
SELECT key FROM placed GROUP BY key
HAVING count(*) FILTER (WHERE words > 3 AND position = words) > count(*) FILTER (WHERE position < least(words, 4)) ORDER BY key
"""
# A row for each year a birth may be of.
_SPREAD = """
CREATE OR REPLACE TEMP VIEW linkage_spread AS SELECT * REPLACE (unnest(born_years) AS born_years) FROM linkage_records
"""
_BATCHES = """
SELECT id_batch, min(id_serial), max(id_serial) FROM linkage_records WHERE id_batch IS NOT NULL GROUP BY id_batch ORDER BY id_batch
"""
_HOT = """
CREATE OR REPLACE TEMP TABLE linkage_hot AS
SELECT rule, key FROM linkage_index_keys GROUP BY rule, key HAVING count(*) > $bound
"""
_COOL = "DELETE FROM linkage_index_keys WHERE (rule, key) IN (SELECT (rule, key) FROM linkage_hot)"
_KEPT = """
SELECT key, CAST(n AS INTEGER) AS n FROM (
  SELECT key, n FROM linkage_index_keys
  UNION ALL SELECT key, n FROM (SELECT *, count(*) OVER (PARTITION BY key) AS size FROM linkage_index_parts) WHERE size <= ?
) ORDER BY key, n
"""


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """One record of the register that may be the new record's person.

    Parameters
    ----------
    record : str
        Its id in the register.
    full_name : str or None
        Its name, as written.
    match_weight, probability : float
        The batch score.
    explanation : tuple of (comparison, level, weight)
        What was compared, how it came out, what it weighs in bits.
    """

    record: str
    full_name: str | None
    match_weight: float
    probability: float
    explanation: tuple[tuple[str, str, float], ...]


@dataclass(frozen=True, kw_only=True)
class _Level:
    holds: Condition
    label: str
    weight: float
    frequency_of: str
    base: float


class RegisterIndex:
    """An opened index; ``match`` finds candidates. Build one with ``build_index``."""

    def __init__(self, folder: Path) -> None:
        try:
            content = json.loads((folder / _FILES[0]).read_text(encoding="utf-8"))
            if content["format"] != FORMAT:
                raise SourceBroken(f"{folder} is an index of another format.", "Build it again.")
            self._records = pa.ipc.open_file(pa.memory_map(str(folder / _FILES[1]))).read_all()
            self._keys: np.ndarray[Any, Any] = np.load(folder / _FILES[2], mmap_mode="r")
            self._rows: np.ndarray[Any, Any] = np.load(folder / _FILES[3], mmap_mode="r")
        except (OSError, ValueError, KeyError, pa.ArrowException) as error:
            raise SourceBroken(f"{folder} is no index of a register: {error}.", "Build one with aljabr linkage index.") from error
        self.scorer = scorer_named(str(content["scorer"]))
        self.mentions = int(content["mentions"])
        self.surroundings = Surroundings(
            families=frozenset(content["families"]),
            shared_phones=frozenset(content["shared_phones"]),
            doubtful_ids=frozenset(content["doubtful_ids"]),
            features=self.scorer.features,
            batches={name: (first, last) for name, first, last in content["batches"]},
        )
        self._frequencies: dict[str, dict[str, float]] = content["frequencies"]
        prior = self.scorer.prior(self.mentions)
        self._prior = log2(prior / (1 - prior))
        self._comparisons = [(c.name, condition(c.unknown), _levels(self.scorer, c.levels)) for c in self.scorer.comparisons]
        self.match({"full_name": "محمد علي 1"}, limit=1)  # what names needs is read now, so that the first answer is as quick

    def match(self, taken: Mapping[str, Any], *, limit: int = 10, least_weight: float | None = None) -> list[Candidate]:
        """Return the best candidates for one new record, best first.

        Parameters
        ----------
        taken : mapping
            The record's columns of ``features.TAKEN``; one that is absent is null. A candidate with its ``record`` is the record
            itself and left out.
        limit : int
            How many at most.
        least_weight : float, optional
            Match weight from which a candidate is returned; the scorer's review weight otherwise.
        """
        mention = read_mention(taken, self.surroundings)
        least = self.scorer.review_weight if least_weight is None else least_weight
        found = []
        rows = self._candidates(mention)
        for row in self._records.take(pa.array(rows)).to_pylist() if len(rows) else []:
            if row["record"] == mention["record"]:
                continue
            left, right = (mention, row) if mention["record"] and mention["record"] < row["record"] else (row, mention)
            weight, told = self._score(left, right)
            if round(weight, 6) >= least:
                found.append((weight, told, row))
        found.sort(key=lambda candidate: (-candidate[0], candidate[2]["record"]))
        return [_candidate(*candidate) for candidate in found[:limit]]

    def _candidates(self, mention: Mapping[str, Any]) -> np.ndarray[Any, Any]:
        blocks = []
        for rule, columns in self.scorer.blocking.items():
            several = [mention[column] if isinstance(mention[column], list) else [mention[column]] for column in columns]
            if [None] in several:
                continue
            for values in map(list, product(*several)):
                block = self._block(rule, values)
                if not len(block):
                    parts = ((split, mention[split]) for split in self.scorer.splits)
                    blocks += [self._block(rule, [*values, split, value]) for split, value in parts if value is not None]
                blocks.append(block)
        return np.unique(np.concatenate(blocks)) if blocks else np.empty(0, dtype=np.int32)

    def _block(self, rule: str, values: list[Any]) -> np.ndarray[Any, Any]:
        text = _UNIT.join([rule, *map(str, values)]).encode()
        key = np.uint64(int.from_bytes(hashlib.md5(text, usedforsecurity=False).digest()[:8], "little"))
        first, last = np.searchsorted(self._keys, key, "left"), np.searchsorted(self._keys, key, "right")
        return self._rows[first:last]

    def _score(self, left: Mapping[str, Any], right: Mapping[str, Any]) -> tuple[float, list[tuple[str, str, float]]]:
        if self.scorer.features > 2:
            left = {**left, **told_names(left, right)}
        whole, told = self._prior, []
        for name, unknown, levels in self._comparisons:
            if unknown(left, right):
                continue
            level = next(level for level in levels if level.holds(left, right))
            weight, common = level.weight, 0.0
            if level.frequency_of:
                shares = self._frequencies[level.frequency_of]
                known = [shares[side[level.frequency_of]] for side in (left, right) if side[level.frequency_of] in shares]
                common = level.base - log2(max(known)) if known else 0.0
            whole = whole + weight + common
            told.append((name, level.label, weight + common))
        return whole, told


def build_index(db: Database, folder: Path, *, scorer: str = "person_v3") -> int:
    """Write the index of a register into a folder and return how many records it holds.

    Parameters
    ----------
    db : Database
        Holds ``linkage_taken``, one row per record of the register; see ``features``.
    folder : Path
        Made when missing.
    scorer : str
        A scorer whose records are read by ``features``.
    """
    chosen = scorer_named(scorer)
    derive_records(db, features=chosen.features)
    columns = [column for column in db.columns("linkage_records") if column not in {"n", "together"}]
    named = exp.select(*columns).from_("linkage_records").order_by("n")
    records: Any = db.arrow(named.sql(dialect="duckdb")).combine_chunks()
    folder.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(folder / _FILES[1]), "wb") as sink, pa.ipc.new_file(sink, records.schema) as writer:
        writer.write_table(records)
    _write_keys(db, chosen, folder)
    content = {
        "format": FORMAT,
        "scorer": chosen.name,
        "mentions": records.num_rows,
        "families": _column(db, _FAMILIES),
        "shared_phones": _column(db, "SELECT DISTINCT value FROM linkage_doubts WHERE code = 'phone.crowded' ORDER BY 1"),
        "doubtful_ids": _column(db, "SELECT DISTINCT value FROM linkage_doubts WHERE column_name = 'id_number' ORDER BY 1"),
        "batches": [list(batch) for batch in db.rows(_BATCHES)] if chosen.features > 2 else [],
        "frequencies": {column: _frequency(db, chosen, column) for column in chosen.typical_frequency},
    }
    (folder / _FILES[0]).write_text(json.dumps(content, ensure_ascii=False, sort_keys=True), encoding="utf-8")
    for table in ("linkage_records", "linkage_doubts"):
        db.execute(f"DROP TABLE {table}")
    return int(records.num_rows)


def _write_keys(db: Database, scorer: Scorer, folder: Path) -> None:
    kinds = "(rule INTEGER, key UBIGINT, n INTEGER)"
    db.execute(f"CREATE OR REPLACE TEMP TABLE linkage_index_keys {kinds}")
    db.execute(f"CREATE OR REPLACE TEMP TABLE linkage_index_parts {kinds}")
    db.execute(_SPREAD)
    rules = list(enumerate(scorer.blocking.items()))
    for number, (rule, columns) in rules:
        db.execute(f"INSERT INTO linkage_index_keys {_keyed(number, rule, columns).sql(dialect='duckdb')}")
    db.connection.execute(_HOT, {"bound": scorer.block_bound})
    for number, (rule, columns) in rules:
        for split in scorer.splits:
            hot = exp.select("key").from_("linkage_hot").where(exp.column("rule").eq(number))
            part = _keyed(number, rule, columns, split).where(exp.In(this=_hash(rule, columns), query=hot.subquery()))
            db.execute(f"INSERT INTO linkage_index_parts {part.sql(dialect='duckdb')}")
    db.execute(_COOL)
    kept: Any = db.arrow(_KEPT, [scorer.block_bound])
    np.save(folder / _FILES[2], kept.column("key").to_numpy())
    np.save(folder / _FILES[3], kept.column("n").to_numpy())
    db.execute("DROP TABLE linkage_index_keys; DROP TABLE linkage_index_parts; DROP TABLE linkage_hot; DROP VIEW linkage_spread")


def _keyed(number: int, rule: str, columns: tuple[str, ...], split: str = "") -> exp.Select:
    known = [exp.column(column).is_(exp.null()).not_() for column in (*columns, *filter(None, [split]))]
    records = "linkage_spread" if "born_years" in columns else "linkage_records"
    return exp.select(exp.Literal.number(number), _hash(rule, columns, split), exp.column("n")).from_(records).where(*known)


def _hash(rule: str, columns: tuple[str, ...], split: str = "") -> exp.Expr:
    """Return the first eight bytes of the MD5 of rule and values, as a number; ``_block`` makes the same in Python."""
    values: list[exp.Expr] = [exp.cast(exp.column(column), "TEXT") for column in columns]
    if split:
        values += [exp.Literal.string(split), exp.cast(exp.column(split), "TEXT")]
    return exp.func("md5_number_upper", exp.func("concat_ws", exp.Literal.string(_UNIT), exp.Literal.string(rule), *values))


def _frequency(db: Database, scorer: Scorer, column: str) -> dict[str, float]:
    base, typical = scorer.base_frequency(column), scorer.typical_frequency[column]
    if column.endswith("_group"):
        table = weigh_names(db, part=column.removesuffix("_group"), typical=typical, base=base, features=scorer.features)
    else:
        table = weigh_values(db, records="linkage_records", column=column, typical=typical, base=base)
    shares = dict(db.rows(f'SELECT "{column}", "tf_{column}" FROM {table} ORDER BY 1'))
    db.execute(f"DROP TABLE {table}")
    return shares


def _column(db: Database, sql: str) -> list[str]:
    return [value for (value,) in db.rows(sql)]


def _levels(scorer: Scorer, levels: Any) -> list[_Level]:
    return [
        _Level(
            holds=condition(level.when),
            label=level.label,
            weight=level.weight,
            frequency_of=level.frequency_of,
            base=log2(scorer.base_frequency(level.frequency_of)) if level.frequency_of else 0.0,
        )
        for level in levels
    ]


def _candidate(weight: float, told: list[tuple[str, str, float]], row: Mapping[str, Any]) -> Candidate:
    probability = 1.0 / (1.0 + 2.0**-weight) if weight >= 0 else 2.0**weight / (1.0 + 2.0**weight)
    return Candidate(
        record=row["record"],
        full_name=row["full_name"],
        match_weight=round(weight, 6),
        probability=round(probability, 6),
        explanation=tuple((name, label, round(part, 3)) for name, label, part in told),
    )
