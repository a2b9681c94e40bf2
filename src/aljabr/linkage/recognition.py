"""What the columns of an unknown table mean, from their names and their content, and how sure that is.

A column is read as the meaning whose words its header carries and whose content test its values pass. A header that is not known
leaves the content to speak: full names, dates of birth, telephones, sexes and e-mail addresses are taken from what they look like,
with less sureness; other words that repeat are compared as text, under the column's own name; an identity number never is,
because a list's own running number looks the same. A column with another value in
every row is a record key and never evidence, unless its header says it identifies people. What is not understood is left out and
says so.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from zlib import crc32

from sqlglot import exp

from aljabr.linkage.meanings import ALONE, DATE, KEY_WORDS, MEANINGS, OTHERS, SEXES, TEXT
from aljabr.linkage.templates import fill
from aljabr.names import fold, skeleton
from aljabr.names.doubts import column_doubts
from aljabr.relations import Database


@dataclass(frozen=True, kw_only=True)
class ColumnReading:
    """How one column of one source was understood.

    Parameters
    ----------
    source : str
        The source's name.
    column : str
        The column's name as given.
    meaning : str
        One of ``MEANINGS``, ``record_key`` or ``ignored``.
    sureness : float
        From 0 (a guess) to 1 (name and content agree).
    why : str
        The evidence, in words.
    """

    source: str
    column: str
    meaning: str
    sureness: float
    why: str

    def to_dict(self) -> dict[str, str | float]:
        """Return the reading for machines."""
        return {
            "source": self.source,
            "column": self.column.strip(),
            "meaning": self.meaning,
            "sureness": self.sureness,
            "why": self.why,
        }

    def text(self) -> str:
        """Return the reading in one line for people."""
        return f"{self.source}, {self.column.strip()}: {self.meaning} ({self.sureness:.0%} sure: {self.why})"


_CONTENT_BAR = 0.8
_LEAST_VALUES = 3
# Of a column whose values are compared as text: names of places, occupations, camps.
_LETTERS_OF_TEXT, _MOST_WORDS_OF_TEXT = 0.8, 5
_SAMPLED_VALUES = 400
_ROWS_TO_JUDGE = 10
_NAMES = ("full_name", "given_name", "surname")
_WORDS_OF_A_FULL_NAME = 2.5
# Years of births lie further apart than years of events.
_YEARS, _LIFETIMES = 15, 25


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What one column holds: rows, filled values, distinct values, words and letters per value, share in Arabic script."""

    rows: int
    filled: int
    distinct: int
    words: float
    lettered: float
    arabic: float


def read_columns(db: Database, source: str, table: str) -> tuple[ColumnReading, ...]:
    """Say what every column of a table means.

    Parameters
    ----------
    db : Database
        Holds the table.
    source, table : str
        The source's name and its table; only text columns are read (row and line numbers are integers).

    Returns
    -------
    tuple of ColumnReading
        In the order of the columns; one meaning is given to one column only, the surest, of equals the one in Arabic script.
    """
    columns = [column for column, kind in db.columns(table).items() if kind == "VARCHAR"]
    profiles = {column: _profile(db, table, column) for column in columns}
    readings = [_reading(db, source, table, column, profiles[column]) for column in columns]
    best: dict[str, ColumnReading] = {}
    for reading in readings:
        first = best.get(reading.meaning)
        rank = (reading.sureness, profiles[reading.column].arabic)
        if first is None or rank > (first.sureness, profiles[first.column].arabic):
            best[reading.meaning] = reading
    return tuple(
        r if r.meaning in {"ignored", "record_key"} or best[r.meaning] is r else _second(r, best[r.meaning]) for r in readings
    )


def _second(reading: ColumnReading, first: ColumnReading) -> ColumnReading:
    why = f"looks like {reading.meaning} too, but {first.column.strip()!r} fits better"
    return replace(reading, meaning="ignored", why=why)


