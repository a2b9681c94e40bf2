"""Reads one source into ``_values``: one row per row of the file, one typed column per target, whatever the mapping is.

Order: the mapped columns are loaded as text; rows that say nothing in them are counted and let go; the distinct strings of each
column are interpreted once in Python; one query joins the values back. Rows that could not be read go to ``_refused``, all that is
refused or doubted to ``_found``. Nothing is decided.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa
from sqlglot import exp

from aljabr.errors import MappingBroken, ProgrammeBroken
from aljabr.formats import TARGETS, Source, interpret
from aljabr.formats.batches import Batch
from aljabr.formats.readings import Reading
from aljabr.formats.reasons import NOTES, WITH_VALUE
from aljabr.money import Unreadable, heading_of_money
from aljabr.programmes.records import Fact, Field_, Mapping, Programme
from aljabr.relations import Database
from aljabr.runs.facts import fact_columns
from aljabr.runs.mending import Mending
from aljabr.values import PartialDate

KEYS = {"record_id": "TEXT", "source": "TEXT", "sha256": "TEXT", "row": "BIGINT", "line": "BIGINT"}
FOUND = {
    "record_id": "TEXT", "source": "TEXT", "row": "BIGINT", "line": "BIGINT", "cell": "TEXT", "column_name": "TEXT",
    "value": "TEXT", "code": "TEXT", "severity": "TEXT", "reason": "TEXT",
}  # fmt: skip
NOTED = {
    "row": "BIGINT", "line": "BIGINT", "position": "BIGINT", "text": "TEXT", "code": "TEXT", "reason": "TEXT", "refused": "BOOLEAN",
}  # fmt: skip
PLACES = {"source": "TEXT", "target": "TEXT", "column_name": "TEXT", "letters": "TEXT", "numbered": "BOOLEAN"}
SEXES, LANGUAGES = ("female", "male"), ("ar", "ckb", "kmr", "en")
DATES = {
    "filed_on": ("", "filed_on", ""),
    "claimant.born": ("claimant_born", "claimant_born_earliest_on", "claimant_born_latest_on"),
    "victim.born": ("victim_born", "victim_born_earliest_on", "victim_born_latest_on"),
    "item.incident_on": ("incident", "incident_earliest_on", "incident_latest_on"),
}
RENAMED = {"item.claimed": "claimed_minor", "item.place": "item_place"}
CORE_REQUIRED = frozenset({"item.harm", "claimant.full_name"})
# Umm al-Qura and the tabular calendar call a Hijri day two Gregorian days that are at most this many apart.
_CALENDARS_APART = 2
_RECORD_ID = "'rec_' || substr(sha256(? || ':' || row), 1, 20)"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")

Progress = Callable[[str, int], None]


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One mapped column or constant: its place among the mapped columns, and how it is read. ``position`` is None for constants."""

    number: int
    column: str
    field: Field_
    allowed: tuple[str, ...]
    position: int | None

    def required(self) -> bool:
        """Whether a row without this value is quarantined."""
        return self.field.required or self.field.to in CORE_REQUIRED


def value_columns(programme: Programme) -> dict[str, str]:
    """Return the columns of ``_values`` with their types, in order; the programme's facts are called ``fact.NAME``."""
    columns = dict(KEYS)
    for target in TARGETS:
        if target in DATES:
            text, first, last = DATES[target]
            columns |= {name: "TEXT" if name == text else "DATE" for name in (text, first, last) if name}
        elif target == "exhibits":
            columns[target] = "TEXT[]"
        else:
            columns[_column(target)] = "BIGINT" if target == "item.claimed" else "TEXT"
            columns |= {"claimant_phones": "TEXT"} if target == "claimant.phone" else {}
    return columns | {f"fact.{name}": kind for name, kind in fact_columns(programme).items()}


def read_source(
    db: Database,
    programme: Programme,
    source: Source,
    mapping: Mapping,
    *,
    mending: Mending | None = None,
    progress: Progress | None = None,
) -> tuple[int, int]:
    """Append one source to ``_values``, ``_refused`` and ``_found``, with the corrections of ``mending`` in its cells.

    Returns
    -------
    tuple of int
        Rows of the file without the header and blank ones, and how many are blank in every column the mapping takes.

    Raises
    ------
    MappingBroken
        When the mapping and the programme contradict each other.
    """
    taken = taken_columns(programme, source, mapping)
    batches = mending.batches(source) if mending else source.batches()
    rows, blank = _load(db, source, taken, batches, progress)
    unsaid = _let_go_of_blank(db, taken)
    _set_sum_aside(db, source, taken)
    for one in taken:
        noted = _interpret(db, programme, mapping, one, source)
        _record_issues(db, source, one, noted=noted)
    _join_back(db, taken)
    for name in ("_raw", "_noted", *(f"_m{one.number}" for one in taken)):
        db.execute(f"DROP TABLE IF EXISTS {name}")
    return rows - unsaid, blank + unsaid


