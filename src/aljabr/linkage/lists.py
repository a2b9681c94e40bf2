"""Lists of people whose names are written in a chain (own, father's, grandfather's, family's name), read into mentions.

Takes the columns as ``recognition`` understood them and fills ``linkage_taken``. A name told in several columns is put in one
chain; a father's name told apart stands in the chain's second place unless it is there already. Values are read once per spelling:
dates and years in the order the column itself proves, else day first; ages as of the year that rows with age and birth prove;
places and governorates by code or name. What cannot be read is not compared.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Literal

from sqlglot import exp

from aljabr.linkage.meanings import SEXES
from aljabr.linkage.recognition import ColumnReading
from aljabr.linkage.templates import fill
from aljabr.names import fold, key
from aljabr.names.dates import parse_date
from aljabr.names.documents import read_document
from aljabr.names.identifiers import first_phone
from aljabr.names.places import resolve_place
from aljabr.relations import Database

_Order = Literal["dmy", "mdy"]
_Calendar = Literal["gregorian", "hijri"]
_NAME_COLUMNS = ("full_name", "given_name", "father_name", "grandfather_name", "surname")
_READ = (*_NAME_COLUMNS, "mother_name", "sex", "born", "age", "id_number", "phone", "email", "household", "locality", "region")
# How far apart in years two people given the same age may be born, when lists were made in different years.
_AGE_SLACK_YEARS = 1

_TAKEN = r"""
CREATE OR REPLACE TEMP TABLE linkage_taken AS
WITH chained AS (
  SELECT c.*, coalesce(full_name, nullif(concat_ws(' ', given_name, father_name, grandfather_name, surname), '')) AS name,
    string_split_regex(trim(full_name), '\s+') AS words, string_split_regex(trim(father_name), '\s+')[1] AS father
  FROM linkage_columns AS c
)
SELECT r.record, r.record AS together, CASE
    WHEN c.full_name IS NOT NULL AND c.father IS NOT NULL AND len(c.words) < 3 AND f.key IS NOT NULL AND NOT coalesce(list_contains(
      (SELECT list(k.key) FROM linkage_word_keys AS k WHERE list_contains(c.words, k.word)), f.key), false)
      THEN concat_ws(' ', c.words[1], c.father_name, array_to_string(c.words[2:], ' '))
    ELSE c.name END AS full_name,
  c.mother_name AS mother, s.sex, coalesce(b.earliest_on, make_date(y.reference - a.years - $slack, 1, 1)) AS born_earliest_on,
  coalesce(b.latest_on, make_date(y.reference - a.years + $slack, 12, 31)) AS born_latest_on,
  CASE WHEN NOT d.of_household THEN d.number END AS id_number,
  p.phone, lower(c.email) AS email, coalesce(c.household, CASE WHEN d.of_household THEN d.number END) AS household,
  CASE WHEN l.code LIKE 'IQG__' THEN NULL ELSE l.code END AS place,
  coalesce(g.code, CASE WHEN l.code LIKE 'IQG__%' THEN left(l.code, 5) END) AS region,
  CAST(NULL AS DATE) AS lost_earliest_on, CAST(NULL AS DATE) AS lost_latest_on, CAST(NULL AS TEXT) AS incident,
  CAST(NULL AS TEXT) AS property, r.n AS ordinal
