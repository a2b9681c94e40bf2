"""The relations every room agrees on, each named by its grain, as tables somebody can read.

``TEXT`` columns hold Unicode; ``*_minor`` columns are integer minor units; ``*_on`` columns are dates. A relation that
``extends`` takes further columns that a programme declares (its facts).
"""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.errors import AljabrError

SCHEMA_VERSION = "1"


@dataclass(frozen=True, kw_only=True)
class Relation:
    """One typed table.

    Parameters
    ----------
    name : str
        The relation's name, its grain in the plural.
    grain : str
        What one row stands for.
    key : tuple of str
        The columns that identify a row; files are written in this order.
    columns : dict of str to str
        Column name to DuckDB type.
    extends : bool
        Whether a programme adds columns of its own.
    """

    name: str
    grain: str
    key: tuple[str, ...]
    columns: dict[str, str]
    extends: bool = False


def _relation(name: str, grain: str, key: str, columns: str, *, extends: bool = False) -> Relation:
    declared = dict(_column(part) for part in columns.split(","))
    return Relation(name=name, grain=grain, key=tuple(key.split()), columns=declared, extends=extends)


def _column(declared: str) -> tuple[str, str]:
    name, kind = declared.split()
    return name, kind


_ALL = (
    _relation(
        "source_records",
        "one row of a source file",
        "record_id",
        "record_id TEXT, source TEXT, row BIGINT, line BIGINT, status TEXT, reference TEXT",
    ),
    _relation(
        "linked_records",
        "one row of a file that was linked as it is",
        "record_id",
        "record_id TEXT, source TEXT, row BIGINT, person_id TEXT, fields TEXT",
    ),
    _relation(
        "issues",
        "one refused or doubtful value",
        "issue_id",
        "issue_id TEXT, record_id TEXT, source TEXT, row BIGINT, line BIGINT, cell TEXT, column_name TEXT, value TEXT, "
        "code TEXT, severity TEXT, reason TEXT",
    ),
    _relation(
        "person_records",
        "one mention of a person in a record",
        "person_record_id",
        "person_record_id TEXT, record_id TEXT, role TEXT, full_name TEXT, sex TEXT, born TEXT, born_earliest_on DATE, "
        "born_latest_on DATE, id_number TEXT, phone TEXT, household TEXT, place TEXT, phones TEXT",
    ),
    _relation(
        "relationships",
        "one stated relation between two mentions",
        "relationship_id",
        "relationship_id TEXT, record_id TEXT, person_record_id TEXT, relation TEXT, other_person_record_id TEXT",
    ),
    _relation(
        "claims",
        "one claim as lodged",
        "claim_id",
        "claim_id TEXT, record_id TEXT, source TEXT, reference TEXT, claimant_person_record_id TEXT, filed_on DATE, "
        "language TEXT, account TEXT",
    ),
    _relation(
        "claim_items",
        "one head of loss in a claim",
        "item_id",
        "item_id TEXT, claim_id TEXT, harm TEXT, victim_person_record_id TEXT, incident TEXT, incident_earliest_on DATE, "
        "incident_latest_on DATE, place TEXT, property_ref TEXT, claimed_minor BIGINT",
        extends=True,
    ),
    _relation("exhibits", "one piece of evidence named for an item", "exhibit_id", "exhibit_id TEXT, item_id TEXT, kind TEXT"),
    _relation(
        "pair_scores",
        "one compared pair of mentions that reached the review threshold",
        "left_id right_id",
        "left_id TEXT, right_id TEXT, match_weight DOUBLE, probability DOUBLE, explanation TEXT",
    ),
    _relation(
        "person_members",
        "one mention's place in a cluster",
        "person_record_id",
        "person_record_id TEXT, person_id TEXT",
    ),
    _relation("persons", "one cluster of mentions", "person_id", "person_id TEXT, full_name TEXT, mentions BIGINT"),
    _relation(
        "judgements",
        "one human edge between two records: the same person, not the same, or not to be told",
        "left_record right_record judged_at judged_by",
        "left_record TEXT, right_record TEXT, verdict TEXT, judged_by TEXT, judged_at TIMESTAMP, withdrawn_at TIMESTAMP, "
        "reason TEXT",
    ),
    _relation(
        "item_overlaps",
        "one pair of items that may be the same loss; item_id is the later one",
        "item_id other_item_id kind",
        "item_id TEXT, other_item_id TEXT, kind TEXT, probability DOUBLE, explanation TEXT",
    ),
    _relation("facts", "one claim item, as the programme's tables see it", "item_id", "item_id TEXT, claim_id TEXT", extends=True),
    _relation(
        "determinations",
        "one claim item determined under one programme version",
        "determination_id",
        "determination_id TEXT, item_id TEXT, claim_id TEXT, harm TEXT, outcome TEXT, ground TEXT, amount_minor BIGINT, "
        "currency TEXT, tier TEXT, body TEXT, legal_basis TEXT, rule_hits TEXT, missing_facts TEXT, unsigned BOOLEAN, "
        "language TEXT, letter_text TEXT",
    ),
    _relation(
        "remedies",
        "one remedy that a granted item gives besides or instead of one sum",
        "remedy_id",
        "remedy_id TEXT, determination_id TEXT, claim_id TEXT, person_id TEXT, remedy TEXT, kind TEXT, amount_minor BIGINT, "
        "currency TEXT, from_on DATE",
    ),
    _relation(
        "awards",
        "one payable entitlement of one person for one determination",
        "award_id",
        "award_id TEXT, determination_id TEXT, claim_id TEXT, person_id TEXT, tier TEXT, entitled_minor BIGINT, "
        "awarded_minor BIGINT, currency TEXT",
    ),
    _relation(
        "allocations",
        "one instalment of one award",
        "award_id instalment",
        "award_id TEXT, instalment BIGINT, amount_minor BIGINT, due_on DATE",
    ),
    _relation(
        "payment_orders",
        "one payment to one person in one instalment",
        "order_id",
        "order_id TEXT, claim_id TEXT, person_id TEXT, payee_name TEXT, method TEXT, account TEXT, amount_minor BIGINT, "
        "currency TEXT, instalment BIGINT, due_on DATE",
    ),
    _relation(
        "commitments",
        "one determination sealed in the public record; the salt is private",
        "determination_id",
        "determination_id TEXT, salt_hex TEXT, commitment TEXT",
    ),
)

RELATIONS: dict[str, Relation] = {relation.name: relation for relation in _ALL}


def relation(name: str) -> Relation:
    """Return the relation of that name.

    Raises
    ------
    AljabrError
        When no relation has that name.
    """
    if name not in RELATIONS:
        raise AljabrError(f"There is no relation {name!r}.", f"The relations are {', '.join(RELATIONS)}.")
    return RELATIONS[name]