def taken_columns(programme: Programme, source: Source, mapping: Mapping) -> list[Taken]:
    """Return what a mapping takes of a source: its columns in the mapping's order, then its constants.

    Raises
    ------
    MappingBroken
        When the mapping and the programme contradict each other.
    """
    facts = {fact.name: fact for fact in programme.facts if fact.source == "intake"}
    constants = {name: Field_.model_validate({"to": name, "as": _constant_reading(name, facts)}) for name in mapping.constants}
    filled = {field.to.split(".")[0] if field.to.startswith("exhibits.") else field.to for field in mapping.columns.values()}
    if "item.harm" not in filled | constants.keys():
        raise MappingBroken(f"The mapping {mapping.key} says of no row what its harm is.", "Map a column to item.harm.")
    listed = [(column, _marked(field, mapping), source.position(column)) for column, field in mapping.columns.items()]
    stated = [(name, field, None) for name, field in constants.items()]
    return [
        _one(programme, facts, mapping, number=number, column=column, field=field, position=position)
        for number, (column, field, position) in enumerate([*listed, *stated])
    ]


def _marked(field: Field_, mapping: Mapping) -> Field_:
    """Return the field with the decimal mark of its mapping, unless it states its own."""
    return field.model_copy(update={"decimal": mapping.decimal}) if mapping.decimal and not field.decimal else field


def _one(
    programme: Programme, facts: dict[str, Fact], mapping: Mapping, *, number: int, column: str, field: Field_, position: int | None
) -> Taken:
    kind, _, name = field.to.partition(".")
    if kind != "facts":
        kinds = _allowed(programme, "exhibits")
        if kind == "exhibits" and name and kinds and name not in kinds:
            what = f"The mapping {mapping.key} names {name!r}, which is no kind of exhibit here."
            raise MappingBroken(what, f"The kinds are {', '.join(kinds)}.")
        return Taken(number=number, column=column, field=field, allowed=_allowed(programme, field.to), position=position)
    if name not in facts:
        known = ", ".join(facts) or "none"
        raise MappingBroken(f"The mapping {mapping.key} fills the fact {name!r}, which intake does not know.", f"It knows {known}.")
    fact = facts[name]
    if not _NAME.fullmatch(name):
        raise ProgrammeBroken(f"The fact {name!r} has a name that is no column.", "Use letters, digits and underscores.")
    readings = _FACT_READINGS["money" if name.endswith("_minor") else fact.type]
    if field.as_ not in readings:
        what = f"The mapping {mapping.key} reads the fact {name!r} as {field.as_}."
        raise MappingBroken(what, f"A {fact.type} is read as {' or '.join(readings)}.")
    bounded = field.model_copy(
        update={
            "minimum": fact.minimum if field.minimum is None else field.minimum,
            "maximum": fact.maximum if field.maximum is None else field.maximum,
        }
    )
    return Taken(number=number, column=column, field=bounded, allowed=_fact_values(programme, fact), position=position)


_FACT_READINGS = {
    "string": ("text", "code", "place", "name", "identifier", "phone"),
    "number": ("number",),
    "money": ("money",),
    "boolean": ("boolean",),
    "date": ("date",),
}


def _constant_reading(target: str, facts: dict[str, Fact]) -> str:
    kind, _, name = target.partition(".")
    if kind == "exhibits" and name:
        return "boolean"
    if kind == "facts" and name in facts:
        return _FACT_READINGS["money" if name.endswith("_minor") else facts[name].type][0]
    return TARGETS[target].readings[0] if target in TARGETS else "text"


def known_codes(programme: Programme, target: str) -> tuple[str, ...]:
    """Return the codes the programme knows for a target; empty when any may come."""
    kind, _, name = target.partition(".")
    fact = next((fact for fact in programme.facts if kind == "facts" and fact.name == name and fact.source == "intake"), None)
    return _fact_values(programme, fact) if fact else _allowed(programme, target)


