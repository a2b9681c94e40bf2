"""What the columns of an unknown table mean, from their names and their content, and how sure that is.

A column is read as the meaning whose words its name carries and whose content test its values pass. Nothing is guessed from
content alone except dates; a column that is not understood is left out of the comparison and says so. A column with another
value in every row is a record key and never evidence, unless its name says it identifies people.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlglot import exp

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


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """One thing a column can mean: the words of its name, and the pattern nearly all of its values match."""

    words: tuple[str, ...]
    pattern: str
    shape: str


_DATE = r"^(\d{8}|\d{4}|\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})([ T]00:00(:00)?)?$"
_WORDY = r"^\D+\d{0,2}\D*$"

# The order matters: the first meaning whose words fit the name is taken.
MEANINGS: Mapping[str, Meaning] = {
    "born": Meaning(
        words=(
            "date of birth",
            "birth date",
            "birthdate",
            "birthday",
            "dob",
            "born",
            "تاريخ الميلاد",
            "تاريخ الولادة",
            "المواليد",
            "سنة الميلاد",
        ),
        pattern=_DATE,
        shape="dates",
    ),
    "given_name": Meaning(
        words=("given name", "first name", "forename", "firstname", "givenname", "fname", "given", "الاسم الاول", "الاسم الأول"),
        pattern=_WORDY,
        shape="words",
    ),
    "surname": Meaning(
        words=("surname", "last name", "family name", "lastname", "familyname", "lname", "family", "اللقب", "اسم العائلة"),
        pattern=_WORDY,
        shape="words",
    ),
    "full_name": Meaning(
        words=(
            "full name",
            "fullname",
            "name",
            "complete name",
            "person name",
            "الاسم الكامل",
            "الاسم الرباعي",
            "الاسم الثلاثي",
            "اسم المدعي الرباعي",
            "اسم المدعي",
            "اسم مقدم الطلب",
            "اسم صاحب الطلب",
            "الاسم",
        ),
        pattern=_WORDY,
        shape="words",
    ),
    "sex": Meaning(words=("sex", "gender", "الجنس"), pattern=r"^\D{1,8}$|^[0129]$", shape="a few codes"),
    "id_number": Meaning(
        words=(
            *("soc sec id", "social security", "ssn", "national id", "national number", "id number", "identity number", "id card"),
            *(
                "passport",
                "nin",
                "personal number",
                "tax number",
                "civil id",
                "رقم الهوية",
                "رقم البطاقة الوطنية",
                "رقم المستمسك",
                "الرقم الوطني",
            ),
        ),
        pattern=r"^[\w\-/. ]*\d[\w\-/. ]*$",
        shape="numbers",
    ),
    "phone": Meaning(
        words=("phone", "telephone", "mobile", "cell", "tel", "msisdn", "رقم الهاتف", "الهاتف", "الموبايل"),
        pattern=r"^[+(]?[\d\s().\-/]{6,20}$",
        shape="telephone numbers",
    ),
    "email": Meaning(
        words=("email", "e mail", "mail", "البريد الالكتروني"), pattern=r"^[^@\s]+@[^@\s]+$", shape="addresses with @"
    ),
    "postcode": Meaning(
        words=("postcode", "post code", "postal code", "zip", "zipcode", "zip code"), pattern=r"^[\w\- ]{2,10}$", shape="codes"
    ),
    "house_number": Meaning(
        words=("street number", "house number", "house no", "building number", "street no"),
        pattern=r"^\d.*$|^.{1,8}$",
        shape="numbers",
    ),
    "street": Meaning(
        words=("street", "address 1", "address1", "address line 1", "road", "address", "العنوان", "الشارع"),
        pattern=r"^.+$",
        shape="text",
    ),
    "address": Meaning(
        words=("address 2", "address2", "address line 2", "neighbourhood", "quarter", "المحلة", "الحي"),
        pattern=r"^.+$",
        shape="text",
    ),
    "locality": Meaning(
        words=(
            "suburb",
            "city",
            "town",
            "locality",
            "village",
            "district",
            "place",
            "municipality",
            "القضاء",
            "المدينة",
            "الناحية",
        ),
        pattern=r"^.+$",
        shape="text",
    ),
    "region": Meaning(words=("state", "region", "province", "governorate", "county", "المحافظة"), pattern=r"^.+$", shape="text"),
}

# A name that speaks of somebody or something else is not read as this person's.
_OTHERS = {
    "mother",
    "mothers",
    "father",
    "fathers",
    "spouse",
    "wife",
    "husband",
    "guardian",
    "witness",
    "kin",
    "employer",
    "company",
    "school",
    "file",
    "user",
}
# One-word names that mean something else inside longer ones: taken only as the whole name of the column.
_ALONE = {"name", "family", "given", "place", "state", "cell", "mail", "born", "address", "street", "town", "number", "الاسم"}
_KEY_WORDS = {
    "id",
    "key",
    "uuid",
    "guid",
    "index",
    "row",
    "rec",
    "record",
    "unique",
    "reference",
    "ref",
    "number",
    "no",
    "nr",
    "serial",
}
_CONTENT_BAR = 0.8


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What one column holds: filled values, distinct values, and the share that fits its meaning's pattern."""

    rows: int
    filled: int
    distinct: int


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
        In the order of the columns; one meaning is given to one column only, the surest.
    """
    columns = [column for column, kind in db.columns(table).items() if kind == "VARCHAR"]
    readings = [_reading(db, source, table, column) for column in columns]
    best: dict[str, ColumnReading] = {}
    for reading in readings:
        if reading.meaning not in best or reading.sureness > best[reading.meaning].sureness:
            best[reading.meaning] = reading
    return tuple(
        r if r.meaning in {"ignored", "record_key"} or best[r.meaning] is r else _second(r, best[r.meaning]) for r in readings
    )


def _second(reading: ColumnReading, first: ColumnReading) -> ColumnReading:
    why = f"looks like {reading.meaning} too, but {first.column.strip()!r} fits better"
    return ColumnReading(source=reading.source, column=reading.column, meaning="ignored", sureness=reading.sureness, why=why)


def _reading(db: Database, source: str, table: str, column: str) -> ColumnReading:
    name = _plain(column)
    profile = _profile(db, table, column)
    meaning, exact = _by_name(name)

    def read(what: str, sureness: float, why: str) -> ColumnReading:
        return ColumnReading(source=source, column=column, meaning=what, sureness=sureness, why=why)

    if profile.filled == 0:
        return read("ignored", 1.0, "holds no values")
    if profile.distinct == 1 and profile.rows > 1:
        return read("ignored", 0.9, "holds the same value everywhere")
    if meaning is None and profile.distinct == profile.rows and (set(name.split()) & _KEY_WORDS):
        return read("record_key", 0.95, "its name says key and every row has another value: a record key is not evidence")
    if meaning is None:
        dates = _share(db, table, column, _DATE)
        if dates >= 0.95 and profile.distinct > 30 and set(name.split()) & {"birth", "date"}:
            return read("born", 0.5, f"{dates:.0%} of its values are dates and its name does not say otherwise")
        return read("ignored", 0.5, "its name is not known, so its values are not used as evidence")
    share = _share(db, table, column, MEANINGS[meaning].pattern)
    if share < _CONTENT_BAR:
        return read("ignored", 0.6, f"its name says {meaning}, but only {share:.0%} of its values are {MEANINGS[meaning].shape}")
    sureness = round((0.6 if exact else 0.4) + 0.4 * share, 2)
    return read(meaning, sureness, f"its name says {meaning} and {share:.0%} of its values are {MEANINGS[meaning].shape}")


def _plain(column: str) -> str:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    return " ".join(re.sub(r"[\W_]+", " ", spaced).casefold().split())


def _by_name(name: str) -> tuple[str | None, bool]:
    for meaning, spec in MEANINGS.items():
        if name in spec.words:
            return meaning, True
    if set(name.split()) & _OTHERS:
        return None, False
    carried = [
        (len(word), meaning)
        for meaning, spec in MEANINGS.items()
        for word in spec.words
        if word not in _ALONE and f" {word} " in f" {name} "
    ]
    return (max(carried, key=lambda found: found[0])[1], False) if carried else (None, False)


def _profile(db: Database, table: str, column: str) -> Profile:
    value = _value(column)
    counted = exp.select(
        exp.Count(this=exp.Star()), exp.Count(this=value), exp.Count(this=exp.Distinct(expressions=[value.copy()]))
    )
    rows, filled, distinct = db.rows(counted.from_(exp.to_identifier(table, quoted=True)).sql(dialect="duckdb"))[0]
    return Profile(rows=rows, filled=filled, distinct=distinct)


def _share(db: Database, table: str, column: str, pattern: str) -> float:
    value = _value(column)
    fits = exp.func("regexp_matches", value, exp.Literal.string(pattern))
    select = exp.select(exp.func("avg", exp.cast(fits, "INTEGER"))).from_(exp.to_identifier(table, quoted=True))
    return float(db.value(select.sql(dialect="duckdb")) or 0.0)


def _value(column: str) -> exp.Expr:
    """Return the trimmed value of a column whose name is the user's, null when empty."""
    return exp.func("nullif", exp.func("trim", exp.column(column, quoted=True)), exp.Literal.string(""))
