"""Which claim items may be the same loss: fills ``item_overlaps``. People judge; nothing here decides anything.

Four kinds, always between items of two claims, the later one (by filing day, then id) pointing to the earlier one:

- ``same_person``: one person claims the same harm again, about the same victim, the same property or the same incident;
- ``relatives``: two persons claim for one victim, under any harm that is about another person;
- ``two_heads``: one loss under two heads: one property claimed by two persons or as two kinds, one victim by one person as two
  harms, or one incident of one person as two harms of their own;
- ``owner_and_occupant``: one property claimed by one person with an owner's papers and by another with a tenant's. Both may be
  right, so this is no duplicate: it is shown to people and holds nobody's claim.

Which harms are about a victim or a thing of value comes from the programme. A property is recognised by the numbers of its address
or plate within its district, or by its folded text when it has none.
"""

from __future__ import annotations

from aljabr.linkage.properties import key_properties
from aljabr.programmes.records import Programme
from aljabr.relations import Database

SAME_INCIDENT_DAYS = 7
# What proves that one owns, and what proves that one lives in somebody else's property.
OWNERS_PAPERS = ("title_deed", "ownership_document", "inheritance_deed")
OCCUPANTS_PAPERS = ("tenancy_proof", "tenancy_contract", "rent_receipt")

_TENURE = """
CREATE OR REPLACE TEMP TABLE overlap_tenure AS
SELECT item_id, bool_or(list_contains($owners, kind)) AS owner, bool_or(list_contains($occupants, kind)) AS occupant
FROM overlap_exhibits GROUP BY item_id
"""

_ITEMS = """
CREATE OR REPLACE TEMP TABLE overlap_items AS
SELECT i.item_id, i.claim_id, c.filed_on, i.harm, h.of_victim, h.of_value, i.item_kind AS kind, i.place, p.property_key,
  i.incident_earliest_on, i.incident_latest_on,
  coalesce(t.owner AND NOT t.occupant, false) AS owner, coalesce(t.occupant AND NOT t.owner, false) AS occupant,
  c.claimant_person_record_id AS claimant_record, i.victim_person_record_id AS victim_record,
  claimant.person_id AS claimant, victim.person_id AS victim
FROM overlap_kinds AS i
JOIN claims AS c ON c.claim_id = i.claim_id
JOIN overlap_harms AS h ON h.harm = i.harm
LEFT JOIN overlap_tenure AS t ON t.item_id = i.item_id
LEFT JOIN linkage_properties AS p ON p.property_ref = i.property_ref
LEFT JOIN person_members AS claimant ON claimant.person_record_id = c.claimant_person_record_id
LEFT JOIN person_members AS victim ON victim.person_record_id = i.victim_person_record_id
"""

# The weakest link inside a cluster is how sure it is that all its mentions are one person.
_SURENESS = """
CREATE OR REPLACE TEMP TABLE overlap_sureness AS
SELECT a.person_id, min(s.probability) AS sureness
FROM pair_scores AS s JOIN person_members AS a ON a.person_record_id = s.left_id
JOIN person_members AS b ON b.person_record_id = s.right_id AND b.person_id = a.person_id
WHERE s.probability >= 0.5 GROUP BY a.person_id
"""

_CANDIDATES = """
CREATE OR REPLACE TEMP TABLE overlap_candidates AS
SELECT a.item_id AS a_id, b.item_id AS b_id
FROM overlap_items AS a JOIN overlap_items AS b ON a.claimant = b.claimant AND a.item_id < b.item_id AND a.claim_id <> b.claim_id
UNION
SELECT a.item_id, b.item_id
FROM overlap_items AS a JOIN overlap_items AS b ON a.victim = b.victim AND a.item_id < b.item_id AND a.claim_id <> b.claim_id
WHERE a.of_victim AND b.of_victim
UNION
SELECT a.item_id, b.item_id
FROM overlap_items AS a JOIN overlap_items AS b ON a.property_key = b.property_key AND a.item_id < b.item_id
WHERE a.claim_id <> b.claim_id AND a.of_value AND b.of_value AND coalesce(a.place = b.place, true)
"""

_COMPARED = """
CREATE OR REPLACE TEMP TABLE overlap_compared AS
SELECT l.item_id, e.item_id AS other_item_id, l.harm, e.harm AS other_harm, l.claimant, l.victim,
  l.claimant = e.claimant AS same_claimant,
  l.of_victim AND e.of_victim AND l.victim = e.victim AS same_victim,
  l.of_value AND e.of_value AND l.property_key = e.property_key AND coalesce(l.place = e.place, true) AS same_property,
  l.of_value AND e.of_value AND (l.property_key IS NULL OR e.property_key IS NULL) AS property_unknown,
  NOT (l.of_victim OR e.of_victim OR l.of_value OR e.of_value) AS own_harms,
  coalesce(l.kind = e.kind, true) AS same_kind,
  (l.owner AND e.occupant) OR (l.occupant AND e.owner) AS other_tenure,
  coalesce(l.place = e.place, false) AS same_place,
  coalesce(greatest(l.incident_earliest_on, e.incident_earliest_on)
    - least(l.incident_latest_on, e.incident_latest_on) <= $days, false) AS same_incident,
  coalesce(l.incident_earliest_on <= e.incident_latest_on AND e.incident_earliest_on <= l.incident_latest_on, false) AS same_time,
  coalesce(l.incident_earliest_on = l.incident_latest_on AND l.incident_earliest_on = e.incident_earliest_on
    AND e.incident_earliest_on = e.incident_latest_on, false) AS same_day
FROM overlap_candidates AS c
JOIN overlap_items AS x ON x.item_id = c.a_id JOIN overlap_items AS y ON y.item_id = c.b_id
JOIN overlap_items AS l ON l.item_id = CASE WHEN (x.filed_on, x.item_id) > (y.filed_on, y.item_id) THEN x.item_id ELSE y.item_id END
JOIN overlap_items AS e ON e.item_id = CASE WHEN (x.filed_on, x.item_id) > (y.filed_on, y.item_id) THEN y.item_id ELSE x.item_id END
"""