def _allowed(programme: Programme, target: str) -> tuple[str, ...]:
    match target:
        case "item.harm":
            return tuple(harm.code for harm in programme.harms)
        case "relation":
            return ("self", *programme.relations) if programme.relations else ()
        case "claimant.sex" | "victim.sex":
            return SEXES
        case "language":
            return LANGUAGES
        case "exhibits":
            return tuple(fact.exhibit for fact in programme.facts if fact.source == "exhibit")
    return ()


def _fact_values(programme: Programme, fact: Fact) -> tuple[str, ...]:
    if fact.values_from == "harms":
        return tuple(harm.code for harm in programme.harms)
    if fact.values_from == "relations":
        return programme.relations
    return fact.values


def _load(
    db: Database, source: Source, taken: Sequence[Taken], batches: Iterable[Batch], progress: Progress | None
) -> tuple[int, int]:
    mapped = [one for one in taken if one.position is not None]
    names = ["row", "line", *(f"c{one.number}" for one in mapped)]
    columns = KEYS | {f"c{one.number}": "TEXT" for one in mapped}
    db.execute(f"CREATE OR REPLACE TABLE _raw ({', '.join(f'{name} {kind}' for name, kind in columns.items())})")
    db.load_rows("_noted", NOTED, [])
    rows = blank = 0
    for batch in batches:
        empty = pa.nulls(batch.rows.num_rows, pa.string()).fill_null("")
        arrays = [empty if one.position == -1 else batch.rows.column(2 + (one.position or 0)) for one in mapped]
        db.load("_batch", pa.Table.from_arrays([batch.rows.column(0), batch.rows.column(1), *arrays], names=names))
        db.execute(f"INSERT INTO _raw SELECT {_RECORD_ID}, ?, ?, * FROM _batch", [source.identity, source.name, source.identity])
        _load_refused(db, source, [(bad.row, bad.line, bad.text, bad.code, bad.reason) for bad in batch.bad])
        if batch.notes:
            db.load_rows("_batch", NOTED, batch.notes)
            db.execute("INSERT INTO _noted SELECT * FROM _batch")
        rows += batch.rows.num_rows + len(batch.bad)
        blank += batch.blank
        if progress:
            progress(source.name, rows)
    db.execute("DROP TABLE IF EXISTS _batch")
    return rows, blank


def _load_refused(db: Database, source: Source, refused: Sequence[tuple[object, ...]]) -> None:
    db.load_rows("_batch", {"row": "BIGINT", "line": "BIGINT", "value": "TEXT", "code": "TEXT", "reason": "TEXT"}, refused)
    db.execute(f"INSERT INTO _refused SELECT {_RECORD_ID}, ?, row, line FROM _batch", [source.identity, source.name])
    db.execute(
        f"INSERT INTO _found SELECT {_RECORD_ID}, ?, row, line, '', '', value, code, 'quarantine', reason FROM _batch",
        [source.identity, source.name],
    )


def _let_go_of_blank(db: Database, taken: Sequence[Taken]) -> int:
    """Remove rows in which no column that is taken says anything, only a running number for instance; return how many they were."""
    columns = [f"c{one.number}" for one in taken if one.position is not None and one.position >= 0]
    blank = " AND ".join(f"trim({column}) = ''" for column in columns)
    noted = "EXISTS (SELECT 1 FROM _noted n WHERE n.row = _raw.row AND n.code <> 'cell.merged')"
    if not columns:
        return 0
    count = int(db.value(f"SELECT count(*) FROM _raw WHERE {blank} AND NOT {noted}"))
    if count:
        db.execute(f"DELETE FROM _raw WHERE {blank} AND NOT {noted}")
    return count


def _set_sum_aside(db: Database, source: Source, taken: Sequence[Taken]) -> None:
    """Refuse the last row when it holds nothing but a number in columns of numbers: the sum below a table, without a label."""
    mapped = [one for one in taken if one.position is not None and one.position >= 0]
    counted = [f"trim(c{one.number})" for one in mapped if one.field.as_ in {"money", "number"}]
    worded = [f"trim(c{one.number}) = ''" for one in mapped if one.field.as_ not in {"money", "number"}]
    if not counted or not worded:
        return
    shown = f"concat_ws(' ', {', '.join(counted)})"
    last = f"row = (SELECT max(row) FROM _raw) AND {' AND '.join(worded)} AND row > 1"
    rows = db.rows(
        f"SELECT row, line, trim({shown}), 'row.total', 'The last row holds nothing but numbers.' FROM _raw WHERE {last}"
    )
    if rows:
        _load_refused(db, source, rows)
        db.execute(f"DELETE FROM _raw WHERE row = {int(rows[0][0])}")
        db.execute("DROP TABLE IF EXISTS _batch")


