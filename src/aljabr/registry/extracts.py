"""What goes out to a batch run: one snapshot of the registry as the engine's relations, with the digest of every item's facts.

The only way from the registry's tables to the engine. Steps: one READ ONLY transaction at REPEATABLE READ, so that all relations
are of one moment; each table read in batches; facts typed by the programme. A fact that is not of its type is left out, as not
known, and counted; an item whose facts have no digest is left out of the run.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db import connection, transaction

from aljabr.errors import AljabrError
from aljabr.names.identifiers import find_phones
from aljabr.programmes import Programme
from aljabr.registry.claims.models import Claim, ClaimItem, ItemOverlap
from aljabr.registry.evidence.models import Exhibit
from aljabr.registry.parties.models import Person
from aljabr.registry.results import facts_digest
from aljabr.registry.viewers import Viewer
from aljabr.relations import Database
from aljabr.runs.facts import fact_columns
from aljabr.runs.registered import Progress, determine_registered
from aljabr.values import PartialDate

BATCH = 20_000
_TYPES = {"TEXT": pa.string(), "BIGINT": pa.int64(), "DATE": pa.date32()}
_CLAIMS = "claim_id record_id source reference claimant_person_record_id filed_on language account"
_PEOPLE = (
    "person_record_id record_id role full_name sex born born_earliest_on born_latest_on id_number phone household place phones"
)
_ITEMS = (
    "item_id claim_id harm victim_person_record_id incident incident_earliest_on incident_latest_on place property_ref "
    "claimed_minor"
)
_STATED = ("incident_earliest_on", "incident_latest_on", "claimed_minor")


@dataclass(kw_only=True)
class Extract:
    """The items of a run: their digests, and what was left out of it.

    Parameters
    ----------
    digests : dict of str to str
        Digest of the facts of every item in the run.
    refused : list of str
        Items whose facts have no digest.
    untyped : int
        Facts that were not of their type and count as not known.
    """

    digests: dict[str, str] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    untyped: int = 0


@dataclass(frozen=True, kw_only=True)
class Determined:
    """What a run came to: rows for ``results.record_proposals`` and the pairs of items that may be the same loss."""

    extract: Extract
    rows: list[dict[str, Any]]
    overlaps: list[dict[str, Any]]


def determine_claims(
    viewer: Viewer, programme: Programme, *, as_of: date, unit: str = "", progress: Progress = lambda stage: None
) -> Determined:
    """Take a snapshot of the claims pinned to a programme version and determine every item of them; nothing is recorded.

    Parameters
    ----------
    viewer : Viewer
        Decides what is read.
    as_of : date
        The day the determinations are made for.
    unit : str
        The sealed unit whose claims are taken; empty for those no unit seals. A run never mixes them, so that nothing said of an
        open claim tells that a sealed one exists.

    Raises
    ------
    RuntimeError
        Inside a transaction, whose snapshot would be older than the run.
    """
    viewer.require("run.start")
    with Database() as db:
        progress("extract")
        with _snapshot(viewer):
            extract = extract_relations(db, programme, unit=unit)
        if extract.digests:
            determine_registered(db, programme, as_of=as_of, progress=progress)
            rows = db.dicts(
                "SELECT * EXCLUDE (determination_id, harm, tier, body, unsigned, language) FROM determinations ORDER BY item_id"
            )
            overlaps = db.dicts("SELECT * FROM item_overlaps ORDER BY ALL")
        else:
            rows, overlaps = [], []
    return Determined(extract=extract, rows=[_row(row, extract) for row in rows], overlaps=overlaps)


def _row(row: dict[str, Any], extract: Extract) -> dict[str, Any]:
    hits, missing = json.loads(row["rule_hits"]), json.loads(row["missing_facts"])
    return {**row, "facts_digest": extract.digests[row["item_id"]], "rule_hits": hits, "missing_facts": missing}


@contextmanager
def _snapshot(viewer: Viewer) -> Iterator[None]:
    if connection.in_atomic_block:
        raise RuntimeError("A snapshot begins its own transaction.")
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        viewer.bind()
        yield


def extract_relations(db: Database, programme: Programme, *, unit: str = "") -> Extract:
    """Fill the engine's relations from the registry's tables as the bound viewer sees them.

    Parameters
    ----------
    db : Database
        Gets ``claims``, ``claim_items``, ``person_records``, ``relationships``, ``exhibits``, ``_stated``, ``_judged``.
    programme : Programme
        Only claims pinned to its version, and sealed by ``unit`` or by none, are taken.
    """
    pinned = Claim.objects.filter(programme=programme.key, programme_hash=programme.hash, sealed_unit=unit)
    claimants = dict(Person.objects.filter(role="claimant").order_by("claim_id", "id").values_list("claim_id", "id"))
    claims = pinned.order_by("id").values_list("id", "reference", "filed_on", "language").iterator(BATCH)
    rows = ((key, key, "registry", reference, claimants.get(key), filed, said, None) for key, reference, filed, said in claims)
    _load(db, "claims", _CLAIMS, rows)
    people = Person.objects.order_by("id").iterator(BATCH)
    _load(db, "person_records", _PEOPLE, (_mention(person) for person in people))
    db.execute("DELETE FROM person_records WHERE record_id NOT IN (SELECT claim_id FROM claims)")
    extract = Extract()
    _load_items(db, programme, extract, claimants=claimants, unit=unit)
    _load_exhibits(db)
    judged = ItemOverlap.objects.exclude(verdict="").order_by("id")
    _load(db, "_judged", "item_id other_item_id kind verdict", judged.values_list("item_id", "other_item_id", "kind", "verdict"))
    return extract


def _mention(person: Person) -> tuple[object, ...]:
    try:
        born: PartialDate | None = PartialDate.from_iso(person.born)
    except ValueError:
        born = None
    first, last = (born.earliest, born.latest) if born else (None, None)
    sex = {"f": "female", "m": "male"}.get(person.sex)
    named = (person.id, person.claim_id, person.role, person.full_name, sex, person.born or None, first, last)
    numbers = find_phones(person.phone).numbers
    phone = numbers[0] if numbers else person.phone or None
    return (*named, person.id_number or None, phone, None, person.place or None, " ".join(numbers) or phone)


def _load_items(db: Database, programme: Programme, extract: Extract, *, claimants: Mapping[str, str], unit: str) -> None:
    """Fill ``claim_items`` with the programme's intake facts, and what was stated of relations and answered about exhibits."""
    own = fact_columns(programme)
    kinds = {fact.name: fact.exhibit for fact in programme.facts if fact.source == "exhibit"}
    stated: list[tuple[object, ...]] = []
    answered: list[tuple[object, ...]] = []
    pinned = {"claim__programme": programme.key, "claim__programme_hash": programme.hash, "claim__sealed_unit": unit}

    def rows() -> Iterator[tuple[object, ...]]:
        for item in ClaimItem.objects.filter(**pinned).order_by("id").iterator(BATCH):
            try:
                extract.digests[item.pk] = facts_digest(item.facts)
            except AljabrError:
                extract.refused.append(item.pk)
                continue
            if item.facts.get("relation"):
                stated.append((item.pk, str(item.facts["relation"])))
            answered.extend((item.pk, kind) for name, kind in kinds.items() if item.facts.get(name) is True)
            yield _item_row(item, claimants.get(item.claim_id, ""), own)

    _load(db, "_items", f"{_ITEMS} {' '.join(own)}", rows(), all_text=True)
    extract.untyped = _type_items(db, {**dict.fromkeys(_STATED[:2], "DATE"), "claimed_minor": "BIGINT", **own})
    _load(db, "_stated", "item_id relation", stated)
    _load(db, "_answered", "item_id kind", answered)
    db.create("relationships")
    db.execute(_RELATIONSHIPS)


