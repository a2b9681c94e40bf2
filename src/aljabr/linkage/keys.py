"""Name keys of the mentions: a full name cut into given, father's, grandfather's and family name, each as an ASCII skeleton.

Order of steps: split every distinct full name into tokens, interpret every distinct token once in Python, join the facts back, fuse
particles with the name they belong to (Abd + al-Rahman, Nur + al-Din), drop connectors and leading titles, and number the words.
Nothing is compared here, and nothing about a community is read from a name.
"""

from __future__ import annotations

from aljabr.names import NAME_SEPARATORS, token_facts
from aljabr.relations import Database

_TOKENS = """
CREATE OR REPLACE TEMP TABLE linkage_tokens AS
WITH names AS (SELECT DISTINCT full_name FROM linkage_named),
split AS (SELECT full_name, regexp_split_to_array(full_name, $separators) AS parts FROM names)
SELECT full_name, unnest(parts) AS token, generate_subscripts(parts, 1) AS position FROM split
"""

# The steps are those of names.split_name: titles go in front only; a particle joins its name, as does an article before a suffix.
_WORDS = r"""
CREATE OR REPLACE TEMP TABLE linkage_names AS
WITH told AS (
  SELECT t.full_name, t.position, f.skeleton, f.key, f.role, f.article,
    min(CASE WHEN f.role <> 'title' THEN t.position END) OVER (PARTITION BY t.full_name) AS first_name
  FROM linkage_tokens AS t JOIN linkage_token_facts AS f ON f.token = t.token
  WHERE f.role <> 'connector'
),
placed AS (
  SELECT *, row_number() OVER w AS place, lag(role) OVER w AS before, lead(role) OVER w AS after
  FROM told WHERE position >= coalesce(first_name, position)
  WINDOW w AS (PARTITION BY full_name ORDER BY position)
),
numbered AS (
  SELECT *, sum(CASE
      WHEN place = 1 THEN 1
      WHEN before = 'prefix' OR role = 'suffix' OR (role = 'prefix' AND article AND after = 'suffix') THEN 0
      ELSE 1 END) OVER (PARTITION BY full_name ORDER BY position) AS word
  FROM placed
),
words AS (
  SELECT full_name, word, string_agg(skeleton, '' ORDER BY position) AS skeleton, string_agg(key, '' ORDER BY position) AS key,
    arg_min(article, position) AS article
  FROM numbered GROUP BY full_name, word
)
SELECT full_name, list(skeleton ORDER BY word) AS chain, list(key ORDER BY word) AS keys, list(form ORDER BY word) AS forms,
  string_agg(' ' || key || ' ', '' ORDER BY word) AS run,
  '%' || string_agg(' ' || key || ' ', '%' ORDER BY word) || '%' AS run_like,
  count(*) > 1 AND arg_max(article, word) AS family_last
FROM (SELECT *, regexp_replace(regexp_replace(skeleton, '^abda?l?(..)', 'abd\1'), '(..)al?dyn$', '\1dyn') AS form FROM words)
GROUP BY full_name
"""

# A short name may end in a grandfather's name or in a family name. Without an article, the place the word has in the long names of
# this intake tells: more often last, it is a family name.
_FAMILIES = """
CREATE OR REPLACE TEMP TABLE linkage_families AS
WITH placed AS (
  SELECT unnest(keys) AS key, generate_subscripts(keys, 1) AS position, len(keys) AS words FROM linkage_names
)
SELECT key, count(*) FILTER (WHERE words > 3 AND position = words) > count(*) FILTER (WHERE position < least(words, 4)) AS family
FROM placed GROUP BY key
"""

_PARTS = """
CREATE OR REPLACE TEMP TABLE linkage_name_parts AS
WITH ended AS (
  SELECT n.*, len(n.keys) AS words, len(n.keys) > 3 OR (len(n.keys) > 1 AND (n.family_last OR f.family)) AS has_family
  FROM linkage_names AS n LEFT JOIN linkage_families AS f ON f.key = n.keys[-1]
),
cut AS (SELECT *, words - CAST(has_family AS INTEGER) AS own FROM ended)
SELECT full_name, words, array_to_string(list_sort(keys), ' ') AS bag,
  run, run_like,
  forms[1] AS given_form, CASE WHEN own > 1 THEN forms[2] END AS father_form,
  CASE WHEN own > 2 THEN forms[3] END AS grandfather_form, CASE WHEN has_family THEN forms[-1] END AS family_form,
  chain[1] AS given, keys[1] AS given_key,
  CASE WHEN own > 1 THEN chain[2] END AS father, CASE WHEN own > 1 THEN keys[2] END AS father_key,
  CASE WHEN own > 2 THEN chain[3] END AS grandfather, CASE WHEN own > 2 THEN keys[3] END AS grandfather_key,
  CASE WHEN has_family THEN chain[-1] END AS family, CASE WHEN has_family THEN keys[-1] END AS family_key
FROM cut
"""


def key_names(db: Database, *, mentions: str = "person_records", apart: str = "") -> None:
    """Fill the temporary table ``linkage_name_parts``: one row per distinct full name.

    Parameters
    ----------
    db : Database
        Holds ``mentions``. The table has the number of ``words``, their keys in alphabetical order (``bag``) and as written
        (``run``, and ``run_like``, which finds a run that has the same words and perhaps more), and for given, father's,
        grandfather's and family name the skeleton without article, the same with compounds written one way (``_form``) and the
        coarser key; a part that is missing is null.
    mentions : str
        A table with ``full_name``.
    apart : str
        A table of ``full_name`` that name nobody and are left out.
    """
    without = f" AND full_name NOT IN (SELECT full_name FROM {apart})" if apart else ""
    db.execute(
        f"CREATE OR REPLACE TEMP VIEW linkage_named AS SELECT full_name FROM {mentions} WHERE full_name IS NOT NULL{without}"
    )
    db.connection.execute(_TOKENS, {"separators": NAME_SEPARATORS})
    tokens = [str(token) for (token,) in db.rows("SELECT DISTINCT token FROM linkage_tokens WHERE token <> '' ORDER BY token")]
    columns = {"token": "TEXT", "skeleton": "TEXT", "key": "TEXT", "role": "TEXT", "article": "BOOLEAN"}
    db.load_rows("linkage_token_facts", columns, [_facts(token) for token in tokens])
    for sql in (_WORDS, _FAMILIES, _PARTS):
        db.execute(sql)
    db.execute("DROP VIEW linkage_named")
    for table in ("tokens", "token_facts", "names", "families"):
        db.execute(f"DROP TABLE linkage_{table}")


def _facts(token: str) -> tuple[str, str, str, str, bool]:
    fact = token_facts(token)
    spelled = fact.skeleton
    if fact.article and fact.key == "":
        spelled = ""  # the article by itself
    elif (fact.article or fact.role == "suffix") and spelled.startswith("al") and len(spelled) > 4:
        spelled = spelled[2:]
    return token, spelled, fact.key, fact.role, fact.article
