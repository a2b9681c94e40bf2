"""Who is who among the mentions of one run: fills ``pair_scores``, ``person_members`` and ``persons``.

Order of steps: name keys, features of mentions, pairs to compare, scores by a frozen scorer, links, clusters, clusters parted where
members contradict each other. Two mentions in one record are two persons unless the record says ``self``; a father and a son, or
two people of one household, share names, telephone and district and are told apart by given name, birth, sex and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.linkage.blocking import propose_pairs
from aljabr.linkage.clusters import cluster
from aljabr.linkage.frequencies import weigh_values
from aljabr.linkage.keys import key_names
from aljabr.linkage.company import meet_company, weigh_company
from aljabr.linkage.features import derive_records
from aljabr.linkage.mentions import gather_mentions, take_mentions
from aljabr.linkage.scorers import Scorer, scorer_named
from aljabr.linkage.scoring import score_pairs
from aljabr.linkage.standing import Standing, read_standing
from aljabr.relations import Database

DEFAULT_SCORER = "person_v2"
_RECORDS = "linkage_records"
_SCRATCH = ("records", "name_parts", "pairs", "scored", "stated", "links", "judged", "members", "contradictions", "doubts")

# People named side by side in one record are different people, so such pairs are not compared.
_TOGETHER = """
DELETE FROM linkage_pairs WHERE EXISTS (
  SELECT 1 FROM linkage_records AS a JOIN linkage_records AS b ON a.together = b.together
  WHERE a.n = linkage_pairs.join_key_l AND b.n = linkage_pairs.join_key_r)
"""

# A record that says the victim is the claimant states a link; it needs no score.
_STATED = """
CREATE OR REPLACE TEMP TABLE linkage_stated AS
SELECT DISTINCT least(a.n, b.n) AS n_l, greatest(a.n, b.n) AS n_r
FROM relationships AS r JOIN linkage_records AS a ON a.record = r.person_record_id
JOIN linkage_records AS b ON b.record = r.other_person_record_id
WHERE r.relation = 'self' AND a.n <> b.n
"""

_LINKS = """
CREATE OR REPLACE TEMP TABLE linkage_links AS
SELECT n_l, n_r, match_weight FROM linkage_scored WHERE match_weight >= $bar
UNION ALL SELECT n_l, n_r, 1000.0 FROM linkage_stated
"""

# Members of one component that cannot be one person: named side by side in one record, or, without a link of their own, of other
# sex, with other numbers of one kind, or born more than ten years apart.
_CONTRADICTIONS = """
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

_PAIR_SCORES = """
INSERT INTO pair_scores
SELECT a.record, b.record, s.match_weight, s.probability, s.explanation
FROM linkage_scored AS s JOIN linkage_records AS a ON a.n = s.n_l JOIN linkage_records AS b ON b.n = s.n_r
ORDER BY 1, 2
"""

_MEMBERS = """
INSERT INTO person_members
SELECT r.record, 'per_' || substr(first.record, 5)
FROM linkage_members AS m JOIN linkage_records AS r ON r.n = m.n JOIN linkage_records AS first ON first.n = m.root
ORDER BY 1
"""

# A person goes by the fullest of the names they are mentioned with.
_PERSONS = """
INSERT INTO persons
SELECT m.person_id, arg_min(r.full_name, (-coalesce(r.words, 0), r.record)), count(*)
FROM person_members AS m JOIN linkage_records AS r ON r.record = m.person_record_id
GROUP BY m.person_id ORDER BY m.person_id
"""


@dataclass(frozen=True, kw_only=True)
class LinkSummary:
    """What linking did.

    Parameters
    ----------
    scorer : str
        The frozen scorer's name.
    mentions, candidate_pairs, scored_pairs, linked_pairs, persons : int
        Mentions read, pairs compared, pairs at or above the review threshold, pairs at or above the link threshold (or stated in a
        record), clusters made.
    refused_links : int
        Links that the guard did not follow, because they would have put contradicting mentions together.
    hot_blocks : dict of str to int
        Per blocking rule, blocks that were too large to compare within.
    judged : Standing
        What people judged and what of it stands.
    doubts : dict of str to int
        Values that were not compared because they tell nobody apart, by code.
    """

    scorer: str
    mentions: int
    candidate_pairs: int
    scored_pairs: int
    linked_pairs: int
    refused_links: int
    persons: int
    hot_blocks: dict[str, int]
    judged: Standing
    doubts: dict[str, int]


def link_persons(db: Database, *, scorer: str = DEFAULT_SCORER) -> LinkSummary:
    """Fill ``pair_scores``, ``person_members`` and ``persons`` from ``person_records``.

    Parameters
    ----------
    db : Database
        Holds ``person_records``, ``relationships``, ``claims`` and ``claim_items``; ``judgements`` if any were made.
    scorer : str
        Name of the published scorer.

    Returns
    -------
    LinkSummary
        Counts of the job. The relations are the same to the byte whatever the order of rows or the number of threads.

    Raises
    ------
    UsageError
        When there is no scorer of that name.
    """
    chosen = scorer_named(scorer)
    mentions, doubts = _gather(db, chosen)
    hot = propose_pairs(db, records=_RECORDS, rules=chosen.blocking, bound=chosen.block_bound)
    db.execute(_TOGETHER)
    _score(db, chosen, mentions)
    db.execute(_STATED)
    db.connection.execute(_LINKS, {"bar": chosen.link_weight})
    judged = read_standing(db)
    refused = cluster(db, contradictions=_CONTRADICTIONS)
    for name, sql in (("pair_scores", _PAIR_SCORES), ("person_members", _MEMBERS), ("persons", _PERSONS)):
        db.create(name)
        db.execute(sql)
    summary = LinkSummary(
        scorer=chosen.name,
        mentions=mentions,
        candidate_pairs=_count(db, "linkage_pairs"),
        scored_pairs=_count(db, "pair_scores"),
        linked_pairs=_count(db, "linkage_links"),
        refused_links=refused,
        persons=_count(db, "persons"),
        hot_blocks=hot,
        judged=judged,
        doubts=doubts,
    )
    for table in _SCRATCH:
        db.execute(f"DROP TABLE IF EXISTS linkage_{table}")
    return summary


def _gather(db: Database, scorer: Scorer) -> tuple[int, dict[str, int]]:
    """Fill ``linkage_records`` as the scorer reads it; return the number of mentions and of values in doubt."""
    if scorer.features == 1:
        key_names(db)
        return gather_mentions(db), {}
    take_mentions(db)
    doubts = derive_records(db)
    return _count(db, "linkage_records"), doubts


def _score(db: Database, scorer: Scorer, mentions: int) -> None:
    frequencies = {
        column: weigh_values(db, records=_RECORDS, column=column, typical=typical, base=scorer.base_frequency(column))
        for column, typical in scorer.typical_frequency.items()
    }
    settings, least = scorer.settings(mentions), scorer.kept_weight
    score_pairs(db, settings, records=_RECORDS, frequencies=frequencies, threshold_weight=least)
    if scorer.company:
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


def _count(db: Database, table: str) -> int:
    return int(db.value(f"SELECT count(*) FROM {table}"))
