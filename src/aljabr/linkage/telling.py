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

# Pairs of words, the smaller first, that stand in one part of some pair's names and are not the same letters.
_MET = """
CREATE OR REPLACE TEMP TABLE linkage_words_met AS
SELECT DISTINCT least(l, r) AS l, greatest(l, r) AS r FROM ({parts}) WHERE l <> r
"""
_MET_PART = (
    "SELECT a.{part}_word AS l, b.{part}_word AS r FROM {pairs} AS p JOIN {records} AS a ON a.n = p.join_key_l "
    "JOIN {records} AS b ON b.n = p.join_key_r WHERE a.{part}_word <> b.{part}_word"
)
_NEAR = """
SELECT DISTINCT m.l, m.r FROM linkage_words_met AS m
JOIN linkage_word_forms AS a ON a.word = m.l JOIN linkage_word_forms AS b ON b.word = m.r
WHERE a.key = b.key OR jaro_winkler_similarity(a.skeleton, b.skeleton) >= 0.8
ORDER BY m.l, m.r
"""
_HOW = (
    "CASE WHEN a.{part}_word IS NULL OR b.{part}_word IS NULL THEN '-' WHEN a.{part}_word = b.{part}_word THEN 'e' "
    "ELSE coalesce({part}_near.how, 'd') END"
)
_JOIN = (
    "LEFT JOIN linkage_words_near AS {part}_near ON {part}_near.l = least(a.{part}_word, b.{part}_word) "
    "AND {part}_near.r = greatest(a.{part}_word, b.{part}_word)"
)
_TOLD = """
CREATE OR REPLACE TEMP TABLE linkage_told AS
SELECT p.join_key_l, p.join_key_r, {how} AS match_key
FROM {pairs} AS p JOIN {records} AS a ON a.n = p.join_key_l JOIN {records} AS b ON b.n = p.join_key_r {joins}
"""


def tell_pairs(db: Database, pairs: str, *, records: str = "linkage_records") -> None:
    """Write into ``match_key`` of the temporary table ``pairs`` how the names of each pair agree.

    Parameters
    ----------
    db : Database
        Holds ``pairs`` (join_key_l, join_key_r, match_key) and ``records`` (n and the words of ``PARTS``).
    pairs, records : str
        Table names.
    """
    names = {"pairs": pairs, "records": records}
    met = " UNION ALL ".join(_MET_PART.format(part=part, **names) for part in PARTS)
    db.execute(_MET.format(parts=met))
    words = [str(word) for (word,) in db.rows("SELECT l FROM linkage_words_met UNION SELECT r FROM linkage_words_met ORDER BY 1")]
    forms = [(word, key, token_facts(word).skeleton) for word in words for key in _keys(word)]
    db.load_rows("linkage_word_forms", {"word": "TEXT", "key": "TEXT", "skeleton": "TEXT"}, forms)
    near = [(left, right, how) for left, right in db.rows(_NEAR) if (how := agreement(left, right)[0]) != "d"]
    db.load_rows("linkage_words_near", {"l": "TEXT", "r": "TEXT", "how": "TEXT"}, near)
    how = " || ".join(_HOW.format(part=part) for part in PARTS)
    db.execute(_TOLD.format(how=how, joins=" ".join(_JOIN.format(part=part) for part in PARTS), **names))
    db.execute(f"DROP TABLE {pairs}; ALTER TABLE linkage_told RENAME TO {pairs}")
    for table in ("words_met", "word_forms", "words_near"):
        db.execute(f"DROP TABLE linkage_{table}")


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