def _reading(db: Database, source: str, table: str, column: str, profile: Profile) -> ColumnReading:
    name = plain_header(column)
    meaning, exact = _by_name(name)

    def read(what: str, sureness: float, why: str) -> ColumnReading:
        return ColumnReading(source=source, column=column, meaning=what, sureness=sureness, why=why)

    if profile.filled == 0:
        return read("ignored", 1.0, "holds no values")
    constant = profile.distinct == 1 and profile.filled > 1 and (profile.rows >= _ROWS_TO_JUDGE or meaning is None)
    if constant and meaning != "sex":  # a list of men still says that none of them is a woman
        return read("ignored", 0.9, "holds the same value everywhere")
    if meaning is None and profile.distinct == profile.rows and (set(name.split()) & KEY_WORDS):
        return read("record_key", 0.95, "its name says key and every row has another value: a record key is not evidence")
    if meaning is None:
        found, sureness, why = _by_content(db, table, column, name, profile)
        return read(found, sureness, why)
    share = _share(db, table, column, MEANINGS[meaning].pattern)
    if share < _CONTENT_BAR:
        wrong = f"its name says {meaning}, but only {share:.0%} of its values are {MEANINGS[meaning].shape}"
        found, sureness, why = _by_content(db, table, column, name, profile)
        return read(found, sureness, f"{wrong}; {why}") if found != "ignored" else read("ignored", 0.6, wrong)
    if meaning in _NAMES and (addresses := _addresses(db, table, column)):
        return read("ignored", 0.7, f"its name says {meaning}, but {addresses:.0%} of its values are places and addresses")
    sureness = round((0.6 if exact else 0.4) + 0.4 * share, 2)
    why = f"its name says {meaning} and {share:.0%} of its values are {MEANINGS[meaning].shape}"
    if meaning == "given_name" and profile.words >= _WORDS_OF_A_FULL_NAME:
        return read("full_name", round(sureness - 0.2, 2), f"{why}, {profile.words:.1f} to a value: whole names")
    return read(meaning, sureness, why)


def plain_header(column: str) -> str:
    """Return a header folded: no case, marks, article or underscores.

    Examples
    --------
    >>> plain_header("اسم_الأب"), plain_header("DateOfBirth"), plain_header("المحافظة")
    ('اسم اب', 'date of birth', 'محافظه')
    """
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    words = " ".join(re.sub(r"[\W_]+", " ", fold(spaced)).casefold().split()).split()
    return " ".join(_without_article(word) for word in words)


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


_FOLDED = {meaning: tuple(plain_header(word) for word in spec.words) for meaning, spec in MEANINGS.items()}
_OTHERS = {plain_header(word) for word in OTHERS}
_ALONE = {plain_header(word) for word in ALONE}


def _by_name(name: str) -> tuple[str | None, bool]:
    for meaning, words in _FOLDED.items():
        if name in words:
            return meaning, True
    carried = [
        (len(word), meaning)
        for meaning, words in _FOLDED.items()
        for word in words
        if word not in _ALONE and f" {word} " in f" {name} "
    ]
    if set(name.split()) & _OTHERS:
        carried = [found for found in carried if found[1] in {"father_name", "mother_name", "grandfather_name"}]
    return (max(carried, key=lambda found: found[0])[1], False) if carried else (None, False)


def _by_content(db: Database, table: str, column: str, name: str, profile: Profile) -> tuple[str, float, str]:
    """Return a meaning that the values alone suggest, with at most 60 % sureness, and why."""
    if set(name.split()) & _OTHERS:
        return "ignored", 0.5, "its name speaks of somebody or something else"
    if profile.filled < _LEAST_VALUES:
        return "ignored", 0.5, "its name is not known and it has too few values to tell"
    dates = _share(db, table, column, DATE)
    if dates >= 0.95 and profile.distinct > 30 and set(name.split()) & {"birth", "date", "تاريخ"}:
        return "born", 0.5, f"{dates:.0%} of its values are dates and its name does not say otherwise"
    if profile.distinct > _YEARS and (spread := _spread_of_years(db, table, column)) >= _LIFETIMES:
        return "born", 0.5, f"its values are years, most of them spread over {spread:.0f} years, as births are"
    if _share(db, table, column, r"^(\+?964|00964|0)?7[3-9]\d{8}$") >= 0.9:
        return "phone", 0.6, "its values look like Iraqi mobile numbers"
    if _share(db, table, column, MEANINGS["email"].pattern) >= 0.9:
        return "email", 0.6, "its values look like e-mail addresses"
    sexes = "^(" + "|".join(word for words in SEXES.values() for word in words if len(word) > 2) + ")$"
    if _share(db, table, column, sexes) >= 0.95 and profile.distinct <= 6:
        return "sex", 0.6, "its values are words for the sexes"
    if profile.words >= 2.2 and profile.words <= 7 and profile.lettered >= 0.97 and profile.distinct > profile.filled * 0.5:
        return "full_name", 0.5, f"its values are {profile.words:.1f} words of letters each and hardly repeat, as full names do"
    if (
        profile.lettered >= _LETTERS_OF_TEXT
        and profile.words <= _MOST_WORDS_OF_TEXT
        and 2 < profile.distinct < 0.9 * profile.filled
    ):
        return text_meaning(name), 0.4, f"its name is not known; its {profile.distinct:,} values repeat and are compared as text"
    return "ignored", 0.5, "its name is not known, so its values are not used as evidence"


