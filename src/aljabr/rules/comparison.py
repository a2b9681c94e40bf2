"""Decides the same facts under two versions of a programme and lays the results side by side, all items at once.

``decide`` fills a relation with the outcome and the money of every item, with the meaning ``assess`` has but without articles and
letters; ``compare`` joins two of them; the rest counts. A person's gain is the sum over all items of that person, so that a sum
moved from one head of loss to another is no gain and no loss.
"""

from __future__ import annotations

from sqlglot import exp

from aljabr.programmes import Programme
from aljabr.relations import Database
from aljabr.rules.amounts import amount_columns
from aljabr.rules.determination import Reading, read_programme
from aljabr.rules.expressions import cast, column, text
from aljabr.rules.plan import CompiledChain, compile_chain

DIRECTIONS = ("gain", "lose", "unchanged")

_DECIDE = """
CREATE OR REPLACE TEMP TABLE "{into}" AS
SELECT row, CASE WHEN conflict THEN 'held' WHEN outcome IS NOT NULL THEN outcome WHEN missing THEN 'incomplete' ELSE 'held' END
         AS outcome,
       CASE WHEN outcome = 'granted' AND NOT conflict THEN coalesce(amount_minor, 0) ELSE 0 END AS entitled_minor
FROM ({chain})
"""

# One row for every item: what it was and what it would be.
_COMPARE = """
CREATE OR REPLACE TEMP TABLE _compared AS
SELECT s.*, b.outcome AS outcome_before, a.outcome AS outcome_after,
       b.entitled_minor AS before_minor, a.entitled_minor AS after_minor
FROM _standing s JOIN "{before}" b USING (row) JOIN "{after}" a USING (row)
"""

_DIFFERING = """
CREATE OR REPLACE TEMP TABLE "{into}" AS
SELECT item_id, outcome_before, outcome_after, before_minor, after_minor
FROM _compared WHERE outcome_before <> outcome_after OR before_minor <> after_minor
"""

# What the law in force makes of items, in the form of transitions from each outcome to itself.
_OUTCOMES = """
SELECT d.outcome, d.outcome, count(*), count(DISTINCT s.person),
       CAST(sum(d.entitled_minor) AS HUGEINT), CAST(sum(d.entitled_minor) AS HUGEINT)
FROM "{decided}" d JOIN _standing s USING (row) GROUP BY ALL ORDER BY ALL
"""

_TRANSITIONS = """
SELECT outcome_before, outcome_after, count(*), count(DISTINCT person),
       CAST(sum(before_minor) AS HUGEINT), CAST(sum(after_minor) AS HUGEINT)
FROM _compared GROUP BY ALL ORDER BY ALL
"""

# Persons of a group who gain, lose or keep what they had, with their money; grain group × direction.
_EFFECTS = """
SELECT part,
       CASE WHEN after_minor > before_minor THEN 'gain' WHEN after_minor < before_minor THEN 'lose' ELSE 'unchanged' END AS way,
       count(*) AS persons, CAST(sum(before_minor) AS HUGEINT), CAST(sum(after_minor) AS HUGEINT)
FROM (
    SELECT part, person, sum(before_minor) AS before_minor, sum(after_minor) AS after_minor
    FROM (SELECT {part} AS part, person, before_minor, after_minor FROM _compared) GROUP BY part, person
) GROUP BY ALL ORDER BY ALL
"""

_TOTALS = """
SELECT count(*) FILTER (persons_minor > 0), coalesce(CAST(sum(persons_minor) AS HUGEINT), 0)
FROM (SELECT s.person, sum(d.entitled_minor) AS persons_minor FROM "{decided}" d JOIN _standing s USING (row) GROUP BY s.person)
"""

# Items on which both agree add nothing to a person's difference; leaving them out first leaves little to join and to add up.
_APART = """
SELECT count(*) FROM (
    SELECT s.person FROM (
        SELECT row, a.entitled_minor - b.entitled_minor AS more_minor
        FROM "{one}" a JOIN "{other}" b USING (row) WHERE a.entitled_minor <> b.entitled_minor
    ) JOIN _standing s USING (row)
    GROUP BY s.person HAVING sum(more_minor) <> 0
)
"""


