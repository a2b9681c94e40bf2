"""Brings the columns of one meaning to one form, so that equal things are equal text.

Words lose case, accents and punctuation; numbers lose separators; dates become ``yyyymmdd`` (or ``yyyy``); a full name is cut into
first, middle and last words. Where words stand in other letters than Latin, all become ASCII skeletons, because the database's
string distances count bytes. Dates with the day and month in doubt are read in the order that the column itself proves, else day
first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlglot import exp

from aljabr.linkage.meanings import TEXT
from aljabr.linkage.recognition import ColumnReading
from aljabr.linkage.templates import fill
from aljabr.names import key, skeleton
from aljabr.relations import Database

RECORDS = "linkage_records"

_WORDS = r"nullif(trim(regexp_replace(lower(strip_accents(v)), '[^\p{L}\p{N}]+', ' ', 'g')), '')"
_CODE = r"nullif(upper(regexp_replace(v, '[^\p{L}\p{N}]+', '', 'g')), '')"
_YMD = r"""
CASE WHEN regexp_full_match(trim(v), '\d{8}') THEN trim(v)
WHEN regexp_matches(trim(v), '^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}') THEN regexp_extract(v, '(\d{4})', 1)
  || lpad(regexp_extract(v, '\d{4}[-/.](\d{1,2})', 1), 2, '0')
  || lpad(regexp_extract(v, '\d{4}[-/.]\d{1,2}[-/.](\d{1,2})', 1), 2, '0')
WHEN regexp_matches(trim(v), '^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}') THEN regexp_extract(v, '[-/.](\d{4})', 1)
  || lpad(regexp_extract(v, '(\d{1,2})[-/.](\d{1,2})[-/.]', month), 2, '0')
  || lpad(regexp_extract(v, '(\d{1,2})[-/.](\d{1,2})[-/.]', day), 2, '0')
WHEN regexp_matches(trim(v), '^\d{4}') THEN regexp_extract(v, '(\d{4})', 1)
ELSE nullif(regexp_replace(v, '\D+', '', 'g'), '') END
"""
_MONTH_FIRST = r"""
coalesce(max(TRY_CAST(regexp_extract(v, '^(\d{1,2})[-/.]\d{1,2}[-/.]\d{4}', 1) AS INTEGER)) FILTER (
  WHERE regexp_matches(v, '^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}')), 99) <= 12
AND coalesce(max(TRY_CAST(regexp_extract(v, '^\d{1,2}[-/.](\d{1,2})[-/.]\d{4}', 1) AS INTEGER)) FILTER (
  WHERE regexp_matches(v, '^\d{1,2}[-/.]\d{1,2}[-/.]\d{4}')), 0) > 12