def _item_row(item: ClaimItem, claimant: str, own: Iterable[str]) -> tuple[object, ...]:
    """Return an item as text; what was answered later stands before what the filing said."""
    first, last, claimed = (item.facts.get(name, getattr(item, name)) for name in _STATED)
    victim = item.victim_id if item.victim_id != claimant else ""
    row = (item.pk, item.claim_id, item.harm, victim, item.incident, first, last, item.place, item.property_ref, claimed)
    return tuple(_spelled(value) for value in (*row, *(item.facts.get(name) for name in own)))


def _type_items(db: Database, types: Mapping[str, str]) -> int:
    """Give every column its type, and return how many values had another: they count as not known."""
    counts = [f'SELECT count("{name}") - count(TRY_CAST("{name}" AS {kind})) AS n FROM _items' for name, kind in types.items()]
    untyped = int(db.value(f"SELECT sum(n) FROM ({' UNION ALL '.join(counts)})"))
    typed = ", ".join(f'TRY_CAST("{name}" AS {kind}) AS "{name}"' for name, kind in types.items())
    db.execute(f"CREATE OR REPLACE TABLE claim_items AS SELECT * REPLACE ({typed}) FROM _items ORDER BY item_id")
    db.execute("DROP TABLE _items")
    return untyped


_RELATIONSHIPS = """
INSERT INTO relationships
SELECT 'rel_' || substr(sha256(i.item_id), 1, 20), i.claim_id, c.claimant_person_record_id, s.relation, i.victim_person_record_id
FROM claim_items i JOIN claims c USING (claim_id) JOIN _stated s USING (item_id)
WHERE i.victim_person_record_id IS NOT NULL AND c.claimant_person_record_id IS NOT NULL
ORDER BY i.item_id
"""


_EXHIBITS = """
INSERT INTO exhibits
SELECT e.exhibit_id, e.item_id, e.kind FROM _exhibits e JOIN claim_items USING (item_id)
UNION ALL
SELECT 'exh_' || substr(sha256(a.item_id || ':' || a.kind), 1, 20), a.item_id, a.kind FROM _answered a
ORDER BY 1
"""


def _load_exhibits(db: Database) -> None:
    kept = Exhibit.objects.order_by("id").values_list("id", "item_id", "kind").iterator(BATCH)
    _load(db, "_exhibits", "exhibit_id item_id kind", kept)
    db.create("exhibits")
    db.execute(_EXHIBITS)
    db.execute("DROP TABLE _exhibits")
    db.execute("DROP TABLE _answered")


def _load(db: Database, name: str, columns: str, rows: Iterable[tuple[object, ...]], *, all_text: bool = False) -> None:
    """Make a table out of rows, read in batches."""
    names = columns.split()
    types = [pa.string() if all_text else _type(column) for column in names]
    schema = pa.schema(list(zip(names, types, strict=True)))
    found = [
        pa.RecordBatch.from_arrays(
            [pa.array(cells, kind) for cells, kind in zip(zip(*part, strict=True), types, strict=True)], schema=schema
        )
        for part in _batches(rows)
    ]
    db.load(name, pa.Table.from_batches(found, schema))


def _batches(rows: Iterable[tuple[object, ...]]) -> Iterator[list[tuple[object, ...]]]:
    left = iter(rows)
    while part := list(islice(left, BATCH)):
        yield part


def _type(column: str) -> pa.DataType:
    return _TYPES["DATE" if column.endswith("_on") else "BIGINT" if column.endswith("_minor") else "TEXT"]


def _spelled(value: object) -> str | None:
    if value is None or value == "":
        return None
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