def _interpret(db: Database, programme: Programme, mapping: Mapping, one: Taken, source: Source) -> bool:
    """Fill the table of one column's readings; return whether there are notes among them."""
    constant = one.position is None
    query = f"SELECT DISTINCT c{one.number} FROM _raw"
    texts = [mapping.constants[one.column]] if constant else [text for (text,) in db.rows(query)]
    codes = mapping.codes.get(one.field.codes)
    readings = interpret(
        texts,
        one.field,
        codes=codes,
        allowed=one.allowed,
        currency=programme.currency,
        zone=programme.zone,
        numeric=source.kind != "csv",
        shares=source.kind != "jsonl",
    )
    if one.field.as_ == "money" and not constant:
        readings = _under_heading(readings, source.spellings.get(one.column, one.column), programme.currency.code, texts)
    if constant and readings[0][0] is None:
        raise MappingBroken(f"The constant {one.column} of the mapping {mapping.key} cannot be read: {readings[0][2]}", "Mend it.")
    columns = {"text": "TEXT", "value": "TEXT", "code": "TEXT", "reason": "TEXT"}
    rows = [(text, *_cells(value, one.field), code, reason) for text, (value, code, reason) in zip(texts, readings, strict=True)]
    if one.field.as_ == "date":
        columns = {"text": "TEXT", "value": "TEXT", "earliest": "DATE", "latest": "DATE", "code": "TEXT", "reason": "TEXT"}
        rows = [_day_only(row, one.field) for row in rows]
    elif one.field.as_ in {"boolean", "codes"} or one.field.to == "exhibits":
        columns["value"] = "BOOLEAN" if one.field.to.startswith("facts.") else "TEXT[]"
    elif one.field.as_ == "money":
        columns["value"] = "BIGINT"
    db.load_rows(f"_m{one.number}", columns, rows)
    return any(code in NOTES for _, code, _ in readings)


def _under_heading(readings: list[Reading], heading: str, currency: str, texts: Sequence[str]) -> list[Reading]:
    """Refuse bare numbers of a column whose heading counts them otherwise; a cell that names its own unit says what it is."""
    try:
        heading_of_money(heading, currency)
    except Unreadable as error:
        bare = [not any(letter.isalpha() for letter in text) for text in texts]
        return [
            (None, error.code, error.reason) if alone and value else (value, code, reason)
            for (value, code, reason), alone in zip(readings, bare, strict=True)
        ]
    return readings


def _cells(value: object, field: Field_) -> tuple[object, ...]:
    if field.as_ == "date":
        return (str(value), value.earliest, value.latest) if isinstance(value, PartialDate) else (None, None, None)
    if field.to.startswith("exhibits."):
        return ([field.to.partition(".")[2]] if value else [],)
    if field.to == "exhibits":
        return ([] if value is None else list(value) if isinstance(value, tuple) else [str(value)],)
    return (None if value is None else value if isinstance(value, bool | int) else str(value),)


def _day_only(row: tuple[object, ...], field: Field_) -> tuple[object, ...]:
    """Return the row of a date where a day is needed: of a Hijri day of filing the earlier, of part of a date nothing."""
    text, value, earliest, latest, *_ = row
    if earliest == latest or not (field.to == "filed_on" or field.to.startswith("facts.")):
        return row
    of_filing = field.calendar == "hijri" and field.to == "filed_on"
    if of_filing and isinstance(earliest, date) and isinstance(latest, date) and (latest - earliest).days <= _CALENDARS_APART:
        reason = f"By the calendars in use the day is {value}; the earlier is taken as the day of filing."
        return text, str(earliest), earliest, earliest, "date.two_days", reason
    return text, None, None, None, "date.not_a_day", f"{value} is known only in part, and a day is needed."


