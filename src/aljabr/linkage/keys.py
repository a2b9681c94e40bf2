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
WITH names AS (SELECT DISTINCT full_name FROM person_records WHERE full_name IS NOT NULL),
split AS (SELECT full_name, regexp_split_to_array(full_name, $separators) AS parts FROM names)
SELECT full_name, unnest(parts) AS token, generate_subscripts(parts, 1) AS position FROM split
"""

# The steps are those of names.split_name: titles go in front only; a particle joins its name, as does an article before a suffix.
_WORDS = """
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
SELECT full_name, list(skeleton ORDER BY word) AS chain, list(key ORDER BY word) AS keys,
  count(*) > 1 AND arg_max(article, word) AS family_last
FROM words GROUP BY full_name
"""


def key_names(db: Database) -> None:
    """Fill the temporary table ``linkage_names`` (full_name, chain, keys, family_last): one row per distinct full name.

    Parameters
    ----------
    db : Database
        Holds ``person_records``; ``chain`` lists the words' skeletons without article in order (given, father, grandfather …),
        ``keys`` their coarser keys, ``family_last`` says that the last word has the article, as family names do.
    """
    db.connection.execute(_TOKENS, {"separators": NAME_SEPARATORS})
    tokens = [str(token) for (token,) in db.rows("SELECT DISTINCT token FROM linkage_tokens WHERE token <> '' ORDER BY token")]
    columns = {"token": "TEXT", "skeleton": "TEXT", "key": "TEXT", "role": "TEXT", "article": "BOOLEAN"}
    db.load_rows("linkage_token_facts", columns, [_facts(token) for token in tokens])
    db.execute(_WORDS)
    db.execute("DROP TABLE linkage_tokens; DROP TABLE linkage_token_facts")


def _facts(token: str) -> tuple[str, str, str, str, bool]:
    fact = token_facts(token)
    spelled = fact.skeleton
    if fact.article and fact.key == "":
        spelled = ""  # the article by itself
    elif (fact.article or fact.role == "suffix") and spelled.startswith("al") and len(spelled) > 4:
        spelled = spelled[2:]
    return token, spelled, fact.key, fact.role, fact.article
