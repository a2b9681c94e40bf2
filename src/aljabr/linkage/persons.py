"""Who is who among the mentions of one run: fills ``pair_scores``, ``person_members`` and ``persons``.

Order of steps: name keys, features of mentions, pairs to compare, scores by a frozen scorer, links, clusters, clusters parted where
members contradict each other. Two mentions in one record are two persons unless the record says ``self``; a father and a son, or
two people of one household, share names, telephone and district and are told apart by given name, birth, sex and numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

from aljabr.linkage.blocking import HotBlocks
from aljabr.linkage.clusters import cluster
from aljabr.linkage.features import derive_records
from aljabr.linkage.keys import key_names
from aljabr.linkage.mentions import gather_mentions, take_mentions
from aljabr.linkage.proposals import opposed, score_mentions
from aljabr.linkage.scorers import Scorer, scorer_named
from aljabr.linkage.standing import Standing, read_standing
from aljabr.relations import Database

DEFAULT_SCORER = "person_v3"
_SCRATCH = ("records", "name_parts", "pairs", "scored", "stated", "links", "judged", "members", "contradictions", "doubts")

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
    hot_blocks : HotBlocks
        Blocks that were too large to compare within, and what of recall that lost.
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
    hot_blocks: HotBlocks
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
    hot = score_mentions(db, chosen, mentions)
    db.execute(_STATED)
    db.connection.execute(_LINKS, {"bar": chosen.link_weight})
    judged = read_standing(db)
    refused = cluster(db, contradictions=opposed(chosen))
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
    doubts = derive_records(db, features=scorer.features)
    return _count(db, "linkage_records"), doubts


def _count(db: Database, table: str) -> int:
    return int(db.value(f"SELECT count(*) FROM {table}"))