def _record_issues(db: Database, source: Source, one: Taken, *, noted: bool) -> None:
    if one.position is None:
        return
    severity = "quarantine" if one.required() else "doubt"
    letters = source.cell(one.position) if one.position >= 0 else one.column
    numbered = source.kind != "jsonl" and one.position >= 0
    db.execute("INSERT INTO _places VALUES (?, ?, ?, ?, ?)", [source.name, one.field.to, one.column, letters, numbered])
    cell = "? || r.line" if numbered else "?"
    said = f"SELECT r.record_id, r.source, r.row, r.line, {cell}, ?, r.c{one.number}"
    joined = f"FROM _raw r JOIN _m{one.number} m ON r.c{one.number} = m.text"
    db.execute(f"INSERT INTO _found {said}, m.code, {_SEVERITY}, m.reason {joined} WHERE {_SAID}", [letters, one.column, severity])
    if noted:
        db.execute(f"INSERT INTO _found {_ONCE.format(said=said, joined=joined)}", [letters, one.column])
    shown = f"FROM _raw r JOIN _noted n USING (row) WHERE n.position = {int(one.position)}"
    severe = f"if(n.refused, '{severity}', 'doubt')"
    texts = f"SELECT r.record_id, r.source, r.row, r.line, {cell}, ?, n.text, n.code, {severe}, n.reason {shown}"
    db.execute(f"INSERT INTO _found {texts}", [letters, one.column])
    if one.required():
        empty = "len(m.value) = 0" if one.field.to.startswith("exhibits") else "m.value IS NULL"
        reason = f"{one.field.to} is required, and this cell says nothing."
        silent = f"NOT EXISTS (SELECT 1 FROM _noted n WHERE n.row = r.row AND n.position = {int(one.position)} AND n.refused)"
        missing = f"{said}, 'value.missing', 'quarantine', ? {joined} WHERE m.code IS NULL AND {empty} AND {silent}"
        db.execute(f"INSERT INTO _found {missing}", [letters, one.column, reason])


def _codes_in(codes: frozenset[str]) -> str:
    return ", ".join(f"'{code}'" for code in sorted(codes))


# A value that is taken all the same sets no row aside; a note stands once for each spelling, with the rows it speaks for.
_SEVERITY = f"if(m.code IN ({_codes_in(WITH_VALUE)}), 'doubt', ?)"
_SAID = f"m.code IS NOT NULL AND m.code NOT IN ({_codes_in(NOTES)})"
_ONCE = f"""{{said}}, m.code, 'note', m.reason || ' Rows: ' || count(*) OVER (PARTITION BY m.text) || '.'
{{joined}} WHERE m.code IN ({_codes_in(NOTES)}) QUALIFY row_number() OVER (PARTITION BY m.text ORDER BY r.row) = 1"""


def _join_back(db: Database, taken: Sequence[Taken]) -> None:
    keys = [exp.column(name, table="r") for name in KEYS]
    query = exp.select(*keys, *(column for one in taken if not one.field.to.startswith("exhibits") for column in _projected(one)))
    lists = [f"m{one.number}.value" for one in taken if one.field.to.startswith("exhibits")]
    if lists:
        query = query.select(f"LIST_SORT(LIST_DISTINCT(FLATTEN([{', '.join(lists)}]))) AS exhibits", dialect="duckdb")
    query = query.from_("_raw AS r")
    for one in taken:
        on = "TRUE" if one.position is None else f"r.c{one.number} = m{one.number}.text"
        query = query.join(f"_m{one.number} AS m{one.number}", on=on, join_type="left", dialect="duckdb", copy=False)
    db.execute(f"INSERT INTO _values BY NAME {query.sql(dialect='duckdb')}")


def _projected(one: Taken) -> list[exp.Expr]:
    table, target = f"m{one.number}", one.field.to
    if target in DATES:
        parts = zip(("value", "earliest", "latest"), DATES[target], strict=True)
        return [exp.alias_(exp.column(part, table=table), name) for part, name in parts if name]
    if target.startswith("facts."):
        part = "earliest" if one.field.as_ == "date" else "value"
        return [exp.alias_(exp.column(part, table=table), f"fact.{target.partition('.')[2]}", quoted=True)]
    if target == "claimant.phone":
        whole = exp.column("value", table=table)
        first = exp.func("SPLIT_PART", whole, exp.Literal.string(" "), exp.Literal.number(1), dialect="duckdb")
        return [exp.alias_(first, _column(target)), exp.alias_(whole.copy(), "claimant_phones")]
    return [exp.alias_(exp.column("value", table=table), _column(target))]


def _column(target: str) -> str:
    return RENAMED.get(target, target.removeprefix("item.").replace(".", "_"))