_OVERLAPS = """
INSERT INTO item_overlaps
WITH judged AS (
  SELECT *, CASE
    WHEN same_victim AND NOT same_claimant THEN 'relatives'
    WHEN same_victim AND harm <> other_harm THEN 'two_heads'
    WHEN same_victim THEN 'same_person'
    WHEN same_property AND NOT same_claimant AND other_tenure THEN 'owner_and_occupant'
    WHEN same_property AND same_claimant AND same_kind AND harm = other_harm THEN 'same_person'
    WHEN same_property THEN 'two_heads'
    WHEN property_unknown AND same_claimant AND same_kind AND harm = other_harm AND same_place AND (same_time OR same_incident)
      THEN 'same_person'
    WHEN property_unknown AND same_claimant AND harm = other_harm AND same_place AND same_day THEN 'two_heads'
    WHEN own_harms AND same_claimant AND harm = other_harm AND same_incident THEN 'same_person'
    WHEN own_harms AND same_claimant AND harm <> other_harm AND same_place AND same_day THEN 'two_heads'
  END AS kind
  FROM overlap_compared
)
SELECT j.item_id, j.other_item_id, j.kind,
  round(CASE WHEN same_claimant THEN coalesce(c.sureness, 1.0) ELSE 1.0 END
    * CASE WHEN same_victim THEN coalesce(v.sureness, 1.0) ELSE 1.0 END, 6),
  CAST(to_json({'same_claimant': coalesce(same_claimant, false), 'same_victim': coalesce(same_victim, false),
    'same_property': coalesce(same_property, false), 'same_place': same_place, 'same_incident': same_incident,
    'harm': j.harm, 'other_harm': j.other_harm}) AS VARCHAR)
FROM judged AS j
LEFT JOIN overlap_sureness AS c ON c.person_id = j.claimant
LEFT JOIN overlap_sureness AS v ON v.person_id = j.victim
WHERE j.kind IS NOT NULL
ORDER BY 1, 2, 3
"""


def find_overlaps(db: Database, programme: Programme) -> None:
    """Fill ``item_overlaps`` from ``claim_items``, ``claims``, ``person_members`` and ``pair_scores``.

    Parameters
    ----------
    db : Database
        Holds the relations; ``link_persons`` has run. ``exhibits``, if there, tell owners from occupants.
    programme : Programme
        Says which harms are about a victim (``victim_is_other``) or a thing of value (``decided_on_value``).

    Notes
    -----
    A programme whose ``claim_items`` carry a fact ``property_kind`` has its kinds told apart. ``probability`` is how sure the
    linkage is that the claimants (victims) are one person; ``explanation`` is JSON of what agrees.
    """
    harms = [(harm.code, harm.victim_is_other, harm.decided_on_value) for harm in programme.harms]
    db.load_rows("overlap_harms", {"harm": "TEXT", "of_victim": "BOOLEAN", "of_value": "BOOLEAN"}, harms)
    kind = "property_kind" if "property_kind" in db.columns("claim_items") else "CAST(NULL AS TEXT)"
    db.execute(f"CREATE OR REPLACE TEMP VIEW overlap_kinds AS SELECT *, {kind} AS item_kind FROM claim_items")
    key_properties(db)
    known = db.value("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'exhibits'")
    exhibits = "FROM exhibits" if known else "SELECT CAST(NULL AS TEXT) AS item_id, CAST(NULL AS TEXT) AS kind WHERE false"
    db.execute(f"CREATE OR REPLACE TEMP VIEW overlap_exhibits AS {exhibits}")
    db.connection.execute(_TENURE, {"owners": list(OWNERS_PAPERS), "occupants": list(OCCUPANTS_PAPERS)})
    for sql in (_ITEMS, _SURENESS, _CANDIDATES):
        db.execute(sql)
    db.connection.execute(_COMPARED, {"days": SAME_INCIDENT_DAYS})
    db.create("item_overlaps")
    db.execute(_OVERLAPS)
    db.execute("DROP VIEW overlap_kinds; DROP VIEW overlap_exhibits; DROP TABLE linkage_properties")
    for table in ("tenure", "items", "sureness", "candidates", "compared", "harms"):
        db.execute(f"DROP TABLE overlap_{table}")