FROM linkage_rows AS r JOIN chained AS c ON c.source_no = r.source_no AND c.row = r.row
LEFT JOIN linkage_word_keys AS f ON f.word = c.father
LEFT JOIN linkage_read_born AS b ON b.source_no = r.source_no AND b.value = c.born
LEFT JOIN linkage_read_age AS a ON a.source_no = r.source_no AND a.value = c.age
LEFT JOIN linkage_read_sex AS s ON s.source_no = r.source_no AND s.value = c.sex
LEFT JOIN linkage_read_phone AS p ON p.source_no = r.source_no AND p.value = c.phone
LEFT JOIN linkage_read_locality AS l ON l.source_no = r.source_no AND l.value = c.locality
LEFT JOIN linkage_read_region AS g ON g.source_no = r.source_no AND g.value = c.region
LEFT JOIN linkage_read_id AS d ON d.source_no = r.source_no AND d.value = c.id_number
LEFT JOIN linkage_age_years AS y ON y.source_no = r.source_no
"""

# Cells that say something, but nothing that can be compared.
_UNREAD = """
CREATE OR REPLACE TEMP TABLE linkage_unread AS
SELECT r.record, 'birth.unreadable' AS code, 'born' AS column_name, c.born AS value
FROM linkage_columns AS c JOIN linkage_rows AS r USING (source_no, row)
JOIN linkage_read_born AS b ON b.source_no = c.source_no AND b.value = c.born AND b.earliest_on IS NULL
UNION ALL
SELECT r.record, 'age.impossible', 'age', c.age FROM linkage_columns AS c JOIN linkage_rows AS r USING (source_no, row)
JOIN linkage_read_age AS a ON a.source_no = c.source_no AND a.value = c.age AND a.years IS NULL
UNION ALL
SELECT r.record, 'id.' || d.doubt, 'id_number', c.id_number FROM linkage_columns AS c JOIN linkage_rows AS r USING (source_no, row)
JOIN linkage_read_id AS d ON d.source_no = c.source_no AND d.value = c.id_number AND d.number IS NULL
UNION ALL
SELECT r.record, 'phone.unreadable', 'phone', c.phone FROM linkage_columns AS c JOIN linkage_rows AS r USING (source_no, row)
JOIN linkage_read_phone AS p ON p.source_no = c.source_no AND p.value = c.phone AND p.phone IS NULL
"""

# The year a list's ages are of: the median, over rows that give both, of the year of birth and the age; else that of the other
# lists; else any year does, because all ages are then told as of the same one.
_REFERENCE = """
CREATE OR REPLACE TEMP TABLE linkage_age_years AS
WITH told AS (
  SELECT c.source_no, year(b.earliest_on) + a.years AS reference
  FROM linkage_columns AS c JOIN linkage_read_born AS b ON b.source_no = c.source_no AND b.value = c.born
  JOIN linkage_read_age AS a ON a.source_no = c.source_no AND a.value = c.age
  WHERE year(b.earliest_on) = year(b.latest_on)
),
sources AS (SELECT DISTINCT source_no FROM linkage_columns)
SELECT s.source_no, CAST(coalesce((SELECT median(reference) FROM told AS t WHERE t.source_no = s.source_no),
  (SELECT median(reference) FROM told), $otherwise) AS INTEGER) AS reference
FROM sources AS s
"""


_FATHERED_WORDS = r"""
SELECT DISTINCT unnest(string_split_regex(trim(coalesce(full_name, '') || ' ' || coalesce(father_name, '')), '\s+')) AS word
FROM linkage_columns WHERE father_name IS NOT NULL ORDER BY 1
"""

# Among Latin full names, those of two words are of another tradition of names; three and more, with a family in both, are a chain.
_CHAINED = r"avg(CAST(regexp_matches(v, '\p{Arabic}') AS INTEGER)) >= 0.3"
_LONG = r"avg(len(string_split_regex(trim(v), '\s+'))) >= 2.6"


def names_in_chains(db: Database, table: str, column: str, *, whole: bool) -> bool:
    """Say whether a column of names holds chains: in Arabic script, or, where it holds ``whole`` names, of three words and more."""
    told = exp.select(fill(f"{_CHAINED} OR ({_LONG} AND whole)", exp.column(column, quoted=True), whole=exp.convert(whole)))
    return bool(db.value(told.from_(exp.to_identifier(table, quoted=True)).sql(dialect="duckdb")))


def take_lists(db: Database, tables: Sequence[tuple[str, str]], readings: Sequence[ColumnReading], *, year: int) -> tuple[str, ...]:
    """Fill the temporary table ``linkage_taken`` from the tables and return the meanings that any of them carries.

    Parameters
    ----------
    db : Database
        Holds the tables and ``linkage_rows``.
    tables : sequence of (source name, table name)
        In the order of ``linkage_rows``.
    readings : sequence of ColumnReading
        What the columns mean.
    year : int
        The year ages are told as of when nothing in the lists says.
    """
    by_source = [{r.meaning: r.column for r in readings if r.source == source} for source, _ in tables]
    selects = [_select(number, table, found) for number, ((_, table), found) in enumerate(zip(tables, by_source, strict=True))]
    union: exp.Expr = selects[0]
    for select in selects[1:]:
        union = exp.union(union, select, distinct=False)
    db.execute(f"CREATE OR REPLACE TEMP TABLE linkage_columns AS {union.sql(dialect='duckdb')}")
    _read_values(db, called=[found.get("id_number", "") for found in by_source])
    db.connection.execute(_REFERENCE, {"otherwise": year})
    db.connection.execute(_TAKEN, {"slack": _AGE_SLACK_YEARS})
    db.execute(_UNREAD)
    for table in ("columns", "word_keys", "age_years", *(f"read_{name}" for name in (*_READERS, "born", "id"))):
        db.execute(f"DROP TABLE linkage_{table}")
    return tuple(meaning for meaning in _READ if any(meaning in found for found in by_source))


def _select(number: int, table: str, found: Mapping[str, str]) -> exp.Select:
    columns: list[exp.Expr] = []
    for meaning in _READ:
        value: exp.Expr = exp.null()
        if meaning in found:
            value = exp.func("nullif", exp.func("trim", exp.column(found[meaning], quoted=True)), exp.Literal.string(""))
        columns.append(exp.cast(value, "TEXT").as_(meaning))
    return exp.select(
        exp.Literal.number(number).as_("source_no"), exp.cast(exp.column("row"), "BIGINT").as_("row"), *columns
    ).from_(exp.to_identifier(table, quoted=True))


def _sex(value: str) -> str | None:
    folded = fold(value)
    return next((sex for sex, words in SEXES.items() if folded in {fold(word) for word in words}), None)


def _years(value: str) -> int | None:
    try:
        years = int(float(value))
    except ValueError:
        return None
    return years if 0 <= years <= 115 else None


def _district(value: str) -> str | None:
    """Return a place's P-code, of a district if it is one; a place that is not in the list goes by the key of its name."""
    read = resolve_place(value)
    if read.ambiguous or read.how == "none":
        return key(value) or None
    return next(iter(read.districts or read.governorates), None)


