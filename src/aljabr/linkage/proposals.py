"""From records to scored pairs with a frozen scorer, and which records cannot be one person: shared by claims and by lists.

Order of steps: pairs that a blocking rule proposes, less those named side by side; their scores; then, where relations are known,
the pairs that common company proposes, and what it adds. Everything is one statement per step over all records.
"""

from __future__ import annotations

from dataclasses import replace

from aljabr.linkage.blocking import HotBlocks, propose_pairs
from aljabr.linkage.company import meet_company, weigh_company
from aljabr.linkage.frequencies import weigh_names, weigh_values
from aljabr.linkage.readings import MENTIONED, READINGS, add_readings, best_readings, drop_readings, pair_readings
from aljabr.linkage.scorers import Scorer
from aljabr.linkage.scoring import score_pairs
from aljabr.linkage.telling import tell_pairs
from aljabr.relations import Database

_RECORDS = "linkage_records"

# People named side by side in one record are different people, so such pairs are not compared.
_TOGETHER = """
DELETE FROM linkage_pairs WHERE EXISTS (
  SELECT 1 FROM linkage_records AS a JOIN linkage_records AS b ON a.together = b.together
  WHERE a.n = linkage_pairs.join_key_l AND b.n = linkage_pairs.join_key_r)
"""

# Members of one component that cannot be one person: named side by side in one record, or, without a link of their own, of other
# sex, with other numbers of one kind, born more than ten years apart, or (from the second scorer on) with other given names in one
# family, as brothers and sisters have.
_OPPOSED = """
CREATE OR REPLACE TEMP TABLE linkage_contradictions AS
WITH members AS (SELECT r.*, m.root FROM linkage_records AS r JOIN linkage_members AS m ON m.n = r.n),
crowded AS (SELECT root FROM members GROUP BY root HAVING count(*) > 1),
pairs AS (
  SELECT a.n AS n_l, b.n AS n_r, a.together = b.together AS together,
    a.sex <> b.sex
    OR (length(a.id_number) = length(b.id_number) AND damerau_levenshtein(a.id_number, b.id_number) > 2)
    OR greatest(a.born_earliest_on, b.born_earliest_on) - least(a.born_latest_on, b.born_latest_on) > 3653
    {kin} AS opposed
  FROM members AS a JOIN members AS b ON a.root = b.root AND a.n < b.n WHERE a.root IN (FROM crowded)
)
SELECT p.n_l, p.n_r FROM pairs AS p
LEFT JOIN linkage_links AS k ON k.n_l = p.n_l AND k.n_r = p.n_r
LEFT JOIN linkage_stated AS s ON s.n_l = p.n_l AND s.n_r = p.n_r
WHERE (p.together AND s.n_l IS NULL) OR (p.opposed AND k.n_l IS NULL)
"""


# Pairs that no agreement left could lift to review are not scored: another sex, ten years between the births, or another
# grandfather's and another family name. One number, birthday or telephone in common, and the pair is looked at all the same;
# not so for another given name, ten years between the births and another number of one kind together: a mother and her daughter
# share all the rest, and may have had their passports made one after the other. A CASE, so that what is dear to compare is
# compared only where the cheap questions leave it open.
_HOPEFUL = """
CREATE OR REPLACE TEMP TABLE linkage_hopeful AS
SELECT p.* FROM linkage_pairs AS p JOIN linkage_records AS a ON a.n = p.join_key_l JOIN linkage_records AS b ON b.n = p.join_key_r
WHERE CASE
  WHEN a.given_key <> b.given_key AND a.id_number <> b.id_number AND length(a.id_number) = length(b.id_number)
    AND greatest(a.born_earliest_on, b.born_earliest_on) - least(a.born_latest_on, b.born_latest_on) > 3653 THEN false
  WHEN a.id_number = b.id_number OR a.own_phone = b.own_phone OR a.bag = b.bag OR a.incident = b.incident OR a.property = b.property
    THEN true
  WHEN a.sex <> b.sex OR abs(a.born_year - b.born_year) > 10 THEN false
  WHEN a.grandfather_key <> b.grandfather_key AND a.family_key <> b.family_key AND coalesce(a.born_on <> b.born_on, true)
    THEN CASE WHEN jaro_winkler_similarity(a.family, b.family) < 0.85
      THEN jaro_winkler_similarity(a.grandfather, b.grandfather) >= 0.85 ELSE true END
  ELSE true END
"""

_KIN = """OR (a.given_key <> b.given_key AND a.father_key = b.father_key AND jaro_winkler_similarity(a.given, b.given) < 0.75)"""


