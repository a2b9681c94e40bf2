"""Says what differs between two versions of a programme: the amendment as a lawyer reads it.

Order: instruments and amounts by date, facts and harms, tables by rule and cell, bodies, deadlines and procedure, sign-offs, what
else is written. Layout, comments and order inside a file are no difference; the order of rules is one, because rules are read in
it. A published value that was edited instead of superseded by a new date is remarked upon.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from aljabr.programmes.records import Amount, DatedValue, DecisionTable, Programme, Rule

EDITED = "A published value was edited; an amendment is a new value with its own from_on."
REMOVED = "A published value was taken out; decisions under it can no longer be recomputed."
# Parts told record by record, in the order in which they are told; tables and amounts have a telling of their own.
RECORDS = ("instruments", "harms", "facts")
LATER_RECORDS = ("bodies", "deadlines", "procedure", "funds", "mappings", "cases")
HEADINGS = {"procedure": "step", "harms": "harm", "facts": "fact", "bodies": "body", "cases": "case"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """One difference; ``was`` is empty for what was added, ``now`` for what was removed.

    ``part`` is a room of the programme (``amounts``, ``tables``, ``bodies`` …), ``where`` the place inside it.
    """

    part: str
    where: str
    kind: Literal["added", "removed", "changed"]
    was: str = ""
    now: str = ""
    remark: str = ""


def compare(old: Programme, new: Programme) -> tuple[Change, ...]:
    """Return every difference between two versions of a programme, ordered.

    Parameters
    ----------
    old, new : Programme
        Two versions, or two programmes.

    Returns
    -------
    tuple of Change
        Empty when both say the same.
    """
    return tuple(_changes(old, new))


def _changes(old: Programme, new: Programme) -> Iterator[Change]:
    for field in ("key", "title", "issuer", "currency", "languages", "stages", "relations"):
        yield from _told("programme", field, getattr(old, field), getattr(new, field))
    yield from _records("instruments", old, new)
    yield from _amounts(old, new)
    for field in RECORDS[1:]:
        yield from _records(field, old, new)
    for name, one, other in _paired(old.tables, new.tables, "name"):
        yield from _table(name, one, other)
    for field in ("determination", "published_outcome", "published_fact"):
        yield from _told("determination", field, getattr(old, field), getattr(new, field))
    for field in LATER_RECORDS:
        yield from _records(field, old, new)
    for name in dict.fromkeys([*old.sign_off, *new.sign_off]):
        yield from _told("sign_off", name, old.sign_off.get(name), new.sign_off.get(name))
    for code in sorted({*old.labels, *new.labels}):
        yield from _told("labels", code, old.labels.get(code), new.labels.get(code))
    yield from _letters(old, new)


def _amounts(old: Programme, new: Programme) -> Iterator[Change]:
    for key, one, other in _paired(old.amounts, new.amounts, "key"):
        for field in ("unit", "selects_by", "label"):
            if one and other:
                yield from _told("amounts", f"{key}, {field}", getattr(one, field), getattr(other, field))
        yield from _values(key, one, other)


def _values(key: str, one: Amount | None, other: Amount | None) -> Iterator[Change]:
    was, now = ({value.from_on: value for value in amount.values} if amount else {} for amount in (one, other))
    for day in sorted({*was, *now}):
        before, after = was.get(day), now.get(day)
        where = f"{key} from {day}"
        if before is None or after is None:
            remark = REMOVED if after is None and one is not None and other is not None else ""
            yield from _told("amounts", where, before and _value(before, one), after and _value(after, other), remark=remark)
        elif before != after:
            edited = EDITED if before.value != after.value else ""
            yield from _told("amounts", where, _value(before, one), _value(after, other), remark=edited)


def _value(value: DatedValue, amount: Amount | None) -> str:
    until = f" until {value.until_on}" if value.until_on else ""
    cited = f"{value.reference.instrument} {value.reference.article}".strip()
    return f"{value.value:,} {amount.unit if amount else ''}{until}, {cited} ({value.reference.state})"


def _table(name: str, one: DecisionTable | None, other: DecisionTable | None) -> Iterator[Change]:
    if one is None or other is None:
        rules = len((one or other).rules) if (one or other) else 0  # type: ignore[union-attr]
        yield from _told("tables", name, one and f"{rules} rules", other and f"{rules} rules")
        return
    for field in ("hit_policy", "aggregation", "requires"):
        yield from _told("tables", f"{name}, {field}", getattr(one, field), getattr(other, field))
    yield from _told("tables", f"{name}, inputs", _columns(one.inputs, "expression"), _columns(other.inputs, "expression"))
    for output, before, after in _paired(one.outputs, other.outputs, "name"):
        yield from _told("tables", f"{name}, output {output}", before, after)
    for rule, before, after in _paired(one.rules, other.rules, "id"):
        was, now = (_cells(table, row) if row else {} for table, row in ((one, before), (other, after)))
        where = f"{name}, rule {rule}"
        if before is None or after is None:
            yield from _told("tables", where, _row(was) if before else None, _row(now) if after else None)
            continue
        for cell in dict.fromkeys([*was, *now]):
            yield from _told("tables", f"{where}, {cell}", was.get(cell), now.get(cell))
    kept = [[rule.id for rule in table.rules if _has(both, rule.id)] for table, both in ((one, other), (other, one))]
    yield from _told("tables", f"{name}, order of the rules", *kept)


def _has(table: DecisionTable, rule: str) -> bool:
    return any(row.id == rule for row in table.rules)


def _cells(table: DecisionTable, rule: Rule) -> dict[str, str]:
    """The cells of a rule by column: inputs, outputs, annotations."""
    inputs = {clause.expression: cell for clause, cell in zip(table.inputs, rule.inputs, strict=False)}
    outputs = {f"→ {clause.name}": cell for clause, cell in zip(table.outputs, rule.outputs, strict=False)}
    return inputs | outputs | {f"({name})": text for name, text in rule.annotations.items()}


def _row(cells: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {cell}" for name, cell in cells.items() if cell != "-")


def _columns(clauses: Sequence[Any], field: str) -> str:
    return ", ".join(getattr(clause, field) for clause in clauses)


def _records(field: str, old: Programme, new: Programme) -> Iterator[Change]:
    """Tell records one by one: a new or lost one whole, a changed one by its fields."""
    name = "name" if field == "facts" else "code" if field == "harms" else "key"
    for key, one, other in _paired(getattr(old, field), getattr(new, field), name):
        where = f"{HEADINGS.get(field, field.rstrip('s'))} {key}"
        if one is None or other is None:
            yield from _told(field, where, one, other)
            continue
        for inner in type(one).model_fields:
            yield from _told(field, f"{where}, {inner}", getattr(one, inner), getattr(other, inner))


def _letters(old: Programme, new: Programme) -> Iterator[Change]:
    was, now = ({(one.language, one.outcome): one for one in programme.letters} for programme in (old, new))
    for language, outcome in sorted({*was, *now}):
        before, after = was.get((language, outcome)), now.get((language, outcome))
        for field in ("subject", "body"):
            texts = (getattr(letter, field) if letter else None for letter in (before, after))
            yield from _told("letters", f"{language}, {outcome}, {field}", *texts)


def _paired(old: Sequence[Any], new: Sequence[Any], name: str) -> Iterator[tuple[str, Any, Any]]:
    """Pair records by name: those of the new version in its order, after them those that are gone."""
    was, now = ({getattr(one, name): one for one in several} for several in (old, new))
    for key in [*now, *(key for key in was if key not in now)]:
        yield key, was.get(key), now.get(key)


def _told(part: str, where: str, was: Any, now: Any, *, remark: str = "") -> Iterator[Change]:
    if was == now:
        return
    before, after = _plain(was), _plain(now)
    kind: Literal["added", "removed", "changed"] = "added" if was is None else "removed" if now is None else "changed"
    yield Change(part=part, where=where, kind=kind, was=before, now=after, remark=remark)


def _plain(value: Any) -> str:
    """A record, list or mapping in one line; empty parts are left out."""
    match value:
        case None:
            return ""
        case BaseModel():
            parts = {name: getattr(value, name) for name in type(value).model_fields}
            return _plain({name: inner for name, inner in parts.items() if inner not in (None, "", (), {}, False)})
        case dict():
            return "; ".join(f"{name}: {_plain(inner)}" for name, inner in value.items())
        case list() | tuple():
            return ", ".join(f"({_plain(one)})" if isinstance(one, BaseModel) else _plain(one) for one in value)
    return str(value)