def text_meaning(name: str) -> str:
    """Return the meaning of a column known by its values alone: columns of one name hold the same.

    Examples
    --------
    >>> text_meaning("birth place"), text_meaning("مهنه")
    ('text_birth_place', 'text_mhnh')
    """
    words = (word if word.isascii() else skeleton(word) for word in name.split())
    told = re.sub(r"[^a-z0-9]+", "_", " ".join(words).lower()).strip("_")
    return f"{TEXT}{told or crc32(name.encode())}"


def _spread_of_years(db: Database, table: str, column: str) -> float:
    """Return within how many years the middle four fifths of a column of years lie; 0 when it holds other values."""
    if _share(db, table, column, r"^(19|20)\d\d$") < 0.95:
        return 0.0
    year = exp.TryCast(this=_value(column), to=exp.DataType.build("INTEGER"))
    spread = [exp.func("quantile_cont", year.copy(), exp.Literal.number(share)) for share in (0.9, 0.1)]
    select = exp.select(exp.Sub(this=spread[0], expression=spread[1])).from_(exp.to_identifier(table, quoted=True))
    return float(db.value(select.sql(dialect="duckdb")) or 0.0)


# Rows, filled, distinct, words to a value, share of letters, share in Arabic script; v is the trimmed value.
_PROFILE = (
    "count(*)",
    "count(v)",
    "count(DISTINCT v)",
    r"avg(len(string_split_regex(v, '\s+')))",
    r"sum(length(regexp_replace(v, '[^\p{L}\p{M}]', '', 'g'))) / greatest(sum(length(regexp_replace(v, '[\s.''\-]', '', 'g'))), 1)",
    r"avg(CAST(regexp_matches(v, '\p{Arabic}') AS INTEGER))",
)


def _addresses(db: Database, table: str, column: str) -> float:
    """Return the share of a sample of values that are addresses, when it is most of them; else 0."""
    value = _value(column)
    sample = exp.select(value).distinct().from_(exp.to_identifier(table, quoted=True)).where(value.copy().is_(exp.null()).not_())
    values = [str(cell) for (cell,) in db.rows(sample.order_by("1").limit(_SAMPLED_VALUES).sql(dialect="duckdb"))]
    found = column_doubts(values, meant="name")
    return max((doubt.share for doubt in found if doubt.code == "column.addresses"), default=0.0)


def _profile(db: Database, table: str, column: str) -> Profile:
    told = exp.select(*(fill(part, _value(column)) for part in _PROFILE)).from_(exp.to_identifier(table, quoted=True))
    rows, filled, distinct, words, lettered, arabic = db.rows(told.sql(dialect="duckdb"))[0]
    return Profile(rows=rows, filled=filled, distinct=distinct, words=words or 0.0, lettered=lettered or 0.0, arabic=arabic or 0.0)


def _share(db: Database, table: str, column: str, pattern: str) -> float:
    value = exp.func("lower", _value(column))
    fits = exp.func("regexp_matches", value, exp.Literal.string(pattern))
    select = exp.select(exp.func("avg", exp.cast(fits, "INTEGER"))).from_(exp.to_identifier(table, quoted=True))
    return float(db.value(select.sql(dialect="duckdb")) or 0.0)


_EASTERN, _WESTERN = "٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789"


def _value(column: str) -> exp.Expr:
    """Return the trimmed value of a column whose name is the user's, in Western digits, null when empty."""
    digits = exp.func("translate", exp.column(column, quoted=True), exp.Literal.string(_EASTERN), exp.Literal.string(_WESTERN))
    return exp.func("nullif", exp.func("trim", digits), exp.Literal.string(""))
