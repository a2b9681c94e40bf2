"""From records to scored pairs with a frozen scorer, and which records cannot be one person: shared by claims and by lists.

Order of steps: pairs that a blocking rule proposes, less those named side by side; their scores; then, where relations are known,
the pairs that common company proposes, and what it adds. Everything is one statement per step over all records.
"""

from __future__ import annotations

from aljabr.linkage.blocking import propose_pairs
from aljabr.linkage.company import meet_company, weigh_company
from aljabr.linkage.frequencies import weigh_names, weigh_values
from aljabr.linkage.scorers import Scorer
from aljabr.linkage.scoring import score_pairs
from aljabr.relations import Database

_RECORDS = "linkage_records"

# People named side by side in one record are different people, so such pairs are not compared.
_TOGETHER = """
DELETE FROM linkage_pairs WHERE EXISTS (
  SELECT 1 FROM linkage_records AS a JOIN linkage_records AS b ON a.together = b.together
  WHERE a.n = linkage_pairs.join_key_l AND b.n = linkage_pairs.join_key_r)
"""

# Members of one component that cannot be one person: named side by side in one record, or, without a link of their own, of other
# sex, with other numbers of one kind, or born more than ten years apart.
OPPOSED = """
CREATE OR REPLACE TEMP TABLE linkage_contradictions AS
WITH members AS (SELECT r.*, m.root FROM linkage_records AS r JOIN linkage_members AS m ON m.n = r.n),
crowded AS (SELECT root FROM members GROUP BY root HAVING count(*) > 1),
pairs AS (
  SELECT a.n AS n_l, b.n AS n_r, a.together = b.together AS together,
    a.sex <> b.sex
    OR (length(a.id_number) = length(b.id_number) AND damerau_levenshtein(a.id_number, b.id_number) > 2)
    OR greatest(a.born_earliest_on, b.born_earliest_on) - least(a.born_latest_on, b.born_latest_on) > 3653 AS opposed
  FROM members AS a JOIN members AS b ON a.root = b.root AND a.n < b.n WHERE a.root IN (FROM crowded)
)
SELECT p.n_l, p.n_r FROM pairs AS p
LEFT JOIN linkage_links AS k ON k.n_l = p.n_l AND k.n_r = p.n_r
LEFT JOIN linkage_stated AS s ON s.n_l = p.n_l AND s.n_r = p.n_r
WHERE (p.together AND s.n_l IS NULL) OR (p.opposed AND k.n_l IS NULL)
"""


def score_mentions(db: Database, scorer: Scorer, mentions: int, *, relations: bool = True) -> dict[str, int]:
    """Fill ``linkage_pairs`` and ``linkage_scored`` from ``linkage_records``.

    Parameters
    ----------
    db : Database
        Holds ``linkage_records`` and, with ``relations``, ``relationships``.
    scorer : Scorer
        The frozen scorer.
    mentions : int
        How many records there are.
    relations : bool
        Whether records name people beside one another.

    Returns
    -------
    dict of str to int
        Blocking rule to the number of its blocks that were too large to compare within.
    """
    hot = propose_pairs(db, records=_RECORDS, rules=scorer.blocking, bound=scorer.block_bound)
    if relations:
        db.execute(_TOGETHER)
    _score(db, scorer, mentions, relations=relations)
    return hot


def _score(db: Database, scorer: Scorer, mentions: int, *, relations: bool) -> None:
    frequencies = {column: _frequencies(db, scorer, column, typical) for column, typical in scorer.typical_frequency.items()}
    with_company = bool(scorer.company) and relations
    settings, least = scorer.settings(mentions), scorer.kept_weight if with_company else scorer.review_weight
    score_pairs(db, settings, records=_RECORDS, frequencies=frequencies, threshold_weight=least)
    if with_company:
        if meet_company(db, scorer):
            extra = "linkage_scored_acquainted"
            score_pairs(
                db,
                settings,
                records=_RECORDS,
                frequencies=frequencies,
                threshold_weight=least,
                pairs="linkage_acquainted",
                scored=extra,
            )
            db.execute(f"INSERT INTO linkage_scored FROM {extra}")
            db.execute(f"DROP TABLE {extra}")
        weigh_company(db, scorer)
    for table in frequencies.values():
        db.execute(f"DROP TABLE {table}")


def _frequencies(db: Database, scorer: Scorer, column: str, typical: float) -> str:
    base = scorer.base_frequency(column)
    if column.endswith("_group"):
        return weigh_names(db, part=column.removesuffix("_group"), typical=typical, base=base)
    return weigh_values(db, records=_RECORDS, column=column, typical=typical, base=base)
