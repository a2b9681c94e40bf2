"""Rosters and relations as evidence: two mentions named beside the same person are likelier to be one person themselves.

A claim names its claimant, a victim and what one is to the other. Where the claimants of two claims are one person by their own
evidence, the two victims gain, and the other way round: most where the relation admits one person only (a father, a mother), less
where it admits several (a brother), and they lose where one person cannot stand in both relations to another. Only pairs linked
without this evidence lend it, so that nothing is propped up by itself.
"""

from __future__ import annotations

from aljabr.linkage.scorers import Scorer
from aljabr.relations import Database

# What a claimant may be to a victim, by how many people can be it.
ONE_OF_A_KIND = ("father", "mother")
PARENTS = ("father", "mother")
CHILDREN = ("son", "daughter")
SIBLINGS = ("brother", "sister")

_ROLES = """
CREATE OR REPLACE TEMP TABLE linkage_roles AS
SELECT r.record_id AS together, c.n AS claimant, v.n AS victim, r.relation
FROM relationships AS r JOIN linkage_records AS c ON c.record = r.person_record_id
JOIN linkage_records AS v ON v.record = r.other_person_record_id
WHERE r.relation <> 'self' AND c.n <> v.n
"""

# Claims that name the same claimant or the same victim, each with what the other pair of people gains.
_MEETINGS = """
CREATE OR REPLACE TEMP TABLE linkage_company AS
WITH crowded AS (SELECT unnest([claimant, victim]) AS n FROM linkage_roles GROUP BY n HAVING count(*) > 20),
sure AS (
  SELECT n_l, n_r FROM linkage_scored
  WHERE match_weight >= $bar AND n_l NOT IN (FROM crowded) AND n_r NOT IN (FROM crowded)
),
linked AS (SELECT n_l, n_r FROM sure UNION ALL SELECT n_r, n_l FROM sure),
met AS (
  SELECT a.victim AS one, b.victim AS other, a.relation AS relation, b.relation AS other_relation, false AS by_victim
  FROM linked AS k JOIN linkage_roles AS a ON a.claimant = k.n_l JOIN linkage_roles AS b ON b.claimant = k.n_r
  UNION ALL
  SELECT a.claimant, b.claimant, a.relation, b.relation, true
  FROM linked AS k JOIN linkage_roles AS a ON a.victim = k.n_l JOIN linkage_roles AS b ON b.victim = k.n_r
),
kinds AS (
  SELECT least(one, other) AS n_l, greatest(one, other) AS n_r, CASE
    WHEN by_victim AND relation = other_relation AND list_contains($single, relation)
      THEN 'the only one in this relation to the same person'
    WHEN relation = other_relation THEN 'in the same relation to the same person'
    WHEN coalesce(map($kin, $sorts)[relation] = map($kin, $sorts)[other_relation], false) OR 'other' IN (relation, other_relation)
      THEN 'named beside the same person'
    ELSE 'in another relation to the same person' END AS level
  FROM met WHERE one <> other
)
SELECT n_l, n_r, arg_max(level, weight) AS level, max(weight) AS weight
FROM (SELECT n_l, n_r, level, map($levels, $weights)[level] AS weight FROM kinds) GROUP BY n_l, n_r
"""

# Whom the rules of blocking did not bring together, their company does. Somebody who is named in very many claims (an official)
# brings nobody together.
_ACQUAINTED = """
CREATE OR REPLACE TEMP TABLE linkage_acquainted AS
SELECT c.n_l AS join_key_l, c.n_r AS join_key_r, 'named beside the same person' AS match_key
FROM linkage_company AS c ANTI JOIN linkage_pairs AS p ON p.join_key_l = c.n_l AND p.join_key_r = c.n_r
JOIN linkage_records AS a ON a.n = c.n_l JOIN linkage_records AS b ON b.n = c.n_r AND b.together <> a.together
WHERE c.weight > 0
ORDER BY 1, 2
"""

_WEIGHED = """
CREATE OR REPLACE TEMP TABLE linkage_reweighed AS
SELECT s.n_l, s.n_r, round(s.match_weight + coalesce(c.weight, 0), 6) AS match_weight,
  CASE WHEN c.weight IS NULL THEN s.probability
    ELSE round(1 / (1 + pow(2, -(s.match_weight + c.weight))), 6) END AS probability,
  CASE WHEN c.weight IS NULL THEN s.explanation
    ELSE left(s.explanation, -1) || CASE WHEN s.explanation = '[]' THEN '' ELSE ',' END
      || CAST(to_json({'comparison': 'company', 'level': c.level, 'weight': c.weight}) AS VARCHAR) || ']' END AS explanation
FROM linkage_scored AS s LEFT JOIN linkage_company AS c ON c.n_l = s.n_l AND c.n_r = s.n_r
WHERE s.match_weight + coalesce(c.weight, 0) >= $review
"""


def meet_company(db: Database, scorer: Scorer) -> int:
    """Fill ``linkage_company`` (n_l, n_r, level, weight) and ``linkage_acquainted``, the pairs among them that no rule proposed.

    Parameters
    ----------
    db : Database
        Holds ``linkage_scored``, ``linkage_pairs``, ``linkage_records`` and ``relationships``.
    scorer : Scorer
        Its ``company`` gives the weight of every level.

    Returns
    -------
    int
        How many pairs still have to be scored.
    """
    sorts = {relation: sort for sort, kinds in (("p", PARENTS), ("c", CHILDREN), ("s", SIBLINGS)) for relation in kinds}
    db.execute(_ROLES)
    parameters = {
        "bar": scorer.link_weight,
        "single": list(ONE_OF_A_KIND),
        "kin": list(sorts),
        "sorts": list(sorts.values()),
        "levels": list(scorer.company),
        "weights": list(scorer.company.values()),
    }
    db.connection.execute(_MEETINGS, parameters)
    db.execute(_ACQUAINTED)
    db.execute("DROP TABLE linkage_roles")
    return int(db.value("SELECT count(*) FROM linkage_acquainted"))


def weigh_company(db: Database, scorer: Scorer) -> None:
    """Add to ``linkage_scored`` what ``linkage_company`` says, and drop the pairs that stay below review.

    Parameters
    ----------
    db : Database
        Holds ``linkage_scored`` and ``linkage_company``.
    scorer : Scorer
        Its ``review_weight`` says what is kept.
    """
    db.connection.execute(_WEIGHED, {"review": scorer.review_weight})
    for table in ("company", "acquainted", "scored"):
        db.execute(f"DROP TABLE linkage_{table}")
    db.execute("ALTER TABLE linkage_reweighed RENAME TO linkage_scored")