def _governorate(value: str) -> str | None:
    read = resolve_place(value)
    return next(iter(read.governorates), None) if len(read.governorates) == 1 else key(value) or None


_READERS: dict[str, tuple[str, str, Callable[[str], str | int | None]]] = {
    "age": ("years", "BIGINT", _years),
    "sex": ("sex", "TEXT", _sex),
    "phone": ("phone", "TEXT", first_phone),
    "locality": ("code", "TEXT", _district),
    "region": ("code", "TEXT", _governorate),
}


def _read_values(db: Database, *, called: Sequence[str]) -> None:
    """Read every distinct value of every column once, in Python."""
    for column, (told, kind, read) in _READERS.items():
        values = db.rows(f"SELECT DISTINCT source_no, {column} FROM linkage_columns WHERE {column} IS NOT NULL ORDER BY 1, 2")
        rows = [(source, value, read(str(value))) for source, value in values]
        db.load_rows(f"linkage_read_{column}", {"source_no": "BIGINT", "value": "TEXT", told: kind}, rows)
    born = db.rows("SELECT DISTINCT source_no, born FROM linkage_columns WHERE born IS NOT NULL ORDER BY 1, 2")
    orders = {source: _order([str(v) for s, v in born if s == source]) for source in {source for source, _ in born}}
    births = [(source, value, *_birth(str(value), orders[source])) for source, value in born]
    db.load_rows("linkage_read_born", {"source_no": "BIGINT", "value": "TEXT", "earliest_on": "DATE", "latest_on": "DATE"}, births)
    numbers = db.rows("SELECT DISTINCT source_no, id_number FROM linkage_columns WHERE id_number IS NOT NULL ORDER BY 1, 2")
    documents = [(source, value, read_document(str(value), called=called[source])) for source, value in numbers]
    columns = {"source_no": "BIGINT", "value": "TEXT", "number": "TEXT", "of_household": "BOOLEAN", "doubt": "TEXT"}
    read_ids = [(source, value, read.number, read.of_household, read.doubt) for source, value, read in documents]
    db.load_rows("linkage_read_id", columns, read_ids)
    words = db.rows(_FATHERED_WORDS)
    db.load_rows("linkage_word_keys", {"word": "TEXT", "key": "TEXT"}, [(word, key(str(word))) for (word,) in words if word])


def _order(values: Sequence[str]) -> _Order:
    """Return month first only when a value proves it and none disproves it."""
    first, second = 0, 0
    for value in values:
        parts = [part for part in fold(value).replace("-", "/").replace(".", "/").split("/") if part]
        if len(parts) == 3 and all(part.isdigit() for part in parts) and len(parts[2]) == 4:
            first, second = max(first, int(parts[0])), max(second, int(parts[1]))
    return "mdy" if second > 12 >= first > 0 else "dmy"


def _birth(value: str, order: _Order) -> tuple[date | None, date | None]:
    text = value.removesuffix(".0")
    if len(text) == 8 and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    calendars: tuple[_Calendar, ...] = ("gregorian", "hijri")
    for calendar in calendars:
        try:
            read = parse_date(text, order=order, calendar=calendar)
        except ValueError:
            continue
        return read.earliest, read.latest
    return None, None