def decide(db: Database, programme: Programme, *, into: str, money_only: bool = False) -> None:
    """Fill the relation ``into`` with ``row``, ``outcome`` and ``entitled_minor`` of every row of ``facts``.

    Parameters
    ----------
    db : Database
        With ``facts``, one row per item with a whole number ``row``, its dates and no amounts.
    programme : Programme
        The version to decide by. An amount that is missing in a grant counts as nothing.
    into : str
        Name of the relation.
    money_only : bool
        Do not tell incomplete items from held ones, which takes time; both are ``held`` then.

    Raises
    ------
    ProgrammeBroken
        When the programme cannot decide, or ``facts`` lacks a column it reads.
    """
    # A view, because the amounts of two versions differ and the facts are many.
    dated = exp.select("*", *amount_columns(programme)).from_("facts").sql(dialect="duckdb")
    db.execute(f"CREATE OR REPLACE TEMP VIEW _dated_facts AS {dated}")
    reading = read_programme(programme)
    plan = compile_chain(reading.chain, columns=db.columns("_dated_facts"), source="_dated_facts", keys=("row",))
    db.execute(_DECIDE.format(into=into, chain=_narrow(reading, plan, money_only=money_only)))


def compare(db: Database, *, before: str, after: str, differing: str) -> None:
    """Join two relations of ``decide`` with ``_standing`` (row, item, person and groups of every item) into ``_compared``.

    The items whose outcome or money differs go into the relation ``differing`` as well.
    """
    db.execute(_COMPARE.format(before=before, after=after))
    db.execute(_DIFFERING.format(into=differing))


def transitions(db: Database) -> list[tuple[str, str, int, int, int, int]]:
    """Return outcome before, outcome after, items, persons, money before and after, of what ``compare`` laid side by side."""
    return [(str(a), str(b), int(n), int(p), int(x), int(y)) for a, b, n, p, x, y in db.rows(_TRANSITIONS)]


def outcomes(db: Database, decided: str) -> list[tuple[str, str, int, int, int, int]]:
    """Return the same of one relation of ``decide``, as if nothing had changed."""
    found = db.rows(_OUTCOMES.format(decided=decided))
    return [(str(a), str(b), int(n), int(p), int(x), int(y)) for a, b, n, p, x, y in found]


def effects(db: Database, group: str | None) -> list[tuple[str | None, str, int, int, int]]:
    """Return group, direction, persons, money before and after; one group for everybody when no column is given.

    Parameters
    ----------
    db : Database
        After ``compare``.
    group : str or None
        A text column of ``_standing``. A person with items in several groups is counted in each, by the items there.
    """
    part = cast(column(group), "TEXT") if group else text("")
    rows = db.rows(_EFFECTS.format(part=part.sql(dialect="duckdb")))
    return [(part, str(way), int(persons), int(before), int(after)) for part, way, persons, before, after in rows]


def totals(db: Database, decided: str) -> tuple[int, int]:
    """Return the persons entitled to money, and the money, of one relation of ``decide``."""
    persons, money = db.rows(_TOTALS.format(decided=decided))[0]
    return int(persons), int(money)


def persons_apart(db: Database, one: str, other: str) -> int:
    """Return how many persons get another sum under one relation of ``decide`` than under the other."""
    return int(db.value(_APART.format(one=one, other=other)))


def _narrow(reading: Reading, plan: CompiledChain, *, money_only: bool) -> str:
    def chosen(field: str, kind: str) -> exp.Expression:
        name = reading.variables.get(field)
        return cast(column(plan.columns[name]) if name else exp.null(), kind)

    missing = exp.false() if money_only else exp.NEQ(this=column("missing_facts"), expression=text("[]"))
    fields = {"outcome": chosen("outcome", "TEXT"), "amount_minor": chosen("amount_minor", "BIGINT"), "missing": missing}
    named = [exp.alias_(value, name) for name, value in fields.items()]
    return exp.select(column("row"), column("conflict"), *named).from_(plan.query.subquery("chain")).sql(dialect="duckdb")