def opposed(scorer: Scorer) -> str:
    """Return the SQL that fills ``linkage_contradictions`` for records read for that scorer."""
    return _OPPOSED.format(kin=_KIN if scorer.features > 1 else "")


def score_mentions(db: Database, scorer: Scorer, mentions: int, *, relations: bool = True, readings: bool = False) -> HotBlocks:
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
    readings : bool
        Whether short names are read in every way their words allow.

    Returns
    -------
    HotBlocks
        Blocks too large to compare within, and, where they were split, what of recall that lost.
    """
    rules = scorer.blocking | scorer.blocking_of_lists if readings else scorer.blocking
    readings = readings and bool(scorer.readings) and add_readings(db, scorer.readings)
    hot = propose_pairs(
        db,
        records=MENTIONED if readings else _RECORDS,
        rules=rules,
        bound=scorer.block_bound,
        splits=scorer.splits,
        readings=readings,
    )
    if scorer.features > 1:
        db.execute(_HOPEFUL)
        db.execute("DROP TABLE linkage_pairs; ALTER TABLE linkage_hopeful RENAME TO linkage_pairs")
    if relations:
        db.execute(_TOGETHER)
    lost = _score(db, scorer, mentions, relations=relations, measure=hot.anchors > 0, readings=readings)
    drop_readings(db)
    if not hot.anchors:
        return hot
    links = int(db.connection.execute(_LINKED, {"bar": scorer.link_weight}).fetchall()[0][0])
    lost_links = lost / hot.anchors * hot.records / 2
    return replace(hot, lost_links=round(lost_links, 2), lost_recall=round(lost_links / max(links + lost_links, 1), 6))


_LINKED = "SELECT count(*) FROM linkage_scored WHERE match_weight >= $bar"


def _score(db: Database, scorer: Scorer, mentions: int, *, relations: bool, measure: bool, readings: bool) -> int:
    """Fill ``linkage_scored`` and return how many links the pairs of ``linkage_unproposed`` would have given."""
    absent = _absent(db, scorer)
    weighed = {level.frequency_of for comparison in scorer.compared(absent) for level in comparison.levels}
    typical = {column: value for column, value in scorer.typical_frequency.items() if column in weighed}
    frequencies = {column: _frequencies(db, scorer, column, value) for column, value in typical.items()}
    with_company = bool(scorer.company) and relations and bool(db.value("SELECT count(*) > 0 FROM relationships"))
    settings, least = scorer.settings(mentions, absent=absent), scorer.kept_weight if with_company else scorer.review_weight

    def score(pairs: str, scored: str, threshold: float) -> None:
        records = READINGS if readings else _RECORDS
        told = pair_readings(db, pairs=pairs) if readings else pairs
        if scorer.features > 2:
            tell_pairs(db, told, records=records)
        score_pairs(db, settings, records=records, frequencies=frequencies, threshold_weight=threshold, pairs=told, scored=scored)
        if readings:
            best_readings(db, scored=scored, least=threshold)

    score("linkage_pairs", "linkage_scored", least)
    if with_company:
        if meet_company(db, scorer):
            score("linkage_acquainted", "linkage_scored_acquainted", least)
            db.execute("INSERT INTO linkage_scored FROM linkage_scored_acquainted")
            db.execute("DROP TABLE linkage_scored_acquainted")
        weigh_company(db, scorer)
    lost = 0
    if measure:
        score("linkage_unproposed", "linkage_scored_unproposed", scorer.link_weight)
        lost = int(db.value("SELECT count(*) FROM linkage_scored_unproposed"))
        db.execute("DROP TABLE linkage_scored_unproposed; DROP TABLE linkage_unproposed")
    for table in frequencies.values():
        db.execute(f"DROP TABLE {table}")
    return lost


def _absent(db: Database, scorer: Scorer) -> frozenset[str]:
    """Return the columns of ``linkage_records`` that scorers from the second on need and in which nobody has a value."""
    present = db.columns(_RECORDS)
    needed = sorted({comparison.needs for comparison in scorer.comparisons} & present.keys()) if scorer.features > 1 else []
    if not needed:
        return frozenset()
    (counts,) = db.rows(f"SELECT {', '.join(f'count({column})' for column in needed)} FROM {_RECORDS}")
    return frozenset(column for column, count in zip(needed, counts, strict=True) if not count)


def _frequencies(db: Database, scorer: Scorer, column: str, typical: float) -> str:
    base = scorer.base_frequency(column)
    if column.endswith("_group"):
        return weigh_names(db, part=column.removesuffix("_group"), typical=typical, base=base, features=scorer.features)
    return weigh_values(db, records=_RECORDS, column=column, typical=typical, base=base)
