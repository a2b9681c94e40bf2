"""Splitting names: the parts on an Iraqi paper, and the same answer from SQL as from Python."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aljabr.names import NAME_SEPARATORS, split_name, token_facts
from aljabr.relations import Database

NAMES = {
    "محمد جاسم حسين الجبوري": ("محمد", "جاسم", "حسين", "الجبوري"),
    "عبد هللا بن نور الدين": ("عبد الله", "نور الدين", None, None),
    "الشيخ سليم كريم": ("سليم", "كريم", None, None),
    "سليم كريم الشيخ": ("سليم", "كريم", None, "الشيخ"),
    "حجي": ("حجي", None, None, None),
    "ابو بكر صديق أحمد": ("ابو بكر", "صديق", "أحمد", None),
    "علي حسين آل ياسين": ("علي", "حسين", None, "آل ياسين"),
    "ذو الفقار علي": ("ذو الفقار", "علي", None, None),
    "فاطمة بنت سيف الدين": ("فاطمة", "سيف الدين", None, None),
    "هێمن شێرکۆ عوسمان": ("هێمن", "شێرکۆ", "عوسمان", None),
    "Dr. Nur al-Din Mohammed al-Jubouri": ("Nur al Din", "Mohammed", None, "al Jubouri"),
    "Haji Abdul Rahman Ali Aljubouri": ("Abdul Rahman", "Ali", None, "Aljubouri"),
    "محمد علي حسين جاسم": ("محمد", "علي", "حسين", None),
    "": (None, None, None, None),
    " - ؟ 12": (None, None, None, None),
}

# The steps of aljabr.names.tokens over token facts, as linkage takes them.
SPLIT_IN_SQL = """
WITH told AS (
  SELECT t.full_name, t.position, f.repaired, f.role, f.article,
    min(CASE WHEN f.role <> 'title' THEN t.position END) OVER (PARTITION BY t.full_name) AS first_name
  FROM tokens t JOIN facts f USING (token) WHERE f.role <> 'connector'
), placed AS (
  SELECT *, lag(role) OVER w AS before, lead(role) OVER w AS after FROM told
  WHERE position >= coalesce(first_name, position) WINDOW w AS (PARTITION BY full_name ORDER BY position)
), numbered AS (
  SELECT *, sum(CASE WHEN before = 'prefix' OR (before IS NOT NULL AND role = 'suffix')
      OR (before IS NOT NULL AND role = 'prefix' AND article AND after = 'suffix') THEN 0 ELSE 1 END)
    OVER (PARTITION BY full_name ORDER BY position) AS word
  FROM placed
), words AS (SELECT full_name, word, string_agg(repaired, ' ' ORDER BY position) AS text FROM numbered GROUP BY ALL)
SELECT full_name, list(text ORDER BY word) FROM words GROUP BY full_name
"""


def _split_in_sql(db: Database, names: list[str]) -> dict[str, tuple[str, ...]]:
    db.load_rows("full_names", {"full_name": "TEXT"}, [(name,) for name in names])
    db.execute(
        "CREATE OR REPLACE TABLE tokens AS "
        "WITH parts AS (SELECT full_name, regexp_split_to_array(full_name, $1) AS p FROM full_names) "
        "SELECT full_name, unnest(p) AS token, generate_subscripts(p, 1) AS position FROM parts",
        [NAME_SEPARATORS],
    )
    facts = [token_facts(token) for (token,) in db.rows("SELECT DISTINCT token FROM tokens")]
    columns = {"token": "TEXT", "repaired": "TEXT", "role": "TEXT", "article": "BOOLEAN"}
    db.load_rows("facts", columns, [(fact.token, fact.repaired, fact.role, fact.article) for fact in facts])
    return {name: tuple(words) for name, words in db.rows(SPLIT_IN_SQL)}


@pytest.mark.parametrize("full", NAMES)
def test_a_full_name_is_split_as_on_the_paper(full):
    parts = split_name(full)
    assert (parts.given, parts.father, parts.grandfather, parts.family) == NAMES[full]
    assert parts.original == full


def test_sql_over_token_facts_splits_every_name_as_python_does(db):
    in_sql = _split_in_sql(db, list(NAMES))
    assert {name: in_sql.get(name, ()) for name in NAMES} == {name: split_name(name).tokens for name in NAMES}


WORDS = ["محمد", "عبد", "الله", "الدين", "نور", "ابو", "آل", "بن", "السيد", "Dr", "al", "Din", "Nur", "-", "al-Jubouri", "،", "12"]


@settings(deadline=None, max_examples=10)
@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join), min_size=1, max_size=30, unique=True))
def test_any_order_of_particles_is_split_alike_in_sql_and_python(names):
    with Database() as database:
        in_sql = _split_in_sql(database, names)
    assert {name: in_sql.get(name, ()) for name in names} == {name: split_name(name).tokens for name in names}


@settings(deadline=None, max_examples=10)
@given(
    st.lists(
        st.text(st.characters(min_codepoint=1, max_codepoint=0xFFFF, exclude_categories=("Cs",)), max_size=20),
        min_size=20,
        max_size=60,
    )
)
def test_the_separators_cut_alike_in_python_and_in_the_database(texts):
    with Database() as database:
        query = "SELECT regexp_split_to_array(unnest($1), $2)"
        in_sql = [words for (words,) in database.rows(query, [texts, NAME_SEPARATORS])]
    assert in_sql == [re.split(NAME_SEPARATORS, text) for text in texts]
