"""One determination again, by the reference interpreter: what a claimant, an auditor or a worked case checks against.

It reads the same tables as ``assess`` and shares with it the choice of amounts, of fields and of articles, but none of the SQL.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from aljabr.errors import UsageError
from aljabr.feel import Decision, Type, interpret
from aljabr.programmes import Programme, amounts_for
from aljabr.rules.determination import (
    ASKED,
    FIELDS,
    MISSING_FACTS,
    NO_RULE,
    RULE_CONFLICT,
    Reading,
    all_missing,
    determination_id,
    legal_basis,
    read_programme,
)
from aljabr.rules.layers import hit_text
from aljabr.rules.listing import json_text, list_text
from aljabr.values import PartialDate


def recompute(programme: Programme, facts: Mapping[str, object]) -> dict[str, object]:
    """Return the determination of one item from its facts.

    Parameters
    ----------
    programme : Programme
        The version the item was determined under.
    facts : mapping of str to object
        By name. A fact that is not there is not known (null); an exhibit that is not there was not named (false). Dates may be ISO
        text, numbers text; ``incident_on`` may stand for its earliest and latest day. Amounts are chosen again by the dates,
        whatever is given for them; ``item_id`` and ``claim_id`` pass through.

    Returns
    -------
    dict
        The fields of ``determinations`` that ``assess`` fills (``determination_id`` only with an ``item_id``).

    Raises
    ------
    UsageError
        When a fact is unknown to the programme or not of its type.
    """
    reading, known, decided = decide_again(programme, facts)
    item = facts.get("item_id")
    return {
        "determination_id": determination_id(str(item), programme.hash) if item is not None else None,
        "item_id": item,
        "claim_id": facts.get("claim_id"),
        "harm": known.get("harm"),
        **_determined(programme, reading, decided),
    }


def decide_again(programme: Programme, facts: Mapping[str, object]) -> tuple[Reading, dict[str, Any], tuple[Decision, ...]]:
    """Return the programme's reading, the facts and amounts as its tables see them, and what each table decides.

    Parameters
    ----------
    programme, facts
        As ``recompute`` takes them.

    Raises
    ------
    UsageError
        When a fact is unknown to the programme or not of its type.
    """
    reading = _read(_Same(programme))
    known = _known(programme, reading, facts)
    known |= {key: None if value is None else Decimal(value) for key, value in amounts_for(programme, known).items()}
    return reading, known, interpret(reading.chain, known)


class _Same:
    """A programme told by identity, for the cache: records with dictionaries have no hash."""

    def __init__(self, programme: Programme) -> None:
        self.programme = programme

    def __hash__(self) -> int:
        return id(self.programme)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.programme is self.programme


@lru_cache(maxsize=8)
def _read(same: _Same) -> Reading:
    return read_programme(same.programme)


def _known(programme: Programme, reading: Reading, facts: Mapping[str, object]) -> dict[str, Any]:
    given = dict(facts)
    if isinstance(partial := given.pop("incident_on", None), str | date):
        whole = PartialDate.from_iso(str(partial))
        given = {"incident_earliest_on": whole.earliest, "incident_latest_on": whole.latest, **given}
    exhibits: dict[str, Any] = {fact.name: False for fact in programme.facts if fact.source == "exhibit"}
    found = {**dict.fromkeys(reading.chain.inputs), **exhibits}
    for name, value in given.items():
        if name in reading.chain.inputs:
            found[name] = _coerced(name, value, reading.chain.inputs[name])
        elif name not in ("item_id", "claim_id"):
            raise UsageError(f"The programme {programme.key} has no fact {name}.", f"It has {', '.join(reading.chain.inputs)}.")
    return found


def _coerced(name: str, value: object, found: Type) -> Any:
    try:
        match found.kind, value:
            case _, None:
                return None
            case "boolean", bool():
                return value
            case "number", int() | Decimal() | str() if not isinstance(value, bool):
                return Decimal(value)
            case "date", date():
                return value
            case "date", str():
                return date.fromisoformat(value)
            case "string", str():
                return value
    except (ValueError, InvalidOperation):
        pass
    raise UsageError(f"The fact {name} is {value!r}, not a {found}.", "Mend the fact.")


def _determined(programme: Programme, reading: Reading, decided: tuple[Decision, ...]) -> dict[str, object]:
    fields = _fields(reading, decided)
    missing = sorted(set().union(*(decision.missing for decision in decided)))
    hits = "[" + ",".join(hit_text(decision.table.name, rule) for decision in decided for rule in decision.hits) + "]"
    if any(decision.conflict for decision in decided):
        fields |= {"outcome": "held", "ground": RULE_CONFLICT}
    elif fields["outcome"] is None:
        ground = fields["ground"] or (MISSING_FACTS if missing else NO_RULE)
        fields |= {"outcome": "incomplete" if missing else "held", "ground": ground}
    asked = fields.pop(ASKED)
    listed = "[" + ",".join(json_text(name) for name in missing) + "]"
    return {
        **fields,
        "currency": programme.currency.code,
        "legal_basis": legal_basis(reading, hits),
        "rule_hits": hits,
        "missing_facts": all_missing(listed, None if asked is None else str(asked)),
        "unsigned": reading.unsigned,
    }


def _fields(reading: Reading, decided: tuple[Decision, ...]) -> dict[str, object]:
    values: dict[str, object] = {}
    for decision in decided:
        for name, value in decision.values.items():
            values[name] = list_text(decision.table, value) if isinstance(value, tuple) else value
    fields: dict[str, object] = {
        field: values[reading.variables[field]] if field in reading.variables else None for field in (*FIELDS, ASKED)
    }
    amount = fields["amount_minor"]
    return {**fields, "amount_minor": int(amount) if isinstance(amount, Decimal) else None}