"""

FORMS: Mapping[str, str] = {
    "given_name": _WORDS,
    "surname": _WORDS,
    "full_name": _WORDS,
    "street": _WORDS,
    "address": _WORDS,
    "locality": _WORDS,
    "region": _WORDS,
    "id_number": _CODE,
    "postcode": _CODE,
    "house_number": _CODE,
    "phone": r"nullif(right(regexp_replace(v, '\D+', '', 'g'), 9), '')",
    "email": "nullif(lower(trim(v)), '')",
    "sex": "nullif(left(lower(trim(v)), 1), '')",
}

_WORDS_OF = ("given_name", "surname", "middle_names", "street", "address", "locality", "region")

# Derived after the sources stand under one another: keys that blocking uses, and the parts of full names.
_DERIVED: Mapping[str, tuple[tuple[str, ...], str]] = {
    "born_year": (("born",), "left(born, 4)"),
    "given_start": (("given_name",), "left(given_name, 3)"),
    "surname_start": (("surname",), "left(surname, 3)"),
    "name_pair": (("given_name", "surname"), "least(given_name, surname) || ' ' || greatest(given_name, surname)"),
}


def bring_to_form(db: Database, tables: Sequence[tuple[str, str]], readings: Sequence[ColumnReading]) -> tuple[str, ...]:
    """Fill the temporary table ``linkage_records`` (n, source, row and one column per meaning) and return the meanings.

    Parameters
    ----------
    db : Database
        Holds the tables.
    tables : sequence of (source name, table name)
        In the order in which records are numbered.
    readings : sequence of ColumnReading
        What the columns mean.

    Returns
    -------
    tuple of str
        The columns of ``linkage_records`` that carry evidence or keys, derived ones included.
    """
    by_source = {source: {r.meaning: r.column for r in readings if r.source == source} for source, _ in tables}
    there = {meaning for found in by_source.values() for meaning in found}
    meanings = [meaning for meaning in (*FORMS, "born", *sorted(m for m in there if m.startswith(TEXT))) if meaning in there]
    if "full_name" in meanings:
        meanings = [*dict.fromkeys([*(m for m in meanings if m != "full_name"), "given_name", "middle_names", "surname"])]
    selects = [_select(db, number, source, table, by_source[source], meanings) for number, (source, table) in enumerate(tables)]
    union = selects[0]
    for select in selects[1:]:
        union = exp.union(union, select, distinct=False)  # type: ignore[assignment]
    derived: list[exp.Expr] = [
        exp.maybe_parse(sql, dialect="duckdb").as_(name) for name, (needs, sql) in _DERIVED.items() if set(meanings) >= set(needs)
    ]
    numbered: exp.Expr = exp.maybe_parse("CAST(row_number() OVER (ORDER BY source_no, row) - 1 AS INTEGER)", dialect="duckdb").as_(
        "n"
    )
    whole = exp.select(numbered, exp.Star(), *derived).from_(union.subquery("taken"))
    db.execute(f"CREATE OR REPLACE TEMP TABLE {RECORDS} AS {whole.sql(dialect='duckdb')}")
    keys = _fold_scripts(db, [meaning for meaning in meanings if meaning in _WORDS_OF or meaning.startswith(TEXT)])
    return (*meanings, *(part.alias for part in derived), *keys)


def _fold_scripts(db: Database, columns: Sequence[str]) -> tuple[str, ...]:
    """Turn words into ASCII skeletons where any of them is not ASCII, and return the key columns added for the names among them."""
    added = []
    for column in columns:
        if not db.value(f"SELECT bool_or(strlen({column}) > length({column})) FROM {RECORDS}"):
            continue
        values = [
            str(value) for (value,) in db.rows(f"SELECT DISTINCT {column} FROM {RECORDS} WHERE {column} IS NOT NULL ORDER BY 1")
        ]
        folded = [
            (value, *(" ".join(part(word) for word in value.split()).strip() for part in (skeleton, key))) for value in values
        ]
        db.load_rows("linkage_folded", {"value": "TEXT", "skeleton": "TEXT", "key": "TEXT"}, folded)
        if column in _WORDS_OF[:2]:
            db.execute(f"ALTER TABLE {RECORDS} ADD COLUMN {column}_key TEXT")
            db.execute(f"UPDATE {RECORDS} SET {column}_key = nullif(f.key, '') FROM linkage_folded AS f WHERE f.value = {column}")
            added.append(f"{column}_key")
        db.execute(f"UPDATE {RECORDS} SET {column} = nullif(f.skeleton, '') FROM linkage_folded AS f WHERE f.value = {column}")
        db.execute("DROP TABLE linkage_folded")
    return tuple(added)


def _select(db: Database, number: int, source: str, table: str, found: Mapping[str, str], meanings: Sequence[str]) -> exp.Select:
    columns: list[exp.Expr] = []
    for meaning in meanings:
        columns.append(exp.cast(_value(db, table, found, meaning), "TEXT").as_(meaning))
    return exp.select(
        exp.Literal.number(number).as_("source_no"),
        exp.Literal.string(source).as_("source"),
        exp.cast(exp.column("row"), "BIGINT").as_("row"),
        *columns,
    ).from_(exp.to_identifier(table, quoted=True))


def _value(db: Database, table: str, found: Mapping[str, str], meaning: str) -> exp.Expr:
    if meaning in found:
        return _formed(db, table, found[meaning], meaning)
    if (
        "full_name" in found
        and meaning in {"given_name", "middle_names", "surname"}
        and not {"given_name", "surname"} & found.keys()
    ):
        words = fill("string_split(v, ' ')", exp.paren(_formed(db, table, found["full_name"], "full_name")))
        part = {
            "given_name": "v[1]",
            "middle_names": "nullif(array_to_string(v[2:-2], ' '), '')",
            "surname": "CASE WHEN len(v) > 1 THEN v[-1] END",
        }[meaning]
        return fill(part, exp.paren(words))
    return exp.null()


def _formed(db: Database, table: str, column: str, meaning: str) -> exp.Expr:
    value = exp.column(column, quoted=True)
    if meaning != "born":
        return fill(FORMS.get(meaning, _WORDS), value)
    proof = exp.select(fill(_MONTH_FIRST, value)).from_(exp.to_identifier(table, quoted=True))
    month_first = bool(db.value(proof.sql(dialect="duckdb")))
    positions = {"month": exp.Literal.number(1 if month_first else 2), "day": exp.Literal.number(2 if month_first else 1)}
    return fill(_YMD, value, **positions)
