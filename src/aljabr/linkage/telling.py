"""How the names of every pair agree, part by part: each pair of distinct words is compared once in Python, then joined.

Takes a table of pairs and writes into its ``match_key`` one letter for each of ``PARTS``: the first letter of the grade of
:func:`aljabr.names.agreement.agreement`, or ``-`` where a side is not known. A scorer's condition reads ``given_how = 'hand'``;
``written`` turns that into what Splink can run. Words that share neither their key nor most of their letters are
different names and are not looked at. Which names are whose is not decided here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlglot
from rapidfuzz.distance import JaroWinkler
from sqlglot import exp

from aljabr.names import fold, token_facts
from aljabr.names.agreement import agreement
from aljabr.names.meeting import meeting_keys
from aljabr.names.readings import ALSO_WRITTEN
from aljabr.relations import Database

PARTS = ("given", "father", "grandfather", "family", "mother")
GRADES = ("equal", "hand", "open", "slip", "faint", "alike", "different")

# Words are codes from here on, and a pair of them is one number, the smaller code first: pairs are many, distinct words few.
_WORDS = """
CREATE OR REPLACE TEMP TABLE linkage_words AS
SELECT word, CAST(row_number() OVER (ORDER BY word) - 1 AS BIGINT) AS code FROM ({parts}) WHERE word IS NOT NULL
"""
_CODED = """
CREATE OR REPLACE TEMP TABLE linkage_coded AS SELECT n, {codes} FROM {records}
"""
_CODE = "CAST(enum_code(CAST({part}_word AS linkage_word)) AS BIGINT) AS {part}"
_PAIRED = """
CREATE OR REPLACE TEMP TABLE linkage_paired AS
SELECT p.join_key_l, p.join_key_r, {codes}
FROM {pairs} AS p JOIN linkage_coded AS a ON a.n = p.join_key_l JOIN linkage_coded AS b ON b.n = p.join_key_r
"""
_PAIR = (
    "CASE WHEN a.{part} IS NOT NULL AND b.{part} IS NOT NULL "
    "THEN (least(a.{part}, b.{part}) << 32) | greatest(a.{part}, b.{part}) END AS {part}"
)
_MET = """
CREATE OR REPLACE TEMP TABLE linkage_words_met AS
SELECT pair, l.word AS l, r.word AS r FROM ({parts}) AS m
JOIN linkage_words AS l ON l.code = m.pair >> 32 JOIN linkage_words AS r ON r.code = m.pair & 4294967295
WHERE l.code <> r.code
"""
_NEAR = """
SELECT DISTINCT m.pair, m.l, m.r FROM linkage_words_met AS m
JOIN linkage_word_forms AS a ON a.word = m.l JOIN linkage_word_forms AS b ON b.word = m.r
WHERE a.key = b.key OR jaro_winkler_similarity(a.skeleton, b.skeleton) >= 0.8
ORDER BY m.l, m.r
"""
_SAME = "WHEN p.{part} IS NULL THEN '-' WHEN p.{part} >> 32 = p.{part} & 4294967295 THEN 'e'"
_HOW = f"CASE {_SAME} ELSE coalesce({{part}}_near.how, 'd') END"
_TOLD = """
CREATE OR REPLACE TEMP TABLE linkage_told AS
SELECT p.join_key_l, p.join_key_r, {how} AS match_key FROM linkage_paired AS p {joins}
"""
_JOIN = "LEFT JOIN linkage_words_near AS {part}_near ON {part}_near.pair = p.{part}"


def tell_pairs(db: Database, pairs: str, *, records: str = "linkage_records") -> None:
    """Write into ``match_key`` of the temporary table ``pairs`` how the names of each pair agree.

    Parameters
    ----------
    db : Database
        Holds ``pairs`` (join_key_l, join_key_r, match_key) and ``records`` (n and the words of ``PARTS``).
    pairs, records : str
        Table names.
    """
    _code_words(db, pairs, records)
    db.execute(_MET.format(parts=" UNION ".join(f"SELECT {part} AS pair FROM linkage_paired" for part in PARTS)))
    words = [str(word) for (word,) in db.rows("SELECT l FROM linkage_words_met UNION SELECT r FROM linkage_words_met ORDER BY 1")]
    forms = [(word, key, token_facts(word).skeleton) for word in words for key in sorted(_keys(word))]
    db.load_rows("linkage_word_forms", {"word": "TEXT", "key": "TEXT", "skeleton": "TEXT"}, forms)
    near = [(pair, how) for pair, left, right in db.rows(_NEAR) if (how := agreement(left, right)[0]) != "d"]
    db.load_rows("linkage_words_near", {"pair": "BIGINT", "how": "TEXT"}, near)
    db.execute(
        _TOLD.format(how=" || ".join(_HOW.format(part=p) for p in PARTS), joins=" ".join(_JOIN.format(part=p) for p in PARTS))
    )
    db.execute(f"DROP TABLE {pairs}; ALTER TABLE linkage_told RENAME TO {pairs}")
    for table in ("words_met", "word_forms", "words_near", "words", "coded", "paired"):
        db.execute(f"DROP TABLE linkage_{table}")
    db.execute("DROP TYPE linkage_word")


def _code_words(db: Database, pairs: str, records: str) -> None:
    """Fill ``linkage_words`` (word, code) and ``linkage_paired``: for each pair, the words of each part as one number."""
    parts = " UNION ".join(f"SELECT {part}_word AS word FROM {records}" for part in PARTS)
    db.execute(_WORDS.format(parts=parts))
    db.execute("CREATE TYPE linkage_word AS ENUM (SELECT word FROM linkage_words ORDER BY code)")
    db.execute(_CODED.format(codes=", ".join(_CODE.format(part=part) for part in PARTS), records=records))
    db.execute(_PAIRED.format(codes=", ".join(_PAIR.format(part=part) for part in PARTS), pairs=pairs))


def _keys(word: str) -> set[str]:
    """Return the keys a word is looked at under: all it may meet others by, and those of the names it is another spelling of."""
    return {*meeting_keys(word), *(token_facts(name).key for name in (word, *ALSO_WRITTEN.get(fold(word), ())))}


def _grade(left: str, right: str) -> str:
    if left == right:
        return "equal"
    near = _keys(left) & _keys(right) or JaroWinkler.similarity(token_facts(left).skeleton, token_facts(right).skeleton) >= 0.8
    return agreement(*sorted((left, right))) if near else "different"


def told_names(left: Mapping[str, Any], right: Mapping[str, Any]) -> dict[str, str]:
    """Return how the names of two records agree, as ``given_how`` and so on; ``-`` where a side is not known."""
    words = {part: (left.get(f"{part}_word"), right.get(f"{part}_word")) for part in PARTS}
    return {f"{part}_how": _grade(str(both[0]), str(both[1])) if all(both) else "-" for part, both in words.items()}


def written(condition: str) -> str:
    """Return a condition in which ``given_how = 'hand'`` and its like read the letter that ``match_key`` holds.

    Examples
    --------
    >>> written("given_how = 'hand'")
    "SUBSTRING(match_key, 1, 1) = 'h'"
    """
    if "_how" not in condition:
        return condition
    return sqlglot.parse_one(condition, dialect="duckdb").transform(_read).sql(dialect="duckdb")


def _read(node: exp.Expr) -> exp.Expr:
    if isinstance(node, exp.Column) and node.name.removesuffix("_how") in PARTS and node.name.endswith("_how"):
        place = PARTS.index(node.name.removesuffix("_how")) + 1
        return exp.Substring(this=exp.column("match_key"), start=exp.Literal.number(place), length=exp.Literal.number(1))
    if isinstance(node, exp.Literal) and node.is_string and node.name in GRADES:
        return exp.Literal.string(node.name[0])
    return node
